"""Recording answers: every one is on disk, whole, when the verb's transaction ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from safetydesk.documents.clean import one_line, paragraphs
from safetydesk.documents.photos import SitePhoto, read_photo
from safetydesk.domain.checklist import Checklist, ChecklistItem
from safetydesk.domain.deadlines import check_due
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Level, Result
from safetydesk.domain.limits import Verdict, exact, judge, limit_for, normalise_unit
from safetydesk.models import clock as clocks
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.tables import (
    Answer,
    HighRiskObject,
    Inspection,
    Photo,
    Reading,
)
from safetydesk.workflows import checklists, finding, settings
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, local_date

LONGEST_NOTE = 2_000
_AGAINST_PASS = Prepared(
    select(Reading.value, Reading.unit, Reading.verdict)
    .where(
        Reading.answer_id == bindparam("answer_id"),
        Reading.voided.is_(False),
        Reading.verdict != literal_column(f"'{Verdict.WITHIN}'"),
    )
    .order_by(Reading.verdict == literal_column(f"'{Verdict.UNJUDGED}'"), Reading.position)
)
_ANSWERED = Prepared(select(Answer.id).where(Answer.id == bindparam("row_id")))
_VISIT = Prepared(
    select(
        Inspection.id, Inspection.enterprise_id, Inspection.template_id, Inspection.started_at, Inspection.finished_at
    ).where(Inspection.id == bindparam("visit_id"), Inspection.voided_at.is_(None))
)


class UnknownItem(SafetyDeskError):
    """An answer for an item that this checklist does not have. facts: item, checklist."""

    code = "unknown_item"


class UnknownObject(SafetyDeskError):
    """facts: object, item."""

    code = "unknown_object"


class InspectionFinished(SafetyDeskError):
    code = "inspection_finished"


class PassAgainstReading(SafetyDeskError):
    """A reading out of its limits cannot stand beside a pass. facts: item, value, unit, limit."""

    code = "pass_against_reading"


class ReadingUnclear(SafetyDeskError):
    """A pass beside a reading that no limit can judge. facts: item, value, unit, known (the item's limits)."""

    code = "reading_unclear"


class DoubledItem(SafetyDeskError):
    """One item answered twice at once: which one counts? facts: item."""

    code = "doubled_item"


class NoteTooLong(SafetyDeskError):
    """facts: item, most."""

    code = "note_too_long"


@dataclass(frozen=True)
class Visit:
    """What answering needs to know of an inspection, read afresh for every answer."""

    id: UUID
    enterprise_id: UUID
    template_id: UUID
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class ReadingInput:
    value: float
    unit: str | None = None
    gas: str | None = None
    point: str | None = None
    instrument: str | None = None


class Part(StrEnum):
    """What of an answer a person can empty again."""

    NOTE = "note"
    PLACE = "place"
    FILLED = "filled"
    LEVEL = "level"
    DEADLINE = "deadline"
    READINGS = "readings"


@dataclass(frozen=True)
class AnswerInput:
    """One answer as a person gives it. What is None was not said: an earlier note or photo stays.

    What is `cleared` is emptied first, so that only what this answer says of it stands.
    """

    item: str
    result: Result
    object: UUID | None = None
    note: str | None = None
    place: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    deadline: date | None = None
    readings: Sequence[ReadingInput] = ()
    photos: Sequence[Path] = ()
    cleared: Collection[Part] = ()


def visit_of(session: Session, text: str) -> Visit:
    """By its id. Raises UnknownInspection."""
    visit_id = finding.as_id(text)
    row = _VISIT.first(session, {"visit_id": visit_id}) if visit_id else None
    if row is None:
        raise finding.UnknownInspection(given=text)
    return Visit(*row)


def answer(session: Session, desk: Desk, visit: Visit | Inspection, answers: Sequence[AnswerInput]) -> Changes:
    """Record answers; one for an item already answered replaces it.

    Raises InspectionFinished, UnknownItem, UnknownObject, PassAgainstReading, ReadingNotANumber, DueBeforeInspection,
    NoteTooLong, and what is wrong with a photo: then nothing of it was taken.
    """
    if visit.finished_at is not None:
        raise InspectionFinished
    checklist = checklists.frozen(session, visit.template_id)
    _check_doubled(answers)
    answers = [_cleaned(one) for one in answers]
    answers = [
        replace(one, readings=[_with_unit(checklist.item(one.item), reading) for reading in one.readings])
        if one.item in checklist
        else one
        for one in answers
    ]
    _check(session, visit, checklist, answers)
    longest = int(settings.value_of(session, "photo.longest_side")) if any(one.photos for one in answers) else 0
    for one in answers:
        photos = [read_photo(path, longest) for path in one.photos]
        answer_id = _put_answer(session, desk, visit, one)
        _put_readings(session, desk, visit, answer_id, one, checklist.item(one.item))
        for photo in photos:
            put_photo(session, desk, visit, answer_id, photo)
    clocks.record(
        session,
        "inspection.answered",
        f"inspection:{visit.id.hex}",
        {"items": [one.item for one in answers]},
        visit.enterprise_id,
    )
    return Changes(inspections=True)


def _check_doubled(answers: Sequence[AnswerInput]) -> None:
    seen: set[tuple[str, UUID | None]] = set()
    for one in answers:
        if (one.item, one.object) in seen:
            raise DoubledItem(item=one.item)
        seen.add((one.item, one.object))


def _check_printable(one: AnswerInput) -> None:
    """What goes onto paper must be in its faces: said now, while it can still be mended. Raises MissingGlyphs."""
    rare = {
        character for text in _written(one) for character in text if character > "\uffff" or not _is_common(character)
    }
    if not rare:
        return
    from safetydesk.documents.checks import check_text

    check_text(f"{one.item} 的文字", "".join(sorted(rare)))


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character.isascii()
    return True


def _check(session: Session, visit: Visit | Inspection, checklist: Checklist, answers: Sequence[AnswerInput]) -> None:
    """Everything that can be refused before anything is written."""
    day = local_date(visit.started_at)
    for one in answers:
        if one.item not in checklist:
            raise UnknownItem(item=one.item, checklist=checklist.title)
        if sum(map(len, _written(one))) > LONGEST_NOTE:
            raise NoteTooLong(item=one.item, most=LONGEST_NOTE)
        _check_printable(one)
        if one.deadline is not None:
            check_due(one.deadline, day, one.item)
        for reading in one.readings:
            _check_reading(checklist.item(one.item), one, reading)
        if one.result is Result.PASS and not one.readings and Part.READINGS not in one.cleared:
            _check_earlier_readings(session, visit, one, checklist.item(one.item))
        if one.object is not None:
            row = session.get(HighRiskObject, one.object)
            if row is None or row.enterprise_id != visit.enterprise_id:
                raise UnknownObject(object=str(one.object), item=one.item)


def _check_reading(item: ChecklistItem, one: AnswerInput, reading: ReadingInput) -> None:
    """A pass stands only beside a reading that was judged: in doubt nobody may enter on a guess of ours."""
    exact(reading.value)
    if one.result is not Result.PASS or not item.limits:
        return
    limit = limit_for(item.limits, reading.gas, reading.unit)
    verdict = Verdict.UNJUDGED if limit is None else judge(limit, reading.value, reading.unit)
    if limit is None or verdict is Verdict.UNJUDGED:
        raise ReadingUnclear(item=one.item, value=reading.value, unit=reading.unit or "", known=_known(item))
    if verdict.is_breach:
        raise PassAgainstReading(item=one.item, value=reading.value, unit=reading.unit or "", limit=limit.name)


def _with_unit(item: ChecklistItem, reading: ReadingInput) -> ReadingInput:
    """A reading without a unit is in the unit of the item's only limit."""
    if reading.unit or len(item.limits) != 1:
        return reading
    return replace(reading, unit=item.limits[0].unit)


def _check_earlier_readings(session: Session, visit: Visit | Inspection, one: AnswerInput, item: ChecklistItem) -> None:
    """A pass that brings no reading stands beside the ones that are there: none out of its limits, none unjudged."""
    against = _AGAINST_PASS.first(session, {"answer_id": _answer_id(visit, one)})
    if against is None:
        return
    value, unit, verdict = against
    if Verdict(verdict).is_breach:
        raise PassAgainstReading(item=one.item, value=value, unit=unit or "", limit="先前的")
    if item.limits:
        raise ReadingUnclear(item=one.item, value=value, unit=unit or "", known=_known(item))


def _known(item: ChecklistItem) -> str:
    return "、".join(f"{each.name}（{each.gas}，{each.unit}）" for each in item.limits)


def _cleaned(one: AnswerInput) -> AnswerInput:
    """Without what cannot be seen: a control character is never meant, and one of the databases refuses it."""
    readings = [
        ReadingInput(each.value, _line(each.unit), _line(each.gas), _line(each.point), _line(each.instrument))
        for each in one.readings
    ]
    note = None if one.note is None else "\n".join(paragraphs(one.note))
    filled = {one_line(gap): one_line(text) for gap, text in one.filled.items()}
    return replace(one, note=note, place=_line(one.place), filled=filled, readings=readings)


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)


