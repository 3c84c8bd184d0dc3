"""The search box over everything."""

from __future__ import annotations

from datetime import date

import pytest
from office_steps import add, credit_code, failed, hazards_of, issue, start, visit

from safetydesk.domain.kinds import Level
from safetydesk.workflows import global_search
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.global_search import MOST_ENTERPRISES, MOST_OTHERS, FoundGroup, FoundKind, FoundRow, marks

ON = date(2026, 11, 21)


def found(desk: Desk, text: str) -> dict[FoundKind, FoundGroup]:
    with desk.store.reading() as session:
        return {group.kind: group for group in global_search.find(session, ON, text)}


def titles(desk: Desk, text: str, kind: FoundKind) -> list[str]:
    groups = found(desk, text)
    return [row.title for row in groups[kind].rows] if kind in groups else []


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A dyeing works with two findings on paper, a saw mill with a check that was begun."""
    dye = add(
        desk, "样溪知秋印染有限公司（示例）", 1, village="样岭村", principal="陈样示", phone="13800001234", risk="红"
    )
    saw = add(desk, "样溪宏图木业有限公司（示例）", 2, village="样新社区", address="南环路 8 号")
    finished = visit(desk, dye, failed("CS-03", note="调节池没有警示标志"), failed("CS-05", note="人孔盖板移开"))
    issue(desk, finished)
    start(desk, saw)
    return desk


def test_a_name_leads_to_the_enterprise_and_what_hangs_off_it(busy: Desk) -> None:
    groups = found(busy, "印染")
    assert [row.title for row in groups[FoundKind.ENTERPRISE].rows] == ["样溪知秋印染有限公司（示例）"]
    assert len(groups[FoundKind.HAZARD].rows) == 2
    assert [row.note for row in groups[FoundKind.PAPER].rows] == ["限期整改意见书 · 样溪知秋印染有限公司（示例）"]
    assert FoundKind.INSPECTION not in groups


def test_groups_come_in_one_order(busy: Desk) -> None:
    assert list(found(busy, "样溪")) == list(FoundKind)


def test_a_check_that_was_begun_is_found_by_its_enterprise(busy: Desk) -> None:
    (row,) = found(busy, "宏图")[FoundKind.INSPECTION].rows
    assert (row.title, row.on) == ("样溪宏图木业有限公司（示例）", ON)
    assert row.note.endswith("日常检查")


def test_a_hazard_is_found_by_its_own_words_and_by_both(busy: Desk) -> None:
    (row,) = found(busy, "盖板")[FoundKind.HAZARD].rows
    assert "盖板" in row.title
    assert row.level in Level
    assert row.days_left is not None
    assert titles(busy, "盖板 知秋", FoundKind.HAZARD) == [row.title]
    assert titles(busy, "盖板 宏图", FoundKind.HAZARD) == []
    assert len(titles(busy, "cs-03", FoundKind.HAZARD)) == 1


def test_hazards_that_ended_come_after_the_open_ones(desk: Desk) -> None:
    from safetydesk.models.tables import Hazard
    from safetydesk.workflows import hazards

    works = add(desk, "样溪木器厂（示例）", 1)
    inspection = visit(desk, works, failed("CS-03", note="没有标志"), failed("CS-05", note="没有盖板"))
    first = hazards_of(desk, inspection)["CS-03"]
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, first.id), "看错了")
    rows = found(desk, "木器")[FoundKind.HAZARD].rows
    assert [row.days_left is None for row in rows] == [False, True]
    assert rows[1].key == first.id


def paper_number(desk: Desk) -> str:
    (number,) = titles(desk, "知秋", FoundKind.PAPER)
    return number


def test_a_paper_is_found_by_parts_of_its_number_however_its_brackets_are_typed(busy: Desk) -> None:
    number = paper_number(busy)
    plain = number.translate(str.maketrans("", "", "（）〔〕"))
    typed = [
        number,
        number.translate(str.maketrans("（）〔〕", "()[]")),
        number.translate(str.maketrans("（）〔〕", "()【】")),
        plain,
        plain.lower(),
        plain[2:10],
        "应急整改 2026",
        "[2026]",
        number[-4:],
    ]
    assert [text for text in typed if titles(busy, text, FoundKind.PAPER) != [number]] == []


def test_a_paper_is_found_by_number_and_enterprise_together(busy: Desk) -> None:
    assert titles(busy, "整改〔2026〕 知秋", FoundKind.PAPER) == [paper_number(busy)]
    assert titles(busy, "整改〔2026〕 宏图", FoundKind.PAPER) == []
    assert titles(busy, "整改〔2025〕 知秋", FoundKind.PAPER) == []


def test_where_the_words_stand_is_marked(busy: Desk) -> None:
    (row,) = found(busy, "印染")[FoundKind.ENTERPRISE].rows
    assert [row.title[start:end] for start, end in row.title_marks] == ["印染"]
    (row,) = found(busy, "1234")[FoundKind.ENTERPRISE].rows
    assert row.note == "样岭村 · 联系电话 13800001234"
    assert [row.note[start:end] for start, end in row.note_marks] == ["1234"]
    (row,) = found(busy, credit_code(1)[-6:].lower())[FoundKind.ENTERPRISE].rows
    assert credit_code(1) in row.note


def test_what_was_typed_by_initials_is_marked_in_the_name(busy: Desk) -> None:
    (row,) = found(busy, "zqyr")[FoundKind.ENTERPRISE].rows
    assert [row.title[start:end] for start, end in row.title_marks] == ["知秋印染"]
    (row,) = found(busy, "gssl")[FoundKind.ENTERPRISE].rows[:1]
    assert [row.title[start:end] for start, end in row.title_marks] == ["公司（示例"]


def test_marks_pass_over_brackets_and_find_full_width_letters() -> None:
    assert marks("（样）应急〔2026〕3号", ["样应急2026"], passed_over="（）〔〕") == ((1, 10),)
    assert marks("ＡＢ厂", ["ab"]) == ((0, 2),)
    assert marks("厂", ["没有", ""]) == ()


def test_groups_are_short_and_say_that_there_is_more(desk: Desk) -> None:
    for number in range(MOST_ENTERPRISES + 2):
        works = add(desk, f"样溪第{number}木器厂（示例）", number)
        start(desk, works)
    groups = found(desk, "木器")
    assert (len(groups[FoundKind.ENTERPRISE].rows), groups[FoundKind.ENTERPRISE].has_more) == (MOST_ENTERPRISES, True)
    assert (len(groups[FoundKind.INSPECTION].rows), groups[FoundKind.INSPECTION].has_more) == (MOST_OTHERS, True)
    assert not found(desk, "第3木器")[FoundKind.ENTERPRISE].has_more


def test_one_letter_or_digit_looks_among_enterprises_only(busy: Desk) -> None:
    assert list(found(busy, "1")) == [FoundKind.ENTERPRISE]
    assert FoundKind.HAZARD in found(busy, "盖")


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_nothing_typed_finds_nothing(busy: Desk, text: str) -> None:
    assert found(busy, text) == {}


@pytest.mark.parametrize("text", ["没有的", "'; --", "%", "\\", "\0", "\ud800", "样" * 9_999, "（）", "()", "*"])
def test_odd_text_finds_nothing_and_does_no_harm(desk: Desk, text: str) -> None:
    add(desk, "样溪木器厂", 1)
    assert found(desk, text) == {}


def test_rows_know_how_they_look(busy: Desk) -> None:
    (row,) = found(busy, "知秋")[FoundKind.ENTERPRISE].rows
    assert isinstance(row, FoundRow)
    assert row.risk == "红"
