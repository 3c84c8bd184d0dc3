"""What one character is to a line: its face, its width, the blank it can give up, and what kind it is."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Final, NamedTuple

from safetydesk.documents.typeset.faces import Style, face_for
from safetydesk.documents.typeset.truetype import UNITS, Face

BLANK: Final = "\ufffc"
"""Stands for a blank to be filled in by hand: as wide as its span says, no glyph."""

_CLOSERS: Final = frozenset("、，。．；：？！）》〉」』】〕”’］｝")
_OPENERS: Final = frozenset("（《〈「『【〔“‘［｛")
_SPACES: Final = frozenset(" \u00a0\u3000")
_MARGIN_KEPT: Final = 60
_MOST_GIVEN: Final = UNITS // 2


class Kind(IntEnum):
    """How a character behaves beside others."""

    HAN = 0
    LATIN = 1
    CLOSER = 2
    OPENER = 3
    SPACE = 4
    SIGN = 5
    """ASCII punctuation: part of a Latin word when the line is stretched, but gets no gap beside Han."""
    OTHER = 6


class Glyph(NamedTuple):
    """`advance` and the blanks are thousandths of an em; `left` and `right` are what the mark can give up."""

    face: Face | None
    advance: int
    kind: Kind
    left: int
    right: int


@cache
def glyph(style: Style, character: str) -> Glyph:
    """The glyph of a character. Its face is None only where no face has the character."""
    face = face_for(style, " " if character == "\u00a0" else character)
    if face is None:
        return Glyph(None, UNITS, Kind.OTHER, 0, 0)
    number = face.glyph(" " if character == "\u00a0" else character)
    kind = _kind(character)
    left, right = face.margins(number)
    give_left = min(_MOST_GIVEN, max(0, left - _MARGIN_KEPT)) if kind is Kind.OPENER else 0
    give_right = min(_MOST_GIVEN, max(0, right - _MARGIN_KEPT)) if kind is Kind.CLOSER else 0
    return Glyph(face, face.advance(number), kind, give_left, give_right)


def _kind(character: str) -> Kind:
    if character in _CLOSERS:
        return Kind.CLOSER
    if character in _OPENERS:
        return Kind.OPENER
    if character in _SPACES:
        return Kind.SPACE
    if "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000":
        return Kind.HAN
    if (character.isalnum() and character < "\u2000") or character in "%‰°":
        return Kind.LATIN
    return Kind.SIGN if character.isascii() else Kind.OTHER
