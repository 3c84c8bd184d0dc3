"""From choosing to the papers: one screen, three views, the frame's questions answered by the one in view."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.ui.inspection.screen import InspectionScreen
from safetydesk.ui.places import ContinueInspection, OpenPlace, PapersOfVisit, Place, StartInspection
from safetydesk.workflows.desk import Desk
from ui.visits import Window

from office_steps import add, answer, failed, hazards_of, start  # isort: skip

LONG = 20_000


@pytest.fixture
def going_on(file_desk: Desk) -> UUID:
    visit_id = start(file_desk, add(file_desk))
    answer(file_desk, visit_id, failed("CS-03"))
    return visit_id


def test_the_place_as_it_was_left(qtbot: QtBot, checks: InspectionScreen, going_on: UUID) -> None:
    with qtbot.waitSignal(checks.choose.model.offered_read, timeout=LONG):
        checks.arrive(OpenPlace(Place.INSPECTION))
    assert checks.stack.currentWidget() is checks.choose
    with qtbot.waitSignal(checks.walk.model.opened, timeout=LONG):
        checks.arrive(ContinueInspection(going_on))
    checks.arrive(OpenPlace(Place.INSPECTION))
    assert checks.stack.currentWidget() is checks.walk
    checks.arrive(StartInspection())
    assert checks.stack.currentWidget() is checks.choose


def test_a_whole_check_from_the_door_to_the_papers_by_keys(
    qtbot: QtBot, visit_window: Window, checks: InspectionScreen, file_desk: Desk
) -> None:
    enterprise_id = add(file_desk, flags="有限空间")
    checks.arrive(StartInspection(enterprise_id))
    qtbot.waitUntil(checks.start_button.hasFocus, timeout=LONG)
    qtbot.keyClick(checks.start_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: checks.walk.model.current is not None, timeout=LONG)
    first = checks.walk.model.current
    assert first is not None
    qtbot.keyClick(checks.walk, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: checks.walk.model.answered_count == 1, timeout=LONG)
    checks.walk.model.request(4)
    qtbot.waitUntil(lambda: checks.walk.model.current is not None and checks.walk.model.at == 4, timeout=LONG)
    failing = checks.walk.model.current
    assert failing is not None
    qtbot.keyClick(checks.walk, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: failing.id in checks.walk.model.failed, timeout=LONG)
    qtbot.keyClick(checks.walk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(checks.finish_button.hasFocus, timeout=LONG)
    qtbot.keyClick(checks.finish_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(visit_window.went), timeout=LONG)
    (target,) = visit_window.went
    assert isinstance(target, PapersOfVisit)
    assert set(hazards_of(file_desk, target.inspection_id)) == {failing.id}


def test_leaving_the_walk_leads_back_to_choosing_where_it_waits(
    qtbot: QtBot, checks: InspectionScreen, going_on: UUID
) -> None:
    with qtbot.waitSignal(checks.walk.model.opened, timeout=LONG):
        checks.arrive(ContinueInspection(going_on))
    qtbot.mouseClick(checks.walk.head.leave_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: checks.stack.currentWidget() is checks.choose, timeout=LONG)
    qtbot.waitUntil(checks.choose.band.isVisible, timeout=LONG)
    assert checks.header.isVisible()
    assert not checks.go_back()


def test_every_view_tells_its_own_keys(qtbot: QtBot, checks: InspectionScreen, going_on: UUID) -> None:
    choosing = checks.keys()
    with qtbot.waitSignal(checks.walk.model.opened, timeout=LONG):
        checks.arrive(ContinueInspection(going_on))
    walking = checks.keys()
    with qtbot.waitSignal(checks.finish_view.model.read, timeout=LONG):
        checks.walk.finish_requested.emit(going_on)
    ending = checks.keys()
    assert len({str(choosing), str(walking), str(ending)}) == 3
    assert checks.may_leave()
    assert not checks.undo()


def test_a_check_that_is_not_there_is_said(qtbot: QtBot, visit_window: Window, checks: InspectionScreen) -> None:
    with qtbot.waitSignal(checks.finish_view.model.read_failed, timeout=LONG):
        checks.walk.finish_requested.emit(uuid4())
    assert checks.finish_view.trouble.isVisible()
    assert not checks.finish_button.isEnabled()