def _written(one: AnswerInput) -> list[str]:
    """Everything that a person wrote into one answer."""
    texts = [one.note, one.place, *one.filled, *one.filled.values()]
    for reading in one.readings:
        texts += [reading.unit, reading.gas, reading.point, reading.instrument]
    return [text for text in texts if text]


def answer_id_of(inspection_id: UUID, item: str, thing: UUID | None = None) -> UUID:
    """The id that the answer to an item (of an object) has or will have."""
    return derived_id("answer", inspection_id.hex, item, thing.hex if thing else "")


def _answer_id(visit: Visit | Inspection, one: AnswerInput) -> UUID:
    return answer_id_of(visit.id, one.item, one.object)


def _put_answer(session: Session, desk: Desk, visit: Visit | Inspection, one: AnswerInput) -> UUID:
    row_id = _answer_id(visit, one)
    if _ANSWERED.first(session, {"row_id": row_id}) is None:
        clocks.insert_rows(session, Answer, [_first_answer(desk, visit, one, row_id)])
        return row_id
    row = session.get_one(Answer, row_id)
    row.result = one.result
    row.level = one.level if one.level is not None or Part.LEVEL in one.cleared else row.level
    row.due = one.deadline if one.deadline is not None or Part.DEADLINE in one.cleared else row.due
    row.note = one.note if one.note is not None or Part.NOTE in one.cleared else row.note
    row.place = one.place if one.place is not None or Part.PLACE in one.cleared else row.place
    earlier = {} if Part.FILLED in one.cleared else row.filled or {}
    row.filled = {**earlier, **one.filled} or None
    row.answered_at = desk.now()
    return row_id


