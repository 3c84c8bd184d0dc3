"""Undo rather than ask: an answer, an edit of an enterprise, a setting, an enterprise that was entered by mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import PASSPHRASE
from PySide6.QtWidgets import QApplication, QPushButton

from safetydesk.domain.kinds import Result
from safetydesk.ui.places import ContinueInspection, ShowEnterprise
from safetydesk.workflows.folders import Place

from .day import addresses_in, answers_in, begun, items_of, names_in, registered
from .person import Person
from .test_first_day import registers

Begin = Callable[[Place], Person]
FACTORY = "样溪木器厂（示例）"


@pytest.fixture
def person(begin: Begin, installed: Place) -> Person:
    made = begin(installed)
    made.unlocks(PASSPHRASE)
    return made


def clicks_undo(person: Person) -> None:
    """The button of the message at the foot."""
    assert person.program.frame is not None
    button = person.program.frame.message_bar.undo_button
    assert isinstance(button, QPushButton)
    person.waits_until(button.isVisible, "nothing offers to undo")
    person.click_on(button)
    person.settles()
    person.waits_for("已撤销")


def at_the_walk(begin: Begin, place: Place) -> tuple[Person, list[str]]:
    inspection_id = begun(place, registered(place, FACTORY))
    items = items_of(place, inspection_id)
    person = begin(place)
    person.unlocks(PASSPHRASE)
    assert person.program.frame is not None
    person.program.frame.go(ContinueInspection(inspection_id))
    person.waits_for_focus("第 1 项：")
    return person, items


def test_answers_are_taken_back_one_by_one_and_done_again(begin: Begin, installed: Place) -> None:
    person, items = at_the_walk(begin, installed)
    person.press("1", "3", "1")
    person.waits_for("已查 3/")
    person.press("Ctrl+Z")
    person.waits_for("已查 2/")
    person.waits_for_focus("第 3 项：")
    person.press("Ctrl+Z")
    person.waits_for("已查 1/")
    person.settles()
    assert answers_in(installed) == {items[0]: Result.PASS}
    person.press("Ctrl+Y")
    person.waits_for("已查 2/")
    person.settles()
    assert answers_in(installed) == {items[0]: Result.PASS, items[1]: Result.NOT_APPLICABLE}


def test_a_fail_with_its_words_is_taken_back_whole(begin: Begin, installed: Place) -> None:
    person, items = at_the_walk(begin, installed)
    person.press("1", "2")
    person.waits_for_focus("部位")
    person.type("污水站")
    person.press("Enter")
    person.waits_for("本次问题 1")
    person.settles()
    assert answers_in(installed)[items[1]] is Result.FAIL
    for _ in range(4):
        if not person.sees("本次问题 1"):
            break
        person.press("Ctrl+Z")
        person.settles()
    person.waits_for("本次问题 0")
    person.settles()
    assert answers_in(installed) == {items[0]: Result.PASS}


def test_an_edit_of_an_enterprise_is_undone_by_the_button(begin: Begin, installed: Place) -> None:
    enterprise_id = registered(installed, FACTORY)
    person = begin(installed)
    person.unlocks(PASSPHRASE)
    assert person.program.frame is not None
    person.program.frame.go(ShowEnterprise(enterprise_id))
    person.waits_for(FACTORY)
    person.settles()
    person.press("Ctrl+E")
    person.waits_for_focus("企业名称")
    person.tabs_to("实际经营地址")
    person.press("Ctrl+A")
    person.type("写错的路 99 号")
    person.press("Ctrl+S")
    person.waits_for("已保存，改了 1 处。")
    person.settles()
    assert addresses_in(installed) == ["写错的路 99 号"]
    clicks_undo(person)
    assert addresses_in(installed) == ["样溪路1号"]
    assert not person.sees("写错的路")


def test_an_enterprise_that_was_entered_by_mistake_is_taken_back(person: Person, installed: Place) -> None:
    registers(person, name="写错的厂（示例）")
    person.waits_for("已登记 写错的厂（示例）。")
    clicks_undo(person)
    person.press("Alt+2")
    person.settles()
    assert not person.sees("写错的厂")
    assert "写错的厂（示例）" not in names_in(installed)


def test_a_setting_is_undone_by_its_key(person: Person, installed: Place) -> None:
    person.press("Alt+6")
    person.settles()
    person.click("外观")
    person.settles()
    assert person.program.config.now.appearance.scheme == "light"
    person.click("深色")
    person.waits_until(lambda: person.program.config.now.appearance.scheme == "dark", "it never went dark")
    person.waits_for("外观已改变。")
    focused = QApplication.focusWidget()
    assert focused is not None
    person.press("Ctrl+Z")
    person.waits_until(lambda: person.program.config.now.appearance.scheme == "light", "it stayed dark")
    person.settles()
