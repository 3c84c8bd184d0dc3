"""The screen 隐患, by keys and clicks, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level
from safetydesk.models.tables import Hazard
from safetydesk.ui.hazards.extend_form import ExtendForm
from safetydesk.ui.hazards.photos import PhotoViewer
from safetydesk.ui.hazards.recheck_form import RecheckForm
from safetydesk.ui.hazards.screen import HazardsScreen
from safetydesk.ui.hazards.small_forms import CorrectForm, ReasonForm
from safetydesk.ui.places import (
    ListHazards,
    OpenPlace,
    PapersOfVisit,
    Place,
    ShowEnterprise,
    ShowHazard,
    ShowPaper,
    StartInspection,
)
from safetydesk.workflows import hazard_card, hazards, rechecking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.hazard_card import HazardCard, Verb
from safetydesk.workflows.rechecking import Outcome, Recheck
from ui.visits import Window, close_window, open_window

from office_steps import PHOTO, add, failed, hazards_of, issue, visit  # isort: skip

TODAY = date(2026, 11, 21)
Key = Qt.Key


def after(days: int) -> date:
    return TODAY + timedelta(days)


@pytest.fixture
def ids(file_desk: Desk) -> dict[str, UUID]:
    """Three on paper, one of them with photos, and at another factory two without a paper."""
    first = add(file_desk, "样溪甲厂（示例）", 1, contact="赵示例", phone="13800000001")
    noticed = visit(
        file_desk,
        first,
        failed("CS-03", deadline=after(1), photos=[PHOTO]),
        failed("CS-04", deadline=after(2)),
        failed("CS-05", deadline=after(20)),
    )
    issue(file_desk, noticed)
    second = add(file_desk, "样溪乙厂（示例）", 2)
    loose = visit(file_desk, second, failed("CS-30", deadline=after(5)), failed("CS-07", deadline=after(6)))
    return {item: row.id for one in (noticed, loose) for item, row in hazards_of(file_desk, one).items()}


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path)
    yield made
    close_window(made)


@pytest.fixture
def screen(qtbot: QtBot, window: Window) -> HazardsScreen:
    """Where nobody has gone yet."""
    made = HazardsScreen(window.shell)
    qtbot.addWidget(made)
    window.shell.runner.changed.connect(made.refresh)
    made.resize(1230, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)  # keys go to it
    return made


@pytest.fixture
def listed(qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen) -> HazardsScreen:
    """The open hazards, the first one picked."""
    return arrived(qtbot, screen, ListHazards())


def arrived(qtbot: QtBot, screen: HazardsScreen, target: Any) -> HazardsScreen:
    screen.arrive(target)
    screen.focus_first()
    qtbot.waitUntil(lambda: screen.pane.isVisible() and screen.model.card is not None)
    return screen


def items(screen: HazardsScreen) -> list[str]:
    return [screen.paged.row_at(at).item for at in range(screen.paged.rowCount())]


def shown(screen: HazardsScreen) -> HazardCard:
    assert screen.pane.view is not None
    return screen.pane.view.card


def pick(qtbot: QtBot, screen: HazardsScreen, hazard_id: UUID) -> None:
    screen.table.pick(hazard_id)
    qtbot.waitUntil(lambda: screen.pane.view is not None and shown(screen).hazard.id == hazard_id)


def begun(qtbot: QtBot, screen: HazardsScreen, key: Qt.Key) -> Any:
    """The form that a key opens."""
    screen.table.setFocus()
    qtbot.keyClick(screen.table, key)
    qtbot.waitUntil(lambda: screen.pane.form is not None)
    return screen.pane.form


def opened(qtbot: QtBot, screen: HazardsScreen, verb: Verb) -> Any:
    """The form that a button of the pane opens."""
    qtbot.mouseClick(screen.pane.buttons[verb], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.pane.form is not None)
    return screen.pane.form


def saved(qtbot: QtBot, screen: HazardsScreen) -> None:
    with qtbot.waitSignal(screen.model.saved):
        qtbot.mouseClick(screen.pane.form.save_button, Qt.MouseButton.LeftButton)
    settled(qtbot, screen)


def settled(qtbot: QtBot, screen: HazardsScreen) -> None:
    qtbot.waitUntil(lambda: not screen.shell.runner._held)


def card_of(desk: Desk, hazard_id: UUID) -> HazardCard:
    with desk.store.reading() as session:
        return hazard_card.card(session, desk, hazard_id)


def state(desk: Desk, hazard_id: UUID) -> HazardState:
    return card_of(desk, hazard_id).hazard.state


def chip(screen: HazardsScreen, key: str) -> QAbstractButton:
    return screen.bar.chips._buttons[key]


# --- the list


def test_the_most_pressing_stands_first_with_its_card_beside_it(listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    assert items(listed) == ["CS-03", "CS-04", "CS-30", "CS-07", "CS-05"]
    assert shown(listed).hazard.id == ids["CS-03"]
    assert listed.table.hasFocus()
    assert [chip(listed, key).text() for key in ("open", "week", "not_on_paper", "closed")] == [
        "未闭环 5",
        "七天内到期 4",
        "未下文书 2",
        "已销号 0",
    ]


def test_moving_in_the_list_shows_the_next_card(qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    qtbot.keyClick(listed.table, Key.Key_Down)
    qtbot.waitUntil(lambda: shown(listed).hazard.id == ids["CS-04"])


def test_a_filter_shows_its_rows_and_keeps_its_count(qtbot: QtBot, listed: HazardsScreen) -> None:
    qtbot.mouseClick(chip(listed, "major"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: items(listed) == ["CS-30"])
    assert chip(listed, "major").isChecked()


def test_words_narrow_list_and_counts(qtbot: QtBot, listed: HazardsScreen) -> None:
    qtbot.keyClick(listed.table, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert listed.bar.search_edit.hasFocus()
    listed.bar.search_edit.insert("乙厂")
    qtbot.waitUntil(lambda: items(listed) == ["CS-30", "CS-07"] and chip(listed, "open").text() == "未闭环 2")
    qtbot.keyClick(listed.bar.search_edit, Key.Key_Return)
    assert listed.table.hasFocus()


def test_what_is_not_found_says_so_and_is_cleared_with_one_press(qtbot: QtBot, listed: HazardsScreen) -> None:
    listed.bar.search_edit.setText("没有这家")
    qtbot.waitUntil(lambda: listed.list.empty.isVisible() and "没有这家" in listed.list.empty._title.text())
    qtbot.mouseClick(listed.list.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed.paged.rowCount() == 5 and not listed.list.empty.isVisible())


def test_an_empty_filter_says_which_and_leads_on(qtbot: QtBot, listed: HazardsScreen) -> None:
    qtbot.mouseClick(chip(listed, "overdue"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed.list.empty.isVisible() and listed.list.empty._title.text() == "没有已逾期的隐患")
    assert not listed.pane.isVisible()
    qtbot.mouseClick(listed.list.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed.paged.rowCount() == 5)


def test_a_desk_without_hazards_says_where_they_come_from(qtbot: QtBot, screen: HazardsScreen, window: Window) -> None:
    with qtbot.waitSignal(screen.usable):
        screen.arrive(OpenPlace(Place.HAZARDS))
    assert screen.list.empty._title.text() == "还没有隐患"
    qtbot.mouseClick(screen.list.empty.button, Qt.MouseButton.LeftButton)
    assert window.went == [StartInspection()]


def test_sorting_by_a_title_keeps_what_is_picked(qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    level = next(n for n, column in enumerate(listed.paged.columns) if column.key == "level")
    listed.table.horizontalHeader().sectionClicked.emit(level)
    qtbot.waitUntil(lambda: items(listed)[0] == "CS-30")
    settled(qtbot, listed)
    assert listed.table.current_row().id == ids["CS-03"]


def test_the_card_is_closed_with_esc_and_opened_with_enter(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]
) -> None:
    assert listed.go_back()
    assert not listed.pane.isVisible()
    qtbot.keyClick(listed.table, Key.Key_Down)
    qtbot.waitUntil(lambda: listed.model.card is not None and listed.model.card.hazard.id == ids["CS-04"])
    assert not listed.pane.isVisible()
    qtbot.keyClick(listed.table, Key.Key_Return)
    qtbot.waitUntil(listed.pane.isVisible)
    assert listed.pane.buttons[Verb.RECHECK].hasFocus()


def test_a_click_opens_the_card_again(qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    listed.go_back()
    row = listed.table.visualRect(listed.paged.index(3, 0)).center()
    qtbot.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    qtbot.waitUntil(lambda: listed.pane.isVisible() and shown(listed).hazard.id == ids["CS-07"])


def test_esc_with_nothing_left_goes_nowhere(listed: HazardsScreen) -> None:
    assert listed.go_back()
    assert not listed.go_back()


# --- 复查


def test_a_recheck_takes_four_keys_and_the_next_one_follows(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk, window: Window
) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    assert isinstance(form, RecheckForm)
    qtbot.keyClick(listed.focusWidget() or form, Key.Key_1)
    with qtbot.waitSignal(listed.model.saved):
        qtbot.keyClick(form.note.editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, listed)
    assert state(file_desk, ids["CS-03"]) is HazardState.CLOSED
    assert items(listed) == ["CS-04", "CS-30", "CS-07", "CS-05"]
    assert shown(listed).hazard.id == ids["CS-04"]
    assert listed.table.hasFocus()
    assert window.said[-1].kind == "undoable"
    assert window.said[-1].text.startswith("已销号：")


def test_a_recheck_is_undone_with_one_step(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    begun(qtbot, listed, Key.Key_R).choose(Outcome.CLOSED)
    saved(qtbot, listed)
    assert listed.shell.undo()
    qtbot.waitUntil(lambda: items(listed)[0] == "CS-03")
    assert state(file_desk, ids["CS-03"]) is HazardState.NOTIFIED


def test_what_is_not_mended_has_to_be_said_and_stays_in_the_list(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.PARTIAL)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.note.below.text() == "写明还差什么。"
    assert form.note.editor.hasFocus()
    assert state(file_desk, ids["CS-03"]) is HazardState.NOTIFIED
    form.note.editor.insertPlainText("还差告知牌")
    form.due_edit.set_text("9")
    saved(qtbot, listed)
    card = card_of(file_desk, ids["CS-03"])
    assert (card.hazard.state, card.hazard.due) == (HazardState.PARTIAL, after(9))
    assert shown(listed).hazard.state is HazardState.PARTIAL


def test_without_an_outcome_nothing_is_saved(qtbot: QtBot, listed: HazardsScreen) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.trouble.label.text() == "请先选复查结果。"
    assert listed.pane.form is form


def test_a_suspected_major_hazard_is_closed_only_with_a_word_on_who_verified_it(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    pick(qtbot, listed, ids["CS-30"])
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.CLOSED)
    assert "主管部门" in form.remark.label.text()
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.note.has_trouble
    form.note.set_text("县局核查同意")
    saved(qtbot, listed)
    assert state(file_desk, ids["CS-30"]) is HazardState.CLOSED


@pytest.mark.parametrize("given", ["2030-01-01", "11-20", "x"])
def test_a_day_that_cannot_be_is_refused_beside_its_field(qtbot: QtBot, listed: HazardsScreen, given: str) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.CLOSED)
    form.on_edit.set_text(given)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.on_below.isVisible()
    assert form.on_edit.edit.hasFocus()


def test_a_refusal_of_the_store_keeps_what_was_typed(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.OPEN)
    form.note.set_text("没有整改")
    with file_desk.store.writing() as session:  # by another window
        rechecking.recheck(session, file_desk, ids["CS-03"], Recheck(Outcome.CLOSED))
    with qtbot.waitSignal(listed.model.refused):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert listed.pane.form is form
    assert form.note.text() == "没有整改"
    assert "已销号" in form.trouble.label.text()
    assert form.save_button.isEnabled()


def test_leaving_a_form_loses_nothing(qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.PARTIAL)
    form.note.set_text("还差告知牌")
    assert listed.go_back()
    assert listed.pane.buttons[Verb.RECHECK].text() == "复查（接着填）"
    pick(qtbot, listed, ids["CS-04"])
    assert listed.pane.buttons[Verb.RECHECK].text() == "复查"
    pick(qtbot, listed, ids["CS-03"])
    again = begun(qtbot, listed, Key.Key_R)
    assert (again.outcome, again.note.text()) == (Outcome.PARTIAL, "还差告知牌")


def test_moving_on_with_an_open_form_shows_the_other_card_and_keeps_the_form(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]
) -> None:
    begun(qtbot, listed, Key.Key_R).note.set_text("还差告知牌")
    pick(qtbot, listed, ids["CS-04"])
    assert listed.pane.form is None
    pick(qtbot, listed, ids["CS-03"])
    assert begun(qtbot, listed, Key.Key_R).note.text() == "还差告知牌"


def test_a_phrase_is_taken_with_a_press_and_another_replaces_it(qtbot: QtBot, listed: HazardsScreen) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.CLOSED)
    first, second = form.phrase_chips.buttons[:2]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert form.note.text() == second.accessibleName()
    form.note.set_text("自己写的")
    qtbot.mouseClick(form.phrase_chips.buttons[0], Qt.MouseButton.LeftButton)
    assert form.note.text() == f"自己写的；{first.accessibleName()}"


def test_words_of_earlier_rechecks_are_offered_first(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    with file_desk.store.writing() as session:
        rechecking.recheck(session, file_desk, ids["CS-05"], Recheck(Outcome.CLOSED, "已补标志"))
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.CLOSED)
    qtbot.waitUntil(lambda: form.phrase_chips.buttons[0].text() == "已补标志")


def test_photos_are_chosen_shown_taken_out_and_kept(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk, window: Window, tmp_path: Path
) -> None:
    form = begun(qtbot, listed, Key.Key_R)
    form.choose(Outcome.CLOSED)
    bad = tmp_path / "坏照片.jpg"
    bad.write_bytes(b"x")
    other = PHOTO.with_name("dust-on-beam.jpg")
    listed.doing.add_photos([PHOTO, bad, other])
    qtbot.waitUntil(lambda: len(form.photos.photos) == 2)
    assert "坏照片.jpg" in form.photos.below.text()
    qtbot.mouseClick(form.photos._buttons[1], Qt.MouseButton.LeftButton)
    window.files.path = PHOTO
    qtbot.mouseClick(form.photos.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(form.photos.add_button.isEnabled)
    assert [one.original_name for one in form.photos.photos] == [PHOTO.name]  # the same one comes once
    saved(qtbot, listed)
    assert [one.name for one in card_of(file_desk, ids["CS-03"]).history[-1].photos] == [PHOTO.name]


def test_letters_work_from_the_card_too_and_are_text_in_a_form(qtbot: QtBot, listed: HazardsScreen) -> None:
    qtbot.keyClick(listed.table, Key.Key_Return)
    qtbot.waitUntil(listed.pane.buttons[Verb.RECHECK].hasFocus)
    qtbot.keyClick(listed.pane.buttons[Verb.RECHECK], Key.Key_R)
    form = listed.pane.form
    assert isinstance(form, RecheckForm)
    form.note.editor.setFocus()
    qtbot.keyClicks(form.note.editor, "re 1")
    assert listed.pane.form is form
    assert form.note.text() == "re 1"
    assert form.outcome is None


# --- 延期, 改正, 撤回, 重新打开


def test_an_extension_names_day_and_reason_and_is_undone(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    form = begun(qtbot, listed, Key.Key_E)
    assert isinstance(form, ExtendForm)
    qtbot.keyClicks(form.to_edit.edit, "7")
    assert form.to == after(8)  # from the deadline on
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.reason.has_trouble
    qtbot.mouseClick(form.chips.buttons[0], Qt.MouseButton.LeftButton)
    saved(qtbot, listed)
    card = card_of(file_desk, ids["CS-03"])
    assert (card.hazard.due, card.history[-1].note) == (after(8), "备件未到货")
    assert shown(listed).is_extended
    listed.shell.undo()
    qtbot.waitUntil(lambda: card_of(file_desk, ids["CS-03"]).hazard.due == after(1))


@pytest.mark.parametrize("given", ["", "x", "0", "11-01"])
def test_an_extension_that_is_none_is_refused_beside_its_field(qtbot: QtBot, listed: HazardsScreen, given: str) -> None:
    form = begun(qtbot, listed, Key.Key_E)
    form.reason.set_text("备件未到货")
    form.to_edit.set_text(given)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.to_below.isVisible()
    assert form.to_edit.edit.hasFocus()


def test_a_long_extension_is_remarked_and_not_forbidden(qtbot: QtBot, listed: HazardsScreen) -> None:
    form = begun(qtbot, listed, Key.Key_E)
    qtbot.keyClicks(form.to_edit.edit, "40")
    assert "超过 30 天" in form.remark.label.text()
    form.reason.set_text("备件未到货")
    saved(qtbot, listed)


def test_a_suspected_major_hazard_asks_who_agreed_to_put_it_off(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    with file_desk.store.writing() as session:
        rechecking.recheck(session, file_desk, ids["CS-30"], Recheck(Outcome.OPEN, "没有整改"))
    pick(qtbot, listed, ids["CS-30"])
    form = begun(qtbot, listed, Key.Key_E)
    form.to_edit.set_text("7")
    form.reason.set_text("等检测报告")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.consent.has_trouble
    form.consent.set_text("样溪县应急管理局")
    saved(qtbot, listed)
    assert card_of(file_desk, ids["CS-30"]).history[-1].consent == "样溪县应急管理局"


def test_an_overdue_extension_says_what_it_means(
    qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen, file_office: Any
) -> None:
    file_office.clock.moment += timedelta(days=4)
    arrived(qtbot, screen, ListHazards("overdue"))
    assert "待核" in begun(qtbot, screen, Key.Key_E).remark.label.text()


def test_what_is_not_on_paper_is_corrected_and_put_back_as_it_was(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    before = card_of(file_desk, ids["CS-30"])
    pick(qtbot, listed, ids["CS-30"])
    form = opened(qtbot, listed, Verb.CORRECT)
    assert isinstance(form, CorrectForm)
    form.text_field.set_text("改过的描述")
    form.level_field.set_text(Level.GENERAL)
    form.due_edit.set_text("12-01")
    saved(qtbot, listed)
    after_it = card_of(file_desk, ids["CS-30"])
    assert (after_it.hazard.text, after_it.hazard.level, after_it.hazard.due) == (
        "改过的描述",
        Level.GENERAL,
        date(2026, 12, 1),
    )
    listed.shell.undo()
    qtbot.waitUntil(lambda: card_of(file_desk, ids["CS-30"]).hazard == before.hazard)
    assert card_of(file_desk, ids["CS-30"]).criteria == before.criteria


def test_a_correction_that_corrects_nothing_goes_back_to_the_card(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], window: Window
) -> None:
    pick(qtbot, listed, ids["CS-30"])
    form = opened(qtbot, listed, Verb.CORRECT)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert listed.pane.form is None
    assert window.said == []


def test_an_emptied_text_is_refused(qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]) -> None:
    pick(qtbot, listed, ids["CS-30"])
    form = opened(qtbot, listed, Verb.CORRECT)
    form.text_field.set_text(" ")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.text_field.has_trouble


def test_withdrawing_asks_for_a_reason_and_can_be_undone(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    pick(qtbot, listed, ids["CS-07"])
    form = opened(qtbot, listed, Verb.WITHDRAW)
    assert isinstance(form, ReasonForm)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.reason.has_trouble
    form.reason.set_text("看错了")
    saved(qtbot, listed)
    assert state(file_desk, ids["CS-07"]) is HazardState.WITHDRAWN
    assert "CS-07" not in items(listed)
    listed.shell.undo()
    qtbot.waitUntil(lambda: "CS-07" in items(listed))
    assert state(file_desk, ids["CS-07"]) is HazardState.FOUND


def test_what_was_closed_is_opened_again_with_a_reason(
    qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen, file_desk: Desk
) -> None:
    with file_desk.store.writing() as session:
        rechecking.recheck(session, file_desk, ids["CS-03"], Recheck(Outcome.CLOSED))
    arrived(qtbot, screen, ListHazards("closed"))
    assert list(screen.pane.buttons) == [Verb.REOPEN]
    opened(qtbot, screen, Verb.REOPEN).reason.set_text("销错了")
    saved(qtbot, screen)
    assert state(file_desk, ids["CS-03"]) is HazardState.OPEN


def test_keys_that_are_not_allowed_now_say_so(
    qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen, file_desk: Desk, window: Window
) -> None:
    with file_desk.store.writing() as session:
        rechecking.recheck(session, file_desk, ids["CS-03"], Recheck(Outcome.CLOSED))
    arrived(qtbot, screen, ListHazards("closed"))
    screen._begin_on_row("extend")
    assert "已销号" in window.texts()[-1]
    assert screen.pane.form is None


def test_the_last_entry_is_taken_back_from_the_card(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    begun(qtbot, listed, Key.Key_R).choose(Outcome.OPEN)
    listed.pane.form.note.set_text("没有整改")
    saved(qtbot, listed)
    (button,) = listed.pane.view._undoes
    with qtbot.waitSignal(listed.model.saved):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert state(file_desk, ids["CS-03"]) is HazardState.NOTIFIED


# --- ways elsewhere and ways here


def test_the_card_leads_to_enterprise_and_paper(qtbot: QtBot, listed: HazardsScreen, window: Window) -> None:
    view = listed.pane.view
    qtbot.mouseClick(view.enterprise_button, Qt.MouseButton.LeftButton)
    (paper,) = view._numbers
    qtbot.mouseClick(paper, Qt.MouseButton.LeftButton)
    assert window.went == [ShowEnterprise(view.card.enterprise.id), ShowPaper(view.card.papers[0].number)]


def test_what_has_no_paper_leads_to_the_papers_of_its_visit(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], window: Window
) -> None:
    pick(qtbot, listed, ids["CS-30"])
    assert next(iter(listed.pane.buttons)) is Verb.ISSUE
    qtbot.mouseClick(listed.pane.buttons[Verb.ISSUE], Qt.MouseButton.LeftButton)
    assert window.went == [PapersOfVisit(shown(listed).hazard.inspection_id)]


def test_a_hazard_is_shown_from_elsewhere_with_its_recheck_open(
    qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen
) -> None:
    screen.arrive(ShowHazard(ids["CS-05"], recheck=True))
    qtbot.waitUntil(lambda: isinstance(screen.pane.form, RecheckForm))
    assert screen.pane.form.card.hazard.id == ids["CS-05"]
    qtbot.waitUntil(lambda: screen.table.current_row() is not None and screen.table.current_row().item == "CS-05")


def test_a_closed_hazard_from_elsewhere_is_shown_in_the_whole_list(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    with file_desk.store.writing() as session:
        hazards.withdraw(session, file_desk, session.get_one(Hazard, ids["CS-07"]), "看错了")
    listed.bar.search_edit.setText("甲厂")
    listed.arrive(ShowHazard(ids["CS-07"]))
    qtbot.waitUntil(lambda: shown(listed).hazard.id == ids["CS-07"])
    listed.arrive(ListHazards("open"))
    qtbot.waitUntil(lambda: items(listed) == ["CS-03", "CS-04", "CS-30", "CS-05"])
    listed.arrive(ShowHazard(ids["CS-07"]))
    qtbot.waitUntil(lambda: listed.model.filter == "all" and listed.table.current_row() is not None)
    qtbot.waitUntil(lambda: listed.table.current_row().item == "CS-07")


def test_a_hazard_that_is_gone_is_a_trouble_and_no_crash(qtbot: QtBot, listed: HazardsScreen, window: Window) -> None:
    listed.arrive(ShowHazard(UUID(int=7)))
    qtbot.waitUntil(lambda: bool(window.said))
    assert window.said[-1].kind == "trouble"


def test_what_is_done_elsewhere_comes_into_list_and_card(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID], file_desk: Desk
) -> None:
    def elsewhere(session: Any, _progress: object) -> Any:
        return rechecking.recheck(session, file_desk, ids["CS-03"], Recheck(Outcome.PARTIAL, "还差告知牌"))

    listed.shell.write(elsewhere)
    qtbot.waitUntil(lambda: shown(listed).hazard.state is HazardState.PARTIAL)


# --- photos


def test_photos_of_the_card_come_and_open_as_large_as_the_window(qtbot: QtBot, listed: HazardsScreen) -> None:
    strip, photos = listed.pane.view._strips[0]
    qtbot.waitUntil(lambda: listed.pane._thumbnails.of(photos[0].id) is not None)
    qtbot.mouseClick(strip.thumbs[0], Qt.MouseButton.LeftButton)
    viewer = listed.findChild(PhotoViewer)
    assert viewer is not None
    qtbot.waitUntil(lambda: not viewer.picture_label.pixmap().isNull())
    assert not viewer.before_button.isEnabled()
    with qtbot.waitSignal(viewer.destroyed):
        qtbot.keyClick(viewer, Key.Key_Escape)


def test_a_photo_that_cannot_be_read_says_so_and_hides_nothing(
    qtbot: QtBot, ids: dict[str, UUID], screen: HazardsScreen, file_desk: Desk
) -> None:
    for path in (file_desk.store.folder / "store").glob("??/*"):
        path.unlink()
    arrived(qtbot, screen, ListHazards())
    (thumb,) = screen.pane.view._strips[0][0].thumbs
    qtbot.waitUntil(lambda: "读不出来" in thumb.toolTip())
    assert screen.pane.buttons[Verb.RECHECK].isEnabled()


# --- everything has a name, a size and a place


def test_every_control_has_a_name_and_is_large_enough(
    qtbot: QtBot, listed: HazardsScreen, ids: dict[str, UUID]
) -> None:
    pick(qtbot, listed, ids["CS-30"])
    checked(listed)
    for verb in (Verb.RECHECK, Verb.CORRECT, Verb.WITHDRAW):
        opened(qtbot, listed, verb)
        checked(listed)
        listed.go_back()
    begun_form = ExtendForm(shown(listed), TODAY, listed.pane)
    listed.pane.show_form(begun_form, Verb.EXTEND)
    checked(listed)


def checked(screen: QWidget) -> None:
    for widget in screen.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit):
            continue
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said, widget
        is_chip = widget.property("look") == "chip"
        assert widget.height() >= (30 if is_chip else 36), (widget, said, widget.height())


def test_the_list_is_a_sound_model(qtbot: QtBot, listed: HazardsScreen, qtmodeltester: Any) -> None:
    qtmodeltester.check(listed.paged)
    assert listed.paged.rowCount(QModelIndex()) == 5


def test_the_keys_of_the_screen_are_told(listed: HazardsScreen) -> None:
    told = listed.keys()
    assert {"R", "E", "Enter", "Ctrl+F"} <= {key for key, _ in told}
