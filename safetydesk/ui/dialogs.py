"""Questions and file choosers, as real dialogs that never block. Tests put others in their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.config import Config
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import emphasis, text_label

_SAVED_IN = "files.saved_in"


class Question(QDialog):
    """One question with its consequence; Esc is no."""

    def __init__(self, title: str, text: str, button: str, *, danger: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        self.title_label = emphasis(title, self)
        self.title_label.setWordWrap(True)
        self.text_label = text_label(text, self)
        self.text_label.setMinimumWidth(theme.scaled(420))
        column.addWidget(self.title_label)
        column.addWidget(self.text_label)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch()
        self.no_button = plain_button(tr("不，返回"), parent=self)
        self.yes_button = primary_button(button, parent=self)
        if danger:
            self.yes_button.setProperty("look", "danger_primary")
        self.no_button.clicked.connect(self.reject)
        self.yes_button.clicked.connect(self.accept)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        column.addSpacing(Space.S)
        column.addLayout(row)
        self.no_button.setAutoDefault(True)  # Enter presses the one that has the focus
        self.yes_button.setAutoDefault(True)
        first = self.no_button if danger else self.yes_button
        first.setDefault(True)
        first.setFocus()


class DialogAsker:
    """Asks over the window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

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
        question = Question(title, text, button, danger=danger, parent=self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(on_yes)
        if on_no is not None:
            question.rejected.connect(on_no)
        question.open()


class DialogFileChooser:
    """The system's file dialogs; they begin where the last one ended. What is saved has a folder of its own to begin
    in: a notice does not belong among the photos that were opened before.
    """

    def __init__(self, window: QWidget, config: Config) -> None:
        self._window = window
        self._config = config

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        dialog = self._dialog(title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog, on_chosen)

    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None:
        dialog = self._dialog(title, "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, lambda paths: on_chosen(paths[0]))

    def save_file(self, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]) -> None:
        dialog = self._dialog(title, kinds, _SAVED_IN)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix)
        dialog.selectFile(name)
        self._open(dialog, lambda paths: on_chosen(paths[0]), _SAVED_IN)

    def _dialog(self, title: str, kinds: str, purpose: str = "") -> QFileDialog:
        last = self._config.recall(purpose, "") if purpose else self._config.now.last_folder
        dialog = QFileDialog(self._window, title, _there(last), kinds)
        for label, word in (
            (QFileDialog.DialogLabel.LookIn, tr("位置：")),
            (QFileDialog.DialogLabel.FileType, tr("文件类型：")),
        ):
            dialog.setLabelText(label, word)  # where the system has no dialog of its own, Qt's says these in English
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _open(self, dialog: QFileDialog, on_chosen: Callable[[list[Path]], object], purpose: str = "") -> None:
        def chosen(files: list[str]) -> None:
            if not files:
                return
            folder = str(Path(files[0]).parent)
            if purpose:
                self._config.remember(purpose, folder)
            else:
                self._config.change(last_folder=folder)
            on_chosen([Path(file) for file in files])

        dialog.filesSelected.connect(chosen)
        dialog.open()


def _there(last: object) -> str:
    """The folder of the last time, or where people keep their papers: never where the program was started."""
    if isinstance(last, str) and last and Path(last).is_dir():
        return last
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if Path(documents).is_dir() else str(Path.home())
