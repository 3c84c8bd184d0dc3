"""The schema comes from the migrations alone, and is the one the models describe."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from safetydesk.models import migrations
from safetydesk.models.base import Base
from safetydesk.workflows.desk import Desk


def test_the_migrations_make_what_the_models_describe(desk: Desk) -> None:
    with desk.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata, "compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_the_list_of_versions_is_the_list_of_scripts() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == migrations.VERSIONS


def test_a_new_store_is_at_the_newest_version(desk: Desk) -> None:
    with desk.store.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == migrations.HEAD
