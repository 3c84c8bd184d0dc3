"""What can keep a paper from being printed, in a way that a person understands."""

from __future__ import annotations

from dataclasses import dataclass

from safetydesk.domain.errors import IntegrityError, SafetyDeskError


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character that no shipped face has, and where it stands in the paper."""

    character: str
    place: str

    @property
    def code_point(self) -> str:
        """The usual way of naming it, `U+9FED`."""
        return f"U+{ord(self.character):04X}"

    def __str__(self) -> str:
        shown = "" if 0xD800 <= ord(self.character) <= 0xDFFF else self.character
        return f"{shown}（{self.code_point}，{self.place}）"


class MissingGlyphs(SafetyDeskError):
    """Some characters have no glyph in any face. Raised before anything is drawn.

    Facts: `glyphs`, a tuple of MissingGlyph, and `listed`, the same as one line of text.
    """

    code = "missing_glyphs"

    def __init__(self, glyphs: tuple[MissingGlyph, ...]) -> None:
        super().__init__(glyphs=glyphs, listed="；".join(str(glyph) for glyph in glyphs))
        self.glyphs = glyphs


class PaperIncomplete(SafetyDeskError):
    """A field that the form cannot leave blank is empty or impossible. Facts: `field` (Chinese), `reason` (Chinese)."""

    code = "paper_incomplete"


class PaperTooLong(SafetyDeskError):
    """More text than one paper may hold. Facts: `what` (Chinese), `limit`, `found`."""

    code = "paper_too_long"


class PhotoUnprintable(SafetyDeskError):
    """A photo of the annex is no picture that can be printed. Facts: `ordinal`."""

    code = "photo_unprintable"


class PaperWordingBroken(IntegrityError):
    """The shipped wording of a paper does not fit its schema. Facts: `file`, `entry`, `reason`."""

    code = "paper_wording_broken"


class FontBroken(IntegrityError):
    """A shipped face is missing or damaged. Facts: `file`."""

    code = "font_broken"
