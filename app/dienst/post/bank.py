"""The database of who gets mail, as the pages about it open it."""

from __future__ import annotations

from app.commissie.bank.opslag import Opslag
from app.commissie.bank.verbinden import address
from app.lezen import data


def database() -> Opslag:
    """Return the database of the monitor that readers see; the chain of the committee's notes is not asked for here."""
    return Opslag(address(data.pad().parent), keur=False)
