"""The one function that hands out stamps and `seq`, and the row that a writing transaction locks for it.

`take` reads and locks the clock row once a transaction, hands out in memory, and the row is written back just
before the commit. So two processes under one replica never make one stamp twice, and `seq` rises in commit order.
Stamps that a rolled-back transaction took are simply not used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import COMMON, new_id
from safetydesk.domain.stamps import RowStamps, edited, first_after
from safetydesk.models.base import SYNC_COLUMNS, Base, Synced, value_columns
from safetydesk.models.dialect.prepared import Prepared, forget
from safetydesk.models.errors import DamagedStore
from safetydesk.models.tables.common import AuditEntry
from safetydesk.models.tables.local import Clock

_HAND = "clock hand"
STAMPED = "stamped"  # the execution option of statements whose rows carry their stamps


_CLOCK = Base.metadata.tables[Clock.__tablename__]
_LOCK = Prepared(select(_CLOCK).with_for_update())
_LOCKED = tuple(_CLOCK.c.keys())
_REACHED = ("stamp", "seq", "audit_index", "audit_hash", "paper_count")
_WRITE_BACK = Prepared(update(_CLOCK).values({name: bindparam(f"new_{name}") for name in _REACHED}))
_INSERTS: dict[tuple[str, ...], Prepared] = {}


class ReadOnlySession(RuntimeError):
    """A bug: a write in a session that was opened for reading."""


class ImmutableRow(SafetyDeskError):
    """Somebody tried to change what happened. facts: table."""

    code = "immutable"


@dataclass
class ClockHand:
    """The clock row while this transaction holds it."""

    replica: UUID
    number: int
    stamp: int
    seq: int
    audit_index: int
    audit_hash: str
    paper_count: int
    simulated: bool


@dataclass(frozen=True)
class Taken:
    """`count` stamps and numbers in a row, from these on."""

    stamp: int
    seq: int
    writer: int


class StampedSession(Session):
    """A session that stamps every synced row it writes. `now` is the wall clock, `writing` allows writes at all."""

    def begin_nested(self) -> SessionTransaction:
        """A savepoint. What was handed out is written down first, so that rolling back to it gives nothing out twice."""
        self.flush()
        _write_hand(self)
        savepoint = super().begin_nested()
        self.connection()  # sets it now: prepared statements go past SQLAlchemy, which would wait for its own
        return savepoint

    @property
    def now(self) -> datetime:
        clock: Callable[[], datetime] = self.info["now"]
        return clock()


def hold(session: Session) -> ClockHand:
    """The locked clock row of this transaction."""
    hand: ClockHand | None = session.info.get(_HAND)
    if hand is None:
        if not session.info.get("writing"):
            raise ReadOnlySession
        values = _LOCK.first(session)
        if values is None:  # a setup that was cut off
            raise DamagedStore(what="clock")
        row = SimpleNamespace(**dict(zip(_LOCKED, values, strict=True)))
        hand = ClockHand(
            row.replica,
            row.number,
            row.stamp,
            row.seq,
            row.audit_index,
            row.audit_hash,
            row.paper_count,
            row.simulated,
        )
        session.info[_HAND] = hand
    return hand


def take(session: Session, count: int = 1) -> Taken:
    """Hand out `count` stamps and as many `seq`. Everything that writes a synced row comes here."""
    hand = hold(session)
    taken = Taken(first_after(hand.stamp, session.info["now"]()), hand.seq + 1, hand.number)
    hand.stamp = taken.stamp + count - 1
    hand.seq += count
    return taken


def observe(session: Session, stamp: int) -> None:
    """Move the clock past a stamp that came from elsewhere: seeing implies winning."""
    hand = hold(session)
    hand.stamp = max(hand.stamp, stamp)


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows of one synced table at once, stamped. NULL columns stay out of the statement."""
    if not rows:
        return
    taken = take(session, len(rows))
    stamped = [
        {key: value for key, value in row.items() if value is not None}
        | {"stamp": taken.stamp + at, "seq": taken.seq + at, "writer": taken.writer}
        for at, row in enumerate(rows)
    ]
    table = model.__table__
    assert isinstance(table, Table)
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in stamped:
        alike.setdefault(tuple(row), []).append(row)
    for names, same in alike.items():
        _insert(table, names).run(session, same)


def _insert(table: Table, names: tuple[str, ...]) -> Prepared:
    """INSERT of exactly these columns."""
    key = (table.name, *names)
    if key not in _INSERTS:
        _INSERTS[key] = Prepared(
            insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in names})
        )
    return _INSERTS[key]


