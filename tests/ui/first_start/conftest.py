"""The first start on an empty computer, with a runner and choosers of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.config import Config
from safetydesk.ui.first_start.first_start import FirstStart
from safetydesk.ui.tasks import TaskRunner
from safetydesk.workflows.folders import Place, data_folder, state_folder


class Chooser:
    """Answers with what the test put there."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.folder: Path | None = None
        self.asked: list[str] = []

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        self.asked.append(title)
        on_chosen(self.files)

    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None:
        self.asked.append(title)
        if self.folder is not None:
            on_chosen(self.folder)

    def save_file(self, *_: Any) -> None:
        raise AssertionError


@pytest.fixture
def runner(qapp: Any) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shut_down()


@pytest.fixture
def chooser() -> Chooser:
    return Chooser()


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: CHEAP)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where this computer's data would go; nothing is there yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "数据 家"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    if os.name == "nt":
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "家"))
    return Place(data_folder(), state_folder())


@pytest.fixture
def page(qtbot: QtBot, runner: TaskRunner, place: Place, chooser: Chooser, tmp_path: Path) -> Iterator[FirstStart]:
    """Shown in a window, with the keyboard where it begins."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 728)
    made = FirstStart(place, None, runner, Config(tmp_path / "窗口"), window, files=chooser)
    made.resize(window.size())
    window.show()
    qtbot.waitExposed(window)
    made.focus_first()
    yield made
    window.close()
