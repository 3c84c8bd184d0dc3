"""The settings screen over a real store, in a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.places import OpenSettings
from safetydesk.ui.settings.screen import SettingsScreen
from safetydesk.workflows.desk import Desk
from ui.visits import Window, close_window, open_window


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: CHEAP)


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "窗口")
    yield made
    close_window(made)


@pytest.fixture
def screen(qtbot: QtBot, window: Window) -> Iterator[SettingsScreen]:
    """Arrived, and everything read."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1230, 640)
    made = SettingsScreen(window.shell, around)
    made.resize(around.size())
    window.shell.runner.changed.connect(made.refresh)
    around.show()
    qtbot.waitExposed(around)
    with qtbot.waitSignal(made.model.loaded):
        made.arrive(OpenSettings())
    made.focus_first()
    yield made
    window.shell.runner.changed.disconnect(made.refresh)
