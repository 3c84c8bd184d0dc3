"""What the settings screen shows and changes: names, powers with their sources, unverified laws, the last backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import PASSPHRASE, UNIT
from office_steps import add, failed, issue, numbers, put, visit
from sqlalchemy import select

from safetydesk.domain.errors import Cancelled
from safetydesk.domain.kinds import PaperKind, Power
from safetydesk.domain.numbering import check_power, document_number
from safetydesk.models.errors import DamagedBackup, WrongPassphrase
from safetydesk.models.tables import AuditEntry
from safetydesk.workflows import backups, law_view, officers, papers, settings, settings_view
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.folders import Place
from safetydesk.workflows.naming import BadName
from safetydesk.workflows.officers import OfficerExists
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.setting_up import restore
from safetydesk.workflows.settings_view import SettingsView


def read(desk: Desk) -> SettingsView:
    with desk.store.reading() as session:
        return settings_view.read(session, desk)


def test_it_shows_who_is_there_and_what_is_in_force(desk: Desk) -> None:
    put(desk, "paper.copies", "3")
    view = read(desk)
    assert (view.unit, view.officer, view.badge, view.role) == (UNIT, "王示例", "A-001", desk.role)
    assert view.values["paper.copies"] == 3
    assert view.folder == str(desk.store.folder)
    assert view.is_on_server is not desk.store.is_file
    assert not view.is_restored


def test_the_example_of_a_number_is_the_one_that_a_paper_gets(desk: Desk) -> None:
    view = read(desk)
    number = issue(desk, visit(desk, add(desk), failed("CS-03"))).number
    assert document_number(PaperKind.ADVICE, view.series("云溪"), view.today.year, 1) == number


def test_a_corrected_unit_name_stands_on_the_next_paper_and_not_on_the_last(file_desk: Desk) -> None:
    first = issue(file_desk, visit(file_desk, add(file_desk), failed("CS-03")))
    with file_desk.store.writing() as session:
        settings.rename_unit(session, file_desk, " 云溪镇人民政府 ")
    second = issue(file_desk, visit(file_desk, add(file_desk, number=2), failed("CS-03")))
    assert read(file_desk).unit == "云溪镇人民政府"
    assert "人民政府" not in content_of(file_desk, first.number)
    assert "云溪镇人民政府" in content_of(file_desk, second.number)
    assert len(set(numbers(file_desk))) == 2


def test_ones_own_name_and_badge_can_be_corrected_and_an_empty_badge_is_none(desk: Desk) -> None:
    with desk.store.writing() as session:
        settings.correct_self(session, desk, name="王 示范")
    with desk.store.writing() as session:
        settings.correct_self(session, desk, badge="  ")
    assert (read(desk).officer, read(desk).badge) == ("王 示范", None)
    with desk.store.reading() as session:
        actions = list(session.scalars(select(AuditEntry.action)))
    assert actions.count("officer.corrected") == 2


@pytest.mark.parametrize("name", ["", "   ", "长" * 101, "王\x07示例"])
def test_a_name_that_no_paper_can_bear_is_refused(file_desk: Desk, name: str) -> None:
    for verb in (
        lambda session: settings.rename_unit(session, file_desk, name),
        lambda session: settings.correct_self(session, file_desk, name=name),
    ):
        with pytest.raises(BadName), file_desk.store.writing() as session:
            verb(session)
    assert (read(file_desk).unit, read(file_desk).officer) == (UNIT, "王示例")


def test_nobody_takes_the_name_of_a_colleague(file_desk: Desk) -> None:
    with file_desk.store.writing() as session:
        officers.add(session, file_desk, "李示例", None, None)
    with pytest.raises(OfficerExists), file_desk.store.writing() as session:
        settings.correct_self(session, file_desk, name="李示例")


@pytest.mark.parametrize(
    ("unit", "is_office"),
    [
        ("云溪镇应急管理办公室", True),
        ("云溪镇安监站", True),
        ("云溪镇人民政府", False),
        ("云溪街道办事处", False),
        ("云溪工业园区管理委员会", False),
    ],
)
def test_an_office_within_the_township_is_told_from_the_township(unit: str, is_office: bool) -> None:
    assert settings.is_named_like_an_office(unit) is is_office


def test_the_papers_that_a_power_promises_are_those_that_it_may_issue(desk: Desk) -> None:
    with desk.store.reading() as session:
        choices = settings_view.power_choices(session)
    assert [choice.power for choice in choices] == list(Power)
    for choice in choices:
        may_order = "责令限期整改指令书" in choice.papers
        assert may_order is (choice.power is not Power.NONE)
        if may_order:
            check_power(PaperKind.RECTIFICATION, choice.power)
        assert choice.sources


def test_a_source_is_unverified_where_the_office_says_so(desk: Desk) -> None:
    with desk.store.reading() as session:
        before = settings_view.power_choices(session)
    with desk.store.writing() as session:
        law_view.correct(session, desk, "admin-penalty-law", "第二十四条", verified=False, fields={})
    with desk.store.reading() as session:
        after = settings_view.power_choices(session)
    assert [source.verified for source in before[2].sources] == [True]
    assert [source.verified for source in after[2].sources] == [False]


def test_every_unverified_law_is_listed_and_leaves_the_list_when_it_was_checked(desk: Desk) -> None:
    with desk.store.reading() as session:
        laws = settings_view.unverified_laws(session)
    listed = {law.name for law in laws}
    assert any("GB 15607-2023" in name for name in listed)
    assert all(law.is_itself or law.dates or law.articles for law in laws)
    with desk.store.writing() as session:
        law_view.correct(session, desk, "gb-50016", "", verified=True, fields={})
    with desk.store.reading() as session:
        after = {law.name for law in settings_view.unverified_laws(session)}
    assert listed - after == {"《建筑设计防火规范》（GB 50016）"}


def test_the_last_backup_is_remembered_with_its_figures(desk: Desk, tmp_path: Path) -> None:
    assert read(desk).last_backup is None
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    last = read(desk).last_backup
    assert last is not None
    assert (last.file, last.blobs, last.size) == (str(made.file), made.blobs, made.size)
    assert last.made_at.astimezone().date() == desk.today()


def test_a_backup_of_data_that_can_only_be_read_counts_without_being_remembered(
    file_office: Any, tmp_path: Path
) -> None:
    desk = file_office.set_up()
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    backups.lay_out(made.file, PASSPHRASE, file_office.place("新电脑").folder, "moment")
    copied = file_office.open("新电脑")
    assert read(copied).is_restored
    assert backups.back_up(copied.store, tmp_path / "再备").file.exists()


def test_a_backup_beside_the_data_is_noticed(file_desk: Desk, tmp_path: Path) -> None:
    assert not read(file_desk).backup_beside_data
    put(file_desk, "backup.folder", str(tmp_path))
    assert read(file_desk).backup_beside_data
    put(file_desk, "backup.folder", "/nowhere/at/all")
    assert not read(file_desk).backup_beside_data


def test_a_stopped_backup_leaves_no_file_and_the_next_one_is_whole(file_desk: Desk, tmp_path: Path) -> None:
    from office_steps import PHOTO

    issue(file_desk, visit(file_desk, add(file_desk), failed("CS-03", photos=[PHOTO])))
    with pytest.raises(Cancelled):
        backups.back_up(file_desk.store, tmp_path / "U 盘", Stopping())
    assert list((tmp_path / "U 盘").glob("*.sdbackup")) == []
    assert read(file_desk).last_backup is None
    assert backups.back_up(file_desk.store, tmp_path / "U 盘").file.exists()


def test_a_restored_backup_goes_on_under_its_own_series(file_office: Any, tmp_path: Path) -> None:
    desk = file_office.set_up()
    before = read(desk).letters
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    place = Place(tmp_path / "新电脑", tmp_path / "新状态")
    assert restore(place, made.file, PASSPHRASE, file_office.clock.wall()) is None
    again = unlock(place, PASSPHRASE, file_office.clock.wall())
    assert read(again).letters != before
    add(again)
    again.store.close()


def test_a_restore_that_is_refused_leaves_the_place_as_it_was(file_office: Any, tmp_path: Path) -> None:
    made = backups.back_up(file_office.set_up().store, tmp_path / "U 盘")
    place = Place(tmp_path / "新电脑", tmp_path / "新状态")
    with pytest.raises(WrongPassphrase):
        restore(place, made.file, "不是这一个口令", file_office.clock.wall())
    made.file.write_bytes(damaged(made.file.read_bytes()))
    with pytest.raises(DamagedBackup):
        restore(place, made.file, PASSPHRASE, file_office.clock.wall())
    assert not place.folder.exists()
    assert not place.state.exists()


def test_a_chosen_data_folder_is_where_everybody_looks(tmp_path: Path) -> None:
    from safetydesk.workflows import folders

    usual = folders.data_folder()
    folders.choose_data_folder(tmp_path / "D 盘")
    assert folders.data_folder() == tmp_path / "D 盘" == folders.chosen_data_folder()
    assert folders.usual_data_folder() == usual
    (folders.state_folder() / "data-folder.txt").write_bytes(b"\xff\xfe not a path")
    assert folders.data_folder() == usual


class Stopping:
    def report(self, done: int, total: int, what: str = "") -> None:
        pass

    def check_cancelled(self) -> None:
        raise Cancelled


def content_of(desk: Desk, number: str) -> str:
    with desk.store.reading() as session:
        return papers.paper_of(session, number).content


def damaged(whole: bytes) -> bytes:
    """One bit in the database, which comes first."""
    at = 20_000
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
