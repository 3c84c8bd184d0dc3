"""The register: what waits for its paper, filters with counts, the search, and the way to a paper."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.ui.papers.screen import PapersScreen
from safetydesk.ui.places import OpenPlace, PapersOfVisit, Place, ShowPaper, StartInspection
from safetydesk.workflows.desk import Desk
from ui.visits import Window

from office_steps import add, failed, issue, visit, void  # isort: skip


def show(qtbot: QtBot, screen: PapersScreen) -> None:
    with qtbot.waitSignal(screen.register.paged.counted, timeout=20_000):
        screen.arrive(OpenPlace(Place.PAPERS))
    qtbot.waitUntil(lambda: "全部 " in chips(screen)[0], timeout=20_000)


def chips(screen: PapersScreen) -> list[str]:
    from PySide6.QtWidgets import QPushButton

    return [button.text() for button in screen.register.chips.findChildren(QPushButton)]


def shown(screen: PapersScreen) -> Sequence[str]:
    model = screen.register.paged
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.fixture
def three(file_desk: Desk) -> list[str]:
    """Three papers: one in force, one voided and issued anew."""
    visits = [visit(file_desk, add(file_desk, f"样溪{at}厂（示例）", at), failed("CS-03")) for at in (1, 2)]
    first, second = (issue(file_desk, one).number for one in visits)
    void(file_desk, second)
    return [first, second, issue(file_desk, visits[1]).number]


def test_an_empty_register_says_what_to_do_first(qtbot: QtBot, window: Window, screen: PapersScreen) -> None:
    screen.arrive(OpenPlace(Place.PAPERS))
    qtbot.waitUntil(screen.register.none_yet.isVisible, timeout=20_000)
    qtbot.mouseClick(screen.register.none_yet.button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection()]


def test_all_papers_are_listed_the_newest_first_with_counts_on_the_filters(
    qtbot: QtBot, screen: PapersScreen, three: list[str]
) -> None:
    show(qtbot, screen)
    assert shown(screen) == three[::-1]
    assert chips(screen) == ["全部 3", "未送达 2", "已送达 0", "已作废 1"]


def test_a_filter_leaves_what_it_names_and_says_when_nothing_is_left(
    qtbot: QtBot, screen: PapersScreen, three: list[str]
) -> None:
    show(qtbot, screen)
    screen.register.chips.choose("voided")
    qtbot.waitUntil(lambda: shown(screen) == [three[1]], timeout=20_000)
    screen.register.chips.choose("served")
    qtbot.waitUntil(screen.register.none_here.isVisible, timeout=20_000)
    qtbot.mouseClick(screen.register.none_here.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shown(screen)) == 3, timeout=20_000)


def test_a_piece_of_a_name_finds_its_papers_by_keys_alone(
    qtbot: QtBot, window: Window, screen: PapersScreen, three: list[str]
) -> None:
    show(qtbot, screen)
    qtbot.keyClick(screen.register.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(screen.register.search_edit, "2")
    screen.register.search_edit.setText("样溪1厂")
    qtbot.waitUntil(lambda: shown(screen) == [three[0]], timeout=20_000)
    qtbot.keyClick(screen.register.search_edit, Qt.Key.Key_Down)
    qtbot.keyClick(screen.register.table, Qt.Key.Key_Return)
    assert window.went == [ShowPaper(three[0])]


def test_a_check_without_its_paper_stands_above_the_register(
    qtbot: QtBot, window: Window, screen: PapersScreen
) -> None:
    desk = window.shell.desk
    visits = [visit(desk, add(desk, f"样溪{at}厂（示例）", at), failed("CS-03")) for at in range(1, 6)]
    screen.arrive(OpenPlace(Place.PAPERS))
    band = screen.register.band
    qtbot.waitUntil(band.isVisible, timeout=20_000)
    assert "5 次检查" in band.title_label.text()
    assert len(band.buttons) == 3
    qtbot.mouseClick(band.all_button, Qt.MouseButton.LeftButton)
    assert len(band.buttons) == 5
    qtbot.mouseClick(band.buttons[0], Qt.MouseButton.LeftButton)
    assert isinstance(window.went[-1], PapersOfVisit)
    assert window.went[-1].inspection_id in visits
    issue(desk, visits[0])
    screen.arrive(OpenPlace(Place.PAPERS))
    qtbot.waitUntil(lambda: "4 次检查" in band.title_label.text(), timeout=20_000)


def test_from_a_paper_back_to_the_register_the_counts_are_fresh(
    qtbot: QtBot, screen: PapersScreen, three: list[str]
) -> None:
    screen.arrive(ShowPaper(three[0]))
    qtbot.waitUntil(lambda: screen.model.is_settled and screen.model.now is not None, timeout=20_000)
    with qtbot.waitSignal(screen.register.paged.counted, timeout=20_000):
        qtbot.mouseClick(screen.back_button, Qt.MouseButton.LeftButton)
    assert screen.register.isVisible()
    assert not screen.primary_button.isVisible()
    qtbot.waitUntil(lambda: chips(screen)[0] == "全部 3", timeout=20_000)
