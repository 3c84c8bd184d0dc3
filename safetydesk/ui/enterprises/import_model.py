"""Importing a ledger: read the file, rehearse, apply. Each step can be stopped, and leaves the ledger as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import Task
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.spreadsheets.ledger_reader import LedgerSheet
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.ledger_rehearsal import Applied, Rehearsal


class LedgerImportModel(QObject):
    """One file at a time."""

    progressed = Signal(str, int, int)  # what, done, of how many; none of any where nobody knows
    rehearsed = Signal(object)  # Rehearsal
    applied = Signal(object)  # Applied
    refused = Signal(object)  # the error
    stopped = Signal()
    refused_saved = Signal(object)  # the path

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._is_stopping = False
        self.path: Path | None = None
        self.rehearsal: Rehearsal | None = None

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    def open(self, path: Path, sheet: str | None = None) -> None:
        """Read a file and see what it would do."""
        if self.is_busy:
            return
        self.path, self.rehearsal = path, None
        name = path.name

        def read(_progress: object) -> LedgerSheet:
            from safetydesk.workflows import ledger_rehearsal

            return ledger_rehearsal.read(path, sheet)

        self.progressed.emit(tr("正在读 {file}", file=name), 0, 0)
        self._begin(self._shell.runner.pool(read), self._on_sheet_read)

    def apply(self) -> None:
        """Take in what was rehearsed."""
        if self.is_busy or self.rehearsal is None:
            return
        desk, sheet = self._shell.desk, self.rehearsal.sheet

        def write(session: Any, progress: Any) -> tuple[Changes, Applied]:
            from safetydesk.workflows import ledger_rehearsal

            return ledger_rehearsal.apply(session, desk, sheet, progress)

        self.progressed.emit(tr("正在导入 {file}", file=self.rehearsal.file), 0, 0)
        title = tr("导入 {file}：", file=self.rehearsal.file)
        self._begin(self._shell.runner.write(write, title), self._on_applied)

    def stop(self) -> None:
        if self._task is not None:
            self._is_stopping = True
            self._task.cancel()

    def save_refused(self, path: Path) -> None:
        """What was not taken, as a workbook to be mended."""
        if self.rehearsal is None:
            return
        sheet = self.rehearsal.sheet

        def write(_progress: object) -> Path:
            from safetydesk.workflows import ledger_rehearsal

            ledger_rehearsal.save_refused(sheet, path)
            return path

        self._shell.pool(write, self._on_refused_saved)

    def forget(self) -> None:
        self.path = self.rehearsal = None

    def _begin(self, task: Task, on_done: Callable[..., object]) -> None:
        """Connected before it starts: how far it is, and that it was stopped, is told as well."""
        self._task = task
        self._is_stopping = False
        task.succeeded.connect(on_done)
        task.failed.connect(self._on_failed)
        task.progressed.connect(self._on_task_progressed)
        task.stopped.connect(self._on_task_stopped)
        task.start()

    @Slot(int, int, str)
    def _on_task_progressed(self, done: int, total: int, what: str) -> None:
        self.progressed.emit(what, done, total)

    @Slot()
    def _on_task_stopped(self) -> None:
        self._task = None
        self.stopped.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self.refused.emit(error)

    @Slot(object)
    def _on_sheet_read(self, sheet: LedgerSheet) -> None:
        if self._is_stopping:  # it was read to its end all the same
            self._on_task_stopped()
            return

        def rehearse(session: Any, progress: Any) -> Rehearsal:
            from safetydesk.workflows import ledger_rehearsal

            return ledger_rehearsal.rehearse(session, sheet, progress)

        self._begin(self._shell.runner.read(rehearse), self._on_rehearsed)

    @Slot(object)
    def _on_rehearsed(self, rehearsal: Rehearsal) -> None:
        self._task = None
        self.rehearsal = rehearsal
        self.rehearsed.emit(rehearsal)

    @Slot(object)
    def _on_applied(self, applied: Applied) -> None:
        self._task = None
        desk, import_id = self._shell.desk, applied.import_id

        def undo(session: Any, progress: Any) -> Changes:
            from safetydesk.workflows import ledger_rehearsal

            return ledger_rehearsal.take_back(session, desk, import_id, progress)

        said = tr("台账已导入：新增 {new} 家，更新 {old} 家。", new=applied.created, old=applied.updated)
        self._shell.messages.undoable(said, undo)
        self.applied.emit(applied)

    @Slot(object)
    def _on_refused_saved(self, path: Path) -> None:
        self._shell.messages.tell(tr("没收进来的已存为 {file}，改好后可以再导入。", file=path.name))
        self.refused_saved.emit(path)
