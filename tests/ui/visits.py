"""A shell as screens get it, over a real store, with dialogs that answer by themselves; and visits to show in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from safetydesk.ui import theme
from safetydesk.ui.config import Appearance, Config
from safetydesk.ui.printing import Printed, PrintJob
from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import TaskRunner
from safetydesk.workflows.desk import Desk

sys.path.append(str(Path(__file__).parents[1] / "workflows"))  # office_steps: the same hands, without a window


@dataclass
class Asked:
    title: str
    text: str
    button: str
    on_yes: Callable[[], object]
    on_no: Callable[[], object] | None


@dataclass
class Answers:
    """Stands in for the question dialog: remembers, and answers at once where it was told to."""

    yes: bool | None = True
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
        self.asked.append(Asked(title, text, button, on_yes, on_no))
        if self.yes:
            on_yes()
        elif self.yes is False and on_no is not None:
            on_no()


@dataclass
class Choices:
    """Stands in for the file dialogs; `path` is what the person chose, none is that he thought better of it."""

    path: Path | None = None
    names: list[str] = field(default_factory=list)

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        if self.path is not None:
            on_chosen([self.path])

    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None:
        if self.path is not None:
            on_chosen(self.path)

    def save_file(self, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]) -> None:
        self.names.append(name)
        if self.path is not None:
            on_chosen(self.path)


class PaperTray(QObject):
    """Stands in for the printer: what was sent to it lies here."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, int, bytes]] = []
        self.saved: list[str] = []
        self.is_jammed = False

    def print_pdf(
        self,
        jobs: list[PrintJob],
        copies: int,
        on_printed: Callable[[Printed], object],
        on_not_printed: Callable[[], object] | None = None,
    ) -> None:
        if self.is_jammed:
            if on_not_printed is not None:
                on_not_printed()
            return
        self.sheets += [(job.title, copies, job.pdf) for job in jobs]
        on_printed(Printed(tuple(job.title for job in jobs), copies))

    def save_pdf(self, jobs: list[PrintJob], on_saved: Callable[[], object] | None = None) -> None:
        self.saved += [job.title for job in jobs]
        if on_saved is not None:
            on_saved()


@dataclass
class Window:
    """What a test holds: the shell, and everything that was put in the place of dialogs."""

    shell: Shell
    asker: Answers
    files: Choices
    printer: Any
    went: list[Any] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)

    def texts(self) -> list[str]:
        return [message.text for message in self.said]


def open_window(desk: Desk, folder: Path, appearance: Appearance | None = None) -> Window:
    """Made in the test's thread; `close_window` ends its threads."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, appearance or Appearance(), own_face=True)
    runner = TaskRunner()
    runner.desk = desk
    asker, files, printer = Answers(), Choices(), PaperTray()
    shell = Shell(desk, runner, Config(folder), asker, files, printer)
    window = Window(shell, asker, files, printer)
    shell.go_requested.connect(window.went.append)
    shell.messages.said.connect(window.said.append)
    return window


def close_window(window: Window) -> None:
    window.shell.runner.shut_down()
    window.shell.deleteLater()
    window.shell.runner.deleteLater()
