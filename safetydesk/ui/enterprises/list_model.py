"""What the list of enterprises knows: what is wanted, and how many there are of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.widgets.paged import KeysWork, Order, RowsWork

if TYPE_CHECKING:
    from safetydesk.workflows.enterprise_list import EnterpriseFilter, EnterpriseRow, Key, Offered, Wanted


class EnterpriseListModel(QObject):
    """`narrow` says what is wanted; the list and the counts are asked for what is wanted then."""

    counted = Signal()
    offered_read = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._counting = Latest(shell, self)
        self._offering = Latest(shell, self)
        self._wanted: Wanted | None = None
        self.counts: Mapping[EnterpriseFilter, int] = {}
        self.offered: Offered | None = None

    @property
    def wanted(self) -> Wanted:
        if self._wanted is None:
            from safetydesk.workflows.enterprise_list import EVERYTHING

            self._wanted = EVERYTHING
        return self._wanted

    def show(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def narrow(self, **values: Any) -> None:
        """Change some of what is wanted: which, village, flag, text."""
        self._wanted = replace(self.wanted, **values)

    def keys_work(self) -> KeysWork:
        """The question for the list as it is wanted now."""
        desk, wanted = self._shell.desk, self.wanted

        def keys(session: Any, order: Order) -> Sequence[Key]:
            from safetydesk.workflows import enterprise_list

            by = enterprise_list.EnterpriseOrder(order.by)
            return enterprise_list.keys(session, desk.today(), wanted, by, descending=order.descending)

        return keys

    def rows_work(self) -> RowsWork:
        desk = self._shell.desk

        def rows(session: Any, keys: Sequence[Key]) -> Sequence[EnterpriseRow]:
            from safetydesk.workflows import enterprise_list

            return enterprise_list.rows(session, desk.today(), keys)

        return rows

    def count(self) -> None:
        """How many each filter would show now."""
        desk, wanted = self._shell.desk, self.wanted

        def counts(session: Any, progress: Any) -> Mapping[EnterpriseFilter, int]:
            from safetydesk.workflows import enterprise_list

            return enterprise_list.counts(session, desk.today(), wanted, progress)

        self._counting.read(counts, self._on_counted, later=True)

    def ask_offered(self) -> None:
        """The villages and marks there are: after the ledger was changed."""

        def offered(session: Any, progress: Any) -> Offered:
            from safetydesk.workflows import enterprise_list

            return enterprise_list.offered(session, progress)

        self._offering.read(offered, self._on_offered, later=True)

    @Slot(object)
    def _on_counted(self, counts: Mapping[EnterpriseFilter, int]) -> None:
        self.counts = counts
        self.counted.emit()

    @Slot(object)
    def _on_offered(self, offered: Offered) -> None:
        self.offered = offered
        self.offered_read.emit()
