"""What the walk knows, and its verbs. Every answer is handed to the store in the order it was given.

Going on is a request: it waits until everything given so far is on disk, and is dropped where something was refused.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.kinds import LABELS, Result
from safetydesk.ui.inspection.walk_facts import is_stored
from safetydesk.ui.inspection.walk_photo_model import PhotoModel
from safetydesk.ui.inspection.walk_undo import Step, Steps, answer_step
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.answering import AnswerInput
    from safetydesk.workflows.walking_photos import PhotosPut
    from safetydesk.workflows.walking_shapes import AnswerKey, AnswerState, ItemShown, Put, Walk

END = -1  # behind the last item
TO_FINISH, TO_LEAVE, TO_UNDO, TO_REDO = -2, -3, -4, -5  # what else may wait until all is on disk


@dataclass
class _Sent:
    """A write on its way."""

    visit: UUID
    one: AnswerInput
    merge: str
    is_answer: bool


class WalkModel(QObject):
    """One check. `at` is the position of the item in view, END behind the last."""

    opened = Signal()
    open_failed = Signal(object)
    moved = Signal()
    stored = Signal(str)  # the item whose answer is on disk now
    refused = Signal(str, object)  # the item, the error: nothing of it was taken
    photos_changed = Signal()
    busy_changed = Signal(bool)
    taken_back = Signal(str)  # what it was, for the eye
    finish_ready = Signal()
    leave_ready = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.walk: Walk | None = None
        self.items: list[ItemShown] = []
        self.at = 0
        self._steps = Steps()
        self._sent: deque[_Sent] = deque()
        self._requested: dict[AnswerKey, AnswerInput] = {}
        self._waiting: int | None = None  # where to go once all is on disk
        self._undoing: Step | None = None
        self._redoing = False
        self.photos = PhotoModel(shell, self)

    # --- what it knows

    @property
    def current(self) -> ItemShown | None:
        return self.items[self.at] if 0 <= self.at < len(self.items) else None

    @property
    def is_busy(self) -> bool:
        """Something decides where the next key belongs: keys wait until it is known."""
        return self._waiting is not None or self._undoing is not None

    @property
    def is_sending(self) -> bool:
        """An answer is on its way to the disk."""
        return bool(self._sent)

    @property
    def is_saving(self) -> bool:
        return self.is_sending or self.photos.is_busy

    def key_of(self, item: str) -> AnswerKey:
        """The answer that this screen keeps for an item: the plain one, or the only one about an object."""
        plain: AnswerKey = (item, None)
        if self.walk is None or plain in self.walk.answers:
            return plain
        others = [key for key in self.walk.answers if key[0] == item]
        return others[0] if len(others) == 1 else plain

    def state_of(self, item: str) -> AnswerState | None:
        return self.walk.answers.get(self.key_of(item)) if self.walk else None

    def result_of(self, item: str) -> Result:
        """The worst of the item's answers."""
        if self.walk is None:
            return Result.UNCHECKED
        found = [state.result for key, state in self.walk.answers.items() if key[0] == item]
        order = (Result.FAIL, Result.PASS, Result.NOT_APPLICABLE)
        return next((result for result in order if result in found), Result.UNCHECKED)

    @property
    def answered_count(self) -> int:
        return sum(self.result_of(item.id) is not Result.UNCHECKED for item in self.items)

    @property
    def failed(self) -> list[str]:
        return [item.id for item in self.items if self.result_of(item.id) is Result.FAIL]

    def next_unanswered(self) -> int | None:
        """The next one after the item in view, going round."""
        start = self.at + 1 if self.at >= 0 else 0
        around = [*range(start, len(self.items)), *range(min(start, len(self.items)))]
        return next((at for at in around if self.result_of(self.items[at].id) is Result.UNCHECKED), None)

    # --- verbs

    def open(self, inspection_id: UUID) -> None:
        def read(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking

            return walking.walk(session, desk, inspection_id)

        desk = self._shell.desk
        self._shell.read(read, self._on_walk_read, self.open_failed_now)

    def answer(self, one: AnswerInput, then: int | None = None) -> None:
        """Store this answer; `then` is where to go once it is on disk."""
        self._send(one, "", is_answer=True)
        if then is not None:
            self.request(then)

    def save(self, one: AnswerInput, merge: str = "") -> None:
        """Store what was typed beside an answer, unless it is there already or on its way; the item stays in view."""
        if not self.is_kept(one):
            self._send(one, merge, is_answer=False)

    def is_kept(self, one: AnswerInput) -> bool:
        """Whether this is the newest that was handed to the store."""
        on_its_way = self._requested.get((one.item, one.object))
        return is_stored(one, self.walk) if on_its_way is None else on_its_way == one

    def request(self, target: int) -> None:
        """Go there as soon as everything given so far is on disk."""
        was_busy = self.is_busy
        self._waiting = target
        if not was_busy:
            self.busy_changed.emit(True)
        self._go_on()

    @property
    def can_undo(self) -> bool:
        return self._steps.last() is not None or bool(self._sent)

    def add_step(self, step: Step) -> None:
        """What can be taken back next."""
        if self.walk is not None:
            self._steps.add(step, self.walk.inspection_id)

    def take_photos(self, visit: UUID, put: PhotosPut) -> bool:
        """The photos of a visit changed. False where that is not the one in view any more."""
        if self.walk is None or self.walk.inspection_id != visit:
            return False
        self.walk = self.walk.with_photos(put.photos)
        self.photos_changed.emit()
        return True

    # --- answers on their way

    def _send(self, one: AnswerInput, merge: str, *, is_answer: bool) -> None:
        if self.walk is None:
            return
        desk, visit = self._shell.desk, self.walk.inspection_id

        def put(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking

            return walking.put(session, desk, visit, one)

        self._requested[one.item, one.object] = one
        self._sent.append(_Sent(visit, one, merge, is_answer))
        self._shell.write(put, self._on_put, self._on_put_failed)

    @Slot(object)
    def _on_put(self, put: Put) -> None:
        sent = self._sent.popleft()  # the lane works in order
        self._arrived(sent)
        if self.walk is None or self.walk.inspection_id != sent.visit:
            return
        self.walk = self.walk.with_answer(put.key, put.now)
        self.add_step(answer_step(sent.visit, put, self._label(sent), sent.merge))
        self.stored.emit(put.key[0])
        self._go_on()

    @Slot(object)
    def _on_put_failed(self, error: Exception) -> None:
        sent = self._sent.popleft()
        self._arrived(sent)
        self.refused.emit(sent.one.item, error)  # before keys that waited are let go
        self._stay()

    def _arrived(self, sent: _Sent) -> None:
        key = (sent.one.item, sent.one.object)
        if self._requested.get(key) is sent.one:
            del self._requested[key]

    def _label(self, sent: _Sent) -> str:
        number = next((item.number for item in self.items if item.id == sent.one.item), 0)
        if sent.is_answer:
            return tr("第 {number} 项“{result}”", number=number, result=LABELS[sent.one.result])
        return tr("第 {number} 项的填写", number=number)

    # --- going on

    def _go_on(self) -> None:
        if self._waiting is None or self._sent:
            return
        target, self._waiting = self._waiting, None
        if target in (TO_UNDO, TO_REDO):
            self._turn_last(again=target == TO_REDO)
        elif target in (TO_FINISH, TO_LEAVE):
            self._not_busy()
            (self.finish_ready if target == TO_FINISH else self.leave_ready).emit()
        else:
            self.at = target if target < len(self.items) else END
            self.moved.emit()
            self._not_busy()

    def _stay(self) -> None:
        if self._waiting is not None:
            self._waiting = None
            self._not_busy()

    def _not_busy(self) -> None:
        if not self.is_busy:
            self.busy_changed.emit(False)

    # --- back and forth

    def _turn_last(self, *, again: bool) -> None:
        """Take back the last step, or do the last one that was taken back again."""
        step = self._steps.last_undone() if again else self._steps.last()
        if step is None:
            self._not_busy()
            return
        desk, verb = self._shell.desk, step.again if again else step.back

        def turn(session: Any, _progress: object) -> Any:
            return verb(session, desk)

        self._undoing, self._redoing = step, again
        self._shell.write(turn, self._on_turned, self._on_turn_failed)

    @Slot(object)
    def _on_turned(self, value: Put | PhotosPut) -> None:
        step, self._undoing = self._undoing, None
        if step is None or self.walk is None:
            return
        if self._redoing:
            self._steps.done_again()
        else:
            self._steps.taken_back()
        key = getattr(value, "key", None)
        if key is not None:
            self.walk = self.walk.with_answer(key, value.now)  # type: ignore[union-attr]
        else:
            self.take_photos(self.walk.inspection_id, value)  # type: ignore[arg-type]
        self._show_turned(step)
        self._not_busy()

    def _show_turned(self, step: Step) -> None:
        """Back to where it happened, so that one sees what became of it."""
        at = next((at for at, item in enumerate(self.items) if item.id == step.item), None)
        if at is not None:
            self.at = at
        self.moved.emit()
        said = tr("已重做：{what}", what=step.label) if self._redoing else tr("已撤回：{what}", what=step.label)
        self.taken_back.emit(said)

    @Slot(object)
    def _on_turn_failed(self, error: Exception) -> None:
        step, self._undoing = self._undoing, None
        self.refused.emit(step.item or "" if step else "", error)
        self._not_busy()

    # --- opening

    @Slot(object)
    def _on_walk_read(self, walk: Walk) -> None:
        same = self.walk is not None and self.walk.inspection_id == walk.inspection_id
        unchanged = self.walk is not None and (self.walk.answers, self.walk.photos) == (walk.answers, walk.photos)
        self.walk = walk
        self.items = list(walk.items)
        if not same or not unchanged:  # what was changed elsewhere is not to be overwritten by a step back
            self._steps = Steps()
        if not same:
            self.at = self._where_left()
        self.opened.emit()
        self.moved.emit()

    @Slot(object)
    def open_failed_now(self, error: Exception) -> None:
        self.open_failed.emit(error)

    def _where_left(self) -> int:
        """The first item that is still open after the one answered last."""
        assert self.walk is not None
        if not self.walk.answers:
            return 0
        latest = max(self.walk.answers.values(), key=lambda state: state.answered_at)
        self.at = next((at for at, item in enumerate(self.items) if item.id == latest.item), 0)
        unanswered = self.next_unanswered()
        return END if unanswered is None else unanswered
