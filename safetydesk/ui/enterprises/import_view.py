"""导入台账: choose a file, see what it would do, apply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.enterprises.import_model import LedgerImportModel
from safetydesk.ui.enterprises.rehearsal_view import RehearsalView
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import Elided, emphasis, muted_label, note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.ledger_rehearsal import Applied, Rehearsal


class LedgerImportView(QWidget):
    left = Signal()  # to the list

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = LedgerImportModel(shell, self)
        self.stack = QStackedWidget(self)
        self.start = self._make_start()
        self.busy = self._make_busy()
        self.shown = RehearsalView(shell, self)
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
        kinds = tr("台账 (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)")
        self._shell.files.open_files(tr("选择台账"), kinds, self._on_files_chosen)

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
            self.shown.focus_first()
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
        self.shown.choose_requested.connect(self.choose)
        self.shown.cancel_requested.connect(self._on_cancel_clicked)
        self.shown.apply_requested.connect(self._on_shown_apply_requested)
        self.shown.save_requested.connect(self._on_save_clicked)
        self.shown.sheet_requested.connect(self._on_shown_sheet_requested)
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

    # --- slots

    def _on_files_chosen(self, paths: list[Path]) -> None:
        if paths:
            self.model.open(paths[0])

    @Slot(str)
    def _on_shown_sheet_requested(self, sheet: str) -> None:
        if self.model.path is not None:
            self.model.open(self.model.path, sheet)

    @Slot()
    def _on_shown_apply_requested(self) -> None:
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
        self.shown.show_rehearsal(rehearsal)
        self.stack.setCurrentWidget(self.shown)
        self.focus_first()

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
        hint = said.hint if "--" not in said.hint else tr("请打开表格核对表头：要有一列是企业名称。改好再选一次。")
        self.start.say(said.text, hint)
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