def _first_answer(desk: Desk, visit: Visit | Inspection, one: AnswerInput, row_id: UUID) -> dict[str, Any]:
    return {
        "id": row_id,
        "enterprise_id": visit.enterprise_id,
        "inspection_id": visit.id,
        "item": one.item,
        "object_id": one.object,
        "result": one.result,
        "level": one.level,
        "due": one.deadline,
        "note": one.note,
        "place": one.place,
        "filled": dict(one.filled) or None,
        "answered_at": desk.now(),
    }


def _put_readings(
    session: Session, desk: Desk, visit: Visit | Inspection, answer_id: UUID, one: AnswerInput, item: ChecklistItem
) -> None:
    """New readings take the place of the earlier ones of this answer, which stay as voided rows."""
    if not one.readings and Part.READINGS not in one.cleared:
        return
    earlier = {
        reading.id: reading for reading in session.scalars(select(Reading).where(Reading.answer_id == answer_id))
    }
    for position, reading in enumerate(one.readings):
        limit = limit_for(item.limits, reading.gas, reading.unit)
        verdict = Verdict.UNJUDGED if limit is None else judge(limit, reading.value, reading.unit)
        row_id = derived_id("reading", answer_id.hex, position)
        stored = earlier.pop(row_id, None)
        if stored is None:
            stored = Reading(id=row_id, enterprise_id=visit.enterprise_id, answer_id=answer_id, position=position)
            session.add(stored)
        stored.gas = limit.gas if limit else reading.gas
        stored.value, stored.unit, stored.verdict = reading.value, normalise_unit(reading.unit) or None, verdict
        stored.point, stored.instrument = reading.point, reading.instrument
        stored.taken_at, stored.voided = desk.now(), False
    for left in earlier.values():
        left.voided = True


def put_photo(
    session: Session, desk: Desk, visit: Visit | Inspection, answer_id: UUID | None, photo: SitePhoto
) -> UUID:
    """Keep one photo with an answer, or with the visit as a whole. The same picture stands there once.

    One that was removed before, or moved to another item, is back where it is put now.
    """
    digest = desk.blobs.put(session, photo.jpeg)
    row_id = derived_id("photo", (answer_id or visit.id).hex, photo.original_digest)
    known = session.get(Photo, row_id)
    if known is not None:
        known.voided, known.answer_id = False, answer_id
        return row_id
    session.add(
        Photo(
            id=row_id,
            enterprise_id=visit.enterprise_id,
            inspection_id=visit.id,
            answer_id=answer_id,
            digest=digest,
            original_digest=photo.original_digest,
            original_name=photo.original_name,
            width=photo.width,
            height=photo.height,
            size=len(photo.jpeg),
            taken_at=photo.taken_at,
            longitude=photo.longitude,
            latitude=photo.latitude,
            voided=False,
        )
    )
    return row_id
