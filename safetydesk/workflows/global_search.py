"""The search box over everything: enterprises, hazards, papers and checks that wait to be gone on with.

Enterprises come from the index. Hazards and papers are found by their own words and by those of their enterprises;
of a word that fits very many enterprises only the likeliest are followed further. Everything is asked anew for every
key that is typed, so the statements are prepared: built anew they would take longer than the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import LABELS, InspectionKind, Level, PaperKind
from safetydesk.models.dialect import search
from safetydesk.models.dialect.grams import folded
from safetydesk.models.dialect.prepared import Prepared
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


class Search:
    """What holds every word of a text: the enterprises first, then, slower, everything else."""

    def __init__(self, on: date, text: str) -> None:
        self._on = on
        self._words = search.words_in([text]) or []
        # a single letter or digit is in every text
        self._looks_further = len("".join(self._words)) > 1 or (bool(self._words) and not text.isascii())
        self._likeliest: list[UUID] | None = None

    def enterprises(self, session: Session) -> tuple[FoundGroup, ...]:
        """Their group, or nothing."""
        if not self._words:
            return ()
        self._likeliest = search.find(session, self._words, MOST_ENTERPRISES + 1)
        group = _enterprises(session, self._likeliest, self._words)
        return (group,) if group.rows else ()

    def others(self, session: Session) -> tuple[FoundGroup, ...]:
        """Hazards, papers and checks; no group is empty."""
        if not self._looks_further:
            return ()
        words = _Words(session, self._words, self._likeliest)
        groups = _hazards(session, self._on, words), _papers(session, words), _inspections(session, words)
        return tuple(group for group in groups if group.rows)


def find(session: Session, on: date, text: str) -> tuple[FoundGroup, ...]:
    """What holds every word of `text`, in groups, the likeliest first; no group is empty."""
    wanted = Search(on, text)
    return wanted.enterprises(session) + wanted.others(session)


class _Words:
    """The words, and which enterprises each of them leads to. `likeliest` are those that hold all, the first few."""

    def __init__(self, session: Session, words: Sequence[str], likeliest: Sequence[UUID] | None) -> None:
        self.words = words
        if likeliest is None or len(likeliest) > MOST_ENTERPRISES:  # there are more of them
            likeliest = search.find(session, words, _FOLLOWED)
        self.enterprises = likeliest
        self._session = session
        self._each: dict[tuple[str, ...], Sequence[UUID]] = {tuple(words): self.enterprises}

    def leads_to(self, *words: str) -> Sequence[UUID]:
        if words not in self._each:
            self._each[words] = search.find(self._session, words, _FOLLOWED)
        return self._each[words]


_ENTERPRISES = Prepared(
    select(
        *(Enterprise.id, Enterprise.name, Enterprise.village, Enterprise.risk),
        *(getattr(Enterprise, key) for key in _TOLD),
        EnterpriseSearch.haystack,
    )
    .join(EnterpriseSearch, EnterpriseSearch.enterprise_id == Enterprise.id)
    .where(Enterprise.id.in_(bindparam("ids", expanding=True)), Enterprise.voided_at.is_(None))
)


def _enterprises(session: Session, ids: Sequence[UUID], words: Sequence[str]) -> FoundGroup:
    known = {row.id: row for row in _ENTERPRISES.all(session, {"ids": ids})}
    rows = [_enterprise(known[one], words) for one in ids if one in known]
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
    facts: dict[str, Any] = {}
    for at, word in enumerate(words.words):
        facts |= {f"word{at}": search.pattern(word), f"ids{at}": words.leads_to(word)}
    query = _hazards_that_hold(session.get_bind().dialect.name, len(words.words))
    listed = hazard_list.rows(session, on, [row.id for row in query.all(session, facts)])
    listed.sort(key=lambda one: (one.days_left is None, one.due if one.days_left is not None else on))
    rows = [_hazard(one, words.words) for one in listed[:MOST_OTHERS]]
    return FoundGroup(FoundKind.HAZARD, tuple(rows), len(listed) > MOST_OTHERS)


@lru_cache(maxsize=32)
def _hazards_that_hold(dialect: str, count: int) -> Prepared:
    """The newest that hold each of so many words, or hang off an enterprise that it leads to."""
    query = select(Hazard.id)
    for at in range(count):
        held = [search.holds(dialect, column, f"word{at}") for column in (Hazard.text, Hazard.place, Hazard.item)]
        query = query.where(or_(*held, Hazard.enterprise_id.in_(bindparam(f"ids{at}", expanding=True))))
    return Prepared(query.order_by(Hazard.found_on.desc(), Hazard.id).limit(_LOOKED_AT))


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


_PAPERS = Prepared(
    select(Paper.number, Paper.kind, Paper.issued_on, Enterprise.name)
    .join(Enterprise, Enterprise.id == Paper.enterprise_id, isouter=True)
    .where(Paper.number.in_(bindparam("numbers", expanding=True)))
)


def _papers(session: Session, words: _Words) -> FoundGroup:
    """By parts of the number, whatever brackets were typed, and by the enterprise."""
    numbers = list(dict.fromkeys(_numbers(session, words)))[: MOST_OTHERS + 1]
    known = {row.number: row for row in _PAPERS.all(session, {"numbers": numbers})} if numbers else {}
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
    parts = {word: part for word in words.words if (part := word.translate(_NO_BRACKETS))}
    patterns = {word: search.pattern(part) for word, part in parts.items()}
    held = [one for one in patterns.values() if _NUMBER.first(session, {"part0": one}) is not None]
    others = [word for word in words.words if patterns.get(word) not in held]
    facts: dict[str, Any] = {f"part{at}": one for at, one in enumerate(held)}
    if held and not others:
        yield from (row.number for row in _numbers_that_hold(len(held)).all(session, facts))
        others, held, facts = list(words.words), [], {}
    enterprises = words.leads_to(*others)
    query = _numbers_of_enterprises(len(held))
    yield from (row.number for row in query.all(session, facts | {"ids": enterprises}))


def _holding(count: int) -> list[ColumnElement[bool]]:
    """That a number holds so many parts, its brackets left out."""
    plain: ColumnElement[str] = func.lower(Paper.number)
    for bracket in _IN_NUMBERS:
        plain = func.replace(plain, bracket, "")
    return [search.holds("sqlite", plain, f"part{at}") for at in range(count)]  # all is in lower case already


def _newest() -> Select[Any]:
    return select(Paper.number).order_by(Paper.issued_at.desc(), Paper.number).limit(_LOOKED_AT)


_NUMBER = Prepared(select(Paper.number).where(*_holding(1)).limit(1))


@lru_cache(maxsize=32)
def _numbers_that_hold(count: int) -> Prepared:
    """The index is read for it, not the papers, which are large."""
    return Prepared(_newest().where(Paper.number.in_(select(Paper.number).where(*_holding(count)))))


@lru_cache(maxsize=32)
def _numbers_of_enterprises(count: int) -> Prepared:
    return Prepared(_newest().where(Paper.enterprise_id.in_(bindparam("ids", expanding=True)), *_holding(count)))


_INSPECTIONS = Prepared(
    select(Inspection.id, Inspection.kind, Inspection.started_at, Enterprise.name, Template.title)
    .join(Enterprise, Enterprise.id == Inspection.enterprise_id)
    .join(Template, Template.id == Inspection.template_id)
    .where(
        Inspection.enterprise_id.in_(bindparam("ids", expanding=True)),
        Inspection.finished_at.is_(None),
        Inspection.voided_at.is_(None),
    )
    .order_by(Inspection.started_at.desc())
    .limit(MOST_OTHERS + 1)
)


def _inspections(session: Session, words: _Words) -> FoundGroup:
    """Checks that were begun and not ended, the newest first."""
    rows = [_inspection(row, words.words) for row in _INSPECTIONS.all(session, {"ids": words.enterprises})]
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
