"""Hazards: their events, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from safetydesk.domain.deadlines import check_due
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import (
    STATE_LABELS,
    HazardEventFact,
    HazardEventKind,
    HazardLife,
    HazardState,
    hazard_life,
)
from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import Level, PaperEventKind
from safetydesk.models import clock as clocks
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.tables import Enterprise, Hazard, HazardEvent, Paper, PaperEvent, ReplicaNumber
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk


class HazardOnPaper(SafetyDeskError):
    """A valid paper names it. facts: number."""

    code = "hazard_on_paper"


class HazardClosed(SafetyDeskError):
    """facts: state."""

    code = "hazard_closed"


EVENT_LABELS = {
    HazardEventKind.FOUND: "检查发现",
    HazardEventKind.NOTICE_ISSUED: "下达文书",
    HazardEventKind.NOTICE_VOIDED: "文书作废",
    HazardEventKind.EXTENDED: "延期",
    HazardEventKind.REINSPECTED_OPEN: "复查未通过",
    HazardEventKind.REINSPECTED_PARTIAL: "复查部分整改",
    HazardEventKind.CLOSED_OUT: "复查通过，销号",
    HazardEventKind.TRANSFERRED: "移送",
    HazardEventKind.REOPENED: "重新打开",
    HazardEventKind.WITHDRAWN: "撤回",
}
TAKEN_BACK = "收回上一条记录"
_AT_ONCE = 500
_ENDS = (HazardEventKind.CLOSED_OUT, HazardEventKind.WITHDRAWN)
_REPLICAS = Prepared(select(ReplicaNumber.number, ReplicaNumber.replica))
_EVENTS = Prepared(
    select(
        HazardEvent.id,
        HazardEvent.hazard_id,
        HazardEvent.kind,
        HazardEvent.stamp,
        HazardEvent.writer,
        HazardEvent.detail,
        HazardEvent.seen,
    ).where(HazardEvent.hazard_id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True)
class HazardRow:
    """One hazard as lists show it."""

    id: UUID
    enterprise_id: UUID
    enterprise: str
    item: str
    text: str
    level: str
    state: HazardState
    found_on: date
    due: date
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class EventRow:
    kind: str
    label: str
    on: date
    note: str | None
    detail: dict[str, Any]


def add_event(
    session: Session,
    desk: Desk,
    hazard: Hazard,
    kind: HazardEventKind,
    *,
    paper_id: UUID | None = None,
    note: str | None = None,
    detail: dict[str, Any] | None = None,
    on: date | None = None,
) -> HazardEvent:
    """Append to a hazard's history; the event remembers what its writer had seen. `on` is the day it happened."""
    session.flush()
    life = lives(session, [hazard])[hazard.id]
    event = HazardEvent(
        id=new_id(desk.now()),
        enterprise_id=hazard.enterprise_id,
        hazard_id=hazard.id,
        kind=kind,
        happened_on=on or desk.today(),
        officer_id=desk.officer_id,
        paper_id=paper_id,
        note=note,
        detail=detail or {},
        seen=[head.hex for head in life.heads],
    )
    session.add(event)
    return event


def withdraw(session: Session, desk: Desk, hazard: Hazard, reason: str) -> Changes:
    """Take back what was found by mistake, before any valid paper names it. Raises HazardOnPaper, HazardClosed."""
    _check_loose(session, hazard)
    add_event(session, desk, hazard, HazardEventKind.WITHDRAWN, note=one_line_of(reason))
    clocks.record(session, "hazard.withdrawn", f"hazard:{hazard.id.hex}", {}, hazard.enterprise_id)
    return Changes(hazards=True)


def correct(
    session: Session,
    hazard: Hazard,
    *,
    text: str | None = None,
    due: date | None = None,
    level: Level | None = None,
    measure: str | None = None,
    criteria: Sequence[str] | None = None,
) -> Changes:
    """Correct the facts of a hazard that no valid paper names. Raises HazardOnPaper, HazardClosed, DueBeforeInspection."""
    _check_loose(session, hazard)
    if due is not None:
        hazard.due = check_due(due, hazard.found_on, hazard.item)
    hazard.text = one_line_of(text) or hazard.text
    hazard.measure = one_line_of(measure) or hazard.measure
    if level is not None:
        hazard.level = level
        known = hazard.criteria if criteria is None else list(criteria)
        hazard.criteria = known if level is Level.MAJOR else []
    clocks.record(session, "hazard.corrected", f"hazard:{hazard.id.hex}", {}, hazard.enterprise_id)
    return Changes(hazards=True)


def one_line_of(text: str | None) -> str:
    return " ".join((text or "").split())


def _check_loose(session: Session, hazard: Hazard) -> None:
    number = valid_paper(session, hazard.id)
    if number is not None:
        raise HazardOnPaper(number=number)
    check_open(session, hazard)


def check_open(session: Session, hazard: Hazard) -> HazardLife:
    """Raises HazardClosed."""
    life = lives(session, [hazard])[hazard.id]
    if not life.is_open:
        raise HazardClosed(state=STATE_LABELS[life.state])
    return life


