"""The beginning of a check: what lies unfinished, where one may go, which checklists fit, who comes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import InspectionKind, Level, Result
from safetydesk.models import clock as clocks
from safetydesk.models.tables import (
    Answer,
    Enterprise,
    EnterpriseFlag,
    Hazard,
    HazardEvent,
    HighRiskObject,
    Inspection,
    Officer,
    Template,
)
from safetydesk.workflows import checklists, finding, hazards, inspections, officers, searching
from safetydesk.workflows.answering import InspectionFinished
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.hazards import one_line_of
from safetydesk.workflows.inspections import Second
from safetydesk.workflows.naming import named

WEEK = 7
MOST_OFFERED = 6
MOST_FOUND = 12


class Because(StrEnum):
    """Why an enterprise is offered."""

    OVERDUE = "overdue"
    DUE = "due"
    RECENT = "recent"
    NEW = "new"  # flagged in the ledger, and never checked
    FOUND = "found"  # the person looked for it


@dataclass(frozen=True)
class UnfinishedVisit:
    """A check that was begun and not ended."""

    inspection_id: UUID
    enterprise_id: UUID
    enterprise: str
    checklist: str
    kind: InspectionKind
    started_at: datetime
    answered: int
    items: int


@dataclass(frozen=True)
class OfferedEnterprise:
    """`on` is the deadline of what is due, or the day of the last visit."""

    id: UUID
    name: str
    village: str | None
    risk: str | None
    because: Because
    on: date | None = None
    days_left: int | None = None
    hazards: int = 0


@dataclass(frozen=True)
class OfferedChecklist:
    """A checklist, with what speaks for it here: flags of the enterprise that it is made for, and its last use."""

    id: str
    title: str
    version: str
    items: int
    flags: tuple[str, ...]
    last_used_on: date | None
    is_from_office: bool

    @property
    def is_proposed(self) -> bool:
        return bool(self.flags) or self.last_used_on is not None


@dataclass(frozen=True)
class Colleague:
    """Who may come along; the badge is filled in with the name."""

    name: str
    badge: str | None


@dataclass(frozen=True)
class Beginning:
    """Everything that the start of one check needs to know of an enterprise."""

    enterprise_id: UUID
    enterprise: str
    address: str | None
    principal: str | None
    phone: str | None
    flags: tuple[str, ...]
    risk: str | None
    open_hazards: int
    major_hazards: int
    last_visit_on: date | None
    checklists: tuple[OfferedChecklist, ...]  # the proposed ones first
    unfinished: tuple[UnfinishedVisit, ...]


@dataclass(frozen=True)
class Crew:
    """Who checks, and with whom last time."""

    name: str
    badge: str | None
    second: Colleague | None
    colleagues: tuple[Colleague, ...]


def unfinished(session: Session, enterprise_id: UUID | None = None) -> tuple[UnfinishedVisit, ...]:
    """Checks that wait to be gone on with, the newest first."""
    query = (
        select(Inspection.id, Inspection.enterprise_id, Inspection.kind, Inspection.started_at)
        .add_columns(Enterprise.name, Template.title, Template.item_count)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .join(Template, Template.id == Inspection.template_id)
        .where(Inspection.finished_at.is_(None), Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at.desc())
    )
    if enterprise_id is not None:
        query = query.where(Inspection.enterprise_id == enterprise_id)
    found = session.execute(query).all()
    answered = _answered(session, [row.id for row in found])
    return tuple(_unfinished(row, answered.get(row.id, 0)) for row in found)


def offered(session: Session, desk: Desk) -> tuple[OfferedEnterprise, ...]:
    """Where to go: what is overdue or due within a week, then where one was last. Each enterprise once.

    While there is little of either, high-risk enterprises where nobody ever was.
    """
    due = _due(session, desk.today())
    recent = _recent(session, desk, {one.id for one in due})
    wanted = MOST_OFFERED - len(due) - len(recent)
    return (*due, *recent, *(_never(session, wanted) if wanted > 0 else []))


def found(session: Session, text: str) -> tuple[OfferedEnterprise, ...]:
    """What a search offers."""
    rows = searching.find(session, text, MOST_FOUND)
    return tuple(OfferedEnterprise(row.id, row.name, row.village, row.risk, Because.FOUND) for row in rows)


def beginning(session: Session, desk: Desk, enterprise_id: UUID) -> Beginning:
    """Raises UnknownEnterprise."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    found_here = hazards.rows(
        session, desk.today(), session.scalars(select(Hazard).where(Hazard.enterprise_id == enterprise.id))
    )
    still_open = [row for row in found_here if row.days_left is not None]
    visits = select(func.max(Inspection.started_at)).where(
        Inspection.enterprise_id == enterprise.id, Inspection.voided_at.is_(None), Inspection.finished_at.is_not(None)
    )
    last = session.scalar(visits)
    flags = _flags(session, enterprise.id)
    return Beginning(
        enterprise_id=enterprise.id,
        enterprise=enterprise.name,
        address=enterprise.address or enterprise.registered_address,
        principal=enterprise.principal or enterprise.legal_person,
        phone=enterprise.phone or enterprise.principal_phone or enterprise.legal_person_phone,
        flags=flags,
        risk=enterprise.risk,
        open_hazards=len(still_open),
        major_hazards=sum(row.level == Level.MAJOR for row in still_open),
        last_visit_on=local_date(last) if last else None,
        checklists=_checklists(session, enterprise.id, flags),
        unfinished=unfinished(session, enterprise.id),
    )


