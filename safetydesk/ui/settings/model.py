"""What the settings screen knows, and its verbs. Every setting is saved by itself and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.config import Appearance
from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import Task
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.desk import Desk

UNIT, NAME, BADGE = "own.unit", "own.name", "own.badge"  # no settings, but saved and taken back like them


class SettingsModel(QObject):
    """`saved` and `refused` carry the key of the setting."""

    loaded = Signal(object)  # SettingsView
    saved = Signal(str)
    refused = Signal(str, object)
    powers_read = Signal(object)
    laws_read = Signal(object)
    names_known = Signal(object)
    appearance_shown = Signal(object)
    idle_shown = Signal(int)
    passphrase_changed = Signal()
    passphrase_refused = Signal(object)
    checked = Signal(object)
    backup_began = Signal()
    backup_progressed = Signal(int, int, str)
    backed_up = Signal(object)
    backup_refused = Signal(object)
    backup_stopped = Signal()
    renewed = Signal()

    _appearance_wanted = Signal(object)  # from the lane, where an undo runs
    _idle_wanted = Signal(int)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._saving: dict[Task, tuple[str, str, str]] = {}
        self._backup: Task | None = None
        self._appearance_wanted.connect(self._apply_appearance)
        self._idle_wanted.connect(self._apply_idle)

    # --- settings that lie in the store

    def load(self) -> None:
        self.shell.read(_Reading(self.shell.desk), self._on_view_read)

    def save(self, key: str, text: str, before: str, label: str) -> None:
        """Save one; `before` is what an undo puts back."""
        task = self.shell.write(_Saving(self.shell.desk, key, text), self._on_saved, self._on_refused)
        self._saving[task] = (key, before, label)
        task.finished.connect(self._on_saving_finished)

    def read_powers(self) -> None:
        self.shell.read(_read_powers, self._on_powers_read)

    def read_laws(self) -> None:
        self.shell.read(_read_laws, self._on_laws_read)

    # --- settings of this window

    def show_window_settings(self) -> None:
        """Say again how things are, as if they had just been changed."""
        self.appearance_shown.emit(self.shell.config.now.appearance)
        self.idle_shown.emit(self.shell.config.now.idle_minutes)

    def change_appearance(self, **values: Any) -> None:
        before = self.shell.config.now.appearance
        after = before._replace(**values)
        if after == before:
            return
        self._apply_appearance(after)
        self.shell.messages.undoable(tr("外观已改变。"), _WindowUndo(self._appearance_wanted, before))

    def change_idle(self, minutes: int) -> None:
        before = self.shell.config.now.idle_minutes
        if minutes == before:
            return
        self._apply_idle(minutes)
        said = tr("{minutes} 分钟不动就锁定。", minutes=minutes) if minutes else tr("不再自动锁定。")
        self.shell.messages.undoable(said, _WindowUndo(self._idle_wanted, before))

    # --- passphrase, backup, check-up

    def learn_names(self) -> None:
        self.shell.read(_Names(self.shell.desk), self._on_names_read)

    def change_passphrase(self, old: str, new: str) -> None:
        task = self.shell.runner.lane(_ChangingPassphrase(self.shell.desk, old, new))
        task.succeeded.connect(self._on_passphrase_changed)
        task.failed.connect(self.passphrase_refused)
        task.start()

    def back_up(self, folder: Path) -> None:
        if self._backup is not None:
            return
        task = self.shell.runner.lane(_BackingUp(self.shell.desk, folder))
        self._backup = task
        task.progressed.connect(self.backup_progressed)
        task.succeeded.connect(self._on_backed_up)
        task.failed.connect(self.backup_refused)
        task.stopped.connect(self.backup_stopped)
        task.finished.connect(self._on_backup_finished)
        self.backup_began.emit()
        task.start()

    def stop_backup(self) -> None:
        if self._backup is not None:
            self._backup.cancel()

    def check_up(self) -> None:
        task = self.shell.runner.lane(_CheckingUp(self.shell.desk))
        task.succeeded.connect(self.checked)
        task.failed.connect(self.shell.messages.trouble)
        task.start()

    def renew(self) -> None:
        """Go on with data that were restored or copied: under a new series of paper numbers."""
        task = self.shell.runner.lane(_Renewing(self.shell.desk))
        task.succeeded.connect(self._on_renewed)
        task.failed.connect(self.shell.messages.trouble)
        task.start()

    @Slot(object)
    def _on_view_read(self, view: object) -> None:
        self.loaded.emit(view)

    @Slot(object)
    def _on_powers_read(self, powers: object) -> None:
        self.powers_read.emit(powers)

    @Slot(object)
    def _on_laws_read(self, laws: object) -> None:
        self.laws_read.emit(laws)

    @Slot(object)
    def _on_names_read(self, names: object) -> None:
        self.names_known.emit(names)

    @Slot(object)
    def _on_saved(self, _value: object) -> None:
        key, before, label = self._saving_of(self.sender())
        self.saved.emit(key)
        undo = _Saving(self.shell.desk, key, before)
        self.shell.messages.undoable(tr("已保存：{label}。", label=label), undo)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.refused.emit(self._saving_of(self.sender())[0], error)

    def _saving_of(self, task: QObject | None) -> tuple[str, str, str]:
        assert isinstance(task, Task)
        return self._saving[task]

    @Slot()
    def _on_saving_finished(self) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._saving.pop(task, None)

    @Slot(object)
    def _apply_appearance(self, appearance: Appearance) -> None:
        self.shell.config.change(appearance=appearance)
        self.shell.appearance_changed.emit(appearance)
        self.appearance_shown.emit(appearance)

    @Slot(int)
    def _apply_idle(self, minutes: int) -> None:
        self.shell.config.change(idle_minutes=minutes)
        self.idle_shown.emit(minutes)

    @Slot(object)
    def _on_passphrase_changed(self, _nothing: object) -> None:
        self.passphrase_changed.emit()
        self.shell.messages.tell(tr("口令已更换，下次打开用新口令。以前做的备份，仍要用旧口令打开。"))

    @Slot(object)
    def _on_backed_up(self, made: object) -> None:
        self.backed_up.emit(made)
        self.load()

    @Slot()
    def _on_backup_finished(self) -> None:
        self._backup = None

    @Slot(object)
    def _on_renewed(self, _made: object) -> None:
        self.renewed.emit()
        self.shell.messages.tell(tr("已换用新的文号字头，可以继续工作。以前的字头不会再用。"))
        self.load()


class _Reading:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, session: Any, _progress: object) -> object:
        from safetydesk.workflows import settings_view

        return settings_view.read(session, self._desk)


class _Names:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, session: Any, _progress: object) -> object:
        from safetydesk.workflows import passphrases

        return passphrases.known_names(session, self._desk)


class _Saving:
    """Save one value; the way back is the same with the value before."""

    def __init__(self, desk: Desk, key: str, text: str) -> None:
        self._desk = desk
        self._key = key
        self._text = text

    def __call__(self, session: Any, _progress: object) -> Changes:
        from safetydesk.workflows import settings

        verbs: dict[str, Callable[[], Changes]] = {
            UNIT: lambda: settings.rename_unit(session, self._desk, self._text),
            NAME: lambda: settings.correct_self(session, self._desk, name=self._text),
            BADGE: lambda: settings.correct_self(session, self._desk, badge=self._text),
        }
        verb = verbs.get(self._key)
        return verb() if verb is not None else settings.put(session, self._key, self._text)


class _WindowUndo:
    """An undo runs in the lane; what it changes lives in the window's thread, and a signal brings it there."""

    def __init__(self, wanted: Any, before: object) -> None:
        self._wanted = wanted
        self._before = before

    def __call__(self, _session: object, _progress: object) -> None:
        self._wanted.emit(self._before)


class _ChangingPassphrase:
    def __init__(self, desk: Desk, old: str, new: str) -> None:
        self._desk = desk
        self._old = old
        self._new = new

    def __call__(self, _progress: object) -> None:
        from safetydesk.workflows import passphrases

        passphrases.change_own(self._desk, self._old, self._new)


class _BackingUp:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._folder = folder

    def __call__(self, progress: Any) -> object:
        from safetydesk.workflows import backups

        return backups.back_up(self._desk.store, self._folder, progress)


class _CheckingUp:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, _progress: object) -> object:
        from safetydesk.workflows.checkup import checkup

        return checkup(self._desk)


class _Renewing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, _progress: object) -> object:
        from safetydesk.workflows.setting_up import renew_replica

        return renew_replica(self._desk)


def _read_powers(session: Any, _progress: object) -> object:
    from safetydesk.workflows import settings_view

    return settings_view.power_choices(session)


def _read_laws(session: Any, _progress: object) -> object:
    from safetydesk.workflows import settings_view

    return settings_view.unverified_laws(session)
