"""Finding an enterprise by a piece of anything it is known by."""

from __future__ import annotations

from uuid import UUID

import pytest
from office_steps import add, credit_code, edit, import_ledger

from safetydesk.models.tables import Enterprise
from safetydesk.workflows import searching
from safetydesk.workflows.desk import Desk


def found(desk: Desk, text: str, limit: int = 20) -> list[str]:
    with desk.store.reading() as session:
        return [row.name for row in searching.find(session, text, limit)]


@pytest.fixture
def searched(desk: Desk) -> Desk:
    add(desk, "样溪宏图木业有限公司（示例）", 1, village="样岭村", principal="陈样示", phone="13800001234")
    add(desk, "样溪长安铸造厂（示例）", 2, village="样新社区", legal_person="周示例", address="南环路 8 号")
    add(desk, "样溪50%折扣_仓储（示例）", 3)
    return desk


PIECES = (
    *("宏图", "样溪宏图木业有限公司（示例）", "yxht", "HTMY", credit_code(1)[-5:], credit_code(1).lower()),
    *("1234", "陈样示", "cys", "样岭", "样岭 宏图", "宏图　陈"),
)


def test_a_piece_of_name_initials_code_phone_person_or_village_finds_it(searched: Desk) -> None:
    assert [text for text in PIECES if found(searched, text) != ["样溪宏图木业有限公司（示例）"]] == []


def test_wildcards_of_the_database_are_plain_characters(searched: Desk) -> None:
    expected = {"%": 1, "_": 1, "50%": 1, "%折": 1, "样%木": 0, "\\": 0, "'": 0}
    assert {text: len(found(searched, text)) for text in expected} == expected


def test_every_word_has_to_fit(searched: Desk) -> None:
    assert found(searched, "样岭 长安") == []
    assert found(searched, "南环路 周") == ["样溪长安铸造厂（示例）"]


def test_what_begins_with_the_text_stands_before_what_merely_holds_it(desk: Desk) -> None:
    add(desk, "样溪铸造二厂（示例）", 1)
    add(desk, "铸造样溪一厂（示例）", 2)
    assert found(desk, "铸造") == ["铸造样溪一厂（示例）", "样溪铸造二厂（示例）"]


def test_a_changed_name_is_found_and_the_old_one_is_not(searched: Desk) -> None:
    with searched.store.reading() as session:
        (row,) = searching.find(session, "长安")
    edit(searched, row.id, "name=样溪永固铸造厂（示例）")
    assert found(searched, "长安") == []
    assert found(searched, "永固") == ["样溪永固铸造厂（示例）"]


def test_imported_enterprises_are_found_like_entered_ones(desk: Desk) -> None:
    import_ledger(desk)
    assert found(desk, "6133") == ["样溪知秋印染有限公司（示例）"]
    assert len(found(desk, "样溪", 500)) == 120
    assert len(found(desk, "样溪")) == 20


def test_a_voided_enterprise_is_found_no_more(searched: Desk) -> None:
    with searched.store.writing() as session:
        (row,) = searching.find(session, "长安")
        session.get_one(Enterprise, row.id).voided_at = searched.now()
    assert found(searched, "长安") == []


def test_the_officer_who_keeps_it_is_shown(searched: Desk) -> None:
    with searched.store.reading() as session:
        (row,) = searching.find(session, "长安")
    edit(searched, row.id, "officer=赵示例")
    with searched.store.reading() as session:
        (row,) = searching.find(session, "长安")
        assert (row.officer, type(row.id)) == ("赵示例", UUID)
