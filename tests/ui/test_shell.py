"""What every screen gets: reading and writing, messages, and the way back of what was done last."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models.errors import DiskFull
from safetydesk.models.tables import Enterprise
from safetydesk.ui.places import OpenPlace, Place
from safetydesk.ui.shell import Message, Shell, trouble_message
from safetydesk.ui.tasks import Task
from safetydesk.workflows import enterprises
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import ERROR_TEXTS, words_for
from safetydesk.workflows.folders import state_folder

from .parts import Catcher

FACTS = {
    name for words in ERROR_TEXTS.values() for _, name, _, _ in Formatter().parse(words.message + words.hint) if name
}


@pytest.fixture
def said(shell: Shell) -> list[Message]:
    heard: list[Message] = []
    shell.messages.said.connect(heard.append)
    return heard


def settle(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task))


def renaming(name: str) -> Any:
    def write(session: Any, _progress: object) -> Any:
        session.scalars(select(Enterprise)).one().name = name
        return Changes(ledger=True)

    return write


def refused(_session: Any, _progress: object) -> Any:
    raise DiskFull(folder="/数据")


def name_of(desk: Desk) -> str:
    with desk.store.reading() as session:
        return session.scalars(select(Enterprise.name)).one()


@pytest.fixture
def factory(file_desk: Desk) -> str:
    with file_desk.store.writing() as session:
        enterprises.add(session, file_desk, {"name": "样溪甲厂", "address": "样溪路1号"})
    return "样溪甲厂"


def test_a_screen_can_send_the_person_elsewhere(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.go_requested) as gone:
        shell.go(OpenPlace(Place.PAPERS))
    assert gone.args == [OpenPlace(Place.PAPERS)]


def test_trouble_that_a_screen_does_not_take_is_said_in_words(qtbot: QtBot, shell: Shell, said: list[Message]) -> None:
    catcher = Catcher()
    shell.read(refused, catcher.on_done)
    settle(qtbot, shell)
    assert catcher.heard == []
    (message,) = said
    assert message.kind == "trouble"
    assert message.text
    assert message.hint
    assert isinstance(message.error, DiskFull)


def test_trouble_that_a_screen_takes_is_said_by_nobody_else(qtbot: QtBot, shell: Shell, said: list[Message]) -> None:
    catcher = Catcher()
    shell.write(refused, catcher.on_done, catcher.on_failed)
    settle(qtbot, shell)
    assert catcher.names() == ["failed"]
    assert said == []


def test_a_bug_is_said_as_one_and_noted_without_what_was_being_worked_on() -> None:
    def work_with(name: str) -> None:
        raise KeyError(name)

    with pytest.raises(KeyError) as caught:
        work_with("李某某 13800000000")
    message = trouble_message(caught.value)
    log = state_folder() / "log" / "safetydesk.log"
    assert message.kind == "trouble"
    assert str(log) in message.hint
    noted = log.read_text("utf-8")
    assert "KeyError" in noted
    assert "work_with" in noted
    assert "李某某" not in noted + message.text + message.hint


def test_a_bug_is_said_also_where_the_log_cannot_be_written() -> None:
    Path(state_folder()).parent.mkdir(parents=True, exist_ok=True)
    Path(state_folder()).write_text("a file where the folder should be")
    message = trouble_message(ZeroDivisionError())
    assert message.text
    assert message.hint


def test_what_was_done_last_can_be_taken_back_once(
    qtbot: QtBot, shell: Shell, said: list[Message], factory: str, file_desk: Desk
) -> None:
    shell.write(renaming("改错的名字"))
    settle(qtbot, shell)
    shell.messages.undoable("已改名。", renaming(factory))
    assert shell.undo()
    assert not shell.undo(), "a second press takes nothing else back"
    settle(qtbot, shell)
    assert name_of(file_desk) == factory
    assert [message.kind for message in said] == ["undoable", "told"]
    assert not shell.undo()


def test_taking_back_tells_every_screen(qtbot: QtBot, shell: Shell, factory: str) -> None:
    catcher = Catcher()
    shell.runner.changed.connect(catcher.on_changed)
    shell.messages.undoable("已改名。", renaming(factory))
    shell.undo()
    settle(qtbot, shell)
    assert catcher.values("changed") == [Changes(ledger=True)]


def test_what_could_not_be_taken_back_can_be_tried_again(
    qtbot: QtBot, shell: Shell, said: list[Message], factory: str, file_desk: Desk
) -> None:
    """A full disk, then room again."""
    tries: list[int] = []

    def undo(session: Any, progress: object) -> Any:
        tries.append(1)
        return refused(session, progress) if len(tries) == 1 else renaming(factory)(session, progress)

    shell.write(renaming("改错的名字"))
    settle(qtbot, shell)
    shell.messages.undoable("已改名。", undo)
    assert shell.undo()
    settle(qtbot, shell)
    assert said[-1].kind == "trouble"
    assert said[-1].undo is not None
    assert shell.undo()
    settle(qtbot, shell)
    assert name_of(file_desk) == factory
    assert said[-1].kind == "told"


def test_a_later_message_ends_the_way_back_of_an_earlier_one(shell: Shell) -> None:
    shell.messages.undoable("已改名。", renaming("x"))
    shell.messages.tell("已复制。")
    assert not shell.undo()


def test_without_anything_done_there_is_nothing_to_take_back(shell: Shell) -> None:
    assert not shell.undo()


def test_the_program_says_the_same_of_a_problem_in_the_window_and_on_the_command_line() -> None:
    error = DiskFull(folder="/数据")
    words = words_for(error)
    assert (trouble_message(error).text, trouble_message(error).hint) == (words.message, words.hint)


OF_THE_COMMAND_LINE = re.compile(r"safetydesk [a-z]|--[a-z]|命令|SAFETYDESK|字段")
NEVER_IN_THE_WINDOW = {"usage", "passphrase_needed", "no_display", "bad_clock", "clock_not_allowed"}


@pytest.mark.parametrize("code", sorted(set(ERROR_TEXTS) - NEVER_IN_THE_WINDOW))
def test_the_window_names_no_command_and_no_inner_word(code: str) -> None:
    error = SafetyDeskError(**dict.fromkeys(FACTS, "某某"))
    error.code = code  # type: ignore[misc]
    message = trouble_message(error)
    assert not OF_THE_COMMAND_LINE.search(message.text + message.hint), message
    assert message.text.removesuffix("某某").endswith(("。", "！", "？"))
    assert "{" not in message.text + message.hint
