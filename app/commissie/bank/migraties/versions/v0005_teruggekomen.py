"""How often mail came back from a mailbox."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the count; of what came back before nothing is known."""
    op.add_column("postbus", sa.Column("terug", sa.Integer, nullable=False, server_default="0"))
    op.add_column("postbus", sa.Column("terug_op", sa.DateTime))


def downgrade() -> None:
    """Take the count out; it begins again when this version is back."""
    op.drop_column("postbus", "terug_op")
    op.drop_column("postbus", "terug")
