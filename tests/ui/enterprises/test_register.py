"""Entering an enterprise in the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.ui.enterprises.register_view import RegisterView
from safetydesk.ui.enterprises.screen import EnterprisesScreen
from safetydesk.ui.places import AddEnterprise, OpenPlace, Place
from safetydesk.workflows import searching
from safetydesk.workflows.desk import Desk
from ui.enterprises.conftest import settle
from ui.visits import Window

from office_steps import add, credit_code, wrong_digit  # isort: skip


@pytest.fixture
def view(qtbot: QtBot, window: Window, screen: EnterprisesScreen) -> RegisterView:
    screen.arrive(AddEnterprise())
    return screen.register_view


def found(desk: Desk, text: str) -> list[str]:
    with desk.store.reading() as session:
        return [row.name for row in searching.find(session, text)]


def type_in(qtbot: QtBot, view: RegisterView, key: str, text: str) -> None:
    view.form.focus_field(key)
    view.form.fields[key].set_text(text)
    qtbot.keyClick(view.form.fields[key].editor, Qt.Key.Key_Tab)


def test_a_name_is_enough(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, view: RegisterView, file_desk: Desk
) -> None:
    assert view.form.fields["name"].editor.hasFocus()
    type_in(qtbot, view, "name", "样溪新办铸造厂")
    qtbot.keyClick(view.form.fields["uscc"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert found(file_desk, "xbzz") == ["样溪新办铸造厂"]
    assert screen.stack.currentWidget() is screen.page_view
    assert screen.page_view.head.name_label.whole == "样溪新办铸造厂"
    assert window.texts() == ["已登记 样溪新办铸造厂。"]
    assert not view.is_touched()


def test_a_registration_can_be_taken_back(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, view: RegisterView, file_desk: Desk
) -> None:
    type_in(qtbot, view, "name", "样溪新办铸造厂")
    qtbot.mouseClick(view.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.shell.undo()
    settle(qtbot, window)
    assert found(file_desk, "铸造") == []
    assert screen.stack.currentWidget() is screen.list_view


def test_without_a_name_nothing_is_entered(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, view: RegisterView, file_desk: Desk
) -> None:
    type_in(qtbot, view, "village", "样岭村")
    qtbot.mouseClick(view.form.save_button, Qt.MouseButton.LeftButton)
    assert view.form.fields["name"].editor.hasFocus()
    assert view.form.fields["name"].below.text() == "企业名称不能空"
    assert found(file_desk, "样岭") == []


def test_a_wrong_code_is_said_at_once_with_the_right_digit(qtbot: QtBot, view: RegisterView) -> None:
    type_in(qtbot, view, "uscc", wrong_digit(credit_code(1)))
    assert "校验不符" in view.form.fields["uscc"].below.text()


def test_one_of_the_same_name_is_pointed_out_and_not_forbidden(
    qtbot: QtBot, window: Window, view: RegisterView, file_desk: Desk
) -> None:
    add(file_desk, "样溪木器厂", None, village="样岭村")
    type_in(qtbot, view, "name", "样溪木器厂")
    settle(qtbot, window)
    assert "样岭村" in view.form.fields["name"].below.text()
    qtbot.mouseClick(view.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert found(file_desk, "木器") == ["样溪木器厂", "样溪木器厂"]


def test_esc_goes_to_the_list_and_what_was_typed_stays(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, view: RegisterView
) -> None:
    type_in(qtbot, view, "name", "样溪新办铸造厂")
    assert screen.go_back()
    assert screen.stack.currentWidget() is screen.list_view
    screen.arrive(AddEnterprise())
    assert view.form.fields["name"].text() == "样溪新办铸造厂"
    screen.go_back()
    assert not screen.may_leave()
    assert screen.stack.currentWidget() is view
    assert "还没有登记" in window.texts()[-1]


def test_given_up_it_is_found_again_by_ctrl_z(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, view: RegisterView
) -> None:
    type_in(qtbot, view, "name", "样溪新办铸造厂")
    qtbot.mouseClick(view.form.give_up_button, Qt.MouseButton.LeftButton)
    assert screen.stack.currentWidget() is screen.list_view
    assert screen.may_leave()
    assert screen.undo()
    assert screen.stack.currentWidget() is view
    assert view.form.fields["name"].text() == "样溪新办铸造厂"


def test_the_search_box_brings_the_name_along(qtbot: QtBot, screen: EnterprisesScreen, view: RegisterView) -> None:
    type_in(qtbot, view, "village", "样岭村")
    screen.arrive(AddEnterprise(name="样溪找不到的厂"))
    assert view.form.fields["name"].text() == "样溪找不到的厂"
    assert view.form.fields["village"].text() == "样岭村"


def test_villages_of_the_ledger_are_offered(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk
) -> None:
    from PySide6.QtWidgets import QLineEdit

    add(file_desk, "样溪木器厂", 1, village="样岭村")
    screen.arrive(OpenPlace(Place.ENTERPRISES))
    settle(qtbot, window)
    screen.arrive(AddEnterprise())
    editor = screen.register_view.form.fields["village"].editor
    assert isinstance(editor, QLineEdit)
    completer = editor.completer()
    assert completer is not None
    completer.setCompletionPrefix("岭")
    assert completer.currentCompletion() == "样岭村"
