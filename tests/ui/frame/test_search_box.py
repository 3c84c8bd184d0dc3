"""The search box: types, looks, opens, and gives the keyboard back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.ui.config import Appearance
from safetydesk.ui.frame.search_box import SearchBox
from safetydesk.ui.frame.search_entries import ENTRY, Head, Way
from safetydesk.ui.places import (
    AddEnterprise,
    ContinueInspection,
    ListEnterprises,
    ShowEnterprise,
    ShowHazard,
    ShowPaper,
)
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.global_search import MOST_ENTERPRISES, FoundRow, Search
from ui.visits import Window, close_window, open_window

from office_steps import add, failed, hazards_of, issue, start, visit  # isort: skip  # visits.py puts it on the path


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "窗口")
    yield made
    close_window(made)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window with something else in it that can have the keyboard."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    QVBoxLayout(made)
    return made


@pytest.fixture
def elsewhere(host: QWidget) -> QLineEdit:
    return QLineEdit(host)


@pytest.fixture
def box(qtbot: QtBot, window: Window, host: QWidget, elsewhere: QLineEdit) -> SearchBox:
    made = SearchBox(window.shell, host)
    column = host.layout()
    assert isinstance(column, QVBoxLayout)
    column.addWidget(made)
    column.addWidget(elsewhere)
    column.addStretch()
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    elsewhere.setFocus()
    qtbot.waitUntil(elsewhere.hasFocus)
    return made


def type_in(qtbot: QtBot, box: SearchBox, text: str) -> None:
    """Type, and wait until the list answers it."""
    box.begin()
    for character in text:
        if character.isascii():
            qtbot.keyClicks(box.edit, character)
        else:  # comes from the input method, not from a key
            box.edit.insert(character)
    qtbot.waitUntil(lambda: box._answered == text)


def lines(box: SearchBox) -> list[str]:
    """What the list shows, from top to bottom."""
    assert box.results is not None
    model = box.results.model
    entries = [model.index(at, 0).data(ENTRY) for at in range(model.rowCount())]
    return [entry.title if isinstance(entry, FoundRow) else f"[{entry.text}]" for entry in entries]


def is_open(box: SearchBox) -> bool:
    return box.results is not None and box.results.isVisible()


def press(qtbot: QtBot, box: SearchBox, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(box.edit, key)


def test_typing_lists_groups_and_enter_opens_the_first(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk
) -> None:
    dye = add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "zqyr")
    assert lines(box) == ["[企业]", "样溪知秋印染厂"]
    assert is_open(box)
    press(qtbot, box, Qt.Key.Key_Return)
    assert window.went == [ShowEnterprise(dye)]
    assert not is_open(box)


def test_arrows_go_over_the_names_of_the_groups_to_every_kind_of_result(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk
) -> None:
    dye = add(file_desk, "样溪知秋印染厂", 1)
    finished = visit(file_desk, dye, failed("CS-03", note="没有标志"))
    number = issue(file_desk, finished).number
    (hazard,) = hazards_of(file_desk, finished).values()
    begun = start(file_desk, dye)
    type_in(qtbot, box, "知秋")
    for steps, target in enumerate(
        [ShowEnterprise(dye), ShowHazard(hazard.id), ShowPaper(number), ContinueInspection(begun)]
    ):
        press(qtbot, box, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
        press(qtbot, box, *[Qt.Key.Key_Down] * steps)
        press(qtbot, box, Qt.Key.Key_Return)
        assert window.went[-1] == target
        box.begin()
        press(qtbot, box, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: box._answered == "知秋")


def test_who_types_faster_than_the_answer_gets_the_first_of_it(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk
) -> None:
    dye = add(file_desk, "样溪知秋印染厂", 1)
    box.begin()
    with qtbot.waitSignal(window.shell.go_requested) as gone:
        qtbot.keyClicks(box.edit, "zqyr")
        press(qtbot, box, Qt.Key.Key_Return)
        assert window.went == []
    assert gone.args == [ShowEnterprise(dye)]


def test_the_latest_answer_wins(qtbot: QtBot, box: SearchBox, file_desk: Desk) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    add(file_desk, "样溪宏图木业", 2)
    box.begin()
    box.edit.setText("知秋")
    box.edit.setText("宏图")
    qtbot.waitUntil(lambda: box._answered is not None)
    assert (box._answered, lines(box)) == ("宏图", ["[企业]", "样溪宏图木业"])


@pytest.fixture
def slow_others(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hazards, papers and checks come when the test lets them."""
    may_come, others = threading.Event(), Search.others

    def slow(search: Search, session: Any) -> Any:
        assert search._on == date.min or may_come.wait(20)  # what is asked to warm up may pass
        return others(search, session)

    monkeypatch.setattr(Search, "others", slow)
    yield may_come
    may_come.set()


