"""A full disk: one clear refusal, nothing half done, and all goes on when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, OF_THIS_COMPUTER, PASSPHRASE, UNIT, Clock, Office
from disks import Disk, small_disk
from sqlalchemy import select

from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import PaperKind, Result, Role
from safetydesk.models import keys
from safetydesk.models.errors import DiskFull
from safetydesk.models.tables import Enterprise, Inspection, Paper, TakenNumber
from safetydesk.workflows import answering, backups, enterprises, inspections, papers
from safetydesk.workflows.answering import AnswerInput
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.setting_up import Person, set_up

ROOM = 6_000  # KiB
CLERK = Person(Role.OFFICE, UNIT, "王示例")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "小盘", ROOM) as disk:
        yield disk


@pytest.fixture
def desk(disk: Disk, tmp_path: Path) -> Iterator[Desk]:
    """An installation on the small disk; its marker lies elsewhere."""
    place, clock = Place(disk.folder / "安监办 台账", tmp_path / "state"), Clock()
    set_up(place, CLERK, PASSPHRASE, clock.wall(), kdf=CHEAP)
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), clock.wall())
    yield desk
    desk.store.close()


def names(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return list(session.scalars(select(Enterprise.name).order_by(Enterprise.seq)))


def add(desk: Desk, name: str) -> None:
    row_id = new_id(desk.now())
    with desk.store.writing() as session:
        session.add(Enterprise(id=row_id, enterprise_id=row_id, name=name, note="长" * 4000))


def add_until_full(desk: Desk) -> list[str]:
    """Add enterprises until the disk refuses; what was accepted."""
    done: list[str] = []

    def go_on() -> None:
        for at in range(10_000):
            add(desk, f"厂{at}")
            done.append(f"厂{at}")

    with pytest.raises(DiskFull) as refused:
        go_on()
    assert refused.value.facts == {"folder": str(desk.store.folder)}
    return done


def assert_sound(desk: Desk) -> None:
    assert [check.name for check in checkup(desk) if not check.ok and check.name not in OF_THIS_COMPUTER] == []


@pytest.mark.parametrize("kilobytes", [8, 64, 512])
def test_a_setup_that_finds_no_room_leaves_nothing_and_works_when_there_is(tmp_path: Path, kilobytes: int) -> None:
    with small_disk(tmp_path / "小盘", 8_000) as disk:
        disk.fill(leave=kilobytes << 10)
        place, clock = Place(disk.folder / "数据", tmp_path / "state"), Clock()
        with pytest.raises(DiskFull):
            set_up(place, CLERK, PASSPHRASE, clock.wall(), kdf=CHEAP)
        assert not place.folder.exists()
        disk.make_room()
        set_up(place, CLERK, PASSPHRASE, clock.wall(), kdf=CHEAP)


def test_what_was_saved_stays_and_what_was_refused_is_not_there(disk: Disk, desk: Desk) -> None:
    disk.fill(leave=300 << 10)
    saved = add_until_full(desk)
    assert saved
    assert names(desk) == saved
    assert_sound(desk)


def test_all_goes_on_when_there_is_room_again(disk: Disk, desk: Desk) -> None:
    disk.fill(leave=100 << 10)
    saved = add_until_full(desk)
    disk.make_room()
    add(desk, "又有地方了")
    assert names(desk) == [*saved, "又有地方了"]
    assert_sound(desk)


def test_a_full_disk_can_still_be_opened_and_read(disk: Disk, desk: Desk, tmp_path: Path) -> None:
    disk.fill(leave=100 << 10)
    saved = add_until_full(desk)
    key = desk.store.key
    place = Place(desk.store.folder, tmp_path / "state")
    again = open_desk(place, key, Clock().wall())
    assert names(again) == saved
    again.store.close()


def test_a_store_that_was_opened_on_a_full_disk_takes_writes_as_soon_as_there_is_room(
    disk: Disk, desk: Desk, tmp_path: Path
) -> None:
    """A window stays open for days: it must not have to be closed for that."""
    key = desk.store.key
    desk.store.close()
    disk.fill()
    again = open_desk(Place(desk.store.folder, tmp_path / "state"), key, Clock().wall())
    for _ in range(2):
        with pytest.raises(DiskFull):
            add(again, "没有地方")
        assert names(again) == []
    disk.make_room()
    add(again, "又有地方了")
    assert names(again) == ["又有地方了"]
    assert_sound(again)
    again.store.close()


def test_a_photo_that_finds_no_room_takes_its_row_with_it(disk: Disk, desk: Desk) -> None:
    disk.fill(leave=200 << 10)

    def add_with_photo() -> None:
        row_id = new_id(desk.now())
        with desk.store.writing() as session:
            session.add(Enterprise(id=row_id, enterprise_id=row_id, name="带照片的"))
            session.flush()
            desk.blobs.put(session, bytes(400 << 10))

    with pytest.raises(DiskFull):
        add_with_photo()
    assert names(desk) == []
    with desk.store.reading() as session:
        assert list(desk.blobs.shelf.names(session)) == []
    assert not [path for path in (desk.store.folder / "store").rglob("*") if path.is_file()], "no torn file either"
    disk.make_room()
    add_with_photo()


def test_a_paper_that_finds_no_room_takes_no_number(disk: Disk, desk: Desk) -> None:
    with desk.store.writing() as session:
        row_id = enterprises.add(session, desk, {"name": "样溪甲厂（示例）", "address": "样溪路1号"})
        visit = inspections.start(session, desk, session.get_one(Enterprise, row_id), "confined-space")
        session.flush()
        inspection = session.get_one(Inspection, visit)
        answering.answer(session, desk, inspection, [AnswerInput("CS-01", Result.FAIL)])
        session.flush()
        inspections.finish(session, desk, inspection)

    def issue() -> str:
        with desk.store.writing() as session:
            found = papers.of_inspection(session, session.get_one(Inspection, visit), PaperKind.ADVICE)
            return papers.issue(session, desk, PaperKind.ADVICE, found).number

    disk.fill(leave=16 << 10)
    with pytest.raises(DiskFull):
        issue()
    with desk.store.reading() as session:
        assert session.scalars(select(TakenNumber.number)).all() == []
        assert session.scalars(select(Paper.number)).all() == []
    disk.make_room()
    assert issue().endswith("-1号")


def test_a_backup_onto_a_full_stick_names_the_stick_and_leaves_no_half_of_one(file_office: Office, disk: Disk) -> None:
    desk = file_office.set_up()
    with desk.store.writing() as session:
        desk.blobs.put(session, bytes(300 << 10))
    for leave in (0, 200 << 10, 1_200 << 10):
        disk.fill(leave=leave)
        with pytest.raises(DiskFull) as refused:
            backups.back_up(desk.store, disk.folder)
        assert refused.value.facts["folder"] in (str(disk.folder), str(disk.folder / "photos"))
        assert {path.name for path in disk.folder.iterdir()} <= {"ballast", "photos"}
        disk.make_room()
    assert backups.back_up(desk.store, disk.folder).file.exists()


def test_a_restore_without_room_leaves_what_was_there(file_office: Office, disk: Disk, tmp_path: Path) -> None:
    made = backups.back_up(file_office.set_up().store, tmp_path / "U盘")
    there = disk.folder / "台账"
    there.mkdir()
    (there / "别的").write_bytes(b"x")
    disk.fill(leave=500 << 10)
    with pytest.raises(DiskFull):
        backups.lay_out(made.file, PASSPHRASE, there, "now")
    assert {str(path.relative_to(disk.folder)) for path in disk.folder.rglob("*")} == {"ballast", "台账", "台账/别的"}


def test_a_full_state_folder_does_not_stop_the_work(file_office: Office, disk: Disk) -> None:
    """The marker is written over in place: it needs no room, and saved work is never called refused for it."""
    place, clock = Place(file_office.root / "数据", disk.folder / "state"), Clock()
    set_up(place, CLERK, PASSPHRASE, clock.wall(), kdf=CHEAP)
    disk.fill()
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), clock.wall())
    add(desk, "照常")
    assert desk.store.mark()[3]
    desk.store.close()
