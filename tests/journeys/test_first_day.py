"""The first day of an officer: from an empty home to a printed notice, in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp

from safetydesk.workflows.folders import Place

from .conftest import Outside
from .day import ALIKE, names_in, pages_of, papers_in, text_of, unlike
from .person import Person

PHRASE = "lao wang jia de gou"
UNIT = "云溪镇应急管理办公室"
FACTORY = "样溪五金厂（示例）"


def sets_up(person: Person, unit: str = UNIT) -> None:
    """Who are you: an officer; unit, name, badge, passphrase twice; and in."""
    person.waits_for("开始使用")
    person.press("Enter")
    for words in (unit, "张例安", "YX-001", PHRASE, PHRASE):
        person.type(words)
        person.press("Enter")
    person.waits_until(lambda: person.program.frame is not None, "the desk never opened")
    person.settles()


def registers(person: Person, name: str = FACTORY, address: str = "样溪镇东路 8 号") -> None:
    person.press("Alt+2")
    person.settles()
    person.click("登记企业")
    person.waits_for_focus("企业名称")
    person.type(name)
    person.tabs_to("实际经营地址")
    person.type(address)
    person.press("Ctrl+Enter")
    person.settles()


def test_from_an_empty_home_to_the_printed_notice(
    begin: Callable[[Place], Person], place: Place, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFETYDESK_DATA", str(place.folder))
    person = begin(place)
    sets_up(person)
    assert person.sees("今日")
    registers(person)
    assert names_in(place, PHRASE) == [FACTORY]
    start_a_check(person)
    fail_one_with_a_photo(person, outside)
    finish_and_print(person, outside)
    (paper,) = papers_in(place, PHRASE)
    text = text_of(paper.pdf)
    for words in (paper.number, FACTORY, UNIT, "张例安", "污水站调节池"):
        assert words.replace(" ", "") in text
    assert paper.photos == paper.hazards == 1
    front, photos = pages_of(outside.sheets[0].read_bytes())
    for sheet, sealed in zip((front, photos), pages_of(paper.pdf), strict=True):
        assert unlike(sheet, sealed) < ALIKE
    (code,) = zxingcpp.read_barcodes(front)
    assert paper.number in code.text


def start_a_check(person: Person) -> None:
    person.press("Alt+3")
    person.waits_for_focus("找企业")
    person.type("yxwjc")
    person.waits_for(FACTORY)
    person.press("Enter")
    person.waits_for_focus("开始检查")
    person.press("Enter")
    person.waits_for_focus("第 1 项：")


def fail_one_with_a_photo(person: Person, outside: Outside) -> None:
    person.press("1", "2")
    person.waits_for_focus("部位")
    person.type("污水站调节池")
    outside.chosen = outside.photos(1)
    person.press("Alt+P")
    person.waits_for("照片 1")
    person.press("Enter")
    person.waits_for("本次问题 1")


def finish_and_print(person: Person, outside: Outside) -> None:
    person.press("Ctrl+Enter")
    person.waits_for_focus("结束并出文书")
    person.press("Enter")
    person.waits_for("第 1 页")
    person.settles()
    person.click("签发并打印")
    person.click("签发并取号")
    person.waits_until(lambda: outside.sheets and outside.sheets[0].exists(), "nothing was printed")
    person.settles()
    person.waits_for("登记送达")
