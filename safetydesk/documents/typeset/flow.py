"""Paragraphs into rows, rows onto pages.

A row is what is never cut: a line of text, a rule, a picture. Pages are filled from the top; a page ends only after
a row that allows it, so that no paragraph leaves a single line behind or carries one over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from safetydesk.documents.typeset.ink import Sheet
from safetydesk.documents.typeset.lines import Line, Setting, Span
from safetydesk.documents.typeset.truetype import UNITS

_FEWEST_TOGETHER = 2


class Align(StrEnum):
    """`justify` stretches every line but the last; `left` is ragged right, as in cells of a table."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Row:
    """`draw` gets the sheet, the left edge and the top. `may_end_page`: a page may end after it. `is_gap`: dropped
    at the top of a page."""

    height: float
    draw: Callable[[Sheet, float, float], None]
    may_end_page: bool = True
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one column. Sizes, leading and space in points; indents in ems of the size."""

    spans: tuple[Span, ...]
    size: float
    leading: float
    align: Align = Align.JUSTIFY
    first_indent: float = 0.0
    indent: float = 0.0
    space_before: float = 0.0
    keep_with_next: bool = False


def gap(height: float, *, may_end_page: bool = True) -> Row:
    """Empty space."""
    return Row(height, lambda _sheet, _x, _top: None, may_end_page, is_gap=True)


def paragraph_rows(paragraph: Paragraph, width: float, x: float = 0.0) -> list[Row]:
    """The lines of a paragraph as rows, with widows and orphans held. `x` sets the column in from the left."""
    setting = Setting(paragraph.spans)
    column = int(width * UNITS / paragraph.size)
    lines = setting.lines(
        column,
        first_indent=round(paragraph.first_indent * UNITS),
        indent=round(paragraph.indent * UNITS),
        ragged=paragraph.align is not Align.JUSTIFY,
    )
    rows = [_line_row(paragraph, setting, line, column, x) for line in lines]
    for index in range(len(rows)):
        behind = len(rows) - 1 - index
        near_an_end = index + 1 < _FEWEST_TOGETHER or behind < _FEWEST_TOGETHER
        torn = paragraph.keep_with_next if behind == 0 else near_an_end
        rows[index] = replace(rows[index], may_end_page=not torn)
    if paragraph.space_before:
        rows.insert(0, gap(paragraph.space_before))
    return rows


def _line_row(paragraph: Paragraph, setting: Setting, line: Line, column: int, inset: float) -> Row:
    free = column - line.indent - line.width
    if paragraph.align is Align.CENTRE:
        line = replace(line, indent=line.indent + free // 2)
    elif paragraph.align is Align.RIGHT:
        line = replace(line, indent=line.indent + free)
    size, leading = paragraph.size, paragraph.leading

    def draw(sheet: Sheet, x: float, top: float) -> None:
        sheet.line(setting, line, x + inset, top - foot(size, leading), size)

    return Row(leading, draw)


def foot(size: float, leading: float) -> float:
    """How far below the top of its row the foot of a line stands: letters sit in the middle of the row."""
    return (leading - size) / 2 + size * 0.88


def paginate(
    rows: Sequence[Row], closing: Sequence[Row], first: float, later: float, last_extra: float
) -> list[list[Row]]:
    """Rows onto pages of a given height, and `closing` (never cut) on the last one.

    `first` and `later` are what pages hold that are not the last; the last one holds `last_extra` more. The closing
    rows never stand alone: they take the end of the text with them.
    """
    pages: list[list[Row]] = []
    rest = list(rows)
    closing_height = sum(row.height for row in closing)
    while True:
        room = later if pages else first
        while rest and rest[0].is_gap and pages:
            rest.pop(0)
        if sum(row.height for row in rest) + closing_height <= room + last_extra:
            pages.append([*rest, *closing])
            return pages
        count = _rows_that_fit(rest, room)
        if count == len(rest):
            count = _last_legal_end(rest, len(rest) - 1) or len(rest)
        if count == 0:
            raise AssertionError("a row is taller than a page")
        pages.append(rest[:count])
        rest = rest[count:]
        if not rest:
            pages.append(list(closing))
            return pages


def _rows_that_fit(rows: Sequence[Row], room: float) -> int:
    height = 0.0
    fitting = 0
    for row in rows:
        height += row.height
        if height > room + 0.01:
            break
        fitting += 1
    if fitting == len(rows):
        return fitting
    return _last_legal_end(rows, fitting) or fitting


def _last_legal_end(rows: Sequence[Row], count: int) -> int:
    """The largest number of rows up to `count` after which a page may end; 0 where there is none."""
    while count > 0 and not rows[count - 1].may_end_page:
        count -= 1
    while count > 0 and rows[count - 1].is_gap and count > 1 and rows[count - 2].may_end_page:
        count -= 1
    return count


def draw_rows(sheet: Sheet, rows: Sequence[Row], x: float, top: float) -> float:
    """Draw rows downwards; returns where they end."""
    for row in rows:
        row.draw(sheet, x, top)
        top -= row.height
    return top
