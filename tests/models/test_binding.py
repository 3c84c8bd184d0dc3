"""What the bulk path hands to the driver: on SQLCipher `None` and `bytes` cost ten times what other values do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from safetydesk.domain.ids import new_id
from safetydesk.models import clock as clocks
from safetydesk.models.dialect import prepared
from safetydesk.models.tables import Assignment, Enterprise, EnterpriseField, EnterpriseFlag
from safetydesk.workflows.desk import Desk


class Watched:
    """The driver's connection of one transaction, with a note of every value that an INSERT binds."""

    def __init__(self, raw: Any, seen: list[tuple[str, type]]) -> None:
        self._raw, self._seen = raw, seen

    def execute(self, sql: str, values: Any) -> Any:
        self._note(sql, values)
        return self._raw.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> Any:
        listed = list(rows)
        for values in listed:
            self._note(sql, values)
        return self._raw.executemany(sql, listed)

    def _note(self, sql: str, values: Any) -> None:
        if sql.startswith("INSERT INTO"):
            self._seen.extend((sql.split()[2], type(value)) for value in values)


@pytest.fixture
def bound(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, type]]:
    """Every value that an INSERT binds from now on, with its table: by SQLAlchemy or past it."""
    seen: list[tuple[str, type]] = []
    raw_connection = prepared._raw_connection
    monkeypatch.setattr(prepared, "_raw_connection", lambda session: Watched(raw_connection(session), seen))

    def note(_connection: object, _cursor: object, sql: str, rows: Any, _context: object, many: bool) -> None:
        for values in rows if many else [rows]:
            Watched(None, seen)._note(sql, values)

    with file_desk.store.writing() as session:
        event.listen(session.get_bind(), "before_cursor_execute", note)
    return seen


def sparse_rows(desk: Desk) -> list[dict[str, Any]]:
    """Rows as a ledger has them: some columns here, others there, dates, numbers and lists among them."""
    ids = [new_id(desk.now()) for _ in range(40)]
    return [
        {"id": one, "enterprise_id": one, "name": f"厂{at}", "phone": None if at % 3 else "0571-80000000",
         "headcount": at if at % 2 else None, "founded_on": date(2001, 2, 3) if at % 5 else None, "revenue": 1.5,
         "above_threshold": bool(at % 2), "note": None}
        for at, one in enumerate(ids)
    ]  # fmt: skip


def test_neither_none_nor_bytes_is_bound_by_the_bulk_path(file_desk: Desk, bound: list[tuple[str, type]]) -> None:
    rows = sparse_rows(file_desk)
    hanging = [{"id": new_id(file_desk.now()), "enterprise_id": row["id"]} for row in rows]
    with file_desk.store.writing() as session:
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
        clocks.record(session, "test", "x:1", {})
    assert {table for table, _ in bound} >= {
        "enterprise",
        "enterprise_field",
        "enterprise_flag",
        "assignment",
        "audit_entry",
    }
    assert {kind for _, kind in bound} <= {bytearray, int, str, float}
    assert bytearray in {kind for _, kind in bound}, "ids go as bytearray"


def test_the_watch_on_bound_values_sees_both_ways_of_writing(file_desk: Desk, bound: list[tuple[str, type]]) -> None:
    with file_desk.store.writing() as session:
        session.connection().exec_driver_sql("CREATE TEMP TABLE probe (a, b)")
        session.connection().exec_driver_sql("INSERT INTO probe VALUES (?, ?)", (None, b"x"))
        clocks.record(session, "test", "x:1", {})
    assert bound[:2] == [("probe", type(None)), ("probe", bytes)]
    assert ("audit_entry", bytearray) in bound


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