def test_enterprises_do_not_wait_long_for_the_rest_and_the_mark_stays_when_it_comes(
    qtbot: QtBot, box: SearchBox, file_desk: Desk, slow_others: threading.Event
) -> None:
    dye = add(file_desk, "样溪知秋印染厂", 1)
    add(file_desk, "样溪知秋木业", 2)
    start(file_desk, dye)
    box.begin()
    box.edit.setText("知秋")
    qtbot.waitUntil(lambda: is_open(box))
    assert lines(box) == ["[企业]", "样溪知秋印染厂", "样溪知秋木业"]
    press(qtbot, box, Qt.Key.Key_Down)
    slow_others.set()
    qtbot.waitUntil(lambda: box._answered == "知秋")
    assert lines(box) == ["[企业]", "样溪知秋印染厂", "样溪知秋木业", "[未完成的检查]", "样溪知秋印染厂"]
    assert box.results is not None
    assert box.results.list.currentIndex().row() == 2


def test_enter_opens_an_enterprise_without_waiting_for_the_rest(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk, slow_others: threading.Event
) -> None:
    dye = add(file_desk, "样溪知秋印染厂", 1)
    box.begin()
    with qtbot.waitSignal(window.shell.go_requested) as gone:
        qtbot.keyClicks(box.edit, "zqyr")
        press(qtbot, box, Qt.Key.Key_Return)
    assert gone.args == [ShowEnterprise(dye)]
    slow_others.set()
    qtbot.waitUntil(lambda: not window.shell.runner._held)
    assert not is_open(box)


def test_nothing_is_said_to_be_missing_before_everything_was_looked_through(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk, slow_others: threading.Event
) -> None:
    works = add(file_desk, "样溪知秋印染厂", 1)
    visit(file_desk, works, failed("CS-03", note="人孔盖板移开"))
    box.begin()
    box.edit.setText("盖板")
    qtbot.waitUntil(lambda: box._enterprises is not None)
    box._on_waiting_timeout()
    assert not is_open(box)
    slow_others.set()
    qtbot.waitUntil(lambda: is_open(box))
    assert lines(box)[0] == "[隐患]"


def test_esc_closes_the_list_and_gives_the_keyboard_back(
    qtbot: QtBot, box: SearchBox, elsewhere: QLineEdit, file_desk: Desk
) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "知秋")
    press(qtbot, box, Qt.Key.Key_Escape)
    assert not is_open(box)
    assert elsewhere.hasFocus()
    assert box.edit.text() == "知秋"
    box.begin()
    assert box.edit.selectedText() == "知秋"
    qtbot.waitUntil(lambda: is_open(box))


def test_going_elsewhere_closes_the_list(qtbot: QtBot, box: SearchBox, elsewhere: QLineEdit, file_desk: Desk) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "知秋")
    elsewhere.setFocus()
    assert not is_open(box)


def test_an_answer_that_comes_when_one_has_left_opens_nothing(
    qtbot: QtBot, window: Window, box: SearchBox, elsewhere: QLineEdit, file_desk: Desk
) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    box.begin()
    box.edit.setText("知秋")
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: not window.shell.runner._held)  # everything was answered and delivered
    assert not is_open(box)


