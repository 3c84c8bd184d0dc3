"""Choosing where and how to check: by search, by what is offered, by what lies unfinished; with keys alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import InspectionKind
from safetydesk.ui.inspection.choose_list import LINE, LinesList
from safetydesk.ui.inspection.screen import InspectionScreen
from safetydesk.ui.places import AddEnterprise, OpenPlace, Place, StartInspection
from safetydesk.workflows import beginning, inspection_view
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.finding import inspection
from ui.visits import Window

from office_steps import add, answer, failed, passed, start, visit  # isort: skip

LONG = 20_000


def begin(qtbot: QtBot, screen: InspectionScreen, enterprise_id: UUID | None = None) -> None:
    with qtbot.waitSignal(screen.choose.model.offered_read, timeout=LONG):
        screen.arrive(StartInspection(enterprise_id))
        screen.focus_first()
    if enterprise_id is not None:
        qtbot.waitUntil(lambda: screen.choose.is_ready, timeout=LONG)


def lines(box: LinesList) -> list[tuple[str, str]]:
    shown = [box.item(row).data(LINE) for row in range(box.count())]
    return [(line.title, line.note) for line in shown]


def unfinished(desk: Desk) -> tuple[beginning.UnfinishedVisit, ...]:
    with desk.store.reading() as session:
        return beginning.unfinished(session)


def begun(qtbot: QtBot, desk: Desk) -> dict[str, object]:
    """The check that was just begun, as it is stored."""
    qtbot.waitUntil(lambda: bool(unfinished(desk)), timeout=LONG)
    with desk.store.reading() as session:
        return inspection_view.view(session, inspection(session, str(unfinished(desk)[0].inspection_id)))


def test_with_everything_preset_one_enter_begins(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    enterprise_id = add(file_desk, flags="粉尘涉爆")
    begin(qtbot, checks, enterprise_id)
    assert lines(checks.choose.checklists)[:2] == [("建议用", ""), ("粉尘涉爆", "企业档案标着“粉尘涉爆”，53 项")]
    qtbot.waitUntil(checks.start_button.hasFocus, timeout=LONG)
    qtbot.keyClick(checks.start_button, Qt.Key.Key_Return)
    seen = begun(qtbot, file_desk)
    assert (seen["template"], seen["kind"], seen["enterprise_id"]) == ("dust-explosion", "routine", enterprise_id)
    qtbot.waitUntil(lambda: checks.stack.currentWidget() is checks.walk, timeout=LONG)
    assert not checks.header.isVisible()


def test_without_an_enterprise_nothing_can_begin(qtbot: QtBot, checks: InspectionScreen) -> None:
    begin(qtbot, checks)
    assert not checks.start_button.isEnabled()
    assert checks.choose.nothing_picked.isVisible()
    assert checks.choose.search_edit.hasFocus()
    checks.choose.start()
    assert checks.stack.currentWidget() is checks.choose


def test_a_piece_of_a_name_and_two_enters_begin(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    wanted = add(file_desk, "样溪木器厂（示例）", 1)
    add(file_desk, "样岭纸业（示例）", 2)
    begin(qtbot, checks)
    qtbot.keyClicks(checks.choose.search_edit, "xmqc")
    qtbot.keyClick(checks.choose.search_edit, Qt.Key.Key_Return)  # before the list has followed
    qtbot.waitUntil(checks.start_button.hasFocus, timeout=LONG)
    assert checks.choose.card.name_label.whole == "样溪木器厂（示例）"
    qtbot.keyClick(checks.start_button, Qt.Key.Key_Return)
    assert begun(qtbot, file_desk)["enterprise_id"] == wanted


def test_arrows_walk_the_list_and_the_card_follows(qtbot: QtBot, checks: InspectionScreen, file_desk: Desk) -> None:
    for at in (1, 2):
        visit(file_desk, add(file_desk, f"样溪{at}厂（示例）", at), passed("CS-04"))
    begin(qtbot, checks)
    assert lines(checks.choose.where.enterprises)[0] == ("最近去过的", "")
    qtbot.keyClick(checks.choose.search_edit, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: checks.choose.card.name_label.whole == "样溪2厂（示例）", timeout=LONG)
    qtbot.keyClick(checks.choose.where.enterprises, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: checks.choose.card.name_label.whole == "样溪1厂（示例）", timeout=LONG)


def test_what_is_due_says_since_when(qtbot: QtBot, checks: InspectionScreen, file_desk: Desk) -> None:
    due = file_desk.today() + timedelta(days=2)
    visit(file_desk, add(file_desk, village="样岭村"), failed("CS-03", deadline=due))
    begin(qtbot, checks)
    assert lines(checks.choose.where.enterprises) == [
        ("要复查的", ""),
        ("样溪木器厂（示例）", "隐患 1 条，2 天后到期 · 样岭村"),
    ]


def test_kind_checklist_and_colleague_are_taken_over(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    begin(qtbot, checks, add(file_desk))
    choose = checks.choose
    choose.kinds.choose(InspectionKind.UNANNOUNCED)
    choose.checklists.setFocus()
    qtbot.keyClick(choose.checklists, Qt.Key.Key_End)
    qtbot.keyClicks(choose.second.name_edit, "Li")
    qtbot.keyClicks(choose.second.badge_edit, "A-9")
    qtbot.keyClick(choose.second.badge_edit, Qt.Key.Key_Return)
    seen = begun(qtbot, file_desk)
    assert (seen["kind"], seen["template"]) == ("unannounced", "hot-work")
    assert seen["inspectors"] == [{"name": "王示例", "badge": "A-001"}, {"name": "Li", "badge": "A-9"}]


def test_the_colleague_of_last_time_is_there_already(qtbot: QtBot, checks: InspectionScreen, file_desk: Desk) -> None:
    visit(file_desk, add(file_desk), passed("CS-04"))
    begin(qtbot, checks)
    qtbot.waitUntil(lambda: checks.choose.second.name_edit.text() == "李示例", timeout=LONG)
    assert checks.choose.second.badge_edit.text() == "A-002"


def test_a_refused_colleague_stays_as_typed_with_the_reason_beside(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk
) -> None:
    begin(qtbot, checks, add(file_desk))
    second = checks.choose.second
    second.name_edit.setText("王示例")
    second.badge_edit.setText("A-001")
    qtbot.keyClick(second.badge_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: second.name_field.has_trouble, timeout=LONG)
    assert "同一个人" in second.name_field.below.text()
    assert (second.name_edit.text(), unfinished(file_desk)) == ("王示例", ())
    assert checks.start_button.isEnabled()


def test_an_unfinished_check_is_the_first_thing_offered(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk
) -> None:
    visit_id = start(file_desk, add(file_desk))
    answer(file_desk, visit_id, passed("CS-04"))
    begin(qtbot, checks)
    band = checks.choose.band
    qtbot.waitUntil(band.isVisible, timeout=LONG)
    qtbot.waitUntil(band.continue_buttons[0].hasFocus, timeout=LONG)
    qtbot.keyClick(band.continue_buttons[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: checks.stack.currentWidget() is checks.walk, timeout=LONG)
    qtbot.waitUntil(lambda: checks.walk.model.walk is not None, timeout=LONG)
    assert checks.walk.model.walk is not None
    assert checks.walk.model.walk.inspection_id == visit_id


def test_at_the_enterprise_itself_enter_goes_on_with_what_lies_there(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk
) -> None:
    enterprise_id = add(file_desk)
    start(file_desk, enterprise_id)
    begin(qtbot, checks, enterprise_id)
    qtbot.waitUntil(checks.choose.card.continue_button.hasFocus, timeout=LONG)
    qtbot.keyClick(checks.choose.card.continue_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: checks.stack.currentWidget() is checks.walk, timeout=LONG)
    assert len(unfinished(file_desk)) == 1


def test_a_check_begun_by_mistake_is_cancelled_and_comes_back(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    start(file_desk, add(file_desk))
    begin(qtbot, checks)
    band = checks.choose.band
    qtbot.waitUntil(band.isVisible, timeout=LONG)
    qtbot.mouseClick(band.give_up_buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(band.isHidden, timeout=LONG)
    assert "已取消" in visit_window.texts()[-1]
    visit_window.shell.undo()
    qtbot.waitUntil(band.isVisible, timeout=LONG)


def test_an_enterprise_that_is_not_there_leads_to_the_ledger(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    add(file_desk)
    begin(qtbot, checks)
    checks.choose.search_edit.setText("没有这家")
    qtbot.waitUntil(lambda: "没有这家" in checks.choose.where.nobody.title_label.text(), timeout=LONG)
    assert checks.choose.where.nobody.isVisible()
    qtbot.mouseClick(checks.choose.where.nobody.button, Qt.MouseButton.LeftButton)
    assert visit_window.went == [AddEnterprise()]
    qtbot.keyClick(checks.choose.search_edit, Qt.Key.Key_Escape)
    assert checks.choose.search_edit.text() == ""


def test_what_was_picked_stays_while_something_else_changes(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    begin(qtbot, checks, add(file_desk))
    checks.choose.checklists.setCurrentRow(2)
    picked = checks.choose.checklists.current_key
    start(file_desk, add(file_desk, "样溪别家（示例）", 2))
    with qtbot.waitSignal(checks.choose.model.picked, timeout=LONG):
        checks.arrive(OpenPlace(Place.INSPECTION))
    assert checks.choose.checklists.current_key == picked
    qtbot.waitUntil(checks.choose.band.isVisible, timeout=LONG)


def test_everything_to_choose_has_a_name_and_a_place_in_the_tab_order(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk
) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    start(file_desk, add(file_desk, "样溪别家（示例）", 2))
    begin(qtbot, checks, add(file_desk))
    for kind in (QAbstractButton, QLineEdit, LinesList):
        for one in checks.findChildren(kind):
            if one.isVisible():
                text = one.text() if isinstance(one, QAbstractButton) else ""
                assert one.accessibleName() or text, one
                assert one.focusPolicy() & Qt.FocusPolicy.TabFocus, one.accessibleName() or text
