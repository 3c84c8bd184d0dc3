"""Which lines of the search index hold a gram: sets of line numbers, kept as bits in blocks.

A set in memory is one Python integer, a bit for each line: "and" and "or" over a hundred thousand lines take
microseconds. On disk a block of lines is one row: a list of them where they are few, the bits where they are many. The
rows are alike on SQLite and on PostgreSQL, and a backup copies them like any others.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from safetydesk.models.base import Base
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.tables.local import SearchGram

Lines = int  # a set of line numbers: bit n stands for line n

BLOCK = 16_000  # lines; two rows of their bits fit on a page of the database
_BYTES = BLOCK // 8
_BLOCK_BITS = 7  # of the key: 128 blocks are two million lines
_FEW = 250
_LISTED, _AS_BITS = 0, 1  # the first byte of a row
_AT_ONCE = 500

_TABLE = Base.metadata.tables[SearchGram.__tablename__]
_INSERT = Prepared(insert(_TABLE).values(key=bindparam("key"), lines=bindparam("lines")))
_UPDATE = Prepared(update(_TABLE).where(_TABLE.c.key == bindparam("old_key")).values(lines=bindparam("new_lines")))
_SELECT = Prepared(select(_TABLE.c.key, _TABLE.c.lines).where(_TABLE.c.key.in_(bindparam("keys", expanding=True))))
_DELETE = Prepared(delete(_TABLE).where(_TABLE.c.key == bindparam("old_key")))


class Postings:
    """The sets of one search. What was read once is not read again."""

    def __init__(self, session: Session, line_count: int) -> None:
        self._session = session
        self._blocks = range(-(-line_count // BLOCK))
        self._known: dict[str, Lines] = {}

    def read(self, grams: Iterable[str]) -> None:
        """Have the sets of these grams at hand: one query for all."""
        by_key = {_hashed(gram): gram for gram in grams if gram not in self._known}
        found = {gram: bytearray(len(self._blocks) * _BYTES) for gram in by_key.values()}
        keys = [hashed | block for hashed in by_key for block in self._blocks]
        for key, lines in _rows(self._session, keys):
            block = key & (1 << _BLOCK_BITS) - 1
            _fill(found[by_key[key - block]], block * _BYTES, lines)
        self._known |= {gram: int.from_bytes(bits, "little") for gram, bits in found.items()}

    def of(self, gram: str) -> Lines:
        """Raises KeyError for what was not read."""
        return self._known[gram]


def first_lines(lines: Lines) -> Iterator[int]:
    """The numbers in a set, in their order."""
    mask = (1 << BLOCK) - 1
    start = 0
    while lines:
        part = lines & mask
        while part:
            lowest = part & -part
            yield start + lowest.bit_length() - 1
            part ^= lowest
        lines >>= BLOCK
        start += BLOCK


def add_new(session: Session, first: int, part: str, texts: Iterable[Iterable[str]]) -> None:
    """Enter the grams of one part of new lines that are numbered from `first` on, all in one block."""
    block, start = divmod(first, BLOCK)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(texts, start=start):
        for gram in found:
            numbers[gram].append(number)
    rows = {_hashed(part + gram) | block: listed for gram, listed in numbers.items()}
    if start == 0:
        _insert(session, {key: _packed(listed) for key, listed in rows.items()})
    else:
        change(session, {key: (_unpacked(_packed(listed)), 0) for key, listed in rows.items()})


def key_of(gram: str, number: int) -> tuple[int, Lines]:
    """The row that knows whether this line holds the gram, and its bit in it."""
    block, at = divmod(number, BLOCK)
    return _hashed(gram) | block, 1 << at


def change(session: Session, flips: Mapping[int, tuple[Lines, Lines]]) -> None:
    """For each row, by key, the bits to set and those to clear."""
    keys = sorted(flips)
    for at in range(0, len(keys), _AT_ONCE):
        part = keys[at : at + _AT_ONCE]
        before = {key: _unpacked(lines) for key, lines in _rows(session, part)}
        after = {key: before.get(key, 0) & ~flips[key][1] | flips[key][0] for key in part}
        _insert(session, {key: _packed_bits(bits) for key, bits in after.items() if bits and key not in before})
        kept = [key for key, bits in before.items() if after[key] and after[key] != bits]
        if kept:
            _UPDATE.run(session, [{"old_key": key, "new_lines": _packed_bits(after[key])} for key in kept])
        gone = [key for key in before if not after[key]]
        if gone:
            _DELETE.run(session, [{"old_key": key} for key in gone])


def _insert(session: Session, rows: Mapping[int, bytes]) -> None:
    if rows:
        _INSERT.run(session, [{"key": key, "lines": rows[key]} for key in sorted(rows)])


def _rows(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for at in range(0, len(keys), _AT_ONCE):
        yield from _SELECT.all(session, {"keys": keys[at : at + _AT_ONCE]})


def _hashed(gram: str) -> int:
    """Where the rows of a gram begin. Two grams on one row would only be two texts more to look at."""
    return int.from_bytes(blake2b(gram.encode(), digest_size=7).digest(), "big") << _BLOCK_BITS


def _packed(numbers: list[int]) -> bytes:
    """A row from the lines of one block, in their order."""
    if len(numbers) <= _FEW:
        return _list(numbers)
    digits = bytearray(b"0") * BLOCK
    for number in numbers:
        digits[~number] = 49
    return _bitmap(int(digits, 2))


def _packed_bits(bits: Lines) -> bytes:
    return _list(list(first_lines(bits))) if bits.bit_count() <= _FEW else _bitmap(bits)


def _list(numbers: list[int]) -> bytes:
    listed = array("H", numbers)
    if sys.byteorder == "big":
        listed.byteswap()
    return bytes([_LISTED]) + listed.tobytes()


def _bitmap(bits: Lines) -> bytes:
    return bytes([_AS_BITS]) + bits.to_bytes(-(-bits.bit_length() // 8), "little")


def _unpacked(lines: bytes) -> Lines:
    room = bytearray(_BYTES)
    _fill(room, 0, lines)
    return int.from_bytes(room, "little")


def _fill(room: bytearray, at: int, lines: bytes) -> None:
    """Lay a row's lines into `room` from byte `at` on."""
    if lines[0] == _AS_BITS:
        room[at : at + len(lines) - 1] = lines[1:]
        return
    listed = array("H", lines[1:])
    if sys.byteorder == "big":
        listed.byteswap()
    for number in listed:
        room[at + (number >> 3)] |= 1 << (number & 7)
