"""Long work: the only place that starts threads.

One lane with one worker for the database, a pool of two for pages and photos. Connect a task's signals, then start it.
Signals are connected to methods of QObjects, so that they arrive in the window's thread.

A read that can wait (`later`: the counts beside a list) stands behind everything else, and where it looks whether it
is cancelled it lets pass what came meanwhile: a page of a list does not wait for all the counts of a big ledger.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from itertools import count
from queue import Empty, PriorityQueue
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from safetydesk.domain.errors import Cancelled, SafetyDeskError

log = logging.getLogger(__name__)

Work = Callable[..., Any]  # (session, progress) on the lane, (progress) in the pool
_REPORT_EVERY = 0.1  # seconds
_NOW, _LATER, _HOME = range(3)  # who stands before whom in line


class Task(QObject):
    """One piece of work on its way. Exactly one of `succeeded`, `failed`, `stopped` comes, and `finished` after it."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    finished = Signal()

    def __init__(self, run: Callable[[Task], Any], workers: _Workers, title: str) -> None:
        super().__init__()
        self.title = title
        self.is_write = False
        self.rank = _NOW
        self.may_pass = False  # what can wait, while it is at it: only what has a session of its own from the runner
        self._run: Callable[[Task], Any] | None = run
        self._workers = workers
        self._cancelled = Event()
        self._reported = 0.0

    def start(self) -> None:
        """Get in line. Where the workers have gone home already, it is stopped at once."""
        if not self._workers.take(self):
            self.cancel()
            self.work()
            self._workers.ended(self)

    def cancel(self) -> None:
        """Ask it to stop. What was not begun is left out; a verb stops where it looks, and is rolled back."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Called by the work, in its thread."""
        now = time.monotonic()
        if done >= total or now - self._reported >= _REPORT_EVERY:
            self._reported = now
            self.progressed.emit(done, total, what)

    def check_cancelled(self) -> None:
        """Called by the work, in its thread. Raises Cancelled; what can wait lets others pass here."""
        if self._cancelled.is_set():
            raise Cancelled
        if self.rank == _LATER:
            self._workers.let_pass()

    def work(self) -> None:
        """In the worker."""
        run, self._run = self._run, None  # whatever the work holds is let go when it is done
        try:
            self.check_cancelled()
            value = run(self) if run is not None else None
        except Cancelled:
            self.stopped.emit()
        except SafetyDeskError as error:
            self.failed.emit(error)
        except Exception as error:
            log.debug("work failed", exc_info=True)
            self.failed.emit(error)
        else:
            self.succeeded.emit(value)
            del value
        del run
        self.finished.emit()


class TaskRunner(QObject):
    """Runs tasks, and tells every screen what a write changed."""

    changed = Signal(object)  # Changes
    started = Signal(object)  # Task, for the line that shows long work
    _ended = Signal(object)  # Task: its worker has let go of it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk: Any = None
        self._held: set[Task] = set()
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._lane = _Workers(self._ended.emit, "database")
        self._pool = _Workers(self._ended.emit, "pool 1", "pool 2")

    def read(self, work: Work, title: str = "", *, later: bool = False) -> Task:
        """`work(session, progress)` in a session that cannot write. `later`: everything else goes before it."""
        task = Task(_Reading(self.desk, work), self._lane, title)
        task.rank = _LATER if later else _NOW
        task.may_pass = not later
        return self._held_until_delivered(task)

    def write(self, work: Work, title: str = "") -> Task:
        """`work(session, progress)` in one transaction; returns Changes, or (Changes, value)."""
        task = Task(_Writing(self.desk, work, self), self._lane, title)
        task.is_write = task.may_pass = True
        return self._held_until_delivered(task)

    def lane(self, work: Work, title: str = "") -> Task:
        """`work(progress)` in the database's lane, for what opens its own sessions: backup, check-up."""
        return self._held_until_delivered(Task(work, self._lane, title))

    def pool(self, work: Work, title: str = "") -> Task:
        """`work(progress)` beside the database: pages, photos, keys."""
        return self._held_until_delivered(Task(work, self._pool, title))

    @property
    def is_writing(self) -> bool:
        return any(task.is_write for task in self._held)

    def stop_all(self) -> None:
        """Ask everything to stop but the short writes: an answer that a person gave is kept, also if it still waits."""
        for task in list(self._held):
            if task.title or not task.is_write:
                task.cancel()

    def shut_down(self) -> None:
        """Stop, wait until nothing runs, then deliver what is still queued while all is alive."""
        self.stop_all()
        for workers in (self._lane, self._pool):
            workers.send_home()
        for workers in (self._lane, self._pool):
            workers.wait()
        QCoreApplication.sendPostedEvents()

    def _held_until_delivered(self, task: Task) -> Task:
        task.setParent(self)
        self._held.add(task)
        self.started.emit(task)
        return task

    @Slot(object)
    def _on_ended(self, task: Task) -> None:
        """Not at `finished`: while that is still being told to one, another could already throw the task away."""
        self._held.discard(task)
        task.deleteLater()


class _Workers:
    """Threads that take their work from one line: by rank, and among equals in the order in which it came."""

    def __init__(self, ended: Callable[[Task], object], *names: str) -> None:
        self.ended = ended
        self._line: PriorityQueue[tuple[int, int, Task | None]] = PriorityQueue()
        self._numbers = count()
        self._threads = [Thread(target=self._serve, name=name) for name in names]
        self._are_gone = False
        for thread in self._threads:
            thread.start()

    def take(self, task: Task) -> bool:
        """Whether it will be worked on."""
        if not self._are_gone:
            self._line.put((task.rank, next(self._numbers), task))
        return not self._are_gone

    def send_home(self) -> None:
        """After what is in line now."""
        if not self._are_gone:
            self._are_gone = True
            for _ in self._threads:
                self._line.put((_HOME, next(self._numbers), None))

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()

    def let_pass(self) -> None:
        """In the worker, in the middle of a task that can wait: do what stands in line before its like."""
        while (task := self._passing()) is not None:
            self._do(task)
            del task

    def _passing(self) -> Task | None:
        try:
            first = self._line.get_nowait()
        except Empty:
            return None
        task = first[2]
        if task is None or not task.may_pass:
            self._line.put(first)  # where it was: its number is the same
            return None
        return task

    def _serve(self) -> None:
        while True:
            task = self._line.get()[2]
            if task is None:
                return
            self._do(task)
            del task

    def _do(self, task: Task) -> None:
        task.work()
        self.ended(task)


class _Reading:
    def __init__(self, desk: Any, work: Work) -> None:
        self._desk = desk
        self._work = work

    def __call__(self, task: Task) -> Any:
        with self._desk.store.reading() as session:
            return self._work(session, task)


class _Writing:
    def __init__(self, desk: Any, work: Work, runner: TaskRunner) -> None:
        self._desk = desk
        self._work = work
        self._changed = runner.changed

    def __call__(self, task: Task) -> Any:
        with self._desk.store.writing() as session:
            done = self._work(session, task)
        changes, value = done if isinstance(done, tuple) else (done, done)
        if changes is not None:
            self._changed.emit(changes)
        return value
