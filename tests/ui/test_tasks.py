"""Work beside the window: what comes back, in which thread, and what a person who stops it may rely on."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.tasks import Task, TaskRunner
from safetydesk.workflows import enterprises
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk

from .parts import Catcher

LONG = 20_000  # ms: until a test gives up


class Refused(SafetyDeskError):
    code = "refused_in_a_test"


class Gate:
    """Work that begins, says so, and goes on when it may."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_go_on = threading.Event()
        self.ended = threading.Event()

    def __call__(self, *given: Any) -> str:
        progress = given[-1]
        self.begun.set()
        assert self.may_go_on.wait(20)
        progress.check_cancelled()
        self.ended.set()
        return "done"


@pytest.fixture
def runner(shell: Shell) -> TaskRunner:
    return shell.runner


@pytest.fixture
def catcher() -> Catcher:
    return Catcher()


def run_to_end(qtbot: QtBot, task: Task) -> None:
    with qtbot.waitSignal(task.finished, timeout=LONG):
        task.start()


def add(desk: Desk, name: str) -> Any:
    def write(session: Any, _progress: object) -> Any:
        row = enterprises.add(session, desk, {"name": name, "address": "样溪路1号"})
        return Changes(ledger=True), row

    return write


def names(desk: Desk) -> list[str]:
    from sqlalchemy import select

    from safetydesk.models.tables import Enterprise

    with desk.store.reading() as session:
        return list(session.scalars(select(Enterprise.name).order_by(Enterprise.seq)))


