"""Moments as a reader in the Netherlands has them; the database keeps UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.taal.opmaak import datum

_HIER = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """Return which day it is in the Netherlands."""
    return datetime.now(_HIER).date()


def local_day(op: datetime) -> date:
    """Return on which day a moment of the database was in the Netherlands."""
    return op.replace(tzinfo=UTC).astimezone(_HIER).date()


def clock(op: datetime) -> str:
    """Write a moment in Dutch time: 14:05 op 3 maart 2026."""
    return f"{op.replace(tzinfo=UTC).astimezone(_HIER):%H:%M} op {datum(local_day(op))}"
