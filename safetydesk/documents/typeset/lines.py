"""Fills lines: where each one ends, how it is stretched, what its marks give up.

A line ends where the tailored algorithm allows it. Only where that would leave it half empty it ends where plain
UAX 14 allows it, and in an emergency (a string without any opportunity) before any character. Marks give up blank where two
of them meet and at the ends of a line; Han and Latin stand a fifth of an em apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from safetydesk.documents.typeset.breaks import Break, break_levels
from safetydesk.documents.typeset.faces import Style
from safetydesk.documents.typeset.glyphs import BLANK, Glyph, Kind, glyph
from safetydesk.documents.typeset.truetype import UNITS

HAN_LATIN_GAP: Final = UNITS // 5
WIDEST_STRETCH: Final = 300
"""Thousandths of an em between two characters. No line is stretched further only to spare the last one."""
RAGGED_STRETCH: Final = 600
"""Past this much a line is left ragged: nothing is gained by letters an ell apart."""
_SQUEEZE: Final = 250
"""What a mark inside a line may give up so that one more piece fits."""
_FEWEST_IN_LAST_LINE: Final = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph in one style. `scale` is its size against the paragraph's, in thousandths; `underlined`
    draws a line below; `sticky` keeps it whole and with what follows (a label with its value); a span made by `blank` has
    no text but places to be filled in by hand, each `width` wide."""

    text: str
    style: Style = Style.BODY
    underlined: bool = False
    scale: int = UNITS
    width: int = 0
    sticky: bool = False


def blank(ems: float) -> Span:
    """A ruled blank, so many ems wide. It may go on in the next line."""
    return Span(BLANK * max(1, round(ems)), underlined=True, width=UNITS)


@dataclass(frozen=True, slots=True)
class Line:
    """The characters start..end of a setting (trailing spaces are behind `end`, up to `next`).

    `stretch` goes between characters, `squeeze` is what each squeezable mark gives up, `width` is without both;
    all in thousandths of an em of the paragraph. `level` is how good the break at its end is.
    """

    start: int
    end: int
    next: int
    indent: int
    width: int
    stretch: float
    squeeze: float
    level: Break


