"""What the tests share is made once, and cannot be spoilt by one of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from eenmalig import BEWAARD, make_once


def write(map_: Path) -> None:
    map_.mkdir()
    (map_ / "cijfer").write_text("1", encoding="utf-8")


def test_processes_that_need_it_at_the_same_time_make_it_once(tmp_path):
    gemaakt = []

    def make(map_: Path) -> None:
        gemaakt.append(map_)
        write(map_)

    with ThreadPoolExecutor(4) as draden:
        mappen = list(draden.map(lambda nr: make_once(tmp_path, "p", "a", make, tmp_path / f"werker{nr}"), range(4)))
    assert len(gemaakt) == 1
    assert [(map_ / "cijfer").read_text(encoding="utf-8") for map_ in mappen] == ["1"] * 4


def test_what_a_test_does_to_its_copy_the_next_one_does_not_see(tmp_path):
    (make_once(tmp_path, "p", "a", write, tmp_path / "een") / "cijfer").write_text("2", encoding="utf-8")
    assert (make_once(tmp_path, "p", "a", write, tmp_path / "twee") / "cijfer").read_text(encoding="utf-8") == "1"


def test_another_key_is_made_again_and_old_ones_go(tmp_path):
    for nr in range(4):
        make_once(tmp_path, "p", f"sleutel {nr}", write, tmp_path / f"doel{nr}")
    assert len(list(tmp_path.glob("p-*"))) == BEWAARD


def test_what_was_broken_off_is_made_again(tmp_path):
    def fail(map_: Path) -> None:
        write(map_)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_once(tmp_path, "p", "a", fail, tmp_path / "een")
    assert (make_once(tmp_path, "p", "a", write, tmp_path / "twee") / "cijfer").exists()
    assert not list(tmp_path.glob(".half-*"))
