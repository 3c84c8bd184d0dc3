"""What every screen gets: the desk, the runner, the message bar, dialogs, and the way to other screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui.config import Config
from safetydesk.ui.places import Target
from safetydesk.ui.tasks import Task, TaskRunner, Work
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.desk import Desk


@dataclass(frozen=True)
class Message:
    """A line of the message bar. `kind` is told, undoable or trouble."""

    text: str
    hint: str = ""
    kind: str = "told"
    undo: Work | None = field(default=None, compare=False)
    error: Exception | None = field(default=None, compare=False)


class Messages(QObject):
    """What happened, said once; the bar of the frame shows it."""

    said = Signal(object)  # Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.last: Message | None = None

    def tell(self, text: str) -> None:
        self._say(Message(text))

    def undoable(self, text: str, undo: Work) -> None:
        """`undo(session, progress)` takes it back, as a write of its own."""
        self._say(Message(text, kind="undoable", undo=undo))

    @Slot(object)
    def trouble(self, error: Exception, undo: Work | None = None) -> None:
        """What was not done and why. `undo` stays at hand where it was the undoing that failed."""
        self._say(replace(trouble_message(error), undo=undo))

    def take_undo(self) -> Work | None:
        """The way back of the last message, once."""
        if self.last is None or self.last.undo is None:
            return None
        undo, self.last = self.last.undo, None
        return undo

    def _say(self, message: Message) -> None:
        self.last = message
        self.said.emit(message)


def trouble_message(error: Exception) -> Message:
    """The words of a problem; a bug says that it is one, and goes to the log without the data."""
    if isinstance(error, SafetyDeskError):
        from safetydesk.ui.window_words import window_words

        text, hint = window_words(error)
        return Message(text, hint, "trouble", error=error)
    from safetydesk.workflows.crash import note_crash

    file = note_crash(error)
    hint = tr("请把日志交给维护人员：{file}", file=file) if file else tr("请重试一次。")
    return Message(tr("程序内部出错，这一步没有完成，已有的数据没有改动。"), hint, "trouble", error=error)


class Asker(Protocol):
    """Asks what cannot be undone."""

    def ask(
        self,
        title: str,
        text: str,
        button: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
        on_no: Callable[[], object] | None = None,
    ) -> None: ...


class FileChooser(Protocol):
    """Native file dialogs. `kinds` as Qt writes them: 照片 (*.jpg *.png)."""

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None: ...
    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None: ...
    def save_file(self, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]) -> None: ...


class Shell(QObject):
    """Handed to every screen. `on_done` and `on_failed` are methods of QObjects, called in the window's thread."""

    go_requested = Signal(object)  # Target
    lock_requested = Signal()
    appearance_changed = Signal(object)  # Appearance

    def __init__(
        self,
        desk: Desk,
        runner: TaskRunner,
        config: Config,
        asker: Asker,
        files: FileChooser,
        printer: Any,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = runner
        self.config = config
        self.asker = asker
        self.files = files
        self.printer = printer
        self.messages = Messages(self)
        self._undoing: dict[QObject, Work] = {}

    def go(self, target: Target) -> None:
        self.go_requested.emit(target)

    def read(
        self,
        work: Work,
        on_done: Callable[..., object],
        on_failed: Callable[..., object] | None = None,
        *,
        title: str = "",
        later: bool = False,
    ) -> Task:
        """`later`: what nobody waits for, such as the counts beside a list."""
        return self._begin(self.runner.read(work, title, later=later), on_done, on_failed)

    def write(
        self,
        work: Work,
        on_done: Callable[..., object] | None = None,
        on_failed: Callable[..., object] | None = None,
        *,
        title: str = "",
    ) -> Task:
        return self._begin(self.runner.write(work, title), on_done, on_failed)

    def pool(
        self,
        work: Work,
        on_done: Callable[..., object] | None = None,
        on_failed: Callable[..., object] | None = None,
        *,
        title: str = "",
    ) -> Task:
        return self._begin(self.runner.pool(work, title), on_done, on_failed)

    def undo(self) -> bool:
        """Take back what the last message said. False where there is nothing to take back."""
        undo = self.messages.take_undo()
        if undo is None:
            return False
        task = self.write(undo, self._on_undone, self._on_undo_refused)
        self._undoing[task] = undo
        return True

    @Slot(object)
    def _on_undone(self, _value: object) -> None:
        self._undoing.pop(self.sender(), None)
        self.messages.tell(tr("已撤销，恢复到刚才的样子。"))

    @Slot(object)
    def _on_undo_refused(self, error: Exception) -> None:
        """Nothing was taken back: it can be tried again when there is room, or when the file is free."""
        self.messages.trouble(error, self._undoing.pop(self.sender(), None))

    def _begin(
        self, task: Task, on_done: Callable[..., object] | None, on_failed: Callable[..., object] | None
    ) -> Task:
        if on_done is not None:
            task.succeeded.connect(_arriving(on_done))
        task.failed.connect(_arriving(on_failed or self.messages.trouble))
        task.start()
        return task


class Latest(QObject):
    """Of several questions only the newest answer arrives."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._on_done: Callable[..., object] | None = None
        self._on_failed: Callable[..., object] | None = None

    def read(
        self,
        work: Work,
        on_done: Callable[..., object],
        on_failed: Callable[..., object] | None = None,
        *,
        later: bool = False,
    ) -> None:
        self.drop()
        self._on_done, self._on_failed = on_done, on_failed
        self._task = self._shell.read(work, self._on_task_succeeded, self._on_task_failed, later=later)

    def pool(self, work: Work, on_done: Callable[..., object], on_failed: Callable[..., object] | None = None) -> None:
        self.drop()
        self._on_done, self._on_failed = on_done, on_failed
        self._task = self._shell.pool(work, self._on_task_succeeded, self._on_task_failed)

    def drop(self) -> None:
        """Forget what was asked."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @Slot(object)
    def _on_task_succeeded(self, value: object) -> None:
        if self.sender() is not self._task or self._on_done is None:
            return  # a slower, older answer must not win
        self._task = None
        self._on_done(value)

    @Slot(object)
    def _on_task_failed(self, error: Exception) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        (self._on_failed or self._shell.messages.trouble)(error)


def _arriving(method: Callable[..., object]) -> Callable[..., object]:
    """Only methods of QObjects arrive in the window's thread."""
    assert isinstance(getattr(method, "__self__", None), QObject), method
    return method
