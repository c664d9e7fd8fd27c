"""Keeping what only a login tells: the groups of somebody who gets mail."""

from __future__ import annotations

from pathlib import Path

from app.commissie.bank.opslag import Opslag
from app.commissie.bank.verbinden import address
from app.post import abonnement as abonnementen
from app.post.versturen import now
from app.rollen.lezer import Lezer


def remember_login(warehouse: Path, wie: Lezer) -> None:
    """Keep the groups of this login, of who asked for mail; of nobody else anything.

    Raises:
        OpslagError: the database does not answer.
    """
    with Opslag(address(warehouse), keur=False).transaction() as con:
        abonnementen.remember(con, wie, now())
