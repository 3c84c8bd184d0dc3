"""The page of one enterprise: head, tabs, editing in place, high-risk objects."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from safetydesk.ui.enterprises.page_view import TABS, EnterprisePageView
from safetydesk.ui.enterprises.screen import EnterprisesScreen
from safetydesk.ui.places import ContinueInspection, PapersOfVisit, ShowHazard, ShowPaper, StartInspection
from safetydesk.workflows import enterprise_page
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk
from ui.enterprises.conftest import settle, show_list, show_page
from ui.visits import Window

from office_steps import add, credit_code, edit, failed, hazards_of, issue, start, visit  # isort: skip

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dye(file_desk: Desk) -> UUID:
    return add(
        file_desk, "样溪印染厂", 1, village="样岭村", risk="橙", flags="有限空间", contact="甲例", phone="13800001234",
        industry_code="1713", headcount="40",
    )  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, window: Window, screen: EnterprisesScreen, dye: UUID) -> EnterprisePageView:
    return show_page(qtbot, window, screen, dye)


def stored(desk: Desk, enterprise_id: UUID) -> dict[str, object]:
    with desk.store.reading() as session:
        return enterprise_page.values(session, enterprise_id)


def retype(page: EnterprisePageView, key: str, text: str) -> None:
    """Put the keyboard into a field and type something else there; not left yet."""
    page.form.focus_field(key)
    page.form.fields[key].set_text(text)


def test_the_head_says_who_it_is_and_how_it_stands(page: EnterprisePageView, dye: UUID) -> None:
    head = page.head
    assert head.name_label.whole == "样溪印染厂"
    assert head.code_label.text() == credit_code(1)
    assert head.phone_label.text() == "甲例 138 0000 1234"
    assert head.hazards_label.text() == "没有未闭环的隐患"
    assert head.risk.accessibleName() == "整体风险 橙 较大"
    assert head.marks.accessibleName() == "风险标志：有限空间"


def test_code_and_phone_are_copied_by_one_click(qtbot: QtBot, window: Window, page: EnterprisePageView) -> None:
    qtbot.mouseClick(page.head.copy_code_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == credit_code(1)
    qtbot.mouseClick(page.head.copy_phone_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "13800001234"
    assert window.texts() == [f"已复制信用代码 {credit_code(1)}", "已复制电话 138 0000 1234"]


def test_tabs_count_what_is_in_them_and_rows_lead_on(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, dye: UUID
) -> None:
    finished = visit(file_desk, dye, failed("CS-03", note="没有标志"))
    number = issue(file_desk, finished).number
    begun = start(file_desk, dye)
    (hazard,) = hazards_of(file_desk, finished).values()
    page = show_page(qtbot, window, screen, dye)
    titles = [page.tabs.tabText(at) for at in range(page.tabs.count())]
    assert titles == ["概况", "高风险对象", "检查 2", "隐患 1", "文书 1", "变更"]
    for tab, table, target in (
        ("visits", page.visits, ContinueInspection(begun)),
        ("hazards", page.hazards, ShowHazard(hazard.id)),
        ("papers", page.papers, ShowPaper(number)),
    ):
        page.show_tab(tab)
        settle(qtbot, window)
        qtbot.keyClick(table.table, Qt.Key.Key_Return)
        assert window.went[-1] == target
    page.show_tab("visits")
    page.visits.table.selectRow(1)
    qtbot.keyClick(page.visits.table, Qt.Key.Key_Return)
    assert window.went[-1] == PapersOfVisit(finished)


def test_ctrl_tab_walks_the_tabs_round(qtbot: QtBot, page: EnterprisePageView) -> None:
    page.focus_first()
    seen = []
    for _ in TABS:
        seen.append(page.tabs.currentIndex())
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab, CTRL)
    assert seen == list(range(len(TABS)))
    assert page.tabs.currentIndex() == 0


def test_what_is_filled_in_and_what_is_missing_are_both_in_view(page: EnterprisePageView) -> None:
    assert "principal" in page.overview.gap_buttons
    assert "village" not in page.overview.gap_buttons


def test_a_gap_leads_to_its_field(qtbot: QtBot, window: Window, page: EnterprisePageView) -> None:
    qtbot.mouseClick(page.overview.gap_buttons["principal"], Qt.MouseButton.LeftButton)
    assert page.is_editing
    assert page.form.fields["principal"].editor.hasFocus()


def test_an_edit_is_saved_and_can_be_taken_back(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView, file_desk: Desk, dye: UUID
) -> None:
    qtbot.keyClick(page.tabs, Qt.Key.Key_E, CTRL)
    retype(page, "village", "样新社区")
    retype(page, "headcount", "52")
    qtbot.keyClick(page.form.fields["headcount"].editor, Qt.Key.Key_S, CTRL)
    settle(qtbot, window)
    assert (stored(file_desk, dye)["village"], stored(file_desk, dye)["headcount"]) == ("样新社区", 52)
    assert not page.is_editing
    assert window.texts() == ["已保存，改了 2 处。"]
    assert page.tabs.tabText(TABS.index("changes")) == "变更"
    assert window.shell.undo()
    settle(qtbot, window)
    assert (stored(file_desk, dye)["village"], stored(file_desk, dye)["headcount"]) == ("样岭村", 40)


def test_what_is_wrong_is_said_as_one_leaves_the_field(qtbot: QtBot, page: EnterprisePageView) -> None:
    page.begin_editing("phone")
    retype(page, "phone", "123")
    qtbot.keyClick(page.form.fields["phone"].editor, Qt.Key.Key_Tab)
    assert "11 位" in page.form.fields["phone"].below.text()
    assert page.form.fields["phone"].has_trouble
    retype(page, "phone", "13900001111")
    qtbot.keyClick(page.form.fields["phone"].editor, Qt.Key.Key_Tab)
    assert not page.form.fields["phone"].has_trouble


def test_a_refused_save_keeps_everything_and_goes_to_the_first_trouble(
    qtbot: QtBot, window: Window, page: EnterprisePageView, file_desk: Desk, dye: UUID
) -> None:
    page.begin_editing("")
    retype(page, "village", "样新社区")
    retype(page, "headcount", "很多")
    retype(page, "phone", "123")
    qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    assert page.form.fields["phone"].editor.hasFocus()
    assert page.form.fields["headcount"].has_trouble
    assert [page.form.fields[key].text() for key in ("village", "headcount", "phone")] == ["样新社区", "很多", "123"]
    assert stored(file_desk, dye)["village"] == "样岭村"


def test_the_name_cannot_be_cleared(qtbot: QtBot, window: Window, page: EnterprisePageView) -> None:
    page.begin_editing("")
    retype(page, "name", "")
    qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    assert page.form.fields["name"].below.text() == "企业名称不能空"
    assert page.is_editing


def test_a_code_that_another_has_is_refused_beside_its_field(
    qtbot: QtBot, window: Window, page: EnterprisePageView, file_desk: Desk
) -> None:
    add(file_desk, "样溪木器厂", 2)
    page.begin_editing("uscc")
    retype(page, "uscc", credit_code(2))
    qtbot.keyClick(page.form.fields["uscc"].editor, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert page.form.fields["uscc"].below.text() == "样溪木器厂 已经用了这个代码。"
    page.form.fields["uscc"].set_error("")
    page.model.save(page.enterprise_id, page.form.values())  # type: ignore[arg-type]
    settle(qtbot, window)
    assert page.form.fields["uscc"].below.text() == "样溪木器厂 已经用了这个代码。"
    assert page.form.fields["uscc"].text() == credit_code(2)
    assert page.is_editing


def test_esc_leaves_the_form_and_keeps_what_was_typed(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView
) -> None:
    page.begin_editing("")
    retype(page, "village", "样新社区")
    assert screen.go_back()
    assert not page.is_editing
    assert page.overview.continue_button is not None
    assert page.overview.continue_button.hasFocus()
    qtbot.mouseClick(page.overview.continue_button, Qt.MouseButton.LeftButton)
    assert page.form.fields["village"].text() == "样新社区"


def test_a_form_that_was_not_touched_leaves_no_draft(screen: EnterprisesScreen, page: EnterprisePageView) -> None:
    page.begin_editing("")
    screen.go_back()
    assert page.overview.continue_button is None
    assert page.may_leave()


def test_drafts_of_several_enterprises_do_not_meet(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView, file_desk: Desk, dye: UUID
) -> None:
    other = add(file_desk, "样溪木器厂", 2, village="样港社区")
    page.begin_editing("")
    retype(page, "village", "样新社区")
    show_page(qtbot, window, screen, other)
    assert not page.is_editing
    page.begin_editing("")
    assert page.form.fields["village"].text() == "样港社区"
    show_page(qtbot, window, screen, dye)
    page.begin_editing("")
    assert page.form.fields["village"].text() == "样新社区"


def test_one_does_not_leave_with_something_unsaved_unseen(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView
) -> None:
    page.begin_editing("")
    retype(page, "village", "样新社区")
    screen.go_back()
    screen.go_back()
    settle(qtbot, window)
    assert screen.stack.currentWidget() is screen.list_view
    assert not screen.may_leave()
    settle(qtbot, window)
    assert page.is_editing
    assert page.form.fields["village"].text() == "样新社区"
    assert "还没保存" in window.texts()[-1]
    qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.may_leave()


def test_what_was_given_up_is_found_again_by_ctrl_z(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView
) -> None:
    page.begin_editing("")
    retype(page, "village", "样新社区")
    qtbot.mouseClick(page.form.give_up_button, Qt.MouseButton.LeftButton)
    assert not page.is_editing
    assert screen.may_leave()
    assert screen.undo()
    assert page.form.fields["village"].text() == "样新社区"
    assert screen.undo() is False


def test_what_changes_meanwhile_does_not_touch_what_is_being_typed(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView, file_desk: Desk, dye: UUID
) -> None:
    page.begin_editing("")
    retype(page, "village", "样新社区")
    edit(file_desk, dye, "headcount=99")
    screen.refresh(Changes(ledger=True))
    settle(qtbot, window)
    assert page.is_editing
    assert page.form.fields["village"].text() == "样新社区"
    assert page.form.values() == {"village": "样新社区"}


def test_marks_are_ticked_and_any_other_field_can_be_added(
    qtbot: QtBot, window: Window, page: EnterprisePageView, file_desk: Desk, dye: UUID
) -> None:
    page.begin_editing("flags")
    page.form.flags.boxes["喷涂"].setChecked(True)
    at = page.form.more_choice.findData("call_note")
    page.form.more_choice.setCurrentIndex(at)
    page.form.more_choice.activated.emit(at)
    assert page.form.fields["call_note"].editor.hasFocus()
    page.form.fields["call_note"].set_text("走访一次")
    qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert stored(file_desk, dye)["flags"] == ["有限空间", "喷涂"]
    assert stored(file_desk, dye)["call_note"] == "走访一次"
    page.begin_editing("")
    assert page.form.fields["call_note"].text() == "走访一次"


def test_enter_goes_from_field_to_field(qtbot: QtBot, page: EnterprisePageView) -> None:
    page.begin_editing("name")
    qtbot.keyClick(page.form.fields["name"].editor, Qt.Key.Key_Return)
    assert page.form.fields["uscc"].editor.hasFocus()


def test_a_high_risk_object_is_entered_and_taken_back(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView
) -> None:
    page.show_tab("objects")
    tab = page.objects_tab
    page.focus_first()
    assert tab.empty.button.hasFocus()
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    assert tab.form.kind.text() == "有限空间"  # what the enterprise bears comes first
    qtbot.mouseClick(tab.form.save_button, Qt.MouseButton.LeftButton)
    assert tab.form.name.below.text() == "名称不能空"
    tab.form.name.set_text("污水站调节池")
    tab.form.details["位置"].set_text("厂区东北角")
    qtbot.mouseClick(tab.form.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.tabs.tabText(1) == "高风险对象 1"
    assert not tab.form.is_touched()
    assert tab.form.name.editor.hasFocus()
    assert window.shell.undo()
    settle(qtbot, window)
    assert page.tabs.tabText(1) == "高风险对象"


def test_an_object_taken_out_comes_back_by_undo(
    qtbot: QtBot, window: Window, page: EnterprisePageView, screen: EnterprisesScreen, dye: UUID
) -> None:
    page.model.add_object(dye, "有限空间", "调节池", {})
    settle(qtbot, window)
    page.show_tab("objects")
    (button,) = page.objects_tab.remove_buttons.values()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.objects_tab.remove_buttons == {}
    assert window.shell.undo()
    settle(qtbot, window)
    assert len(page.objects_tab.remove_buttons) == 1


def test_esc_folds_the_form_of_an_object_and_keeps_its_text(
    screen: EnterprisesScreen, page: EnterprisePageView
) -> None:
    page.show_tab("objects")
    page.objects_tab.open_form()
    page.objects_tab.form.name.set_text("调节池")
    assert screen.go_back()
    assert page.objects_tab.form.isHidden()
    page.objects_tab.open_form()
    assert page.objects_tab.form.name.text() == "调节池"
    page.objects_tab.form.clear()


def test_a_check_is_begun_from_the_page(qtbot: QtBot, window: Window, page: EnterprisePageView, dye: UUID) -> None:
    qtbot.mouseClick(page.head.inspect_button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection(dye)]
    page.show_tab("visits")
    qtbot.mouseClick(page.visits.empty.button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection(dye)] * 2


def test_changes_are_told_together_with_who_and_when(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, dye: UUID
) -> None:
    edit(file_desk, dye, "village=样新社区", "headcount=12")
    page = show_page(qtbot, window, screen, dye)
    page.show_tab("changes")
    settle(qtbot, window)
    rows = [page.changes.paged.row_at(at) for at in range(page.changes.paged.rowCount())]
    told = [(row.field, row.before, row.after, row.who) for row in rows if row is not None]
    assert told == [("村（社区）", "样岭村", "样新社区", "王示例"), ("从业人员数", "40", "12", "")]


def test_an_enterprise_that_is_there_no_more_leads_back_to_the_list(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, dye: UUID
) -> None:
    show_list(qtbot, window, screen)
    show_page(qtbot, window, screen, uuid4())
    assert screen.stack.currentWidget() is screen.list_view
    assert window.said[-1].kind == "trouble"


def test_the_page_of_another_is_not_acted_on_before_it_came(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, page: EnterprisePageView, file_desk: Desk
) -> None:
    other = add(file_desk, "样溪木器厂", 2)
    page.show_enterprise(other)
    assert not page.stack.isEnabled()
    page.begin_editing("village")
    assert not page.is_editing
    settle(qtbot, window)
    assert page.is_editing  # the wish was kept until its page was there
    assert page.form.fields["name"].text() == "样溪木器厂"
    assert page.form.fields["village"].editor.hasFocus()
