"""A read-only folder: refused in one typed error, and everything works when it can be written again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, PASSPHRASE, UNIT, Clock, Office
from disks import Disk, small_disk

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import Role
from safetydesk.models import keys
from safetydesk.models.errors import FolderNotWritable
from safetydesk.workflows import backups, settings
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.setting_up import Person, set_up

CLERK = Person(Role.OFFICE, UNIT, "王示例")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "光盘", 6_000) as disk:
        yield disk


def opened(place: Place) -> Desk:
    return open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), Clock().wall())


def write(desk: Desk) -> None:
    with desk.store.writing() as session:
        settings.put(session, "unit.mark", "样溪")


def open_and_write(place: Place) -> None:
    desk = opened(place)
    try:
        write(desk)
    finally:
        desk.store.close()


def test_a_data_folder_that_became_read_only_refuses_and_then_works_again(disk: Disk, tmp_path: Path) -> None:
    place = Place(disk.folder / "台账", tmp_path / "state")
    set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)
    before = {path: path.read_bytes() for path in place.folder.iterdir() if path.is_file()}
    disk.set_read_only(read_only=True)
    with pytest.raises(FolderNotWritable) as refused:
        open_and_write(place)
    assert refused.value.facts == {"folder": str(place.folder)}
    assert {path: path.read_bytes() for path in place.folder.iterdir() if path.is_file()} == before
    disk.set_read_only(read_only=False)
    open_and_write(place)


def test_a_folder_that_became_read_only_can_be_read_and_backed_up_elsewhere(disk: Disk, tmp_path: Path) -> None:
    place = Place(disk.folder / "台账", tmp_path / "state")
    set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)
    open_and_write(place)
    disk.set_read_only(read_only=True)
    desk = opened(place)
    try:
        with desk.store.reading() as session:
            assert settings.value_of(session, "unit.mark") == "样溪"
        assert backups.back_up(desk.store, tmp_path / "U 盘").file.exists()
    finally:
        desk.store.close()
        disk.set_read_only(read_only=False)


def test_a_store_that_was_opened_read_only_takes_writes_as_soon_as_it_may(disk: Disk, tmp_path: Path) -> None:
    place = Place(disk.folder / "台账", tmp_path / "state")
    set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)
    disk.set_read_only(read_only=True)
    desk = opened(place)
    with pytest.raises(FolderNotWritable):
        write(desk)
    disk.set_read_only(read_only=False)
    write(desk)
    with desk.store.reading() as session:
        assert settings.value_of(session, "unit.mark") == "样溪"
    desk.store.close()


def test_a_setup_in_a_read_only_place_is_refused(disk: Disk, tmp_path: Path) -> None:
    place = Place(disk.folder / "台账", tmp_path / "state")
    disk.set_read_only(read_only=True)
    with pytest.raises(FolderNotWritable):
        set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)
    disk.set_read_only(read_only=False)
    set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)


def test_a_backup_onto_a_read_only_stick_is_refused_and_names_the_stick(file_office: Office, disk: Disk) -> None:
    desk = file_office.set_up()
    disk.set_read_only(read_only=True)
    with pytest.raises(FolderNotWritable) as refused:
        backups.back_up(desk.store, disk.folder)
    assert refused.value.facts == {"folder": str(disk.folder)}
    disk.set_read_only(read_only=False)
    backups.back_up(desk.store, disk.folder)


def test_a_backup_on_a_read_only_stick_can_be_restored_from(file_office: Office, disk: Disk) -> None:
    desk = file_office.set_up()
    with desk.store.writing() as session:
        digest = desk.blobs.put(session, b"a photo")
    made = backups.back_up(desk.store, disk.folder)
    disk.set_read_only(read_only=True)
    backups.lay_out(made.file, PASSPHRASE, file_office.place("恢复").folder, "now")
    again = file_office.open("恢复")
    with again.store.reading() as session:
        assert again.blobs.get(session, digest) == b"a photo"


@pytest.mark.parametrize("there", ["a file", "a file above"])
def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path, there: str) -> None:
    blocked = tmp_path / "台账"
    blocked.write_bytes(b"x")
    folder = blocked if there == "a file" else blocked / "数据"
    with pytest.raises(SafetyDeskError) as refused:
        set_up(Place(folder, tmp_path / "state"), CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP)
    assert refused.value.code == "not_writable"
    assert blocked.read_bytes() == b"x"
