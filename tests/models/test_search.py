"""Finding by a piece of text, alike on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from safetydesk.models.dialect import postings, search, search_index
from safetydesk.models.dialect.search_index import SearchText
from safetydesk.models.tables import EnterpriseSearch, SearchGram
from safetydesk.workflows.desk import Desk

TEXTS = {
    UUID(int=1): SearchText(["样溪铸造厂"], ["yxzzc"], ["91000000MB00000011"], ["王示例", "wsl", "13800001234"]),
    UUID(int=2): SearchText(
        ["样溪木器厂", "木器"], ["yxmqc", "mq"], [], ["50%_off", "李示例", "lsl", "样溪铸造路 8 号"]
    ),
    UUID(int=3): SearchText(["石桥纺织厂"], ["sqfzc"], [], ["a\\b", "样溪村", "0512-66666666"]),
}
"""Three enterprises; the second lies in a street that is named as the first."""

WORDS = st.text(alphabet="样溪铸造厂 a1b6（%", max_size=7)
LINES = st.lists(st.text(alphabet="样溪铸造厂ab16（%", max_size=8), max_size=3)
ENTRIES = st.lists(st.builds(SearchText, LINES, LINES, LINES, LINES), max_size=8)


@pytest.fixture
def session(shared_desk: Desk) -> Iterator[Session]:
    """A transaction with the texts in it, that is rolled back."""
    with shared_desk.store.writing() as session:
        search_index.put(session, TEXTS)
        yield session
        session.rollback()


@pytest.fixture
def empty(shared_desk: Desk) -> Iterator[Session]:
    with shared_desk.store.writing() as session:
        yield session
        session.rollback()


def found(session: Session, *words: str, limit: int = 10) -> list[int]:
    return [one.int for one in search.find(session, words, limit)]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["铸造"], [1, 2]),
        (["样"], [1, 2, 3]),
        (["样溪", "李示例"], [2]),
        (["样溪铸造路"], [2]),
        (["YXZZC"], [1]),
        (["ＹＸＺＺＣ"], [1]),
        (["1"], [1, 3]),
        (["12"], [1, 3]),
        (["1234"], [1]),
        (["91000000MB"], [1]),
        (["66666666"], [3]),
        (["666666666"], []),
        (["8号"], []),
        (["8", "号"], [2]),
        (["没有的"], []),
        (["%"], [2]),
        (["_"], [2]),
        (["\\"], [3]),
        (["'"], []),
        (["厂\n样"], [1, 2, 3]),
        (["示例wsl"], []),
    ],
)
def test_every_word_must_be_there_and_none_is_a_pattern(session: Session, words: list[str], ids: list[int]) -> None:
    assert sorted(found(session, *words)) == ids


ODD = ('"', "'; DROP TABLE enterprise; --", "NEAR(样 溪)", "样*", "-样", "😀", "样" * 10_000, "\0", "\ud800", "(")


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_whatever_is_typed_is_only_looked_for(session: Session, text: str) -> None:
    assert found(session, text) == []
    assert [one.int for one in search.matching(session, [text])] == []


def test_a_word_typed_a_thousand_times_is_one_word(session: Session) -> None:
    assert found(session, "y " * 5_000) == [1, 2]


def test_nothing_typed_names_them_in_their_order(session: Session) -> None:
    assert found(session, limit=2) == [1, 2]
    assert found(session, " ") == [1, 2, 3]


@pytest.mark.parametrize(
    ("word", "ids"),
    [("样溪", [1, 2, 3]), ("铸造", [1, 2]), ("木器", [2]), ("厂", [1, 2, 3])],
)
def test_a_name_that_begins_with_it_comes_before_one_that_holds_it_and_that_before_the_rest(
    session: Session, word: str, ids: list[int]
) -> None:
    search_index.put(session, {UUID(int=4): SearchText(["木木器行"], ["mmqh"])})
    assert [one for one in found(session, word) if one != 4] == ids


def test_names_come_before_initials_and_initials_before_the_rest(empty: Session) -> None:
    texts = {
        UUID(int=1): SearchText(["甲"], rest=["mq"]),
        UUID(int=2): SearchText(["乙"], ["ymq"]),
        UUID(int=3): SearchText(["丙"], ["mqc"]),
        UUID(int=4): SearchText(["新mq店"], ["xmqd"]),
        UUID(int=5): SearchText(["mq店"], ["mqd"]),
    }
    search_index.put(empty, texts)
    assert found(empty, "mq") == [5, 4, 3, 2, 1]
    assert found(empty, "mq", limit=3) == [5, 4, 3]


def test_with_several_words_all_of_them_rank(empty: Session) -> None:
    search_index.put(
        empty, {UUID(int=1): SearchText(["样溪厂"], rest=["木器"]), UUID(int=2): SearchText(["样溪木器厂"])}
    )
    assert found(empty, "样溪", "木器") == [2, 1]


def test_no_more_than_asked_for(session: Session) -> None:
    assert found(session, "样溪", limit=2) == [1, 2]
    assert found(session, "样溪", limit=0) == []


def test_what_is_put_again_replaces_what_was_there(session: Session) -> None:
    search_index.put(session, {UUID(int=1): SearchText(["改名厂"])})
    assert found(session, "铸造厂") == []
    assert found(session, "yxzzc") == []
    assert found(session, "改名") == [1]


def test_what_is_taken_out_leaves_nothing_behind(session: Session) -> None:
    search_index.put(session, dict.fromkeys(TEXTS))
    assert found(session) == []
    assert session.scalar(select(func.count()).select_from(SearchGram)) == 0
    assert session.scalar(select(func.count()).select_from(EnterpriseSearch)) == 0


def test_putting_the_same_again_writes_nothing(session: Session) -> None:
    before = session.execute(select(SearchGram.key, SearchGram.lines).order_by(SearchGram.key)).all()
    search_index.put(session, TEXTS)
    assert session.execute(select(SearchGram.key, SearchGram.lines).order_by(SearchGram.key)).all() == before


def test_those_of_several_blocks_are_all_found(empty: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "BLOCK", 64)
    monkeypatch.setattr(postings, "_BYTES", 8)
    search_index.add_new(empty, ((UUID(int=at), SearchText([f"第{at}号厂"])) for at in range(100, 1_100)))
    assert found(empty, "第1099号") == [1099]
    assert found(empty, "109", limit=20) == [109, *range(1090, 1100)]
    assert found(empty, "号厂", limit=1_000) == list(range(100, 1_100))


@pytest.mark.parametrize("word", ["厂", "号", "第1", "5", "999", "第99"])
def test_entered_at_once_or_one_by_one_is_the_same(empty: Session, word: str) -> None:
    texts = {UUID(int=at): SearchText([f"第{at}号厂"], rest=[str(at % 7)]) for at in range(1, 400)}
    search_index.add_new(empty, texts.items())
    at_once = found(empty, word, limit=500)
    search_index.put(empty, dict.fromkeys(texts))
    for one, text in list(texts.items())[:30]:
        search_index.put(empty, {one: text})
    search_index.put(empty, texts)
    assert found(empty, word, limit=500) == at_once


@given(ENTRIES, ENTRIES, st.lists(WORDS, min_size=1, max_size=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_it_finds_what_reading_everything_would_find(
    empty: Session, first: list[SearchText], then: list[SearchText], typed: list[str]
) -> None:
    for texts in (first, then):
        put = {UUID(int=at): text for at, text in enumerate(texts, start=1)}
        search_index.put(empty, dict.fromkeys(UUID(int=at) for at in range(1, 9)) | put)
        words = "".join(f" {word}" for word in typed).lower().split()
        read = [(place, one) for one, text in put.items() if (place := _place(text, words)) is not None]
        order = dict(empty.execute(select(EnterpriseSearch.enterprise_id, EnterpriseSearch.number)).all())
        expected = [one.int for _, one in sorted(read, key=lambda pair: (pair[0], order[pair[1]]))]
        assert found(empty, *typed) == expected
        assert sorted(one.int for one in search.matching(empty, typed)) == sorted(expected)


def _place(text: SearchText, words: list[str]) -> int | None:
    """The sum of where the words stand, by reading; none where one is missing."""
    total = 0
    for word in words:
        lines = [
            [line.replace("（", "(") for line in part] for part in (text.names, text.initials, text.codes, text.rest)
        ]
        word = word.replace("（", "(")
        places = [
            any(line.startswith(word) for line in lines[0]),
            any(word in line for line in lines[0]),
            any(line.startswith(word) for line in lines[1]),
            any(word in line for line in lines[1]),
            any(word in line for line in lines[2] + lines[3]),
        ]
        if True not in places:
            return None
        total += places.index(True)
    return total
