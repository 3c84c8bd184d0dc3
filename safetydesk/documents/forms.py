"""Blocks that every paper of the office shares: title, lines to fill in, signature block, foot of the page.

They give rows for the flow, or draw onto a sheet what stands on every page. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safetydesk.documents.typeset.faces import Style
from safetydesk.documents.typeset.flow import Align, Paragraph, Row, foot, gap, paragraph_rows
from safetydesk.documents.typeset.ink import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from safetydesk.documents.typeset.lines import Setting, Span
from safetydesk.documents.typeset.truetype import UNITS

BODY_SIZE: Final = 12.0  # 小四
BODY_LEADING: Final = 19.5
SMALL_SIZE: Final = 10.5  # 五号
SMALL_LEADING: Final = 15.5
COLUMN: Final = 35 * BODY_SIZE
LEFT: Final = (PAGE_WIDTH - COLUMN) / 2
TOP: Final = PAGE_HEIGHT - 58
FOOT_RULE: Final = 58.0
"""Where the rule at the foot of the page stands."""
_GUTTER: Final = 8.0
_VALUE_INSET: Final = 0.25  # ems between the start of the rule and what is written on it
_RULE_DEPTH: Final = 0.2
_UNBOUNDED: Final = 10**6


def paragraph(*spans: Span, indent: float = 2.0, keep: bool = False, before: float = 0.0) -> list[Row]:
    """A paragraph of the body, its first line set in by two characters."""
    made = Paragraph(spans, BODY_SIZE, BODY_LEADING, first_indent=indent, keep_with_next=keep, space_before=before)
    return paragraph_rows(made, COLUMN)


def small_paragraph(*spans: Span, indent: float, hang: float = 0.0, keep: bool = False) -> list[Row]:
    """A paragraph in 五号: `indent` ems from the left, further lines `hang` ems more."""
    made = Paragraph(spans, SMALL_SIZE, SMALL_LEADING, first_indent=indent, indent=indent + hang, keep_with_next=keep)
    return paragraph_rows(made, COLUMN)


def title_rows(category: str, title: str, number: str) -> list[Row]:
    """The two-line title with a rule between, and the number below it, all centred."""
    rows = _centred(category, 16.0, 24.0, Style.HEADING)
    rows.append(Row(9.0, _title_rule, may_end_page=False))
    rows += _centred(title, 22.0, 34.0, Style.HEADING)
    rows.append(gap(4.0))
    rows += _centred(number, 14.0, 24.0, Style.BODY)
    rows.append(gap(10.0))
    return rows


def _title_rule(sheet: Sheet, x: float, top: float) -> None:
    width = 15 * BODY_SIZE
    sheet.rule(x + (COLUMN - width) / 2, top - 4, width, 0.8)


def _centred(text: str, size: float, leading: float, style: Style) -> list[Row]:
    made = Paragraph((Span(text, style),), size, leading, Align.CENTRE, keep_with_next=True)
    return paragraph_rows(made, COLUMN - 2 * 76.0, x=76.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and the underlined place behind it, together `width` points wide. `value` None or empty: a blank.
    Not `ruled`: the value stands without a line (年 月 日)."""

    label: str
    value: str | None
    width: float
    ruled: bool = True


class _LaidCell:
    """A cell whose label and value are cut into lines. `rule` is where the underlined place starts and how long it
    is, counted from the left edge of the row."""

    def __init__(self, cell: Cell, x: float, gutter: float, size: float) -> None:
        self.x, self.size, self.ruled = x, size, cell.ruled
        self.label = Setting((Span(cell.label),))
        self.label_lines = self.label.lines(_UNBOUNDED, ragged=True)
        start = x + (self.label_lines[0].width * size / UNITS + 1.0 if self.label_lines else 0.0)
        self.rule = (start, x + cell.width - gutter - start)
        self.value = Setting((Span(cell.value or ""),))
        room = self.rule[1] - 2 * _VALUE_INSET * size
        self.value_lines = self.value.lines(int(room * UNITS / size), ragged=True)

    def draw(self, sheet: Sheet, left: float, top: float, leading: float) -> None:
        y = top - foot(self.size, leading)
        if self.label_lines:
            sheet.line(self.label, self.label_lines[0], left + self.x, y, self.size)
        for line in self.value_lines:
            sheet.line(self.value, line, left + self.rule[0] + _VALUE_INSET * self.size, y, self.size)
            if self.ruled:
                sheet.rule(left + self.rule[0], y - _RULE_DEPTH * self.size, self.rule[1])
            y -= leading
        if not self.value_lines and self.ruled:
            sheet.rule(left + self.rule[0], y - _RULE_DEPTH * self.size, self.rule[1])


def field_row(
    cells: Sequence[Cell], size: float = BODY_SIZE, leading: float = BODY_LEADING, *, keep: bool = True
) -> Row:
    """Cells side by side. A value that is too long goes on to further lines, each underlined; nothing is cut."""
    laid, x = [], 0.0
    for index, cell in enumerate(cells):
        laid.append(_LaidCell(cell, x, _GUTTER if index < len(cells) - 1 else 0.0, size))
        x += cell.width
    height = leading * max(1, *(len(cell.value_lines) for cell in laid))

    def draw(sheet: Sheet, left: float, top: float) -> None:
        for cell in laid:
            cell.draw(sheet, left, top, leading)

    return Row(height, draw, may_end_page=not keep)


def right_rows(*spans: Span, set_in: float = 4.0) -> list[Row]:
    """A line at the right edge, set in by so many characters (成文单位、日期)."""
    made = Paragraph(spans, BODY_SIZE, BODY_LEADING, Align.RIGHT, keep_with_next=True)
    return paragraph_rows(made, COLUMN - set_in * BODY_SIZE)


def draw_foot(sheet: Sheet, copies: Sequence[str], page: int, pages: int) -> None:
    """The rule at the foot, where the copies go, and 共 x 页 第 y 页."""
    sheet.rule(LEFT, FOOT_RULE, COLUMN, 0.6)
    count = f"共 {pages} 页　第 {page} 页"
    width = draw_text(sheet, count, LEFT + COLUMN, FOOT_RULE - 14, 9.0, Align.RIGHT)
    setting = Setting(tuple(Span(text) for text in copies))
    for index, line in enumerate(setting.lines(int((COLUMN - width - 18) * UNITS / 9.0), ragged=True)):
        sheet.line(setting, line, LEFT, FOOT_RULE - 14 - 12 * index, 9.0)


def draw_continued_head(sheet: Sheet, title: str, number: str) -> float:
    """The short head of a continuation page; returns where its body starts."""
    used = draw_text(sheet, title, LEFT, TOP - 10, SMALL_SIZE, Align.LEFT)
    draw_text(sheet, number, LEFT + COLUMN, TOP - 10, SMALL_SIZE, Align.RIGHT, room=COLUMN - used - 12)
    sheet.rule(LEFT, TOP - 17, COLUMN, 0.6)
    return TOP - 26


def draw_text(
    sheet: Sheet, text: str, x: float, y: float, size: float, align: Align, room: float | None = None
) -> float:
    """One line from, around or up to x, set smaller where it would not fit into `room`; returns its width."""
    setting = Setting((Span(text),))
    lines = setting.lines(_UNBOUNDED, ragged=True)
    if not lines:
        return 0.0
    width = lines[0].width * size / UNITS
    if room is not None and width > room:
        size, width = size * room / width, room
    shift = {Align.RIGHT: width, Align.CENTRE: width / 2}.get(align, 0.0)
    sheet.line(setting, lines[0], x - shift, y, size)
    return width
