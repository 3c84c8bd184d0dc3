"""Rows of the list of enterprises, and what is open and was visited at many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Enterprise, EnterpriseFlag, Hazard, Inspection
from safetydesk.workflows import assignment, hazards
from safetydesk.workflows.desk import local_date

Key = bytes  # the sixteen of an enterprise's id

_AT_ONCE = 500
_SHORT_CODE = 6
_COLUMNS = (
    *("id", "name", "uscc", "village", "address", "registered_address"),
    *("industry", "risk", "operating_state"),
)
_PEOPLE = (
    ("contact", "phone"),
    ("safety_manager", "safety_manager_phone"),
    ("principal", "principal_phone"),
    ("legal_person", "legal_person_phone"),
)  # whom to call, the likeliest first


@dataclass(frozen=True)
class EnterpriseRow:
    """One enterprise as the table and the pane beside it show it."""

    id: UUID
    name: str
    short_code: str  # the end of the credit code
    village: str | None
    address: str | None
    industry: str | None
    risk: str | None
    flags: tuple[str, ...]
    operating_state: str | None
    open_hazards: int
    major_hazards: int
    overdue_hazards: int
    last_visit_on: date | None
    next_due_on: date | None  # the first deadline of what is open
    contact: str | None
    phone: str | None
    officer: str | None

    @property
    def key(self) -> Key:
        return self.id.bytes


@dataclass
class OpenHazards:
    """What is open at one enterprise."""

    count: int = 0
    major: int = 0
    overdue: int = 0
    next_due_on: date | None = None


def rows(session: Session, on: date, wanted: Sequence[Key]) -> list[EnterpriseRow]:
    """These enterprises, in this order; one that is there no more is left out."""
    ids = [UUID(bytes=key) for key in wanted]
    columns = [getattr(Enterprise, name) for name in (*_COLUMNS, *(name for pair in _PEOPLE for name in pair))]
    found = {
        row.id: row
        for part in parts(ids)
        for row in session.execute(select(*columns).where(Enterprise.id.in_(part), Enterprise.voided_at.is_(None)))
    }
    flags, opened = _flags(session, ids), open_hazards(session, on, ids)
    visits, officers = last_visits(session, ids), assignment.officer_names(session, ids, on)
    return [
        _row(
            found[one],
            flags.get(one, ()),
            opened.get(one.bytes, OpenHazards()),
            visits.get(one.bytes),
            officers.get(one),
        )
        for one in ids
        if one in found
    ]


def open_hazards(session: Session, on: date, only: Sequence[UUID] | None = None) -> dict[Key, OpenHazards]:
    """What is open, by enterprise; those without are left out. The state function decides, as it does everywhere."""
    query = select(Hazard.id, Hazard.enterprise_id, Hazard.level, Hazard.due)
    conditions = [hazards.possibly_open()] if only is None else [Hazard.enterprise_id.in_(part) for part in parts(only)]
    listed = [row for condition in conditions for row in session.execute(query.where(condition))]
    lives = hazards.lives_of(session, {row.id: row.due for row in listed})
    opened: dict[Key, OpenHazards] = {}
    for row in listed:
        life = lives[row.id]
        if not life.is_open:
            continue
        one = opened.setdefault(row.enterprise_id.bytes, OpenHazards())
        one.count += 1
        one.major += row.level == Level.MAJOR
        one.overdue += life.due < on
        one.next_due_on = min(one.next_due_on or life.due, life.due)
    return opened


def last_visits(session: Session, only: Sequence[UUID] | None = None) -> dict[Key, date]:
    """The day of the last finished check, by enterprise."""
    newest = func.max(Inspection.started_at)
    query = select(Inspection.enterprise_id, newest).where(is_visit()).group_by(Inspection.enterprise_id)
    queries = [query] if only is None else [query.where(Inspection.enterprise_id.in_(part)) for part in parts(only)]
    return {one.bytes: local_date(at) for each in queries for one, at in session.execute(each)}


def is_visit() -> ColumnElement[bool]:
    """A check that counts: ended, and not laid aside."""
    return and_(Inspection.finished_at.is_not(None), Inspection.voided_at.is_(None))


def flags_in_order(flags: Iterable[str]) -> list[str]:
    """The high-risk marks in the order of the ledger's own list."""
    from safetydesk.domain.enterprise_fields import flags_after

    return flags_after([], flags, {})


def _row(
    row: Any, flags: Sequence[str], opened: OpenHazards, last_visit_on: date | None, officer: str | None
) -> EnterpriseRow:
    contact, phone = _whom_to_call(row)
    return EnterpriseRow(
        id=row.id,
        name=row.name,
        short_code=(row.uscc or "")[-_SHORT_CODE:],
        village=row.village,
        address=row.address or row.registered_address,
        industry=row.industry,
        risk=row.risk,
        flags=tuple(flags_in_order(flags)),
        operating_state=row.operating_state,
        open_hazards=opened.count,
        major_hazards=opened.major,
        overdue_hazards=opened.overdue,
        last_visit_on=last_visit_on,
        next_due_on=opened.next_due_on,
        contact=contact,
        phone=phone,
        officer=officer or None,
    )


def _whom_to_call(row: Any) -> tuple[str | None, str | None]:
    """The likeliest person with a number; a number without a person is better than a person without a number."""
    known = [(getattr(row, person), getattr(row, phone)) for person, phone in _PEOPLE]
    with_both = [pair for pair in known if all(pair)]
    with_phone = [pair for pair in known if pair[1]]
    return next(iter(with_both or with_phone or [pair for pair in known if pair[0]]), (None, None))


def _flags(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for part in parts(ids):
        query = select(EnterpriseFlag.enterprise_id, EnterpriseFlag.flag)
        present = query.where(EnterpriseFlag.enterprise_id.in_(part), EnterpriseFlag.present.is_(True))
        for one, flag in session.execute(present):
            found.setdefault(one, []).append(flag)
    return found


def parts(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    """As many as one question may name."""
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
