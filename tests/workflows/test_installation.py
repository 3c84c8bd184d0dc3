"""Making, keeping and moving an installation: set up, backed up, restored, renewed, checked."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from office_steps import PHOTO, add, failed, hazards_of, import_ledger, issue, numbers, passed, put, start, visit
from sqlalchemy import select

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import Role
from safetydesk.models.errors import AlreadySetUp, ClockNotAllowed, Restored
from safetydesk.models.store import WallClock
from safetydesk.models.tables import AuditEntry, Clock, Device, Officer, Unit
from safetydesk.workflows import backups, ledger_view, settings
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.digests import plain, state_digest
from safetydesk.workflows.setting_up import Person, renew_replica

PASSPHRASE = "四个字 plus 9 words"


def digest(desk: Desk) -> str:
    with desk.store.reading() as session:
        return ledger_view.values_digest(session)[0]


def problems(desk: Desk) -> list[str]:
    return [check.name for check in checkup(desk) if not check.ok]


def replica(desk: Desk) -> object:
    with desk.store.reading() as session:
        return session.scalars(select(Clock.replica)).one()


def restored(office: Any, desk: Desk, tmp_path: Path, name: str = "新电脑") -> Desk:
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    backups.lay_out(made.file, PASSPHRASE, office.place(name).folder, "moment")
    opened: Desk = office.open(name)
    return opened


@pytest.mark.parametrize("role", Role)
def test_every_role_sets_itself_up_and_can_inspect(file_office: Any, role: Role) -> None:
    desk = file_office.set_up(person=Person(role, "云溪镇", "赵示例", "B-7"))
    with desk.store.reading() as session:
        unit, officer = session.scalars(select(Unit)).one(), session.scalars(select(Officer)).one()
    assert (desk.role, officer.role, officer.mark) == (role, role, "办" if role is Role.OFFICE else None)
    assert unit.role == (Role.COUNTY if role is Role.COUNTY else Role.OFFICE)
    assert len(hazards_of(desk, visit(desk, add(desk), failed("CS-03")))) == 1


def test_a_folder_is_set_up_once(office: Any) -> None:
    office.set_up()
    with pytest.raises(AlreadySetUp):
        office.set_up()


def test_two_computers_of_one_unit_call_it_by_one_id(file_office: Any) -> None:
    one, two = (file_office.set_up(name, Person(Role.OFFICER, "云溪镇", name)) for name in ("甲", "乙"))
    assert one.unit_id == two.unit_id
    assert one.officer_id != two.officer_id


def test_settings_keep_their_type_and_an_empty_one_is_the_default_again(desk: Desk) -> None:
    put(desk, "paper.copies", "4")
    put(desk, "backup.folder", "/media/stick")
    put(desk, "unit.mark", "云")
    with desk.store.reading() as session:
        values = settings.all_values(session)
        assert (values["paper.copies"], values["backup.folder"], values["unit.mark"]) == (4, "/media/stick", "云")
        assert settings.value_of(session, "unit.mark") == "云"
    put(desk, "paper.copies", "")
    with desk.store.reading() as session:
        assert settings.value_of(session, "paper.copies") == 2


def test_every_choice_of_every_setting_that_papers_use_makes_a_paper(file_desk: Desk) -> None:
    from safetydesk.domain.settings import SETTINGS

    tried = 0
    for setting in SETTINGS:
        numbers_allowed = range(setting.least or 0, (setting.most or -1) + 1) if (setting.most or 99) < 10 else ()
        for value in [*setting.choices, *map(str, numbers_allowed)]:
            put(file_desk, setting.key, value)
            tried += 1
            issue(file_desk, visit(file_desk, add(file_desk, number=None), failed("CS-03")))
        put(file_desk, setting.key, "")
    assert len(set(numbers(file_desk))) == tried > 10


def test_what_a_backup_restores_is_the_whole_state_under_a_new_replica(office: Any, tmp_path: Path) -> None:
    desk = office.set_up()
    import_ledger(desk)
    issued = issue(desk, visit(desk, add(desk), failed("CS-03", photos=[PHOTO])))
    old = restored(office, desk, tmp_path)
    assert digest(old) == digest(desk)
    with old.store.reading() as one, desk.store.reading() as two:
        assert state_digest(one) == state_digest(two)
    with pytest.raises(Restored):
        add(old, number=9)
    renew_replica(old)
    assert replica(old) != replica(desk)
    add(old, number=9)
    assert numbers(old) == [issued.number]
    assert problems(old) == []
    assert digest(desk) != digest(old)


def test_a_restored_copy_never_works_on_the_server_that_its_original_uses(office: Any, tmp_path: Path) -> None:
    desk = office.set_up()
    add(desk, number=1)
    old = restored(office, desk, tmp_path)
    renew_replica(old)
    add(old, "样溪只在副本（示例）", 2)
    assert (digest(old) == digest(desk), old.store.is_file) == (False, True)
    assert replica(desk) != replica(old)
    add(desk, "样溪只在原件（示例）", 3)


def test_a_renewal_draws_another_series_and_starts_counting_again(office: Any) -> None:
    desk = office.set_up()
    first = issue(desk, visit(desk, add(desk), failed("CS-03"))).number
    made = renew_replica(desk)
    second = issue(desk, visit(desk, add(desk, number=2), failed("CS-03"))).number
    assert first != second
    assert second.endswith("-1号")
    with desk.store.reading() as session:
        devices = {device.replica: device for device in session.scalars(select(Device))}
        assert session.scalars(select(Clock.generation)).one() == 1
    assert len(devices) == 2
    assert devices[made.replica].replaces in devices
    assert len({device.verify_key for device in devices.values()}) == 1


def test_the_audit_chain_holds_across_a_renewal_and_shows_what_was_altered(office: Any) -> None:
    desk = office.set_up()
    add(desk)
    renew_replica(desk)
    add(desk, number=2)
    assert problems(desk) == []
    with desk.store.reading() as session:
        first = session.scalars(select(AuditEntry.position).where(AuditEntry.action == "replica.renewed")).one()
    assert first == 1
    with desk.store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'nothing' WHERE action = 'enterprise.added'")
    assert problems(desk) == ["audit"]


def test_every_change_leaves_a_line_in_the_audit_trail_without_anybodys_data(desk: Desk) -> None:
    issued = issue(
        desk, visit(desk, add(desk, "样溪秘密厂（示例）", phone="13800001234"), failed("CS-03", note="李某"))
    )
    with desk.store.reading() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.position)))
    assert [entry.action for entry in entries] == [
        *("setup", "enterprise.added", "inspection.started", "inspection.answered", "inspection.finished"),
        "paper.issued",
    ]
    said = "".join(f"{entry.subject}{entry.detail}" for entry in entries)
    for secret in ("秘密", "13800001234", "李某", issued.number):
        assert secret not in said


def test_a_missing_photo_and_an_altered_paper_are_found(file_desk: Desk) -> None:
    issue(file_desk, visit(file_desk, add(file_desk), failed("CS-03", photos=[PHOTO])))
    assert problems(file_desk) == []
    for path in (file_desk.store.folder / "store").rglob("*"):
        if path.is_file():
            path.unlink()
    assert problems(file_desk) == ["photos", "papers"]


def test_a_clock_that_is_far_behind_the_data_is_named(office: Any) -> None:
    desk = office.set_up()
    add(desk)
    office.clock.moment -= timedelta(days=40)
    assert problems(desk) == ["clock"]


def test_a_set_clock_writes_only_into_data_made_under_one(file_office: Any) -> None:
    file_office.set_up().store.close()
    real = file_office.clock.wall()
    file_office.clock.wall = lambda: WallClock(real.now, simulated=True)  # type: ignore[method-assign]
    desk = file_office.open()
    with pytest.raises(ClockNotAllowed):
        add(desk)
    assert digest(desk)


def test_the_clock_never_goes_back_and_every_change_has_its_own_stamp(office: Any) -> None:
    desk = office.set_up()
    add(desk)
    office.clock.moment -= timedelta(days=400)
    inspection_id = start(desk, add(desk, number=2))
    from office_steps import answer

    answer(desk, inspection_id, passed("CS-03"))
    with desk.store.reading() as session:
        stamps = list(session.scalars(select(AuditEntry.stamp).order_by(AuditEntry.position)))
        sequence = list(session.scalars(select(AuditEntry.seq).order_by(AuditEntry.position)))
    assert stamps == sorted(set(stamps))
    assert sequence == sorted(set(sequence))


def test_a_digest_is_the_same_whatever_a_database_makes_of_numbers_and_keys() -> None:
    one = {"长": 12, "b": [1.0, {"d": 2, "c": True}], "a": 0.5}
    two = {"a": 0.5, "b": [1, {"c": True, "d": 2.0}], "长": 12.0}
    assert json.dumps(plain(one)) == json.dumps(plain(two))
    assert json.dumps(plain([1, True, None, "12.0"])) == '[1, true, null, "12.0"]'


def test_a_refused_verb_gives_back_its_stamps_and_numbers(desk: Desk) -> None:
    def hand() -> tuple[int, int]:
        with desk.store.reading() as session:
            clock = session.scalars(select(Clock)).one()
            return clock.stamp, clock.seq

    enterprise_id = add(desk)
    before = hand()
    with pytest.raises(SafetyDeskError):
        visit(desk, enterprise_id, failed("CS-99"))
    assert hand()[1] == before[1] + 2  # the start of the check and its line in the audit trail, nothing of the answer
