"""Alembic's entry: runs the steps on the connection that `storage.migrating` hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - fills the metadata

connection = context.config.attributes["connection"]
if connection.dialect.name == "sqlite":
    # a table that is made anew is missing for a moment: triggers of others may name it all the same
    connection.connection.cursor().execute("PRAGMA legacy_alter_table=ON")
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
