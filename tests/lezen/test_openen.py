"""Rows of an answer as objects, in parts: beside serving, with a rest after each."""

from __future__ import annotations

import time
from dataclasses import dataclass

import duckdb
import pytest

from app.lezen.publicatie import openen


@dataclass(frozen=True)
class Rij:
    """One row."""

    nummer: int


def test_only_who_reads_gently_rests_after_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    rust: list[float] = []
    monkeypatch.setattr(time, "sleep", rust.append)
    monkeypatch.setattr(openen, "_BLOK", 2)
    with duckdb.connect() as con:
        vraag = "select range as nummer from range(5)"
        with openen.gently():
            rustig = list(openen.read_alike(Rij, con.execute(vraag)))
        assert (rustig, len(rust)) == ([Rij(nummer) for nummer in range(5)], 3)
        assert list(openen.read_alike(Rij, con.execute(vraag))) == rustig
    assert len(rust) == 3
