"""While somebody types: is the reading within its limits, what will the notice say, is it a suspected major hazard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.checklist import Checklist, ChecklistItem
from safetydesk.domain.finding_choices import RESERVED, SENTENCE, is_open
from safetydesk.domain.finding_text import MEASURED, PLACE, gaps
from safetydesk.domain.kinds import Level
from safetydesk.domain.limits import Verdict, exact, is_approximate, is_known_unit, judge, limit_for
from safetydesk.models.tables import Answer, Inspection
from safetydesk.workflows import walking_items as items
from safetydesk.workflows.answering import ReadingInput
from safetydesk.workflows.found_hazards import Measured, said_of
from safetydesk.workflows.judging import judged_level
from safetydesk.workflows.walking_shapes import AnswerState, CriterionShown, ItemShown, LimitShown

_VISITS_HEARD = 60  # of the latest visits the words are offered again
_MOST_PHRASES = 40
NOTE = "备注"


class Doubt(StrEnum):
    """Why a reading could not be judged."""

    WHICH = "which"  # several limits, and nobody said of which
    UNIT = "unit"  # no unit, or one that cannot be compared
    IMPOSSIBLE = "impossible"  # negative: the instrument drifts
    NO_LIMIT = "no_limit"


@dataclass(frozen=True)
class Judged:
    """A reading against its limit. `approximate`: by the ppm equivalent, to be trusted less near the limit."""

    verdict: Verdict
    limit: LimitShown | None = None
    doubt: Doubt | None = None
    approximate: bool = False


@dataclass(frozen=True)
class FindingPreview:
    """The statement of fact as the notice will print it, and the gaps that keep the fuller sentence away."""

    text: str
    open_gaps: tuple[str, ...]


@dataclass(frozen=True)
class LevelShown:
    """The level in force, what the rules say by themselves, and the criteria to be looked at.

    `missing`: criteria that would hold if one of these items failed as well.
    """

    level: Level
    by_rule: Level
    pointing: tuple[CriterionShown, ...]
    depending: tuple[CriterionShown, ...]
    missing: tuple[tuple[CriterionShown, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Phrase:
    """Words that were used before, and for what: a gap's name, 部位, 备注 or 问题描述."""

    target: str
    text: str
    count: int


def judged(item: ChecklistItem, value: float, unit: str | None, gas: str | None) -> Judged:
    """One reading while it is typed. Raises ReadingNotANumber."""
    exact(value)
    if not item.limits:
        return Judged(Verdict.UNJUDGED, doubt=Doubt.NO_LIMIT)
    if not unit and len(item.limits) == 1:
        unit = item.limits[0].unit
    limit = limit_for(item.limits, gas or None, unit)
    if limit is None:
        return Judged(Verdict.UNJUDGED, doubt=Doubt.WHICH)
    verdict = judge(limit, value, unit)
    return Judged(
        verdict,
        items.limit_shown(limit),
        _doubt(value, unit) if verdict is Verdict.UNJUDGED else None,
        is_approximate(limit, unit) and verdict is not Verdict.UNJUDGED,
    )


def preview_finding(
    item: ChecklistItem,
    filled: Mapping[str, str],
    place: str,
    note: str,
    readings: Sequence[ReadingInput] = (),
) -> FindingPreview:
    """What the notice would say now."""
    measured = [_measured(item, reading) for reading in readings]
    text = said_of(item, filled, place or None, measured, note or None)
    sentence = filled.get(SENTENCE) or item.finding
    breached = any(one.verdict.is_breach for one in measured)
    return FindingPreview(
        text,
        tuple(
            gap
            for gap in gaps(sentence)
            if is_open(gap, filled.get(gap, "")) and not (gap == PLACE and place) and not (gap == MEASURED and breached)
        ),
    )


def preview_stored(item: ChecklistItem, state: AnswerState, place: str) -> str:
    """What the notice would say of an answer as it is stored; its readings keep the verdicts they were given."""
    readings = [Measured(one.gas or None, one.value, one.unit or None, one.verdict) for one in state.readings]
    return said_of(item, state.filled, place or None, readings, state.note or None)


def level_in_view(checklist: Checklist, shown: ItemShown, failed: Collection[str], decided: Level | None) -> LevelShown:
    """The level of a fail among all that failed, with every criterion that the item bears on in its place."""
    together = {*failed, shown.id}
    rules = judged_level(checklist, shown.id, together, None)
    strong = set(rules.criteria)
    pointing = tuple(one for one in shown.criteria if one.id in strong and one.rule.when != "depends")
    depending = tuple(one for one in shown.criteria if one.rule.when == "depends")
    missing = tuple(
        (one, one.rule.with_items) for one in shown.criteria if one.rule.when == "together" and one.id not in strong
    )
    return LevelShown(decided or rules.level, rules.level, pointing, depending, missing)


def phrases(session: Session, item: str, but: UUID) -> tuple[Phrase, ...]:
    """Words that the latest visits used for this item, the most used first."""
    latest = (
        select(Inspection.id)
        .where(Inspection.id != but, Inspection.voided_at.is_(None))
        .order_by(Inspection.started_at.desc())
        .limit(_VISITS_HEARD)
    )
    query = select(Answer.filled, Answer.note).where(Answer.inspection_id.in_(latest), Answer.item == item)
    counts: dict[tuple[str, str], int] = {}
    for filled, note in session.execute(query):
        for said in [*_said(filled or {}), (NOTE, note or "")]:
            if said[1]:
                counts[said] = counts.get(said, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])[:_MOST_PHRASES]
    return tuple(Phrase(target, text, count) for (target, text), count in ordered)


def initials_of(texts: Iterable[str]) -> dict[str, str]:
    """The pinyin initials of each text, to be found by them. Slow the first time: for the pool."""
    from safetydesk.workflows.initials import initials

    return {text: initials(text) for text in texts}


def _said(filled: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((gap, text) for gap, text in filled.items() if gap != PLACE and (gap == SENTENCE or gap not in RESERVED))


def _doubt(value: float, unit: str | None) -> Doubt:
    return Doubt.IMPOSSIBLE if value < 0 and unit and is_known_unit(unit) else Doubt.UNIT


def _measured(item: ChecklistItem, reading: ReadingInput) -> Measured:
    """As it will be stored: the gas of the limit it belongs to, and its verdict."""
    unit = reading.unit or (item.limits[0].unit if len(item.limits) == 1 else None)
    limit = limit_for(item.limits, reading.gas or None, unit)
    verdict = Verdict.UNJUDGED if limit is None else judge(limit, reading.value, unit)
    return Measured(limit.gas if limit else reading.gas, reading.value, unit, verdict)
