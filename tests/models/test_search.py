"""Finding by a piece of text, alike on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from safetydesk.models.dialect import search
from safetydesk.workflows.desk import Desk

TEXTS = {
    UUID(int=1): "样溪铸造厂 yxzzc 91000000mb00000011 王示例",
    UUID(int=2): "样溪木器厂 yxmqc 50%_off 李示例",
    UUID(int=3): "石桥纺织厂 sqfzc a\\b 样溪村",
}


@pytest.fixture
def session(shared_desk: Desk) -> Iterator[Session]:
    """A transaction with the texts in it, that is rolled back."""
    with shared_desk.store.writing() as session:
        search.put(session, TEXTS)
        yield session
        session.rollback()


def found(session: Session, *words: str, limit: int = 10) -> list[int]:
    return [one.int for one in search.find(session, words, limit)]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["铸造"], [1]),
        (["样溪"], [1, 2, 3]),
        (["样溪", "李示例"], [2]),
        (["YXZZC"], [1]),
        (["91000000MB"], [1]),
        (["没有的"], []),
        (["%"], [2]),
        (["_"], [2]),
        (["\\"], [3]),
        (["'"], []),
    ],
)
def test_every_word_must_be_there_and_none_is_a_pattern(session: Session, words: list[str], ids: list[int]) -> None:
    assert sorted(found(session, *words)) == ids


def test_where_the_word_stands_foremost_comes_first(session: Session) -> None:
    assert found(session, "样溪")[-1] == 3


def test_no_more_than_asked_for(session: Session) -> None:
    assert len(found(session, "样溪", limit=2)) == 2


def test_what_is_put_again_replaces_what_was_there(session: Session) -> None:
    search.put(session, {UUID(int=1): "改名厂"})
    assert found(session, "铸造") == []
    assert found(session, "改名") == [1]


def test_a_thousand_at_once_are_all_found(session: Session) -> None:
    search.put(session, {UUID(int=at): f"第{at}号厂" for at in range(100, 1_700)})
    assert found(session, "第1699号") == [1699]
