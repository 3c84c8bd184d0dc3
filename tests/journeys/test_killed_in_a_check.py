"""Killed with the answer on the screen, and on again: nothing whose tick was seen is ever lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from conftest import CHEAP, OF_THIS_COMPUTER, PASSPHRASE, UNIT

from safetydesk.domain.kinds import Result, Role
from safetydesk.models import keys
from safetydesk.models.store import system_clock
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import enterprises, inspections, walking
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.folders import Place
from safetydesk.workflows.opening import open_desk
from safetydesk.workflows.setting_up import Person, set_up
from safetydesk.workflows.walking_shapes import Walk

NEVER = threading.Event()  # to wait a moment for another process
TESTS = Path(__file__).parents[1]
DRIVER = Path(__file__).with_name("answering_driver.py")
PHOTO = TESTS.parent / "resources" / "samples" / "photos" / "open-manhole.jpg"
RESULTS = {"1": Result.PASS, "2": Result.FAIL, "3": Result.NOT_APPLICABLE}
FINDINGS = {4: "东侧 2 号池", 13: "污水站调节池", 26: "南门泵房", 41: "一号厌氧池"}  # position: where
MOST_ANNOUNCED = 16  # until it is killed
LONGEST_DELAY = 0.03  # seconds from what was announced last to the kill
LEAST_ROUNDS = 4

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signal")


@dataclass
class Announced:
    """What the screen had said by the time it went dark."""

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def hear(self, line: dict[str, Any]) -> None:
        if "shown" in line:
            self.answers |= {one["item"]: one for one in line["shown"]["answers"]}
            self.photos = line["shown"]["photos"]
        elif "stored" in line:
            self.answers[line["stored"]["item"]] = line["stored"]
            self.count += 1
        elif "photos" in line:
            self.photos = line["photos"]
            self.count += 1


@dataclass
class Life:
    """One process: what it showed when it had opened the check, and how it ended."""

    shown: dict[str, Any] | None = None
    is_done: bool = False
    code: int | None = None


class Program:
    """Starts the program again and again; each life is a process of its own."""

    def __init__(self, errors: Path) -> None:
        self._errors = errors
        with errors.open("w") as said:
            self._running = subprocess.Popen(
                [sys.executable, "-W", "error", str(DRIVER)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
                env=os.environ | {"PYTHONPATH": str(TESTS), "PYTHONUTF8": "1", "SAFETYDESK_DEBUG": "1"},
            )  # fmt: skip

    def live(self, task: dict[str, Any], announced: Announced, after: int, delay: float) -> Life:
        """Kill it `delay` seconds after what it announced as number `after`, unless it came to its end before."""
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(f"{json.dumps(task)}\n".encode())
        self._running.stdin.flush()
        life, process, wanted = Life(), 0, announced.count + after
        while life.code is None:
            said = json.loads(self._running.stdout.readline() or '{"ended": 99}')
            announced.hear(said)
            process = said.get("process", process)
            life.shown = said.get("shown", life.shown)
            life.is_done |= "done" in said
            life.code = said.get("ended")
            if life.shown is not None and life.code is None and announced.count == wanted:
                NEVER.wait(delay)
                with suppress(ProcessLookupError):  # it was quicker, to its end
                    os.kill(process, signal.SIGKILL)
                wanted = -1
        assert self._errors.read_text() == "", self._errors.read_text()
        assert life.code == -signal.SIGKILL or (life.is_done and life.code == 0)
        return life

    def end(self) -> None:
        """It ends by itself when there is no more to do."""
        self._running.communicate()


class Check:
    """One store with one check in it, which is answered by a process after the other."""

    def __init__(self, root: Path) -> None:
        self.place = Place(root / "安监办 台账", root / "state")
        set_up(self.place, Person(Role.OFFICER, UNIT, "张例安", "YX-001"), PASSPHRASE, system_clock(), kdf=CHEAP)
        desk = self.open()
        with desk.store.writing() as session:
            added = enterprises.add(session, desk, {"name": "样溪木器厂（示例）", "address": "样溪路1号"})
            self.id: UUID = inspections.start(session, desk, session.get_one(Enterprise, added), "confined-space")
        self.items = [item.id for item in walk_of(desk, self.id).items]
        self.plan = plan(self.items)
        desk.store.close()
        self.announced = Announced()

    def open(self) -> Desk:
        key = keys.unwrap(keys.read_key_file(self.place.folder), PASSPHRASE)
        return open_desk(self.place, key, system_clock())

    def task(self, seed: int) -> dict[str, Any]:
        return {
            "folder": str(self.place.folder), "state": str(self.place.state), "passphrase": PASSPHRASE,
            "picture": str(PHOTO), "plan": self.plan, "seed": seed,
        }  # fmt: skip

    def next_item(self, walk: Walk) -> str | None:
        """The first one without an answer: they are answered in their order."""
        answered = {item for item, _thing in walk.answers}
        return next((item for item in self.items if item not in answered), None)


def plan(items: list[str]) -> dict[str, dict[str, str]]:
    """What each item gets: the key, and for a finding what is typed."""
    made = {item: {"key": "3" if at % 9 == 7 else "1"} for at, item in enumerate(items)}
    for at, place in FINDINGS.items():
        made[items[at]] = {"key": "2", "place": place, "note": f"第 {at + 1} 项当场看到 {at} 处，已拍照。"}
    return made


def walk_of(desk: Desk, inspection_id: UUID) -> Walk:
    with desk.store.reading() as session:
        return walking.walk(session, desk, inspection_id)


def answers_of(walk: Walk) -> dict[str, dict[str, str]]:
    return {
        state.item: {"item": state.item, "result": state.result.value, "place": state.place, "note": state.note}
        for state in walk.answers.values()
    }


def photos_of(walk: Walk) -> dict[str, str]:
    return {photo.item or "": photo.name for photo in walk.photos}


def assert_nothing_announced_is_lost(announced: Announced, walk: Walk) -> None:
    stored = answers_of(walk)
    for item, said in announced.answers.items():
        kept = stored.get(item, {})
        assert {name: kept.get(name) for name, value in said.items() if value} == {
            name: value for name, value in said.items() if value
        }
    assert announced.photos.items() <= photos_of(walk).items()


def assert_nothing_is_there_that_nobody_gave(check: Check, walk: Walk) -> None:
    """At most the one answer that was on its way; every text whole or not at all; every photo where it belongs."""
    stored = answers_of(walk)
    assert len(stored.keys() - check.announced.answers.keys()) <= 1
    assert list(stored) == check.items[: len(stored)]
    for item, kept in stored.items():
        given = check.plan[item]
        assert kept["result"] == RESULTS[given["key"]].value
        assert kept["place"] in ("", given.get("place"))
        assert kept["note"] in ("", given.get("note"))
    assert photos_of(walk).keys() <= {check.items[at] for at in FINDINGS}
    assert len(walk.photos) == len(photos_of(walk)), "none of them twice"


def assert_sound(desk: Desk) -> None:
    assert [one.name for one in checkup(desk) if not one.ok and one.name not in OF_THIS_COMPUTER] == []


def assert_shows(shown: dict[str, Any], walk: Walk, check: Check) -> None:
    """What one sees when one comes back is what lies on the disk, and the keyboard is at the next item."""
    stored, following = answers_of(walk), check.next_item(walk)
    assert {one["item"]: one for one in shown["answers"]} == stored
    assert shown["photos"] == photos_of(walk)
    assert shown["pictures"] == len(walk.photos)
    assert shown["at"] == following
    asked = {item.id: item.item.text for item in walk.items}
    assert shown["asks"] == (asked[following] if following is not None else f"{len(check.items)} 项都查过了")
    assert shown["count"].startswith(f"已查 {len(stored)}/{len(check.items)}")
    places = [kept["place"] for kept in stored.values() if kept["result"] == Result.FAIL.value]
    assert len(shown["findings"]) == len(places)
    assert all(place in line for place, line in zip(places, shown["findings"], strict=True))


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path / "errors")
    yield made
    made.end()


@pytest.mark.parametrize("seed", [3])
def test_whatever_the_screen_said_was_saved_is_there_however_often_the_program_is_killed(
    tmp_path: Path, program: Program, seed: int
) -> None:
    check, rnd, killed = Check(tmp_path), random.Random(seed), 0
    before: Walk | None = None
    while True:
        after, delay = rnd.randint(0, MOST_ANNOUNCED), rnd.uniform(0, LONGEST_DELAY)
        life = program.live(check.task(killed), check.announced, after, delay)
        desk = check.open()
        walk = walk_of(desk, check.id)
        assert_nothing_announced_is_lost(check.announced, walk)
        assert_nothing_is_there_that_nobody_gave(check, walk)
        assert_sound(desk)
        desk.store.close()
        assert life.shown is not None
        if before is not None:
            assert_shows(life.shown, before, check)
        if life.is_done:
            break
        before, killed = walk, killed + 1
    assert killed >= LEAST_ROUNDS
    assert answers_of(walk) == {
        item: {"item": item, "result": RESULTS[given["key"]].value}
        | {name: given.get(name, "") for name in ("place", "note")}
        for item, given in check.plan.items()
    }
    assert photos_of(walk) == {check.items[at]: PHOTO.name for at in FINDINGS}
    assert walk.finished_at is not None
    assert not list(Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")), "a bug was noted on the way"
