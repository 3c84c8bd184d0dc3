"""What is due: the first screen and `today`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Clock, Enterprise, Hazard, Inspection, LocalSetting
from safetydesk.workflows import hazard_list, hazards
from safetydesk.workflows.hazard_list import ListedHazard
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


class Band(StrEnum):
    """In the order of the law."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


class DayTask(StrEnum):
    """What one line of the day asks for."""

    CONTINUE = "continue"  # a check that was begun and not finished
    ISSUE = "issue"  # a visit whose findings no paper names yet: a notice is handed over on the spot
    RECHECK = "recheck"


@dataclass(frozen=True)
class DayLine:
    """One thing to do. `id` is the hazard, or the visit."""

    task: DayTask
    id: UUID
    band: Band
    enterprise_id: UUID
    enterprise: str
    village: str | None
    text: str  # the hazard; of a visit the first of what it found
    count: int  # hazards that it is about
    level: Level | None
    state: HazardState | None
    since: date  # found on, begun on
    due: date | None
    days_left: int | None


@dataclass(frozen=True)
class NextVisit:
    """Who was not visited for longest."""

    enterprise_id: UUID
    enterprise: str
    village: str | None
    risk: str | None
    last_on: date | None  # never


@dataclass(frozen=True)
class Day:
    """The first screen."""

    on: date
    lines: Sequence[DayLine]
    enterprises: int
    open_hazards: int
    major_hazards: int
    unsent_changes: int
    next_visit: NextVisit | None  # only where nothing presses

    def of(self, band: Band) -> list[DayLine]:
        return [line for line in self.lines if line.band is band]


_GONE = ("注销", "搬迁")  # of domain.enterprise.words.STATES
_TASKS = list(DayTask)
_BANDS = list(Band)


def today(session: Session, on: date) -> Today:
    """What this day asks for. Unsent changes are all of them until a first bundle was written."""
    listed = hazards.rows(session, on, session.scalars(select(Hazard).where(hazards.possibly_open())))
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


def _open_visits(session: Session) -> list[OpenVisit]:
    query = (
        select(Inspection.id, Enterprise.name, Inspection.started_at)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .where(Inspection.finished_at.is_(None), Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at)
    )
    return [OpenVisit(row_id, name, at.astimezone().date()) for row_id, name, at in session.execute(query)]


def day(session: Session, on: date) -> Day:
    """Everything that is to be done, in the order of the law; what a paper is still missing for stands once a visit."""
    found = hazard_list.open_rows(session, on)
    loose = [one for one in found if not one.is_on_paper and one.state is not HazardState.TRANSFERRED]
    named = [one for one in found if one.is_on_paper or one.state is HazardState.TRANSFERRED]
    lines = [_recheck_line(one) for one in named] + _issue_lines(loose) + _visit_lines(session)
    lines.sort(key=_urgency)
    presses = any(line.band is not Band.LATER for line in lines)
    return Day(
        on=on,
        lines=lines,
        enterprises=session.scalar(select(func.count()).where(Enterprise.voided_at.is_(None))) or 0,
        open_hazards=len(found),
        major_hazards=sum(one.level is Level.MAJOR for one in found),
        unsent_changes=unsent(session),
        next_visit=None if presses else next_visit(session),
    )


def next_visit(session: Session) -> NextVisit | None:
    """Never visited before long ago; of those the riskier first. Who has gone is not proposed."""
    visits = (
        select(Inspection.enterprise_id, func.max(Inspection.started_at).label("last"))
        .where(Inspection.voided_at.is_(None))
        .group_by(Inspection.enterprise_id)
        .subquery()
    )
    risk = case({"红": 0, "橙": 1, "黄": 2, "蓝": 3}, value=Enterprise.risk, else_=4)
    state = Enterprise.operating_state
    query = (
        select(Enterprise.id, Enterprise.name, Enterprise.village, Enterprise.risk, visits.c.last)
        .join(visits, visits.c.enterprise_id == Enterprise.id, isouter=True)
        .where(Enterprise.voided_at.is_(None), or_(state.is_(None), state.not_in(_GONE)))
        .order_by(visits.c.last.is_not(None), visits.c.last, risk, Enterprise.name, Enterprise.id)
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    return NextVisit(row.id, row.name, row.village, row.risk, row.last.astimezone().date() if row.last else None)


def _urgency(line: DayLine) -> tuple[int, int, int, str, str]:
    left = -1_000_000 if line.days_left is None else line.days_left
    return (
        _BANDS.index(line.band),
        left if line.band is not Band.TODAY else 0,
        _TASKS.index(line.task),
        line.enterprise,
        line.text,
    )


def _band(left: int | None) -> Band:
    if left is None or left == 0:
        return Band.TODAY
    if left < 0:
        return Band.OVERDUE
    return Band.WEEK if left <= WEEK else Band.LATER


def _recheck_line(one: ListedHazard) -> DayLine:
    return DayLine(
        task=DayTask.RECHECK,
        id=one.id,
        band=_band(one.days_left),
        enterprise_id=one.enterprise_id,
        enterprise=one.enterprise,
        village=one.village,
        text=one.text,
        count=1,
        level=one.level,
        state=one.state,
        since=one.found_on,
        due=one.due,
        days_left=one.days_left,
    )


def _issue_lines(loose: Sequence[ListedHazard]) -> list[DayLine]:
    """One a visit, with the most pressing of its hazards. What is not overdue yet still belongs to this day."""
    visits: dict[UUID, list[ListedHazard]] = {}
    for one in loose:
        visits.setdefault(one.inspection_id, []).append(one)
    return [
        DayLine(
            task=DayTask.ISSUE,
            id=inspection_id,
            band=Band.OVERDUE if (of_visit[0].days_left or 0) < 0 else Band.TODAY,
            enterprise_id=of_visit[0].enterprise_id,
            enterprise=of_visit[0].enterprise,
            village=of_visit[0].village,
            text=of_visit[0].text,
            count=len(of_visit),
            level=Level.MAJOR if any(one.level is Level.MAJOR for one in of_visit) else Level.GENERAL,
            state=of_visit[0].state,
            since=of_visit[0].found_on,
            due=of_visit[0].due,
            days_left=of_visit[0].days_left,
        )
        for inspection_id, of_visit in visits.items()
    ]


def _visit_lines(session: Session) -> list[DayLine]:
    query = (
        select(Inspection.id, Inspection.enterprise_id, Enterprise.name, Enterprise.village, Inspection.started_at)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .where(Inspection.finished_at.is_(None), Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at)
    )
    return [
        DayLine(
            task=DayTask.CONTINUE,
            id=row.id,
            band=Band.TODAY,
            enterprise_id=row.enterprise_id,
            enterprise=row.name,
            village=row.village,
            text="",
            count=0,
            level=None,
            state=None,
            since=row.started_at.astimezone().date(),
            due=None,
            days_left=None,
        )
        for row in session.execute(query)
    ]
