"""Which face sets which character: a chain for each style, the first face that has the character sets it."""

from __future__ import annotations

from enum import Enum
from functools import cache

from safetydesk.catalog.resources import resource
from safetydesk.documents.typeset.truetype import Face


class Style(Enum):
    """A style and the files of its chain. The last face is the one with the rare characters of names."""

    BODY = ("fang.ttf", "song-light.ttf")
    HEADING = ("song-bold.ttf", "song-light.ttf")


@cache
def face(file: str) -> Face:
    """A shipped face, opened at its first use and kept."""
    return Face(resource("fonts", file))


@cache
def chain(style: Style) -> tuple[Face, ...]:
    """The faces of a style in the order in which they are asked."""
    return tuple(face(file) for file in style.value)


@cache
def face_for(style: Style, character: str) -> Face | None:
    """The face that sets the character, or None where no face has it."""
    return next((candidate for candidate in chain(style) if candidate.glyph(character)), None)
