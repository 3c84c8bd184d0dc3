"""The screen of the checks, from choosing to the end, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.inspection.screen import InspectionScreen
from safetydesk.workflows.desk import Desk
from ui.visits import Window, close_window, open_window


@pytest.fixture
def visit_window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "window")
    yield made
    close_window(made)


@pytest.fixture
def checks(qtbot: QtBot, visit_window: Window) -> Iterator[InspectionScreen]:
    """As large as on a small laptop; hears of changes as the frame tells them."""
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1230, 676)
    made = InspectionScreen(visit_window.shell, around)
    made.resize(around.size())
    visit_window.shell.runner.changed.connect(made.refresh)
    around.show()
    around.activateWindow()
    qtbot.waitExposed(around)
    yield made
    visit_window.shell.runner.changed.disconnect(made.refresh)
