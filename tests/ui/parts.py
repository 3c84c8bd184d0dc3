"""What the window's tests put in the place of dialogs, file choosers and printers, and how they catch what arrives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from safetydesk.ui import theme
from safetydesk.ui.config import Appearance, Config
from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import Task, TaskRunner
from safetydesk.workflows.desk import Desk


@dataclass
class Asked:
    """One question as it was put."""

    title: str
    text: str
    button: str
    danger: bool


@dataclass
class RecordingAsker:
    """Answers every question at once: yes, no, or, none, not at all."""

    answer: bool | None = True
    asked: list[Asked] = field(default_factory=list)

    def ask(
        self,
        title: str,
        text: str,
        button: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
        on_no: Callable[[], object] | None = None,
    ) -> None:
        self.asked.append(Asked(title, text, button, danger))
        if self.answer:
            on_yes()
        elif self.answer is False and on_no is not None:
            on_no()


@dataclass
class RecordingFileChooser:
    """Chooses what the test laid out; nothing laid out is that the person thought better of it."""

    files: list[Path] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # title, the name that was proposed

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        self.asked.append((title, ""))
        if self.files:
            on_chosen(list(self.files))

    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None:
        self.asked.append((title, ""))
        if self.files:
            on_chosen(self.files[0])

    def save_file(self, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]) -> None:
        self.asked.append((title, name))
        if self.files:
            on_chosen(self.files[0])


class RecordingPrinter(QObject):
    """What was printed lies in `sheets`, as title, copies and PDF."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, int, bytes]] = []
        self.saved: list[str] = []

    def print_pdf(
        self,
        jobs: list[Any],
        copies: int,
        on_printed: Callable[[Any], object],
        on_not_printed: Callable[[], object] | None = None,
    ) -> None:
        from safetydesk.ui.printing import Printed

        self.sheets += [(job.title, copies, job.pdf) for job in jobs]
        on_printed(Printed(tuple(job.title for job in jobs), copies))

    def save_pdf(self, jobs: list[Any], on_saved: Callable[[], object] | None = None) -> None:
        self.saved += [job.title for job in jobs]
        if on_saved is not None:
            on_saved()


class Catcher(QObject):
    """Takes what a task sends, in order, and notes in whose thread it came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heard: list[tuple[str, Any]] = []
        self.threads: set[threading.Thread] = set()

    def listen(self, task: Task) -> Task:
        """Hear all that it sends."""
        task.progressed.connect(self.on_progressed)
        task.succeeded.connect(self.on_done)
        task.failed.connect(self.on_failed)
        task.stopped.connect(self.on_stopped)
        task.finished.connect(self.on_finished)
        return task

    def names(self) -> list[str]:
        return [name for name, _value in self.heard]

    def values(self, name: str = "done") -> list[Any]:
        return [value for one, value in self.heard if one == name]

    @Slot(object)
    def on_done(self, value: object) -> None:
        self._hear("done", value)

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        self._hear("failed", error)

    @Slot()
    def on_stopped(self) -> None:
        self._hear("stopped")

    @Slot()
    def on_finished(self) -> None:
        self._hear("finished")

    @Slot(object)
    def on_changed(self, changes: object) -> None:
        self._hear("changed", changes)

    @Slot(int, int, str)
    def on_progressed(self, done: int, total: int, what: str) -> None:
        self._hear("progressed", (done, total, what))

    def _hear(self, name: str, value: object = None) -> None:
        self.heard.append((name, value))
        self.threads.add(threading.current_thread())


def make_shell(desk: Desk, folder: Path, appearance: Appearance | None = None) -> Shell:
    """As the program makes it, with everything that would wait for a person replaced. End it with `end_shell`."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, appearance or Appearance(), own_face=True)
    runner = TaskRunner()
    runner.desk = desk
    return Shell(desk, runner, Config(folder), RecordingAsker(), RecordingFileChooser(), RecordingPrinter())


def end_shell(shell: Shell) -> None:
    shell.runner.shut_down()
    shell.runner.deleteLater()
    shell.printer.deleteLater()
    shell.deleteLater()
