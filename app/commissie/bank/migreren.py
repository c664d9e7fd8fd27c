"""Bringing the database to the schema of this version, from any schema there was, with its rows."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

VERSIE = "0005"
# From before there were versions.
_EERSTE = "0001"
_MIGRATIES = Path(__file__).parent / "migraties"
_STAND = sa.table("alembic_version", sa.column("version_num"))


def version(con: sa.Connection) -> str:
    """Return the version of the schema; empty where there is no table yet."""
    aanwezig = sa.inspect(con)
    if aanwezig.has_table(_STAND.name):
        return str(con.scalar(sa.select(_STAND.c.version_num)) or "")
    return _EERSTE if aanwezig.has_table("wijziging") else ""


def upgrade(con: sa.Connection, versie: str = VERSIE) -> None:
    """Bring the schema to a version, that of now unless said otherwise, within the transaction of this connection."""
    # Alembic is loaded for a migration only: a page that finds the schema in order does without.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIES).replace("%", "%%"))
    config.attributes["connection"] = con
    if version(con) == _EERSTE and not sa.inspect(con).has_table(_STAND.name):
        command.stamp(config, _EERSTE)
    command.upgrade(config, versie)
