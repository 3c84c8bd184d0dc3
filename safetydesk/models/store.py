"""The store of one installation: opening it, reading from it, writing to it in whole transactions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from safetydesk.models import clock as clocks
from safetydesk.models import migrations
from safetydesk.models.blobs import Blobs, FolderShelf, RowShelf
from safetydesk.models.clock import ClockHand, StampedSession
from safetydesk.models.errors import ClockNotAllowed, NoDataFolder, Restored
from safetydesk.models.faults import understood
from safetydesk.models.keyring import Keyring
from safetydesk.models.keys import DataKey
from safetydesk.models.marker import Marker
from safetydesk.models.tables.local import Clock, ReplicaNumber

log = logging.getLogger(__name__)

DATABASE_FILE = "safetydesk.db"
BLOB_FOLDER = "store"
BACKUP_FOLDER = "backups"


@dataclass(frozen=True)
class WallClock:
    """What time it is; `simulated` where SAFETYDESK_NOW says so."""

    now: Callable[[], datetime]
    simulated: bool = False


def system_clock() -> WallClock:
    return WallClock(lambda: datetime.now(UTC))


class Store:
    """An open store. `reading` and `writing` give short sessions; nobody keeps one."""

    def __init__(
        self, engine: Engine, folder: Path, key: DataKey, keyring: Keyring, marker: Marker, clock: WallClock
    ) -> None:
        self.engine = engine
        self.folder = folder
        self.key = key
        self.keyring = keyring
        self.marker = marker
        self.clock = clock
        self.is_file = engine.dialect.name == "sqlite"
        self.blobs = Blobs(FolderShelf(folder / BLOB_FOLDER) if self.is_file else RowShelf(), key)
        self._write_engine = engine.execution_options(writing=True)

    @contextmanager
    def reading(self) -> Iterator[StampedSession]:
        """A session that cannot write."""
        with understood(self.folder), self._session(self.engine, writing=False) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[StampedSession]:
        """One transaction that holds the clock row from the start: what it reads stays true until it commits.

        Raises Restored in a folder that must first take a new replica id, ClockNotAllowed under a foreign clock.
        """
        with self._transaction() as session:
            self._check(clocks.hold(session))
            yield session

    @contextmanager
    def renewing(self) -> Iterator[StampedSession]:
        """A writing transaction without the question whether this folder was restored. Raises ClockNotAllowed."""
        with self._transaction() as session:
            self._check_clock(clocks.hold(session))
            yield session

    @contextmanager
    def first_writing(self, replica: UUID) -> Iterator[StampedSession]:
        """The transaction that makes an empty database this replica's."""
        with understood(self.folder), self._session(self._write_engine, writing=True) as session:
            with session.begin():
                start_clock(session, replica, simulated=self.clock.simulated)
                yield session
            self._remember(session)

    def mark(self) -> tuple[UUID, int, int, bool]:
        """Replica, `seq`, papers so far, and whether this folder is still the one that the marker knows."""
        with self.reading() as session:
            replica = session.scalars(select(Clock.replica)).one()
        mark = self.marker.read(replica)  # before the row: another process may go on between the two
        with self.reading() as session:
            row = session.execute(select(Clock.replica, Clock.seq, Clock.paper_count)).one()
        known = mark is not None and row.seq >= mark.seq and row.paper_count >= mark.papers
        return row.replica, row.seq, row.paper_count, known and row.replica == replica

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[StampedSession]:
        with understood(self.folder), self._session(self._write_engine, writing=True) as session:
            with session.begin():
                clocks.hold(session)
                yield session
            self._remember(session)

    def _remember(self, session: StampedSession) -> None:
        """Move the marker. One that lags behind is allowed; what was committed must not be called refused for it."""
        done: ClockHand | None = session.info.get("committed")
        if done is None:
            return  # a rehearsal: rolled back by whoever wrote
        try:
            self.marker.advance(done.replica, done.seq, done.paper_count)
        except OSError as error:
            if self.marker.read(done.replica) is None:
                raise
            log.warning("the marker lags behind: %s", error.strerror)

    def _session(self, engine: Engine, *, writing: bool) -> StampedSession:
        info: dict[Any, Any] = {"now": self.clock.now, "writing": writing, "officer_id": UUID(self.keyring.officer_id)}
        return StampedSession(engine, expire_on_commit=False, info=info)

    def _check_clock(self, hand: ClockHand) -> None:
        if self.clock.simulated and not hand.simulated:
            raise ClockNotAllowed

    def _check(self, hand: ClockHand) -> None:
        self._check_clock(hand)
        mark = self.marker.read(hand.replica)
        if mark is None or hand.seq < mark.seq or hand.paper_count < mark.papers:
            raise Restored(folder=str(self.folder))


def database_path(folder: Path) -> Path:
    return folder / DATABASE_FILE


def connect_engine(folder: Path, key: DataKey, database_url: str | None, *, create: bool = False) -> Engine:
    """The engine of this installation's database. Raises NoDataFolder if the file is gone."""
    if database_url is not None:
        from safetydesk.models.dialect import postgresql

        return postgresql.open_engine(database_url)
    from safetydesk.models.dialect import sqlite

    path = database_path(folder)
    if not create and not path.exists():
        raise NoDataFolder(folder=str(folder))
    return sqlite.open_engine(path, key.derive("database"), create=create)


def bring_up_to_date(engine: Engine, before: Callable[[], object]) -> bool:
    """Migrate an older database after `before` made a backup. Raises NewerSchema. True if anything was done."""
    with engine.connect() as connection:
        version = migrations.found_version(connection)
    if version == migrations.HEAD:
        return False
    if version is not None:
        before()
    with engine.execution_options(writing=True).begin() as connection:
        migrations.upgrade(connection)
    return True


def is_started(engine: Engine) -> bool:
    """Whether some installation has its rows here."""
    with engine.connect() as connection:
        return connection.execute(select(Clock.__table__.c.id)).first() is not None


def start_clock(session: StampedSession, replica: UUID, *, simulated: bool) -> None:
    """The first row of an empty database. Number 0 is the catalog's, 1 our own."""
    from safetydesk.domain.ids import CATALOG_REPLICA

    session.add_all([ReplicaNumber(number=0, replica=CATALOG_REPLICA), ReplicaNumber(number=1, replica=replica)])
    session.add(
        Clock(
            id=1, replica=replica, number=1, stamp=0, seq=0, audit_index=0, audit_hash="", paper_count=0, generation=0,
            simulated=simulated,
        )
    )  # fmt: skip
    session.flush()
