"""The register of papers as a table pages through it, and the visits whose papers are still to be issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import InspectionKind, PaperEventKind, PaperKind
from safetydesk.models.tables import Enterprise, Hazard, HazardEvent, Inspection, Paper, PaperEvent, Template
from safetydesk.workflows import hazards
from safetydesk.workflows.desk import local_date
from safetydesk.workflows.papers import PaperState, in_void

MOST_WAITING = 50
_AT_ONCE = 500


class RegisterFilter(StrEnum):
    ALL = "all"
    NOT_SERVED = "not_served"
    SERVED = "served"
    VOIDED = "voided"


FILTER_LABELS = {
    RegisterFilter.ALL: "全部",
    RegisterFilter.NOT_SERVED: "未送达",
    RegisterFilter.SERVED: "已送达",
    RegisterFilter.VOIDED: "已作废",
}
STATE_LABELS = {PaperState.ISSUED: "未送达", PaperState.SERVED: "已送达", PaperState.VOIDED: "已作废"}
_STATE_OF = {
    RegisterFilter.NOT_SERVED: PaperState.ISSUED,
    RegisterFilter.SERVED: PaperState.SERVED,
    RegisterFilter.VOIDED: PaperState.VOIDED,
}


@dataclass(frozen=True)
class RegisterRow:
    """One sealed paper as the register lists it."""

    id: UUID
    number: str
    kind: PaperKind
    enterprise_id: UUID
    enterprise: str
    inspection_id: UUID | None
    issued_on: date
    state: PaperState
    pages: int


@dataclass(frozen=True)
class WaitingVisit:
    """A finished check with hazards that no paper names yet."""

    inspection_id: UUID
    enterprise_id: UUID
    enterprise: str
    checklist: str
    kind: InspectionKind
    finished_on: date
    hazards: int
    majors: int


def counts(session: Session) -> dict[RegisterFilter, int]:
    """How many papers each filter shows."""
    happened = _happened()
    states = select(_state(happened).label("state")).select_from(Paper)
    known = states.outerjoin(happened, happened.c.paper_id == Paper.id).subquery()
    query = select(known.c.state, func.count()).group_by(known.c.state)
    found: dict[str, int] = dict(session.execute(query).all())
    by_filter = {one: found.get(state, 0) for one, state in _STATE_OF.items()}
    return {RegisterFilter.ALL: sum(found.values()), **by_filter}


def keys(session: Session, only: RegisterFilter, text: str, order: str, *, descending: bool) -> Sequence[UUID]:
    """The ids of the papers that a filter and a piece of text leave, in the order of a column of RegisterRow."""
    happened = _happened()
    state = _state(happened)
    query = select(Paper.id).outerjoin(happened, happened.c.paper_id == Paper.id)
    query = query.outerjoin(Enterprise, Enterprise.id == Paper.enterprise_id)
    if only in _STATE_OF:
        query = query.where(state == _STATE_OF[only])
    for word in text.split():
        query = query.where(
            Paper.number.contains(word, autoescape=True) | Enterprise.name.contains(word, autoescape=True)
        )
    columns: Mapping[str, Any] = {
        "number": Paper.number,
        "kind": Paper.kind,
        "enterprise": Enterprise.name,
        "issued_on": Paper.issued_at,
        "state": state,
        "pages": Paper.pages,
    }
    column = columns.get(order, Paper.issued_at)
    ordered = (column.desc(), Paper.stamp.desc()) if descending else (column, Paper.stamp)
    return session.scalars(query.order_by(*ordered)).all()


def rows(session: Session, ids: Sequence[UUID]) -> list[RegisterRow]:
    """These papers, in this order."""
    known: dict[UUID, RegisterRow] = {}
    for at in range(0, len(ids), _AT_ONCE):
        for row in session.execute(_of_papers().where(Paper.id.in_(ids[at : at + _AT_ONCE]))):
            known[row.id] = _row(row)
    return [known[one] for one in ids if one in known]


def visits_waiting(session: Session, limit: int = MOST_WAITING) -> list[WaitingVisit]:
    """Finished checks whose papers are still to be issued, the oldest first."""
    named = select(HazardEvent.hazard_id).where(HazardEvent.paper_id.in_(select(Paper.id)))
    named = named.where(HazardEvent.paper_id.not_in(in_void()))
    settled = select(HazardEvent.hazard_id).where(HazardEvent.kind.in_(["closed_out", "withdrawn"]))
    query = (
        select(Hazard)
        .join(Inspection, Inspection.id == Hazard.inspection_id)
        .where(Hazard.id.not_in(named), Hazard.id.not_in(settled), Inspection.voided_at.is_(None))
    )
    loose = session.scalars(query).all()
    lives = hazards.lives(session, loose)
    by_visit: dict[UUID, list[Hazard]] = {}
    for hazard in loose:
        if lives[hazard.id].is_open:
            by_visit.setdefault(hazard.inspection_id, []).append(hazard)
    found = [_waiting(row, by_visit[row.id]) for row in _visits(session, list(by_visit))]
    return sorted(found, key=lambda visit: (visit.finished_on, visit.enterprise))[:limit]


def _visits(session: Session, ids: Sequence[UUID]) -> list[Any]:
    query = (
        select(Inspection.id, Inspection.enterprise_id, Inspection.kind, Inspection.finished_at)
        .add_columns(Enterprise.name, Template.title)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .join(Template, Template.id == Inspection.template_id)
        .where(Inspection.finished_at.is_not(None))
    )
    return [
        row
        for at in range(0, len(ids), _AT_ONCE)
        for row in session.execute(query.where(Inspection.id.in_(ids[at : at + _AT_ONCE])))
    ]


def _waiting(row: Any, loose: Sequence[Hazard]) -> WaitingVisit:
    majors = sum(hazard.level == "major" for hazard in loose)
    kind = InspectionKind(row.kind)
    on = local_date(row.finished_at)
    return WaitingVisit(row.id, row.enterprise_id, row.name, row.title, kind, on, len(loose), majors)


def _happened() -> Subquery:
    """Of every paper: whether it was voided, when (by stamp) it was last served, and when that was last taken back."""

    def newest(*kinds: PaperEventKind) -> ColumnElement[int]:
        return func.max(case((PaperEvent.kind.in_(list(kinds)), PaperEvent.stamp), else_=0))

    return (
        select(
            PaperEvent.paper_id,
            newest(PaperEventKind.VOIDED).label("voided"),
            newest(PaperEventKind.SERVED, PaperEventKind.REFUSED).label("served"),
            newest(PaperEventKind.SERVICE_UNDONE).label("undone"),
        )
        .group_by(PaperEvent.paper_id)
        .subquery()
    )


def _state(happened: Subquery) -> ColumnElement[str]:
    """What `papers.paper_state` says, in the database."""
    voided, served, undone = happened.c.voided, happened.c.served, happened.c.undone
    return case(
        (voided > 0, literal(str(PaperState.VOIDED))),
        (served > undone, literal(str(PaperState.SERVED))),
        else_=literal(str(PaperState.ISSUED)),
    )


def _of_papers() -> Select[Any]:
    happened = _happened()
    return (
        select(Paper.id, Paper.number, Paper.kind, Paper.enterprise_id, Enterprise.name)
        .add_columns(Paper.inspection_id, Paper.issued_on, _state(happened).label("state"), Paper.pages)
        .outerjoin(happened, happened.c.paper_id == Paper.id)
        .outerjoin(Enterprise, Enterprise.id == Paper.enterprise_id)
    )


def _row(row: Any) -> RegisterRow:
    state = PaperState(row.state)
    kind = PaperKind(row.kind)
    name = row.name or ""
    return RegisterRow(
        row.id, row.number, kind, row.enterprise_id, name, row.inspection_id, row.issued_on, state, row.pages
    )
