"""The line that shows what takes longer than a second: what, how far, how long yet, and 停止."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from safetydesk.ui import theme
from safetydesk.ui.tasks import Task, TaskRunner
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button
from safetydesk.ui.widgets.labels import Elided, muted_label

_AFTER = 700  # ms: what is done by then is not worth a line
_LEAST_SHARE = 0.05  # before that nobody can say how long yet


class TaskLine(QFrame):
    """Only work that has a title is shown, one at a time in the order in which it came; it can be stopped."""

    stopped = Signal()  # a person stopped it, and nothing of it stayed

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.M)
        self.what = Elided("", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.scaled(200))
        self._bar.setAccessibleName(tr("进度"))
        self._left = muted_label("", self)
        self._left.setMinimumWidth(theme.scaled(110))
        self.stop_button = plain_button(tr("停止"), "square", self)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        row.addWidget(self.what, 1)
        row.addWidget(self._bar)
        row.addWidget(self._left)
        row.addWidget(self.stop_button)
        self._task: Task | None = None
        self._waiting: list[Task] = []
        self._stopped_here: set[QObject] = set()
        self._began = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later_timeout)
        runner.started.connect(self._on_runner_started)
        self.hide()

    @Slot(object)
    def _on_runner_started(self, task: Task) -> None:
        if not task.title:
            return
        task.progressed.connect(self._on_task_progressed)
        task.stopped.connect(self._on_task_stopped)
        task.finished.connect(self._on_task_finished)
        if self._task is None:
            self._show(task)
        else:
            self._waiting.append(task)

    def _show(self, task: Task) -> None:
        self._task = task
        self._began = time.monotonic()
        self._bar.setRange(0, 0)
        self._left.setText("")
        self.what.set_whole(task.title)
        self.stop_button.setEnabled(not task.is_cancelled)
        if not self.isVisible():
            self._later.start(_AFTER)

    @Slot()
    def _on_later_timeout(self) -> None:
        self.setVisible(self._task is not None)

    @Slot(int, int, str)
    def _on_task_progressed(self, done: int, total: int, what: str) -> None:
        if self._task is None or self.sender() is not self._task or self._task.is_cancelled:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.what.set_whole(f"{self._task.title} {what}".strip())
        self._left.setText(self._how_long(done, total))

    def _how_long(self, done: int, total: int) -> str:
        share = done / total if total else 0
        if share < _LEAST_SHARE:
            return f"{done}/{total}" if total else ""
        seconds = (time.monotonic() - self._began) * (1 - share) / share
        return (
            tr("约 {minutes} 分钟", minutes=round(seconds / 60)) if seconds >= 90 else tr("约 {s} 秒", s=round(seconds))
        )

    @Slot()
    def _on_task_stopped(self) -> None:
        if self.sender() in self._stopped_here:
            self.stopped.emit()

    @Slot()
    def _on_task_finished(self) -> None:
        """The next one comes into view at once if the line is there already."""
        ended = self.sender()
        self._stopped_here.discard(ended)
        if ended is not self._task:
            self._waiting = [task for task in self._waiting if task is not ended]
            return
        self._task = None
        self._later.stop()
        if self._waiting:
            self._show(self._waiting.pop(0))
        else:
            self.hide()

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._task is not None:
            self._stopped_here.add(self._task)
            self._task.cancel()
            self.stop_button.setEnabled(False)
            self.what.set_whole(tr("正在停止……已做的会恢复到开始前的样子。"))
