"""The chain through the changes, filled in for those that are there, and where the history began."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_WIJZIGING = sa.table(
    "wijziging",
    *(
        sa.column(naam, soort)
        for naam, soort in {
            "nummer": sa.Integer, "kenmerk": sa.String, "soort": sa.String, "regio_code": sa.String,
            "jaar": sa.Integer, "sleutel": sa.String, "versie": sa.Integer, "gebaseerd_op": sa.Integer,
            "score": sa.Integer, "stand": sa.String, "datum": sa.Date, "publicatie_id": sa.String, "tekst": sa.Text,
            "wie": sa.String, "rol": sa.String, "op": sa.DateTime, "keten": sa.String,
        }.items()
    ),
)  # fmt: skip
_LAAT_LOS = {
    "sqlite": (
        "drop trigger if exists bewaar_update",
        "drop trigger if exists bewaar_delete",
        "drop trigger if exists bewaar_insert",
    ),
    "postgresql": ("drop trigger if exists bewaar on wijziging",),
}
_WEIGER = "begin select raise(abort, 'wijzigingen blijven staan'); end"
# SQLite's REPLACE deletes without asking the trigger on delete, so a row that is there is refused before it comes in.
_BEWAAR = {
    "sqlite": (
        f"create trigger bewaar_update before update on wijziging {_WEIGER}",
        f"create trigger bewaar_delete before delete on wijziging {_WEIGER}",
        "create trigger bewaar_insert before insert on wijziging when length(new.keten) <> 64 or exists ("
        "select 1 from wijziging where nummer = new.nummer or kenmerk = new.kenmerk or (soort = new.soort "
        "and regio_code = new.regio_code and jaar = new.jaar and sleutel = new.sleutel and versie = new.versie)) "
        f"{_WEIGER}",
    ),
    "postgresql": (
        "create or replace function bewaar_wijziging() returns trigger language plpgsql as "
        "$$ begin raise exception 'wijzigingen blijven staan'; end $$",
        "create or replace trigger bewaar before update or delete or truncate on wijziging "
        "for each statement execute function bewaar_wijziging()",
    ),
}


def _chained(vorige: str, waarden: Iterable[object]) -> str:
    """Return the place in the chain as this version reckoned it; whatever the code does later, this stays."""
    delen = [waarde.isoformat() if isinstance(waarde, date) else waarde for waarde in waarden]
    return hashlib.sha256(json.dumps([vorige, *delen], separators=(",", ":")).encode("ascii")).hexdigest()


def upgrade() -> None:
    """Add the chain in the order in which the changes were written."""
    con = op.get_bind()
    for opdracht in _LAAT_LOS[con.dialect.name]:
        op.execute(opdracht)
    # SQLite cannot add a column that is never empty without saying what stands there meanwhile.
    op.add_column("wijziging", sa.Column("keten", sa.String(64), nullable=False, server_default=""))
    vorige, bij = "", []
    zonder = [kolom for kolom in _WIJZIGING.c if kolom.name != "keten"]
    for rij in con.execute(sa.select(*zonder).order_by(_WIJZIGING.c.nummer)).mappings():
        vorige = _chained(vorige, (waarde for naam, waarde in rij.items() if naam != "nummer"))
        bij.append({"plek": rij["nummer"], "som": vorige})
    if bij:
        con.execute(
            sa.update(_WIJZIGING).where(_WIJZIGING.c.nummer == sa.bindparam("plek")).values(keten=sa.bindparam("som")),
            bij,
        )
    if con.dialect.name == "postgresql":
        op.alter_column("wijziging", "keten", server_default=None)
    op.create_table(
        "oorsprong",
        sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kenmerk", sa.String(36), nullable=False, unique=True),
        sa.Column("op", sa.DateTime, nullable=False),
    )
    begin = sa.table("oorsprong", sa.column("kenmerk", sa.String), sa.column("op", sa.DateTime))
    con.execute(begin.insert(), [{"kenmerk": str(uuid.uuid4()), "op": datetime.now(UTC).replace(tzinfo=None)}])
    for opdracht in _BEWAAR[con.dialect.name]:
        op.execute(opdracht)
