"""A check while it is walked, as plain values: what the checklist says of each item, and what was answered so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from safetydesk.domain.checklist import Checklist, ChecklistItem, MajorRule
from safetydesk.domain.finding_choices import Alternative
from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level, Result
from safetydesk.domain.limits import Verdict

AnswerKey = tuple[str, UUID | None]  # the item, and the object where an answer is about one


@dataclass(frozen=True)
class BasisShown:
    """One legal basis: how it is cited, what it demands in our words, and whether anybody has seen its text."""

    law: str
    article: str
    text: str
    gist: str
    verified: bool
    gist_verified: bool
    is_reference: bool
    note: str


@dataclass(frozen=True)
class CriterionShown:
    """One criterion of the major-hazard standard that an item bears on, and how."""

    id: str
    article: str  # with the standard's short name
    text: str
    exceptions: tuple[str, ...]
    rule: MajorRule
    verified: bool


@dataclass(frozen=True)
class LimitShown:
    """One limit in words: 不低于 19.5 %VOL, and where that stands."""

    gas: str
    name: str
    unit: str
    text: str
    source: str
    verified: bool


@dataclass(frozen=True)
class GapShown:
    """One gap of the finding's sentence with the examples that its words give."""

    gap: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class LastAnswer:
    """What the same item gave at this enterprise the last time. `state` is that of the hazard it found."""

    on: date
    result: Result
    state: HazardState | None
    is_open: bool


@dataclass(frozen=True)
class ItemShown:
    """One item. `basis` and `criteria` are ready to be read; the rest is the checklist's own."""

    number: int
    item: ChecklistItem
    basis: tuple[BasisShown, ...]
    criteria: tuple[CriterionShown, ...]
    limits: tuple[LimitShown, ...]
    gaps: tuple[GapShown, ...]
    alternatives: tuple[Alternative, ...]
    last: LastAnswer | None

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def is_verified(self) -> bool:
        """Nothing of what binds is 待核."""
        return all(one.verified for one in self.basis if not one.is_reference)


@dataclass(frozen=True)
class SectionShown:
    key: str
    title: str
    items: tuple[ItemShown, ...]


@dataclass(frozen=True)
class ReadingState:
    value: float
    unit: str
    gas: str
    point: str
    instrument: str
    verdict: Verdict
    taken_at: datetime | None


@dataclass(frozen=True)
class AnswerState:
    """One answer, whole, as it is stored. An empty text says nothing."""

    item: str
    object: UUID | None
    result: Result
    answered_at: datetime
    note: str = ""
    place: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    deadline: date | None = None
    readings: tuple[ReadingState, ...] = ()

    @property
    def key(self) -> AnswerKey:
        return self.item, self.object


@dataclass(frozen=True)
class PhotoShown:
    """One photo of the visit; without an item it belongs to the visit as a whole."""

    id: UUID
    item: str | None
    object: UUID | None
    name: str
    taken_at: datetime | None


@dataclass(frozen=True)
class ObjectShown:
    id: UUID
    kind: str
    name: str


@dataclass(frozen=True)
class Walk:
    """Everything the walk needs. `answers` are the stored ones; an item without one was not answered."""

    inspection_id: UUID
    enterprise_id: UUID
    enterprise: str
    title: str
    checklist: Checklist
    started_at: datetime
    started_on: date
    finished_at: datetime | None
    today: date
    longest_side: int  # what a photo is reduced to, px
    sections: tuple[SectionShown, ...]
    answers: Mapping[AnswerKey, AnswerState]
    photos: tuple[PhotoShown, ...]
    objects: tuple[ObjectShown, ...]

    @property
    def items(self) -> Iterator[ItemShown]:
        return (item for section in self.sections for item in section.items)

    def with_answer(self, key: AnswerKey, state: AnswerState | None) -> Walk:
        """The same walk after one answer was stored or taken back."""
        answers = dict(self.answers)
        answers.pop(key, None)
        return replace(self, answers=answers if state is None else {**answers, key: state})

    def with_photos(self, photos: tuple[PhotoShown, ...]) -> Walk:
        return replace(self, photos=photos)


@dataclass(frozen=True)
class Put:
    """One answer stored: what was before (none: nobody had answered) and what is now."""

    key: AnswerKey
    before: AnswerState | None
    now: AnswerState | None
