"""Somebody else holds the data: waiting ends in words, and a server that is away says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, PASSPHRASE, UNIT, Clock, Office

from safetydesk.domain.kinds import Role
from safetydesk.models.dialect import postgresql, sqlite
from safetydesk.models.errors import DatabaseUnreachable, InsecureConnection, StoreBusy
from safetydesk.workflows import settings
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place
from safetydesk.workflows.setting_up import Person, set_up

CLERK = Person(Role.OFFICE, UNIT, "王示例")


def write(desk: Desk, value: str) -> None:
    with desk.store.writing() as session:
        settings.put(session, "unit.mark", value)


def read(desk: Desk) -> object:
    with desk.store.reading() as session:
        return settings.value_of(session, "unit.mark")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_one_who_waited_too_long_for_another_is_told_and_can_try_again(office: Office) -> None:
    holder = office.set_up()
    waiting = office.open()
    with holder.store.writing() as session:
        settings.put(session, "unit.mark", "先来")
        session.flush()
        with pytest.raises(StoreBusy):
            write(waiting, "后到")
    assert read(waiting) == "先来"
    write(waiting, "后到")
    assert read(holder) == "后到"


def test_reading_waits_for_nobody(office: Office) -> None:
    holder = office.set_up()
    other = office.open()
    write(holder, "以前")
    with holder.store.writing() as session:
        settings.put(session, "unit.mark", "还没有提交")
        session.flush()
        assert read(other) == "以前"
    assert read(other) == "还没有提交"


@pytest.mark.postgres
def test_a_connection_that_the_server_cut_is_said_in_words_and_the_next_write_goes_through(
    server_office: Office,
) -> None:
    desk = server_office.set_up()
    other = server_office.open()

    def cut_in_the_middle() -> None:
        with desk.store.writing() as session:
            settings.put(session, "unit.mark", "丢了")
            session.flush()
            with other.store.engine.connect() as connection:
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid()"
                )

    with pytest.raises(DatabaseUnreachable):
        cut_in_the_middle()
    write(desk, "接着写")
    assert read(desk) == "接着写"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://nobody@/none?host=/nowhere/at/all",
        "postgresql://127.0.0.1:1/none",
        "sqlite:///x.db",
        "mysql://x/y",
        "没有写地址",
    ],
)
def test_a_server_that_does_not_answer_or_is_none_leaves_no_folder(tmp_path: Path, address: str) -> None:
    place = Place(tmp_path / "数据", tmp_path / "state")
    with pytest.raises(DatabaseUnreachable) as refused:
        set_up(place, CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP, database=address)
    assert refused.value.facts["why"]
    assert not place.folder.exists()


@pytest.mark.postgres
def test_a_database_that_does_not_exist_is_unreachable(new_database: Callable[[], str], tmp_path: Path) -> None:
    address = new_database().replace("safetydesk_", "no_such_")
    with pytest.raises(DatabaseUnreachable):
        set_up(
            Place(tmp_path / "数据", tmp_path / "state"), CLERK, PASSPHRASE, Clock().wall(), kdf=CHEAP, database=address
        )


@pytest.mark.parametrize("mode", ["?sslmode=disable", "?sslmode=allow", "?sslmode=prefer"])
def test_a_server_on_another_machine_without_encryption_is_refused(mode: str) -> None:
    with pytest.raises(InsecureConnection) as refused:
        postgresql.checked_url(f"postgresql://clerk@db.example{'/safetydesk'}{mode}")
    assert refused.value.facts == {"host": "db.example"}


def test_a_server_on_another_machine_is_asked_for_encryption_even_if_nobody_said_so() -> None:
    assert postgresql.checked_url("postgresql://clerk@db.example/x").query["sslmode"] == "require"
    assert postgresql.checked_url("postgresql://c@db.example/x?sslmode=verify-full").query["sslmode"] == "verify-full"
    assert "sslmode" not in postgresql.checked_url("postgresql://c@localhost/x").query
