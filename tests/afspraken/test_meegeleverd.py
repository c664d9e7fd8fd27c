"""What the project ships in data/raw is known by content, so that a first own delivery is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.afspraken.warehouse import meegeleverd
from pipelines.afspraken.warehouse.meegeleverd import LIJST, RAW, is_as_shipped


def test_the_list_is_that_of_what_is_shipped() -> None:
    advies = "Werk de lijst bij: .venv/bin/python -m pipelines.afspraken.warehouse.meegeleverd"
    assert LIJST.read_text(encoding="utf-8") == meegeleverd.listing(RAW), advies


def test_one_file_more_or_one_figure_changed_is_no_longer_what_was_shipped(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(RAW / "pfzw_dekking", raw / "pfzw_dekking")
    assert is_as_shipped(raw)
    cijfers = next(raw.rglob("dekking.csv"))
    cijfers.write_text(cijfers.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not is_as_shipped(raw)
    shutil.rmtree(raw)
    raw.mkdir()
    assert is_as_shipped(raw)
    (raw / "eigen.csv").write_text("mijn cijfers", encoding="utf-8")
    assert not is_as_shipped(raw)
