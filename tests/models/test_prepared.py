"""Statements that go past SQLAlchemy give what it would give."""

from __future__ import annotations

import subprocess
import sys
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select

from safetydesk.domain.ids import new_id
from safetydesk.models.dialect.prepared import Prepared
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import enterprises
from safetydesk.workflows.desk import Desk

BY_ID = (
    select(Enterprise.id, Enterprise.name, Enterprise.headcount.label("people"))
    .where(Enterprise.id.in_(bindparam("ids", expanding=True)), Enterprise.name.like(bindparam("like")))
    .where(Enterprise.address == "样溪路1号")
    .order_by(Enterprise.name)
    .limit(9)
)


def add(desk: Desk, count: int) -> list[UUID]:
    with desk.store.writing() as session:
        return [
            enterprises.add(session, desk, {"name": f"样溪{at}厂", "address": "样溪路1号", "headcount": at})
            for at in range(count)
        ]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 9])
def test_a_list_may_have_any_length(desk: Desk, count: int) -> None:
    ids = add(desk, 9)[:count]
    prepared = Prepared(BY_ID)
    with desk.store.reading() as session:
        for _ in range(2):
            found = prepared.all(session, {"ids": ids, "like": "样溪%"})
            assert [(row.id, row.name, row.people) for row in found] == [
                (one, f"样溪{at}厂", at) for at, one in enumerate(ids)
            ]
        assert prepared.all(session, {"ids": ids, "like": "别处%"}) == []


def test_what_is_not_there_is_not_found_and_one_twice_comes_once(desk: Desk) -> None:
    (one,) = add(desk, 1)
    with desk.store.reading() as session:
        found = Prepared(BY_ID).all(session, {"ids": [one, one, new_id(desk.now())], "like": "%"})
    assert [row.id for row in found] == [one]


def test_what_waits_to_be_written_is_found(desk: Desk) -> None:
    with desk.store.writing() as session:
        one = enterprises.add(session, desk, {"name": "样溪厂", "address": "样溪路1号"})
        session.get_one(Enterprise, one).headcount = 7
        assert Prepared(BY_ID).all(session, {"ids": [one], "like": "%"})[0].people == 7


def test_opening_loads_neither_asyncio_nor_tls_and_asyncio_works_all_the_same() -> None:
    said = """
import sys
from safetydesk.workflows.loading import load
load()
print(sorted({"asyncio", "ssl", "sqlite3"} & set(sys.modules)))
from sqlalchemy.util.concurrency import is_exit_exception
import asyncio
print(is_exit_exception(asyncio.CancelledError()), is_exit_exception(ValueError()), asyncio.run(asyncio.sleep(0, 7)))
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True False 7"]
