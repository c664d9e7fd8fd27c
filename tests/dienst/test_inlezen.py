"""What a server does beside serving when a publication came in its place."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.dienst.inlezen import settle


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
