"""What a restore gives back is no more open than it was, stays in its own folders, and brings nobody back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from kopiebed import SCORE, _publish

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud, Wijziging
from app.commissie.openen import open_opslag
from app.commissie.vergeten import forget, is_forgotten
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.reservekopie import restore
from pipelines.afspraken.meldingen import AfgekeurdError


@pytest.fixture
def gevuld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """Return a warehouse with a note and a publication, raw data of persons, and a backup of both."""
    monkeypatch.delenv(URL, raising=False)
    wh, raw = tmp_path / "wh", tmp_path / "raw"
    wh.mkdir()
    _publish(wh, "20240601T120000Z-bbbbbbbb")
    (raw / "pfzw_personen" / "2023" / "deel").mkdir(parents=True)
    (raw / "pfzw_personen" / "2023" / "deel" / "p.csv").write_text("x")
    opslag = open_opslag(wh)
    opslag.save(SCORE, Inhoud("Van Jo Zwaluw, met Jo Zwaluw", 2), wie="Jo Zwaluw", rol="commissie", gebaseerd_op=0)
    opslag.save(SCORE, Inhoud("Van An", 2), wie="An Bo", rol="commissie", gebaseerd_op=1)
    return wh, raw, backup(wh, tmp_path / "kopie.zip", raw=raw)


def test_raw_data_come_back_for_nobody_else_and_a_publication_for_its_readers(
    gevuld: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    restore(tmp_path / "el" / "wh", gevuld[2], tmp_path / "el" / "raw")
    rauw = [*(tmp_path / "el" / "raw" / "pfzw_personen").rglob("*"), tmp_path / "el" / "raw" / "pfzw_personen"]
    assert len(rauw) == 4
    assert [pad for pad in rauw if pad.stat().st_mode & 0o077] == []
    umask = os.umask(0)
    os.umask(umask)
    leesbaar = 0o666 & ~umask
    assert (tmp_path / "el" / "wh" / "publicatie.duckdb").stat().st_mode & 0o777 == leesbaar


def test_a_source_that_leads_elsewhere_is_not_written_in(gevuld: tuple[Path, Path, Path], tmp_path: Path) -> None:
    buiten, raw = tmp_path / "buiten", tmp_path / "el" / "raw"
    buiten.mkdir()
    raw.mkdir(parents=True)
    (raw / "pfzw_personen").symlink_to(buiten)
    with pytest.raises(AfgekeurdError, match="verwijzing"):
        restore(tmp_path / "el" / "wh", gevuld[2], raw)
    assert list(buiten.iterdir()) == []


@pytest.mark.parametrize("ook_in_teksten", [True, False])
def test_who_was_forgotten_does_not_come_back_out_of_an_older_backup(
    gevuld: tuple[Path, Path, Path], ook_in_teksten: bool
) -> None:
    wh, _, kopie = gevuld
    forget(wh, "Jo Zwaluw", ook_in_teksten=ook_in_teksten, proef=False)
    hier = open_opslag(wh).history()
    assert restore(wh, kopie).wijzigingen == 2
    assert open_opslag(wh).history() == hier
    assert open_opslag(wh).history()[0].wie.startswith("vergeten-")


def test_only_a_name_that_became_a_pseudonym_makes_a_change_another(gevuld: tuple[Path, Path, Path]) -> None:
    toen = open_opslag(gevuld[0]).history()[0]

    def _now(wie: str, tekst: str) -> Wijziging:
        return replace(toen, wie=wie, inhoud=replace(toen.inhoud, tekst=tekst))

    p = "vergeten-0123abcd"
    assert is_forgotten(toen, _now(p, f"Van {p}, met {p}"))
    assert is_forgotten(toen, _now(p, toen.inhoud.tekst))
    assert not is_forgotten(toen, _now("An Bo", toen.inhoud.tekst))
    assert not is_forgotten(toen, _now(p, "Iets anders"))
    assert not is_forgotten(toen, _now(p, f"Van {p}, zonder {p}"))
    assert not is_forgotten(toen, replace(_now(p, toen.inhoud.tekst), rol="organisatie"))
