"""Importing a ledger: rehearsed first, applied, stopped, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from safetydesk.ui.enterprises.import_view import LedgerImportView
from safetydesk.ui.enterprises.screen import EnterprisesScreen
from safetydesk.ui.places import AddEnterprise
from safetydesk.workflows import ledger_import
from safetydesk.workflows.desk import Desk
from ui.enterprises.conftest import names, settle, show_list
from ui.visits import Window

from office_steps import LEDGER, add, credit_code, wrong_digit  # isort: skip

HEADER = ["企业名称", "统一社会信用代码", "村（社区）", "从业人员数", "从没听说过的一栏"]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """One new row, one that changes a known enterprise, one refused, one bad cell; and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        HEADER,
        ["样溪丙厂", credit_code(3), "样新社区", 30, "x"],
        ["样溪甲厂", credit_code(1), "样新社区", 12, "x"],
        ["样溪丁厂", wrong_digit(credit_code(4)), "样岭村", 5, "x"],
        ["样溪戊厂", credit_code(5), "样岭村", "十来个", "x"],
    ):
        sheet.append(row)
    second = book.create_sheet("第二张")
    second.append(HEADER)
    second.append(["样溪己厂", credit_code(6), "样岭村", 1, "x"])
    path = tmp_path / "台账 2026.xlsx"
    book.save(path)
    book.close()
    return path


def begin(qtbot: QtBot, window: Window, screen: EnterprisesScreen, path: Path | None) -> LedgerImportView:
    window.files.path = path
    screen.arrive(AddEnterprise(import_ledger=True))
    settle(qtbot, window)
    return screen.import_view


def counts(view: LedgerImportView) -> list[str]:
    from PySide6.QtWidgets import QPushButton

    return [button.text() for button in view.shown.chips.findChildren(QPushButton)]


def test_figures_come_first_and_the_rows_behind_them_on_demand(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, ledger: Path
) -> None:
    add(file_desk, "样溪甲厂", 1, village="样岭村", headcount="10")
    view = begin(qtbot, window, screen, ledger)
    assert view.stack.currentWidget() is view.shown
    assert counts(view) == ["新增 2", "更新 1", "没收的格子 2", "没认出的列 1"]
    assert view.shown.apply_button.text() == "导入这 3 家"
    assert view.shown.apply_button.hasFocus()
    view.shown.chips.choose("changed")
    settle(qtbot, window)
    rows = view.shown.tables["changed"].paged
    told = [(row.name, row.field, row.before, row.after) for row in map(rows.row_at, range(rows.rowCount())) if row]
    assert [one[0] for one in told] == ["样溪甲厂", ""]  # the name once for all its fields
    assert {one[1:] for one in told} == {("村（社区）", "样岭村", "样新社区"), ("从业人员数", "10", "12")}


def test_nothing_is_written_before_it_is_applied(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, ledger: Path
) -> None:
    view = begin(qtbot, window, screen, ledger)
    assert "还没有写入" in view.shown.says_label.text()
    qtbot.mouseClick(view.shown.cancel_button, Qt.MouseButton.LeftButton)
    show_list(qtbot, window, screen)
    assert screen.stack.currentWidget() is screen.list_view
    assert names(screen) == []


