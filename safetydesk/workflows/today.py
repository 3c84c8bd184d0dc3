"""What is due: the first screen and `today`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Clock, Enterprise, Hazard, HazardEvent, Inspection, LocalSetting
from safetydesk.workflows import hazards
from safetydesk.workflows.hazards import HazardRow

WEEK = 7
SENT = "sync.confirmed_seq"  # the local setting that remembers how far the other side is


@dataclass(frozen=True)
class OpenVisit:
    """A check that was begun and not finished."""

    inspection: UUID
    enterprise: str
    started_on: date


@dataclass(frozen=True)
class Today:
    """In the order of the law: what is overdue, due today, within a week, later; and the patch in figures."""

    on: date
    overdue: Sequence[HazardRow]
    due_today: Sequence[HazardRow]
    due_this_week: Sequence[HazardRow]
    later: int
    not_on_paper: Sequence[HazardRow]
    open_visits: Sequence[OpenVisit]
    enterprises: int
    open_hazards: int
    major_hazards: int
    unsent_changes: int


def today(session: Session, on: date) -> Today:
    """What this day asks for. Unsent changes are all of them until a first bundle was written."""
    listed = hazards.rows(session, on, _possibly_open(session))
    still_open = [row for row in listed if row.days_left is not None]
    return Today(
        on=on,
        overdue=[row for row in still_open if row.is_overdue],
        due_today=[row for row in still_open if row.days_left == 0],
        due_this_week=[row for row in still_open if 0 < (row.days_left or 0) <= WEEK],
        later=sum((row.days_left or 0) > WEEK for row in still_open),
        not_on_paper=[row for row in still_open if row.state is HazardState.FOUND],
        open_visits=_open_visits(session),
        enterprises=session.scalar(select(func.count()).where(Enterprise.voided_at.is_(None))) or 0,
        open_hazards=len(still_open),
        major_hazards=sum(row.level == Level.MAJOR for row in still_open),
        unsent_changes=unsent(session),
    )


def unsent(session: Session) -> int:
    """Row changes since setup, or since the office last confirmed what it has."""
    confirmed = session.get(LocalSetting, SENT)
    return (session.scalar(select(Clock.seq)) or 0) - (int(confirmed.value) if confirmed else 0)


def _possibly_open(session: Session) -> list[Hazard]:
    """Hazards with no closing event at all, or with several: the state function decides on those that remain."""
    closed = select(HazardEvent.hazard_id).where(HazardEvent.kind.in_(["closed_out", "withdrawn"]))
    reopened = select(HazardEvent.hazard_id).where(
        HazardEvent.kind.in_(["reopened", "reinspected_open", "reinspected_partial"])
    )
    return list(session.scalars(select(Hazard).where(Hazard.id.not_in(closed) | Hazard.id.in_(reopened))))


def _open_visits(session: Session) -> list[OpenVisit]:
    query = (
        select(Inspection.id, Enterprise.name, Inspection.started_at)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .where(Inspection.finished_at.is_(None), Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at)
    )
    return [OpenVisit(row_id, name, at.astimezone().date()) for row_id, name, at in session.execute(query)]
