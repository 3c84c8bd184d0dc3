"""Templates that somebody brings along: broken ones are refused with the place, hostile ones before they cost anything."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetydesk.catalog import reader
from safetydesk.catalog.checklists import MAX_PROBLEMS, load_checklist, validate_checklist
from safetydesk.catalog.errors import BadTemplate, BrokenReference, CatalogError, Fault, Reference

HEAD = """\
id: own
title: 自编检查表
version: "1"
sections:
  - {key: a, title: 甲}
items:
"""
ITEM = """\
  - id: ZZ-01
    section: a
    text: 看什么
    look: 怎么看
    how: [see, measure]
    basis:
      - {law: mem-13, article: 5.10, verified: true}
    major:
      - {criterion: MH-13-02, when: alone, verified: true}
    finding: 不符合。
    measure: 改正。
    days: 3
    limits:
      - {gas: o2, name: 氧, unit: "%VOL", min: 19.5, max: 23.5, verified: true}
    verified: true
"""
GOOD = HEAD + ITEM


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "安监办 模板"
    path.mkdir()
    return path


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "外来 模板.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fault_of(path: Path) -> BadTemplate:
    validation = validate_checklist(path)
    assert validation.problems, "was accepted"
    problem = validation.problems[0]
    assert isinstance(problem, BadTemplate), problem
    assert problem.facts["file"] == "外来 模板.yaml", "names the file, not the folder of this computer"
    return problem


def test_a_good_template_is_taken_and_its_article_stays_as_written(folder: Path) -> None:
    checklist = load_checklist(write(folder, GOOD))
    assert checklist.items[0].basis[0].article == "5.10", "not the number 5.1"
    assert checklist.items[0].limits[0].minimum == 19.5
    assert checklist.items[0].days == 3


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    plain = load_checklist(write(folder, GOOD))
    assert load_checklist(write(folder, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())) == plain


def test_a_text_folded_over_two_lines_has_no_blank_between_chinese_characters(folder: Path) -> None:
    folded = GOOD.replace("look: 怎么看", "look: >-\n      先看门口，\n      再看 GB\n      15577")
    assert load_checklist(write(folder, folded)).items[0].look == "先看门口，再看 GB 15577"


BROKEN = [
    ("days: 3", "days: 三天", Fault.WRONG_TYPE, "items[0].days", 18),
    ("days: 3", "days: -1", Fault.OUT_OF_RANGE, "items[0].days", 18),
    ("days: 3", "day: 3", Fault.UNKNOWN_FIELD, "items[0].day", 18),
    ("    text: 看什么\n", "", Fault.MISSING_FIELD, "items[0].text", 7),
    (
        "verified: true}\n    finding",
        "verifed: true}\n    finding",
        Fault.UNKNOWN_FIELD,
        "items[0].major[0].verifed",
        15,
    ),
    ("    verified: true\n", "    verified: yes\n", Fault.WRONG_TYPE, "items[0].verified", 21),
    ("how: [see, measure]", "how: [smell]", Fault.UNKNOWN_VALUE, "items[0].how[0]", 11),
    ("how: [see, measure]", "how: []", Fault.OUT_OF_RANGE, "items[0].how", 11),
    ("id: ZZ-01", "id: zz-1", Fault.WRONG_SHAPE, "items[0].id", 7),
    ("text: 看什么", "text: ''", Fault.OUT_OF_RANGE, "items[0].text", 9),
    ("text: 看什么", "text: null", Fault.WRONG_TYPE, "items[0].text", 9),
    ("text: 看什么", "text: [看, 什么]", Fault.WRONG_TYPE, "items[0].text", 9),
    ("min: 19.5", "min: .nan", Fault.WRONG_TYPE, "items[0].limits[0].min", 20),
    ("min: 19.5", "min: nan", Fault.NOT_FINITE, "items[0].limits[0].min", 20),
    ("min: 19.5", "min: -inf", Fault.NOT_FINITE, "items[0].limits[0].min", 20),
    ("min: 19.5, max: 23.5, ", "", Fault.NO_BOUND, "ZZ-01.limits[0].max", 20),
    ('"%VOL"', "勺", Fault.UNKNOWN_UNIT, "ZZ-01.limits[0].unit", 20),
    ("when: alone", "when: depends", Fault.PREMISE_MISSING, "ZZ-01.major[0].premise", 15),
    ("when: alone", "when: together", Fault.WITH_MISSING, "ZZ-01.major[0].with", 15),
    ("when: alone", "when: alone, with: [ZZ-01]", Fault.WITH_UNEXPECTED, "ZZ-01.major[0].with", 15),
    ("finding: 不符合。", "finding: 〔部位〕缺少〔装备〕。", Fault.BARE_MISSING, "ZZ-01.bare", 7),
    ("finding: 不符合。", "finding: 缺少〔装备〕。\n    bare: 缺〔装备〕。", Fault.GAP_IN_BARE, "ZZ-01.bare", 17),
    ("finding: 不符合。", "finding: 缺少〔装备。", Fault.GAP_NOT_CLOSED, "ZZ-01.finding", 16),
    ("finding: 不符合。", "finding: 缺少〔〕。", Fault.GAP_NOT_CLOSED, "ZZ-01.finding", 16),
]


@pytest.mark.parametrize(("old", "new", "what", "where", "line"), BROKEN)
def test_a_broken_template_is_refused_with_its_place(
    folder: Path, old: str, new: str, what: Fault, where: str, line: int
) -> None:
    assert GOOD.count(old) == 1
    problems = validate_checklist(write(folder, GOOD.replace(old, new))).problems
    found = next(p for p in problems if isinstance(p, BadTemplate))
    assert (found.what, found.where, found.line) == (what, where, line)


REFERENCES = [
    ("law: mem-13", "law: mem-99", Reference.LAW, "mem-99"),
    ("MH-13-02", "MH-13-09", Reference.CRITERION, "MH-13-09"),
    ("when: alone", "when: together, with: [ZZ-07]", Reference.ITEM, "ZZ-07"),
    ("when: alone", "when: together, with: [ZZ-01]", Reference.ITEM, "ZZ-01"),
    ("section: a", "section: b", Reference.SECTION, "b"),
    ("min: 19.5", "min: 29.5", Reference.INVERTED_LIMIT, "o2 29.5 > 23.5"),
    ("{key: a, title: 甲}", "{key: a, title: 甲}\n  - {key: a, title: 乙}", Reference.DUPLICATE_SECTION, "a"),
]


@pytest.mark.parametrize(("old", "new", "kind", "key"), REFERENCES)
def test_a_reference_into_nothing_is_refused(folder: Path, old: str, new: str, kind: Reference, key: str) -> None:
    path = write(folder, GOOD.replace(old, new, 1))
    problems = validate_checklist(path).problems
    assert [(p.kind, p.key) for p in problems if isinstance(p, BrokenReference)] == [(kind, key)]
    with pytest.raises(CatalogError):
        load_checklist(path)


@pytest.mark.parametrize(
    "wording",
    [
        "finding: 〔部位〕没有围栏。",
        "finding: 缺少〔装备〕。\n    bare: 装备不齐。",
        "finding: 不符合。\n    bare: 不符合。",
    ],
)
def test_a_sentence_that_can_be_printed_as_it_stands_is_taken(folder: Path, wording: str) -> None:
    assert validate_checklist(write(folder, GOOD.replace("finding: 不符合。", wording))).ok


def test_a_doubled_item_is_refused_and_all_problems_are_told_at_once(folder: Path) -> None:
    problems = validate_checklist(write(folder, GOOD + ITEM.replace("law: mem-13", "law: nowhere"))).problems
    assert {(p.facts["kind"], p.facts["line"]) for p in problems} == {
        (Reference.DUPLICATE_ITEM, 22),
        (Reference.LAW, 28),
    }


def test_a_thousand_problems_are_told_as_two_hundred(folder: Path) -> None:
    items = "".join(ITEM.replace("ZZ-01", f"ZZ-{n:03d}").replace("law: mem-13", "law: nowhere") for n in range(400))
    assert len(validate_checklist(write(folder, HEAD + items)).problems) == MAX_PROBLEMS


def test_a_doubled_field_is_refused(folder: Path) -> None:
    found = fault_of(write(folder, GOOD.replace("    days: 3\n", "    days: 3\n    days: 30\n")))
    assert (found.what, found.facts["got"], found.line) == (Fault.DUPLICATE_KEY, "days", 19)


BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n"
HOSTILE = [
    (BOMB, Fault.ALIAS),
    (GOOD.replace("看什么", "*nothing"), Fault.ALIAS),
    (GOOD.replace("看什么", "&mark 看什么"), Fault.ALIAS),
    (GOOD.replace("看什么", "!!python/object/apply:os.system [echo]"), Fault.TAG),
    (GOOD.replace("看什么", "!!str 看什么"), Fault.TAG),
    ("!!python/object/new:os.system {}\n", Fault.TAG),
    ("[" * 100_000, Fault.TOO_DEEP),
    ("{a: " * 100_000, Fault.TOO_DEEP),
    ("- " * 100_000, Fault.TOO_DEEP),
    ("".join("  " * i + f"k{i}:\n" for i in range(400)), Fault.TOO_DEEP),
    ("[" + "x," * 100_000 + "]", Fault.TOO_MANY_VALUES),
    (GOOD.replace("看什么", "看" * 3_000), Fault.TOO_LONG),
    (GOOD.replace("看什么", "看" * 400), Fault.OUT_OF_RANGE),
    (GOOD.replace("看什么", '"看\\u202e什么"'), Fault.CONTROL_CHARACTER),
    (GOOD.replace("看什么", '"看\\0什么"'), Fault.CONTROL_CHARACTER),
    (GOOD.replace("看什么", '"看\\n什么"'), Fault.CONTROL_CHARACTER),
    (GOOD.encode() + b"\x00", Fault.NOT_YAML),
    (GOOD.encode("gb18030"), Fault.NOT_UTF8),
    (GOOD + "---\nid: second\n", Fault.SEVERAL_DOCUMENTS),
    ("", Fault.EMPTY),
    ("# nur\n---\n", Fault.EMPTY),
    ("? [a, b]\n: c\n", Fault.BAD_KEY),
    ("a: [1, 2\nb: 3\n", Fault.NOT_YAML),
    ("a: b\n\tc: d\n", Fault.NOT_YAML),
    ("%YAML 1.1\n---\nid: x\n", Fault.DIRECTIVE),
    ("".join(f"%TAG !a{i}! tag:x{i}\n" for i in range(40_000)) + "---\na\n", Fault.DIRECTIVE),
    (GOOD + "...\r%TAG ! tag:x\n---\n", Fault.DIRECTIVE),
    ("PK\x03\x04", Fault.NOT_YAML),
    ("- a\n", Fault.WRONG_TYPE),
    ("<<: {id: x}\n" + GOOD, Fault.UNKNOWN_FIELD),
    ("'a", Fault.NOT_YAML),
]


@pytest.mark.parametrize(("text", "what"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_refused_for_what_it_is(folder: Path, text: str | bytes, what: Fault) -> None:
    assert fault_of(write(folder, text)).what is what


def test_fifty_megabytes_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "外来 模板.yaml"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    monkeypatch.setattr(reader, "parse", lambda *_: pytest.fail("was parsed"))
    assert fault_of(path).what is Fault.TOO_LARGE


def test_a_bomb_stops_the_parser_at_its_first_anchor() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 10_000))
    with pytest.raises(BadTemplate) as refused:
        reader.parse(text.encode(), "bomb")
    assert (refused.value.what, refused.value.line) == (Fault.ALIAS, 1)


def test_a_folder_a_pipe_and_nothing_are_no_templates(folder: Path) -> None:
    assert validate_checklist(folder).problems[0].facts["what"] in (Fault.NOT_A_FILE, Fault.UNREADABLE)
    assert validate_checklist(folder / "没有").problems[0].facts["what"] is Fault.UNREADABLE
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "管道.yaml")
        assert validate_checklist(folder / "管道.yaml").problems[0].facts["what"] is Fault.NOT_A_FILE


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="[]{}:,-&*!?|>'\"%@` \n\tab看~#0", max_size=120)))
def test_whatever_comes_the_reader_gives_values_or_a_typed_error(text: bytes | str) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    try:
        value = reader.parse(data, "x")
    except BadTemplate:
        return
    assert isinstance(value, str | list | dict)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD.encode()) - 1), st.integers(0, 255))
def test_one_wrong_byte_never_makes_more_than_a_typed_error(position: int, byte: int) -> None:
    data = bytearray(GOOD.encode())
    data[position] = byte
    with suppress(BadTemplate):
        assert isinstance(reader.parse(bytes(data), "x"), str | list | dict)
