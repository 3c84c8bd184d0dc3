"""From a failed answer to the hazard (隐患) it found: its words, its level, its basis as it stood on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.checklist import Checklist, ChecklistItem, LegalReference, Role
from safetydesk.domain.deadlines import due_date
from safetydesk.domain.finding_choices import MEASURE, RESERVED, SENTENCE, is_open, own_sentence
from safetydesk.domain.finding_text import finding_text, needs_bare
from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Level
from safetydesk.domain.limits import Verdict, limit_for
from safetydesk.models.tables import (
    Answer,
    Hazard,
    HighRiskObject,
    Inspection,
    Reading,
)
from safetydesk.workflows import hazards, law_view
from safetydesk.workflows.desk import Desk, local_date
from safetydesk.workflows.judging import judged_level


def hazard_of(
    session: Session, desk: Desk, inspection: Inspection, checklist: Checklist, row: Answer, failed: set[str]
) -> UUID:
    item = checklist.item(row.item)
    level = judged_level(checklist, row.item, failed, Level(row.level) if row.level else None)
    found_on = local_date(inspection.started_at)
    place = row.place or _object_name(session, row.object_id)
    hazard = Hazard(
        id=derived_id("hazard", row.id.hex),
        enterprise_id=row.enterprise_id,
        inspection_id=inspection.id,
        answer_id=row.id,
        item=row.item,
        object_id=row.object_id,
        text=_text(session, row, item, place),
        place=place,
        level=level.level,
        criteria=list(level.criteria),
        level_reason=level.reason,
        basis=_basis(session, item),
        measure=(row.filled or {}).get(MEASURE) or item.measure,
        due=row.due or due_date(found_on, item.days),
        found_on=found_on,
    )
    session.add(hazard)
    session.flush()
    hazards.found(session, desk, hazard)
    return hazard.id


def _object_name(session: Session, object_id: UUID | None) -> str | None:
    thing = session.get(HighRiskObject, object_id) if object_id else None
    return thing.name if thing else None


def _text(session: Session, row: Answer, item: ChecklistItem, place: str | None) -> str:
    query = select(Reading).where(Reading.answer_id == row.id, Reading.voided.is_(False)).order_by(Reading.position)
    readings = [Measured(one.gas, one.value, one.unit, Verdict(one.verdict)) for one in session.scalars(query)]
    return said_of(item, row.filled or {}, place, readings, row.note)


@dataclass(frozen=True)
class Measured:
    """A reading as a sentence tells it."""

    gas: str | None
    value: float
    unit: str | None
    verdict: Verdict


def said_of(
    item: ChecklistItem, filled: Mapping[str, str], place: str | None, readings: Iterable[Measured], note: str | None
) -> str:
    """The words of a finding: the item's sentence, or the one that the inspector chose or wrote in its stead."""
    told = [(reading, _is_breach(item, reading)) for reading in readings if _is_told(item, reading)]
    chosen = own_sentence(filled.get(SENTENCE, "").strip(), item.finding)
    return finding_text(
        chosen or item.finding,
        item.text,
        filled={gap: text for gap, text in filled.items() if gap not in RESERVED and not is_open(gap, text)},
        bare=item.bare if not chosen or needs_bare(chosen) else None,
        place=place,
        measured=[_measured(item, reading, breach) for reading, breach in told],
        breached=any(breach for _, breach in told),
        note=note,
    )


def _is_told(item: ChecklistItem, reading: Measured) -> bool:
    """A bare number of an item with several limits says nothing to a reader."""
    return bool(reading.gas or reading.unit) or len(item.limits) < 2


def _is_breach(item: ChecklistItem, reading: Measured) -> bool:
    """Whether paper may say that a reading is out of its limits: a limit without a source accuses nobody."""
    limit = limit_for(item.limits, reading.gas, reading.unit)
    return limit is not None and limit.law is not None and reading.verdict.is_breach


def _measured(item: ChecklistItem, reading: Measured, breach: bool) -> str:
    """氧 18.2 %VOL，低于下限. Brackets and Chinese units stand close, and cubic metres get their raised three."""
    limit = limit_for(item.limits, reading.gas, reading.unit)
    name = limit.name if limit else reading.gas or ""
    unit = (reading.unit or "").replace("/m3", "/m³")
    value = f"{reading.value:.10g}{'' if unit in ('点', '人', '次') else ' '}{unit}".strip()
    said = f"{name}{value}" if name.endswith("）") else f"{name} {value}".strip()
    return f"{said}，{reading.verdict.label}" if breach else said


def _basis(session: Session, item: ChecklistItem) -> list[Any]:
    """The references as they stood on the day; what does not bind comes after what does."""
    known = law_view.corrections(session)
    return [law_view.basis_value(reference, known) for reference in sorted(item.basis, key=_binding_first)]


def _binding_first(reference: LegalReference) -> bool:
    return reference.role is not Role.BINDING
