"""The search box over everything: enterprises, hazards, papers and checks that wait to be gone on with.

Enterprises come from the index. Hazards and papers are found by their own words and by those of their enterprises;
of a word that fits very many enterprises only the likeliest are followed further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import LABELS, InspectionKind, Level, PaperKind
from safetydesk.models.dialect import search
from safetydesk.models.dialect.grams import folded
from safetydesk.models.tables import Enterprise, EnterpriseSearch, Hazard, Inspection, Paper, Template
from safetydesk.workflows import hazard_list
from safetydesk.workflows.desk import local_date
from safetydesk.workflows.hazard_list import ListedHazard

MOST_ENTERPRISES = 6
MOST_OTHERS = 4
_FOLLOWED = 200  # enterprises of one word whose hazards, papers and checks are looked at
_LOOKED_AT = 40
_BRACKETS = "()[]{}（）〔〕【】［］"
_IN_NUMBERS = "（）〔〕"
_NO_BRACKETS = str.maketrans("", "", _BRACKETS)
_TOLD = (
    *("short_name", "principal", "legal_person", "safety_manager", "contact", "phone", "principal_phone"),
    *("legal_person_phone", "safety_manager_phone", "uscc", "zone", "address"),
)


class FoundKind(StrEnum):
    """What was found, in the order of the list."""

    ENTERPRISE = "enterprise"
    HAZARD = "hazard"
    PAPER = "paper"
    INSPECTION = "inspection"


Span = tuple[int, int]  # from, to


@dataclass(frozen=True)
class FoundRow:
    """One line of the list. `key` is the id, of a paper its number; `note` says where the words stand if not in the title.

    The marks are the parts in which the words were found.
    """

    kind: FoundKind
    key: UUID | str
    title: str
    note: str
    title_marks: tuple[Span, ...] = ()
    note_marks: tuple[Span, ...] = ()
    risk: str | None = None
    level: Level | None = None
    on: date | None = None  # begun, issued; of a hazard the last good day
    days_left: int | None = None


@dataclass(frozen=True)
class FoundGroup:
    kind: FoundKind
    rows: tuple[FoundRow, ...]
    has_more: bool


def find(session: Session, on: date, text: str) -> tuple[FoundGroup, ...]:
    """What holds every word of `text`, in groups, the likeliest first; no group is empty."""
    words = search.words_in([text])
    if not words:
        return ()
    looked_up = _Words(session, words)
    groups = [_enterprises(session, looked_up)]
    if len("".join(words)) > 1 or not text.isascii():  # a single letter or digit is in every text
        groups += [_hazards(session, on, looked_up), _papers(session, looked_up), _inspections(session, looked_up)]
    return tuple(group for group in groups if group.rows)


class _Words:
    """The words, and which enterprises each of them leads to."""

    def __init__(self, session: Session, words: Sequence[str]) -> None:
        self.words = words
        self.enterprises = search.find(session, words, _FOLLOWED)
        self._session = session
        self._each: dict[str, list[UUID]] = {words[0]: self.enterprises} if len(words) == 1 else {}

    def leads_to(self, word: str) -> list[UUID]:
        if word not in self._each:
            self._each[word] = search.find(self._session, [word], _FOLLOWED)
        return self._each[word]


def _enterprises(session: Session, words: _Words) -> FoundGroup:
    ids = words.enterprises[: MOST_ENTERPRISES + 1]
    columns = (Enterprise.id, Enterprise.name, Enterprise.village, Enterprise.risk)
    more = [getattr(Enterprise, key) for key in _TOLD]
    query = select(*columns, *more, EnterpriseSearch.haystack).where(Enterprise.id.in_(ids))
    query = query.join(EnterpriseSearch, EnterpriseSearch.enterprise_id == Enterprise.id)
    known = {row.id: row for row in session.execute(query.where(Enterprise.voided_at.is_(None)))}
    rows = [_enterprise(known[one], words.words) for one in ids if one in known]
    return FoundGroup(FoundKind.ENTERPRISE, tuple(rows[:MOST_ENTERPRISES]), len(rows) > MOST_ENTERPRISES)


def _enterprise(row: Any, words: Sequence[str]) -> FoundRow:
    spelled = [span for word in words if word not in folded(row.name) for span in _spelled(row, word)]
    said = [row.village, *(_why(row, word) for word in words)]
    note = " · ".join(dict.fromkeys(one for one in said if one))
    return FoundRow(
        FoundKind.ENTERPRISE,
        row.id,
        row.name,
        note,
        title_marks=tuple(sorted({*marks(row.name, words), *spelled})),
        note_marks=marks(note, words),
        risk=row.risk,
    )


def _spelled(row: Any, word: str) -> Iterator[Span]:
    """The characters of the name that were typed by their initials."""
    letters = [at for at, character in enumerate(row.name) if character.isalnum()]
    for initials in search.initials_in(row.haystack):
        start = initials.find(word)
        if start >= 0 and len(initials) == len(letters):
            yield letters[start], letters[start + len(word) - 1] + 1
            return


def _why(row: Any, word: str) -> str | None:
    """Where the word stands if it is neither in the name nor in the village."""
    from safetydesk.domain.enterprise_fields import BY_KEY  # the window starts without it

    if word in folded(row.name) or word in folded(row.village or ""):
        return None
    for key in _TOLD:
        value = getattr(row, key)
        if value and word in folded(value):
            return f"{BY_KEY[key].label} {value}"
    return None


def _hazards(session: Session, on: date, words: _Words) -> FoundGroup:
    """What is open first, by deadline; then the newest of what has ended."""
    query = select(Hazard.id)
    for word in words.words:
        columns = (Hazard.text, Hazard.place, Hazard.item)
        held = [search.holds(session, column, word) for column in columns]
        query = query.where(or_(*held, Hazard.enterprise_id.in_(words.leads_to(word))))
    ids = list(session.scalars(query.order_by(Hazard.found_on.desc(), Hazard.id).limit(_LOOKED_AT)))
    listed = hazard_list.rows(session, on, ids)
    listed.sort(key=lambda one: (one.days_left is None, one.due if one.days_left is not None else on))
    rows = [_hazard(one, words.words) for one in listed[:MOST_OTHERS]]
    return FoundGroup(FoundKind.HAZARD, tuple(rows), len(listed) > MOST_OTHERS)


def _hazard(one: ListedHazard, words: Sequence[str]) -> FoundRow:
    said = [LABELS[one.level]] if one.level is Level.MAJOR else []
    note = " · ".join([*said, one.enterprise, one.state_label])
    return FoundRow(
        FoundKind.HAZARD,
        one.id,
        one.text,
        note,
        title_marks=marks(one.text, words),
        note_marks=marks(note, words),
        level=one.level,
        on=one.due if one.days_left is not None else None,
        days_left=one.days_left,
    )


def _papers(session: Session, words: _Words) -> FoundGroup:
    """By parts of the number, whatever brackets were typed, and by the enterprise."""
    numbers = list(dict.fromkeys(_numbers(session, words)))[: MOST_OTHERS + 1]
    query = (
        select(Paper.number, Paper.kind, Paper.issued_on, Enterprise.name)
        .join(Enterprise, Enterprise.id == Paper.enterprise_id, isouter=True)
        .where(Paper.number.in_(numbers))
    )
    known = {row.number: row for row in session.execute(query)}
    rows = [_paper(known[number], words.words) for number in numbers]
    return FoundGroup(FoundKind.PAPER, tuple(rows[:MOST_OTHERS]), len(rows) > MOST_OTHERS)


def _paper(row: Any, words: Sequence[str]) -> FoundRow:
    note = " · ".join(one for one in (LABELS[PaperKind(row.kind)], row.name) if one)
    return FoundRow(
        FoundKind.PAPER,
        row.number,
        row.number,
        note,
        title_marks=marks(row.number, [word.translate(_NO_BRACKETS) for word in words], passed_over=_IN_NUMBERS),
        note_marks=marks(note, words),
        on=row.issued_on,
    )


def _numbers(session: Session, words: _Words) -> Iterator[str]:
    """Numbers that hold all words; then those that hold some while the others lead to the enterprise."""
    plain: ColumnElement[str] = func.lower(Paper.number)
    for bracket in _IN_NUMBERS:
        plain = func.replace(plain, bracket, "")
    parts = {word: part for word in words.words if (part := word.translate(_NO_BRACKETS))}
    in_number = [word for word in parts if _is_in_a_number(session, plain, parts[word])]
    held = [plain.contains(parts[word], autoescape=True) for word in in_number]
    others = [word for word in words.words if word not in in_number]
    newest = select(Paper.number).order_by(Paper.issued_at.desc(), Paper.number).limit(_LOOKED_AT)
    if in_number and not others:
        # the index is read for it, not the papers, which are large
        yield from session.scalars(newest.where(Paper.number.in_(select(Paper.number).where(*held))))
        others, held = list(words.words), []
    enterprises = search.find(session, others, _FOLLOWED)
    yield from session.scalars(newest.where(Paper.enterprise_id.in_(enterprises), *held))


def _is_in_a_number(session: Session, plain: ColumnElement[str], part: str) -> bool:
    return session.scalar(select(Paper.number).where(plain.contains(part, autoescape=True)).limit(1)) is not None


def _inspections(session: Session, words: _Words) -> FoundGroup:
    """Checks that were begun and not ended, the newest first."""
    query = (
        select(Inspection.id, Inspection.kind, Inspection.started_at, Enterprise.name, Template.title)
        .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
        .join(Template, Template.id == Inspection.template_id)
        .where(
            Inspection.enterprise_id.in_(words.enterprises),
            Inspection.finished_at.is_(None),
            Inspection.voided_at.is_(None),
        )
        .order_by(Inspection.started_at.desc())
        .limit(MOST_OTHERS + 1)
    )
    rows = [_inspection(row, words.words) for row in session.execute(query)]
    return FoundGroup(FoundKind.INSPECTION, tuple(rows[:MOST_OTHERS]), len(rows) > MOST_OTHERS)


def _inspection(row: Any, words: Sequence[str]) -> FoundRow:
    return FoundRow(
        FoundKind.INSPECTION,
        row.id,
        row.name,
        f"{row.title} · {LABELS[InspectionKind(row.kind)]}",
        title_marks=marks(row.name, words),
        on=local_date(row.started_at),
    )


def marks(text: str, words: Sequence[str], *, passed_over: str = "") -> tuple[Span, ...]:
    """Where the folded words stand in a text, as if the characters of `passed_over` were not there."""
    at = [n for n, character in enumerate(text) if character not in passed_over]
    plain = "".join(folded(text[n])[:1] for n in at)  # one for one, so that places stay places
    found = set()
    for word in words:
        start = plain.find(word) if word else -1
        if start >= 0:
            found.add((at[start], at[start + len(word) - 1] + 1))
    return tuple(sorted(found))
