"""What the page of one enterprise knows, and its verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.tasks import Work
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.changes import Changes
    from safetydesk.workflows.enterprise_page import EnterprisePage
    from safetydesk.workflows.enterprises import Change
    from safetydesk.workflows.searching import FoundEnterprise


@dataclass(frozen=True)
class Registered:
    """An enterprise that was just entered."""

    id: UUID
    name: str


class EnterprisePageModel(QObject):
    """One enterprise at a time. A refused save says why, and nothing was written."""

    read = Signal(object)  # EnterprisePage
    gone = Signal(object)  # the error; none where the person took back what was in view
    saved = Signal()  # what was edited is stored
    registered = Signal(object)  # Registered
    object_added = Signal()
    refused = Signal(object)  # the error; what was typed stays
    name_looked_up = Signal(str, object)  # the name, the enterprises that bear it already
    code_looked_up = Signal(str, object)  # the code, who has it already or none

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._reading = Latest(shell, self)
        self.page: EnterprisePage | None = None
        self._asked: UUID | None = None
        self.is_saving = False

    def show(self, enterprise_id: UUID) -> None:
        desk = self._shell.desk

        def ask(session: Any, _progress: object) -> EnterprisePage:
            from safetydesk.workflows import enterprise_page

            return enterprise_page.page(session, desk, enterprise_id)

        self._asked = enterprise_id
        self._reading.read(ask, self._on_read, self._on_gone)

    def forget(self) -> None:
        self._reading.drop()
        self.page = None

    def look_up_name(self, name: str, besides: UUID | None) -> None:
        """Is there one of this name already?"""

        def ask(session: Any, _progress: object) -> tuple[str, Sequence[FoundEnterprise]]:
            from safetydesk.workflows import enterprise_editing

            return name, enterprise_editing.with_name(session, name, besides)

        self._shell.read(ask, self._on_name_looked_up)

    def look_up_code(self, code: str, besides: UUID | None) -> None:
        def ask(session: Any, _progress: object) -> tuple[str, FoundEnterprise | None]:
            from safetydesk.workflows import enterprise_editing

            return code, enterprise_editing.with_code(session, code, besides)

        self._shell.read(ask, self._on_code_looked_up)

    def save(self, enterprise_id: UUID, values: Mapping[str, Any]) -> None:
        desk, wanted = self._shell.desk, dict(values)

        def write(session: Any, _progress: object) -> tuple[Changes, tuple[UUID, Sequence[Change]]]:
            from safetydesk.workflows import enterprise_editing

            changes, changed = enterprise_editing.save(session, desk, enterprise_id, wanted)
            return changes, (enterprise_id, changed)

        self._write(write, self._on_saved)

    def register(self, values: Mapping[str, Any]) -> None:
        desk, wanted = self._shell.desk, dict(values)

        def write(session: Any, _progress: object) -> tuple[Changes, Registered]:
            from safetydesk.workflows import enterprise_editing

            changes, enterprise_id = enterprise_editing.register(session, desk, wanted)
            return changes, Registered(enterprise_id, str(wanted.get("name", "")))

        self._write(write, self._on_registered)

    def add_object(self, enterprise_id: UUID, kind: str, name: str, details: Mapping[str, str]) -> None:
        desk, said = self._shell.desk, dict(details)

        def write(session: Any, _progress: object) -> tuple[Changes, tuple[UUID, str]]:
            from safetydesk.workflows import enterprise_editing

            changes, object_id = enterprise_editing.add_object(session, desk, enterprise_id, kind, name, said)
            return changes, (object_id, name)

        self._write(write, self._on_object_added)

    def remove_object(self, object_id: UUID, name: str) -> None:
        desk = self._shell.desk

        def write(session: Any, _progress: object) -> tuple[Changes, tuple[UUID, str]]:
            from safetydesk.workflows import enterprise_editing

            return enterprise_editing.remove_object(session, desk, object_id), (object_id, name)

        self._write(write, self._on_object_removed)

    def _write(self, work: Work, on_done: Any) -> None:
        if self.is_saving:
            return
        self.is_saving = True
        self._shell.write(work, on_done, self._on_refused)

    @Slot(object)
    def _on_read(self, page: EnterprisePage) -> None:
        self.page = page
        self.read.emit(page)

    @Slot(object)
    def _on_gone(self, error: Exception) -> None:
        """What was in view and is not in the ledger any more was taken back by the person: no trouble."""
        was_in_view = self.page is not None and self.page.row.id == self._asked
        self.page = None
        self.gone.emit(None if was_in_view and getattr(error, "code", "") == "unknown_enterprise" else error)

    @Slot(object)
    def _on_name_looked_up(self, done: tuple[str, Sequence[FoundEnterprise]]) -> None:
        self.name_looked_up.emit(*done)

    @Slot(object)
    def _on_code_looked_up(self, done: tuple[str, FoundEnterprise | None]) -> None:
        self.code_looked_up.emit(*done)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.is_saving = False
        self.refused.emit(error)

    @Slot(object)
    def _on_saved(self, done: tuple[UUID, Sequence[Change]]) -> None:
        self.is_saving = False
        enterprise_id, changed = done
        if changed:
            desk, taken = self._shell.desk, list(changed)

            def undo(session: Any, _progress: object) -> Changes:
                from safetydesk.workflows import enterprise_editing

                return enterprise_editing.take_back(session, desk, enterprise_id, taken)

            self._shell.messages.undoable(tr("已保存，改了 {count} 处。", count=len(changed)), undo)
        else:
            self._shell.messages.tell(tr("填的和原来一样，没有改动。"))
        self.saved.emit()

    @Slot(object)
    def _on_registered(self, done: Registered) -> None:
        self.is_saving = False
        desk, enterprise_id = self._shell.desk, done.id

        def undo(session: Any, _progress: object) -> Changes:
            from safetydesk.workflows import enterprise_editing

            return enterprise_editing.unregister(session, desk, enterprise_id)

        self._shell.messages.undoable(tr("已登记 {name}。", name=done.name), undo)
        self.registered.emit(done)

    @Slot(object)
    def _on_object_added(self, done: tuple[UUID, str]) -> None:
        self.is_saving = False
        desk, (object_id, name) = self._shell.desk, done

        def undo(session: Any, _progress: object) -> Changes:
            from safetydesk.workflows import enterprise_editing

            return enterprise_editing.remove_object(session, desk, object_id)

        self._shell.messages.undoable(tr("已登记高风险对象 {name}。", name=name), undo)
        self.object_added.emit()

    @Slot(object)
    def _on_object_removed(self, done: tuple[UUID, str]) -> None:
        self.is_saving = False
        object_id, name = done

        def undo(session: Any, _progress: object) -> Changes:
            from safetydesk.workflows import enterprise_editing

            return enterprise_editing.restore_object(session, object_id)

        self._shell.messages.undoable(tr("已从台账里去掉高风险对象 {name}。", name=name), undo)