def crew(session: Session, desk: Desk) -> Crew:
    """The officer at the desk, the colleague who came along last, and who else there is."""
    officer = session.get_one(Officer, desk.officer_id)
    query = select(Inspection.second_name, Inspection.second_badge).where(
        Inspection.officer_id == officer.id, Inspection.voided_at.is_(None), Inspection.second_name.is_not(None)
    )
    last = session.execute(query.order_by(Inspection.started_at.desc()).limit(1)).first()
    second = Colleague(last.second_name, last.second_badge) if last is not None else None
    others = [Colleague(one.name, one.badge) for one in officers.all_officers(session) if one.id != officer.id]
    return Crew(officer.name, officer.badge, second, tuple(others))


def start(
    session: Session, desk: Desk, enterprise_id: UUID, template: str, kind: InspectionKind, second: Colleague | None
) -> tuple[Changes, UUID]:
    """Begin a check. Raises UnknownEnterprise, UnknownChecklist, BadName, SameInspector."""
    enterprise = finding.enterprise(session, str(enterprise_id))
    helper = None
    if second is not None:
        helper = Second(named("第二名检查人员", second.name), one_line_of(second.badge) or None)
    visit = inspections.start(session, desk, enterprise, template, kind=kind, second=helper)
    return Changes(inspections=True), visit


def give_up(session: Session, desk: Desk, inspection_id: UUID) -> Changes:
    """Lay aside a check that was begun by mistake; its answers stay with it. Raises InspectionFinished."""
    inspection = finding.inspection(session, str(inspection_id))
    if inspection.finished_at is not None:
        raise InspectionFinished
    inspection.voided_at, inspection.voided_by = desk.now(), desk.officer_id
    clocks.record(session, "inspection.given_up", f"inspection:{inspection.id.hex}", {}, inspection.enterprise_id)
    return Changes(inspections=True)


def take_up(session: Session, inspection_id: UUID) -> Changes:
    """Undo `give_up`. Raises UnknownInspection."""
    inspection = session.get(Inspection, inspection_id)
    if inspection is None:
        raise finding.UnknownInspection(given=str(inspection_id))
    inspection.voided_at = inspection.voided_by = None
    clocks.record(session, "inspection.taken_up", f"inspection:{inspection.id.hex}", {}, inspection.enterprise_id)
    return Changes(inspections=True)