def test_nothing_found_says_what_else_to_try_and_leads_on(qtbot: QtBot, window: Window, box: SearchBox) -> None:
    type_in(qtbot, box, "没有的厂")
    assert box.results is not None
    head, add_it, list_all = box.results.model.entries
    assert isinstance(head, Head)
    assert "没有的厂" in head.text
    assert isinstance(add_it, Way)
    assert isinstance(list_all, Way)
    press(qtbot, box, Qt.Key.Key_Return)
    assert window.went == []  # nobody meant to enter an enterprise by that
    press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.went == [AddEnterprise(name="没有的厂")]


def test_a_code_that_is_not_found_is_no_name(qtbot: QtBot, window: Window, box: SearchBox) -> None:
    type_in(qtbot, box, "91000000MB")
    press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.went == [AddEnterprise()]


def test_where_there_is_more_the_list_of_enterprises_shows_it(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk
) -> None:
    for number in range(MOST_ENTERPRISES + 1):
        add(file_desk, f"样溪第{number}木器厂", number)
    type_in(qtbot, box, "木器")
    press(qtbot, box, *[Qt.Key.Key_Down] * MOST_ENTERPRISES, Qt.Key.Key_Return)
    assert window.went == [ListEnterprises(text="木器")]


def test_a_click_opens(qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    saw = add(file_desk, "样溪知秋木业", 2)
    type_in(qtbot, box, "知秋")
    assert box.results is not None
    listed = box.results.list
    middle = listed.visualRect(box.results.model.index(2, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert window.went == [ShowEnterprise(saw)]


def test_a_click_on_the_name_of_a_group_opens_nothing(
    qtbot: QtBot, window: Window, box: SearchBox, file_desk: Desk
) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "知秋")
    assert box.results is not None
    middle = box.results.list.visualRect(box.results.model.index(0, 0)).center()
    qtbot.mouseClick(box.results.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (window.went, is_open(box)) == ([], True)


def test_the_list_lies_in_the_window_and_follows_it(
    qtbot: QtBot, box: SearchBox, host: QWidget, file_desk: Desk
) -> None:
    for number in range(20):
        start(file_desk, add(file_desk, f"样溪第{number}木器厂", number))
    host.resize(420, 300)
    type_in(qtbot, box, "木器")
    results = box.results
    assert results is not None
    assert results.parentWidget() is host
    assert host.rect().contains(results.geometry())
    host.resize(700, 500)
    qtbot.waitUntil(lambda: results.height() > 300)
    assert host.rect().contains(results.geometry())


def test_clearing_the_text_closes_the_list(qtbot: QtBot, box: SearchBox, file_desk: Desk) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "知秋")
    box.edit.clear()
    assert not is_open(box)


def test_everything_has_a_name_and_the_marked_line_is_spoken(qtbot: QtBot, box: SearchBox, file_desk: Desk) -> None:
    add(file_desk, "样溪知秋印染厂", 1, risk="红", village="样岭村")
    assert box.edit.accessibleName()
    type_in(qtbot, box, "知秋")
    assert box.edit.accessibleDescription() == "企业，样溪知秋印染厂，样岭村，红 重大"


@pytest.mark.parametrize("appearance", [Appearance(), Appearance("dark", large=True)])
def test_it_can_be_painted_in_every_look(
    qtbot: QtBot, box: SearchBox, host: QWidget, file_desk: Desk, appearance: Appearance
) -> None:
    from PySide6.QtWidgets import QApplication

    from safetydesk.ui import theme

    dye = add(file_desk, "样溪知秋印染厂" * 9, 1, risk="蓝")
    visit(file_desk, dye, failed("CS-03", note="没有标志" * 40))
    type_in(qtbot, box, "标志")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, appearance, own_face=True)
    assert not host.grab().isNull()
    theme.apply(app, Appearance(), own_face=True)


def test_the_model_keeps_what_qt_asks_of_models(
    qtbot: QtBot, qtmodeltester: object, box: SearchBox, file_desk: Desk
) -> None:
    add(file_desk, "样溪知秋印染厂", 1)
    type_in(qtbot, box, "知秋")
    assert box.results is not None
    qtmodeltester.check(box.results.model)  # type: ignore[attr-defined]
