"""Versions of the schema: small, numbered, frozen. Nothing is dropped by a migration."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from safetydesk.models.errors import DamagedStore, NewerSchema

VERSIONS = ("0001",)  # in their order; a test holds it against the scripts beside this file
HEAD = VERSIONS[-1]
SCRIPTS = Path(__file__).parent


def found_version(connection: Connection) -> str | None:
    """The version a database was left at; none if it is empty. Raises NewerSchema."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is None:
        raise DamagedStore(what="alembic_version")
    if version not in VERSIONS:
        raise NewerSchema(found=version, known=HEAD)
    return str(version)


def upgrade(connection: Connection, version: str = "head") -> None:
    """Bring the database to a version, the newest by default, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
