"""What the bulk path hands to the driver: on SQLCipher `None` and `bytes` cost ten times what other values do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from safetydesk.domain.ids import new_id
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Assignment, Enterprise, EnterpriseField, EnterpriseFlag
from safetydesk.workflows.desk import Desk


@contextmanager
def bound(engine: Engine) -> Iterator[list[tuple[str, type]]]:
    """Every value that a bulk insert binds meanwhile: its table and its type, as the driver gets it."""
    seen: list[tuple[str, type]] = []

    def note(_connection: object, _cursor: object, statement: str, rows: Any, _context: object, many: bool) -> None:
        if not statement.startswith("INSERT INTO"):
            return
        table = statement.split()[2]
        seen.extend((table, type(value)) for row in (rows if many else [rows]) for value in row)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def sparse_rows(desk: Desk) -> list[dict[str, Any]]:
    """Rows as a ledger has them: some columns here, others there, dates, numbers and lists among them."""
    ids = [new_id(desk.now()) for _ in range(40)]
    return [
        {"id": one, "enterprise_id": one, "name": f"厂{at}", "phone": None if at % 3 else "0571-80000000",
         "headcount": at if at % 2 else None, "founded_on": date(2001, 2, 3) if at % 5 else None, "revenue": 1.5,
         "above_threshold": bool(at % 2), "note": None}
        for at, one in enumerate(ids)
    ]  # fmt: skip


def test_neither_none_nor_bytes_is_bound_by_the_bulk_path(file_desk: Desk) -> None:
    rows = sparse_rows(file_desk)
    hanging = [{"id": new_id(file_desk.now()), "enterprise_id": row["id"]} for row in rows]
    with bound(file_desk.store.engine) as seen, file_desk.store.writing() as session:
        clocks.insert_rows(session, Enterprise, rows)
        clocks.insert_rows(
            session, EnterpriseField, [one | {"key": "k", "value": {"a": 1} if at % 2 else None} for at, one in
                                       enumerate(hanging)]
        )  # fmt: skip
        clocks.insert_rows(session, EnterpriseFlag, [one | {"flag": "有限空间", "present": True} for one in hanging])
        clocks.insert_rows(
            session, Assignment,
            [one | {"officer_id": file_desk.officer_id, "grid_id": None, "assigned_on": date(2026, 11, 21)}
             for one in hanging],
        )  # fmt: skip
    assert {table for table, _ in seen} >= {"enterprise", "enterprise_field", "enterprise_flag", "assignment"}
    assert {kind for _, kind in seen} <= {bytearray, int, str, float}
    assert bytearray in {kind for _, kind in seen}, "ids go as bytearray"


def test_the_watch_on_bound_values_sees_what_it_looks_for(file_desk: Desk) -> None:
    with bound(file_desk.store.engine) as seen, file_desk.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE probe (a, b)")
        connection.exec_driver_sql("INSERT INTO probe VALUES (?, ?)", (None, b"x"))
    assert seen == [("probe", type(None)), ("probe", bytes)]


@pytest.mark.parametrize("count", [1, 40])
def test_rows_of_different_shape_all_arrive(desk: Desk, count: int) -> None:
    rows = sparse_rows(desk)[:count]
    with desk.store.writing() as session:
        clocks.insert_rows(session, Enterprise, rows)
    with desk.store.reading() as session:
        for row in rows:
            stored = session.get_one(Enterprise, row["id"])
            assert {key: getattr(stored, key) for key in row} == row


def test_nothing_to_insert_takes_nothing(desk: Desk) -> None:
    with desk.store.writing() as session:
        before = clocks.hold(session).seq
        clocks.insert_rows(session, Enterprise, [])
        assert clocks.hold(session).seq == before
