"""A moment as people write it in the Netherlands, wherever the server stands, read back as a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.taal.opmaak import datum

_HIER = ZoneInfo("Europe/Amsterdam")
_VORM = "%d-%m-%Y %H:%M"


def moment_text(moment: datetime) -> str:
    """Return a moment on the clock of the Netherlands, and that it is that clock."""
    return f"{moment.astimezone(_HIER):{_VORM}} (Nederlandse tijd)"


def day_and_clock(moment: datetime, *, met_seconden: bool = False) -> str:
    """Write a moment of a publication, kept in UTC, as a clock in the Netherlands has it: 30 november 2026, 14:05."""
    hier = moment.replace(tzinfo=UTC).astimezone(_HIER)
    return f"{datum(hier)}, {hier:{'%H:%M:%S' if met_seconden else '%H:%M'}}"


def read_moment(tekst: str) -> datetime:
    """Return the moment that is meant, in the Netherlands.

    Raises:
        ValueError: it is none, or the clock had it twice or never; the message says so to a reader.
    """
    try:
        geschreven = datetime.strptime(tekst.strip(), _VORM)
        moment = geschreven.replace(tzinfo=_HIER)
        terug = moment.astimezone(UTC).astimezone(_HIER)
    except (ValueError, OverflowError):
        raise ValueError("Schrijf het moment als 31-12-2026 06:00.") from None
    if terug.replace(tzinfo=None) != geschreven:
        raise ValueError("Dat moment bestaat niet: de klok gaat dan een uur vooruit. Kies een ander uur.")
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise ValueError("Dat moment is er twee keer: de klok gaat dan een uur terug. Kies een ander uur.")
    return moment
