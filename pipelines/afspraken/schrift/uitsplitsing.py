"""An uitsplitsing: what sets a series apart, as name=value with a semicolon between."""

from __future__ import annotations

import functools
from collections.abc import Mapping

# The part that makes a figure a forecast: the month in which it was made.
PROGNOSE = "prognose"


@functools.cache
def parts(uitsplitsing: str) -> Mapping[str, str]:
    """Return the values of an uitsplitsing by name: `afbakening=sbi_q;meting=kzv` has two."""
    return dict(deel.split("=", 1) for deel in uitsplitsing.split(";") if "=" in deel)
