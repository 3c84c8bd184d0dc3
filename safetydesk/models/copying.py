"""Copying all rows of one database into another, of either kind: how PostgreSQL goes into a portable backup and back."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from safetydesk.models import migrations
from safetydesk.models.base import Base
from safetydesk.models.tables.local import BlobRow

_AT_ONCE = 2_000


def copy_rows(source: Engine, target: Engine) -> None:
    """Everything but the blobs, which are copied by name. The target is brought to our schema and emptied first."""
    with source.connect() as reading, target.execution_options(writing=True).begin() as writing:
        if migrations.found_version(writing) is None:
            migrations.upgrade(writing)
        for table in Base.metadata.sorted_tables:
            if table.name != BlobRow.__tablename__:
                writing.execute(delete(table))
                _copy_table(reading, writing, table)


def _copy_table(reading: Connection, writing: Connection, table: Table) -> None:
    found = reading.execution_options(yield_per=_AT_ONCE).execute(select(table))
    for rows in found.mappings().partitions(_AT_ONCE):
        writing.execute(insert(table), [dict(row) for row in rows])
