"""The chain through the changes, filled in for those that are there, and where the history began."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.commissie.bank.keten import BEGIN, link_row
from app.commissie.bank.tabellen import BEWAAR, LAAT_LOS

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


def upgrade() -> None:
    """Add the chain in the order in which the changes were written."""
    con = op.get_bind()
    for opdracht in LAAT_LOS[con.dialect.name]:
        op.execute(opdracht)
    # SQLite cannot add a column that is never empty without saying what stands there meanwhile.
    op.add_column("wijziging", sa.Column("keten", sa.String(64), nullable=False, server_default=""))
    vorige, bij = BEGIN, []
    zonder = [kolom for kolom in _WIJZIGING.c if kolom.name != "keten"]
    for rij in con.execute(sa.select(*zonder).order_by(_WIJZIGING.c.nummer)).mappings():
        vorige = link_row(vorige, {naam: waarde for naam, waarde in rij.items() if naam != "nummer"})
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
    for opdracht in BEWAAR[con.dialect.name]:
        op.execute(opdracht)
