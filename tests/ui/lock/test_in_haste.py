"""Who types before the program has loaded itself: in a process of its own, where nothing is loaded yet."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import PASSPHRASE, Office

HASTE = """
import os, sys, faulthandler
os.environ["QT_QPA_PLATFORM"] = "offscreen"
faulthandler.dump_traceback_later(50, exit=True)
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from safetydesk.ui import trace
from safetydesk.ui.app import App
from safetydesk.workflows.folders import Place

application = QApplication([])
program = App(Place(Path(sys.argv[1]), Path(sys.argv[2])), None, own_face=True)
heard = []
trace.moment = heard.append

def give():
    program.lock_screen.passphrase_edit.setText(sys.argv[3])
    program.lock_screen.passphrase_edit.returnPressed.emit()

def look():
    if program.frame is not None and "warmed" in heard and "frame_told" in heard:
        print("in")
        application.quit()
    elif program.lock_screen is not None and program.lock_screen.said.text() not in ("", "正在打开……"):
        print(program.lock_screen.said.text())
        application.quit()

program.open()
program.lock_screen.painted.connect(lambda: QTimer.singleShot(int(sys.argv[4]), give))
looking = QTimer()
looking.timeout.connect(look)
looking.start(10)
application.exec()
program.shut_down()
"""


@pytest.mark.parametrize("after", [0, 20, 60, 150])
def test_the_passphrase_opens_also_what_is_still_loading(file_office: Office, after: int) -> None:
    """Two threads that load the database layer together would find it half there."""
    file_office.set_up().store.close()
    place = file_office.place()
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", HASTE, str(place.folder), str(place.state), PASSPHRASE, str(after)],
        env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert said.stdout.strip() == "in", said.stdout + said.stderr
    assert said.returncode == 0
