"""One inspection as it is shown: every item of its checklist, answered or not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import Result
from safetydesk.models.tables import Answer, Enterprise, Hazard, Inspection, Photo, Reading
from safetydesk.workflows import checklists


def view(session: Session, inspection: Inspection) -> dict[str, Any]:
    """Plain values. An item nobody answered is `unchecked`, never a pass."""
    checklist = checklists.frozen(session, inspection.template_id)
    answers: dict[str, list[Answer | None]] = {}
    for row in session.scalars(select(Answer).where(Answer.inspection_id == inspection.id).order_by(Answer.stamp)):
        answers.setdefault(row.item, []).append(row)
    listed = [
        _shown(session, item.id, item.text, row) for item in checklist.items for row in answers.get(item.id, [None])
    ]
    enterprise = session.get_one(Enterprise, inspection.enterprise_id)
    hazards = session.scalars(select(Hazard.id).where(Hazard.inspection_id == inspection.id).order_by(Hazard.item))
    return {
        "inspection": inspection.id,
        "enterprise_id": enterprise.id,
        "enterprise": enterprise.name,
        "template": checklist.id,
        "title": checklist.title,
        "version": checklist.version,
        "kind": inspection.kind,
        "started_at": inspection.started_at,
        "finished_at": inspection.finished_at,
        "inspectors": [
            {"name": inspection.officer_name, "badge": inspection.officer_badge},
            *([{"name": inspection.second_name, "badge": inspection.second_badge}] if inspection.second_name else []),
        ],
        "counts": {str(result): sum(row["result"] == result for row in listed) for result in Result},
        "answers": listed,
        "hazards": list(hazards),
    }


def _shown(session: Session, item: str, text: str, row: Answer | None) -> dict[str, Any]:
    if row is None:
        return {"item": item, "text": text, "object": None, "result": str(Result.UNCHECKED), "note": None} | {
            "level": None, "deadline": None, "readings": [], "photos": [],
        }  # fmt: skip
    readings = session.scalars(
        select(Reading).where(Reading.answer_id == row.id, Reading.voided.is_(False)).order_by(Reading.position)
    )
    photos = session.scalars(select(Photo).where(Photo.answer_id == row.id, Photo.voided.is_(False)))
    return {
        "item": item,
        "text": text,
        "object": row.object_id,
        "result": row.result,
        "note": row.note,
        "place": row.place,
        "level": row.level,
        "deadline": row.due,
        "readings": [
            {"gas": one.gas, "value": one.value, "unit": one.unit, "verdict": one.verdict, "point": one.point}
            for one in readings
        ],
        "photos": [{"id": one.id, "name": one.original_name, "taken_at": one.taken_at} for one in photos],
    }
