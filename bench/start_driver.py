"""What bench/start.py runs as whole processes: start_driver.py empty | unlock DATA STATE WHEN PASSPHRASE.

Nothing of the program is imported here that it does not import itself.

`empty` paints a main window with nothing in it. `unlock` is the program itself with somebody at the keys: the
passphrase is typed when everything is loaded (`warmed`, as a person does who needs a second for it), or as soon as the
lock screen is painted (`at_once`, as a password manager does). Moments go into the file that SAFETYDESK_TRACE names;
at the end one line of JSON with the memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

TICK = 5  # ms
PATIENCE = 60_000  # ms
SETTLED = 3_000  # ms after the first screen, when what was put off is loaded too
TRACE = Path(os.environ["SAFETYDESK_TRACE"])


def memory() -> dict[str, int]:
    """In KiB: now, and the most there ever was."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {"rss": int(lines["VmRSS"].split()[0]), "peak": int(lines["VmHWM"].split()[0])}


def note(moment: str) -> None:
    with TRACE.open("a") as out:
        out.write(f"{moment} {time.monotonic_ns()}\n")


def empty() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)
            note("painted")
            app.quit()

    app = QApplication([])
    window = Window()
    window.resize(1366, 728)
    window.show()
    app.exec()
    print(json.dumps({"painted": memory()}))


def unlock(data: str, state: str, when: str, passphrase: str) -> None:
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit

    from safetydesk.ui.app import App
    from safetydesk.workflows.folders import Place

    ENTER, NO_MODIFIER = Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier  # noqa: N806

    class Person(QObject):
        """Looks at the window, types when it is time, and leaves when the day is there."""

        def __init__(self, program: App) -> None:
            super().__init__()
            self.program = program
            self.memory: dict[str, dict[str, int]] = {}
            self.timer = QTimer(self)
            self.timer.timeout.connect(self.look)
            self.timer.start(TICK)
            program.frame_opened.connect(self.wait_for_the_day)
            QTimer.singleShot(PATIENCE, app.quit)

        def look(self) -> None:
            """Only until the passphrase is typed; after that nothing here disturbs."""
            said = TRACE.read_text() if TRACE.exists() else ""
            if "lock_painted" in said:
                self.memory.setdefault("lock painted", memory())
            if ("warmed" if when == "warmed" else "lock_painted") in said:
                self.timer.stop()
                self.memory["all loaded"] = memory()
                self.type()

        def type(self) -> None:
            screen = self.program.lock_screen
            field = screen.findChild(QLineEdit) if screen is not None else None
            assert field is not None
            field.setText(passphrase)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QtTest would cost memory that is not ours
                QApplication.sendEvent(field, QKeyEvent(kind, ENTER, NO_MODIFIER))

        def wait_for_the_day(self, frame: Any) -> None:
            screen = frame.current_screen()
            assert screen is not None
            screen.usable.connect(self.on_usable)

        def on_usable(self) -> None:
            """What was shown now is painted when the window's thread is idle."""
            QTimer.singleShot(0, self.on_painted)

        def on_painted(self) -> None:
            note("today_usable")
            self.memory["今日 usable"] = memory()
            QTimer.singleShot(SETTLED, self.leave)

        def leave(self) -> None:
            self.memory["settled"] = memory()
            app.quit()

    app = QApplication([])
    program = App(Place(Path(data), Path(state)), None)
    program.open()
    person = Person(program)
    app.exec()
    program.shut_down()
    print(json.dumps(person.memory))


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        unlock(*sys.argv[2:])
