"""What the choose view knows: what may be gone on with, what is offered, and the enterprise that was picked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.kinds import InspectionKind
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.beginning import Beginning, Colleague, Crew, OfferedEnterprise, UnfinishedVisit
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.desk import Desk


class ChooseModel(QObject):
    """Names the verbs of the beginning, and hands them to the runner."""

    unfinished_read = Signal(object)  # tuple of UnfinishedVisit
    offered_read = Signal(object)  # tuple of OfferedEnterprise
    crew_read = Signal(object)  # Crew
    picked = Signal(object)  # Beginning
    pick_failed = Signal(object)
    started = Signal(object)  # the inspection's id
    start_failed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._looking = Latest(shell, self)
        self._offering = Latest(shell, self)
        self._picking = Latest(shell, self)
        self._given_up: UUID | None = None
        self.is_starting = False
        self.beginning: Beginning | None = None

    def reload(self) -> None:
        """Everything but what the person typed."""
        self._looking.read(partial(_look, self._shell.desk), self._on_looked)
        if self.beginning is not None:
            self.pick(self.beginning.enterprise_id)

    def offer(self) -> None:
        """What is due, and where one was last."""
        self._offering.read(partial(_offer, self._shell.desk), self._on_offered)

    def find(self, text: str) -> None:
        self._offering.read(partial(_find, text), self._on_offered)

    def pick(self, enterprise_id: UUID) -> None:
        self._picking.read(partial(_begin, self._shell.desk, enterprise_id), self._on_picked, self._on_pick_failed)

    def drop(self) -> None:
        """No enterprise is picked any more."""
        self._picking.drop()
        self.beginning = None

    def start(self, checklist: str, kind: InspectionKind, second: Colleague | None) -> None:
        if self.beginning is None or self.is_starting:
            return
        self.is_starting = True
        work = partial(_start, self._shell.desk, self.beginning.enterprise_id, checklist, kind, second)
        self._shell.write(work, self._on_started, self._on_start_failed)

    def give_up(self, inspection_id: UUID) -> None:
        """Lay aside what was begun by mistake; it can be taken up again."""
        self._shell.write(partial(_give_up, self._shell.desk, inspection_id), self._on_given_up)

    @Slot(object)
    def _on_looked(self, found: tuple[tuple[UnfinishedVisit, ...], Crew]) -> None:
        self.unfinished_read.emit(found[0])
        self.crew_read.emit(found[1])

    @Slot(object)
    def _on_offered(self, found: tuple[OfferedEnterprise, ...]) -> None:
        self.offered_read.emit(found)

    @Slot(object)
    def _on_picked(self, found: Beginning) -> None:
        self.beginning = found
        self.picked.emit(found)

    @Slot(object)
    def _on_pick_failed(self, error: Exception) -> None:
        self.beginning = None
        self.pick_failed.emit(error)

    @Slot(object)
    def _on_started(self, inspection_id: UUID) -> None:
        self.is_starting = False
        self.started.emit(inspection_id)

    @Slot(object)
    def _on_start_failed(self, error: Exception) -> None:
        self.is_starting = False
        self.start_failed.emit(error)

    @Slot(object)
    def _on_given_up(self, inspection_id: UUID) -> None:
        self._shell.messages.undoable(tr("已取消这次检查，查过的内容还留着。"), partial(_take_up, inspection_id))
        self.reload()


def _look(desk: Desk, session: Any, _progress: object) -> tuple[tuple[UnfinishedVisit, ...], Crew]:
    from safetydesk.workflows import beginning

    return beginning.unfinished(session), beginning.crew(session, desk)


def _offer(desk: Desk, session: Any, _progress: object) -> tuple[OfferedEnterprise, ...]:
    from safetydesk.workflows import beginning

    return beginning.offered(session, desk)


def _find(text: str, session: Any, _progress: object) -> tuple[OfferedEnterprise, ...]:
    from safetydesk.workflows import beginning

    return beginning.found(session, text)


def _begin(desk: Desk, enterprise_id: UUID, session: Any, _progress: object) -> Beginning:
    from safetydesk.workflows import beginning

    return beginning.beginning(session, desk, enterprise_id)


def _start(
    desk: Desk,
    enterprise_id: UUID,
    checklist: str,
    kind: InspectionKind,
    second: Colleague | None,
    session: Any,
    _progress: object,
) -> tuple[Changes, UUID]:
    from safetydesk.workflows import beginning

    return beginning.start(session, desk, enterprise_id, checklist, kind, second)


def _give_up(desk: Desk, inspection_id: UUID, session: Any, _progress: object) -> tuple[Changes, UUID]:
    from safetydesk.workflows import beginning

    return beginning.give_up(session, desk, inspection_id), inspection_id


def _take_up(inspection_id: UUID, session: Any, _progress: object) -> Changes:
    from safetydesk.workflows import beginning

    return beginning.take_up(session, inspection_id)
