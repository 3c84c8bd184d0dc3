"""The schema comes from the migrations alone, an older one is brought up after a backup, a newer one is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import CHEAP, PASSPHRASE, UNIT, Office
from sqlalchemy import inspect, text

from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import Role
from safetydesk.models import backup, keys, migrations
from safetydesk.models.base import Base
from safetydesk.models.errors import AlreadySetUp, NewerSchema, NoDataFolder
from safetydesk.models.keyring import KeyringFile
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import backups, checklists, setting_up
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.setting_up import Person, set_up

NEXT = '''
"""What a next release might bring: one more column."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.add_column("enterprise", sa.Column("of_the_next_release", sa.Text(), nullable=True))
    op.create_table("made_by_the_next_release", sa.Column("id", sa.Integer(), primary_key=True))
'''


def test_the_migrations_make_what_the_models_describe(desk: Desk) -> None:
    with desk.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata, "compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_the_list_of_versions_is_the_list_of_scripts() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == migrations.VERSIONS


def test_a_new_store_is_at_the_newest_version(desk: Desk) -> None:
    with desk.store.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == migrations.HEAD


class Releases:
    """Makes the program one release newer, with a real migration that runs in the real way, and back again."""

    def __init__(self, scripts: Path) -> None:
        self._scripts = scripts
        self._patch = pytest.MonkeyPatch()

    def next(self, script: str = NEXT) -> None:
        shutil.copytree(migrations.SCRIPTS, self._scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (self._scripts / "versions" / "v0002_next.py").write_text(script, "utf-8")
        self._patch.setattr(migrations, "SCRIPTS", self._scripts)
        self._patch.setattr(migrations, "VERSIONS", ("0001", "0002"))
        self._patch.setattr(migrations, "HEAD", "0002")

    def back(self) -> None:
        self._patch.undo()


@pytest.fixture
def releases(tmp_path: Path) -> Iterator[Releases]:
    made = Releases(tmp_path / "migrations of the next release")
    yield made
    made.back()


def filled(office: Office) -> Desk:
    desk = office.set_up()
    row_id = new_id(desk.now())
    with desk.store.writing() as session:
        session.add(Enterprise(id=row_id, enterprise_id=row_id, name="样溪甲厂"))
        desk.blobs.put(session, b"a photo")
    desk.store.close()
    return desk


def backups_of(desk: Desk) -> list[Path]:
    return sorted((desk.store.folder / "backups").glob("*.sdbackup"))


def columns_of_enterprise(desk: Desk) -> set[str]:
    return {column["name"] for column in inspect(desk.store.engine).get_columns("enterprise")}


def test_an_older_database_is_brought_up_to_date_when_it_is_opened_and_keeps_its_data(
    office: Office, releases: Releases
) -> None:
    old = filled(office)
    releases.next()
    desk = office.open()
    assert "of_the_next_release" in columns_of_enterprise(desk)
    with desk.store.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0002"
        assert session.execute(text("SELECT name FROM enterprise")).scalars().all() == ["样溪甲厂"]
    assert desk.store.mark()[3], "still the same replica"
    assert len(backups_of(old)) == 1


def test_before_that_a_backup_was_made_of_the_database_as_it_was(
    office: Office, releases: Releases, tmp_path: Path
) -> None:
    old = filled(office)
    releases.next()
    office.open()
    (made,) = backups_of(old)
    assert backup.read_manifest(made).schema == "0001"
    restored = office.place("从升级前的备份").folder
    backups.lay_out(made, PASSPHRASE, restored, "now")
    desk = office.open("从升级前的备份")
    with desk.store.reading() as session:
        assert session.execute(text("SELECT name FROM enterprise")).scalars().all() == ["样溪甲厂"]
    assert "of_the_next_release" in columns_of_enterprise(desk), "restored by the newer program, it was brought up too"


def test_it_is_brought_up_once(office: Office, releases: Releases) -> None:
    old = filled(office)
    releases.next()
    office.open()
    office.open()
    assert len(backups_of(old)) == 1


def test_a_migration_that_fails_half_way_leaves_the_old_schema_whole(office: Office, releases: Releases) -> None:
    filled(office)
    releases.next(NEXT + "    raise KeyError('power cut')\n")
    with pytest.raises(KeyError, match="power cut"):
        office.open()
    releases.back()
    desk = office.open()
    assert "of_the_next_release" not in columns_of_enterprise(desk)
    assert not inspect(desk.store.engine).has_table("made_by_the_next_release")
    with desk.store.reading() as session:
        assert session.execute(text("SELECT name FROM enterprise")).scalars().all() == ["样溪甲厂"]


def test_where_no_backup_can_be_made_nothing_is_migrated(file_office: Office, releases: Releases) -> None:
    desk = filled(file_office)
    (desk.store.folder / "backups").write_bytes(b"a file where the folder should be")
    releases.next()
    with pytest.raises(Exception) as refused:
        file_office.open()
    assert words_for(refused.value).message
    with desk.store.engine.connect() as connection:
        assert migrations.found_version(connection) == "0001"


@pytest.mark.parametrize("version", ["0009", "ffff", ""])
def test_a_newer_database_is_refused_in_words_and_left_alone(office: Office, version: str) -> None:
    desk = filled(office)
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    with pytest.raises(NewerSchema) as refused:
        office.open()
    assert refused.value.facts == {"found": version, "known": migrations.HEAD}
    assert "升级" in words_for(refused.value).hint
    assert backups_of(desk) == []


@pytest.mark.parametrize(
    ("where", "name", "error", "existed"),
    [
        (migrations, "upgrade", OSError, True),
        (checklists, "install_shipped", KeyboardInterrupt, False),
        (KeyringFile, "write", OSError, False),
        (keys, "write_key_file", KeyboardInterrupt, True),
    ],
)
def test_a_setup_that_is_interrupted_leaves_no_folder_and_can_be_done_again(
    file_office: Office,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    error: type[BaseException],
    existed: bool,
) -> None:
    place = file_office.place()
    if existed:
        place.folder.mkdir(parents=True)
        (place.folder / "别人的文件.txt").write_text("不要动")

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(where, name, fail)
        with pytest.raises(error):
            set_up(place, Person(Role.OFFICE, UNIT, "王示例"), PASSPHRASE, file_office.clock.wall(), kdf=CHEAP)
    left = [path.name for path in place.folder.iterdir()] if place.folder.exists() else None
    assert left == (["别人的文件.txt"] if existed else None)
    with pytest.raises(NoDataFolder):
        keys.read_key_file(place.folder)
    assert file_office.set_up().store.mark()[3]


def test_a_second_setup_never_touches_the_first(office: Office) -> None:
    desk = filled(office)
    before = {path: path.read_bytes() for path in desk.store.folder.rglob("*") if path.is_file()}
    with pytest.raises(AlreadySetUp):
        office.set_up()
    assert {path: path.read_bytes() for path in desk.store.folder.rglob("*") if path.is_file()} == before


@pytest.mark.postgres
def test_setup_refuses_a_database_of_the_server_that_somebody_uses(server_office: Office, tmp_path: Path) -> None:
    desk = filled(server_office)
    other = setting_up.Place(tmp_path / "另一处", tmp_path / "state")
    with pytest.raises(setting_up.DatabaseInUse):
        set_up(
            other, Person(Role.OFFICE, UNIT, "李示例"), PASSPHRASE, server_office.clock.wall(), kdf=CHEAP,
            database=desk.store.keyring.database_url,
        )  # fmt: skip
    assert not other.folder.exists()
    assert server_office.open().store.mark()[3]


@pytest.mark.postgres
def test_a_setup_on_a_server_that_was_interrupted_can_be_done_again(
    server_office: Office, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, database = server_office.place(), new_database()
    clerk, clock = Person(Role.OFFICE, UNIT, "王示例"), server_office.clock.wall()

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keys, "write_key_file", fail)
        with pytest.raises(KeyboardInterrupt):
            set_up(place, clerk, PASSPHRASE, clock, kdf=CHEAP, database=database)
    set_up(place, clerk, PASSPHRASE, clock, kdf=CHEAP, database=database)
    assert server_office.open().store.mark()[3]
