"""A backup is one only if it reads back; a restore takes it whole or leaves everything as it was."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import PASSPHRASE, Office
from sqlalchemy import select, text

from safetydesk.domain.errors import IntegrityError, SafetyDeskError
from safetydesk.domain.ids import new_id
from safetydesk.domain.numbering import letters_of
from safetydesk.models import backup, keys, migrations
from safetydesk.models.backup import MANIFEST, PHOTO_FOLDER, MadeBackup
from safetydesk.models.dialect import sqlite
from safetydesk.models.errors import (
    DamagedBackup,
    DamagedStore,
    MissingBlob,
    NewerSchema,
    NotABackup,
    Restored,
    WrongPassphrase,
)
from safetydesk.models.keyring import KEYRING_FILE, KeyringFile
from safetydesk.models.keys import KEY_FILE
from safetydesk.models.store import DATABASE_FILE
from safetydesk.models.tables import Clock, Device, Enterprise, Photo, Template
from safetydesk.workflows import backups
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.digests import StateDigest, state_digest
from safetydesk.workflows.setting_up import renew_replica

FIRST, SECOND = b"first photo " * 500, b"second photo " * 500


def work(desk: Desk, *contents: bytes) -> list[str]:
    """An enterprise, an edit of it, and photos that rows name."""
    row_id = new_id(desk.now())
    with desk.store.writing() as session:
        session.add(Enterprise(id=row_id, enterprise_id=row_id, name="样溪甲厂", headcount=3))
    with desk.store.writing() as session:
        session.get_one(Enterprise, row_id).headcount = 4
        digests = [desk.blobs.put(session, content) for content in contents]
        session.add_all(
            Photo(id=new_id(desk.now()), enterprise_id=row_id, digest=digest, original_digest=digest,
                  original_name="a.jpg", width=1, height=1, size=1, voided=False)
            for digest in digests
        )  # fmt: skip
    return digests


def state(desk: Desk) -> StateDigest:
    with desk.store.reading() as session:
        return state_digest(session)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def restored(office: Office, made: MadeBackup, name: str = "恢复") -> Desk:
    backups.lay_out(made.file, PASSPHRASE, office.place(name).folder, "now")
    return office.open(name)


def rewrite(file: Path, change: Callable[[dict[str, bytes]], Any], compression: int = zipfile.ZIP_STORED) -> None:
    """Change the members of a backup, with check sums that fit: somebody who knows what a zip file is."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


class TestMakingOne:
    def test_it_says_what_it_holds_and_leaves_nothing_else_behind(self, desk: Desk, tmp_path: Path) -> None:
        work(desk, FIRST)
        made = backups.back_up(desk.store, tmp_path / "U盘")
        assert (made.blobs, made.new_blobs, made.size) == (1, 1, made.file.stat().st_size)
        assert {path.name for path in (tmp_path / "U盘").iterdir()} == {made.file.name, PHOTO_FOLDER}
        with zipfile.ZipFile(made.file) as archive:
            assert set(archive.namelist()) == {DATABASE_FILE, KEY_FILE, KEYRING_FILE, MANIFEST}

    def test_the_next_one_writes_only_the_new_photos(self, desk: Desk, tmp_path: Path) -> None:
        work(desk, FIRST)
        backups.back_up(desk.store, tmp_path / "U盘")
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "U盘" / PHOTO_FOLDER).rglob("*/*")}
        work(desk, SECOND)
        made = backups.back_up(desk.store, tmp_path / "U盘")
        assert (made.blobs, made.new_blobs) == (2, 1)
        assert {path: path.stat().st_mtime_ns for path in before} == before

    def test_it_never_takes_the_place_of_an_earlier_one(self, office: Office, tmp_path: Path) -> None:
        desk = office.set_up()
        made = {backups.back_up(desk.store, tmp_path).file for _ in range(3)}
        assert len(made) == 3
        assert all(path.exists() for path in made)

    def test_a_photo_that_went_bad_on_the_stick_is_written_again(self, desk: Desk, tmp_path: Path) -> None:
        work(desk, FIRST)
        made = backups.back_up(desk.store, tmp_path)
        (photo,) = (tmp_path / PHOTO_FOLDER).rglob("*/*")
        whole = photo.read_bytes()
        photo.write_bytes(whole[:-1])
        assert backups.back_up(desk.store, tmp_path).new_blobs == 1
        assert photo.read_bytes() == whole
        assert backup.unlock(made.file, PASSPHRASE)

    def test_a_photo_that_went_bad_in_the_store_is_said_and_not_copied(self, file_desk: Desk, tmp_path: Path) -> None:
        work(file_desk, FIRST)
        (photo,) = (file_desk.store.folder / "store").rglob("*/*")
        photo.write_bytes(photo.read_bytes()[:-1])
        with pytest.raises(DamagedStore):
            backups.back_up(file_desk.store, tmp_path / "U盘")
        assert not list((tmp_path / "U盘").glob("*.sdbackup"))

    def test_it_is_what_the_disk_held_at_one_moment_while_others_write(self, desk: Desk, tmp_path: Path) -> None:
        work(desk, FIRST)
        made = backups.back_up(desk.store, tmp_path)
        assert backup.read_manifest(made.file).seq <= desk.store.mark()[1]


