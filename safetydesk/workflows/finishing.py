"""The end of a check: what was answered, what was not, what will become hazards, and which papers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.domain.checklist import Checklist, ChecklistItem, Concerns
from safetydesk.domain.deadlines import due_date, is_long
from safetydesk.domain.finding_choices import MEASURE
from safetydesk.domain.kinds import InspectionKind, Level, PaperKind, Result
from safetydesk.domain.limits import Verdict
from safetydesk.models.tables import Answer, Enterprise, HighRiskObject, Inspection, Photo, Reading
from safetydesk.workflows import answering, checklists, finding, inspections, settings
from safetydesk.workflows.answering import AnswerInput, Part
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.found_hazards import Measured, said_of
from safetydesk.workflows.judging import judged_level
from safetydesk.workflows.paper_desk import allowed_kinds


@dataclass(frozen=True)
class UncheckedItem:
    """An item that nobody answered: never a pass."""

    item: str
    text: str
    section: str


@dataclass(frozen=True)
class FoundProblem:
    """A failed answer as the hazard that it will be. `own_level` and `own_due` are what the inspector decided."""

    answer_id: UUID
    item: str
    object_id: UUID | None
    text: str
    place: str | None
    measure: str
    level: Level
    own_level: Level | None
    level_reason: str | None
    due: date
    own_due: date | None
    days: int
    is_long: bool
    photos: int


@dataclass(frozen=True)
class Reminder:
    """A fail that is about the inspection itself, not about the enterprise: no hazard comes of it."""

    item: str
    text: str


@dataclass(frozen=True)
class Ending:
    """One check at its end. `papers` says which kinds will be proposed; none where nothing was found."""

    inspection_id: UUID
    enterprise_id: UUID
    enterprise: str
    checklist: str
    kind: InspectionKind
    started_at: datetime
    inspected_on: date
    is_finished: bool
    counts: Mapping[Result, int]
    unchecked: tuple[UncheckedItem, ...]
    problems: tuple[FoundProblem, ...]
    reminders: tuple[Reminder, ...]
    papers: tuple[PaperKind, ...]
    photos: int
    second_name: str | None

    @property
    def is_empty(self) -> bool:
        """Nothing was answered: then there is nothing to end."""
        return not any(count for result, count in self.counts.items() if result is not Result.UNCHECKED)


def ending(session: Session, inspection_id: UUID) -> Ending:
    """Raises UnknownInspection."""
    inspection = finding.inspection(session, str(inspection_id))
    checklist = checklists.frozen(session, inspection.template_id)
    answers = list(session.scalars(select(Answer).where(Answer.inspection_id == inspection.id)))
    failed = [row for row in answers if row.result == Result.FAIL]
    binding = [row for row in failed if checklist.item(row.item).concerns is not Concerns.OFFICER]
    problems = _problems(session, inspection, checklist, binding)
    answered = {row.item for row in answers if row.result != Result.UNCHECKED}
    unchecked = tuple(_unchecked(checklist, item) for item in checklist.items if item.id not in answered)
    power = settings.unit_power(session)
    photos = select(func.count()).where(Photo.inspection_id == inspection.id, Photo.voided.is_(False))
    return Ending(
        inspection_id=inspection.id,
        enterprise_id=inspection.enterprise_id,
        enterprise=session.get_one(Enterprise, inspection.enterprise_id).name,
        checklist=checklist.title,
        kind=InspectionKind(inspection.kind),
        started_at=inspection.started_at,
        inspected_on=local_date(inspection.started_at),
        is_finished=inspection.finished_at is not None,
        counts=_counts(answers, len(unchecked)),
        unchecked=unchecked,
        problems=problems,
        reminders=tuple(
            Reminder(row.item, checklist.item(row.item).text)
            for row in _in_order(checklist, failed)
            if row not in binding
        ),
        papers=allowed_kinds(power)[:1] if problems else (),
        photos=session.scalar(photos) or 0,
        second_name=inspection.second_name,
    )


def decide(
    session: Session, desk: Desk, inspection_id: UUID, problem: FoundProblem, level: Level | None, due: date | None
) -> Changes:
    """Decide level and deadline of one problem; None is what the rules and the checklist say.

    Raises InspectionFinished, DueBeforeInspection.
    """
    visit = answering.visit_of(session, str(inspection_id))
    decided = AnswerInput(
        problem.item,
        Result.FAIL,
        object=problem.object_id,
        level=level,
        deadline=due,
        cleared=(Part.LEVEL, Part.DEADLINE),
    )
    return answering.answer(session, desk, visit, [decided])


def finish(session: Session, desk: Desk, inspection_id: UUID) -> tuple[Changes, int]:
    """End the check; says how many hazards it found. Raises InspectionFinished, NothingAnswered."""
    found = inspections.finish(session, desk, finding.inspection(session, str(inspection_id)))
    return Changes(inspections=True, hazards=True), len(found)


def _counts(answers: Sequence[Answer], unchecked: int) -> dict[Result, int]:
    """By answer: an item asked of three pits counts three times. Unchecked are items that nobody answered at all."""
    counts = {result: sum(row.result == result for row in answers) for result in Result}
    return {**counts, Result.UNCHECKED: unchecked}


def _unchecked(checklist: Checklist, item: ChecklistItem) -> UncheckedItem:
    title = next((one.title for one in checklist.sections if one.key == item.section), "")
    return UncheckedItem(item.id, item.text, title)


@dataclass(frozen=True)
class _Beside:
    """What belongs to one failed answer and lies in tables of its own."""

    readings: Sequence[Measured]
    thing: str | None
    photos: int


def _problems(
    session: Session, inspection: Inspection, checklist: Checklist, failed: Sequence[Answer]
) -> tuple[FoundProblem, ...]:
    together = {row.item for row in failed}
    beside = _beside(session, failed)
    return tuple(_problem(inspection, checklist, row, together, beside[row.id]) for row in _in_order(checklist, failed))


def _beside(session: Session, failed: Sequence[Answer]) -> dict[UUID, _Beside]:
    ids = [row.id for row in failed]
    readings: dict[UUID, list[Measured]] = {one: [] for one in ids}
    query = select(Reading).where(Reading.answer_id.in_(ids), Reading.voided.is_(False)).order_by(Reading.position)
    for one in session.scalars(query):
        readings[one.answer_id].append(Measured(one.gas, one.value, one.unit, Verdict(one.verdict)))
    counted = select(Photo.answer_id, func.count()).where(Photo.answer_id.in_(ids), Photo.voided.is_(False))
    photos: dict[UUID | None, int] = dict(session.execute(counted.group_by(Photo.answer_id)).all())
    things = {row.object_id for row in failed if row.object_id}
    named = select(HighRiskObject.id, HighRiskObject.name).where(HighRiskObject.id.in_(things))
    names: dict[UUID | None, str] = dict(session.execute(named).all())
    return {row.id: _Beside(readings[row.id], names.get(row.object_id), photos.get(row.id, 0)) for row in failed}


def _problem(
    inspection: Inspection, checklist: Checklist, row: Answer, together: set[str], beside: _Beside
) -> FoundProblem:
    """What `found_hazards.hazard_of` will write, without writing it."""
    item = checklist.item(row.item)
    own = Level(row.level) if row.level else None
    judged = judged_level(checklist, row.item, together, own)
    found_on = local_date(inspection.started_at)
    due = row.due or due_date(found_on, item.days)
    filled = row.filled or {}
    place = row.place or beside.thing
    return FoundProblem(
        answer_id=row.id,
        item=row.item,
        object_id=row.object_id,
        text=said_of(item, filled, place, beside.readings, row.note),
        place=place,
        measure=filled.get(MEASURE) or item.measure,
        level=judged.level,
        own_level=own,
        level_reason=judged.reason,
        due=due,
        own_due=row.due,
        days=(due - found_on).days,
        is_long=is_long(due, found_on),
        photos=beside.photos,
    )


def _in_order(checklist: Checklist, rows: Sequence[Answer]) -> list[Answer]:
    places = {item.id: at for at, item in enumerate(checklist.items)}
    return sorted(rows, key=lambda row: (places[row.item], str(row.object_id or "")))
