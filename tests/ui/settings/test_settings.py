"""Settings save themselves as one leaves them, can be taken back, and refused ones stay as typed with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import PASSPHRASE, UNIT
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Power
from safetydesk.ui.places import OpenSettings
from safetydesk.ui.settings.data_section import DataSection
from safetydesk.ui.settings.fields import SettingField
from safetydesk.ui.settings.paper_sections import PapersSection
from safetydesk.ui.settings.screen import _SECTIONS, SettingsScreen
from safetydesk.ui.settings.unit_sections import PowerSection
from safetydesk.ui.settings.window_sections import LockSection, LooksSection
from safetydesk.workflows import settings_view
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import verify
from safetydesk.workflows.settings_view import SettingsView
from ui.visits import Window

NEW = "lao wang jia de gou"


def stored(desk: Desk) -> SettingsView:
    with desk.store.reading() as session:
        return settings_view.read(session, desk)


def field_of(screen: SettingsScreen, section: str, key: str) -> SettingField:
    screen.show_section(section)
    return screen.section(section).fields[key]


def retype(qtbot: QtBot, field: SettingField, text: str) -> None:
    """Put the keyboard into a field, and type something else; not left yet."""
    editor = field.editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    if text:
        editor.insert(text)
    else:
        qtbot.keyClick(editor, Qt.Key.Key_Delete)


def save_with(qtbot: QtBot, screen: SettingsScreen, field: SettingField, text: str, key: Any = Qt.Key.Key_Tab) -> None:
    retype(qtbot, field, text)
    with qtbot.waitSignal(screen.model.saved), qtbot.waitSignal(screen.model.loaded):
        qtbot.keyClick(field.editor, key)


def take_back(qtbot: QtBot, screen: SettingsScreen) -> None:
    with qtbot.waitSignal(screen.model.loaded):
        assert screen.shell.undo()


def test_it_opens_at_the_first_section_and_every_section_can_be_looked_at(qtbot: QtBot, screen: SettingsScreen) -> None:
    assert screen.current_key() == "unit"
    for _ in range(len(_SECTIONS) - 1):
        qtbot.keyClick(screen.list, Qt.Key.Key_Down)
        key = screen.current_key()
        assert key is not None
        assert screen.section(key).isVisible()
    assert screen.current_key() == "about"


@pytest.mark.parametrize("key", [key for key, _, _ in _SECTIONS])
def test_one_can_arrive_at_any_section(screen: SettingsScreen, key: str) -> None:
    screen.arrive(OpenSettings(key))
    assert screen.current_key() == key
    shown = [name for name, section in screen._sections.items() if section.isVisible()]
    assert shown == [key]


def test_a_section_that_does_not_exist_is_the_first(screen: SettingsScreen) -> None:
    screen.arrive(OpenSettings("something else"))
    assert screen.current_key() == "unit"


def test_a_field_saves_itself_as_one_leaves_it_and_shows_a_tick(
    qtbot: QtBot, screen: SettingsScreen, window: Window, file_desk: Desk
) -> None:
    field = field_of(screen, "unit", "own.badge")
    save_with(qtbot, screen, field, "B-007")
    assert stored(file_desk).badge == "B-007"
    assert not field.tick.isHidden()
    assert window.said[-1].kind == "undoable"


def test_enter_saves_as_well_and_an_untouched_field_saves_nothing(
    qtbot: QtBot, screen: SettingsScreen, window: Window, file_desk: Desk
) -> None:
    save_with(qtbot, screen, field_of(screen, "unit", "own.name"), "王例示", Qt.Key.Key_Return)
    assert stored(file_desk).officer == "王例示"
    said = len(window.said)
    field = field_of(screen, "unit", "own.unit")
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert len(window.said) == said
    assert not screen.model._saving


def test_what_was_saved_can_be_taken_back(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    field = field_of(screen, "unit", "own.unit")
    save_with(qtbot, screen, field, "云溪镇人民政府")
    screen.list.setFocus()
    take_back(qtbot, screen)
    assert stored(file_desk).unit == UNIT
    assert field.text() == UNIT


def test_a_refused_value_stays_as_typed_with_the_reason_beside_it(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk
) -> None:
    field = field_of(screen, "unit", "own.name")
    retype(qtbot, field, " ")
    with qtbot.waitSignal(screen.model.refused):
        qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.has_trouble
    assert "不能空着" in field.below.text()
    assert field.text() == " "
    assert stored(file_desk).officer == "王示例"
    with qtbot.waitSignal(screen.model.loaded):
        screen.model.load()
    assert field.text() == " ", "another change elsewhere does not take it away"


def test_a_refused_value_that_is_put_right_is_saved(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    field = field_of(screen, "papers", "unit.report_to")
    retype(qtbot, field, "长" * 201)
    with qtbot.waitSignal(screen.model.refused):
        qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert "200" in field.below.text()
    save_with(qtbot, screen, field, "样例县应急管理局")
    assert not field.has_trouble
    assert stored(file_desk).values["unit.report_to"] == "样例县应急管理局"


def test_what_is_being_typed_survives_a_change_from_elsewhere(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk
) -> None:
    field = field_of(screen, "papers", "unit.mark")
    retype(qtbot, field, "溪")
    with qtbot.waitSignal(screen.model.loaded):
        screen.model.save("paper.copies", "3", "2", "份数")
    assert field.text() == "溪"


def test_a_choice_is_saved_as_it_is_made(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    field = field_of(screen, "papers", "paper.copies")
    combo = field.editor
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    with qtbot.waitSignal(screen.model.loaded):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert stored(file_desk).values["paper.copies"] == 3
    take_back(qtbot, screen)
    assert stored(file_desk).values["paper.copies"] == 2
    assert field.text() == "2"


def test_the_wheel_over_a_choice_changes_nothing(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    combo = field_of(screen, "papers", "paper.numbering").editor
    centre = QPointF(combo.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(combo.mapToGlobal(centre.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert stored(file_desk).values["paper.numbering"] == "visit"
    assert isinstance(combo, QComboBox)
    assert combo.currentIndex() == 0


def test_the_example_of_a_number_follows_what_is_typed(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    section = screen.section("papers")
    assert isinstance(section, PapersSection)
    field = field_of(screen, "papers", "unit.mark")
    assert section.examples[0].text().startswith("（云溪）应急整改〔2026〕")
    retype(qtbot, field, "样溪")
    assert section.examples[0].text().startswith("（样溪）")
    assert not section.examples[1].isVisible(), "without power there is no order"


def test_with_power_the_example_shows_whether_kinds_share_a_number(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk
) -> None:
    with qtbot.waitSignal(screen.model.loaded):
        screen.model.save("unit.power", "full", "none", "执法权限")
    section = screen.section("papers")
    assert isinstance(section, PapersSection)
    screen.show_section("papers")
    assert "应急责改" in section.examples[0].text()
    assert section.examples[1].text().endswith("-12号")
    with qtbot.waitSignal(screen.model.loaded):
        screen.model.save("paper.numbering", "kind", "visit", "编号办法")
    assert section.examples[1].text().endswith("-5号")


def power_section(qtbot: QtBot, screen: SettingsScreen) -> PowerSection:
    screen.show_section("power")
    section = screen.section("power")
    assert isinstance(section, PowerSection)
    qtbot.waitUntil(lambda: section.cards is not None)
    return section


def test_an_office_that_names_itself_fully_empowered_is_warned(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk
) -> None:
    section = power_section(qtbot, screen)
    assert section.cards is not None
    assert section.cards.current == Power.NONE
    with qtbot.waitSignal(screen.model.saved), qtbot.waitSignal(screen.model.loaded):
        qtbot.mouseClick(section.cards.cards[Power.FULL], Qt.MouseButton.LeftButton)
    assert stored(file_desk).values["unit.power"] == "full"
    assert not section.warning.isHidden()
    assert UNIT in section.warning.label.text()
    assert section.papers_button.isHidden()


def test_a_power_is_taken_back_like_any_setting(qtbot: QtBot, screen: SettingsScreen, file_desk: Desk) -> None:
    section = power_section(qtbot, screen)
    assert section.cards is not None
    section.cards.focus_choice()
    with qtbot.waitSignal(screen.model.loaded):
        qtbot.keyClick(section.cards.cards[Power.NONE], Qt.Key.Key_Down)
    assert stored(file_desk).values["unit.power"] == "delegated"
    take_back(qtbot, screen)
    assert stored(file_desk).values["unit.power"] == "none"
    assert section.cards.current == Power.NONE
    assert section.warning.isHidden()


def test_what_delegation_still_needs_leads_to_where_it_is_filled_in(qtbot: QtBot, screen: SettingsScreen) -> None:
    section = power_section(qtbot, screen)
    assert section.cards is not None
    with qtbot.waitSignal(screen.model.loaded):
        qtbot.mouseClick(section.cards.cards[Power.DELEGATED], Qt.MouseButton.LeftButton)
    assert "委托机关" in section.warning.label.text()
    qtbot.mouseClick(section.papers_button, Qt.MouseButton.LeftButton)
    assert screen.current_key() == "papers"
    assert screen.window().focusWidget() is screen.section("papers").fields["unit.delegating_authority"].editor


def test_looks_change_at_once_and_can_be_taken_back(qtbot: QtBot, screen: SettingsScreen, window: Window) -> None:
    screen.show_section("looks")
    section = screen.section("looks")
    assert isinstance(section, LooksSection)
    seen: list[Any] = []
    window.shell.appearance_changed.connect(seen.append)
    qtbot.mouseClick(section.schemes.cards["dark"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(section.large, Qt.Key.Key_Space)
    qtbot.keyClick(section.touch, Qt.Key.Key_Space)
    assert [(one.scheme, one.large, one.touch) for one in seen] == [
        ("dark", False, False),
        ("dark", True, False),
        ("dark", True, True),
    ]
    assert window.shell.config.now.appearance == seen[-1]
    with qtbot.waitSignal(screen.model.appearance_shown):
        window.shell.undo()
    assert (seen[-1].scheme, seen[-1].large, seen[-1].touch) == ("dark", True, False)
    assert not section.touch.isChecked()


def test_the_idle_time_is_kept_on_this_computer_and_never_is_warned_of(
    qtbot: QtBot, screen: SettingsScreen, window: Window
) -> None:
    section = lock_section(screen)
    assert section.minutes_field.text() == "10"
    section.minutes.setFocus()
    qtbot.keyClick(section.minutes, Qt.Key.Key_End)
    assert window.shell.config.now.idle_minutes == 0
    assert "Ctrl+L" in section.minutes_field.below.text()
    with qtbot.waitSignal(screen.model.idle_shown):
        window.shell.undo()
    assert window.shell.config.now.idle_minutes == 10
    assert section.minutes_field.text() == "10"


def lock_section(screen: SettingsScreen) -> LockSection:
    screen.show_section("lock")
    section = screen.section("lock")
    assert isinstance(section, LockSection)
    return section


def type_change(qtbot: QtBot, section: LockSection, old: str, new: str, again: str) -> None:
    """By keys: from field to field with Enter; the last one not yet confirmed."""
    section.old.line.setFocus()
    section.old.line.insert(old)
    qtbot.keyClick(section.old.line, Qt.Key.Key_Return)
    qtbot.keyClicks(section.new.first.line, new)
    qtbot.keyClick(section.new.first.line, Qt.Key.Key_Return)
    qtbot.keyClicks(section.new.again.line, again)


def test_the_passphrase_is_changed_and_nothing_of_it_stays(
    qtbot: QtBot, screen: SettingsScreen, window: Window, file_office: Any
) -> None:
    section = lock_section(screen)
    type_change(qtbot, section, PASSPHRASE, NEW, NEW)
    with qtbot.waitSignal(screen.model.passphrase_changed):
        qtbot.keyClick(section.new.again.line, Qt.Key.Key_Return)
    verify(file_office.place(), NEW)
    assert (section.old.text(), section.new.passphrase, section.new.again.text()) == ("", "", "")
    assert "旧口令" in window.texts()[-1]


@pytest.mark.parametrize(
    ("old", "new", "again", "where"),
    [
        ("", NEW, NEW, "old"),
        (PASSPHRASE, "12345678", "12345678", "first"),
        (PASSPHRASE, NEW, "anders", "again"),
        (NEW, NEW, NEW, "first"),
    ],
)
def test_what_is_wrong_with_a_change_is_said_beside_its_field_before_anything_is_tried(
    qtbot: QtBot, screen: SettingsScreen, old: str, new: str, again: str, where: str
) -> None:
    section = lock_section(screen)
    type_change(qtbot, section, old, new, again)
    qtbot.mouseClick(section.change_button, Qt.MouseButton.LeftButton)
    fields = {"old": section.old, "first": section.new.first, "again": section.new.again}
    assert [name for name, field in fields.items() if field.has_trouble] == [where]
    assert section.change_button.isEnabled()


def test_a_wrong_old_passphrase_changes_nothing_and_keeps_what_was_typed(
    qtbot: QtBot, screen: SettingsScreen, file_office: Any
) -> None:
    section = lock_section(screen)
    type_change(qtbot, section, "not this one", NEW, NEW)
    with qtbot.waitSignal(screen.model.passphrase_refused):
        qtbot.mouseClick(section.change_button, Qt.MouseButton.LeftButton)
    assert "口令不对" in section.old.below.text()
    assert section.new.passphrase == NEW
    verify(file_office.place(), PASSPHRASE)


def test_passphrases_do_not_stay_on_a_screen_that_nobody_looks_at(qtbot: QtBot, screen: SettingsScreen) -> None:
    section = lock_section(screen)
    type_change(qtbot, section, PASSPHRASE, NEW, NEW)
    screen.hide()
    assert section.old.text() + section.new.passphrase + section.new.again.text() == ""


def data_section(screen: SettingsScreen) -> DataSection:
    screen.show_section("backup")
    section = screen.section("backup")
    assert isinstance(section, DataSection)
    return section


def test_a_first_backup_asks_where_to_and_says_what_was_read_back(
    qtbot: QtBot, screen: SettingsScreen, window: Window, file_desk: Desk, tmp_path: Path
) -> None:
    section = data_section(screen)
    assert "还没有备份过" in section.last_label.text()
    window.files.path = tmp_path / "U 盘"
    window.files.path.mkdir()
    with qtbot.waitSignal(screen.model.backed_up):
        qtbot.mouseClick(section.backup_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "上次备份" in section.last_label.text())
    (made,) = (tmp_path / "U 盘").glob("*.sdbackup")
    assert "已读回核对" in section.done_notice.label.text()
    assert str(made) in section.done_notice.label.text()
    assert stored(file_desk).values["backup.folder"] == str(tmp_path / "U 盘")
    assert section.backup_button.isEnabled()


def test_a_backup_that_cannot_be_written_says_why_and_what_to_do(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk, tmp_path: Path
) -> None:
    section = data_section(screen)
    (tmp_path / "文件").write_bytes(b"")
    save_with(qtbot, screen, section.fields["backup.folder"], str(tmp_path / "文件" / "备份"))
    with qtbot.waitSignal(screen.model.backup_refused):
        qtbot.mouseClick(section.backup_button, Qt.MouseButton.LeftButton)
    assert "没有备份成" in section.trouble_notice.label.text()
    assert section.backup_button.isEnabled()
    assert stored(file_desk).last_backup is None


def test_the_check_up_says_each_thing_in_words(qtbot: QtBot, screen: SettingsScreen) -> None:
    section = data_section(screen)
    with qtbot.waitSignal(screen.model.checked, timeout=20_000):
        qtbot.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
    lines = [section.checks.itemAt(at).widget() for at in range(section.checks.count())]
    said = [line.accessibleName() for line in lines if line is not None]
    assert len(said) == 9
    assert said[0].startswith("数据文件：正常")
    assert not any("数据库" in one for one in said)


def test_restored_data_can_be_worked_on_after_one_button(
    qtbot: QtBot, screen: SettingsScreen, window: Window, file_desk: Desk
) -> None:
    for marker in (file_desk.store.marker._state).glob("*.json"):
        marker.unlink()  # as on another computer
    section = data_section(screen)
    with qtbot.waitSignal(screen.model.loaded):
        screen.model.load()
    assert not section.restored_notice.isHidden()
    with qtbot.waitSignal(screen.model.renewed), qtbot.waitSignal(screen.model.loaded):
        qtbot.mouseClick(section.renew_button, Qt.MouseButton.LeftButton)
    assert section.restored_notice.isHidden()
    assert not stored(file_desk).is_restored


def test_every_unverified_law_is_listed_with_what_is_unverified(qtbot: QtBot, screen: SettingsScreen) -> None:
    with qtbot.waitSignal(screen.model.laws_read) as read:
        screen.show_section("law")
    section = screen.section("law")
    assert section.count_label.text() == f"共 {len(read.args[0])} 部"  # type: ignore[attr-defined]
    assert section.rows.count() >= 3 * len(read.args[0])  # type: ignore[attr-defined]


def test_escape_goes_from_a_field_to_the_list_and_saves_on_the_way(
    qtbot: QtBot, screen: SettingsScreen, file_desk: Desk
) -> None:
    field = field_of(screen, "unit", "own.badge")
    retype(qtbot, field, "C-1")
    with qtbot.waitSignal(screen.model.saved):
        assert screen.go_back()
    assert screen.list.hasFocus()
    assert not screen.go_back()
    assert stored(file_desk).badge == "C-1"


def test_everything_that_can_be_touched_has_a_name(qtbot: QtBot, screen: SettingsScreen) -> None:
    for key, _, _ in _SECTIONS:
        screen.show_section(key)
    power_section(qtbot, screen)
    for widget in [*screen.findChildren(QAbstractButton), *screen.findChildren(QLineEdit)]:
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said or isinstance(widget.parent(), QComboBox), widget


def test_the_keys_of_the_screen_are_told(screen: SettingsScreen) -> None:
    assert screen.keys()
    assert screen.help_page == "settings"