def valid_paper(session: Session, hazard_id: UUID) -> str | None:
    """The number of a paper in force that names this hazard."""
    named = select(Paper.number).join(HazardEvent, HazardEvent.paper_id == Paper.id)
    return session.scalars(
        named.where(HazardEvent.hazard_id == hazard_id, Paper.id.not_in(voided_papers())).limit(1)
    ).first()


def voided_papers() -> Select[UUID]:
    return select(PaperEvent.paper_id).where(PaperEvent.kind == PaperEventKind.VOIDED)


def found(session: Session, desk: Desk, hazard: Hazard) -> None:
    """The first event of every hazard."""
    session.add(
        HazardEvent(
            id=new_id(desk.now()),
            enterprise_id=hazard.enterprise_id,
            hazard_id=hazard.id,
            kind=HazardEventKind.FOUND,
            happened_on=hazard.found_on,
            officer_id=desk.officer_id,
            detail={},
            seen=[],
        )
    )


def lives(session: Session, hazards: Sequence[Hazard]) -> dict[UUID, HazardLife]:
    """State and deadline of each hazard, from its events."""
    return lives_of(session, {hazard.id: hazard.due for hazard in hazards})


def lives_of(session: Session, first_dues: Mapping[UUID, date]) -> dict[UUID, HazardLife]:
    """The same for hazards of which only id and first deadline are at hand."""
    replicas = {row.number: row.replica.hex for row in _REPLICAS.all(session)}
    events: dict[UUID, list[HazardEventFact]] = {hazard_id: [] for hazard_id in first_dues}
    ids = list(events)
    for at in range(0, len(ids), _AT_ONCE):
        for event in _EVENTS.all(session, {"ids": ids[at : at + _AT_ONCE]}):
            events[event.hazard_id].append(_fact(event, replicas))
    return {hazard_id: hazard_life(events[hazard_id], due) for hazard_id, due in first_dues.items()}


def certain_endings() -> Select[UUID, str]:
    """(hazard_id, kind) of hazards whose state needs no computing: closed or withdrawn last, and all by one hand.

    What two replicas wrote may be a fork, in which the more cautious counts: those the state function decides.
    """
    last, other = aliased(HazardEvent), aliased(HazardEvent)
    anything_else = (
        select(other.id)
        .where(other.hazard_id == last.hazard_id, or_(other.stamp > last.stamp, other.writer != last.writer))
        .exists()
    )
    return select(last.hazard_id, last.kind).where(last.kind.in_(_ENDS), ~anything_else)


def possibly_open() -> ColumnElement[bool]:
    """The condition on Hazard that leaves out what has certainly ended."""
    return Hazard.id.not_in(select(certain_endings().subquery().c.hazard_id))


def rows(session: Session, today: date, hazards: Iterable[Hazard] | None = None) -> list[HazardRow]:
    """All hazards as lists show them, the most pressing first."""
    known = list(session.scalars(select(Hazard)) if hazards is None else hazards)
    after = lives(session, known)
    names = _names(session, {hazard.enterprise_id for hazard in known})
    listed = [_row(hazard, after[hazard.id], names, today) for hazard in known]
    return sorted(listed, key=lambda row: (row.days_left is None, row.due, row.enterprise, row.item, row.id))


def selected(listed: Iterable[HazardRow], *, state: HazardState | None, overdue: bool, major: bool) -> list[HazardRow]:
    return [
        row
        for row in listed
        if (state is None or row.state is state)
        and (row.is_overdue or not overdue)
        and (row.level == Level.MAJOR or not major)
    ]


def history(session: Session, hazard: Hazard) -> list[EventRow]:
    """The events in the order of their stamps."""
    query = select(HazardEvent).where(HazardEvent.hazard_id == hazard.id).order_by(HazardEvent.stamp)
    return [
        EventRow(event.kind, event_label(event.kind, event.detail), event.happened_on, event.note, event.detail)
        for event in session.scalars(query)
    ]


def event_label(kind: str, detail: Mapping[str, Any]) -> str:
    return TAKEN_BACK if detail.get("undoes") else EVENT_LABELS[HazardEventKind(kind)]


def state_label(state: HazardState) -> str:
    return STATE_LABELS[state]


def _fact(event: Any, replicas: Mapping[int, str]) -> HazardEventFact:
    due, undoes = event.detail.get("due"), event.detail.get("undoes")
    return HazardEventFact(
        event.id,
        HazardEventKind(event.kind),
        (event.stamp, replicas[event.writer]),
        frozenset(UUID(hex=seen) for seen in event.seen),
        date.fromisoformat(due) if due else None,
        UUID(hex=undoes) if undoes else None,
    )


def _names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    listed = sorted(ids)
    names: dict[UUID, str] = {}
    for at in range(0, len(listed), _AT_ONCE):
        query = select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(listed[at : at + _AT_ONCE]))
        names.update(session.execute(query).all())
    return names


def _row(hazard: Hazard, life: HazardLife, names: dict[UUID, str], today: date) -> HazardRow:
    return HazardRow(
        hazard.id,
        hazard.enterprise_id,
        names.get(hazard.enterprise_id, ""),
        hazard.item,
        hazard.text,
        hazard.level,
        life.state,
        hazard.found_on,
        life.due,
        life.days_left(today),
    )