def test_what_went_well_says_so_once_and_then_that_it_is_finished(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    run_to_end(qtbot, catcher.listen(runner.pool(lambda _progress: 42)))
    assert catcher.heard == [("done", 42), ("finished", None)]


@pytest.mark.parametrize("error", [Refused(), ZeroDivisionError("eins durch null")])
def test_what_failed_says_why_once_and_then_that_it_is_finished(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher, error: Exception
) -> None:
    def work(_progress: object) -> None:
        raise error

    run_to_end(qtbot, catcher.listen(runner.pool(work)))
    assert catcher.heard == [("failed", error), ("finished", None)]


def test_what_was_stopped_before_it_began_does_not_begin(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    begun: list[int] = []
    task = catcher.listen(runner.read(lambda _session, _progress: begun.append(1)))
    task.cancel()
    run_to_end(qtbot, task)
    assert catcher.names() == ["stopped", "finished"]
    assert begun == []


def test_what_is_stopped_on_the_way_ends_where_it_looks(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    gate = Gate()
    task = catcher.listen(runner.pool(gate))
    with qtbot.waitSignal(task.finished, timeout=LONG):
        task.start()
        assert gate.begun.wait(20)
        task.cancel()
        gate.may_go_on.set()
    assert catcher.names() == ["stopped", "finished"]
    assert not gate.ended.is_set()


def test_answers_arrive_in_the_thread_of_the_window_and_work_is_done_in_another(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    where: list[threading.Thread] = []

    def work(progress: Any) -> None:
        where.append(threading.current_thread())
        progress.report(1, 1, "eins")

    run_to_end(qtbot, catcher.listen(runner.pool(work)))
    assert catcher.names() == ["progressed", "done", "finished"]
    assert catcher.threads == {threading.main_thread()}
    assert where[0] is not threading.main_thread()


def test_the_lane_keeps_the_order_in_which_things_were_asked(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    tasks = [runner.read(lambda _session, _progress, n=n: n) for n in range(50)]
    with qtbot.waitSignal(tasks[-1].finished, timeout=LONG):
        for task in tasks:
            task.succeeded.connect(catcher.on_done)
            task.start()
    assert catcher.values() == list(range(50))


class Counting(Gate):
    """A read that can wait: between its two halves it looks whether it is cancelled."""

    def __call__(self, *given: Any) -> str:
        self.begun.set()
        assert self.may_go_on.wait(20)
        given[-1].check_cancelled()
        self.ended.set()
        return "counted"


def in_the_lane(runner: TaskRunner, catcher: Catcher, *tasks: Task) -> None:
    for task in tasks:
        task.succeeded.connect(catcher.on_done)
        task.start()


def test_what_can_wait_stands_behind_what_came_after_it(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    gate = Gate()
    last = runner.read(lambda _session, _progress: "counted", later=True)
    in_the_lane(runner, catcher, runner.lane(gate))
    assert gate.begun.wait(20)
    with qtbot.waitSignal(last.finished, timeout=LONG):
        in_the_lane(runner, catcher, last, *[runner.read(lambda _s, _p, n=n: n) for n in range(3)])
        gate.may_go_on.set()
    assert catcher.values() == ["done", 0, 1, 2, "counted"]


def test_what_can_wait_lets_pages_and_answers_pass_in_the_middle_of_it(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    counting = Counting()
    count = runner.read(counting, later=True)
    in_the_lane(runner, catcher, count)
    assert counting.begun.wait(20)
    with qtbot.waitSignal(count.finished, timeout=LONG):
        write = runner.write(lambda s, p: (add(file_desk, "样溪甲厂")(s, p)[0], "written"))
        in_the_lane(runner, catcher, runner.read(lambda _s, _p: "page"), write)
        in_the_lane(runner, catcher, runner.read(lambda _s, _p: "counted later", later=True))
        counting.may_go_on.set()
    qtbot.waitUntil(lambda: len(catcher.values()) == 4, timeout=LONG)
    assert catcher.values() == ["page", "written", "counted", "counted later"]
    assert names(file_desk) == ["样溪甲厂"]


def test_what_opens_its_own_sessions_does_not_pass_in_the_middle_of_a_read(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    """A backup, or closing the store, and what was asked after it."""
    counting = Counting()
    in_the_lane(runner, catcher, runner.read(counting, later=True))
    assert counting.begun.wait(20)
    last = runner.read(lambda _session, _progress: "page")
    with qtbot.waitSignal(last.finished, timeout=LONG):
        in_the_lane(runner, catcher, runner.lane(lambda _progress: "backup"), last)
        counting.may_go_on.set()
    assert catcher.values() == ["counted", "backup", "page"]


def test_trouble_in_what_passes_is_no_trouble_of_what_waits(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    counting = Counting()
    count = runner.read(counting, later=True)
    in_the_lane(runner, catcher, count)
    assert counting.begun.wait(20)
    with qtbot.waitSignal(count.finished, timeout=LONG):
        catcher.listen(runner.read(lambda _session, _progress: 1 // 0)).start()
        counting.may_go_on.set()
    assert catcher.names() == ["failed", "finished", "done"]
    assert catcher.values() == ["counted"]


def test_closing_stops_what_can_wait_in_the_middle_of_it(runner: TaskRunner, catcher: Catcher) -> None:
    counting = Counting()
    catcher.listen(runner.read(counting, later=True)).start()
    assert counting.begun.wait(20)
    threading.Timer(0.1, counting.may_go_on.set).start()
    runner.shut_down()
    assert catcher.names() == ["stopped", "finished"]
    assert not counting.ended.is_set()


def test_progress_comes_ten_times_a_second_at_most_and_its_end_always(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    def work(progress: Any) -> None:
        for done in range(1, 50_001):
            progress.report(done, 50_000, "企业")

    run_to_end(qtbot, catcher.listen(runner.pool(work)))
    said = catcher.values("progressed")
    assert said[-1] == (50_000, 50_000, "企业")
    assert len(said) < 5_000


def test_a_read_cannot_write(qtbot: QtBot, runner: TaskRunner, catcher: Catcher, file_desk: Desk) -> None:
    run_to_end(qtbot, catcher.listen(runner.read(add(file_desk, "不该有的厂"))))
    assert catcher.names() == ["failed", "finished"]
    assert names(file_desk) == []


def test_a_write_tells_every_screen_what_changed_before_it_tells_who_asked(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    runner.changed.connect(catcher.on_changed)
    run_to_end(qtbot, catcher.listen(runner.write(add(file_desk, "样溪甲厂"))))
    assert catcher.names() == ["changed", "done", "finished"]
    assert catcher.values("changed") == [Changes(ledger=True)]
    assert names(file_desk) == ["样溪甲厂"]


def test_a_write_that_returns_changes_alone_hands_them_over_as_well(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher
) -> None:
    runner.changed.connect(catcher.on_changed)
    run_to_end(qtbot, catcher.listen(runner.write(lambda _session, _progress: Changes(papers=True))))
    assert catcher.values("changed") == catcher.values("done") == [Changes(papers=True)]


def test_a_write_that_fails_leaves_nothing_and_tells_no_screen(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    def write(session: Any, progress: object) -> Any:
        add(file_desk, "半家厂")(session, progress)
        session.flush()
        raise Refused

    runner.changed.connect(catcher.on_changed)
    run_to_end(qtbot, catcher.listen(runner.write(write)))
    assert catcher.names() == ["failed", "finished"]
    assert names(file_desk) == []


def test_a_write_that_is_stopped_leaves_nothing_and_tells_no_screen(
    qtbot: QtBot, runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    gate = Gate()

    def write(session: Any, progress: Any) -> Any:
        add(file_desk, "半家厂")(session, progress)
        session.flush()
        gate(progress)
        return Changes(ledger=True)

    runner.changed.connect(catcher.on_changed)
    task = catcher.listen(runner.write(write, "导入"))
    with qtbot.waitSignal(task.finished, timeout=LONG):
        task.start()
        assert gate.begun.wait(20)
        task.cancel()
        gate.may_go_on.set()
    assert catcher.names() == ["stopped", "finished"]
    assert names(file_desk) == []


def test_after_a_failure_the_lane_goes_on(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    runner.read(lambda _session, _progress: 1 // 0).start()
    run_to_end(qtbot, catcher.listen(runner.read(lambda session, _progress: session is not None)))
    assert catcher.values() == [True]


def test_closing_carries_out_the_short_writes_that_still_wait(
    runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    gate = Gate()
    runner.lane(gate).start()
    assert gate.begun.wait(20)
    for n in range(5):
        catcher.listen(runner.write(add(file_desk, f"厂{n}"))).start()
    threading.Timer(0.1, gate.may_go_on.set).start()
    runner.shut_down()
    assert names(file_desk) == [f"厂{n}" for n in range(5)]
    assert catcher.names().count("done") == catcher.names().count("finished") == 5


def test_closing_stops_long_writes_and_what_is_only_asked(
    runner: TaskRunner, catcher: Catcher, file_desk: Desk
) -> None:
    gate = Gate()
    runner.lane(gate).start()
    assert gate.begun.wait(20)
    catcher.listen(runner.write(add(file_desk, "导入的厂"), "导入企业")).start()
    catcher.listen(runner.read(lambda session, _progress: 1)).start()
    threading.Timer(0.1, gate.may_go_on.set).start()
    runner.shut_down()
    assert catcher.names() == ["stopped", "finished"] * 2
    assert names(file_desk) == []


def test_closing_delivers_what_was_on_its_way(runner: TaskRunner, catcher: Catcher) -> None:
    done = threading.Event()

    def work(_progress: object) -> str:
        done.set()
        return "noch da"

    catcher.listen(runner.pool(work)).start()
    assert done.wait(20)
    runner.shut_down()
    assert catcher.heard == [("done", "noch da"), ("finished", None)]


def test_what_is_begun_after_closing_is_stopped_at_once(runner: TaskRunner, catcher: Catcher) -> None:
    runner.shut_down()
    begun: list[int] = []
    catcher.listen(runner.pool(lambda _progress: begun.append(1))).start()
    catcher.listen(runner.write(lambda _session, _progress: begun.append(1))).start()
    assert catcher.names() == ["stopped", "finished"] * 2
    assert begun == []


def test_closing_twice_does_no_harm(runner: TaskRunner) -> None:
    runner.shut_down()
    runner.shut_down()


def test_thousands_of_tasks_leave_nothing_behind(qtbot: QtBot, runner: TaskRunner, catcher: Catcher) -> None:
    kept: list[weakref.ref[Any]] = []

    class Load:
        """Weighs something, and would be seen if it were held."""

    def begin(count: int) -> None:
        for n in range(count):
            load = Load()
            kept.append(weakref.ref(load))
            make = runner.pool if n % 2 else runner.lane
            task = make(lambda _progress, load=load: load)
            task.succeeded.connect(catcher.on_done)
            task.start()

    for _ in range(4):
        begin(1000)
        qtbot.waitUntil(lambda: not runner.findChildren(Task), timeout=LONG)
        assert len(catcher.heard) == 1000
        catcher.heard.clear()
    gc.collect()
    assert not runner.is_writing
    assert len(kept) == 4000
    assert [ref for ref in kept if ref() is not None] == []


def test_everybody_who_listens_hears_the_end(qtbot: QtBot, runner: TaskRunner) -> None:
    """The first to hear it may be done before the worker has told the last."""
    listeners = [Catcher() for _ in range(4)]
    for _ in range(20):
        for _ in range(50):
            task = runner.pool(lambda _progress: 1)
            for listener in listeners:
                task.finished.connect(listener.on_finished)
            task.start()
        qtbot.waitUntil(lambda: not runner.findChildren(Task), timeout=LONG)
    assert [len(listener.heard) for listener in listeners] == [1000] * 4


def test_the_runner_knows_whether_something_is_being_written(qtbot: QtBot, runner: TaskRunner, file_desk: Desk) -> None:
    assert not runner.is_writing
    task = runner.write(add(file_desk, "样溪甲厂"))
    assert runner.is_writing
    run_to_end(qtbot, task)
    qtbot.waitUntil(lambda: not runner.is_writing)


class Asking(QObject):
    """A screen that asks again and again while one types."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.latest = Latest(shell, self)
        self.answers: list[object] = []
        self.errors: list[Exception] = []

    @Slot(object)
    def on_answer(self, answer: object) -> None:
        self.answers.append(answer)

    @Slot(object)
    def on_trouble(self, error: Exception) -> None:
        self.errors.append(error)


def test_of_several_questions_only_the_newest_answer_arrives(qtbot: QtBot, shell: Shell) -> None:
    screen, gate = Asking(shell), Gate()
    screen.latest.read(gate, screen.on_answer)
    assert gate.begun.wait(20)
    for n in range(10):
        screen.latest.read(lambda _session, _progress, n=n: n, screen.on_answer)
    gate.may_go_on.set()
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task), timeout=LONG)
    assert screen.answers == [9]
    screen.deleteLater()


def test_an_older_answer_that_is_already_on_its_way_does_not_win(qtbot: QtBot, shell: Shell) -> None:
    """Both answers wait in the window's queue: the first was sent before the second was asked."""
    screen, first = Asking(shell), threading.Event()

    def quick(_progress: object) -> str:
        first.set()
        return "older"

    screen.latest.pool(quick, screen.on_answer)
    assert first.wait(20)
    screen.latest.pool(lambda _progress: "newer", screen.on_answer)
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task), timeout=LONG)
    assert screen.answers == ["newer"]
    screen.deleteLater()


def test_the_trouble_of_an_older_question_is_nobodys_business(qtbot: QtBot, shell: Shell) -> None:
    screen, gate = Asking(shell), Gate()

    def fails(_session: object, progress: object) -> None:
        gate(progress)
        raise Refused

    screen.latest.read(fails, screen.on_answer, screen.on_trouble)
    assert gate.begun.wait(20)
    screen.latest.read(lambda _session, _progress: "newer", screen.on_answer, screen.on_trouble)
    gate.may_go_on.set()
    qtbot.waitUntil(lambda: screen.answers == ["newer"], timeout=LONG)
    assert screen.errors == []
    screen.deleteLater()


def test_a_question_that_was_dropped_is_not_answered(qtbot: QtBot, shell: Shell) -> None:
    screen, gate = Asking(shell), Gate()
    screen.latest.read(gate, screen.on_answer)
    assert gate.begun.wait(20)
    screen.latest.drop()
    gate.may_go_on.set()
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task), timeout=LONG)
    assert screen.answers == []
    screen.deleteLater()


def test_a_screen_that_is_gone_is_not_answered(qtbot: QtBot, shell: Shell) -> None:
    screen, gate = Asking(shell), Gate()
    answers = screen.answers
    shell.read(gate, screen.on_answer)
    assert gate.begun.wait(20)
    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    gate.may_go_on.set()
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task), timeout=LONG)
    assert answers == []


def test_only_methods_of_qobjects_may_be_answered(shell: Shell) -> None:
    with pytest.raises(AssertionError):
        shell.read(lambda _session, _progress: 1, lambda _value: None)
    shell.runner.shut_down()  # what was made and not begun goes with it