def _answered(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    query = (
        select(Answer.inspection_id, func.count(Answer.item.distinct()))
        .where(Answer.inspection_id.in_(ids), Answer.result != Result.UNCHECKED)
        .group_by(Answer.inspection_id)
    )
    return dict(session.execute(query).all())


def _unfinished(row: Any, answered: int) -> UnfinishedVisit:
    kind = InspectionKind(row.kind)
    return UnfinishedVisit(
        row.id, row.enterprise_id, row.name, row.title, kind, row.started_at, answered, row.item_count
    )


def _due(session: Session, today: date) -> list[OfferedEnterprise]:
    """By the most pressing deadline. An extension only moves a deadline back, so the first one is a safe sieve."""
    settled = select(HazardEvent.hazard_id).where(HazardEvent.kind.in_(["closed_out", "withdrawn"]))
    again = select(HazardEvent.hazard_id).where(
        HazardEvent.kind.in_(["reopened", "reinspected_open", "reinspected_partial"])
    )
    query = select(Hazard).where(
        Hazard.due <= today + timedelta(days=WEEK), Hazard.id.not_in(settled) | Hazard.id.in_(again)
    )
    pressing: dict[UUID, list[hazards.HazardRow]] = {}
    for row in hazards.rows(session, today, session.scalars(query)):
        if row.days_left is not None and row.days_left <= WEEK:
            pressing.setdefault(row.enterprise_id, []).append(row)
    ids = list(pressing)[:MOST_OFFERED]  # rows come with the most pressing first
    known = _enterprises(session, ids)
    return [_offered_due(known[one], pressing[one]) for one in ids if one in known]


def _offered_due(enterprise: Any, rows: Sequence[hazards.HazardRow]) -> OfferedEnterprise:
    first = min(rows, key=lambda row: row.due)
    because = Because.OVERDUE if first.is_overdue else Because.DUE
    return OfferedEnterprise(
        enterprise.id, enterprise.name, enterprise.village, enterprise.risk, because, first.due, first.days_left, len(rows)
    )  # fmt: skip


def _recent(session: Session, desk: Desk, taken: set[UUID]) -> list[OfferedEnterprise]:
    newest = func.max(Inspection.started_at)
    query = (
        select(Inspection.enterprise_id, newest.label("at"))
        .where(Inspection.officer_id == desk.officer_id, Inspection.voided_at.is_(None))
        .group_by(Inspection.enterprise_id)
        .order_by(newest.desc())
        .limit(MOST_OFFERED + len(taken))
    )
    last = {row.enterprise_id: local_date(row.at) for row in session.execute(query) if row.enterprise_id not in taken}
    ids = list(last)[:MOST_OFFERED]
    known = _enterprises(session, ids)
    return [
        OfferedEnterprise(one, known[one].name, known[one].village, known[one].risk, Because.RECENT, last[one])
        for one in ids
        if one in known
    ]


def _never(session: Session, limit: int) -> list[OfferedEnterprise]:
    flagged = select(EnterpriseFlag.enterprise_id).where(EnterpriseFlag.present.is_(True))
    visited = select(Inspection.enterprise_id).where(Inspection.voided_at.is_(None))
    query = select(Enterprise.id, Enterprise.name, Enterprise.village, Enterprise.risk)
    query = query.where(
        Enterprise.id.in_(flagged), Enterprise.id.not_in(visited), Enterprise.voided_at.is_(None)
    ).order_by(Enterprise.name)
    return [
        OfferedEnterprise(row.id, row.name, row.village, row.risk, Because.NEW)
        for row in session.execute(query.limit(limit))
    ]


def _enterprises(session: Session, ids: Sequence[UUID]) -> dict[UUID, Any]:
    query = select(Enterprise.id, Enterprise.name, Enterprise.village, Enterprise.risk)
    found = session.execute(query.where(Enterprise.id.in_(ids), Enterprise.voided_at.is_(None)))
    return {row.id: row for row in found}


def _flags(session: Session, enterprise_id: UUID) -> tuple[str, ...]:
    """What is marked in the ledger, and what its high-risk objects are."""
    marked = select(EnterpriseFlag.flag).where(
        EnterpriseFlag.enterprise_id == enterprise_id, EnterpriseFlag.present.is_(True)
    )
    things = select(HighRiskObject.kind).where(
        HighRiskObject.enterprise_id == enterprise_id, HighRiskObject.voided_at.is_(None)
    )
    return tuple(dict.fromkeys([*session.scalars(marked.order_by(EnterpriseFlag.flag)), *session.scalars(things)]))


def _checklists(session: Session, enterprise_id: UUID, flags: Iterable[str]) -> tuple[OfferedChecklist, ...]:
    used = _last_used(session, enterprise_id)
    offers = [_offer(session, row, set(flags), used) for row in checklists.all_checklists(session)]
    return tuple(sorted(offers, key=_by_reason))


def _offer(session: Session, row: checklists.TemplateRow, flags: set[str], used: dict[str, date]) -> OfferedChecklist:
    meant = checklists.known(session, row.id).flags
    fitting = tuple(flag for flag in meant if flag in flags)
    return OfferedChecklist(
        row.id, row.title, row.version, row.items, fitting, used.get(row.id), row.origin == checklists.OFFICE
    )


def _by_reason(offer: OfferedChecklist) -> tuple[bool, int, bool]:
    """What was used here last stands first, then what the flags ask for, then the rest in the order of the shelf."""
    last = offer.last_used_on
    return not offer.is_proposed, -last.toordinal() if last else 0, not offer.flags


def _last_used(session: Session, enterprise_id: UUID) -> dict[str, date]:
    query = (
        select(Template.key, func.max(Inspection.started_at))
        .join(Inspection, Inspection.template_id == Template.id)
        .where(Inspection.enterprise_id == enterprise_id, Inspection.voided_at.is_(None))
        .group_by(Template.key)
    )
    return {key: local_date(at) for key, at in session.execute(query)}
