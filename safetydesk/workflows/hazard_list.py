"""The list of hazards as the window shows it: filters with counts, sorting, finding by words, page by page.

What has certainly ended is told apart in the database; the state function decides on the rest. Nothing is remembered
between two questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, bindparam, case, cast, func, or_, select, true
from sqlalchemy.orm import Session

from safetydesk.domain.hazards import STATE_LABELS, HazardEventKind, HazardState
from safetydesk.domain.kinds import LABELS, Level
from safetydesk.models.dialect.grams import folded
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.tables import Enterprise, Hazard, HazardEvent
from safetydesk.models.tables.local import EnterpriseSearch
from safetydesk.workflows import hazards

WEEK = 7
_AT_ONCE = 500


class HazardFilter(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    MAJOR = "major"
    NOT_ON_PAPER = "not_on_paper"
    CLOSED = "closed"
    ALL = "all"


FILTER_LABELS = {
    HazardFilter.OPEN: "未闭环",
    HazardFilter.OVERDUE: "已逾期",
    HazardFilter.TODAY: "今天到期",
    HazardFilter.WEEK: "七天内到期",
    HazardFilter.MAJOR: "疑似重大",
    HazardFilter.NOT_ON_PAPER: "未下文书",
    HazardFilter.CLOSED: "已销号",
    HazardFilter.ALL: "全部",
}


class HazardOrder(StrEnum):
    DUE = "due"
    LEVEL = "level"
    TEXT = "text"
    ENTERPRISE = "enterprise"
    FOUND = "found"
    STATE = "state"


@dataclass(frozen=True)
class ListedHazard:
    """One hazard as a table shows it."""

    id: UUID
    enterprise_id: UUID
    enterprise: str
    village: str | None
    inspection_id: UUID
    item: str
    text: str
    place: str | None
    level: Level
    level_label: str
    state: HazardState
    state_label: str
    found_on: date
    due: date
    days_left: int | None  # nothing once it has ended
    is_on_paper: bool  # a paper in force names it


class _Standing(NamedTuple):
    """What filters and sorting need to know of one hazard."""

    id: UUID
    enterprise: str
    item: str
    text: str
    level: str
    found_on: date
    due: date
    state: HazardState
    days_left: int | None
    is_on_paper: bool

    @property
    def is_open(self) -> bool:
        return self.days_left is not None


_SORTED_BY: dict[HazardOrder, Callable[[_Standing], Any]] = {
    HazardOrder.DUE: lambda one: one.due,
    HazardOrder.LEVEL: lambda one: one.level != Level.MAJOR,
    HazardOrder.TEXT: lambda one: one.text,
    HazardOrder.ENTERPRISE: lambda one: one.enterprise,
    HazardOrder.FOUND: lambda one: one.found_on,
    HazardOrder.STATE: lambda one: list(HazardState)[::-1].index(one.state),
}
_BELONGS: dict[HazardFilter, Callable[[_Standing], bool]] = {
    HazardFilter.OPEN: lambda one: one.is_open,
    HazardFilter.OVERDUE: lambda one: one.days_left is not None and one.days_left < 0,
    HazardFilter.TODAY: lambda one: one.days_left == 0,
    HazardFilter.WEEK: lambda one: one.days_left is not None and 0 < one.days_left <= WEEK,
    HazardFilter.MAJOR: lambda one: one.is_open and one.level == Level.MAJOR,
    HazardFilter.NOT_ON_PAPER: lambda one: one.is_open and not one.is_on_paper,
    HazardFilter.CLOSED: lambda one: one.state is HazardState.CLOSED,
    HazardFilter.ALL: lambda one: one.state in HazardState,
}
_WITH_ENDED = (HazardFilter.CLOSED, HazardFilter.ALL)
_ENDINGS = {
    HazardEventKind.CLOSED_OUT.value: HazardState.CLOSED,
    HazardEventKind.WITHDRAWN.value: HazardState.WITHDRAWN,
}
_MOVING = (HazardEventKind.EXTENDED, HazardEventKind.REINSPECTED_OPEN, HazardEventKind.REINSPECTED_PARTIAL)


def counts(session: Session, on: date, text: str = "") -> dict[HazardFilter, int]:
    """How many each filter shows, among those that hold every word of `text`."""
    unsure = _unsure(session, on, text)
    found = {which: sum(map(belongs, unsure)) for which, belongs in _BELONGS.items()}
    ending = hazards.certain_endings().subquery()
    query = select(ending.c.kind, func.count()).join(Hazard, Hazard.id == ending.c.hazard_id).where(_matching(text))
    for kind, count in session.execute(query.group_by(ending.c.kind)):
        found[HazardFilter.ALL] += count
        found[HazardFilter.CLOSED] += count if kind == HazardEventKind.CLOSED_OUT else 0
    return found


def keys(
    session: Session,
    on: date,
    which: HazardFilter = HazardFilter.OPEN,
    text: str = "",
    order: HazardOrder = HazardOrder.DUE,
    *,
    descending: bool = False,
) -> list[UUID]:
    """The ids of the whole list, sorted. By deadline, what is open stands before what has ended."""
    found = _whole(session, on, text) if which in _WITH_ENDED else _unsure(session, on, text)
    listed = [one for one in found if _BELONGS[which](one)]
    listed.sort(key=lambda one: (one.due, one.enterprise, one.item, one.id))
    listed.sort(key=_SORTED_BY[order], reverse=descending)
    if order is HazardOrder.DUE:
        listed.sort(key=lambda one: not one.is_open)
    return [one.id for one in listed]


def rows(session: Session, on: date, ids: Sequence[UUID]) -> list[ListedHazard]:
    """These hazards, in this order; one that is there no more is left out."""
    known: dict[UUID, ListedHazard] = {}
    for at in range(0, len(ids), _AT_ONCE):
        known |= _listed(session, on, _by_id().all(session, {"ids": ids[at : at + _AT_ONCE]}))
    return [known[one] for one in ids if one in known]


def open_rows(session: Session, on: date) -> list[ListedHazard]:
    """Everything that is open, the most pressing first."""
    found = session.execute(_rows().where(hazards.possibly_open())).all()
    listed = [one for one in _listed(session, on, found).values() if one.days_left is not None]
    return sorted(listed, key=lambda one: (one.due, one.enterprise, one.item, one.id))


def row(session: Session, on: date, hazard_id: UUID) -> ListedHazard | None:
    return next(iter(rows(session, on, [hazard_id])), None)


@cache
def _by_id() -> Prepared:
    return Prepared(_rows().where(Hazard.id.in_(bindparam("ids", expanding=True))))


def _rows() -> Select[Any]:
    columns: Sequence[Any] = (
        Hazard.id,
        Hazard.enterprise_id,
        Enterprise.name,
        Enterprise.village,
        Hazard.inspection_id,
        Hazard.item,
        Hazard.text,
        Hazard.place,
        Hazard.level,
        Hazard.found_on,
        Hazard.due,
        _is_on_paper().label("is_on_paper"),
    )
    return select(*columns).join(Enterprise, Enterprise.id == Hazard.enterprise_id, isouter=True)


def _listed(session: Session, on: date, found: Sequence[Any]) -> dict[UUID, ListedHazard]:
    lives = hazards.lives_of(session, {one.id: one.due for one in found})
    return {
        one.id: ListedHazard(
            id=one.id,
            enterprise_id=one.enterprise_id,
            enterprise=one.name or "",
            village=one.village,
            inspection_id=one.inspection_id,
            item=one.item,
            text=one.text,
            place=one.place,
            level=Level(one.level),
            level_label=LABELS[Level(one.level)],
            state=(life := lives[one.id]).state,
            state_label=STATE_LABELS[life.state],
            found_on=one.found_on,
            due=life.due,
            days_left=life.days_left(on),
            is_on_paper=bool(one.is_on_paper),
        )
        for one in found
    }


def _whole(session: Session, on: date, text: str) -> list[_Standing]:
    """Everything. Where nothing ever moved the deadline, the end is the state and the first deadline the last."""
    ending = hazards.certain_endings().subquery()
    moved = select(HazardEvent.hazard_id).where(
        HazardEvent.kind.in_(_MOVING), cast(HazardEvent.detail, Text).contains('"due"')
    )
    query = _standing(case((Hazard.id.in_(moved), None), else_=ending.c.kind))
    query = query.join(ending, ending.c.hazard_id == Hazard.id, isouter=True).where(_matching(text))
    found = session.execute(query).all()
    return _judged(session, on, [one for one in found if one.told is None]) + [
        _stands(one, one.due, _ENDINGS[one.told], None, is_on_paper=True) for one in found if one.told is not None
    ]


def _unsure(session: Session, on: date, text: str) -> list[_Standing]:
    """Everything that has not certainly ended: the state function decides."""
    query = _standing(_is_on_paper()).where(hazards.possibly_open(), _matching(text))
    return _judged(session, on, session.execute(query).all())


def _judged(session: Session, on: date, found: Sequence[Row[Any]]) -> list[_Standing]:
    lives = hazards.lives_of(session, {one.id: one.due for one in found})
    return [
        _stands(one, (life := lives[one.id]).due, life.state, life.days_left(on), is_on_paper=bool(one.told))
        for one in found
    ]


def _stands(one: Row[Any], due: date, state: HazardState, left: int | None, *, is_on_paper: bool) -> _Standing:
    return _Standing(
        one.id, one.name or "", one.item, one.text, one.level, one.found_on, due, state, left, is_on_paper
    )  # fmt: skip


def _standing(told: ColumnElement[Any]) -> Select[Any]:
    """What sorting and filters need of a hazard, and what the question tells besides."""
    return select(
        Hazard.id,
        Enterprise.name,
        Hazard.item,
        Hazard.text,
        Hazard.level,
        Hazard.found_on,
        Hazard.due,
        told.label("told"),
    ).join(Enterprise, Enterprise.id == Hazard.enterprise_id, isouter=True)


def _is_on_paper() -> ColumnElement[bool]:
    return (
        select(HazardEvent.id)
        .where(
            HazardEvent.hazard_id == Hazard.id,
            HazardEvent.kind == HazardEventKind.NOTICE_ISSUED,
            HazardEvent.paper_id.not_in(hazards.voided_papers()),
        )
        .exists()
    )


def _matching(text: str) -> ColumnElement[bool]:
    """Every word stands somewhere in the hazard, or in what its enterprise is found by."""
    typed = text.encode("utf-8", "ignore").decode().replace("\0", " ")  # what a database takes
    return and_(true(), *(_holding(word) for word in typed.split()))


def _holding(word: str) -> ColumnElement[bool]:
    enterprises = select(EnterpriseSearch.enterprise_id).where(
        EnterpriseSearch.haystack.contains(folded(word), autoescape=True)
    )
    return or_(
        Hazard.text.icontains(word, autoescape=True),
        Hazard.place.icontains(word, autoescape=True),
        Hazard.item.icontains(word, autoescape=True),
        Hazard.enterprise_id.in_(enterprises),
    )
