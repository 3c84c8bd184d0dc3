"""A visit on the paper screen: looked at, put right, signed, printed, served, voided; by mouse and by keys."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Level, PaperKind
from safetydesk.ui.papers.page_view import PageView
from safetydesk.ui.papers.problem_block import ProblemBlock
from safetydesk.ui.papers.screen import PapersScreen
from safetydesk.ui.places import OpenPlace, OpenSettings, PapersOfVisit, Place, ShowEnterprise, ShowPaper
from safetydesk.workflows import paper_desk, serving
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.notices import FilledIn
from safetydesk.workflows.papers import PaperState
from ui.visits import Window

from office_steps import add, failed, hazards_of, issue, numbers, passed, put, visit  # isort: skip


@pytest.fixture
def checked(file_desk: Desk) -> UUID:
    """Two findings at an enterprise without an address."""
    return visit(file_desk, add(file_desk), failed("CS-03", place="调节池"), failed("CS-05"))


def settled(qtbot: QtBot, screen: PapersScreen) -> None:
    qtbot.waitUntil(lambda: screen.model.is_settled and screen.model.now is not None, timeout=20_000)


def arrive(qtbot: QtBot, screen: PapersScreen, visit_id: UUID) -> None:
    screen.arrive(PapersOfVisit(visit_id))
    settled(qtbot, screen)


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(qtbot: QtBot, screen: PapersScreen, at: int) -> ProblemBlock:
    block = screen.visit_view.draft_side.blocks[at]
    click(qtbot, block.open_button)
    return block


def signed(qtbot: QtBot, screen: PapersScreen) -> str:
    """Sign by the button; returns the number."""
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: bool(screen.model.now and screen.model.now.cards), timeout=20_000)
    settled(qtbot, screen)
    assert screen.model.now is not None
    return screen.model.now.cards[0].number


def test_the_draft_of_the_visit_is_there_with_its_page(qtbot: QtBot, screen: PapersScreen, checked: UUID) -> None:
    arrive(qtbot, screen, checked)
    assert screen.visit_view.list.item(0).text().startswith("限期整改意见书，待签发 · 问题 2 条")
    qtbot.waitUntil(screen.visit_view.preview.is_sharp, timeout=20_000)
    assert screen.primary_button.text() == "签发并打印"
    assert {page.stamp for page in screen.findChildren(PageView)} == {"预 览"}
    assert len(screen.visit_view.draft_side.blocks) == 2


def test_signing_asks_with_the_consequence_takes_a_number_and_prints(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    put(window.shell.desk, "paper.copies", "3")
    arrive(qtbot, screen, checked)
    number = signed(qtbot, screen)
    (asked,) = window.asker.asked
    assert asked.button == "签发并取号"
    assert "不能再改" in asked.text
    assert "被检查单位的地址" in asked.text
    assert [(title, copies) for title, copies, _ in window.printer.sheets] == [(number, 3)]
    assert numbers(window.shell.desk) == [number]
    qtbot.waitUntil(lambda: screen.model.entry is not None and screen.model.entry.card is not None)
    qtbot.waitUntil(lambda: bool(screen.model.now and screen.model.now.cards[0].copies == 3))
    assert screen.primary_button.text() == "登记送达"


def test_thinking_better_of_it_takes_no_number(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    window.asker.yes = False
    arrive(qtbot, screen, checked)
    click(qtbot, screen.primary_button)
    settled(qtbot, screen)
    assert len(window.asker.asked) == 1
    assert numbers(window.shell.desk) == []
    assert screen.primary_button.isEnabled()


def test_it_can_all_be_done_with_keys(qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID) -> None:
    arrive(qtbot, screen, checked)
    screen.focus_first()
    qtbot.keyClick(screen.visit_view.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.printer.sheets), timeout=20_000)
    settled(qtbot, screen)
    qtbot.waitUntil(lambda: screen.primary_button.text() == "登记送达")
    qtbot.keyClick(screen.visit_view.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = screen.visit_view.sealed_side.service_form
    assert form.isVisible()
    qtbot.keyClicks(form.receiver_edit, "CSL")
    qtbot.keyClick(form.receiver_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已登记送达。" in window.texts(), timeout=20_000)
    settled(qtbot, screen)
    assert not form.isVisible()


def test_a_text_is_put_right_and_the_page_follows(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    before = screen.model.page
    block = opened(qtbot, screen, 0)
    block.text_edit.setPlainText("调节池池口敞开，没有盖板。")
    block.measure_edit.setFocus()
    qtbot.waitUntil(lambda: hazards_of(window.shell.desk, checked)["CS-03"].text == "调节池池口敞开，没有盖板。")
    qtbot.waitUntil(lambda: screen.model.is_settled and screen.model.page not in (None, before), timeout=20_000)
    assert block.text_label.whole == "调节池池口敞开，没有盖板。"
    window.shell.undo()
    qtbot.waitUntil(lambda: "明显的安全警示标志" in hazards_of(window.shell.desk, checked)["CS-03"].text)
    qtbot.waitUntil(lambda: "明显的安全警示标志" in block.text_edit.toPlainText(), timeout=20_000)


def test_what_is_still_being_typed_is_saved_before_it_is_signed(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    block = opened(qtbot, screen, 0)
    block.text_edit.setPlainText("调节池池口敞开。")
    qtbot.keyClick(block.text_edit, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.printer.sheets), timeout=20_000)
    assert hazards_of(window.shell.desk, checked)["CS-03"].text == "调节池池口敞开。"
    assert len(window.asker.asked) == 1


def test_what_is_refused_stays_as_typed_with_the_reason_beside_it_and_is_not_signed(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    block = opened(qtbot, screen, 0)
    block.text_edit.setPlainText("池\U00031350口敞开。")
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: block.text_field.has_trouble, timeout=20_000)
    settled(qtbot, screen)
    assert "印不出来" in block.text_field.below.text()
    assert block.text_edit.toPlainText() == "池\U00031350口敞开。"
    assert (window.asker.asked, numbers(window.shell.desk)) == ([], [])
    assert not screen.may_leave()
    block.text_edit.setPlainText("池口敞开。")
    block.commit()
    qtbot.waitUntil(lambda: not block.has_trouble, timeout=20_000)
    settled(qtbot, screen)
    assert screen.may_leave()


def test_level_and_deadline_are_changed_in_place(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    block = opened(qtbot, screen, 1)
    due = window.shell.desk.today() + timedelta(days=40)
    block.due_edit.show_day(due)
    block.due_edit.settled.emit()
    qtbot.waitUntil(lambda: hazards_of(window.shell.desk, checked)["CS-05"].due == due)
    qtbot.waitUntil(lambda: "超过 30 天" in block.due_field.below.text(), timeout=20_000)
    block.level_choice.setFocus()
    qtbot.keyClick(block.level_choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: hazards_of(window.shell.desk, checked)["CS-05"].level == Level.MAJOR)


def test_the_wheel_over_a_choice_changes_nothing(qtbot: QtBot, screen: PapersScreen, checked: UUID) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    arrive(qtbot, screen, checked)
    block = opened(qtbot, screen, 0)
    for editor in (block.level_choice, block.due_edit):
        before = block.level_choice.currentIndex(), block.due_edit.day()
        turn = QWheelEvent(
            QPointF(5, 5),
            editor.mapToGlobal(QPointF(5, 5)),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor, turn)
        assert (block.level_choice.currentIndex(), block.due_edit.day()) == before


def test_the_second_inspector_is_named_beside_the_page(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    inspectors = screen.visit_view.draft_side.inspectors
    inspectors.second_edit.setText("赵示例")
    qtbot.keyClick(inspectors.second_edit, Qt.Key.Key_Return)
    settled(qtbot, screen)
    with window.shell.desk.store.reading() as session:
        assert paper_desk.visit_papers(session, checked).inspectors.second_name == "赵示例"
    inspectors.second_edit.setText("王示例")
    inspectors.second_badge_edit.setText("A-001")
    qtbot.keyClick(inspectors.second_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: inspectors.second_field.has_trouble, timeout=20_000)
    assert "同一个人" in inspectors.second_field.below.text()


def test_what_the_paper_leaves_blank_leads_to_where_it_is_filled(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    put(window.shell.desk, "unit.power", "full")
    arrive(qtbot, screen, checked)
    gaps = screen.visit_view.draft_side.gaps
    click(qtbot, gaps.button(FilledIn.SETTINGS))
    click(qtbot, gaps.button(FilledIn.LEDGER))
    assert screen.model.visit is not None
    assert window.went == [OpenSettings("unit"), ShowEnterprise(screen.model.visit.enterprise_id)]
    assert not gaps.button(FilledIn.VISIT).isVisible()


def test_with_power_a_problem_moves_to_the_advice_and_both_are_signed_and_printed(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    put(window.shell.desk, "unit.power", "full")
    arrive(qtbot, screen, checked)
    block = opened(qtbot, screen, 1)
    block.kind_choice.setFocus()
    qtbot.keyClick(block.kind_choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.visit_view.list.count() == 2, timeout=20_000)
    settled(qtbot, screen)
    assert screen.primary_button.text() == "签发 2 份并打印"
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: len(window.printer.sheets) == 2, timeout=20_000)
    settled(qtbot, screen)
    assert screen.model.now is not None
    assert {card.kind for card in screen.model.now.cards} == {PaperKind.RECTIFICATION, PaperKind.ADVICE}


def test_a_jammed_printer_leaves_a_signed_paper_that_is_printed_later(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    window.printer.is_jammed = True
    arrive(qtbot, screen, checked)
    number = signed(qtbot, screen)
    assert screen.primary_button.text() == "打印"
    assert "未打印" in screen.visit_view.list.item(0).text()
    window.printer.is_jammed = False
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: [title for title, _, _ in window.printer.sheets] == [number], timeout=20_000)
    qtbot.waitUntil(lambda: screen.primary_button.text() == "登记送达", timeout=20_000)


def test_several_signed_papers_are_printed_later_in_one_go(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    put(window.shell.desk, "unit.power", "full")
    given = [issue(window.shell.desk, checked, kind).number for kind in (PaperKind.RECTIFICATION, PaperKind.ADVICE)]
    arrive(qtbot, screen, checked)
    assert screen.primary_button.text() == "打印 2 份文书"
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: [title for title, _, _ in window.printer.sheets] == given, timeout=20_000)
    qtbot.waitUntil(lambda: screen.primary_button.text() == "登记送达", timeout=20_000)


def test_signing_into_a_file_saves_the_sealed_paper(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    click(qtbot, screen.second_button)
    qtbot.waitUntil(lambda: bool(window.printer.saved), timeout=20_000)
    assert window.printer.saved == numbers(window.shell.desk)
    assert window.printer.sheets == []


def test_a_sealed_paper_offers_only_printing_serving_saving_and_voiding(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    issued = issue(window.shell.desk, checked)
    arrive(qtbot, screen, checked)
    side = screen.visit_view.sealed_side
    assert not screen.visit_view.draft_side.isVisible()
    assert "已签发封存" in side.seal.title_label.text()
    for button, wanted in ((side.print_button, "打印"), (side.serve_button, "登记送达")):
        assert (button.isVisible(), button.text()) == (True, wanted)
    click(qtbot, side.print_button)
    qtbot.waitUntil(lambda: window.printer.sheets == [(issued.number, 2, issued.pdf)], timeout=20_000)
    settled(qtbot, screen)
    qtbot.waitUntil(lambda: side.print_button.text() == "重印", timeout=20_000)
    click(qtbot, side.save_button)
    assert window.printer.saved == [issued.number]


def test_serving_is_entered_corrected_and_taken_back(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    number = issue(window.shell.desk, checked).number
    arrive(qtbot, screen, checked)
    side = screen.visit_view.sealed_side
    click(qtbot, side.serve_button)
    click(qtbot, side.service_form.serve_button)
    assert "签收人" in side.service_form.receiver_field.below.text()
    qtbot.keyClicks(side.service_form.receiver_edit, "chen")
    click(qtbot, side.service_form.serve_button)
    qtbot.waitUntil(lambda: side.serve_button.text() == "更正送达", timeout=20_000)
    settled(qtbot, screen)
    assert "chen签收" in side.seal.text_label.text()
    assert side.serve_button.hasFocus()
    click(qtbot, side.serve_button)
    assert side.service_form.receiver_edit.text() == "chen"
    side.service_form.refused_box.setChecked(True)
    side.service_form.recorded_box.setChecked(True)
    click(qtbot, side.service_form.serve_button)
    qtbot.waitUntil(lambda: "拒绝签收" in side.seal.text_label.text(), timeout=20_000)
    settled(qtbot, screen)
    window.shell.undo()
    qtbot.waitUntil(lambda: side.serve_button.text() == "登记送达", timeout=20_000)
    with window.shell.desk.store.reading() as session:
        assert paper_desk.paper(session, number).state is PaperState.ISSUED


def test_a_refused_service_is_said_at_its_field(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    issue(window.shell.desk, checked)
    arrive(qtbot, screen, checked)
    side = screen.visit_view.sealed_side
    click(qtbot, side.serve_button)
    side.service_form.receiver_edit.setText("长" * (serving.LONGEST + 1))
    click(qtbot, side.service_form.serve_button)
    qtbot.waitUntil(lambda: side.service_form.receiver_field.has_trouble, timeout=20_000)
    assert side.service_form.isVisible()


def test_voiding_wants_a_reason_asks_and_brings_the_draft_back(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    number = issue(window.shell.desk, checked).number
    arrive(qtbot, screen, checked)
    side = screen.visit_view.sealed_side
    click(qtbot, side.void_button)
    click(qtbot, side.void_form.void_button)
    assert (window.asker.asked, side.void_form.reason_field.has_trouble) == ([], True)
    qtbot.keyClicks(side.void_form.reason_edit, "wrong")
    click(qtbot, side.void_form.void_button)
    (asked,) = window.asker.asked
    assert (asked.button, number in asked.title) == ("作废这份文书", True)
    qtbot.waitUntil(lambda: screen.visit_view.list.count() == 2, timeout=20_000)
    settled(qtbot, screen)
    assert "待签发" in screen.visit_view.list.item(0).text()
    assert "已作废" in screen.visit_view.list.item(1).text()
    screen.visit_view.list.setCurrentRow(1)
    settled(qtbot, screen)
    assert not screen.primary_button.isVisible()
    assert not side.print_button.isVisible()
    assert "wrong" in side.seal.text_label.text()
    assert {page.stamp for page in screen.findChildren(PageView)} == {"已 作 废"}


def test_esc_closes_the_form_and_then_goes_to_the_register(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    issue(window.shell.desk, checked)
    arrive(qtbot, screen, checked)
    click(qtbot, screen.visit_view.sealed_side.serve_button)
    assert screen.go_back()
    assert screen.visit_view.isVisible()
    assert screen.go_back()
    assert screen.register.isVisible()
    assert not screen.go_back()


def test_a_name_that_cannot_be_printed_is_said_in_place_of_the_page(
    qtbot: QtBot, window: Window, screen: PapersScreen
) -> None:
    nameless = visit(window.shell.desk, add(window.shell.desk, "样溪\U00031350厂（示例）", 5), failed("CS-03"))
    arrive(qtbot, screen, nameless)
    assert "被检查单位名称" in screen.visit_view.trouble.title_label.text()
    assert not screen.primary_button.isEnabled()
    click(qtbot, screen.visit_view.trouble.ledger_button)
    assert isinstance(window.went[-1], ShowEnterprise)


def test_a_visit_without_findings_says_so(qtbot: QtBot, window: Window, screen: PapersScreen) -> None:
    clean = visit(window.shell.desk, add(window.shell.desk, "样溪好厂（示例）", 6), passed("CS-04"))
    arrive(qtbot, screen, clean)
    assert screen.visit_view.empty.isVisible()
    assert not screen.primary_button.isVisible()
    assert not screen.visit_view.list.isVisible()


def test_a_number_that_is_not_there_is_said(qtbot: QtBot, screen: PapersScreen) -> None:
    screen.arrive(ShowPaper("（云溪）应急整改〔2026〕办A-9号"))
    qtbot.waitUntil(screen.visit_view.empty.isVisible, timeout=20_000)
    screen.arrive(PapersOfVisit(uuid4()))
    qtbot.waitUntil(lambda: screen.model.is_settled, timeout=20_000)
    assert not screen.primary_button.isVisible()


def test_a_paper_is_shown_by_its_number_among_those_of_its_visit(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    put(window.shell.desk, "unit.power", "full")
    order = issue(window.shell.desk, checked, PaperKind.RECTIFICATION).number
    advice = issue(window.shell.desk, checked).number
    for number in (advice, order):
        screen.arrive(ShowPaper(number))
        settled(qtbot, screen)
        assert screen.visit_view.list.count() == 2
        assert screen.model.entry is not None
        assert screen.model.entry.key == number
    screen.arrive(OpenPlace(Place.PAPERS))
    settled(qtbot, screen)
    assert screen.model.entry.key == order


def test_a_change_made_elsewhere_is_seen_before_it_is_signed(
    qtbot: QtBot, window: Window, screen: PapersScreen, checked: UUID
) -> None:
    arrive(qtbot, screen, checked)
    with window.shell.desk.store.writing() as session:
        hazard = hazards_of(window.shell.desk, checked)["CS-03"].id
        paper_desk.correct(session, hazard, text="别处改过的。")
    click(qtbot, screen.primary_button)
    qtbot.waitUntil(lambda: any("有变动" in said for said in window.texts()), timeout=20_000)
    settled(qtbot, screen)
    assert numbers(window.shell.desk) == []
    qtbot.waitUntil(lambda: "别处改过的。" in screen.visit_view.draft_side.blocks[0].text_edit.toPlainText())
    signed(qtbot, screen)
    assert len(numbers(window.shell.desk)) == 1


def test_everything_has_a_name_and_can_be_reached_by_tab(qtbot: QtBot, screen: PapersScreen, checked: UUID) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit

    arrive(qtbot, screen, checked)
    opened(qtbot, screen, 0)
    kinds = (QAbstractButton, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit)
    for kind in kinds:
        for one in screen.findChildren(kind):
            if not one.isVisible() or one.objectName().startswith("qt_"):
                continue
            text = one.text() if isinstance(one, QAbstractButton) else ""
            assert one.accessibleName() or text, one
            assert one.focusPolicy() & Qt.FocusPolicy.TabFocus, one.accessibleName() or text
