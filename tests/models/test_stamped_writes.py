"""Whatever writes a synced row stamps it through the one clock; what would not is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from conftest import Office
from sqlalchemy import Boolean, Date, Float, Integer, Text, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from safetydesk.domain.ids import CATALOG_REPLICA, COMMON, new_id
from safetydesk.domain.stamps import COUNTER_BITS, RowStamps, stamp_time
from safetydesk.models import clock as clocks
from safetydesk.models.base import value_columns
from safetydesk.models.clock import STAMPED, ImmutableRow, ReadOnlySession
from safetydesk.models.tables import (
    Assignment,
    AuditEntry,
    Clock,
    Enterprise,
    FieldChange,
    LocalSetting,
    ReplicaNumber,
    Setting,
    Template,
    TemplateItem,
    Unit,
    Village,
)
from safetydesk.models.types import UtcDateTime
from safetydesk.workflows.desk import Desk

OWN = 1  # the local number of the replica that was set up


def clock_row(session: Session) -> Any:
    return session.execute(select(Clock.stamp, Clock.seq, Clock.number)).one()


def enterprise(desk: Desk, name: str = "云溪甲厂", **values: Any) -> Enterprise:
    row_id = new_id(desk.now())
    return Enterprise(id=row_id, enterprise_id=row_id, name=name, **values)


@pytest.fixture
def factory(desk: Desk) -> UUID:
    """The id of an enterprise with some values."""
    row = enterprise(desk, phone="0571-80000001", headcount=12)
    with desk.store.writing() as session:
        session.add(row)
    return row.id


@pytest.fixture
def session(shared_desk: Desk) -> Iterator[Session]:
    with shared_desk.store.writing() as session:
        yield session
        session.rollback()


def test_a_row_that_is_added_carries_the_next_stamp_and_seq_and_nothing_else(desk: Desk) -> None:
    with desk.store.writing() as session:
        before = clock_row(session)
        row = enterprise(desk)
        session.add(row)
    with desk.store.reading() as session:
        stored, after = session.get_one(Enterprise, row.id), clock_row(session)
        assert stored.stamp > before.stamp
        assert (stored.seq, stored.writer) == (before.seq + 1, OWN)
        assert (stored.column_stamps, stored.context, stored.source) == (None, None, None)
        assert (after.stamp, after.seq) == (stored.stamp, stored.seq)
    assert abs(stamp_time(stored.stamp) - desk.now()) < timedelta(seconds=5)


def test_an_edit_of_one_column_stamps_that_column_alone(desk: Desk, factory: UUID) -> None:
    with desk.store.reading() as session:
        first = session.get_one(Enterprise, factory)
    with desk.store.writing() as session:
        session.get_one(Enterprise, factory).phone = "0571-80000002"
    with desk.store.reading() as session:
        row = session.get_one(Enterprise, factory)
        assert row.column_stamps is not None
        ((name, (stamp, writer)),) = json.loads(row.column_stamps).items()
        assert (name, writer) == ("phone", OWN)
        assert stamp > row.stamp == first.stamp
        assert row.seq > first.seq
        assert row.context is None


def test_an_edit_of_every_column_collapses_into_the_rows_own_stamp(desk: Desk, factory: UUID) -> None:
    with desk.store.writing() as session:
        session.get_one(Enterprise, factory).phone = "0571-80000002"
    with desk.store.writing() as session:
        row = session.get_one(Enterprise, factory)
        before = RowStamps.decode(row.stamp, row.writer, row.column_stamps, row.context).of("phone")
        for name in value_columns(Enterprise):
            setattr(row, name, _another(type(Enterprise.__table__.c[name].type)))
    with desk.store.reading() as session:
        row = session.get_one(Enterprise, factory)
        assert row.column_stamps is None
        assert row.stamp > before[0]


def test_setting_a_column_to_the_value_it_has_is_no_change(desk: Desk, factory: UUID) -> None:
    with desk.store.reading() as session:
        before = session.get_one(Enterprise, factory)
    with desk.store.writing() as session:
        row = session.get_one(Enterprise, factory)
        row.phone = "0571-80000001"
    with desk.store.reading() as session:
        assert session.get_one(Enterprise, factory).seq == before.seq


def test_every_row_of_one_transaction_has_a_stamp_and_a_seq_of_its_own(desk: Desk, factory: UUID) -> None:
    with desk.store.writing() as session:
        session.add_all(enterprise(desk, f"厂{number}") for number in range(20))
        session.flush()
        session.get_one(Enterprise, factory).phone = None
        clocks.insert_rows(session, Assignment, [_assignment(desk, factory) for _ in range(20)])
    with desk.store.reading() as session:
        seqs = [*session.scalars(select(Enterprise.seq)), *session.scalars(select(Assignment.seq))]
        stamps = [*session.scalars(select(Enterprise.stamp)), *session.scalars(select(Assignment.stamp))]
        assert len(set(seqs)) == len(seqs) == 41
        assert len(set(stamps)) == len(stamps)
        assert max(seqs) == clock_row(session).seq


def test_rows_inserted_in_bulk_are_stamped_in_their_order_and_leave_null_columns_null(
    desk: Desk, factory: UUID
) -> None:
    rows = [_assignment(desk, factory) | {"until": date(2026, 12, 31) if at % 2 else None} for at in range(10)]
    with desk.store.writing() as session:
        clocks.insert_rows(session, Assignment, rows)
    with desk.store.reading() as session:
        stored = list(session.scalars(select(Assignment).order_by(Assignment.seq)))
        assert [row.id for row in stored] == [row["id"] for row in rows]
        assert [row.stamp for row in stored] == list(range(stored[0].stamp, stored[0].stamp + 10))
        assert {row.writer for row in stored} == {OWN}
        assert [row.until is None for row in stored] == [at % 2 == 0 for at in range(10)]
        assert {(row.context, row.column_stamps, row.grid_id) for row in stored} == {(None, None, None)}


def test_what_ships_with_the_program_keeps_its_own_stamp_and_takes_only_a_seq(desk: Desk) -> None:
    with desk.store.reading() as session:
        catalog = session.scalars(select(ReplicaNumber.number).where(ReplicaNumber.replica == CATALOG_REPLICA)).one()
        rows = [*session.scalars(select(Template)), *session.scalars(select(TemplateItem))]
        assert {row.writer for row in rows} == {catalog}
        assert {stamp_time(row.stamp).day for row in rows} == {1}, "the month of the version, not today"
        assert len({row.seq for row in rows}) == len(rows)


def test_an_edit_of_what_ships_beats_it_even_on_a_laptop_whose_clock_says_2000(office: Office) -> None:
    office.clock.moment = datetime(2000, 1, 1, tzinfo=UTC)
    desk = office.set_up()
    with desk.store.writing() as session:
        template = session.scalars(select(Template)).first()
        assert template is not None
        shipped, template.void_reason = template.stamp, "本镇不用"
    with desk.store.reading() as session:
        row = session.get_one(Template, template.id)
        stamps = RowStamps.decode(row.stamp, row.writer, row.column_stamps, row.context)
        assert stamps.of("void_reason") > (shipped, OWN)
        assert stamps.of("title") == (shipped, 0)


def test_a_full_counter_carries_when_one_millisecond_takes_more_rows_than_it_has_stamps(office: Office) -> None:
    desk = office.set_up()
    with desk.store.writing() as session:
        taken = clocks.take(session, (1 << COUNTER_BITS) + 5)
        again = clocks.take(session)
    assert again.stamp >= taken.stamp + (1 << COUNTER_BITS) + 5
    with desk.store.reading() as session:
        assert clock_row(session).stamp == again.stamp


@pytest.mark.parametrize("years", [-26, 9])
def test_a_wall_clock_that_jumped_neither_doubles_nor_lowers_a_stamp(office: Office, years: int) -> None:
    desk = office.set_up()
    stamps = []
    for jump in (0, years, 0, 0):
        office.clock.moment = office.clock.moment.replace(year=2026 + jump)
        with desk.store.writing() as session:
            row = enterprise(desk)
            session.add(row)
        stamps.append(row.stamp)
    assert stamps == sorted(set(stamps))


def test_stamps_of_a_transaction_that_was_rolled_back_are_gone_with_it(desk: Desk) -> None:
    with desk.store.reading() as session:
        before = clock_row(session)

    def fail_late() -> None:
        with desk.store.writing() as session:
            session.add(enterprise(desk))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail_late()
    with desk.store.reading() as session:
        assert clock_row(session) == before
        assert session.scalars(select(Enterprise.id)).all() == []


def test_rolling_back_to_a_savepoint_doubles_no_stamp_and_leaves_the_audit_chain_whole(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(enterprise(desk, "先"))
        clocks.record(session, "test.before", "x:1", {})
        with pytest.raises(KeyError):
            _undone(session, desk)
        with session.begin_nested():
            session.add(enterprise(desk, "后"))
        session.add(enterprise(desk, "末"))
        clocks.record(session, "test.after", "x:3", {})
    with desk.store.reading() as session:
        rows = list(session.scalars(select(Enterprise).order_by(Enterprise.seq)))
        assert [row.name for row in rows] == ["先", "后", "末"]
        assert len({row.stamp for row in rows}) == 3
        assert clock_row(session).stamp >= rows[-1].stamp
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.position)))
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
        assert all(clocks.audit_digest(entry) == entry.digest for entry in entries)


def test_a_savepoint_rolled_back_at_the_very_end_still_commits_the_rest(desk: Desk) -> None:
    with desk.store.writing() as session:
        session.add(enterprise(desk, "留"))
        with pytest.raises(KeyError):
            _undone(session, desk)
    with desk.store.reading() as session:
        assert session.scalars(select(Enterprise.name)).all() == ["留"]
    assert desk.store.mark()[3]


def test_a_rehearsal_that_rolls_itself_back_leaves_no_trace_not_even_in_the_marker(desk: Desk) -> None:
    before = desk.store.mark()
    with desk.store.writing() as session:
        with session.begin_nested():
            session.add_all(enterprise(desk, f"试{at}") for at in range(5))
        session.rollback()
    assert desk.store.mark() == before
    with desk.store.writing() as session:
        session.add(enterprise(desk, "真的"))
    with desk.store.reading() as session:
        assert session.scalars(select(Enterprise.name)).all() == ["真的"]


def test_an_insert_that_forgets_the_stamps_fails(desk: Desk) -> None:
    values = {"id": new_id(desk.now()), "enterprise_id": COMMON, "key": "unit.mark", "value": "云溪"}
    with pytest.raises(IntegrityError, match=r"(?i)null"), desk.store.writing() as session:
        session.execute(insert(Setting.__table__), [values], execution_options={STAMPED: True})


@pytest.mark.parametrize("form", ["orm", "core"])
@pytest.mark.parametrize("kind", ["insert", "update", "delete"])
def test_a_statement_on_a_synced_table_without_stamps_is_refused(session: Session, form: str, kind: str) -> None:
    target: Any = Setting if form == "orm" else Setting.__table__
    statement = {
        "insert": insert(target).values(key="x"),
        "update": update(target).values(key="x"),
        "delete": delete(target),
    }[kind]
    with pytest.raises(RuntimeError, match="unstamped write to setting"):
        session.execute(statement)


def test_a_synced_row_is_never_deleted(desk: Desk, factory: UUID) -> None:
    with pytest.raises(ImmutableRow), desk.store.writing() as session:
        session.delete(session.get_one(Enterprise, factory))
    with desk.store.reading() as session:
        assert session.get(Enterprise, factory) is not None


def test_what_happened_is_never_changed(desk: Desk, factory: UUID) -> None:
    change = FieldChange(
        id=new_id(desk.now()), enterprise_id=factory, key="phone", before=None, after="1", changed_at=desk.now()
    )
    with desk.store.writing() as session:
        session.add(change)
    with pytest.raises(ImmutableRow) as refused, desk.store.writing() as session:
        session.get_one(FieldChange, change.id).after = "2"
    assert refused.value.facts == {"table": "FieldChange"}


@pytest.mark.parametrize("column", ["id", "enterprise_id"])
def test_the_keys_of_a_row_never_change(desk: Desk, factory: UUID, column: str) -> None:
    with pytest.raises(ImmutableRow), desk.store.writing() as session:
        setattr(session.get_one(Enterprise, factory), column, new_id(desk.now()))


def test_an_older_program_keeps_the_stamps_of_columns_it_does_not_know(desk: Desk, factory: UUID) -> None:
    with desk.store.writing() as session:
        row = session.get_one(Enterprise, factory)
        stamps = {"of_a_newer_program": [row.stamp - 7, 0]}
        session.execute(
            update(Enterprise).values(unknown={"of_a_newer_program": "x"}, column_stamps=json.dumps(stamps)),
            execution_options={STAMPED: True},
        )
    with desk.store.writing() as session:
        session.get_one(Enterprise, factory).phone = None
    with desk.store.reading() as session:
        row = session.get_one(Enterprise, factory)
        assert json.loads(row.column_stamps or "{}").keys() == {"of_a_newer_program", "phone"}
        assert row.unknown == {"of_a_newer_program": "x"}


class TestAReadingSession:
    """It writes nothing: neither what travels nor what stays here, neither by object nor by statement."""

    def test_refuses_a_new_row_that_travels(self, shared_desk: Desk) -> None:
        with pytest.raises(ReadOnlySession), shared_desk.store.reading() as session:
            session.add(enterprise(shared_desk))

    def test_refuses_an_edit(self, shared_desk: Desk) -> None:
        with pytest.raises(ReadOnlySession), shared_desk.store.reading() as session:
            session.scalars(select(Unit)).one().name = "别的"

    def test_refuses_a_row_of_this_computer_alone(self, shared_desk: Desk) -> None:
        with pytest.raises(ReadOnlySession), shared_desk.store.reading() as session:
            session.add(LocalSetting(key="x", value=1))

    def test_refuses_a_statement(self, shared_desk: Desk) -> None:
        with pytest.raises(ReadOnlySession), shared_desk.store.reading() as session:
            session.execute(delete(LocalSetting))

    def test_refuses_to_hand_out_a_stamp(self, shared_desk: Desk) -> None:
        with pytest.raises(ReadOnlySession), shared_desk.store.reading() as session:
            clocks.take(session)

    def test_leaves_the_clock_alone(self, shared_desk: Desk) -> None:
        with shared_desk.store.reading() as session:
            before = clock_row(session)
            session.scalars(select(Village)).all()
        with shared_desk.store.reading() as session:
            assert clock_row(session) == before


def _undone(session: Session, desk: Desk) -> None:
    """Writes behind a savepoint, and then fails."""
    with session.begin_nested():
        session.add(enterprise(desk, "不要"))
        clocks.record(session, "test.undone", "x:2", {})
        session.flush()
        raise KeyError


def _assignment(desk: Desk, factory: UUID) -> dict[str, Any]:
    return {
        "id": new_id(desk.now()),
        "enterprise_id": factory,
        "officer_id": desk.officer_id,
        "assigned_on": date(2026, 11, 21),
        "by_officer_id": desk.officer_id,
        "until": None,
    }


def _another(kind: type) -> Any:
    """A value of this column type that the fixture's row does not have."""
    values: dict[type, Any] = {
        Text: "别的", Integer: 99, Float: 9.5, Boolean: True, Date: date(2020, 2, 2),
        UtcDateTime: datetime(2020, 2, 2, tzinfo=UTC),
    }  # fmt: skip
    return values.get(kind, COMMON)
