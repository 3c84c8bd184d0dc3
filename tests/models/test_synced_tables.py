"""Every table whose rows travel has the sync columns as the merge needs them, on both databases."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Inspector, inspect

from safetydesk.models.base import SYNC_COLUMNS, Base, Synced
from safetydesk.models.tables import local
from safetydesk.workflows.desk import Desk

NEEDED = ("id", "enterprise_id", "seq", "stamp", "writer")
OPTIONAL = ("context", "column_stamps", "source", "unknown")
SYNCED = sorted(
    str(mapper.local_table) for mapper in Base.registry.mappers if issubclass(mapper.class_, Synced)
)  # fmt: skip


@pytest.fixture
def found(shared_desk: Desk) -> Inspector:
    """What the database itself says, not the models."""
    return inspect(shared_desk.store.engine)


def columns(found: Inspector, table: str) -> dict[str, Any]:
    return {column["name"]: column for column in found.get_columns(table)}


def test_every_table_either_travels_or_is_declared_to_stay_here(found: Inspector) -> None:
    stays = {mapper.local_table for mapper in Base.registry.mappers if mapper.class_.__module__ == local.__name__}
    assert set(found.get_table_names()) == {*SYNCED, *map(str, stays), "alembic_version"}
    assert len(SYNCED) >= 25


def test_the_sync_columns_are_there_and_a_write_that_forgets_them_fails(found: Inspector) -> None:
    for table in SYNCED:
        there = columns(found, table)
        assert set(NEEDED) | set(OPTIONAL) <= there.keys(), table
        for name in NEEDED:
            assert not there[name]["nullable"], (table, name)
            assert there[name]["default"] is None, (table, name)
        assert all(there[name]["nullable"] for name in OPTIONAL), table


def test_the_sync_columns_of_the_database_are_those_the_program_knows() -> None:
    assert set(NEEDED) | set(OPTIONAL) == SYNC_COLUMNS | {"id", "enterprise_id"}


def test_seq_and_enterprise_have_an_index_each_and_none_together(found: Inspector) -> None:
    for table in SYNCED:
        indexed = [tuple(index["column_names"]) for index in found.get_indexes(table)]
        assert ("seq",) in indexed, table
        assert ("enterprise_id",) in indexed, table
        assert not any({"seq", "enterprise_id"} <= set(one) for one in indexed), table


def test_nothing_but_the_id_is_unique_and_no_row_needs_another(found: Inspector) -> None:
    for table in SYNCED:
        assert found.get_pk_constraint(table)["constrained_columns"] == ["id"], table
        assert found.get_unique_constraints(table) == [], table
        assert not any(index["unique"] for index in found.get_indexes(table)), table
        assert found.get_foreign_keys(table) == [], table


def test_every_constraint_and_index_has_a_name(found: Inspector) -> None:
    for table in found.get_table_names():
        if table == "alembic_version":
            continue
        assert re.fullmatch(r"pk_\w+", str(found.get_pk_constraint(table)["name"])), table
        for index in found.get_indexes(table):
            assert re.fullmatch(r"(ix|uq)_\w+", str(index["name"])), (table, index)
        for constraint in found.get_unique_constraints(table):
            assert str(constraint["name"]).startswith("uq_"), (table, constraint)


def test_ids_are_sixteen_bytes_and_stamps_are_64_bit(found: Inspector, shared_desk: Desk) -> None:
    kinds = ("UUID", "BIGINT", "SMALLINT") if not shared_desk.store.is_file else ("BLOB", "BIGINT", "SMALLINT")
    for table in SYNCED:
        there = columns(found, table)
        assert (str(there["id"]["type"]), str(there["stamp"]["type"]), str(there["writer"]["type"])) == kinds, table
        assert str(there["seq"]["type"]) == "BIGINT", table


def test_tables_of_the_encrypted_file_are_rowid_tables(file_desk: Desk) -> None:
    with file_desk.store.engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'").scalars().all()
    assert len(made) > len(SYNCED)
    assert not any("WITHOUT ROWID" in sql.upper() for sql in made)
