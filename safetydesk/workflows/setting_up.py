"""Making, opening and renewing an installation."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import COMMON, derived_id, new_id
from safetydesk.domain.kinds import Role
from safetydesk.domain.numbering import letters_of
from safetydesk.models import clock as clocks
from safetydesk.models import keys, store
from safetydesk.models.errors import AlreadySetUp, WeakPassphrase
from safetydesk.models.faults import understood
from safetydesk.models.keyring import Keyring, KeyringFile
from safetydesk.models.keys import Kdf
from safetydesk.models.marker import Marker
from safetydesk.models.store import Store, WallClock
from safetydesk.models.tables import Clock, Device, LocalSetting, Officer, ReplicaNumber, Unit
from safetydesk.sync.identity import PublicIdentity, new_identity
from safetydesk.workflows import backups, checklists
from safetydesk.workflows.desk import Desk, Progress
from safetydesk.workflows.naming import named
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.today import SENT


class DatabaseInUse(SafetyDeskError):
    """The server's database has data of another installation."""

    code = "database_in_use"


@dataclass(frozen=True)
class Person:
    role: Role
    unit: str
    name: str
    badge: str | None = None


@dataclass(frozen=True)
class SetUp:
    """What `setup` says at its end."""

    replica: UUID
    fingerprint: str
    unit: str
    role: Role


def set_up(
    place: Place,
    person: Person,
    passphrase: str,
    clock: WallClock,
    *,
    database: str | None = None,
    kdf: Kdf | None = None,
) -> SetUp:
    """Make the data folder, or nothing at all: what was begun is taken away when it fails.

    Raises AlreadySetUp, WeakPassphrase, BadName, and what the disk or the server says.
    """
    if len(passphrase) < keys.LEAST_CHARACTERS:
        raise WeakPassphrase(least=keys.LEAST_CHARACTERS)
    person = Person(person.role, named("单位", person.unit), named("姓名", person.name), person.badge)
    if (place.folder / keys.KEY_FILE).exists() or store.database_path(place.folder).exists():
        raise AlreadySetUp(folder=str(place.folder))
    existed = place.folder.exists()
    with understood(place.folder):
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = set(place.folder.iterdir())
        try:
            return _make(place, person, passphrase, clock, database, kdf or keys.calibrated_kdf())
        except BaseException:
            _take_away(place.folder, before, existed=existed)
            raise


def renew_replica(desk: Desk) -> SetUp:
    """Go on as another replica: same person, same keys, a new id and a new paper series. Design: section 4, rule 5."""
    with desk.store.renewing() as session:
        hand = clocks.hold(session)
        before, hand.replica = hand.replica, uuid4()
        last = session.scalars(select(ReplicaNumber.number).order_by(ReplicaNumber.number.desc())).first() or 0
        hand.number = last + 1
        session.add(ReplicaNumber(number=hand.number, replica=hand.replica))
        row = session.get_one(Clock, 1)
        row.replica, row.number = hand.replica, hand.number
        row.generation += desk.role is not Role.OFFICER
        hand.paper_count = 0
        hand.audit_index = 0  # a chain of its own; its first entry names the end of the one before
        session.add(_device(desk.officer_id, hand.replica, desk.identity.public(), replaces=before))
        clocks.record(session, "replica.renewed", f"replica:{hand.replica.hex}", {"replaces": before.hex})
        unit = session.get_one(Unit, desk.unit_id)
        return SetUp(hand.replica, desk.identity.public().fingerprint, unit.name, desk.role)


def restore(
    place: Place, file: Path, passphrase: str, clock: WallClock, progress: Progress | None = None
) -> Path | None:
    """Put a backup in this place and let it go on as another replica. Where earlier data went to is returned.

    Raises NotABackup, WrongPassphrase, DamagedBackup, what the disk says, and Cancelled: then nothing has changed.
    """
    moment = clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
    kept = backups.lay_out(file, passphrase, place.folder, moment, progress)
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), passphrase), clock)
    try:
        renew_replica(desk)
    finally:
        desk.store.close()
    return kept


def _make(place: Place, person: Person, passphrase: str, clock: WallClock, database: str | None, kdf: Kdf) -> SetUp:
    key, identity, replica = keys.new_data_key(), new_identity(), uuid4()
    officer_id, unit_id = new_id(clock.now()), derived_id("unit", person.unit)
    keyring = Keyring(person.role, officer_id.hex, unit_id.hex, identity.age_identity, identity.signing_key, database)
    engine = store.connect_engine(place.folder, key, database, create=True)
    made = Store(engine, place.folder, key, keyring, Marker(place.state, place.folder), clock)
    try:
        store.bring_up_to_date(engine, lambda: None)
        if store.is_started(engine):
            raise DatabaseInUse
        with made.first_writing(replica) as session:
            session.add_all(_who(person, officer_id, unit_id))
            session.add(_device(officer_id, replica, identity.public()))
            checklists.install_shipped(session)
            clocks.record(session, "setup", f"replica:{replica.hex}", {"role": person.role})
            session.flush()
            session.add(LocalSetting(key=SENT, value=clocks.hold(session).seq))
            KeyringFile(place.folder).write(key, keyring)  # before the commit: rows without their key are nobody's
            keys.write_key_file(place.folder, key.wrapped_by(passphrase, kdf))
    finally:
        made.close()
    return SetUp(replica, identity.public().fingerprint, person.unit, person.role)


def _who(person: Person, officer_id: UUID, unit_id: UUID) -> list[Unit | Officer]:
    unit_role = Role.COUNTY if person.role is Role.COUNTY else Role.OFFICE
    unit = Unit(id=unit_id, enterprise_id=COMMON, name=person.unit, role=unit_role)
    mark = "办" if person.role is Role.OFFICE else None
    officer = Officer(
        id=officer_id, enterprise_id=COMMON, unit_id=unit_id, name=person.name, badge=person.badge, role=person.role,
        mark=mark,
    )  # fmt: skip
    return [unit, officer]


def _device(officer_id: UUID, replica: UUID, public: PublicIdentity, *, replaces: UUID | None = None) -> Device:
    return Device(
        id=derived_id("device", replica.hex),
        enterprise_id=COMMON,
        replica=replica,
        officer_id=officer_id,
        series=letters_of(replica),
        age_recipient=public.age_recipient,
        verify_key=public.verify_key,
        state="confirmed",
        replaces=replaces,
    )


def _take_away(folder: Path, before: set[Path], *, existed: bool) -> None:
    for path in set(folder.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if not existed:
        folder.rmdir()
