"""The page of open data: of a concept it names no address."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scherm import open_screen

from app.lezen import data

SCHERM = """
from app.schermen.verantwoording import opendata
opendata.show(("concept", 0, 0, 0))
"""


def test_of_a_concept_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "publicatie", lambda _: SimpleNamespace(is_concept=True))
    app = open_screen(SCHERM)

    gezien = " ".join(str(deel.proto) for deel in app.main)
    assert "Van een concept is er geen open data." in gezien
    assert "/data/v1" not in gezien
