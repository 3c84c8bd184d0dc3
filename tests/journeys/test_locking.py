"""Lock and unlock with half-typed words on the screen, nobody there, and the wrong passphrase three times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import PASSPHRASE
from pytestqt.qtbot import QtBot

from safetydesk.workflows.folders import Place

from .person import Person

Begin = Callable[[Place], Person]


@pytest.fixture
def person(begin: Begin, installed: Place) -> Person:
    return begin(installed)


def test_the_wrong_passphrase_three_times_and_then_the_right_one(person: Person) -> None:
    for n in range(3):
        person.waits_for_focus("口令")
        person.type(f"not this {n}")
        person.press("Enter")
        person.waits_for("口令不对，没有打开。")
        assert not person.sees("今日")
        assert person.edit("口令").selectedText() == f"not this {n}"
    assert person.sees("备份"), "after three it says what can still be done"
    person.unlocks(PASSPHRASE)
    person.waits_for("今日")
    assert not person.sees("口令不对")


def test_an_empty_passphrase_asks_for_one(person: Person) -> None:
    person.waits_for_focus("口令")
    person.press("Enter")
    assert person.sees("请先输入口令。")


def test_half_typed_words_are_there_when_one_comes_back(person: Person) -> None:
    person.unlocks(PASSPHRASE)
    person.press("Ctrl+K")
    person.type("样溪 half ")
    person.settles()
    person.press("Ctrl+L")
    assert not person.sees("样溪 half"), "nothing of it can be read at the door"
    assert not person.sees("今日")
    person.unlocks(PASSPHRASE)
    assert person.sees("样溪 half")
    assert person.focused == "搜索企业、隐患、文书和检查"
    person.type("typed")
    assert person.sees("样溪 half typed")


def test_a_half_filled_form_is_there_when_one_comes_back(person: Person) -> None:
    """Registering an enterprise by hand: locked over it, and gone on with."""
    person.unlocks(PASSPHRASE)
    person.press("Alt+2")
    person.click("登记企业")
    person.waits_for_focus("企业名称")
    person.type("样溪甲厂（示")
    person.press("Ctrl+L")
    assert not person.sees("样溪甲厂")
    person.unlocks(PASSPHRASE)
    assert person.focused == "企业名称"
    person.type("例）")
    assert person.edit("企业名称").text() == "样溪甲厂（示例）"


def test_nobody_there_locks_the_window(qtbot: QtBot, person: Person) -> None:
    person.unlocks(PASSPHRASE)
    person.press("Ctrl+K")
    person.type("half")
    person.settles()
    idle = person.program.window._idle
    assert idle is not None
    idle._timer.start(50)
    person.waits_until(lambda: person.program.lock_screen is not None, "it never locked")
    person.unlocks(PASSPHRASE)
    assert person.sees("half")


def test_the_setting_of_the_time_counts_at_once(person: Person) -> None:
    """Two minutes, as chosen in the settings by the keyboard."""
    person.unlocks(PASSPHRASE)
    person.press("Alt+6")
    person.settles()
    person.click("锁定与口令")
    person.waits_for("自动锁定")
