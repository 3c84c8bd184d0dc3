"""Walking a checklist on the spot: what the screen needs in a few reads, and every answer put and taken back whole."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Result
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Answer, Enterprise, Reading
from safetydesk.workflows import answering, checklists, law_view, settings
from safetydesk.workflows import walking_items as items
from safetydesk.workflows import walking_stored as stored
from safetydesk.workflows.answering import AnswerInput, InspectionFinished, Visit
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.walking_shapes import AnswerState, Put, Walk


def walk(session: Session, desk: Desk, inspection_id: UUID) -> Walk:
    """The whole check as it stands in the store. Raises UnknownInspection."""
    visit = answering.visit_of(session, str(inspection_id))
    checklist = checklists.frozen(session, visit.template_id)
    last = stored.last_answers(session, visit.enterprise_id, visit.id)
    return Walk(
        inspection_id=visit.id,
        enterprise_id=visit.enterprise_id,
        enterprise=_name(session, visit.enterprise_id),
        title=checklist.title,
        checklist=checklist,
        started_at=visit.started_at,
        started_on=local_date(visit.started_at),
        finished_at=visit.finished_at,
        today=desk.today(),
        longest_side=int(settings.value_of(session, "photo.longest_side")),
        sections=items.sections(checklist, law_view.corrections(session), last),
        answers={key: state for key, state in stored.answers(session, visit.id).items() if state.item in checklist},
        photos=stored.photos(session, visit.id, checklist),
        objects=stored.objects(session, visit.enterprise_id),
    )


def put(session: Session, desk: Desk, inspection_id: UUID, one: AnswerInput) -> tuple[Changes, Put]:
    """Record one answer. What it was before comes back, so that it can be taken back. Raises what `answering` does."""
    visit = answering.visit_of(session, str(inspection_id))
    before = stored.answer(session, visit.id, one.item, one.object)
    changes = answering.answer(session, desk, visit, [one])
    session.flush()
    now = stored.answer(session, visit.id, one.item, one.object)
    return changes, Put((one.item, one.object), before, now)


def take_back(
    session: Session, desk: Desk, inspection_id: UUID, item: str, thing: UUID | None, previous: AnswerState | None
) -> tuple[Changes, Put]:
    """Set one answer to exactly what it was; `previous` none: to what nobody has answered.

    The row and its voided readings stay: what is taken back is a further edit with its own stamp, and on record.
    Photos have a way back of their own. Raises InspectionFinished.
    """
    visit = answering.visit_of(session, str(inspection_id))
    if visit.finished_at is not None:
        raise InspectionFinished
    before = stored.answer(session, visit.id, item, thing)
    row = session.get(Answer, answering.answer_id_of(visit.id, item, thing))
    if row is not None:
        _restore(row, previous, desk.now())
        _restore_readings(session, visit, row, previous)
        detail = {"items": [item]}
        clocks.record(session, "inspection.taken_back", f"inspection:{visit.id.hex}", detail, visit.enterprise_id)
        session.flush()
    now = stored.answer(session, visit.id, item, thing)
    return Changes(inspections=True), Put((item, thing), before, now)


def _name(session: Session, enterprise_id: UUID) -> str:
    return session.scalar(select(Enterprise.name).where(Enterprise.id == enterprise_id)) or ""


def _restore(row: Answer, previous: AnswerState | None, now: datetime) -> None:
    if previous is None:
        row.result, row.note, row.place, row.filled = Result.UNCHECKED, None, None, None
        row.level, row.due, row.answered_at = None, None, now
        return
    row.result, row.answered_at = previous.result, previous.answered_at
    row.note, row.place = previous.note or None, previous.place or None
    row.filled = dict(previous.filled) or None
    row.level, row.due = previous.level, previous.deadline


def _restore_readings(session: Session, visit: Visit, row: Answer, previous: AnswerState | None) -> None:
    """The readings as they were; what came since stays as voided rows."""
    wanted = previous.readings if previous else ()
    known = {one.id: one for one in session.scalars(select(Reading).where(Reading.answer_id == row.id))}
    for position, state in enumerate(wanted):
        row_id = derived_id("reading", row.id.hex, position)
        reading = known.pop(row_id, None)
        if reading is None:
            reading = Reading(id=row_id, enterprise_id=visit.enterprise_id, answer_id=row.id, position=position)
            session.add(reading)
        reading.value, reading.unit, reading.gas = state.value, state.unit or None, state.gas or None
        reading.point, reading.instrument = state.point or None, state.instrument or None
        reading.verdict, reading.taken_at, reading.voided = state.verdict, state.taken_at, False
    for left in known.values():
        left.voided = True
