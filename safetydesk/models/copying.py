"""Copying all rows of one database into another, of either kind: how PostgreSQL goes into a portable backup and back."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, select

from safetydesk.models import migrations
from safetydesk.models.base import Base
from safetydesk.models.dialect import postgresql
from safetydesk.models.tables.local import BlobRow

_AT_ONCE = 2_000


def copy_rows(source: Engine, target: Engine) -> None:
    """Everything but the blobs, which are copied by name, as of one moment.

    The target is brought to the source's schema, which may be an older one, and emptied first.
    """
    with source.connect() as connection, target.execution_options(writing=True).begin() as writing:
        reading = postgresql.one_moment(connection) if source.dialect.name == "postgresql" else connection
        if migrations.found_version(writing) is None:
            migrations.upgrade(writing, migrations.found_version(reading) or "head")
        there = inspect(reading)
        for table in Base.metadata.sorted_tables:
            if table.name != BlobRow.__tablename__ and there.has_table(table.name):
                writing.execute(delete(table))
                _copy_table(reading, writing, table, {column["name"] for column in there.get_columns(table.name)})


def _copy_table(reading: Connection, writing: Connection, table: Table, names: set[str]) -> None:
    query = select(*(column for column in table.c if column.name in names))
    found = reading.execution_options(yield_per=_AT_ONCE).execute(query)
    for rows in found.mappings().partitions(_AT_ONCE):
        writing.execute(insert(table), [dict(row) for row in rows])