def record(
    session: Session, action: str, subject: str, detail: Mapping[str, Any], enterprise_id: UUID = COMMON
) -> None:
    """Add one entry to this replica's audit chain. `detail` carries ids and keys, not people's data."""
    hand = hold(session)
    now: datetime = session.info["now"]()
    entry: dict[str, Any] = {
        "id": new_id(now),
        "enterprise_id": enterprise_id,
        "replica": hand.replica,
        "position": hand.audit_index + 1,
        "happened_at": now.astimezone(UTC).isoformat(),
        "officer_id": session.info.get("officer_id"),
        "action": action,
        "subject": subject,
        "detail": dict(detail),
        "previous": hand.audit_hash,
    }
    entry["digest"] = audit_digest(SimpleNamespace(**entry))
    hand.audit_index, hand.audit_hash = entry["position"], entry["digest"]
    insert_rows(session, AuditEntry, [entry])


def audit_digest(entry: AuditEntry | SimpleNamespace) -> str:
    """SHA-256 over everything the entry says and the digest before it."""
    said = [
        entry.replica.hex,
        entry.position,
        entry.happened_at,
        entry.officer_id.hex if entry.officer_id else None,
        entry.action,
        entry.subject,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@event.listens_for(StampedSession, "before_flush")
def _stamp_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if not session.info.get("writing") and (session.new or session.deleted or _is_edited(session)):
        raise ReadOnlySession
    if any(isinstance(row, Synced) for row in session.deleted):
        raise ImmutableRow(table=next(type(row).__name__ for row in session.deleted if isinstance(row, Synced)))
    new = [row for row in session.new if isinstance(row, Synced)]
    changed = [(row, names) for row in session.dirty if isinstance(row, Synced) and (names := _changed_columns(row))]
    if not new and not changed:
        return
    for row in new:
        if (own := row.__dict__.get("stamp")) is not None:
            observe(session, own)
    taken = take(session, len(new) + len(changed))
    for at, row in enumerate(new):
        _stamp_new(row, taken, at)
    for at, (edit, names) in enumerate(changed, start=len(new)):
        _stamp_edit(edit, names, taken.stamp + at, taken.seq + at, taken.writer)


def _stamp_new(row: Synced, taken: Taken, at: int) -> None:
    row.seq = taken.seq + at
    if row.__dict__.get("stamp") is None:  # what ships with the program brings its own stamp, alike everywhere
        row.stamp, row.writer = taken.stamp + at, taken.writer


def _is_edited(session: Session) -> bool:
    return any(session.is_modified(row) for row in session.dirty)


def _changed_columns(row: Synced) -> list[str]:
    state = inspect(row)
    assert state is not None
    return [
        attribute.key
        for attribute in state.mapper.column_attrs
        if attribute.key not in SYNC_COLUMNS and state.attrs[attribute.key].history.has_changes()
    ]


def _stamp_edit(row: Synced, names: list[str], stamp: int, seq: int, writer: int) -> None:
    if row.append_only or {"id", "enterprise_id"} & set(names):
        raise ImmutableRow(table=type(row).__name__)
    before = RowStamps.decode(row.stamp, row.writer, row.column_stamps, row.context)
    known = (*value_columns(type(row)), *(row.unknown or ()))  # a newer program's columns keep their stamps
    after = edited(before, names, known, stamp, writer)
    row.stamp, row.writer, row.seq, row.source = after.stamp, after.writer, seq, None
    row.column_stamps, row.context = after.encoded_columns(), after.encoded_context()


@event.listens_for(StampedSession, "do_orm_execute")
def _refuse_unstamped(execution: ORMExecuteState) -> None:
    if not (execution.is_insert or execution.is_update or execution.is_delete):
        return
    if not execution.session.info.get("writing"):
        raise ReadOnlySession
    table = getattr(execution.statement, "table", None)
    if table is None or not set(table.c.keys()) >= SYNC_COLUMNS:
        return
    if not execution.execution_options.get(STAMPED):
        raise RuntimeError(f"an unstamped write to {table.name}")


@event.listens_for(StampedSession, "before_commit")
def _write_back(session: Session) -> None:
    session.flush()
    if session.info.get("writing"):
        hold(session)  # a savepoint that ended has let it go
    _write_hand(session)


def _write_hand(session: Session) -> None:
    hand: ClockHand | None = session.info.get(_HAND)
    if hand is not None:
        reached = {f"new_{name}": getattr(hand, name) for name in _REACHED}
        _WRITE_BACK.run(session, [reached])


@event.listens_for(StampedSession, "after_rollback")
def _let_go(session: Session) -> None:
    session.info.pop(_HAND, None)
    session.info.pop("committed", None)  # a savepoint that was released before counts no more either
    forget(session)


@event.listens_for(StampedSession, "after_commit")
def _committed(session: Session) -> None:
    hand: ClockHand | None = session.info.pop(_HAND, None)
    forget(session)
    if hand is not None:
        session.info["committed"] = hand
