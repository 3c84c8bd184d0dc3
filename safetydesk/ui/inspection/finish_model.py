"""What the finish view knows of one check at its end, and its two verbs: decide on a problem, end the check."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.domain.kinds import Level
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.desk import Desk
    from safetydesk.workflows.finishing import Ending, FoundProblem


class FinishModel(QObject):
    """The lane keeps the order: the check ends after what was decided before."""

    read = Signal(object)  # Ending
    read_failed = Signal(object)
    refused = Signal(object, object)  # the answer's id, the error
    finished = Signal(object, int)  # the inspection's id, how many hazards
    finish_failed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._reading = Latest(shell, self)
        self._inspection_id: UUID | None = None
        self._deciding: list[UUID] = []
        self.is_finishing = False
        self.was_changed = False  # since it was opened: whoever goes back must look afresh
        self.ending: Ending | None = None

    def open(self, inspection_id: UUID) -> None:
        self._inspection_id = inspection_id
        self.ending, self.was_changed, self.is_finishing = None, False, False
        self.reload()

    def reload(self) -> None:
        if self._inspection_id is not None:
            self._reading.read(partial(_read, self._inspection_id), self._on_read, self._on_read_failed)

    def decide(self, problem: FoundProblem, level: Level | None, due: date | None) -> None:
        """Level and deadline of one problem; none is what the rules say."""
        assert self._inspection_id is not None
        self._deciding.append(problem.answer_id)
        work = partial(_decide, self._shell.desk, self._inspection_id, problem, level, due)
        self._shell.write(work, self._on_decided, self._on_decide_failed)

    def finish(self) -> None:
        if self._inspection_id is None or self.is_finishing:
            return
        self.is_finishing = True
        work = partial(_finish, self._shell.desk, self._inspection_id)
        self._shell.write(work, self._on_finished, self._on_finish_failed)

    @Slot(object)
    def _on_read(self, ending: Ending) -> None:
        self.ending = ending
        self.read.emit(ending)

    @Slot(object)
    def _on_read_failed(self, error: Exception) -> None:
        self.read_failed.emit(error)

    @Slot(object)
    def _on_decided(self, before: FoundProblem) -> None:
        del self._deciding[0]
        self.was_changed = True
        assert self._inspection_id is not None
        undo = partial(_decide_back, self._shell.desk, self._inspection_id, before)
        self._shell.messages.undoable(tr("已改好。"), undo)
        self.reload()

    @Slot(object)
    def _on_decide_failed(self, error: Exception) -> None:
        self.refused.emit(self._deciding.pop(0), error)

    @Slot(object)
    def _on_finished(self, found: int) -> None:
        self.is_finishing = False
        self.finished.emit(self._inspection_id, found)

    @Slot(object)
    def _on_finish_failed(self, error: Exception) -> None:
        self.is_finishing = False
        self.finish_failed.emit(error)


def _read(inspection_id: UUID, session: Any, _progress: object) -> Ending:
    from safetydesk.workflows import finishing

    return finishing.ending(session, inspection_id)


def _decide(
    desk: Desk,
    inspection_id: UUID,
    problem: FoundProblem,
    level: Level | None,
    due: date | None,
    session: Any,
    _progress: object,
) -> tuple[Changes, FoundProblem]:
    """Returns the problem as it was, for the way back."""
    from safetydesk.workflows import finishing

    return finishing.decide(session, desk, inspection_id, problem, level, due), problem


def _decide_back(desk: Desk, inspection_id: UUID, before: FoundProblem, session: Any, _progress: object) -> Changes:
    from safetydesk.workflows import finishing

    return finishing.decide(session, desk, inspection_id, before, before.own_level, before.own_due)


def _finish(desk: Desk, inspection_id: UUID, session: Any, _progress: object) -> tuple[Changes, int]:
    from safetydesk.workflows import finishing

    return finishing.finish(session, desk, inspection_id)
