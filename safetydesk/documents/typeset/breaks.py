"""Where a line may end: the Unicode line breaking algorithm, strict, with the office's tailoring on top.

The algorithm is slow in Python (a tenth of a millisecond for a character), so it only sees the stretches between
Han characters, with one Han character of context on each side: between two Han characters it always allows a break,
and no rule looks past one. Runs of digits and of letters count as one of each, which makes the stretches few and
the cache work. A test compares the result with the algorithm run on the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from safetydesk.documents.typeset.tailoring import GLUED, LETTERED, NO_END, NO_START

_NOT_HAN = re.compile("[^\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+")
_RUNS = re.compile(r"[0-9]{2,}|[A-Za-z]{2,}| {3,}")
_LETTER = re.compile("[A-Za-z]")
_DIGIT = re.compile("[0-9]")
_LONGEST_STRETCH = 160
"""What comes at once to the algorithm, which takes quadratic time on hostile text."""


class Break(IntEnum):
    """How willingly a line ends before a character."""

    NEVER = 0
    EMERGENCY = 1
    RELAXED = 2
    """UAX 14 allows it, the tailoring does not."""
    ALLOWED = 3


def break_levels(text: str) -> bytearray:
    """For every character the Break before it; the first entry is NEVER. Overlong pieces may break in an EMERGENCY
    before any character that does not combine with the one before."""
    levels = bytearray([Break.ALLOWED]) * len(text)
    if not text:
        return levels
    for match in _NOT_HAN.finditer(text):
        _enter_stretch(levels, match.start(), match.group(), at_end=match.end() == len(text))
    levels[0] = Break.NEVER
    _tailor(levels, text)
    return levels


def _enter_stretch(levels: bytearray, start: int, stretch: str, *, at_end: bool) -> None:
    for offset in range(0, len(stretch), _LONGEST_STRETCH):
        piece = stretch[offset : offset + _LONGEST_STRETCH]
        first = offset == 0
        last = offset + len(piece) == len(stretch)
        before = "中" if first and start > 0 else ""
        after = "中" if last and not at_end else ""
        allowed = _stretch_breaks(before, piece, after)
        at = start + offset
        for index, may in enumerate(allowed[len(before) :]):
            if not may:
                levels[at + index] = Break.EMERGENCY
        if not first:
            levels[at] = Break.EMERGENCY
    for index, character in enumerate(stretch, start):
        if levels[index] == Break.EMERGENCY and (character > "\u02ff" and _clings(character)):
            levels[index] = Break.NEVER


def _clings(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character == "\u200d"


def _stretch_breaks(before: str, piece: str, after: str) -> list[bool]:
    """May a line end before each character of before + piece + after?"""
    short, lengths = [], []
    at = 0
    for match in _RUNS.finditer(piece):
        short.append(piece[at : match.start()])
        lengths += [1] * (match.start() - at)
        kept = min(2, len(match.group())) if match.group()[0] == " " else 1
        short.append(match.group()[:kept])
        lengths += [1] * (kept - 1) + [len(match.group()) - kept + 1]
        at = match.end()
    short.append(piece[at:])
    lengths += [1] * (len(piece) - at)
    compact = _DIGIT.sub("0", _LETTER.sub("a", "".join(short)))
    found = _algorithm(before + compact + after)
    result: list[bool] = []
    for may, length in zip(found, [1] * len(before) + lengths + [1] * len(after), strict=True):
        result.append(may)
        result += [False] * (length - 1)
    return result


@lru_cache(maxsize=4096)
def _algorithm(text: str) -> tuple[bool, ...]:
    from uniseg.linebreak import line_break_breakables

    return tuple(bool(value) for value in line_break_breakables(text))


def _tailor(levels: bytearray, text: str) -> None:
    for index in range(1, len(text)):
        if levels[index] == Break.ALLOWED and (text[index] in NO_START or text[index - 1] in NO_END):
            levels[index] = Break.RELAXED
    if not LETTERED.search(text):
        return
    for pattern in GLUED:
        for match in pattern.finditer(text):
            for index in range(match.start() + 1, match.end()):
                if levels[index] == Break.ALLOWED:
                    levels[index] = Break.RELAXED
