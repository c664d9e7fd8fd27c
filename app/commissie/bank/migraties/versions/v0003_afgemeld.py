"""The sessions that were ended before they were over."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; nobody had ended a session."""
    op.create_table(
        "afgemeld",
        sa.Column("kenmerk", sa.String(64), primary_key=True),
        sa.Column("op", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Take the table out: the version before knew of no session that was ended."""
    op.drop_table("afgemeld")
