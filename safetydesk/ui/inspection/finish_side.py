"""Beside the problems: what follows, what was left out, and what concerns the inspection itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.domain.kinds import LABELS, PaperKind, Result
from safetydesk.ui import theme
from safetydesk.ui.inspection.choose_list import Line, LinesList
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import emphasis, figure_label, note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.finishing import Ending, Reminder, UncheckedItem

_LEAST_LIST = 160


class Figures(QWidget):
    """符合 不符合 不涉及 未查 in four figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self.labels: dict[Result, QLabel] = {}
        for result in Result:
            panel = QFrame(self)
            panel.setProperty("look", "panel")
            column = QVBoxLayout(panel)
            column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
            column.setSpacing(0)
            self.labels[result] = figure_label("0", panel)
            column.addWidget(self.labels[result])
            column.addWidget(note_label(tr(LABELS[result]), panel))
            row.addWidget(panel, 1)

    def show_counts(self, ending: Ending) -> None:
        for result, label in self.labels.items():
            label.setText(str(ending.counts.get(result, 0)))
            label.setAccessibleName(tr("{result} {count} 项", result=tr(LABELS[result]), count=label.text()))


class FinishSide(QFrame):
    """Says what ending the check will do, and names every item that nobody answered."""

    item_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(emphasis(tr("结束以后"), self))
        self.after_label = text_label("", self)
        column.addWidget(self.after_label)
        self.second_label = note_label("", self)
        column.addWidget(self.second_label)
        self.reminder_label = note_label("", self)
        column.addWidget(self.reminder_label)
        column.addSpacing(Space.S)
        self.unchecked_label = emphasis("", self)
        column.addWidget(self.unchecked_label)
        self.unchecked_note = note_label(tr("未查不算符合，文书里也不写。双击或按回车回去查。"), self)
        column.addWidget(self.unchecked_note)
        self.unchecked = LinesList(tr("没有查的项目"), self)
        self.unchecked.setMinimumHeight(_LEAST_LIST)
        self.unchecked.decided.connect(self._on_unchecked_decided)
        column.addWidget(self.unchecked, 1)
        self._rest = QWidget(self)
        column.addWidget(self._rest, 1)
        self.fit_width()

    @Slot()
    def fit_width(self) -> None:
        self.setFixedWidth(theme.scaled(theme.PANE_WIDTH))

    def show_ending(self, ending: Ending) -> None:
        self.after_label.setText(_after(ending))
        self.second_label.setText(tr("第二名检查人员还没有写，出文书时可以补上。"))
        self.second_label.setVisible(ending.second_name is None and bool(ending.problems))
        self.reminder_label.setText(_reminders(ending.reminders))
        self.reminder_label.setVisible(bool(ending.reminders))
        self._show_unchecked(ending.unchecked)

    def _show_unchecked(self, items: Sequence[UncheckedItem]) -> None:
        self.unchecked_label.setText(tr("没有查的 {count} 项", count=len(items)) if items else tr("每一项都查过了"))
        for one in (self.unchecked, self.unchecked_note):
            one.setVisible(bool(items))
        self._rest.setVisible(not items)
        lines: list[Line] = []
        section = None
        for item in items:
            if item.section != section:
                lines.append(Line(None, item.section))
                section = item.section
            lines.append(Line(item.item, item.text, item.item))
        self.unchecked.show_lines(lines, self.unchecked.current_key)

    @Slot(object)
    def _on_unchecked_decided(self, item: str) -> None:
        self.item_requested.emit(item)


def _after(ending: Ending) -> str:
    if not ending.problems:
        return tr("没有查出问题，不用出整改文书。检查结果留在企业档案里，结束后不能再改。")
    kinds = "、".join(tr(LABELS[kind]) for kind in ending.papers) or tr(LABELS[PaperKind.ADVICE])
    return tr(
        "{count} 条问题记成隐患，接着出{kinds}：先看打印的样子，再签发。检查结束后不能再改答案。",
        count=len(ending.problems),
        kinds=kinds,
    )


def _reminders(reminders: Sequence[Reminder]) -> str:
    """Items about the inspection itself: no hazard of the enterprise comes of them."""
    named = "；".join(one.text for one in reminders)
    return tr("提醒自己（不写进文书）：{named}", named=named)
