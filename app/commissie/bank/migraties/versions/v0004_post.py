"""Mail: who asked for it, who agreed, and what is to go out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; nobody had asked for mail."""
    op.create_table(
        "postlezer",
        sa.Column("kenmerk", sa.String(64), primary_key=True),
        sa.Column("aanbieder", sa.String(40), nullable=False),
        sa.Column("naam", sa.Text, nullable=False),
        sa.Column("groepen", sa.Text, nullable=False),
        sa.Column("gezien_op", sa.DateTime, nullable=False),
        sa.Column("recht_op", sa.DateTime, nullable=False),
    )
    op.create_table(
        "postbus",
        sa.Column("bus", sa.String(64), primary_key=True),
        sa.Column("uit", sa.String(43), nullable=False, unique=True),
        sa.Column("beurt", sa.String(32), nullable=False),
        sa.Column("beurt_op", sa.DateTime),
        sa.Column("geblokkeerd_op", sa.DateTime),
        sa.Column("gezien_op", sa.DateTime, nullable=False),
    )
    op.create_table(
        "abonnement",
        sa.Column("kenmerk", sa.String(32), primary_key=True),
        sa.Column("lezer", sa.String(64), nullable=False, index=True),
        sa.Column("bus", sa.String(64), nullable=False, index=True),
        sa.Column("adres", sa.String(254), nullable=False),
        sa.Column("onderwerpen", sa.String(60), nullable=False),
        sa.Column("gebied", sa.String(6), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime, nullable=False),
        sa.Column("bevestigd_op", sa.DateTime),
        sa.Column("sinds", sa.String(80), nullable=False),
        sa.Column("weigeringen", sa.Integer, nullable=False),
    )
    op.create_table(
        "bevestiging",
        sa.Column("som", sa.String(64), primary_key=True),
        sa.Column("abonnement", sa.String(32), nullable=False, index=True),
        sa.Column("op", sa.DateTime, nullable=False),
    )
    _create_queue()


def _create_queue() -> None:
    """Make the tables of what is to go out, and of what went."""
    op.create_table(
        "postbericht",
        sa.Column("kenmerk", sa.String(32), primary_key=True),
        sa.Column("abonnement", sa.String(32), nullable=False),
        sa.Column("soort", sa.String(20), nullable=False),
        sa.Column("aanleiding", sa.String(120), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime, nullable=False),
        sa.Column("vanaf", sa.DateTime, nullable=False),
        sa.Column("pogingen", sa.Integer, nullable=False),
        sa.Column("bezet_op", sa.DateTime),
        sa.Column("verstuurd_op", sa.DateTime),
        sa.UniqueConstraint("abonnement", "aanleiding"),
    )
    op.create_table("postbekend", sa.Column("aanleiding", sa.String(120), primary_key=True))
    op.create_table(
        "postgrens",
        sa.Column("kenmerk", sa.String(32), primary_key=True),
        sa.Column("van", sa.String(64), nullable=False, index=True),
        sa.Column("op", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Take the tables out: an address that no version here knows how to forget does not stay."""
    for tabel in ("postgrens", "postbekend", "postbericht", "bevestiging", "abonnement", "postbus", "postlezer"):
        op.drop_table(tabel)
