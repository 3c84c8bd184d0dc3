"""From a draft to paper: save what is still typed, ask with the consequence, seal, then print or save; and reprints."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.papers import works
from safetydesk.ui.papers.model import PapersModel
from safetydesk.ui.papers.words import kind_name
from safetydesk.ui.press import Printed, PrintJob
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.workflows.notices import GAP_LABELS

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import PaperDraft
    from safetydesk.workflows.papers import Issued


class After(Enum):
    """What the person wants with the papers as soon as they are sealed."""

    NOTHING = 0
    PRINT = 1
    SAVE = 2


class Signing(QObject):
    """Waits until everything typed is stored and laid out: nobody signs what he did not see."""

    waiting_changed = Signal()
    sealing = Signal()  # the person said yes

    def __init__(self, shell: Shell, model: PapersModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._model = model
        self._after = After.NOTHING
        self._wanted = After.NOTHING
        self._asked: tuple[PaperDraft, ...] = ()
        self._void = ("", "")
        model.settled.connect(self._on_model_settled)
        model.issued.connect(self._on_model_issued)
        model.load_failed.connect(self._on_model_failed)
        model.page_failed.connect(self._on_model_failed)
        model.field_refused.connect(self._on_model_field_refused)

    @property
    def is_waiting(self) -> bool:
        return self._after is not After.NOTHING

    def begin(self, after: After) -> None:
        """As soon as everything is settled."""
        self._after = after
        self.waiting_changed.emit()
        self._on_model_settled()

    @Slot()
    def drop(self) -> None:
        """Whatever was wanted is not wanted any more."""
        if self.is_waiting:
            self._after = After.NOTHING
            self.waiting_changed.emit()

    def print_looked_at(self) -> None:
        """The sealed paper in view."""
        job = self._job()
        if job is not None:
            self._print([job])

    def print_unprinted(self) -> None:
        """Everything of this visit that was sealed and never left the printer, in one go."""
        numbers = self._model.now.unprinted() if self._model.now is not None else []
        self._shell.read(partial(works.read_all_sealed, self._shell.desk, numbers), self._on_unprinted_read)

    def save_looked_at(self) -> None:
        job = self._job()
        if job is not None:
            self._shell.printer.save_pdf([job])

    def void(self, number: str, reason: str) -> None:
        """Cannot be undone, so it is asked."""
        self._void = (number, reason)
        consequence = tr(
            "作废后不能恢复：文号不再使用，登记簿留有原因“{reason}”。里面的问题回到待下文书，可以重新出。",
            reason=reason,
        )
        title = tr("作废 {number}？", number=number)
        self._shell.asker.ask(title, consequence, tr("作废这份文书"), self._void_it, danger=True)

    def _consequence(self) -> str:
        said = [tr("将取号、封存并记入登记簿。签发后内容不能再改，写错了只能作废重出。")]
        gaps = list(dict.fromkeys(gap for draft in self._asked for gap in draft.gaps))
        if gaps:
            said.append(tr("纸上还空着：{gaps}。可以印出来手写。", gaps="、".join(tr(GAP_LABELS[gap]) for gap in gaps)))
        return "\n".join(said)

    def _print(self, jobs: list[PrintJob]) -> None:
        copies = self._model.visit.copies if self._model.visit is not None else 1
        self._shell.printer.print_pdf(jobs, copies, self._on_printed)

    def _job(self) -> PrintJob | None:
        entry = self._model.entry
        if entry is None or entry.card is None or self._model.page is None:
            return None
        return PrintJob(entry.card.number, self._model.page)

    @Slot()
    def _on_model_settled(self) -> None:
        if not self.is_waiting or not self._model.is_settled or not self._model.drafts:
            return
        self._wanted, self._after = self._after, After.NOTHING
        self._asked = self._model.drafts
        self.waiting_changed.emit()
        papers = "、".join(kind_name(draft.kind) for draft in self._asked)
        title = tr("签发 {papers}？", papers=papers)
        self._shell.asker.ask(title, self._consequence(), tr("签发并取号"), self._seal)

    @Slot()
    def _seal(self) -> None:
        """What was asked about, even if something else lies there by now."""
        self.sealing.emit()
        self._model.issue(self._asked)

    @Slot(object)
    def _on_model_issued(self, sealed: list[Issued]) -> None:
        numbers = "、".join(issued.number for issued in sealed)
        self._shell.messages.tell(tr("已签发 {numbers}", numbers=numbers))
        jobs = [PrintJob(issued.number, issued.pdf) for issued in sealed]
        if self._wanted is After.SAVE:
            self._shell.printer.save_pdf(jobs)
        else:
            self._print(jobs)

    @Slot(object)
    def _on_printed(self, printed: Printed) -> None:
        self._model.note_printed(printed.titles, printed.copies)
        numbers = "、".join(printed.titles)
        self._shell.messages.tell(
            tr("已送到打印机：{numbers}，各 {copies} 份。", numbers=numbers, copies=printed.copies)
        )

    @Slot(object)
    def _on_unprinted_read(self, found: list[tuple[str, bytes]]) -> None:
        self._print([PrintJob(number, pdf) for number, pdf in found])

    @Slot()
    def _void_it(self) -> None:
        self._model.void(*self._void)

    @Slot(object)
    def _on_model_failed(self, _error: Exception) -> None:
        self.drop()

    @Slot(object, object)
    def _on_model_field_refused(self, _problem: object, _error: Exception) -> None:
        """What was refused is not signed."""
        self.drop()