@pytest.mark.postgres
def test_a_backup_of_a_server_sees_every_table_as_of_one_moment(
    server_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office goes on working while the backup reads table after table: it must not hold half of a transaction."""
    from safetydesk.models import copying

    desk = server_office.set_up()
    work(desk)
    before, copy_table, busy = state(desk), copying._copy_table, iter(range(3))

    def with_somebody_writing(*arguments: Any) -> None:
        copy_table(*arguments)
        if next(busy, None) is not None:
            work(desk, SECOND)

    monkeypatch.setattr(copying, "_copy_table", with_somebody_writing)
    made = backups.back_up(desk.store, tmp_path)
    assert state(desk) != before
    assert state(restored(server_office, made)) == before


class TestRestoringOne:
    def test_it_brings_back_every_row_stamp_and_photo(self, office: Office, tmp_path: Path) -> None:
        desk = office.set_up()
        digests = work(desk, FIRST, SECOND)
        before = state(desk)
        again = restored(office, backups.back_up(desk.store, tmp_path))
        assert state(again) == before
        with again.store.reading() as session:
            assert [again.blobs.get(session, digest) for digest in digests] == [FIRST, SECOND]

    def test_it_must_take_a_new_id_before_it_writes_and_adds_nothing_but_its_new_device(
        self, office: Office, tmp_path: Path
    ) -> None:
        desk = office.set_up()
        work(desk, FIRST)
        before, replica = state(desk), desk.store.mark()[0]
        again = restored(office, backups.back_up(desk.store, tmp_path))
        with pytest.raises(Restored):
            work(again)
        made = renew_replica(again)
        after = state(again)
        assert {key for key in after.enterprises if after.enterprises[key] != before.enterprises.get(key)} == {"common"}
        assert after.rows == before.rows | {"device": before.rows["device"] + 1}
        assert made.replica != replica
        with again.store.reading() as session:
            device = session.scalars(select(Device).where(Device.replica == made.replica)).one()
            assert device.series == letters_of(made.replica)
            assert device.replaces == replica
        work(again, FIRST)

    def test_it_keeps_what_was_there(self, file_office: Office, tmp_path: Path) -> None:
        desk = file_office.set_up()
        made = backups.back_up(desk.store, tmp_path)
        work(desk, FIRST)
        desk.store.close()
        there = files_of(desk.store.folder)
        kept = backups.lay_out(made.file, PASSPHRASE, desk.store.folder, "20261121-093000")
        assert kept == desk.store.folder.with_name(f"{desk.store.folder.name}-before-restore-20261121-093000")
        assert files_of(kept) == there
        with file_office.open().store.reading() as session:
            assert session.scalars(select(Enterprise.id)).all() == []

    def test_it_is_written_like_the_folder_of_a_setup(self, office: Office, tmp_path: Path) -> None:
        desk = office.set_up()
        work(desk, FIRST)
        again = restored(office, backups.back_up(desk.store, tmp_path))
        with again.store.engine.connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal", "several can work on it at once"
        if os.name == "posix":
            for name in (KEY_FILE, KEYRING_FILE):
                assert stat.S_IMODE((again.store.folder / name).stat().st_mode) == 0o600

    def test_it_works_from_any_place_where_the_file_and_its_photos_lie_together(
        self, file_office: Office, tmp_path: Path
    ) -> None:
        desk = file_office.set_up()
        (digest,) = work(desk, FIRST)
        made = backups.back_up(desk.store, tmp_path / "甲盘")
        (tmp_path / "甲盘").rename(tmp_path / "乙盘")
        moved = tmp_path / "乙盘" / made.file.name
        again = restored(file_office, MadeBackup(moved, 1, 1, 0))
        with again.store.reading() as session:
            assert again.blobs.get(session, digest) == FIRST


@pytest.mark.postgres
class TestOfAServer:
    """The portable file lays the data out as a folder of its own; the server's database is never touched by a restore."""

    def test_it_opens_as_an_encrypted_folder_and_not_the_server(self, server_office: Office, tmp_path: Path) -> None:
        desk = server_office.set_up()
        work(desk, FIRST)
        live = state(desk)
        again = restored(server_office, backups.back_up(desk.store, tmp_path))
        assert again.store.is_file
        assert again.store.keyring.database_url is None
        renew_replica(again)
        work(again, SECOND)
        assert state(desk) == live
        assert desk.store.mark()[3], "the live installation still is who it was"
        work(desk)

    def test_the_address_of_the_server_is_not_in_the_backup(self, server_office: Office, tmp_path: Path) -> None:
        desk = server_office.set_up()
        made = backups.back_up(desk.store, tmp_path)
        key = backup.unlock(made.file, PASSPHRASE)
        folder = tmp_path / "打开的"
        folder.mkdir()
        backup.unpack(made.file, key, folder)
        assert KeyringFile(folder).read(key).database_url is None
        assert desk.store.keyring.database_url is not None

    def test_its_rows_are_encrypted_in_the_file(self, server_office: Office, tmp_path: Path) -> None:
        desk = server_office.set_up()
        work(desk, FIRST)
        made = backups.back_up(desk.store, tmp_path)
        assert "样溪甲厂".encode() not in made.file.read_bytes()
        assert not any(b"first photo" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@dataclass
class Prepared:
    """A backup to be damaged, and a data folder that must not suffer."""

    made: MadeBackup
    folder: Path
    key: keys.DataKey

    def refuses(self, passphrase: str = PASSPHRASE) -> SafetyDeskError:
        """What a restore into the folder says; asserts that nothing has changed there or beside it."""
        before, beside = files_of(self.folder), {path.name for path in self.folder.parent.iterdir()}
        with pytest.raises(SafetyDeskError) as refused:
            backups.lay_out(self.made.file, passphrase, self.folder, "now")
        assert files_of(self.folder) == before
        assert {path.name for path in self.folder.parent.iterdir()} == beside
        return refused.value


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """One sound backup, of which every test gets a copy to damage."""
    office = Office(tmp_path_factory.mktemp("sound"), None)
    desk = office.set_up()
    work(desk, FIRST)
    made = backups.back_up(desk.store, office.root / "U盘")
    desk.store.close()
    yield Prepared(made, desk.store.folder, desk.store.key)
    office.close()


@pytest.fixture
def prepared(sound: Prepared, tmp_path: Path) -> Prepared:
    shutil.copytree(sound.made.file.parent, tmp_path / "U盘")
    copy = replace(sound.made, file=tmp_path / "U盘" / sound.made.file.name)
    return replace(sound, made=copy)


class TestADamagedOne:
    """Each is refused before anything is touched."""

    def test_wrong_passphrase(self, prepared: Prepared) -> None:
        assert isinstance(prepared.refuses("不是这个口令"), WrongPassphrase)

    @pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", bytes(5000)])
    def test_no_backup_at_all(self, prepared: Prepared, content: bytes) -> None:
        prepared.made.file.write_bytes(content)
        assert isinstance(prepared.refuses(), NotABackup)

    def test_another_zip_file(self, prepared: Prepared) -> None:
        with zipfile.ZipFile(prepared.made.file, "w") as archive:
            archive.writestr("照片.txt", "x")
        assert isinstance(prepared.refuses(), NotABackup)

    def test_a_file_that_is_not_there(self, prepared: Prepared) -> None:
        prepared.made.file.unlink()
        assert isinstance(prepared.refuses(), NotABackup)

    @pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    def test_a_torn_file(self, prepared: Prepared, part: float) -> None:
        whole = prepared.made.file.read_bytes()
        prepared.made.file.write_bytes(whole[: int(len(whole) * part)])
        assert isinstance(prepared.refuses(), NotABackup | DamagedBackup)

    @pytest.mark.parametrize("member", [DATABASE_FILE, KEY_FILE, KEYRING_FILE])
    def test_a_flipped_bit_in_a_member(self, prepared: Prepared, member: str) -> None:
        content = bytearray(prepared.made.file.read_bytes())
        with zipfile.ZipFile(prepared.made.file) as archive:
            info = archive.getinfo(member)
        content[info.header_offset + 30 + len(member) + info.file_size // 2] ^= 1
        prepared.made.file.write_bytes(bytes(content))
        assert isinstance(prepared.refuses(), IntegrityError)

    @pytest.mark.parametrize("member", [DATABASE_FILE, KEYRING_FILE])
    def test_a_member_changed_by_somebody_who_fits_the_check_sums(self, prepared: Prepared, member: str) -> None:
        rewrite(prepared.made.file, lambda members: members.update({member: members[member][:-1] + b"x"}))
        assert isinstance(prepared.refuses(), DamagedBackup)

    @pytest.mark.parametrize("member", [DATABASE_FILE, KEY_FILE, KEYRING_FILE, MANIFEST])
    def test_a_member_that_is_missing(self, prepared: Prepared, member: str) -> None:
        rewrite(prepared.made.file, lambda members: members.pop(member))
        assert isinstance(prepared.refuses(), NotABackup | DamagedBackup)

    @pytest.mark.parametrize(
        "change",
        [
            {"seq": 0},
            {"replica": "0" * 32},
            {"blobs": []},
            {"made_at": "2020-01-01T00:00:00Z"},
            {"schema": "0009"},
            {"seal": "0" * 64},
            {"seal": "封"},
        ],
    )
    def test_a_list_of_contents_that_somebody_changed(self, prepared: Prepared, change: dict[str, Any]) -> None:
        def alter(members: dict[str, bytes]) -> None:
            members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | change).encode()

        rewrite(prepared.made.file, alter)
        assert isinstance(prepared.refuses(), DamagedBackup)

    @pytest.mark.parametrize(
        "content", [b"", b"{}", b"[]", b"null", b'{"format":9}', b"[" * 100_000, b"\xff"]
    )  # fmt: skip
    def test_a_list_of_contents_that_makes_no_sense(self, prepared: Prepared, content: bytes) -> None:
        rewrite(prepared.made.file, lambda members: members.update({MANIFEST: content}))
        assert isinstance(prepared.refuses(), NotABackup)

    def test_a_member_that_would_swell(self, prepared: Prepared) -> None:
        rewrite(
            prepared.made.file, lambda members: members.update({DATABASE_FILE: bytes(50 << 20)}), zipfile.ZIP_DEFLATED
        )
        assert isinstance(prepared.refuses(), NotABackup)

    def test_a_key_file_that_would_cost_too_much(self, prepared: Prepared) -> None:
        def alter(members: dict[str, bytes]) -> None:
            said = json.loads(members[KEY_FILE])
            said["kdf"]["memory_kib"] = 1 << 30
            members[KEY_FILE] = json.dumps(said).encode()

        rewrite(prepared.made.file, alter)
        assert isinstance(prepared.refuses(), DamagedBackup)

    @pytest.mark.parametrize("change", ["flipped", "torn", "empty", "missing"])
    def test_a_photo_beside_it(self, prepared: Prepared, change: str) -> None:
        (photo,) = (prepared.made.file.parent / PHOTO_FOLDER).rglob("*/*")
        whole = photo.read_bytes()
        changed = {"flipped": whole[:50] + bytes([whole[50] ^ 1]) + whole[51:], "torn": whole[:-1], "empty": b""}
        if change == "missing":
            photo.unlink()
        else:
            photo.write_bytes(changed[change])
        error = prepared.refuses()
        assert isinstance(error, DamagedBackup)
        assert error.facts == {"file": str(photo)}

    def test_one_of_a_newer_program_is_refused_and_not_called_damaged(self, prepared: Prepared) -> None:
        def of_the_future(members: dict[str, bytes]) -> None:
            manifest = backup.read_manifest(prepared.made.file)
            newer = msgspec.structs.replace(manifest, schema="0009").sealed_by(prepared.key)
            members[MANIFEST] = msgspec.json.encode(newer)

        rewrite(prepared.made.file, of_the_future)
        error = prepared.refuses()
        assert isinstance(error, NewerSchema)
        assert error.facts == {"found": "0009", "known": migrations.HEAD}

    @pytest.mark.parametrize("part", [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
    def test_a_page_of_the_database_that_went_bad_stops_the_backup_or_is_one_it_does_not_need(
        self, file_office: Office, tmp_path: Path, part: float
    ) -> None:
        """A copy is made row by row: where only an index is rotten it is whole, and sounder than the original."""
        desk = file_office.set_up()
        before = state(desk)
        desk.store.close()
        path = desk.store.folder / DATABASE_FILE
        content = bytearray(path.read_bytes())
        content[int(len(content) * part)] ^= 1
        path.write_bytes(bytes(content))
        assert sqlite.integrity_problems(path, desk.store.key.derive("database"))
        try:
            made = backups.back_up(file_office.open().store, tmp_path / "U盘")
        except DamagedStore:
            assert not list((tmp_path / "U盘").glob("*.sdbackup"))
        else:
            assert state(restored(file_office, made)) == before


def test_a_photo_deleted_from_the_folder_is_missed_by_name(file_desk: Desk) -> None:
    (digest,) = work(file_desk, FIRST)
    (photo,) = (file_desk.store.folder / "store").rglob("*/*")
    photo.unlink()
    with file_desk.store.reading() as session, pytest.raises(MissingBlob):
        file_desk.blobs.get(session, digest)


def test_everything_that_ships_is_in_the_backup_too(desk: Desk, office: Office, tmp_path: Path) -> None:
    again = restored(office, backups.back_up(desk.store, tmp_path))
    with desk.store.reading() as one, again.store.reading() as other:
        assert set(one.scalars(select(Template.digest))) == set(other.scalars(select(Template.digest)))
        assert one.execute(select(Clock.seq, Clock.stamp)).one() == other.execute(select(Clock.seq, Clock.stamp)).one()
