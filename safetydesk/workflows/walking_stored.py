"""The stored state of a visit: its answers, readings, photos, and what the same items gave the last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.checklist import Checklist
from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level, Result
from safetydesk.domain.limits import Verdict
from safetydesk.models.tables import Answer, Hazard, HighRiskObject, Inspection, Photo, Reading
from safetydesk.workflows import hazards
from safetydesk.workflows.answering import answer_id_of
from safetydesk.workflows.desk import local_date
from safetydesk.workflows.walking_shapes import (
    AnswerKey,
    AnswerState,
    LastAnswer,
    ObjectShown,
    PhotoShown,
    ReadingState,
)

_ANSWER = (
    Answer.id, Answer.item, Answer.object_id, Answer.result, Answer.answered_at, Answer.note, Answer.place,
    Answer.filled, Answer.level, Answer.due,
)  # fmt: skip
_READING = (
    Reading.answer_id, Reading.value, Reading.unit, Reading.gas, Reading.point, Reading.instrument, Reading.verdict,
    Reading.taken_at,
)  # fmt: skip
_CLOSED = frozenset({HazardState.CLOSED, HazardState.WITHDRAWN})


def answers(session: Session, inspection_id: UUID) -> dict[AnswerKey, AnswerState]:
    """Every answer of the visit. An empty one that says 未查 counts as none."""
    rows = session.execute(select(*_ANSWER).where(Answer.inspection_id == inspection_id).order_by(Answer.stamp)).all()
    of_visit = select(Answer.id).where(Answer.inspection_id == inspection_id)
    readings = _readings(session, Reading.answer_id.in_(of_visit))
    found = (_state(row, readings.get(row.id, ())) for row in rows)
    return {state.key: state for state in found if state is not None}


def answer(session: Session, inspection_id: UUID, item: str, thing: UUID | None) -> AnswerState | None:
    """One answer as it is stored now."""
    answer_id = answer_id_of(inspection_id, item, thing)
    row = session.execute(select(*_ANSWER).where(Answer.id == answer_id)).first()
    if row is None:
        return None
    return _state(row, _readings(session, Reading.answer_id == answer_id).get(answer_id, ()))


def photos(session: Session, inspection_id: UUID, checklist: Checklist) -> tuple[PhotoShown, ...]:
    """The photos of the visit in the order they came, with the items they stand for."""
    known: dict[UUID, AnswerKey] = {answer_id_of(inspection_id, item.id): (item.id, None) for item in checklist.items}
    query = select(Answer.id, Answer.item, Answer.object_id).where(
        Answer.inspection_id == inspection_id, Answer.object_id.is_not(None)
    )
    known.update((row.id, (row.item, row.object_id)) for row in session.execute(query))
    listed = select(Photo.id, Photo.answer_id, Photo.original_name, Photo.taken_at).where(
        Photo.inspection_id == inspection_id, Photo.voided.is_(False)
    )
    found = []
    for row in session.execute(listed.order_by(Photo.stamp, Photo.id)):
        item, thing = known.get(row.answer_id, (None, None))
        found.append(PhotoShown(row.id, item, thing, row.original_name, row.taken_at))
    return tuple(found)


def objects(session: Session, enterprise_id: UUID) -> tuple[ObjectShown, ...]:
    """What of the enterprise can be named as the place."""
    query = select(HighRiskObject.id, HighRiskObject.kind, HighRiskObject.name).where(
        HighRiskObject.enterprise_id == enterprise_id, HighRiskObject.voided_at.is_(None)
    )
    ordered = query.order_by(HighRiskObject.kind, HighRiskObject.name, HighRiskObject.id)
    return tuple(ObjectShown(*row) for row in session.execute(ordered))


def last_answers(session: Session, enterprise_id: UUID, but: UUID) -> dict[str, LastAnswer]:
    """By item, what the latest ended check of this enterprise before gave. Of several objects a fail counts."""
    query = (
        select(Answer.id, Answer.item, Answer.result, Inspection.started_at)
        .join(Inspection, Inspection.id == Answer.inspection_id)
        .where(
            Answer.enterprise_id == enterprise_id,
            Answer.inspection_id != but,
            Answer.result != Result.UNCHECKED,
            Inspection.finished_at.is_not(None),
            Inspection.voided_at.is_(None),
        )
    )
    rows = sorted(session.execute(query), key=lambda row: (row.started_at, row.result == Result.FAIL))
    latest = {row.item: row for row in rows}
    states = _states(session, [row.id for row in latest.values() if row.result == Result.FAIL])
    return {
        item: LastAnswer(
            local_date(row.started_at),
            Result(row.result),
            states.get(row.id),
            is_open=row.id in states and states[row.id] not in _CLOSED,
        )
        for item, row in latest.items()
    }


def _states(session: Session, answer_ids: Sequence[UUID]) -> dict[UUID, HazardState]:
    """What became of the hazards that these answers found."""
    if not answer_ids:
        return {}
    found = list(session.scalars(select(Hazard).where(Hazard.answer_id.in_(answer_ids))))
    lives = hazards.lives(session, found)
    return {hazard.answer_id: lives[hazard.id].state for hazard in found}


def _readings(session: Session, which: Any) -> dict[UUID, tuple[ReadingState, ...]]:
    query = select(*_READING).where(which, Reading.voided.is_(False)).order_by(Reading.answer_id, Reading.position)
    found: dict[UUID, list[ReadingState]] = {}
    for row in session.execute(query):
        found.setdefault(row.answer_id, []).append(_reading(row))
    return {answer_id: tuple(listed) for answer_id, listed in found.items()}


def _reading(row: Any) -> ReadingState:
    return ReadingState(
        value=row.value,
        unit=row.unit or "",
        gas=row.gas or "",
        point=row.point or "",
        instrument=row.instrument or "",
        verdict=Verdict(row.verdict),
        taken_at=row.taken_at,
    )


def _state(row: Any, readings: Iterable[ReadingState]) -> AnswerState | None:
    listed = tuple(readings)
    said: Mapping[str, str] = row.filled or {}
    if row.result == Result.UNCHECKED and not (listed or row.note or row.place or said or row.level or row.due):
        return None
    return AnswerState(
        item=row.item,
        object=row.object_id,
        result=Result(row.result),
        answered_at=row.answered_at,
        note=row.note or "",
        place=row.place or "",
        filled=dict(said),
        level=Level(row.level) if row.level else None,
        deadline=row.due,
        readings=listed,
    )
