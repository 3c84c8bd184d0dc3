"""The end of a check: figures, decisions on the problems, the unchecked items, the way back and the way on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Level, Result
from safetydesk.ui.inspection.choose_list import LINE
from safetydesk.ui.inspection.screen import InspectionScreen
from safetydesk.ui.places import ContinueInspection, PapersOfVisit
from safetydesk.workflows import finishing
from safetydesk.workflows.answering import AnswerInput
from safetydesk.workflows.desk import Desk
from ui.visits import Window

from office_steps import add, answer, failed, hazards_of, passed, put, start  # isort: skip

LONG = 20_000


@pytest.fixture
def going_on(file_desk: Desk) -> UUID:
    visit_id = start(file_desk, add(file_desk))
    answer(file_desk, visit_id, failed("CS-03", place="调节池"), failed("CS-05"), passed("CS-04"))
    answer(file_desk, visit_id, AnswerInput("CS-06", Result.NOT_APPLICABLE))
    return visit_id


def end(qtbot: QtBot, screen: InspectionScreen, visit_id: UUID) -> None:
    """Walk in, and ask for the end as a person does."""
    with qtbot.waitSignal(screen.walk.model.opened, timeout=LONG):
        screen.arrive(ContinueInspection(visit_id))
    with qtbot.waitSignal(screen.finish_view.model.read, timeout=LONG):
        qtbot.mouseClick(screen.walk.head.finish_button, Qt.MouseButton.LeftButton)


def ending(desk: Desk, visit_id: UUID) -> finishing.Ending:
    with desk.store.reading() as session:
        return finishing.ending(session, visit_id)


def figures(screen: InspectionScreen) -> list[str]:
    return [label.text() for label in screen.finish_view.figures.labels.values()]


def test_the_figures_the_problems_and_what_follows_are_shown(
    qtbot: QtBot, checks: InspectionScreen, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    view = checks.finish_view
    assert figures(checks) == ["1", "2", "1", "46"]
    assert [row.text_label.text()[:3] for row in view.rows] == ["调节池", "可能产"]
    assert "限期整改意见书" in view.side.after_label.text()
    assert view.side.unchecked_label.text() == "没有查的 46 项"
    assert checks.finish_button.text() == "结束并出文书"
    assert checks.finish_button.hasFocus()
    assert "现场 0 分" in checks._told.whole


def test_enter_ends_the_check_and_leads_to_its_papers(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    put(file_desk, "unit.power", "full")
    end(qtbot, checks, going_on)
    assert "责令限期整改指令书" in checks.finish_view.side.after_label.text()
    qtbot.keyClick(checks.finish_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: visit_window.went == [PapersOfVisit(going_on)], timeout=LONG)
    assert set(hazards_of(file_desk, going_on)) == {"CS-03", "CS-05"}
    assert "检查已结束，查出问题 2 条。" in visit_window.texts()


def test_level_and_deadline_are_decided_and_can_be_taken_back(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    row = checks.finish_view.rows[0]
    due = file_desk.today() + timedelta(days=40)
    row.due_edit.show_day(due)
    row.due_edit.settled.emit()
    qtbot.waitUntil(lambda: ending(file_desk, going_on).problems[0].due == due, timeout=LONG)
    qtbot.waitUntil(lambda: "超过 30 天" in row.due_label.text(), timeout=LONG)
    row.level_choice.setFocus()
    qtbot.keyClick(row.level_choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ending(file_desk, going_on).problems[0].level is Level.MAJOR, timeout=LONG)
    assert ending(file_desk, going_on).problems[0].due == due
    qtbot.waitUntil(lambda: "其中疑似重大 1 条" in checks.finish_view.problems_label.text(), timeout=LONG)
    visit_window.shell.undo()
    qtbot.waitUntil(lambda: ending(file_desk, going_on).problems[0].level is Level.GENERAL, timeout=LONG)


def test_a_day_that_is_still_being_typed_counts(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    due = file_desk.today() + timedelta(days=9)
    checks.finish_view.rows[1].due_edit.show_day(due)
    qtbot.mouseClick(checks.finish_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(visit_window.went), timeout=LONG)
    assert hazards_of(file_desk, going_on)["CS-05"].due == due


def test_a_day_before_the_check_cannot_be_given(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    row = checks.finish_view.rows[0]
    row.due_edit.show_day(file_desk.today() - timedelta(days=3))
    assert row.due_edit.day() == file_desk.today()


def test_going_back_is_possible_to_where_one_was_and_to_any_item(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    assert checks.go_back()
    assert checks.stack.currentWidget() is checks.walk
    end(qtbot, checks, going_on)
    side = checks.finish_view.side
    wanted = next(n for n in range(side.unchecked.count()) if side.unchecked.item(n).data(LINE).key == "CS-30")
    side.unchecked.setCurrentRow(wanted)
    qtbot.keyClick(side.unchecked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: checks.walk.model.current is not None and checks.walk.model.current.id == "CS-30")
    end(qtbot, checks, going_on)
    qtbot.mouseClick(checks.finish_view.rows[1].back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: checks.walk.model.current is not None and checks.walk.model.current.id == "CS-05")
    assert ending(file_desk, going_on).is_finished is False


def test_what_was_decided_at_the_end_is_known_back_in_the_walk(
    qtbot: QtBot, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    row = checks.finish_view.rows[0]
    row.level_choice.setFocus()
    qtbot.keyClick(row.level_choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: checks.finish_view.model.was_changed, timeout=LONG)
    with qtbot.waitSignal(checks.walk.model.opened, timeout=LONG):
        qtbot.mouseClick(row.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: checks.walk.model.current is not None and checks.walk.model.current.id == "CS-03")
    state = checks.walk.model.state_of("CS-03")
    assert state is not None
    assert state.level == Level.MAJOR


def test_nothing_answered_is_said_plainly_and_the_check_can_be_cancelled(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    visit_id = start(file_desk, add(file_desk))
    end(qtbot, checks, visit_id)
    view = checks.finish_view
    assert view.nothing.isVisible()
    assert not checks.finish_button.isEnabled()
    qtbot.mouseClick(view.nothing.button, Qt.MouseButton.LeftButton)
    assert checks.stack.currentWidget() is checks.walk
    end(qtbot, checks, visit_id)
    qtbot.mouseClick(view.nothing.second_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("已取消" in said for said in visit_window.texts()), timeout=LONG)
    assert checks.stack.currentWidget() is checks.choose


def test_a_clean_check_ends_without_papers(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    visit_id = start(file_desk, add(file_desk))
    answer(file_desk, visit_id, passed("CS-04"))
    end(qtbot, checks, visit_id)
    assert checks.finish_button.text() == "结束检查"
    assert "不用出整改文书" in checks.finish_view.side.after_label.text()
    qtbot.keyClick(checks.finish_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "检查已结束，没有查出问题。" in visit_window.texts(), timeout=LONG)
    assert visit_window.went == []
    assert checks.stack.currentWidget() is checks.choose


def test_a_check_that_was_ended_elsewhere_is_not_ended_again(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk, going_on: UUID
) -> None:
    end(qtbot, checks, going_on)
    with file_desk.store.writing() as session:
        finishing.finish(session, file_desk, going_on)
    checks.finish_view.finish()
    qtbot.waitUntil(lambda: any("已经结束" in said for said in visit_window.texts()), timeout=LONG)
    qtbot.waitUntil(lambda: not checks.finish_button.isEnabled(), timeout=LONG)
