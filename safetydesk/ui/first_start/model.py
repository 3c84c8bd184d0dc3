"""What the first start does: set up, make the sample data, put a backup back. All of it beside the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.kinds import Role
from safetydesk.ui.tasks import Task, TaskRunner, Work
from safetydesk.workflows.folders import Place


class FirstStartModel(QObject):
    """One piece of work at a time. What was begun and failed leaves nothing behind; the verbs see to that."""

    began = Signal()
    progressed = Signal(int, int, str)
    ended = Signal()  # after whatever came of it
    ready = Signal(object, str)  # Place, passphrase
    refused = Signal(object)  # the exception
    stopped = Signal()
    names_known = Signal(object)  # what others would try in a passphrase

    def __init__(self, place: Place, now: str | None, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._now = now
        self._runner = runner
        self._is_moved = False
        self._task: Task | None = None
        self._names: Task | None = None
        self._then: tuple[Place, str] | None = None

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    def move_to(self, folder: Path) -> None:
        """Set up in another folder; it is remembered when that was done."""
        self.place = self.place._replace(folder=folder)
        self._is_moved = True

    def set_up(self, role: Role, unit: str, name: str, badge: str, passphrase: str) -> None:
        work = _SettingUp(self.place, self._now, role, (unit, name, badge), passphrase)
        self._begin(_Remembering(work, self.place) if self._is_moved else work, self.place, passphrase)

    def make_sample(self, *, anew: bool) -> None:
        from safetydesk.workflows import sample_home

        place = sample_home.beside(self.place)
        self._begin(_MakingSample(self.place, self._now, anew=anew), place, sample_home.PASSPHRASE)

    def restore(self, file: Path, passphrase: str) -> None:
        work = _Restoring(self.place, self._now, file, passphrase)
        self._begin(_Remembering(work, self.place) if self._is_moved else work, self.place, passphrase)

    def learn_names(self, unit: str, name: str, badge: str) -> None:
        """Ask how these would look in a passphrase; the answer comes with `names_known`."""
        self._names = self._runner.pool(_LearningNames(unit, name, badge))
        self._names.succeeded.connect(self._on_names_succeeded)
        self._names.start()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _begin(self, work: Work, place: Place, passphrase: str) -> None:
        if self._task is not None:
            return
        self._then = (place, passphrase)
        self._task = task = self._runner.pool(_Loaded(work))
        task.progressed.connect(self.progressed)
        task.succeeded.connect(self._on_task_succeeded)
        task.failed.connect(self._on_task_failed)
        task.stopped.connect(self._on_task_stopped)
        self.began.emit()
        task.start()

    def _end(self) -> tuple[Place, str] | None:
        self._task = None
        then, self._then = self._then, None
        self.ended.emit()
        return then

    @Slot(object)
    def _on_task_succeeded(self, _value: object) -> None:
        then = self._end()
        if then is not None:
            self.ready.emit(*then)

    @Slot(object)
    def _on_task_failed(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error)

    @Slot()
    def _on_task_stopped(self) -> None:
        self._end()
        self.stopped.emit()

    @Slot(object)
    def _on_names_succeeded(self, names: object) -> None:
        if self.sender() is self._names:
            self.names_known.emit(names)


class _Loaded:
    """Begins when what the store needs is there: it may still be loading in another thread."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, progress: object) -> object:
        from safetydesk.workflows.loading import load

        load()
        return self._work(progress)


class _SettingUp:
    def __init__(
        self, place: Place, now: str | None, role: Role, person: tuple[str, str, str], passphrase: str
    ) -> None:
        self._place = place
        self._now = now
        self._role = role
        self._person = person
        self._passphrase = passphrase

    def __call__(self, _progress: object) -> None:
        from safetydesk.workflows import passphrases
        from safetydesk.workflows.setting_up import Person, set_up
        from safetydesk.workflows.wall_clock import wall_clock

        unit, name, badge = self._person
        passphrases.check(self._passphrase, passphrases.familiar(unit, name, badge))
        set_up(self._place, Person(self._role, unit, name, badge or None), self._passphrase, wall_clock(self._now))


class _Remembering:
    """Afterwards the program looks for the data where they now are."""

    def __init__(self, work: Work, place: Place) -> None:
        self._work = work
        self._place = place

    def __call__(self, progress: object) -> None:
        from safetydesk.workflows.folders import choose_data_folder

        self._work(progress)
        choose_data_folder(self._place.folder)


class _MakingSample:
    """Sample data that is there already is opened as it was left, unless it is wanted anew."""

    def __init__(self, place: Place, now: str | None, *, anew: bool) -> None:
        self._place = place
        self._now = now
        self._anew = anew

    def __call__(self, progress: Any) -> None:
        from safetydesk.workflows import sample_home
        from safetydesk.workflows.wall_clock import wall_clock

        found = sample_home.sample_of(sample_home.beside(self._place).folder)
        if found is not None and found.is_ready and not self._anew:
            return
        if found is not None:
            sample_home.discard(self._place)
        sample_home.make(self._place, wall_clock(self._now), progress)


class _Restoring:
    def __init__(self, place: Place, now: str | None, file: Path, passphrase: str) -> None:
        self._place = place
        self._now = now
        self._file = file
        self._passphrase = passphrase

    def __call__(self, progress: Any) -> None:
        from safetydesk.workflows.setting_up import restore
        from safetydesk.workflows.wall_clock import wall_clock

        restore(self._place, self._file, self._passphrase, wall_clock(self._now), progress)


class _LearningNames:
    def __init__(self, *names: str) -> None:
        self._names = names

    def __call__(self, _progress: object) -> object:
        from safetydesk.workflows import passphrases

        return passphrases.familiar(*self._names)
