"""Run by alembic: every step happens in the transaction of whoever asked for it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
