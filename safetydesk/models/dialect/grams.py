"""Texts cut into the short pieces (grams) that the search index is kept by.

A text that holds a word holds all grams of the word, and nearly always the other way round. Grams are single
characters and pairs; letters and digits, which have so few members that pairs say little, go by triples besides.
"""

from __future__ import annotations

import re
from operator import add

LONGEST_WORD = 200  # no field holds a longer one
_RUN = re.compile("[0-9a-z]{3,}")
_REPEATED = re.compile(r"(.)\1{3,}")  # 666666: its triples would be those of 666
_LONGEST_REPEATED = 12
_LONGEST_START = 4
_MOST_GRAMS = 24  # of one word
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def folded(text: str) -> str:
    """Lower case, and full-width letters, digits and marks as plain ones: input methods mix them."""
    return text.translate(_HALF).lower()


def grams(text: str) -> set[str]:
    """All grams of a folded text. Lines are apart: no gram goes over the end of one."""
    found: set[str] = set()
    for line in text.split("\n"):
        found.update(line)
        found.update(map(add, line, line[1:]))
        for run in _RUN.findall(line):
            found.update(_triples(run))
        for repeated in _REPEATED.finditer(line):
            found.update(repeated[1] * count for count in range(4, _counted(repeated) + 1))
    return found


def needed(word: str) -> list[str]:
    """Grams of a folded word that together hardly stand in a text without the word."""
    if len(word) <= 2:
        return [word]
    pairs = list(map(add, word, word[1:]))
    triples = [triple for run in _RUN.findall(word) for triple in _triples(run)]
    if triples:  # then pairs of letters or digits add nothing
        pairs = [pair for pair in pairs if not (pair.isascii() and pair.isalnum())]
    repeated = [one[1] * _counted(one) for one in _REPEATED.finditer(word)]
    listed = [*pairs, *triples]
    return list(dict.fromkeys([*repeated, *listed[:: -(-len(listed) // _MOST_GRAMS)]]))


def starts(text: str) -> set[str]:
    """What the lines of a folded text begin with."""
    return {line[:length] for line in text.split("\n") for length in range(1, min(len(line), _LONGEST_START) + 1)}


def start_of(word: str) -> str:
    """The longest of `starts` that a text beginning with this word must have."""
    return word[:_LONGEST_START]


def _triples(run: str) -> list[str]:
    return list(map(add, map(add, run, run[1:]), run[2:]))


def _counted(repeated: re.Match[str]) -> int:
    return min(len(repeated[0]), _LONGEST_REPEATED)
