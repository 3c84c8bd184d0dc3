"""A window with the paper screen in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from safetydesk.ui.papers.screen import PapersScreen
from safetydesk.workflows.desk import Desk
from ui.visits import Window, close_window, open_window


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "window")
    yield made
    close_window(made)


@pytest.fixture
def screen(qtbot: QtBot, window: Window) -> Iterator[PapersScreen]:
    """As large as on a small laptop; hears of changes as the frame tells them."""
    made = PapersScreen(window.shell)
    qtbot.addWidget(made)
    window.shell.runner.changed.connect(made.refresh)
    made.resize(1230, 676)
    made.show()
    made.activateWindow()
    yield made
    made.hide()
