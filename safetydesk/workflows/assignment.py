"""Who keeps which enterprise (划片包干): events, of which the newest counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import new_id
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Assignment, Enterprise, Officer
from safetydesk.workflows.desk import Desk

WISHES = frozenset({"officer"})  # computed fields that a ledger may name: they become assignments


class NobodyAssigned(SafetyDeskError):
    """Nothing in the ledger fits what was named. facts: what."""

    code = "nothing_to_assign"


class CoverIsOver(SafetyDeskError):
    """A temporary cover that would end before it begins. facts: until."""

    code = "cover_is_over"


@dataclass(frozen=True)
class Coverage:
    enterprises: int
    assigned: int
    unassigned: Sequence[Enterprise]
    by_officer: dict[str, int]


def assign(
    session: Session, desk: Desk, officer: Officer, enterprise_ids: Iterable[UUID], until: date | None = None
) -> int:
    """Give these enterprises to one officer; those he keeps already are left as they are. Returns how many changed.

    Who only covers for a while does not keep it yet. Raises CoverIsOver.
    """
    if until is not None and until < desk.today():
        raise CoverIsOver(until=until)
    kept = {one: event.officer_id for one, event in _in_force(session, desk.today()).items() if event.until is None}
    wanted = [one for one in dict.fromkeys(enterprise_ids) if until or kept.get(one) != officer.id]
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(desk.now()),
            "enterprise_id": enterprise_id,
            "officer_id": officer.id,
            "assigned_on": desk.today(),
            "until": until,
            "by_officer_id": desk.officer_id,
        }
        for enterprise_id in wanted
    ]
    clocks.insert_rows(session, Assignment, rows)
    if rows:
        clocks.record(session, "assigned", f"officer:{officer.id.hex}", {"enterprises": len(rows)})
    return len(rows)


def of_village(session: Session, village: str) -> list[UUID]:
    """Raises NobodyAssigned where no enterprise lies there."""
    query = select(Enterprise.id).where(Enterprise.village == village.strip(), Enterprise.voided_at.is_(None))
    ids = list(session.scalars(query))
    if not ids:
        raise NobodyAssigned(what=village)
    return ids


def coverage(session: Session, on: date) -> Coverage:
    """Whether anybody is missed (不漏一企)."""
    held = holders(session, on)
    query = select(Enterprise).where(Enterprise.voided_at.is_(None)).order_by(Enterprise.village, Enterprise.name)
    enterprises = list(session.scalars(query))
    names = dict(session.execute(select(Officer.id, Officer.name)).all())
    counts: dict[str, int] = {}
    unassigned = []
    for enterprise in enterprises:
        holder = held.get(enterprise.id)
        if holder is None:
            unassigned.append(enterprise)
        else:
            counts[names.get(holder, "")] = counts.get(names.get(holder, ""), 0) + 1
    return Coverage(len(enterprises), len(enterprises) - len(unassigned), unassigned, dict(sorted(counts.items())))


def officer_names(session: Session, enterprise_ids: Sequence[UUID], on: date | None = None) -> dict[UUID, str]:
    """The name of who keeps each of these."""
    day = on or _today(session)
    held = holders(session, day, enterprise_ids)
    query = select(Officer.id, Officer.name).where(Officer.id.in_(set(held.values())))
    names = dict(session.execute(query).all())
    return {enterprise: names.get(holder, "") for enterprise, holder in held.items()}


def _today(session: Session) -> date:
    from safetydesk.workflows.desk import local_date

    return local_date(session.info["now"]())


def holders(session: Session, on: date, only: Sequence[UUID] | None = None) -> dict[UUID, UUID]:
    """Who keeps each enterprise on a day: the newest event that has not run out; a cover that ended gives it back."""
    in_force = _in_force(session, on, only)
    return {one: event.officer_id for one, event in in_force.items() if event.officer_id is not None}


class _Event(NamedTuple):
    enterprise_id: UUID
    officer_id: UUID | None  # none: released
    until: date | None


def _in_force(session: Session, on: date, only: Sequence[UUID] | None = None) -> dict[UUID, _Event]:
    query = select(Assignment.enterprise_id, Assignment.officer_id, Assignment.until).order_by(Assignment.stamp)
    newest: dict[UUID, _Event] = {}
    wanted = None if only is None else list(only)
    parts = [None] if wanted is None else [wanted[at : at + 500] for at in range(0, len(wanted), 500)]
    for part in parts:
        narrowed = query if part is None else query.where(Assignment.enterprise_id.in_(part))
        events = (_Event(*row) for row in session.execute(narrowed))
        newest |= {event.enterprise_id: event for event in events if event.until is None or event.until >= on}
    return newest
