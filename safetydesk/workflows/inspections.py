"""A check from its start to its end. What lies between is in `answering`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.checklist import Checklist, Concerns
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import InspectionKind, Result
from safetydesk.models import clock as clocks
from safetydesk.models.tables import (
    Answer,
    Enterprise,
    Inspection,
    Officer,
)
from safetydesk.workflows import checklists
from safetydesk.workflows.answering import InspectionFinished
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.found_hazards import hazard_of


class NothingAnswered(SafetyDeskError):
    code = "nothing_answered"


class SameInspector(SafetyDeskError):
    """The two inspectors are one person. facts: name."""

    code = "same_inspector"


@dataclass(frozen=True)
class Second:
    """The second inspector: enforcement takes two (行政处罚法 第四十二条)."""

    name: str
    badge: str | None = None


def start(
    session: Session,
    desk: Desk,
    enterprise: Enterprise,
    template: str,
    *,
    kind: InspectionKind = InspectionKind.ROUTINE,
    second: Second | None = None,
) -> UUID:
    """Begin one check of one enterprise. Raises UnknownChecklist, SameInspector."""
    template_id, _ = checklists.current(session, template)
    officer = session.get_one(Officer, desk.officer_id)
    if second is not None and (second.name, second.badge or officer.badge) == (officer.name, officer.badge):
        raise SameInspector(name=officer.name)
    inspection = Inspection(
        id=new_id(desk.now()),
        enterprise_id=enterprise.id,
        template_id=template_id,
        kind=kind,
        started_at=desk.now(),
        officer_id=officer.id,
        officer_name=officer.name,
        officer_badge=officer.badge,
        second_name=second.name if second else None,
        second_badge=second.badge if second else None,
    )
    session.add(inspection)
    clocks.record(session, "inspection.started", f"inspection:{inspection.id.hex}", {}, enterprise.id)
    return inspection.id


def finish(session: Session, desk: Desk, inspection: Inspection) -> list[UUID]:
    """End the check: every fail becomes a hazard, its level judged by the whole. Raises NothingAnswered."""
    if inspection.finished_at is not None:
        raise InspectionFinished
    answers = _answers(session, inspection.id)
    if not any(row.result != Result.UNCHECKED for row in answers):
        raise NothingAnswered
    checklist = checklists.frozen(session, inspection.template_id)
    failed = [row for row in answers if row.result == Result.FAIL and _is_about_enterprise(checklist, row.item)]
    failed.sort(key=lambda row: _position(checklist, row.item))
    inspection.finished_at = desk.now()
    found = [hazard_of(session, desk, inspection, checklist, row, {one.item for one in failed}) for row in failed]
    clocks.record(
        session,
        "inspection.finished",
        f"inspection:{inspection.id.hex}",
        {"hazards": len(found)},
        inspection.enterprise_id,
    )
    return found


def _is_about_enterprise(checklist: Checklist, item: str) -> bool:
    """Some items are about the inspector's own conduct: they are no hazard of the enterprise."""
    return checklist.item(item).concerns is not Concerns.OFFICER


def _answers(session: Session, inspection_id: UUID) -> list[Answer]:
    return list(session.scalars(select(Answer).where(Answer.inspection_id == inspection_id)))


def _position(checklist: Checklist, item: str) -> int:
    return next(at for at, one in enumerate(checklist.items) if one.id == item)
