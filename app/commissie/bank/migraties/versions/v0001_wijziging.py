"""The table of changes, and what refuses to change or delete one."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
_BEWAAR = {
    "sqlite": [
        f"create trigger if not exists bewaar_{daad} before {daad} on wijziging "
        "begin select raise(abort, 'wijzigingen blijven staan'); end"
        for daad in ("update", "delete")
    ],
    "postgresql": [
        "create or replace function bewaar_wijziging() returns trigger language plpgsql as "
        "$$ begin raise exception 'wijzigingen blijven staan'; end $$",
        "create or replace trigger bewaar before update or delete or truncate on wijziging "
        "for each statement execute function bewaar_wijziging()",
    ],
}


def upgrade() -> None:
    """Make the table as the first version had it."""
    op.create_table(
        "wijziging",
        sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kenmerk", sa.String(36), nullable=False, unique=True),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("regio_code", sa.String(6), nullable=False),
        sa.Column("jaar", sa.Integer, nullable=False),
        sa.Column("sleutel", sa.String(60), nullable=False),
        sa.Column("versie", sa.Integer),
        sa.Column("gebaseerd_op", sa.Integer, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("stand", sa.String(20), nullable=False),
        sa.Column("datum", sa.Date),
        sa.Column("publicatie_id", sa.String(80), nullable=False),
        sa.Column("tekst", sa.Text, nullable=False),
        sa.Column("wie", sa.String(80), nullable=False),
        sa.Column("rol", sa.String(20), nullable=False),
        sa.Column("op", sa.DateTime, nullable=False),
        sa.UniqueConstraint("soort", "regio_code", "jaar", "sleutel", "versie"),
    )
    for opdracht in _BEWAAR[op.get_bind().dialect.name]:
        op.execute(opdracht)
