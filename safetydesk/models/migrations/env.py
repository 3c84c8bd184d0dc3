"""What Alembic runs: on the connection it is given, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from safetydesk.models.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
context.run_migrations()
