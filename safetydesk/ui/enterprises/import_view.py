"""导入台账: choose a file, see what it would do, apply. Figures first, the rows behind each figure on demand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.enterprises.import_model import LedgerImportModel
from safetydesk.ui.enterprises.records import Records
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.editors import Choice
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import Elided, emphasis, muted_label, note_label, text_label
from safetydesk.ui.widgets.paged import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safetydesk.workflows.ledger_rehearsal import Applied, Rehearsal

KINDS = "台账 (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)"
_SHOWN = ("new", "changed", "problems", "columns")


@dataclass(frozen=True)
class Line:
    """One line behind a figure, whatever the figure is."""

    at: str
    name: str
    field: str
    before: str
    after: str


class LedgerImportView(QWidget):
    left = Signal()  # to the list
    choose_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = LedgerImportModel(shell, self)
        self._lines: dict[str, Sequence[Line]] = {}
        self.stack = QStackedWidget(self)
        self.start = self._make_start()
        self.busy = self._make_busy()
        self.shown = self._make_rehearsal()
        self.done = self._make_done()
        for page in (self.start, self.busy, self.shown, self.done):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    # --- what the screen asks

    def begin(self) -> None:
        """A file is chosen at once; what was being looked at stays."""
        if self.model.rehearsal is None and not self.model.is_busy:
            self.stack.setCurrentWidget(self.start)
            self.choose()

    @Slot()
    def choose(self) -> None:
        self._shell.files.open_files(tr("选择台账"), tr(KINDS), self._on_files_chosen)

    def go_back(self) -> bool:
        """Esc stops what runs; else it leaves. Nothing is written before it is applied."""
        if self.model.is_busy:
            self._on_stop_clicked()
            return True
        if self.stack.currentWidget() is self.done:
            self.model.forget()
        self.left.emit()
        return True

    def focus_first(self) -> None:
        page = self.stack.currentWidget()
        if page is self.shown:
            (self.apply_button if self.apply_button.isEnabled() else self.choose_button).setFocus()
        elif page is self.done:
            self.list_button.setFocus()
        elif page is self.busy:
            self.stop_button.setFocus()
        else:
            self.start.button.setFocus()

    # --- laid out

    def _make_start(self) -> EmptyState:
        page = EmptyState(
            "upload",
            tr("导入台账"),
            tr("选一个 Excel 或 CSV 文件，列名不用改。先看新增几家、改几家、退回几行，看过再导入。"),
            tr("选择文件"),
            tr("回到企业列表"),
            parent=self,
        )
        page.action_requested.connect(self.choose)
        page.second_action_requested.connect(self.left)
        return page

    def _make_busy(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addStretch(2)
        held = QFrame(page)
        held.setProperty("look", "panel")
        held.setFixedWidth(theme.scaled(520))
        inner = QVBoxLayout(held)
        inner.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        inner.setSpacing(Space.M)
        self.what_label = Elided("", held)
        self.bar = QProgressBar(held)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("进度"))
        self.count_label = muted_label("", held)
        self.stop_button = plain_button(tr("停止"), "square", held)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        row = QHBoxLayout()
        row.addWidget(self.count_label, 1)
        row.addWidget(self.stop_button)
        for widget in (self.what_label, self.bar):
            inner.addWidget(widget)
        inner.addLayout(row)
        column.addWidget(held, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _make_rehearsal(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        top = QVBoxLayout()
        top.setContentsMargins(Space.XL, 0, Space.XL, 0)
        top.setSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self.file_label = emphasis("", page)
        self.sheet_choice = Choice({}, page)
        self.sheet_choice.setAccessibleName(tr("工作表"))
        self.sheet_choice.activated.connect(self._on_sheet_choice_activated)
        row.addWidget(self.file_label)
        row.addWidget(self.sheet_choice)
        row.addStretch()
        self.choose_button = plain_button(tr("换一个文件"), "folder-open", page)
        self.cancel_button = plain_button(tr("不导入"), parent=page)
        self.apply_button = primary_button(tr("导入"), "check", page)
        self.choose_button.clicked.connect(self.choose)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        self.apply_button.clicked.connect(self._on_apply_clicked)
        for button in (self.choose_button, self.cancel_button, self.apply_button):
            row.addWidget(button)
        top.addLayout(row)
        self.says_label = text_label("", page)
        top.addWidget(self.says_label)
        self.chips = FilterChips(page)
        self.chips.chosen.connect(self._on_chips_chosen)
        line = QHBoxLayout()
        line.addWidget(self.chips, 1)
        self.save_button = plain_button(tr("把没收的存成表格"), "download", page)
        self.save_button.clicked.connect(self._on_save_clicked)
        line.addWidget(self.save_button)
        top.addLayout(line)
        column.addLayout(top)
        self.records = Records(self._shell, "ledger rehearsal", tr("导入预演"), _columns(), _nothing(page), page)
        column.addWidget(self.records, 1)
        return page

    def _make_done(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addStretch(2)
        held = QFrame(page)
        held.setProperty("look", "panel")
        held.setFixedWidth(theme.scaled(560))
        inner = QVBoxLayout(held)
        inner.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        inner.setSpacing(Space.M)
        inner.addWidget(emphasis(tr("台账已导入"), held))
        self.done_label = text_label("", held)
        self.notes_label = note_label("", held)
        inner.addWidget(self.done_label)
        inner.addWidget(self.notes_label)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.list_button = primary_button(tr("看企业列表"), "list", held)
        self.more_button = plain_button(tr("再导入一个"), "upload", held)
        self.save_again_button = plain_button(tr("把没收的存成表格"), "download", held)
        self.list_button.clicked.connect(self._on_cancel_clicked)
        self.more_button.clicked.connect(self._on_more_clicked)
        self.save_again_button.clicked.connect(self._on_save_clicked)
        for button in (self.list_button, self.more_button, self.save_again_button):
            row.addWidget(button)
        row.addStretch()
        inner.addLayout(row)
        column.addWidget(held, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def _connect(self) -> None:
        self.model.progressed.connect(self._on_model_progressed)
        self.model.rehearsed.connect(self._on_model_rehearsed)
        self.model.applied.connect(self._on_model_applied)
        self.model.refused.connect(self._on_model_refused)
        self.model.stopped.connect(self._on_model_stopped)

    # --- showing

    def _show_busy(self, what: str, done: int, total: int) -> None:
        self.what_label.set_whole(what)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.count_label.setText(tr("{done} / {total} 行", done=f"{done:,}", total=f"{total:,}") if total else "")
        if self.stack.currentWidget() is not self.busy:
            self.stop_button.setEnabled(True)
            self.stack.setCurrentWidget(self.busy)
            self.stop_button.setFocus()

    def _show_rehearsal(self, rehearsal: Rehearsal) -> None:
        self.file_label.setText(rehearsal.file)
        self.sheet_choice.clear()
        for name in rehearsal.sheets:
            self.sheet_choice.addItem(name, name)
        self.sheet_choice.choose(rehearsal.sheet_name)
        self.sheet_choice.setVisible(len(rehearsal.sheets) > 1)
        self.says_label.setText(_sentence(rehearsal))
        self._lines = _lines(rehearsal)
        unknown = sum(column.is_unknown for column in rehearsal.columns)
        counts = (rehearsal.created, rehearsal.updated, len(rehearsal.problems), unknown)
        titles = (tr("新增"), tr("更新"), tr("没收的格子"), tr("没认出的列"))
        chips = [Chip(key, title, count) for key, title, count in zip(_SHOWN, titles, counts, strict=True)]
        first = next((chip.key for chip in chips if chip.count), "new")
        self.chips.show_chips(chips, first)
        self.records.show_rows(self._lines[first])
        self.save_button.setVisible(bool(rehearsal.problems))
        count = rehearsal.created + rehearsal.updated
        self.apply_button.setText(tr("导入这 {count} 家", count=f"{count:,}") if count else tr("没有要导入的"))
        self.apply_button.setEnabled(bool(count))
        self.stack.setCurrentWidget(self.shown)
        self.focus_first()

    # --- slots

    def _on_files_chosen(self, paths: list[Path]) -> None:
        if paths:
            self.model.open(paths[0])

    @Slot(int)
    def _on_sheet_choice_activated(self, _at: int) -> None:
        if self.model.path is not None:
            self.model.open(self.model.path, self.sheet_choice.key)

    @Slot(str)
    def _on_chips_chosen(self, key: str) -> None:
        self.records.show_rows(self._lines.get(key, ()))

    @Slot()
    def _on_apply_clicked(self) -> None:
        self.model.apply()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.model.forget()
        self.left.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        self.model.forget()
        self.begin()

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        self.what_label.set_whole(tr("正在停止……"))
        self.model.stop()

    @Slot()
    def _on_save_clicked(self) -> None:
        rehearsal = self.model.rehearsal
        if rehearsal is not None:
            name = tr("{file}（没收的）.xlsx", file=Path(rehearsal.file).stem)
            self._shell.files.save_file(tr("把没收的存成表格"), name, tr("表格 (*.xlsx)"), self.model.save_refused)

    @Slot(str, int, int)
    def _on_model_progressed(self, what: str, done: int, total: int) -> None:
        self._show_busy(what, done, total)

    @Slot(object)
    def _on_model_rehearsed(self, rehearsal: Rehearsal) -> None:
        self._show_rehearsal(rehearsal)

    @Slot(object)
    def _on_model_applied(self, applied: Applied) -> None:
        said = tr("新增 {count} 家，", count=f"{applied.created:,}") + tr(
            "更新 {count} 家，", count=f"{applied.updated:,}"
        )
        self.done_label.setText(said + tr("{count} 家和原来一样。", count=f"{applied.unchanged:,}"))
        self.notes_label.setText("\n".join(applied.notes[:8]))
        self.notes_label.setVisible(bool(applied.notes))
        rehearsal = self.model.rehearsal
        self.save_again_button.setVisible(rehearsal is not None and bool(rehearsal.problems))
        self.stack.setCurrentWidget(self.done)
        self.focus_first()

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        """The file cannot be taken: why, and another can be chosen."""
        said = trouble_message(error)
        self.model.forget()
        self.start.say(said.text, said.hint)
        self.stack.setCurrentWidget(self.start)
        self.focus_first()

    @Slot()
    def _on_model_stopped(self) -> None:
        self._shell.messages.tell(tr("已停止，台账没有改动。"))
        if self.model.rehearsal is not None:
            self.stack.setCurrentWidget(self.shown)
        else:
            self.stack.setCurrentWidget(self.start)
        self.focus_first()


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
        parts.append(tr("另有 {count} 个格子没收，同行其他内容照收", count=f"{rehearsal.cells:,}"))
    return tr("还没有写入。") + "，".join(parts) + "。"


def _lines(rehearsal: Rehearsal) -> dict[str, Sequence[Line]]:
    """The lines behind each figure."""
    changed = [
        Line("", line.name if at == 0 else "", field.label, field.before or tr("（空）"), field.after or tr("（空）"))
        for line in rehearsal.changed
        for at, field in enumerate(line.fields)
    ]
    problems = [
        Line(
            tr("第 {row} 行", row=one.row),
            tr("整行退回") if one.is_fatal else tr("只这一格没收"),
            one.column,
            one.value,
            one.reason,
        )
        for one in rehearsal.problems
    ]
    return {
        "new": [Line(tr("第 {row} 行", row=one.row), one.name, one.village, "", "") for one in rehearsal.new],
        "changed": changed,
        "problems": problems,
        "columns": [Line("", one.title, tr("这一列不导入"), "", "") for one in rehearsal.columns if one.is_unknown],
    }


def _columns() -> list[Column]:
    return [
        Column("at", tr("在表里"), _at, 100),
        Column("name", tr("企业"), _name, 260, stretch=True, tip=_name),
        Column("field", tr("栏目"), _field, 160),
        Column("before", tr("原来"), _before, 200, tip=_before),
        Column("after", tr("改成／原因"), _after, 280, tip=_after),
    ]


def _nothing(parent: QWidget) -> EmptyState:
    return EmptyState("inbox", tr("这一类没有"), parent=parent)


def _at(row: Line) -> str:
    return row.at


def _name(row: Line) -> str:
    return row.name


def _field(row: Line) -> str:
    return row.field


def _before(row: Line) -> str:
    return row.before


def _after(row: Line) -> str:
    return row.after