class Setting:
    """A paragraph with every character measured, ready to be cut into lines of any width."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.text = "".join(span.text for span in spans)
        self.glyphs: list[Glyph] = []
        self.scales: list[int] = []
        self.underlined: list[bool] = []
        self.advances: list[int] = []
        for span in spans:
            self._measure(span)
        self.cuts_left = [0] * len(self.text)
        self.cuts_right = [0] * len(self.text)
        self.gaps = [0] * len(self.text)
        self._meet()
        self.levels = break_levels(self.text.replace(BLANK, "中"))
        self._hold(spans)
        self._sums = list(accumulate(self._steps(), initial=0))
        self._squeezable = list(accumulate(map(self._gives, range(len(self.text))), initial=0))
        self._stretchable = list(accumulate(map(self._stretches, range(len(self.text))), initial=0))

    def _measure(self, span: Span) -> None:
        for character in span.text:
            measured = glyph(span.style, character)
            self.glyphs.append(measured)
            self.scales.append(span.scale)
            self.underlined.append(span.underlined)
            self.advances.append(span.width or measured.advance * span.scale // UNITS)

    def _hold(self, spans: Sequence[Span]) -> None:
        """No line ends in or behind a sticky span."""
        at = 0
        for span in spans:
            start, at = at, at + len(span.text)
            for index in range(start + 1, min(at + 1, len(self.levels))) if span.sticky else ():
                self.levels[index] = min(self.levels[index], Break.RELAXED)

    def _meet(self) -> None:
        """What happens between neighbours: marks close up, Han and Latin keep apart."""
        last: Kind | None = None
        for index, (_face, _advance, kind, left, _right) in enumerate(self.glyphs):
            if last is Kind.CLOSER and kind in (Kind.CLOSER, Kind.OPENER):
                self.cuts_right[index - 1] = self.glyphs[index - 1].right * self.scales[index - 1] // UNITS
            elif last is Kind.OPENER and kind is Kind.OPENER:
                self.cuts_left[index] = left * self.scales[index] // UNITS
            elif (last is Kind.HAN and kind is Kind.LATIN) or (last is Kind.LATIN and kind is Kind.HAN):
                self.gaps[index] = HAN_LATIN_GAP
            last = kind

    def _steps(self) -> Iterator[int]:
        parts = zip(self.advances, self.gaps, self.cuts_left, self.cuts_right, strict=True)
        return (advance + gap - left - right for advance, gap, left, right in parts)

    def _gives(self, index: int) -> int:
        """1 for a mark that may be squeezed inside a line."""
        return int(self.glyphs[index].right >= _SQUEEZE and not self.cuts_right[index])

    def _stretches(self, index: int) -> int:
        """1 where the line may be stretched before the character: not inside a Latin word or number."""
        if index == 0:
            return 0
        return int(not (_is_wordlike(self.glyphs[index - 1].kind) and _is_wordlike(self.glyphs[index].kind)))

    def stretch_before(self, index: int) -> bool:
        """May a line be stretched before this character?"""
        return self._stretchable[index + 1] != self._stretchable[index]

    def squeezes(self, index: int) -> bool:
        """May the mark be squeezed inside a line?"""
        return self._squeezable[index + 1] != self._squeezable[index]

    def start_cut(self, index: int) -> int:
        """What an opener gives up at the start of a line that is not the paragraph's first."""
        if index == 0:
            return 0
        return self.glyphs[index].left * self.scales[index] // UNITS - self.cuts_left[index]

    def end_cut(self, index: int) -> int:
        """What a closer gives up at the end of a line."""
        return self.glyphs[index].right * self.scales[index] // UNITS - self.cuts_right[index]

    def visible_end(self, start: int, end: int) -> int:
        """Without the spaces at the end."""
        while end > start and self.glyphs[end - 1].kind is Kind.SPACE:
            end -= 1
        return end

    def line_width(self, start: int, end: int) -> int:
        """The width of the characters start..end on a line of their own, unstretched."""
        if end <= start:
            return 0
        whole = self._sums[end] - self._sums[start] - self.gaps[start]
        return whole - self.start_cut(start) - self.end_cut(end - 1)

    def lines(self, width: int, *, first_indent: int = 0, indent: int = 0, ragged: bool = False) -> list[Line]:
        """Cut into lines of `width` thousandths of an em; indents are taken off it."""
        result: list[Line] = []
        start = 0
        while start < len(self.text):
            inset = first_indent if start == 0 else indent
            end = self._choose(start, max(UNITS, width - inset))
            result.append(self._line(start, end, inset, max(UNITS, width - inset), ragged))
            start = end
        return result

    def _line(self, start: int, following: int, inset: int, width: int, ragged: bool) -> Line:
        end = self.visible_end(start, following)
        natural = self.line_width(start, end)
        level = Break(self.levels[following]) if following < len(self.text) else Break.ALLOWED
        slack = width - natural
        squeeze = stretch = 0.0
        if slack < 0:
            squeeze = min(_SQUEEZE, -slack / max(1, self._squeezable_inside(start, end)))
        elif following < len(self.text) and not ragged:
            places = self._stretchable[end] - self._stretchable[start + 1] if end > start else 0
            stretch = slack / places if places and slack / places <= RAGGED_STRETCH else 0.0
        return Line(start, end, following, inset, natural, stretch, squeeze, level)

    def _squeezable_inside(self, start: int, end: int) -> int:
        return self._squeezable[max(start, end - 1)] - self._squeezable[start]

    def _choose(self, start: int, width: int) -> int:
        """Where the line that starts here ends."""
        count = len(self.text)
        best = self._best_ends(start, width)
        allowed = best.get(Break.ALLOWED)
        if allowed == count:
            return count
        chosen = allowed
        for lesser in (Break.RELAXED, Break.EMERGENCY):
            found = best.get(lesser)
            if chosen is None or (found is not None and found > chosen and self._is_poor(start, chosen, width)):
                chosen = found
        if chosen is None:
            return self._one_cluster(start)
        return self._spare_the_last_line(start, chosen, width)

    def _is_poor(self, start: int, following: int, width: int) -> bool:
        """Is a lesser break better: the line is less than half full, and what follows is too long for a line?"""
        end = self.visible_end(start, following)
        return 2 * self.line_width(start, end) < width and Break.ALLOWED not in self._best_ends(following, width)

    def _best_ends(self, start: int, width: int) -> dict[Break, int]:
        """For each kind of break the last one that fits; the end of the text counts as ALLOWED."""
        base = self._sums[start] + self.gaps[start] + self.start_cut(start)
        room = base + width + UNITS + self._squeeze_room(start, width)
        end = min(len(self.text), bisect_right(self._sums, room))
        while end < len(self.text) and self.glyphs[end].kind is Kind.SPACE:
            end += 1
        best: dict[Break, int] = {}
        for candidate in range(end, start, -1):
            level = Break.ALLOWED if candidate == len(self.text) else Break(self.levels[candidate])
            if level is Break.NEVER or level in best:
                continue
            visible = self.visible_end(start, candidate)
            spare = _SQUEEZE * self._squeezable_inside(start, visible)
            if self.line_width(start, visible) <= width + spare:
                best[level] = candidate
                if level is Break.ALLOWED:
                    break
        return best

    def _squeeze_room(self, start: int, width: int) -> int:
        end = min(len(self.text), bisect_right(self._sums, self._sums[start] + width + UNITS))
        return _SQUEEZE * (self._squeezable[end] - self._squeezable[start])

    def _stretch_of(self, start: int, following: int, width: int) -> float:
        end = self.visible_end(start, following)
        places = self._stretchable[end] - self._stretchable[start + 1] if end > start else 0
        return (width - self.line_width(start, end)) / max(1, places)

    def _one_cluster(self, start: int) -> int:
        """One character with what combines with it, in a column narrower than that."""
        end = start + 1
        while end < len(self.text) and self.levels[end] == Break.NEVER:
            end += 1
        return end

    def _spare_the_last_line(self, start: int, chosen: int, width: int) -> int:
        """No last line of one character (with or without a full stop): take the break before, if it is near."""
        rest = [index for index in range(chosen, min(len(self.text), chosen + 4)) if not self._is_mark(index)]
        if len(self.text) - chosen > 3 or len(rest) >= _FEWEST_IN_LAST_LINE:
            return chosen
        for candidate in range(chosen - 1, start, -1):
            if self._stretch_of(start, candidate, width) > WIDEST_STRETCH / 2:
                break
            if self.levels[candidate] == Break.ALLOWED:
                return candidate
        return chosen

    def _is_mark(self, index: int) -> bool:
        return self.glyphs[index].kind in (Kind.CLOSER, Kind.SPACE)


def _is_wordlike(kind: Kind) -> bool:
    return kind is Kind.LATIN or kind is Kind.SIGN
