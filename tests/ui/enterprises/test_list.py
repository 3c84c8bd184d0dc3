"""The list: filters with counts, words, the pane, the ways on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from safetydesk.ui.enterprises.screen import EnterprisesScreen
from safetydesk.ui.places import ListEnterprises, OpenPlace, Place, StartInspection
from safetydesk.workflows.desk import Desk
from ui.enterprises.conftest import names, settle, show_list
from ui.visits import Window

from office_steps import add, edit, failed, import_ledger, visit  # isort: skip


@pytest.fixture
def three(file_desk: Desk) -> Desk:
    dye = add(
        file_desk, "样溪印染厂", 1, village="样岭村", risk="红", flags="有限空间", contact="甲例", phone="13800001234"
    )  # fmt: skip
    add(file_desk, "样溪木器厂", 2, village="样新社区", risk="蓝", flags="粉尘涉爆")
    add(file_desk, "样溪纺织厂", None, village="样岭村")
    visit(file_desk, dye, failed("CS-03", note="没有标志"))
    return file_desk


def chip(screen: EnterprisesScreen, word: str) -> QPushButton:
    buttons = screen.list_view.filters.chips.findChildren(QPushButton)
    return next(button for button in buttons if button.text().split(" ")[0] == word)


def pick(qtbot: QtBot, window: Window, screen: EnterprisesScreen, name: str) -> None:
    at = names(screen).index(name)
    table = screen.list_view.table
    place = table.visualRect(screen.list_view.paged.index(at, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_chips_count_and_narrow(qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk) -> None:
    show_list(qtbot, window, screen)
    assert names(screen) == ["样溪纺织厂", "样溪木器厂", "样溪印染厂"]
    assert screen.subtitle_label.text() == "3 家"
    assert chip(screen, "有隐患").text() == "有隐患 1"
    qtbot.mouseClick(chip(screen, "有隐患"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert names(screen) == ["样溪印染厂"]
    assert screen.list_view.filters.clear_button.isVisible()
    qtbot.mouseClick(screen.list_view.filters.clear_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(names(screen)) == 3


def test_ctrl_f_types_into_the_list_and_enter_goes_to_it(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    view = screen.list_view
    qtbot.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filters.search_edit.hasFocus()
    qtbot.keyClicks(view.filters.search_edit, "yrc")
    qtbot.keyClick(view.filters.search_edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert names(screen) == ["样溪印染厂"]
    assert view.table.hasFocus()
    assert chip(screen, "全部").text() == "全部 1"
    assert screen.go_back()  # Esc: the whole list again
    settle(qtbot, window)
    assert len(names(screen)) == 3


def test_village_and_mark_narrow_and_say_how_many(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    filters = screen.list_view.filters
    offered = [filters.village_choice.itemText(n) for n in range(filters.village_choice.count())]
    assert offered == ["全部村（社区）", "样岭村 2", "样新社区 1"]
    filters.village_choice.setCurrentIndex(1)
    filters.village_choice.activated.emit(1)
    settle(qtbot, window)
    assert names(screen) == ["样溪纺织厂", "样溪印染厂"]
    filters.flag_choice.setCurrentIndex(filters.flag_choice.findData("有限空间"))
    filters.flag_choice.activated.emit(1)
    settle(qtbot, window)
    assert names(screen) == ["样溪印染厂"]


def test_the_first_is_picked_and_the_pane_says_whom_to_call(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    pick(qtbot, window, screen, "样溪印染厂")
    pane = screen.list_view.pane
    assert pane.isVisible()
    assert pane.phone_label.text() == "138 0000 1234"
    assert pane.hazards_button.text() == "看隐患 1"
    qtbot.mouseClick(pane.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "13800001234"


def test_the_three_ways_on_from_the_pane(qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk) -> None:
    show_list(qtbot, window, screen)
    pick(qtbot, window, screen, "样溪印染厂")
    pane = screen.list_view.pane
    assert pane.row is not None
    qtbot.mouseClick(pane.inspect_button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection(pane.row.id)]
    qtbot.mouseClick(pane.hazards_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.page_view.stack.currentWidget() is screen.page_view.hazards
    screen.go_back()
    settle(qtbot, window)
    qtbot.mouseClick(pane.open_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.page_view.stack.currentWidget() is screen.page_view.overview_stack


def test_enter_opens_and_esc_comes_back_to_the_same_row(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    pick(qtbot, window, screen, "样溪木器厂")
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.page_view.head.name_label.whole == "样溪木器厂"
    assert not screen.header.isVisible()
    assert screen.go_back()
    settle(qtbot, window)
    row = screen.list_view.table.current_row()
    assert row is not None
    assert row.name == "样溪木器厂"
    assert screen.list_view.table.hasFocus()
    assert screen.header.isVisible()


def test_keys_of_the_table_begin_what_is_done_most(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    pick(qtbot, window, screen, "样溪印染厂")
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_S)
    assert isinstance(window.went[-1], StartInspection)
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_H)
    settle(qtbot, window)
    assert screen.page_view.stack.currentWidget() is screen.page_view.hazards


def test_a_closed_pane_stays_closed_until_a_row_is_clicked(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    view = screen.list_view
    qtbot.mouseClick(view.pane.close_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert not view.pane.isVisible()
    pick(qtbot, window, screen, "样溪印染厂")
    assert view.pane.isVisible()


def test_an_empty_ledger_says_what_to_do_first(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_list(qtbot, window, screen)
    view = screen.list_view
    assert view.stack.currentWidget() is view.empty
    assert (view.empty.button.text(), view.empty.second_button.text()) == ("导入台账", "登记企业")
    assert not view.filters.isVisible()
    assert view.empty.button.hasFocus()
    qtbot.mouseClick(view.empty.second_button, Qt.MouseButton.LeftButton)
    assert screen.stack.currentWidget() is screen.register_view


def test_a_search_without_result_leads_back_to_all(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    screen.arrive(ListEnterprises(text="没有的厂"))
    settle(qtbot, window)
    view = screen.list_view
    assert view.stack.currentWidget() is view.empty
    assert not view.pane.isVisible()
    qtbot.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(names(screen)) == 3


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (ListEnterprises("red"), ["样溪印染厂"]),
        (ListEnterprises("not_visited"), ["样溪纺织厂", "样溪木器厂"]),
        (ListEnterprises("village:样新社区"), ["样溪木器厂"]),
        (ListEnterprises("what is this"), ["样溪纺织厂", "样溪木器厂", "样溪印染厂"]),
        (ListEnterprises(text="样岭 fz"), ["样溪纺织厂"]),
    ],
)
def test_other_screens_name_the_list_they_want(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk, target: Any, shown: list[str]
) -> None:
    screen.arrive(target)
    settle(qtbot, window)
    assert names(screen) == shown


def test_sorting_by_a_column_sorts_the_whole_list(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    at = next(n for n, one in enumerate(screen.list_view.paged.columns) if one.key == "risk")
    screen.list_view.paged.sort(at, Qt.SortOrder.AscendingOrder)
    settle(qtbot, window)
    assert names(screen)[0] == "样溪印染厂"


def test_what_changes_elsewhere_comes_into_view(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    from safetydesk.workflows.changes import Changes

    show_list(qtbot, window, screen)
    add(three, "样溪安全厂", 9)
    screen.refresh(Changes(ledger=True))
    settle(qtbot, window)
    assert "样溪安全厂" in names(screen)
    screen.refresh(Changes(settings=True))
    assert not window.shell.runner._held


def test_a_list_that_was_left_is_asked_again_only_if_something_changed(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    from safetydesk.workflows.changes import Changes

    show_list(qtbot, window, screen)
    pick(qtbot, window, screen, "样溪木器厂")
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.page_view.enterprise_id is not None
    edit(three, screen.page_view.enterprise_id, "name=样溪更名厂")
    screen.refresh(Changes(ledger=True))
    settle(qtbot, window)
    screen.go_back()
    settle(qtbot, window)
    assert "样溪更名厂" in names(screen)


def test_several_rows_are_copied_for_excel(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    screen.list_view.table.selectAll()
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("企业\t村（社区）")


def test_a_hundred_rows_page_as_one_scrolls(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk
) -> None:
    import_ledger(file_desk)
    show_list(qtbot, window, screen)
    paged = screen.list_view.paged
    assert paged.rowCount() == 120
    screen.list_view.table.scrollToBottom()
    qtbot.waitUntil(lambda: paged.row_at(119) is not None)


def test_the_model_keeps_what_qt_asks_of_models(
    qtbot: QtBot, qtmodeltester: Any, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    qtmodeltester.check(screen.list_view.paged)


def test_everything_that_takes_the_keyboard_has_a_name(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk
) -> None:
    show_list(qtbot, window, screen)
    assert _nameless(screen) == []


def _nameless(screen: EnterprisesScreen) -> list[str]:
    from PySide6.QtWidgets import QAbstractButton, QWidget

    found = []
    for widget in screen.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if takes and not said and not (widget.objectName().startswith("qt_")):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_the_screen_says_its_keys_and_its_help_page(screen: EnterprisesScreen) -> None:
    assert screen.help_page == "enterprises"
    listed = dict(screen.keys())
    assert {"Ctrl+F", "Ctrl+N", "Enter", "Esc"} <= set(listed)


def test_ctrl_n_begins_a_registration(qtbot: QtBot, window: Window, screen: EnterprisesScreen, three: Desk) -> None:
    show_list(qtbot, window, screen)
    qtbot.keyClick(screen.list_view.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert screen.stack.currentWidget() is screen.register_view
    assert QApplication.focusWidget() is screen.register_view.form.fields["name"].editor
    screen.go_back()
    screen.arrive(OpenPlace(Place.ENTERPRISES))
    settle(qtbot, window)
    assert screen.stack.currentWidget() is screen.list_view
