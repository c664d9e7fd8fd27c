"""Bringing the database to the schema of this version, from any schema there was, with its rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from app.commissie.model import OpslagError

if TYPE_CHECKING:
    from alembic.config import Config

VERSIE = "0005"
# From before there were versions.
_EERSTE = "0001"
# Before this one there is no chain, and so nothing that shows that the history is as it was written.
_OUDSTE = "0002"
# What an earlier version has no place for, by the step that brought it.
_GAAT_WEG = {
    "0003": "wie zich afmeldde voor zijn sessie voorbij was: geef cookie_secret in toegang.toml een andere waarde, dan "
    "meldt iedereen zich opnieuw aan",
    "0004": "wie berichten per mail vroeg: iedereen vraagt het na het bijwerken opnieuw",
    "0005": "hoe vaak mail van een adres terugkwam: dat tellen begint na het bijwerken opnieuw",
}
_MIGRATIES = Path(__file__).parent / "migraties"
_STAND = sa.table("alembic_version", sa.column("version_num"))


def version(con: sa.Connection) -> str:
    """Return the version of the schema; empty where there is no table yet."""
    aanwezig = sa.inspect(con)
    if aanwezig.has_table(_STAND.name):
        return str(con.scalar(sa.select(_STAND.c.version_num)) or "")
    return _EERSTE if aanwezig.has_table("wijziging") else ""


def lost(stand: str, versie: str) -> list[str]:
    """Return what going back from one version to another takes away.

    Raises:
        OpslagError: there is no way back to that version.
    """
    if not _OUDSTE <= versie < stand or versie not in (_OUDSTE, *_GAAT_WEG):
        raise OpslagError(
            f"Terug naar stand {versie} kan niet: de gegevens van de commissie hebben stand {stand}, en het kan tot en "
            f"met {_OUDSTE}. Er is niets veranderd."
        )
    return [weg for stap, weg in _GAAT_WEG.items() if versie < stap <= stand]


def downgrade(con: sa.Connection, versie: str) -> None:
    """Bring the schema back to an earlier version, within the transaction of this connection."""
    from alembic import command

    command.downgrade(_config(con), versie)


def upgrade(con: sa.Connection, versie: str = VERSIE) -> None:
    """Bring the schema to a version, that of now unless said otherwise, within the transaction of this connection."""
    # Alembic is loaded for a migration only: a page that finds the schema in order does without.
    from alembic import command

    config = _config(con)
    if version(con) == _EERSTE and not sa.inspect(con).has_table(_STAND.name):
        command.stamp(config, _EERSTE)
    command.upgrade(config, versie)


def _config(con: sa.Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIES).replace("%", "%%"))
    config.attributes["connection"] = con
    return config
