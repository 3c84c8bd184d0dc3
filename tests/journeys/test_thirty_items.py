"""30 items, 5 findings, 5 photos, 4 readings, from 今日 to the printed notice: what it costs the person and the machine.

Run it alone to see the figures: `python -m pytest tests/journeys/test_thirty_items.py -s -q`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pypdfium2
import pytest
from conftest import PASSPHRASE

from safetydesk.workflows.folders import Place

from .conftest import Outside
from .day import papers_in, registered, text_of
from .person import Effort, Person

FAILS = {2: "污水站调节池", 5: "一号厌氧池", 12: "", 18: "", 26: "车间东侧"}  # the number of the item, and where
READINGS = ("20.9", "0", "0", "3")  # oxygen, combustible gas, hydrogen sulphide, carbon monoxide
GAS = 32  # the item at which they are taken
ANSWERED = 30


class Stopwatch:
    """How long the machine needed until it was ready for the next key."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.spent = 0.0
        self.longest = (0.0, "")

    def __call__(self, what: str, *keys: str) -> None:
        began = time.perf_counter()
        self.person.press(*keys)
        self.person.settles()
        took = time.perf_counter() - began
        self.spent += took
        self.longest = max(self.longest, (took, what))


def walk(person: Person, outside: Outside, watch: Stopwatch) -> None:
    photos = outside.photos(len(FAILS))
    for number in range(1, ANSWERED):
        person.waits_for_focus(f"第 {number} 项：")
        if number not in FAILS:
            watch("合格一项", "3" if number % 7 == 0 else "1")
            continue
        watch("不符合一项", "2")
        if person.focused == "情形":
            watch("选一种情形", "Down", "Enter")
        outside.chosen = [photos.pop()]
        watch("加一张照片", "Alt+P")
        if FAILS[number]:
            person.waits_for_focus("部位")
            person.type(FAILS[number])
        go_on(person, watch, number + 1)
    take_readings(person, watch)


def go_on(person: Person, watch: Stopwatch, number: int) -> None:
    """Enter leaves a field, or the item; as one sees it."""
    for _ in range(3):
        if person.focused.startswith(f"第 {number} 项："):
            return
        watch("下一项", "Enter")
    person.waits_for_focus(f"第 {number} 项：")


def take_readings(person: Person, watch: Stopwatch) -> None:
    while not person.focused.startswith(f"第 {GAS} 项"):
        watch("跳过一项", "Down")
    watch("读数", "G")
    for value in READINGS:
        person.type(value)
        watch("下一个读数", "Enter" if value is READINGS[-1] else "Tab")
    person.waits_for_focus(f"第 {GAS} 项")
    watch("合格一项", "1")


def test_thirty_items_five_findings_five_photos_four_readings_to_the_printed_notice(
    begin: Callable[[Place], Person],
    installed: Place,
    outside: Outside,
    capsys: pytest.CaptureFixture[str],
) -> None:
    registered(installed, "样溪木器厂（示例）", places=("污水站调节池", "一号厌氧池"))
    person = begin(installed)
    person.unlocks(PASSPHRASE)
    person.effort = Effort()
    watch, began = Stopwatch(person), time.perf_counter()
    watch("去检查", "Alt+3")
    person.type("yxmqc")
    person.waits_for("样溪木器厂（示例）")
    watch("选企业", "Enter")
    person.waits_for_focus("开始检查")
    watch("开始检查", "Enter")
    walk(person, outside, watch)
    assert person.sees(f"已查 {ANSWERED}/50")
    watch("结束检查", "Ctrl+Enter")
    person.waits_for_focus("结束并出文书")
    watch("出文书", "Enter")
    person.waits_for("签发并打印")
    person.waits_for("第 1 页")
    person.settles()
    watch("签发并打印", "Ctrl+P")
    person.waits_for_focus("签发并取号")
    watch("签发并取号", "Enter")
    person.waits_until(lambda: outside.sheets and outside.sheets[0].exists(), "nothing was printed")
    person.settles()
    whole = time.perf_counter() - began
    (paper,) = papers_in(installed)
    with pypdfium2.PdfDocument(outside.sheets[0]) as printed:
        assert len(printed) == paper.pages
    text = text_of(paper.pdf)
    assert paper.number in text
    for place in filter(None, FAILS.values()):
        assert place in text
    assert paper.hazards == len(FAILS)
    assert paper.photos == len(FAILS)
    assert paper.readings == len(READINGS)
    with capsys.disabled():
        print(
            f"\n30 项、5 条问题、5 张照片、4 个读数，从“今日”到打印出来：{person.effort}；"
            f"机器共用 {watch.spent:.1f} 秒（全程 {whole:.1f} 秒），最慢的一步“{watch.longest[1]}”{watch.longest[0]:.2f} 秒"
        )
