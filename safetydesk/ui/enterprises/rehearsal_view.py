"""What an import would do: figures first, the rows behind each figure on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui.enterprises.records import Records
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.editors import Choice
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import emphasis, text_label
from safetydesk.ui.widgets.paged import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safetydesk.workflows.ledger_rehearsal import ColumnLine, NewLine, ProblemLine, Rehearsal

SHOWN = ("new", "changed", "problems", "columns")


@dataclass(frozen=True)
class OldAndNew:
    """One field of a known enterprise; the name stands in the first of its fields."""

    number: int
    name: str
    field: str
    before: str
    after: str


class RehearsalView(QWidget):
    """Nothing was written yet, and it says so. Says what is wanted, the import does it."""

    choose_requested = Signal()
    cancel_requested = Signal()
    apply_requested = Signal()
    save_requested = Signal()
    sheet_requested = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        top = QVBoxLayout()
        top.setContentsMargins(Space.XL, 0, Space.XL, 0)
        top.setSpacing(Space.S)
        top.addLayout(self._make_first_line())
        self.says_label = text_label("", self)
        top.addWidget(self.says_label)
        top.addLayout(self._make_chips())
        column.addLayout(top)
        tables = (_new_table, _changed_table, _problems_table, _columns_table)
        self.tables = {key: make(shell, self) for key, make in zip(SHOWN, tables, strict=True)}
        self.stack = QStackedWidget(self)
        for table in self.tables.values():
            self.stack.addWidget(table)
        column.addWidget(self.stack, 1)

    def show_rehearsal(self, rehearsal: Rehearsal) -> None:
        self.file_label.setText(rehearsal.file)
        self.sheet_choice.clear()
        for name in rehearsal.sheets:
            self.sheet_choice.addItem(name, name)
        self.sheet_choice.choose(rehearsal.sheet_name)
        self.sheet_choice.setVisible(len(rehearsal.sheets) > 1)
        self.says_label.setText(_sentence(rehearsal))
        unknown = [one for one in rehearsal.columns if one.is_unknown]
        rows: tuple[Sequence[object], ...] = (rehearsal.new, _old_and_new(rehearsal), rehearsal.problems, unknown)
        for table, shown in zip(self.tables.values(), rows, strict=True):
            table.show_rows(shown)
        counts = (rehearsal.created, rehearsal.updated, len(rehearsal.problems), len(unknown))
        titles = (tr("新增"), tr("更新"), tr("没收的格子"), tr("没认出的列"))
        chips = [Chip(key, title, count) for key, title, count in zip(SHOWN, titles, counts, strict=True)]
        first = next((chip.key for chip in chips if chip.count), SHOWN[0])
        self.chips.show_chips(chips, first)
        self.stack.setCurrentWidget(self.tables[first])
        self.save_button.setVisible(bool(rehearsal.problems))
        count = rehearsal.created + rehearsal.updated
        self.apply_button.setText(tr("导入这 {count} 家", count=f"{count:,}") if count else tr("没有要导入的"))
        self.apply_button.setEnabled(bool(count))

    def focus_first(self) -> None:
        (self.apply_button if self.apply_button.isEnabled() else self.choose_button).setFocus()

    def _make_first_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.file_label = emphasis("", self)
        self.sheet_choice = Choice({}, self)
        self.sheet_choice.setAccessibleName(tr("工作表"))
        self.sheet_choice.activated.connect(self._on_sheet_choice_activated)
        row.addWidget(self.file_label)
        row.addWidget(self.sheet_choice)
        row.addStretch()
        self.choose_button = plain_button(tr("换一个文件"), "folder-open", self)
        self.cancel_button = plain_button(tr("不导入"), parent=self)
        self.apply_button = primary_button(tr("导入"), "check", self)
        self.choose_button.clicked.connect(self.choose_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.apply_button.clicked.connect(self.apply_requested)
        for button in (self.choose_button, self.cancel_button, self.apply_button):
            row.addWidget(button)
        return row

    def _make_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.chips = FilterChips(self)
        self.chips.chosen.connect(self._on_chips_chosen)
        self.save_button = plain_button(tr("把没收的存成表格"), "download", self)
        self.save_button.clicked.connect(self.save_requested)
        row.addWidget(self.chips, 1)
        row.addWidget(self.save_button)
        return row

    @Slot(int)
    def _on_sheet_choice_activated(self, _at: int) -> None:
        self.sheet_requested.emit(self.sheet_choice.key)

    @Slot(str)
    def _on_chips_chosen(self, key: str) -> None:
        self.stack.setCurrentWidget(self.tables[key])


def _sentence(rehearsal: Rehearsal) -> str:
    """What it would do, in one go."""
    parts = [
        tr("读到 {rows} 行", rows=f"{rehearsal.rows:,}"),
        tr("新增 {count} 家", count=f"{rehearsal.created:,}"),
        tr("更新 {count} 家", count=f"{rehearsal.updated:,}"),
        tr("{count} 家和台账里一样", count=f"{rehearsal.unchanged:,}"),
    ]
    if rehearsal.refused:
        parts.append(tr("退回 {count} 行（名称或代码不对）", count=f"{rehearsal.refused:,}"))
    if rehearsal.cells:
        parts.append(tr("另有 {count} 个格子没收，同一行的其他内容照收", count=f"{rehearsal.cells:,}"))
    return tr("还没有写入。") + "，".join(parts) + "。"


def _old_and_new(rehearsal: Rehearsal) -> list[OldAndNew]:
    rows: list[OldAndNew] = []
    for line in rehearsal.changed:
        for at, one in enumerate(line.fields):
            name = line.name if at == 0 else ""
            rows.append(OldAndNew(len(rows), name, one.label, one.before or tr("（空）"), one.after or tr("（空）")))
    return rows


def _new_table(shell: Shell, parent: QWidget) -> Records:
    columns = [
        Column("at", tr("在表里"), lambda row: tr("第 {row} 行", row=row.row), 110, sort="row"),
        Column("name", tr("企业"), _new_name, 260, sort="name", stretch=True, tip=_new_name),
        Column("village", tr("村（社区）"), _new_village, 160, sort="village"),
    ]
    empty = EmptyState("inbox", tr("没有新增的企业"), parent=parent)
    return Records(shell, "ledger rehearsal new", tr("新增的企业"), columns, empty, parent)


def _changed_table(shell: Shell, parent: QWidget) -> Records:
    columns = [
        Column("name", tr("企业"), _changed_name, 260, stretch=True, tip=_changed_name),
        Column("field", tr("栏目"), _changed_field, 160),
        Column("before", tr("台账里现在是"), _changed_before, 240, ink=_muted, tip=_changed_before),
        Column("after", tr("改成"), _changed_after, 240, tip=_changed_after),
    ]
    empty = EmptyState("inbox", tr("没有要更新的企业"), parent=parent)
    return Records(shell, "ledger rehearsal changed", tr("要更新的企业"), columns, empty, parent)


def _problems_table(shell: Shell, parent: QWidget) -> Records:
    columns = [
        Column("at", tr("在表里"), lambda row: tr("第 {row} 行", row=row.row), 100, sort="row"),
        Column("fatal", tr("结果"), _problem_result, 120, ink=_problem_ink),
        Column("column", tr("栏目"), _problem_column, 160, sort="column"),
        Column("value", tr("表里写的"), _problem_value, 220, tip=_problem_value),
        Column("reason", tr("原因"), _problem_reason, 300, stretch=True, tip=_problem_reason),
    ]
    empty = EmptyState("circle-check", tr("每个格子都能收"), parent=parent)
    return Records(shell, "ledger rehearsal problems", tr("没收的格子"), columns, empty, parent)


def _columns_table(shell: Shell, parent: QWidget) -> Records:
    columns = [
        Column("title", tr("没认出的列"), _column_title, 260),
        Column("so", tr("怎么办"), _column_advice, 400, stretch=True),
    ]
    empty = EmptyState("circle-check", tr("每一列都认出来了"), parent=parent)
    return Records(shell, "ledger rehearsal columns", tr("没认出的列"), columns, empty, parent)


def _new_name(row: NewLine) -> str:
    return row.name


def _new_village(row: NewLine) -> str:
    return row.village


def _changed_name(row: OldAndNew) -> str:
    return row.name


def _changed_field(row: OldAndNew) -> str:
    return row.field


def _changed_before(row: OldAndNew) -> str:
    return row.before


def _changed_after(row: OldAndNew) -> str:
    return row.after


def _muted(_row: OldAndNew) -> Colour:
    return Colour.MUTED


def _problem_result(row: ProblemLine) -> str:
    return tr("整行退回") if row.is_fatal else tr("这一格不收")


def _problem_ink(row: ProblemLine) -> Colour | None:
    return Colour.MAJOR if row.is_fatal else None


def _problem_column(row: ProblemLine) -> str:
    return row.column


def _problem_value(row: ProblemLine) -> str:
    return row.value


def _problem_reason(row: ProblemLine) -> str:
    return row.reason


def _column_title(row: ColumnLine) -> str:
    return row.title


def _column_advice(_row: ColumnLine) -> str:
    return tr("这一列不导入。要导入的，把列名改成台账里的栏目名再选一次文件。")
