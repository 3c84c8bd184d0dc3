"""A restored or copied folder is another replica: it is noticed, can be read, and writes only after it was renewed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from conftest import CHEAP, OF_THIS_COMPUTER, PASSPHRASE, Office
from sqlalchemy import select

from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import Role
from safetydesk.domain.numbering import letters_of
from safetydesk.models import keys, marker
from safetydesk.models.errors import ClockNotAllowed, Restored
from safetydesk.models.marker import Marker
from safetydesk.models.store import DATABASE_FILE, WallClock
from safetydesk.models.tables import AuditEntry, Clock, Device, Enterprise
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.setting_up import Person, renew_replica, set_up

REPLICA = UUID("0194c0de-0000-7000-8000-000000000001")


def write(desk: Desk, name: str = "样溪甲厂") -> Enterprise:
    row_id = new_id(desk.now())
    row = Enterprise(id=row_id, enterprise_id=row_id, name=name)
    with desk.store.writing() as session:
        session.add(row)
    return row


def assert_can_only_be_read(desk: Desk) -> None:
    with pytest.raises(Restored) as refused:
        write(desk, "不该写进去")
    assert refused.value.facts == {"folder": str(desk.store.folder)}
    with desk.store.reading() as session:
        assert "不该写进去" not in session.scalars(select(Enterprise.name)).all()
    assert not desk.store.mark()[3]


def marker_file(office: Office, desk: Desk) -> Path:
    return office.root / "state" / "replicas" / f"{desk.store.mark()[0].hex}.json"


def test_a_folder_where_it_was_set_up_is_known(desk: Desk) -> None:
    write(desk)
    assert desk.store.mark()[3]


def test_a_copied_folder_can_be_read_but_not_written(file_office: Office) -> None:
    original = file_office.set_up()
    write(original)
    shutil.copytree(original.store.folder, file_office.place("副本").folder)
    copy = file_office.open("副本")
    assert_can_only_be_read(copy)
    write(original, "原来的还能写")


def test_a_moved_folder_can_be_read_but_not_written(file_office: Office) -> None:
    desk = file_office.set_up()
    write(desk)
    desk.store.close()
    desk.store.folder.rename(file_office.place("搬家").folder)
    assert_can_only_be_read(file_office.open("搬家"))


def test_an_older_database_put_back_in_its_place_is_noticed(file_office: Office) -> None:
    desk = file_office.set_up()
    desk.store.close()
    older = (desk.store.folder / DATABASE_FILE).read_bytes()
    write(file_office.open())
    file_office.close()
    (desk.store.folder / DATABASE_FILE).write_bytes(older)
    assert_can_only_be_read(file_office.open())


def test_a_database_with_fewer_papers_than_were_ever_numbered_is_noticed(desk: Desk) -> None:
    replica, seq, papers, _ = desk.store.mark()
    desk.store.marker.advance(replica, seq, papers + 1)
    assert_can_only_be_read(desk)


def test_a_lost_marker_is_noticed(office: Office) -> None:
    desk = office.set_up()
    marker_file(office, desk).unlink()
    assert_can_only_be_read(desk)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b'{"replica":"x"}',
        b"\0" * 512,
        b'{"replica":1,"machine":2,"folder":3,"seq":"4","papers":[]}',
    ],
)
def test_a_damaged_marker_is_no_marker(file_office: Office, content: bytes) -> None:
    desk = file_office.set_up()
    marker_file(file_office, desk).write_bytes(content)
    assert_can_only_be_read(desk)


def test_the_marker_of_another_machine_is_no_marker(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = office.set_up()
    monkeypatch.setattr(marker, "machine", lambda: "0" * 32)
    assert_can_only_be_read(desk)


def test_the_marker_does_not_tell_the_machines_id() -> None:
    assert marker._machine_id() not in marker.machine()


def test_a_crash_between_commit_and_marker_is_no_restore(office: Office) -> None:
    desk = office.set_up()
    behind = marker_file(office, desk).read_bytes()
    write(desk)
    marker_file(office, desk).write_bytes(behind)
    assert desk.store.mark()[3]
    write(desk, "接着写")


def test_renewing_goes_on_under_a_new_id_number_and_series_and_its_stamps_still_rise(office: Office) -> None:
    desk = office.set_up()
    before, old_replica = write(desk), desk.store.mark()[0]
    marker_file(office, desk).unlink()
    made = renew_replica(desk)
    after = write(desk, "换号以后")
    assert made.replica != old_replica
    assert desk.store.mark() == (made.replica, after.seq, 0, True)
    assert after.stamp > before.stamp
    assert after.seq > before.seq
    assert after.writer != before.writer
    with desk.store.reading() as session:
        device = session.scalars(select(Device).where(Device.replica == made.replica)).one()
        assert (device.series, device.replaces) == (letters_of(made.replica), old_replica)
        assert session.scalars(select(Clock.generation)).one() == 1, "an office is followed by its generation"


def test_two_copies_that_were_both_renewed_never_share_a_stamp(file_office: Office) -> None:
    original = file_office.set_up()
    shutil.copytree(original.store.folder, file_office.place("副本").folder)
    copy = file_office.open("副本")
    renew_replica(copy)
    here, there = write(original), write(copy)
    with original.store.reading() as one, copy.store.reading() as other:
        assert one.scalars(select(Clock.replica)).one() != other.scalars(select(Clock.replica)).one()
    assert (here.stamp, here.writer) != (there.stamp, there.writer)
    write(original)
    write(copy)


def test_a_renewed_installation_is_sound(office: Office) -> None:
    desk = office.set_up()
    write(desk)
    renew_replica(desk)
    write(desk)
    assert [check.name for check in checkup(desk) if not check.ok and check.name not in OF_THIS_COMPUTER] == []
    with desk.store.reading() as session:
        assert len(set(session.scalars(select(AuditEntry.replica)))) == 2


def test_the_marker_never_goes_back_whoever_writes_last(tmp_path: Path) -> None:
    known = Marker(tmp_path, tmp_path)
    known.advance(REPLICA, 5, 1)
    known.advance(REPLICA, 3, 0)
    mark = known.read(REPLICA)
    assert mark is not None
    assert (mark.seq, mark.papers) == (5, 1)


def test_many_hands_at_one_marker_leave_the_highest_of_all(tmp_path: Path) -> None:
    known = Marker(tmp_path, tmp_path)
    known.advance(REPLICA, 0, 0)
    torn: list[int] = []

    def advance(first: int) -> None:
        for seq in range(first, 4000, 4):
            known.advance(REPLICA, seq, 4000 - seq)
            if known.read(REPLICA) is None:
                torn.append(seq)

    hands = [Thread(target=advance, args=(first,)) for first in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    mark = known.read(REPLICA)
    assert mark is not None
    assert (mark.seq, mark.papers, torn) == (3999, 4000, [])


RACING = """
import sys
from pathlib import Path
from uuid import UUID
from safetydesk.models.marker import Marker
state, replica = Path(sys.argv[1]), UUID(sys.argv[2])
known = Marker(state, state)
for seq in range(int(sys.argv[3]), 6000, 2):
    known.advance(replica, seq, 0)
    mark = known.read(replica)
    assert mark is not None and mark.seq >= seq, (seq, mark)
