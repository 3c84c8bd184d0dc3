"""Finding enterprises by a piece of anything they are known by: in milliseconds, however many there are.

Each enterprise is a line of `enterprise_search` with what it is found by; the short pieces of the line point back to
it (`grams`, `postings`). A search crosses the sets of lines in which the pieces of its words stand, then reads the
likeliest lines: the index says where to look, the text says whether it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, String, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from safetydesk.models.dialect import search_index
from safetydesk.models.dialect.grams import LONGEST_WORD, folded, needed, start_of
from safetydesk.models.dialect.postings import Lines, Postings, first_lines
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.dialect.search_index import CODES, INITIAL_STARTS, INITIALS, NAME_STARTS, NAMES, PARTS, REST
from safetydesk.models.tables.local import EnterpriseSearch

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_ESCAPE = "/"
_AT_ONCE = 500
_MOST_WORDS = 8  # that rank the result; further ones must only be there
_MOST_READ = 3_000  # lines: the sets come so near to the truth that a search hardly reads a tenth as many
_LINES = Prepared(
    select(EnterpriseSearch.number, EnterpriseSearch.enterprise_id, EnterpriseSearch.haystack).where(
        EnterpriseSearch.number.in_(bindparam("numbers", expanding=True))
    )
)

# Where a word stands in a line, the likeliest place first.
_BEGINS_NAME, _IN_NAME, _BEGINS_INITIALS, _IN_INITIALS, _ELSEWHERE = range(5)


def find(session: Session, words: Iterable[str], limit: int) -> list[UUID]:
    """The enterprises whose text holds every word, the likeliest first; among equals in the order of their entry.

    A name that begins with the word is likelier than one that holds it; then come initials, then the rest.
    """
    wanted = words_in(words)
    if wanted is None or limit < 1:
        return []
    if not wanted:
        return list(
            session.scalars(select(EnterpriseSearch.enterprise_id).order_by(EnterpriseSearch.number).limit(limit))
        )
    reader = _Reader(session, wanted)
    found: list[UUID] = []
    for score, lines in _likeliest(_Sets(session), wanted):
        found += islice(reader.read(lines, score), limit - len(found))
        if len(found) >= limit:
            break
    return found


def matching(session: Session, words: Iterable[str]) -> list[UUID]:
    """Every enterprise whose text holds every word, in the order of their entry: for filtering a list."""
    wanted = words_in(words)
    if wanted is None:
        return []
    if wanted:
        lines = _Sets(session).everywhere(wanted)
        if lines.bit_count() <= _MOST_READ:
            return list(_Reader(session, wanted).read(lines))
    query = select(EnterpriseSearch.enterprise_id).order_by(EnterpriseSearch.number)
    for word in wanted:
        query = query.where(EnterpriseSearch.haystack.contains(word, autoescape=True))
    return list(session.scalars(query))


def initials_in(haystack: str) -> list[str]:
    """The initials that an enterprise's names are found by."""
    return search_index.split(haystack)[1].split("\n")


