"""Run by the tests: the program, and somebody who answers a checklist by keys until the process is killed.

Everything is imported once, and every line of standard input, a task as JSON, is a fork with a window of its own. Says on
standard output, a line of JSON each: `process`, its number; `shown`, what the walk shows when it was opened; `stored` and
`photos`, what the screen says is saved, in the moment in which it says so; `done`, when the check was ended and the
window closed; `ended`, with what exit code, minus the signal.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pkgutil
import random
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the application is made

from PySide6.QtCore import QObject, QtMsgType, Slot, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journeys.person import Person
from safetydesk import ui, workflows
from safetydesk.domain.kinds import Result
from safetydesk.ui import dialogs
from safetydesk.ui.app import App
from safetydesk.workflows.folders import Place

LONGEST = 50  # seconds: nobody waits for a window that hangs
_STEP = 5  # ms
_MOST_AHEAD = 4  # keys pressed before the first of them shows


def say(**what: Any) -> None:
    """At once, and whole: the next moment may be the last."""
    os.write(1, f"{json.dumps(what, ensure_ascii=False)}\n".encode())


class Patience:
    """Waits as the tests' own robot does."""

    def waitUntil(self, until: Callable[[], bool], *, timeout: int) -> None:
        for _ in range(timeout // _STEP):
            if until():
                return
            QTest.qWait(_STEP)
        raise TimeoutError


class Chooser:
    """In the place of the file dialogs: the one picture."""

    picture = Path()

    def __init__(self, _window: object, _config: object) -> None:
        pass

    def open_files(self, _title: str, _kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        on_chosen([self.picture])


class Announcer(QObject):
    """Says what the screen says. Connected behind the view: the tick is there already."""

    def __init__(self, view: Any) -> None:
        super().__init__()
        self._view = view
        self._model = view.model
        self._model.stored.connect(self.on_stored)
        self._model.photos_changed.connect(self.on_photos_changed)

    @Slot(str)
    def on_stored(self, item: str) -> None:
        number = next(one.number for one in self._model.items if one.id == item)
        assert self._view.item_view._tick.isVisible()
        assert self._view.item_view._tick_word.text() == f"第 {number} 项已保存"
        say(stored=self.answer(item))

    @Slot()
    def on_photos_changed(self) -> None:
        say(photos=self.photos())

    def answer(self, item: str) -> dict[str, str]:
        state = self._model.state_of(item)
        return {"item": item, "result": state.result.value, "place": state.place, "note": state.note}

    def photos(self) -> dict[str, str]:
        return {photo.item: photo.name for photo in self._model.walk.photos}

    def shown(self) -> dict[str, Any]:
        """The walk as it was opened: what is known, and what can be read of it."""
        current, view = self._model.current, self._view
        return {
            "answers": [self.answer(item) for item, _thing in self._model.walk.answers],
            "photos": self.photos(),
            "at": current.id if current is not None else None,
            "asks": view.item_view.question.text() if current is not None else view._end.title.text(),
            "count": view.head.count.text(),
            "findings": [row.line.text for row in view.pane.rows],
            "pictures": len(view.pane.tray.tiles),
        }


class Inspector:
    """Answers item after item as the plan says; what was cut off is gone back to."""

    def __init__(self, person: Person, view: Any, plan: dict[str, dict[str, str]], rnd: random.Random) -> None:
        self._person = person
        self._view = view
        self._model = view.model
        self._plan = plan
        self._rnd = rnd

    def look_back(self) -> None:
        """The item before may be a finding that is only half there."""
        at = self._model.at if self._model.current is not None else len(self._model.items)
        if at and not self._is_whole(self._model.items[at - 1].id):
            self._and_arrives(at - 1, "Up")

    def go_on(self) -> None:
        while self._model.current is not None:
            item = self._model.current.id
            if self._plan[item]["key"] == "2":
                self._find(item)
            else:
                self._answer_some()

    def _answer_some(self) -> None:
        """A few keys at once, as one does who has the paper before him."""
        keys: list[str] = []
        for item in self._model.items[self._model.at :][: self._rnd.randint(1, _MOST_AHEAD)]:
            if self._plan[item.id]["key"] == "2":
                break
            keys.append(self._plan[item.id]["key"])
        self._and_arrives(self._model.at + len(keys), *keys)

    def _find(self, item: str) -> None:
        """Which fault, where, a remark, a photo; each only where it is not there yet."""
        step, person = self._plan[item], self._person
        person.press("2")
        for _ in range(6):
            if person.focused == "部位":
                break
            person.press("Tab")
        state = self._model.state_of(item)
        if state is None or not state.place:
            person.type(step["place"])
        if state is None or not state.note:
            person.press("Alt+N")
            person.type(step["note"])
        if not any(photo.item == item for photo in self._model.walk.photos):
            person.press("Alt+P")
            person.waits_until(lambda: any(photo.item == item for photo in self._model.walk.photos), "no photo")
        self._and_arrives(self._model.at + 1, "Enter")
        assert self._is_whole(item)

    def _is_whole(self, item: str) -> bool:
        step, state = self._plan[item], self._model.state_of(item)
        if state is None:
            return False
        return step["key"] != "2" or (
            state.result is Result.FAIL
            and (state.place, state.note) == (step["place"], step["note"])
            and any(photo.item == item for photo in self._model.walk.photos)
        )

    def _and_arrives(self, position: int, *keys: str) -> None:
        last = len(self._model.items)
        self._person.press(*keys)
        self._person.waits_until(
            lambda: (
                (self._model.at if self._model.current is not None else last) == position and not self._model.is_busy
            ),
            f"stayed at {self._model.at}",
        )


def walk_of(person: Person) -> Any:
    """From 今日 into the check that lies unfinished."""
    person.waits_for("继续检查")
    person.press("Enter")
    frame = person.program.frame
    assert frame is not None
    person.waits_until(lambda: getattr(frame.current_screen(), "_walk", None) is not None, "no walk")
    view = cast(Any, frame.current_screen()).walk
    person.waits_until(lambda: view.model.walk is not None, "the check was not opened")
    person.settles()
    return view


def finish(person: Person) -> None:
    """From the last page to the papers."""
    person.waits_for("项都查过了")
    person.press("Enter")
    person.waits_for("结束以后")
    person.settles()
    person.press("Ctrl+Enter")
    person.waits_for("检查已结束")
    person.settles()


def on_message(_kind: QtMsgType, _context: object, text: str) -> None:
    if not text.startswith("This plugin does not support "):  # of the screen that is none
        sys.stderr.write(f"{text}\n")


def live(task: dict[str, Any]) -> None:
    """One life of the program."""
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    qInstallMessageHandler(on_message)
    application = QApplication([])
    Chooser.picture = Path(task["picture"])
    dialogs.DialogFileChooser = Chooser  # type: ignore[assignment,misc]
    program = App(Place(Path(task["folder"]), Path(task["state"])), None, own_face=True)
    sys.excepthook = program.on_bug
    program.open()
    program.window.activateWindow()
    person = Person(cast(QtBot, Patience()), program)
    person.unlocks(task["passphrase"])
    view = walk_of(person)
    announcer = Announcer(view)
    say(shown=announcer.shown())
    inspector = Inspector(person, view, task["plan"], random.Random(task["seed"]))
    inspector.look_back()
    inspector.go_on()
    finish(person)
    assert program.window.close()
    program.shut_down()
    application.processEvents()
    say(done=True)


def fork(task: dict[str, Any]) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            live(task)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    say(process=child)
    _, status = os.waitpid(child, 0)
    say(ended=os.waitstatus_to_exitcode(status))


def main() -> None:
    for package in (ui, workflows):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for line in sys.stdin:
        fork(json.loads(line))


if __name__ == "__main__":
    main()
