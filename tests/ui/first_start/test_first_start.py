"""From an empty computer to an open desk, by keys and by clicks; refused, everything typed stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Role
from safetydesk.models.store import system_clock
from safetydesk.ui.first_start.first_start import FirstStart
from safetydesk.ui.tasks import TaskRunner
from safetydesk.workflows import backups, folders, passphrases, sample_home
from safetydesk.workflows.folders import Place
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.passphrases import Advice
from safetydesk.workflows.setting_up import Person, set_up

PHRASE = "lao wang jia de gou"
UNIT = "云溪镇应急管理办公室"
ENTER = Qt.Key.Key_Return


def focused(page: FirstStart) -> Any:
    return page.window().focusWidget()


def type_into(qtbot: QtBot, page: FirstStart, text: str, key: Any = ENTER) -> None:
    """Into whatever has the focus, then go on."""
    editor = focused(page)
    if text.isascii():
        qtbot.keyClicks(editor, text)
    else:
        editor.insert(text)  # as an input method does
    qtbot.keyClick(editor, key)


def fill(qtbot: QtBot, page: FirstStart, *, name: str = "王示例", phrase: str = PHRASE, again: str = PHRASE) -> None:
    """From the first page to the last field, by keys alone; not yet on."""
    qtbot.keyClick(focused(page), ENTER)
    for text in (UNIT, name, "A-001", phrase):
        type_into(qtbot, page, text)
    qtbot.keyClicks(focused(page), again)


def errors(page: FirstStart) -> dict[str, str]:
    fields = {**page.person_step.form.fields, "first": page.person_step.passphrase.first}
    fields["again"] = page.person_step.passphrase.again
    return {key: field.below.text() for key, field in fields.items() if field.has_trouble}


def test_by_keys_alone_an_officer_is_set_up_and_can_open_it(qtbot: QtBot, page: FirstStart, place: Place) -> None:
    fill(qtbot, page)
    with qtbot.waitSignal(page.ready, timeout=20_000) as ready:
        qtbot.keyClick(focused(page), ENTER)
    assert ready.args == [place, PHRASE]
    desk = unlock(place, PHRASE, system_clock())
    assert desk.role is Role.OFFICER
    desk.store.close()


def test_arrows_choose_who_one_is_and_the_next_page_says_so(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.keyClick(focused(page), Qt.Key.Key_Down)
    assert page.role_step.role is Role.OFFICE
    qtbot.keyClick(focused(page), ENTER)
    assert page.current_step() is page.person_step
    assert "镇街应急办" in page.person_step.text_label.text()
    assert "应急办帮助" not in page.person_step.warning.label.text()


def test_by_mouse_a_role_is_picked_and_one_goes_on(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.mouseClick(page.role_step.roles.cards[Role.COUNTY], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.role_step.next_button, Qt.MouseButton.LeftButton)
    assert page.current_step() is page.person_step
    assert page.role_step.role is Role.COUNTY


def test_going_back_loses_nothing_that_was_typed(qtbot: QtBot, page: FirstStart) -> None:
    fill(qtbot, page)
    qtbot.keyClick(focused(page), Qt.Key.Key_Escape)
    assert page.current_step() is page.role_step
    qtbot.keyClick(focused(page), ENTER)
    assert page.person_step.form.values() == {"unit": UNIT, "name": "王示例", "badge": "A-001"}
    assert page.person_step.passphrase.passphrase == PHRASE
    assert page.person_step.passphrase.again.text() == PHRASE


def test_a_field_is_looked_at_as_one_leaves_it(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.keyClick(focused(page), ENTER)
    qtbot.keyClick(focused(page), Qt.Key.Key_Tab)
    assert errors(page) == {"unit": "请填写单位名称。"}
    qtbot.keyClick(focused(page), Qt.Key.Key_Backtab)
    type_into(qtbot, page, UNIT)
    assert errors(page) == {"name": "请填写姓名。"}


def test_what_is_wrong_is_said_beside_each_field_and_the_first_has_the_focus(qtbot: QtBot, page: FirstStart) -> None:
    fill(qtbot, page, name=" ", again="anders")
    qtbot.keyClick(focused(page), ENTER)
    assert set(errors(page)) == {"name", "again"}
    assert focused(page) is page.person_step.form.fields["name"].editor
    assert not page.model.is_busy


def test_a_passphrase_with_ones_own_name_is_called_weak(qtbot: QtBot, page: FirstStart) -> None:
    fill(qtbot, page, phrase="wangshili2026", again="")
    qtbot.waitUntil(lambda: errors(page) == {"first": Advice.NAME.value})
    assert page.person_step.passphrase.strength.word.text() == "弱"


def test_the_strokes_follow_every_key(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.keyClick(focused(page), ENTER)
    line = page.person_step.passphrase.first.line
    word = page.person_step.passphrase.strength.word
    assert word.text() == ""
    qtbot.keyClicks(line, "lao wang")
    assert word.text() == "弱"
    qtbot.keyClicks(line, " j")
    assert word.text() == "可用"
    qtbot.keyClicks(line, "ia de gou")
    assert word.text() == "好"


def test_the_eye_shows_what_is_typed(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.keyClick(focused(page), ENTER)
    field = page.person_step.passphrase.first
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    field.eye.setFocus()
    qtbot.keyClick(field.eye, Qt.Key.Key_Space)
    assert field.line.echoMode() == QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "隐藏"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who may do anything is refused nothing")
def test_a_folder_that_cannot_be_written_is_named(qtbot: QtBot, page: FirstStart, place: Place) -> None:
    place.folder.parent.mkdir(parents=True)
    place.folder.parent.chmod(0o500)
    fill(qtbot, page)
    with qtbot.waitSignal(page.model.refused):
        qtbot.keyClick(focused(page), ENTER)
    assert str(place.folder) in page.person_step.trouble.label.text()


def test_where_the_folder_is_no_good_another_can_be_chosen_and_is_remembered(
    qtbot: QtBot, page: FirstStart, place: Place, chooser: Any, tmp_path: Path
) -> None:
    place.folder.parent.parent.mkdir(parents=True, exist_ok=True)
    place.folder.parent.write_bytes(b"a file in the way")
    chooser.folder = tmp_path / "D 盘"
    fill(qtbot, page)
    with qtbot.waitSignal(page.model.refused, timeout=20_000):
        qtbot.keyClick(focused(page), ENTER)
    step = page.person_step
    assert str(place.folder.parent) in step.trouble.label.text()
    assert step.form.values()["unit"] == UNIT
    assert step.passphrase.passphrase == PHRASE
    assert focused(page) is step.way_out
    qtbot.keyClick(step.way_out, ENTER)
    assert folders.chosen_data_folder() is None
    with qtbot.waitSignal(page.ready, timeout=20_000) as ready:
        qtbot.mouseClick(step.next_button, Qt.MouseButton.LeftButton)
    assert ready.args[0].folder == tmp_path / "D 盘" / "safetydesk"
    assert folders.data_folder() == tmp_path / "D 盘" / "safetydesk"


def test_once_it_is_set_up_no_passphrase_stays_in_the_fields(qtbot: QtBot, page: FirstStart) -> None:
    fill(qtbot, page)
    with qtbot.waitSignal(page.ready, timeout=20_000):
        qtbot.keyClick(focused(page), ENTER)
    assert page.person_step.passphrase.passphrase == ""
    assert page.person_step.passphrase.again.text() == ""


def test_the_sample_data_is_made_and_opened_with_the_passphrase_that_was_shown(
    qtbot: QtBot, page: FirstStart, place: Place
) -> None:
    qtbot.mouseClick(page.role_step.sample_card, Qt.MouseButton.LeftButton)
    assert sample_home.PASSPHRASE in page.sample_step.passphrase_notice.label.text()
    progress: list[tuple[int, int, str]] = []
    page.model.progressed.connect(lambda *one: progress.append(one))
    with qtbot.waitSignal(page.ready, timeout=30_000) as ready:
        qtbot.keyClick(focused(page), ENTER)
    assert ready.args == [sample_home.beside(place), sample_home.PASSPHRASE]
    assert progress
    unlock(*ready.args, system_clock()).store.close()


def test_sample_data_that_is_there_is_opened_as_it_was_left_or_made_anew(
    qtbot: QtBot, page: FirstStart, place: Place
) -> None:
    with qtbot.waitSignal(page.ready, timeout=30_000):
        page.model.make_sample(anew=False)
    key = sample_home.beside(place).folder / "key.json"
    before = key.read_bytes()
    qtbot.mouseClick(page.role_step.sample_card, Qt.MouseButton.LeftButton)
    assert page.sample_step.next_button.text() == "打开样例数据"
    with qtbot.waitSignal(page.ready, timeout=30_000):
        qtbot.mouseClick(page.sample_step.next_button, Qt.MouseButton.LeftButton)
    assert key.read_bytes() == before
    with qtbot.waitSignal(page.ready, timeout=30_000):
        qtbot.mouseClick(page.sample_step.anew_button, Qt.MouseButton.LeftButton)
    assert key.read_bytes() != before


def test_stopped_the_sample_data_leaves_nothing_and_can_be_begun_again(
    qtbot: QtBot, page: FirstStart, place: Place
) -> None:
    qtbot.mouseClick(page.role_step.sample_card, Qt.MouseButton.LeftButton)
    step = page.sample_step
    qtbot.mouseClick(step.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(step.stop_button.isVisible, timeout=20_000)
    with qtbot.waitSignal(page.model.stopped, timeout=20_000):
        qtbot.mouseClick(step.stop_button, Qt.MouseButton.LeftButton)
    assert not sample_home.beside(place).folder.exists()
    assert "已停止" in step.what.text()
    assert step.next_button.isEnabled()


def test_a_backup_is_put_back_under_its_passphrase(
    qtbot: QtBot, page: FirstStart, place: Place, chooser: Any, tmp_path: Path
) -> None:
    chooser.files = [a_backup(tmp_path)]
    qtbot.mouseClick(page.role_step.restore_card, Qt.MouseButton.LeftButton)
    step = page.restore_step
    assert focused(page) is step.choose_button
    qtbot.keyClick(step.choose_button, Qt.Key.Key_Space)
    qtbot.keyClicks(focused(page), "not this one")
    with qtbot.waitSignal(page.model.refused, timeout=20_000):
        qtbot.keyClick(focused(page), ENTER)
    assert "口令不对" in step.passphrase.below.text()
    assert not place.folder.exists()
    qtbot.keyClicks(focused(page), PHRASE)
    with qtbot.waitSignal(page.ready, timeout=20_000):
        qtbot.keyClick(focused(page), ENTER)
    desk = unlock(place, PHRASE, system_clock())
    assert desk.store.mark()[3], "a restored folder goes on as another replica"
    desk.store.close()


def test_a_file_that_is_no_backup_is_said_beside_it(
    qtbot: QtBot, page: FirstStart, chooser: Any, tmp_path: Path
) -> None:
    chooser.files = [tmp_path / "别的.sdbackup"]
    chooser.files[0].write_bytes(b"something else")
    qtbot.mouseClick(page.role_step.restore_card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(focused(page), ENTER)
    qtbot.keyClicks(focused(page), PHRASE)
    with qtbot.waitSignal(page.model.refused, timeout=20_000):
        qtbot.keyClick(focused(page), ENTER)
    assert "不是本程序的备份" in page.restore_step.file_field.below.text()
    assert page.restore_step.passphrase.text() == PHRASE


def test_nothing_is_put_back_before_a_file_and_a_passphrase_were_given(qtbot: QtBot, page: FirstStart) -> None:
    qtbot.mouseClick(page.role_step.restore_card, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.restore_step.next_button, Qt.MouseButton.LeftButton)
    assert not page.model.is_busy
    assert page.restore_step.file_field.has_trouble
    assert page.restore_step.passphrase.has_trouble


def test_a_chosen_folder_that_is_away_is_said_before_anybody_sets_up_anew(
    qtbot: QtBot, runner: TaskRunner, place: Place, tmp_path: Path
) -> None:
    from safetydesk.ui.config import Config

    folders.choose_data_folder(tmp_path / "拔掉的 U 盘" / "safetydesk")
    page = FirstStart(Place(folders.data_folder(), place.state), None, runner, Config(tmp_path))
    qtbot.addWidget(page)
    assert not page.lost_notice.isHidden()
    assert "拔掉的 U 盘" in page.lost_notice.label.text()


def test_everything_that_can_be_touched_has_a_name(qtbot: QtBot, page: FirstStart) -> None:
    from PySide6.QtWidgets import QAbstractButton

    for widget in [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]:
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said, widget


def test_the_familiar_names_are_the_same_that_the_verb_checks() -> None:
    known = passphrases.familiar(UNIT, "王示例", "A-001")
    with pytest.raises(passphrases.GuessablePassphrase):
        passphrases.check("wangshili2026", known)


def a_backup(tmp_path: Path) -> Path:
    """Of somebody's data on another computer."""
    other = Place(tmp_path / "旧电脑", tmp_path / "旧状态")
    set_up(other, Person(Role.OFFICER, UNIT, "王示例"), PHRASE, system_clock())
    desk = unlock(other, PHRASE, system_clock())
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    desk.store.close()
    return made.file
