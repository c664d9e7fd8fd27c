"""What `make test` tries with a seeded handful, `make faults` tries in full; such a test carries the mark `lang`."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

import pytest

LANG = os.environ.get("REGIOMONITOR_LANG") == "1"
T = TypeVar("T")

# For what has a quick variant of its own beside it.
alleen_lang = pytest.mark.skipif(not LANG, reason="minutes: REGIOMONITOR_LANG=1")


def some_of(alle: Sequence[T], aantal: int, zaad: int = 16) -> list[T]:
    """Return so many of them in their order, the same in every run; all of them in full."""
    if LANG:
        return list(alle)
    gekozen = sorted(random.Random(zaad).sample(range(len(alle)), aantal))
    return [alle[nummer] for nummer in gekozen]
