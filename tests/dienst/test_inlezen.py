"""What a server does beside serving when a publication came in its place."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.dienst.inlezen import read_rest, settle, warm_up
from app.lezen import data
from app.raam.metingen import GETOOND


class Deel:
    """Something that holds itself, so that only a collection lets it go."""

    def __init__(self) -> None:
        self.zelf = self


@pytest.fixture(autouse=True)
def _unfreeze() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_stays_is_set_apart_and_what_is_gone_goes_also_where_it_was_set_apart_before() -> None:
    deel, blijft = Deel(), Deel()
    weg = weakref.ref(deel)
    gc.freeze()
    del deel
    gc.collect()
    assert weg() is not None
    settle()
    assert weg() is None
    assert not any(ding is blijft for ding in gc.get_objects())


@pytest.mark.parametrize("begint_ermee", [False, True])
def test_made_up_figures_are_read_once_a_page_was_shown_unless_readers_begin_with_them(
    kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch, begint_ermee: bool
) -> None:
    gevraagd: list[tuple[bool, bool]] = []
    per_indicator = data._per_indicator

    def _note(merk: data.Kenmerk, voorbeeld: bool) -> object:
        gevraagd.append((voorbeeld, GETOOND.is_set()))
        return per_indicator(merk, voorbeeld)

    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    monkeypatch.setattr(data, "_per_indicator", _note)
    monkeypatch.setattr("app.lezen.onderwerp.voorbeeld.is_usual", lambda _merk: begint_ermee)
    monkeypatch.setattr(GETOOND, "wait", lambda _hoogstens: GETOOND.set())
    GETOOND.clear()
    warm_up()
    read_rest(1)
    assert set(gevraagd) == {(False, False), (True, True)} | ({(True, False)} if begint_ermee else set())
