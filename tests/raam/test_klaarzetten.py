"""A new publication is read in as its readers use it: what they asked of the one before is answered beforehand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk
from app.raam import klaarzetten


def test_what_readers_asked_of_the_one_before_is_answered_and_what_has_no_answer_is_left(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @remember(1)
    def code_of_first(merk: Kenmerk) -> str:
        if merk == nieuw:
            raise KeyError("RA00")
        return next(iter(data.regios(merk)))

    merken = []
    for naam in ("oud", "nieuw"):
        pad = tmp_path / naam / data.BESTAND
        pad.parent.mkdir()
        shutil.copy(kleine_publicatie / data.BESTAND, pad)
        merken.append(data.kenmerk(pad))
    oud, nieuw = merken
    code_of_first(oud)
    gevraagd = data.waarnemingen_van_groep(oud, "NL01", "TOTAAL", "", "2023", False)
    klaarzetten.read_in(nieuw, oud)
    monkeypatch.setattr(data, "_query", lambda *_: pytest.fail("dit was al gevraagd"))
    assert data.waarnemingen_van_groep(nieuw, "NL01", "TOTAAL", "", "2023", False) == gevraagd
