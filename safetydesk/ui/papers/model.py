"""What the paper screen knows of one visit: its papers and drafts, which is looked at, and what is on its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.kinds import PaperKind
from safetydesk.ui.papers import works
from safetydesk.ui.papers.entries import Entry, Loaded
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import PaperDraft, Preview, VisitPapers
    from safetydesk.workflows.papers import Issued
    from safetydesk.workflows.serving import Service


class PapersModel(QObject):
    """Names the verbs, and hands them to the runner. `settled` comes when nothing is on its way any more."""

    loaded = Signal(object)  # Loaded
    load_failed = Signal(object)
    selected = Signal(object)  # Entry, or none
    page_ready = Signal(bytes)
    page_failed = Signal(object)
    field_refused = Signal(object, object)  # the hazard, or none for the inspectors; the error
    issued = Signal(object)  # list of Issued
    issue_failed = Signal(object)
    served = Signal()
    service_refused = Signal(object)
    settled = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._loading = Latest(shell, self)
        self._drawing = Latest(shell, self)
        self._is_loading = False
        self._is_drawing = False
        self._writes = 0
        self._inspection_id: UUID | None = None
        self._number = ""
        self._saving: list[UUID | None] = []  # in the order of the lane
        self._to_issue: list[PaperDraft] = []
        self._sealed: list[Issued] = []
        self.advised: frozenset[UUID] = frozenset()
        self.now: Loaded | None = None
        self.entry: Entry | None = None
        self.page: bytes | None = None  # the PDF that is looked at

    # --- what is shown

    @property
    def visit(self) -> VisitPapers | None:
        return self.now.visit if self.now is not None else None

    @property
    def drafts(self) -> tuple[PaperDraft, ...]:
        return self.now.drafts if self.now is not None else ()

    @property
    def is_settled(self) -> bool:
        return not (self._is_loading or self._is_drawing or self._writes)

    def open_visit(self, inspection_id: UUID, prefer: str = "") -> None:
        if inspection_id != self._inspection_id:
            self._forget()
        self._inspection_id, self._number = inspection_id, ""
        self._load(prefer)

    def open_paper(self, number: str) -> None:
        """A paper by its number, among the others of its visit."""
        self._forget()
        self._inspection_id, self._number = None, number
        self._load(number)

    def reload(self) -> None:
        if self._inspection_id is not None or self._number:
            self._load("")

    def select(self, key: str) -> None:
        """Look at this one."""
        entry = next((one for one in self.now.entries() if one.key == key), None) if self.now is not None else None
        if entry is not None and entry != self.entry:
            self._look_at(entry)

    # --- what changes

    def correct(self, problem: UUID, **given: Any) -> None:
        """Text, measure, level or due of one hazard, as `paper_desk.correct` takes them."""
        self._save(problem, partial(works.correct, problem, given))

    def name_inspectors(self, badge: str, second_name: str, second_badge: str) -> None:
        assert self._inspection_id is not None
        given = (badge, second_name, second_badge)
        self._save(None, partial(works.name_inspectors, self._inspection_id, given))

    def advise(self, problem: UUID, kind: PaperKind) -> None:
        """Put one problem on the other paper. Nothing is written: it is how the drafts are cut."""
        assert self.visit is not None
        is_mild = kind is not self.visit.kinds[0]
        self.advised = self.advised | {problem} if is_mild else self.advised - {problem}
        self._load("")

    def issue(self, drafts: Sequence[PaperDraft]) -> None:
        """Seal these as they were looked at, each in a transaction of its own."""
        self._to_issue, self._sealed = list(drafts), []
        if self._to_issue:
            self._issue_next()

    def serve(self, number: str, service: Service) -> None:
        self._writes += 1
        work = partial(works.serve, self._shell.desk, number, service)
        self._shell.write(work, self._on_served, self._on_serve_failed)

    def void(self, number: str, reason: str) -> None:
        self._write(partial(works.void, self._shell.desk, number, reason), self._on_voided)

    def note_printed(self, numbers: Sequence[str], copies: int) -> None:
        self._write(partial(works.note_printed, self._shell.desk, tuple(numbers), copies), self._on_noted)

    # --- inside

    def _forget(self) -> None:
        self.now, self.entry, self.page, self.advised = None, None, None, frozenset()
        self._drawing.drop()
        self._is_drawing = False

    def _load(self, prefer: str) -> None:
        desk = self._shell.desk
        work: Callable[..., Loaded] = partial(works.load_paper, desk, self._number)
        if self._inspection_id is not None:
            work = partial(works.load_visit, desk, self._inspection_id, self.advised, prefer)
        self._is_loading = True
        self._loading.read(work, self._on_loaded, self._on_load_failed)

    def _look_at(self, entry: Entry) -> None:
        self.entry, self.page = entry, None
        self._is_drawing = True
        self.selected.emit(entry)
        if entry.draft is not None:
            self._drawing.pool(partial(works.lay_out, entry.draft), self._on_laid_out, self._on_page_failed)
        else:
            work = partial(works.read_sealed, self._shell.desk, entry.key)
            self._drawing.read(work, self._on_sealed_read, self._on_page_failed)

    def _save(self, problem: UUID | None, work: Callable[..., Any]) -> None:
        self._saving.append(problem)
        self._writes += 1
        self._shell.write(work, self._on_saved, self._on_save_failed)

    def _write(self, work: Callable[..., Any], on_done: Callable[..., object]) -> None:
        self._writes += 1
        self._shell.write(work, on_done, self._on_write_failed)

    def _issue_next(self) -> None:
        self._writes += 1
        work = partial(works.issue, self._shell.desk, self._to_issue[0])
        self._shell.write(work, self._on_one_issued, self._on_issue_failed)

    def _end_write(self) -> None:
        self._writes -= 1
        self._settle()

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def _wanted_entry(self, loaded: Loaded) -> Entry | None:
        entries = loaded.entries()
        keys = [loaded.prefer, self.entry.key if self.entry is not None else ""]
        found = next((entry for key in keys if key for entry in entries if entry.key == key), None)
        return found or (entries[0] if entries else None)

    @Slot(object)
    def _on_loaded(self, loaded: Loaded) -> None:
        self._is_loading = False
        before, self.now = self.entry, loaded
        if loaded.visit is not None:
            self._inspection_id = loaded.visit.inspection_id
        entry = self._wanted_entry(loaded)
        self.loaded.emit(loaded)
        if entry is not None and (before is None or not before.shows_the_page_of(entry)):
            self._look_at(entry)
            return
        self.entry = entry
        self.selected.emit(entry)
        self._settle()

    @Slot(object)
    def _on_load_failed(self, error: Exception) -> None:
        self._is_loading = False
        self.load_failed.emit(error)
        self._settle()

    @Slot(object)
    def _on_laid_out(self, preview: Preview) -> None:
        self._is_drawing = False
        self.page = preview.pdf
        self.page_ready.emit(preview.pdf)
        self._settle()

    @Slot(object)
    def _on_sealed_read(self, pdf: bytes) -> None:
        self._is_drawing = False
        self.page = pdf
        self.page_ready.emit(pdf)
        self._settle()

    @Slot(object)
    def _on_page_failed(self, error: Exception) -> None:
        self._is_drawing = False
        self.page_failed.emit(error)
        self._settle()

    @Slot(object)
    def _on_saved(self, before: Any) -> None:  # Problem or Inspectors, as they were
        problem = self._saving.pop(0)
        undo: Callable[..., Any] = partial(works.put_back, before)
        if problem is None:
            assert self._inspection_id is not None
            undo = partial(works.put_inspectors_back, self._inspection_id, before)
        self._shell.messages.undoable(tr("已改好，文书按新的内容重新排版。"), undo)
        self._load("")
        self._end_write()

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        problem = self._saving.pop(0)
        self.field_refused.emit(problem, error)
        self._end_write()

    @Slot(object)
    def _on_one_issued(self, issued: Issued) -> None:
        self._sealed.append(issued)
        del self._to_issue[0]
        self._writes -= 1
        if self._to_issue:
            self._issue_next()
            return
        self.advised = frozenset()
        sealed, self._sealed = self._sealed, []
        self._load(sealed[0].number)
        self.issued.emit(sealed)

    @Slot(object)
    def _on_issue_failed(self, error: Exception) -> None:
        self._to_issue, self._sealed = [], []
        self._writes -= 1
        self._load("")
        self.issue_failed.emit(error)

    @Slot(object)
    def _on_served(self, number: str) -> None:
        undo = partial(works.undo_service, self._shell.desk, number)
        self._shell.messages.undoable(tr("已登记送达。"), undo)
        self.served.emit()
        self._load("")
        self._end_write()

    @Slot(object)
    def _on_serve_failed(self, error: Exception) -> None:
        self.service_refused.emit(error)
        self._end_write()

    @Slot(object)
    def _on_voided(self, number: str) -> None:
        self._shell.messages.tell(tr("已作废 {number}，登记簿里留有原因；里面的隐患可以重新出文书。", number=number))
        self._load("")
        self._end_write()

    @Slot(object)
    def _on_noted(self, _nothing: object) -> None:
        self._load("")
        self._end_write()

    @Slot(object)
    def _on_write_failed(self, error: Exception) -> None:
        self._shell.messages.trouble(error)
        self._end_write()