def holds(dialect: str, column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Whether a text of another table holds the word whose `pattern` is the parameter of this name, by reading.

    SQLite's LIKE knows no case of letters.
    """
    given: BindParameter[str] = bindparam(name, type_=String())
    return column.like(given, escape=_ESCAPE) if dialect == "sqlite" else column.ilike(given, escape=_ESCAPE)


def pattern(word: str) -> str:
    """What LIKE finds this word by, wherever it stands."""
    return "%" + re.sub(f"([%_{_ESCAPE}])", rf"{_ESCAPE}\1", word) + "%"


def words_in(texts: Iterable[str]) -> list[str] | None:
    """The words to look for, each once; none if one is longer than anything kept, or is no text a database takes."""
    wanted = list(dict.fromkeys(word for text in texts for word in folded(text).split()))
    return None if any(len(word) > LONGEST_WORD or _NO_TEXT.search(word) for word in wanted) else wanted


def _likeliest(sets: _Sets, words: Sequence[str]) -> Iterator[tuple[int, Lines]]:
    """Sets of lines with the sum of the places of their words, the smallest sum first."""
    if len(words) == 1:
        yield from sets.places(words[0])
        return
    scored, others = words[:_MOST_WORDS], words[_MOST_WORDS:]
    sets.read(words)
    sums: dict[int, Lines] = {0: sets.everywhere(others)}
    for word in scored:
        after: dict[int, Lines] = {}
        for place, lines in sets.places(word):
            for score, before in sums.items():
                if both := before & lines:
                    after[score + place] = after.get(score + place, 0) | both
        sums = after
    yield from sorted(sums.items())


class _Sets:
    """In which lines a word may stand, by place."""

    def __init__(self, session: Session) -> None:
        self._postings = Postings(session, search_index.line_count(session))

    def read(self, words: Iterable[str]) -> None:
        """Have everything that these words need at hand."""
        self._postings.read({piece for word in words for part in PARTS for piece in _asked(part, word)})

    def everywhere(self, words: Iterable[str]) -> Lines:
        """The lines that may hold all of these words."""
        lines = -1
        for word in words:
            anywhere = 0
            for part in PARTS:
                anywhere |= self._holding(part, word)
            lines &= anywhere
        return lines

    def places(self, word: str) -> Iterator[tuple[int, Lines]]:
        """The places of a word and the lines that may hold it there, the likeliest first, read as they are asked for."""
        names = self._holding(NAMES, word)
        yield _BEGINS_NAME, names & self._beginning(NAME_STARTS, word)
        yield _IN_NAME, names
        initials = self._holding(INITIALS, word)
        yield _BEGINS_INITIALS, initials & self._beginning(INITIAL_STARTS, word)
        yield _IN_INITIALS, initials
        yield _ELSEWHERE, self._holding(CODES, word) | self._holding(REST, word)

    def _holding(self, part: str, word: str) -> Lines:
        asked = _asked(part, word)
        self._postings.read(asked)
        lines = -1
        for gram in asked:
            lines &= self._postings.of(gram)
        return lines

    def _beginning(self, part: str, word: str) -> Lines:
        self._postings.read([part + start_of(word)])
        return self._postings.of(part + start_of(word))


class _Reader:
    """Reads lines and says in which of them the words really stand. Each is read once."""

    def __init__(self, session: Session, words: Sequence[str]) -> None:
        self._session = session
        self._words = words
        self._known: dict[int, tuple[int | None, UUID]] = {}

    def read(self, lines: Lines, score: int | None = None) -> Iterator[UUID]:
        """Those among `lines` that hold every word, with exactly this score if one is named, in their order."""
        numbers = first_lines(lines)
        size = 32
        while part := list(islice(numbers, size)):
            self._look_up([number for number in part if number not in self._known])
            for number in part:
                own, enterprise_id = self._known.get(number, (None, None))
                if own is not None and enterprise_id is not None and score in (None, own):
                    yield enterprise_id
            size = min(size * 2, _AT_ONCE)

    def _look_up(self, numbers: Sequence[int]) -> None:
        numbers = numbers[: _MOST_READ - len(self._known)]
        if numbers:
            for number, one, haystack in _LINES.all(self._session, {"numbers": numbers}):
                self._known[number] = _score(haystack, self._words), one


def _score(haystack: str, words: Sequence[str]) -> int | None:
    """The sum of the places of the words; none if one is missing."""
    names, initials, codes, rest = search_index.split(haystack)
    total = 0
    for at, word in enumerate(words):
        if word in names:
            place = _BEGINS_NAME if _begins(names, word) else _IN_NAME
        elif word in initials:
            place = _BEGINS_INITIALS if _begins(initials, word) else _IN_INITIALS
        elif word in codes or word in rest:
            place = _ELSEWHERE
        else:
            return None
        total += place if at < _MOST_WORDS else 0
    return total


def _begins(text: str, word: str) -> bool:
    """Whether one of the lines begins with it."""
    return text.startswith(word) or f"\n{word}" in text


def _asked(part: str, word: str) -> list[str]:
    return [part + gram for gram in needed(word)]
