"""A disk without room in the middle of a check: refused in place, nothing typed is lost, and on again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from conftest import OF_THIS_COMPUTER, PASSPHRASE
from faults.disks import Disk
from PySide6.QtWidgets import QAbstractButton

from safetydesk.domain.kinds import Result
from safetydesk.workflows import walking
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.folders import Place
from safetydesk.workflows.walking_shapes import AnswerState, Walk

from .conftest import PHOTO, Outside, set_up_officer
from .day import begun, opened, registered
from .person import Person

Begin = Callable[[Place], Person]
FACTORY = "样溪木器厂（示例）"
FULL = "磁盘满了，这一步没有完成"
WAY_OUT = "请清理出空间后重试"
SAFE = "已经保存的答案都在"
RETRY = "再保存一次"


class Visit:
    """One check on the small disk, where data and state lie together as they do on most computers."""

    def __init__(self, disk: Disk, begin: Begin) -> None:
        self.disk = disk
        self.place = set_up_officer(Place(disk.folder / "安监办 台账", disk.folder / "state"))
        self.id: UUID = begun(self.place, registered(self.place, FACTORY))
        self._begin = begin

    def start(self) -> Person:
        """To the door."""
        return self._begin(self.place)

    def begin(self, at_door: Person | None = None) -> Person:
        """From the door into the check."""
        person = at_door or self.start()
        person.unlocks(PASSPHRASE)
        person.waits_for("继续检查")
        person.press("Enter")
        person.waits_for("项，共 50 项")
        person.settles()
        return person

    def on_disk(self) -> Walk:
        """Read by somebody else, as after a restart."""
        with opened(self.place) as desk, desk.store.reading() as session:
            return walking.walk(session, desk, self.id)

    def results(self) -> list[Result]:
        return [state.result for state in self.on_disk().answers.values()]

    def answer(self, item: str) -> AnswerState | None:
        return self.on_disk().answers.get((item, None))

    def assert_sound(self) -> None:
        with opened(self.place) as desk:
            assert [one.name for one in checkup(desk) if not one.ok and one.name not in OF_THIS_COMPUTER] == []


@pytest.fixture
def visit(disk: Disk, begin: Begin) -> Iterator[Visit]:
    """Whatever happened, the store is sound at the end, and nothing was taken for a mistake of the program."""
    made = Visit(disk, begin)
    yield made
    made.assert_sound()
    logs = [*disk.folder.rglob("*.log"), *Path(os.environ["XDG_STATE_HOME"]).rglob("*.log")]
    assert not logs, logs[0].read_text()


def presses(person: Person, *keys: str) -> None:
    for key in keys:
        person.press(key)
        person.settles()


def assert_refused(person: Person, number: int) -> None:
    """It is said at the item, with what is safe and what to do, and the number keys still count there."""
    person.waits_for(RETRY)
    for words in (FULL, WAY_OUT, SAFE, f"第 {number} 项，共 50 项"):
        assert person.sees(words), words


def pressed_answers(person: Person) -> list[str]:
    """What stands marked among the four answers."""
    window = person.program.window
    return [
        one.text() for one in window.findChildren(QAbstractButton) if one.isVisible() and one.isCheckable()
        and one.isChecked() and one.text() in ("符合", "不符合", "不涉及", "未查")
    ]  # fmt: skip


def types_into_place(person: Person, text: str) -> None:
    person.waits_for_focus("部位")
    person.type(text)


def test_an_answer_is_refused_at_its_item_and_the_same_key_works_when_there_is_room(visit: Visit) -> None:
    person = visit.begin()
    presses(person, "1", "1")
    visit.disk.fill()
    for _ in range(2):  # whoever tries again is told again
        presses(person, "1")
        assert_refused(person, 3)
        assert person.focused.startswith("第 3 项：")
        assert pressed_answers(person) == []
        assert person.sees("已查 2/50")
    assert visit.results() == [Result.PASS] * 2
    visit.disk.make_room()
    presses(person, "1")
    assert person.sees("第 3 项已保存")
    assert person.sees("第 4 项，共 50 项")
    assert not person.sees(FULL)
    assert visit.results() == [Result.PASS] * 3


def test_keys_that_were_pressed_ahead_answer_no_other_item(visit: Visit) -> None:
    person = visit.begin()
    visit.disk.fill()
    person.press("3", "1", "1")
    person.settles()
    assert_refused(person, 1)
    assert visit.results() == []
    visit.disk.make_room()
    presses(person, "1", "1")
    assert visit.results() == [Result.PASS] * 2


def test_a_finding_with_all_that_was_typed_waits_for_room(visit: Visit) -> None:
    person = visit.begin()
    presses(person, *"1111")
    visit.disk.fill()
    presses(person, "2")
    assert_refused(person, 5)
    types_into_place(person, "东侧 2 号池")
    presses(person, "Alt+N")
    person.type("盖板缺了两块")
    presses(person, "Enter")
    assert_refused(person, 5)
    assert visit.answer("CS-03") is None

    presses(person, "Alt+2")  # going elsewhere would leave it behind
    assert person.focused == RETRY
    assert person.sees("第 5 项，共 50 项")
    assert not person.program.window.close()

    presses(person, "Ctrl+L")
    assert not person.sees("东侧 2 号池")
    person.unlocks(PASSPHRASE)
    assert person.edit("部位").text() == "东侧 2 号池"
    assert pressed_answers(person) == ["不符合"]
    person.waits_for("东侧 2 号池")
    person.waits_for("盖板缺了两块")

    visit.disk.make_room()
    presses(person, "Alt+N", "Enter")  # the same key as before, in the same field
    assert person.sees("第 6 项，共 50 项")
    kept = visit.answer("CS-03")
    assert kept is not None
    assert (kept.result, kept.place, kept.note) == (Result.FAIL, "东侧 2 号池", "盖板缺了两块")


def test_the_button_saves_it_too_and_one_may_also_let_go_of_what_was_typed(visit: Visit) -> None:
    person = visit.begin()
    presses(person, *"11112")
    visit.disk.fill()
    types_into_place(person, "东侧 2 号池")
    presses(person, "Escape")
    assert_refused(person, 5)
    person.click(RETRY)
    person.settles()
    assert_refused(person, 5)
    person.click("恢复成已保存的样子")
    person.settles()
    assert not person.sees(FULL)
    assert person.edit("部位").text() == ""
    presses(person, "2")
    types_into_place(person, "西侧泵房")
    presses(person, "Escape")
    assert_refused(person, 5)
    visit.disk.make_room()
    person.click(RETRY)
    person.settles()
    kept = visit.answer("CS-03")
    assert kept is not None
    assert (kept.result, kept.place) == (Result.FAIL, "西侧泵房")


def test_the_lists_can_be_read_meanwhile_and_the_check_is_as_it_was(visit: Visit) -> None:
    person = visit.begin()
    presses(person, *"1111")
    visit.disk.fill()
    presses(person, "1")
    assert_refused(person, 5)
    presses(person, "Alt+2")
    person.waits_for(FACTORY)
    person.waits_for("打开一企一档")
    presses(person, "Alt+1")
    person.waits_for("继续检查")
    for place in ("Alt+4", "Alt+5", "Alt+6"):
        presses(person, place)
    person.press("Ctrl+K")
    person.type("样溪木器")
    person.waits_for(FACTORY)
    presses(person, "Escape", "Alt+3")
    assert_refused(person, 5)
    presses(person, "1")
    assert_refused(person, 5)
    visit.disk.make_room()
    presses(person, "1")
    assert visit.results() == [Result.PASS] * 5


def test_a_photo_that_finds_no_room_is_told_at_the_item_and_leaves_nothing_behind(
    visit: Visit, outside: Outside
) -> None:
    person = visit.begin()
    presses(person, *"1111")
    store = visit.place.folder / "store"
    visit.disk.fill(leave=24 << 10)
    outside.chosen = [PHOTO]
    presses(person, "P")
    person.waits_for(FULL)
    assert person.sees(WAY_OUT)
    assert visit.on_disk().photos == ()
    assert [path for path in store.rglob("*") if path.is_file()] == []
    visit.disk.make_room()
    presses(person, "P")
    person.waits_until(lambda: not person.sees(FULL), "the trouble of before is still shown")
    assert [(photo.item, photo.name) for photo in visit.on_disk().photos] == [("CS-03", PHOTO.name)]
    presses(person, "1")
    assert visit.results() == [Result.PASS] * 5


def test_an_answer_that_cannot_be_taken_back_stays_and_can_be_later(visit: Visit) -> None:
    person = visit.begin()
    presses(person, "1", "3")
    visit.disk.fill()
    presses(person, "Ctrl+Z")
    person.waits_for(FULL)
    assert visit.results() == [Result.PASS, Result.NOT_APPLICABLE]
    visit.disk.make_room()
    presses(person, "Ctrl+Z")
    person.waits_for("已撤回：第 2 项")
    assert visit.results() == [Result.PASS]


def test_a_check_is_not_ended_without_room_and_is_when_there_is(visit: Visit) -> None:
    person = visit.begin()
    presses(person, *"1111")
    presses(person, "Ctrl+Enter")
    person.waits_for("结束以后")
    visit.disk.fill()
    presses(person, "Ctrl+Enter")
    person.waits_for(FULL)
    assert person.sees("结束以后")
    assert visit.on_disk().finished_at is None
    visit.disk.make_room()
    presses(person, "Ctrl+Enter")
    person.waits_for("检查已结束")
    assert visit.on_disk().finished_at is not None


def test_a_program_that_is_started_on_a_full_disk_shows_everything_and_goes_on_when_there_is_room(
    visit: Visit,
) -> None:
    person = visit.begin()
    presses(person, *"1111")
    visit.disk.fill()
    presses(person, "1")
    assert_refused(person, 5)
    assert person.program.window.close(), "a refused answer alone holds nobody"
    door = visit.start()
    visit.disk.fill()  # also what the closed program had let go of
    person = visit.begin(door)
    assert person.sees("已查 4/50")
    assert person.sees("第 5 项，共 50 项")
    presses(person, "1")
    assert_refused(person, 5)
    visit.disk.make_room()
    presses(person, "1")
    assert visit.results() == [Result.PASS] * 5