"""


def test_two_processes_at_one_marker_never_read_it_torn_or_behind(tmp_path: Path) -> None:
    Marker(tmp_path, tmp_path).advance(REPLICA, 0, 0)
    hands = [
        subprocess.Popen(
            [sys.executable, "-c", RACING, str(tmp_path), str(REPLICA), str(first)], stderr=subprocess.PIPE, text=True
        )
        for first in (0, 1)
    ]
    complaints = [hand.communicate(timeout=60)[1] for hand in hands]
    assert [(hand.returncode, said) for hand, said in zip(hands, complaints, strict=True)] == [(0, "")] * 2
    mark = Marker(tmp_path, tmp_path).read(REPLICA)
    assert mark is not None
    assert mark.seq == 5999


def test_threads_that_race_are_never_taken_for_a_restored_folder(office: Office) -> None:
    desk = office.set_up()
    wrong: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for at in range(25):
                write(desk, f"{name}{at}")
                assert desk.store.mark()[3]
        except BaseException as error:
            wrong.append(error)

    hands = [Thread(target=work, args=(name,)) for name in "甲乙"]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert wrong == []


def test_a_state_folder_that_cannot_be_written_does_not_call_a_saved_change_refused(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.set_up()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(marker, "_overwrite", full)
    row = write(desk)
    assert "marker" in caplog.text
    with desk.store.reading() as session:
        assert session.get(Enterprise, row.id) is not None


class TestASimulatedClock:
    """SAFETYDESK_NOW writes only into folders that were set up under it: a typing error must not poison a real one."""

    SIMULATED = WallClock(lambda: datetime(2035, 1, 1, tzinfo=UTC), simulated=True)

    def open(self, office: Office, clock: WallClock) -> Desk:
        place = office.place()
        desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), clock)
        office._opened.append(desk)
        return desk

    def test_does_not_write_into_a_real_folder(self, office: Office) -> None:
        real = office.set_up()
        write(real)
        desk = self.open(office, self.SIMULATED)
        with pytest.raises(ClockNotAllowed):
            write(desk)
        with desk.store.reading() as session:
            assert session.scalars(select(Enterprise.name)).all() == ["样溪甲厂"]
            assert session.scalars(select(Clock.stamp)).one() >> 15 < datetime(2030, 1, 1).timestamp() * 1000
        write(real, "真的时钟照常写")

    def test_does_not_renew_a_real_folder_either(self, office: Office) -> None:
        office.set_up()
        with pytest.raises(ClockNotAllowed):
            renew_replica(self.open(office, self.SIMULATED))

    def test_writes_where_it_was_set_up(self, file_office: Office) -> None:
        place = Place(file_office.root / "演示", file_office.root / "state")
        set_up(place, Person(Role.OFFICE, "样溪镇应急办", "王示例"), PASSPHRASE, self.SIMULATED, kdf=CHEAP)
        desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), self.SIMULATED)
        file_office._opened.append(desk)
        assert write(desk).stamp < write(desk).stamp, "a clock that stands still still makes stamps that rise"
