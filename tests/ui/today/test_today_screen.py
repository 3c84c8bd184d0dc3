"""The screen 今日, by keys and clicks, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from safetydesk.models.errors import DamagedStore
from safetydesk.ui.places import (
    AddEnterprise,
    ContinueInspection,
    ListEnterprises,
    ListHazards,
    OpenPlace,
    OpenSettings,
    PapersOfVisit,
    Place,
    ShowEnterprise,
    ShowHazard,
    StartInspection,
)
from safetydesk.ui.today import words
from safetydesk.ui.today.line_delegate import button_rect
from safetydesk.ui.today.list_model import BandHead
from safetydesk.ui.today.screen import TodayScreen
from safetydesk.workflows import rechecking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.rechecking import Outcome, Recheck
from ui.visits import Window, close_window, open_window

from office_steps import add, failed, hazards_of, issue, passed, start, visit  # isort: skip

TODAY = date(2026, 11, 21)
HERE = OpenPlace(Place.TODAY)
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path)
    yield made
    close_window(made)


@pytest.fixture
def screen(qtbot: QtBot, window: Window) -> TodayScreen:
    """Where nobody has gone yet."""
    made = TodayScreen(window.shell)
    qtbot.addWidget(made)
    window.shell.runner.changed.connect(made.refresh)
    made.resize(1230, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def ids(file_desk: Desk, file_office: Any) -> dict[str, UUID]:
    """Two days later: one hazard overdue, one due today, two within a week, two later; a visit without a paper, one
    that goes on."""

    def due(days: int) -> date:
        return TODAY + timedelta(days)

    answers = [failed(f"CS-{n:02d}", deadline=due(days)) for n, days in enumerate((0, 2, 5, 8, 20, 30), 3)]
    noticed = visit(file_desk, add(file_desk, "样溪甲厂（示例）", 1, village="青石村"), *answers)
    issue(file_desk, noticed)
    loose = visit(file_desk, add(file_desk, "样溪乙厂（示例）", 2), failed("CS-30", deadline=due(9)))
    file_office.clock.moment += timedelta(days=2)
    going = start(file_desk, add(file_desk, "样溪丙厂（示例）", 3))
    found = {item: row.id for item, row in hazards_of(file_desk, noticed).items()}
    return found | {"loose": loose, "going": going}


@pytest.fixture
def full(qtbot: QtBot, ids: dict[str, UUID], screen: TodayScreen) -> TodayScreen:
    """A day with something in every band."""
    return arrived(qtbot, screen)


def arrived(qtbot: QtBot, screen: TodayScreen) -> TodayScreen:
    with qtbot.waitSignal(screen.usable):
        screen.arrive(HERE)
        screen.focus_first()
    return screen


def told(screen: TodayScreen) -> list[str]:
    """The rows as somebody reads them who sees nothing."""
    model = screen.list.days
    return [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]


def picked(screen: TodayScreen) -> Any:
    line = screen.list.picked_line()
    assert line is not None
    return line


def at_button(screen: TodayScreen, at: int) -> QPoint:
    return button_rect(screen.list.visualRect(screen.list.days.index(at, 0))).center()


# --- the list


def test_the_day_stands_in_the_order_of_the_law(full: TodayScreen) -> None:
    heads = [row.split("，")[0] for row in told(full)]
    assert heads == [
        "已逾期 1",
        heads[1],
        "今天 3",
        "检查还没有结束",
        ["查出 1 条隐患", "还没有下文书"][0],
        heads[5],
        "七天内 2",
        heads[7],
        heads[8],
        "以后 2",
    ]
    assert told(full)[1].endswith("已下文书，期限 11 月 21 日（周六），逾期 2 天，复查")
    assert full.subtitle_label.text() == "11 月 23 日（周一）"


def test_enter_begins_the_recheck_of_what_presses_most(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], window: Window
) -> None:
    assert full.list.hasFocus()
    qtbot.keyClick(full.list, Key.Key_Return)
    assert window.went == [ShowHazard(ids["CS-03"], recheck=True)]


def test_arrows_go_from_line_to_line_and_each_does_its_own(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], window: Window
) -> None:
    for _ in range(3):
        qtbot.keyClick(full.list, Key.Key_Down)
        qtbot.keyClick(full.list, Key.Key_Space)
    assert window.went == [
        ContinueInspection(ids["going"]),
        PapersOfVisit(ids["loose"]),
        ShowHazard(ids["CS-04"], recheck=True),
    ]


def test_a_click_on_the_button_does_it_and_beside_it_only_picks(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], window: Window
) -> None:
    row = full.list.visualRect(full.list.days.index(3, 0))
    qtbot.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(60, 20))
    assert picked(full).id == ids["going"]
    assert window.went == []
    qtbot.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=at_button(full, 3))
    assert window.went == [ContinueInspection(ids["going"])]
    qtbot.mouseClick(full.list.viewport(), Qt.MouseButton.RightButton, pos=at_button(full, 3))
    assert len(window.went) == 1


def test_a_double_click_opens_the_hazard_to_be_read(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], window: Window
) -> None:
    row = full.list.visualRect(full.list.days.index(1, 0)).topLeft() + QPoint(60, 20)
    qtbot.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.mouseDClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert window.went == [ShowHazard(ids["CS-03"])]


def test_heads_are_passed_over_and_later_unfolds_and_folds(qtbot: QtBot, full: TodayScreen) -> None:
    assert not full.list.days.flags(full.list.days.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    qtbot.keyClick(full.list, Key.Key_End)
    head = full.list.days.row_at(full.list.currentIndex())
    assert isinstance(head, BandHead)
    assert head.is_folded
    qtbot.keyClick(full.list, Key.Key_Return)
    assert len(told(full)) == 12
    qtbot.keyClick(full.list, Key.Key_Left)
    assert len(told(full)) == 10
    qtbot.keyClick(full.list, Key.Key_Right)
    assert len(told(full)) == 12


def test_a_click_on_the_head_unfolds_what_comes_later(qtbot: QtBot, full: TodayScreen) -> None:
    full.list.scrollToBottom()
    at = full.list.visualRect(full.list.days.index(9, 0)).center()
    qtbot.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(told(full)) == 12


def test_what_is_done_goes_and_the_next_one_is_picked(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    qtbot.keyClick(full.list, Key.Key_Down)
    qtbot.keyClick(full.list, Key.Key_Down)
    qtbot.keyClick(full.list, Key.Key_Down)
    assert picked(full).id == ids["CS-04"]

    def done(session: Any, _progress: object) -> Any:
        return rechecking.recheck(session, file_desk, ids["CS-04"], Recheck(Outcome.CLOSED))

    full.shell.write(done)
    qtbot.waitUntil(lambda: len(told(full)) == 9)
    assert picked(full).id == ids["loose"]
    assert full.figures.open_hazards.number_label.text() == "6"


def test_the_line_that_is_picked_stays_picked(
    qtbot: QtBot, full: TodayScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    for _ in range(3):
        qtbot.keyClick(full.list, Key.Key_Down)

    def done(session: Any, _progress: object) -> Any:
        return rechecking.recheck(session, file_desk, ids["CS-03"], Recheck(Outcome.CLOSED))

    full.shell.write(done)
    qtbot.waitUntil(lambda: "已逾期" not in told(full)[0])
    assert picked(full).id == ids["CS-04"]


def test_a_window_that_stays_open_over_night_shows_the_new_day(
    qtbot: QtBot, full: TodayScreen, file_office: Any
) -> None:
    full._midnight.timeout.emit()
    assert full.subtitle_label.text() == "11 月 23 日（周一）"
    file_office.clock.moment += timedelta(days=1)
    full._midnight.timeout.emit()
    qtbot.waitUntil(lambda: full.subtitle_label.text() == "11 月 24 日（周二）")
    assert told(full)[0] == "已逾期 2"


def test_the_list_is_a_sound_model(full: TodayScreen, qtmodeltester: Any) -> None:
    qtmodeltester.check(full.list.days)
    assert full.list.days.rowCount(QModelIndex()) == 10


# --- figures, first day, empty day


def test_the_figures_open_their_lists(qtbot: QtBot, full: TodayScreen, window: Window) -> None:
    figures = full.figures
    shown = [figures.enterprises, figures.open_hazards, figures.major_hazards, figures.unsent]
    assert [button.number_label.text() for button in shown[:3]] == ["3", "7", "1"]
    for button in shown:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.went[:3] == [ListEnterprises(), ListHazards("open"), ListHazards("major")]
    assert isinstance(window.went[3], OpenSettings)
    assert figures.open_hazards.accessibleName() == "未闭环隐患 7 条，打开列表"


def test_the_primary_button_starts_a_check(qtbot: QtBot, full: TodayScreen, window: Window) -> None:
    qtbot.mouseClick(full.start_button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection()]


def test_the_first_day_shows_three_steps_with_their_buttons(qtbot: QtBot, screen: TodayScreen, window: Window) -> None:
    arrived(qtbot, screen)
    steps = screen.first_steps
    assert screen.stack.currentWidget() is steps
    assert steps.import_button.hasFocus()
    assert not screen.start_button.isVisible()
    for button in (steps.import_button, steps.unit_button, steps.start_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.went == [AddEnterprise(import_ledger=True), OpenSettings("unit"), StartInspection()]


def test_the_first_enterprise_ends_the_first_steps(qtbot: QtBot, screen: TodayScreen, file_desk: Desk) -> None:
    arrived(qtbot, screen)
    add(file_desk)
    screen.arrive(HERE)
    qtbot.waitUntil(lambda: screen.stack.currentWidget() is screen.day_page)


def test_a_day_that_presses_for_nothing_says_so_and_proposes_a_visit(
    qtbot: QtBot, screen: TodayScreen, file_desk: Desk, window: Window
) -> None:
    visit(file_desk, add(file_desk, "样溪甲厂（示例）", 1), passed("CS-03"))
    never = add(file_desk, "样溪乙厂（示例）", 2, village="青石村", risk="红")
    arrived(qtbot, screen)
    proposal = screen.proposal
    assert proposal.title_label.text() == "今天没有到期的事"
    assert proposal.text_label.text() == "样溪乙厂（示例）（青石村）还没有检查过。"
    assert not screen.list.isVisible()
    assert proposal.go_button.hasFocus()
    qtbot.mouseClick(proposal.go_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(proposal.look_button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection(never), ShowEnterprise(never)]


def test_what_comes_later_stands_folded_below_the_proposal(qtbot: QtBot, screen: TodayScreen, file_desk: Desk) -> None:
    inspection_id = visit(file_desk, add(file_desk), failed("CS-03", deadline=TODAY + timedelta(30)))
    issue(file_desk, inspection_id)
    arrived(qtbot, screen)
    assert screen.proposal.isVisible()
    assert told(screen) == ["以后 1，按 Enter 展开"]
    assert "11 月 21 日" in screen.proposal.text_label.text()


def test_a_day_that_cannot_be_read_says_so_and_can_be_asked_again(
    qtbot: QtBot, screen: TodayScreen, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: Any, on: date) -> Any:
        raise DamagedStore(what="clock")

    with monkeypatch.context() as patch:
        patch.setattr("safetydesk.workflows.today.day", broken)
        screen.arrive(HERE)
        qtbot.waitUntil(screen.unread.isVisible)
    assert window.said[-1].kind == "trouble"
    qtbot.mouseClick(screen.unread.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(screen.first_steps.isVisible)


def test_every_button_has_a_name_and_is_large_enough(full: TodayScreen) -> None:
    for button in full.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text()
            assert button.height() >= 36
    assert all(button_rect(full.list.visualRect(full.list.days.index(at, 0))).height() >= 36 for at in (1, 3, 4, 5))


def test_the_words_of_a_line_name_what_why_and_days(full: TodayScreen, ids: dict[str, UUID]) -> None:
    lines = {line.id: line for line in full.list.days.lines()}
    today = full.list.days.today
    said = {
        name: (
            words.what_text(line),
            words.why_text(line, today),
            words.days_text(line, today),
            words.button_text(line),
        )
        for name in ("going", "loose", "CS-05")
        for line in [lines[ids[name]]]
    }
    assert said["going"] == ("检查还没有结束", "今天开始", "今天开始", "继续检查")
    assert said["loose"] == (
        "查出 1 条隐患，还没有下文书",
        "11 月 21 日（周六）检查，最早 11 月 30 日（周一）到期",
        "2 天前检查",
        "出文书",
    )
    assert said["CS-05"][1:] == ("已下文书，期限 11 月 26 日（周四）", "3 天后到期", "复查")