def test_applied_the_list_shows_it_and_one_undo_takes_it_back(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, ledger: Path
) -> None:
    view = begin(qtbot, window, screen, ledger)
    qtbot.mouseClick(view.shown.apply_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert view.stack.currentWidget() is view.done
    assert view.list_button.hasFocus()
    qtbot.mouseClick(view.list_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert names(screen) == ["样溪丙厂", "样溪甲厂", "样溪戊厂"]
    assert window.texts() == ["台账已导入：新增 3 家，更新 0 家。"]
    assert window.shell.undo()
    settle(qtbot, window)
    assert names(screen) == []


def test_another_sheet_of_the_workbook_can_be_chosen(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk, ledger: Path
) -> None:
    view = begin(qtbot, window, screen, ledger)
    choice = view.shown.sheet_choice
    assert choice.isVisible()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    settle(qtbot, window)
    assert counts(view)[0] == "新增 1"
    assert choice.key == "第二张"


def test_what_was_not_taken_is_saved_to_be_mended(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, ledger: Path, tmp_path: Path
) -> None:
    view = begin(qtbot, window, screen, ledger)
    window.files.path = tmp_path / "退回.xlsx"
    qtbot.mouseClick(view.shown.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.files.names == ["台账 2026（没收的）.xlsx"]
    assert (tmp_path / "退回.xlsx").exists()


def test_a_file_that_is_no_ledger_says_why_and_lets_choose_another(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, tmp_path: Path, ledger: Path
) -> None:
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    view = begin(qtbot, window, screen, bad)
    assert view.stack.currentWidget() is view.start
    assert view.start.button.hasFocus()
    said = view.start._title.text() + view.start._text.text()
    assert "照片.xlsx" in said
    assert "--" not in said
    window.files.path = ledger
    qtbot.mouseClick(view.start.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert view.stack.currentWidget() is view.shown


def test_thinking_better_of_it_leads_back(qtbot: QtBot, window: Window, screen: EnterprisesScreen) -> None:
    view = begin(qtbot, window, screen, None)
    assert view.stack.currentWidget() is view.start
    assert screen.go_back()
    assert screen.stack.currentWidget() is screen.list_view


def test_stopped_while_it_is_applied_the_ledger_is_as_before(
    qtbot: QtBot,
    window: Window,
    screen: EnterprisesScreen,
    file_desk: Desk,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stopped by the person while rows are being entered."""
    view = begin(qtbot, window, screen, ledger)
    whole = ledger_import.apply

    def stopped_halfway(session: Any, desk: Desk, sheet: Any, progress: Any) -> Any:
        whole(session, desk, sheet, progress)
        progress.cancel()
        progress.check_cancelled()

    monkeypatch.setattr(ledger_import, "apply", stopped_halfway)
    qtbot.mouseClick(view.shown.apply_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.texts() == ["已停止，台账没有改动。"]
    assert view.stack.currentWidget() is view.shown
    view.go_back()
    show_list(qtbot, window, screen)
    assert names(screen) == []


def test_esc_stops_what_runs(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    looked = Event()

    def slow(_session: Any, _sheet: Any, progress: Any) -> Any:
        looked.wait(5)
        progress.check_cancelled()
        raise AssertionError("was not stopped")

    monkeypatch.setattr("safetydesk.workflows.ledger_rehearsal.rehearse", slow)
    window.files.path = ledger
    screen.arrive(AddEnterprise(import_ledger=True))
    view = screen.import_view
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.busy)
    assert view.stop_button.hasFocus()
    qtbot.waitUntil(lambda: len(window.shell.runner._held) == 1)
    assert screen.go_back()
    looked.set()
    settle(qtbot, window)
    assert view.stack.currentWidget() is view.start
    assert window.texts() == ["已停止，台账没有改动。"]


def test_progress_is_told_by_rows(qtbot: QtBot, window: Window, screen: EnterprisesScreen) -> None:
    view = screen.import_view
    view.model.progressed.emit("登记企业", 500, 2_000)
    assert view.count_label.text() == "500 / 2,000 行"
    assert (view.bar.value(), view.bar.maximum()) == (500, 2_000)


def test_the_same_file_again_has_nothing_to_import(
    qtbot: QtBot, window: Window, screen: EnterprisesScreen, file_desk: Desk
) -> None:
    view = begin(qtbot, window, screen, LEDGER)
    qtbot.mouseClick(view.shown.apply_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.mouseClick(view.more_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert not view.shown.apply_button.isEnabled()
    assert view.shown.apply_button.text() == "没有要导入的"
    assert view.shown.choose_button.hasFocus()
