"""文书: a visit's papers, or the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.papers.entries import Entry, Loaded
from safetydesk.ui.papers.model import PapersModel
from safetydesk.ui.papers.register_view import RegisterView
from safetydesk.ui.papers.signing import After, Signing
from safetydesk.ui.papers.visit_view import VisitView
from safetydesk.ui.places import PapersOfVisit, Place, ShowPaper, StartInspection, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.buttons import plain_button, primary_button, quiet_button
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.labels import Elided
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.papers import PaperState

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import VisitPapers


class PapersScreen(Screen):
    """One primary action at a time: sign and print a draft, print or serve what is sealed."""

    place = Place.PAPERS
    help_page = "papers"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("文书"), parent)
        self.model = PapersModel(shell, self)
        self.signing = Signing(shell, self.model, self)
        self._told = Elided("", self.header)
        self._make_header()
        self.stack = QStackedWidget(self)
        self.register = RegisterView(shell, self)
        self.visit_view = VisitView(shell, self.model, self)
        self.stack.addWidget(self.register)
        self.stack.addWidget(self.visit_view)
        self.body.addWidget(self.stack)
        self._connect()
        self._add_keys()
        self._show_header()

    # --- what the frame asks

    def arrive(self, target: Target) -> None:
        match target:
            case PapersOfVisit():
                self._show_visit()
                self.model.open_visit(target.inspection_id)
            case ShowPaper():
                self._show_visit()
                self.model.open_paper(target.number)
            case _ if self.stack.currentWidget() is self.register:
                self.register.reload()
            case _:
                self.model.reload()

    def refresh(self, changes: Changes) -> None:
        if not (changes.papers or changes.hazards or changes.settings or changes.ledger or changes.inspections):
            return
        if self.stack.currentWidget() is self.visit_view:
            self.model.reload()
        else:
            self.register.reload()

    def go_back(self) -> bool:
        if self.stack.currentWidget() is self.register:
            return False
        if self.visit_view.sealed_side.is_asking:
            self.visit_view.sealed_side.show_actions()
            return True
        self._on_back_clicked()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+P", tr("签发并打印；已签发的打印或重印")),
            ("Ctrl+S", tr("签发并存 PDF；已签发的另存 PDF")),
            ("Ctrl+Enter", tr("做右上角的那一件事")),
            ("↑ ↓", tr("看上一份、下一份文书")),
            ("Ctrl+= Ctrl+-", tr("放大、缩小页面")),
            ("Ctrl+F", tr("在登记簿里找")),
            ("Esc", tr("回到登记簿")),
        ]

    def focus_first(self) -> None:
        if self.stack.currentWidget() is self.register:
            self.register.focus_first()
        else:
            self.visit_view.focus_first()

    def may_leave(self) -> bool:
        """What is typed is saved on the way out; only what was refused keeps the person here."""
        if self.stack.currentWidget() is not self.visit_view:
            return True
        self.visit_view.draft_side.commit()
        return not self.visit_view.draft_side.has_unsaved

    # --- laying out

    def _make_header(self) -> None:
        theme.look(self._told, "muted")
        self.subtitle_label.hide()  # a long name must not push the buttons out of sight
        head = self.header.layout()
        assert isinstance(head, QHBoxLayout)
        head.insertWidget(2, self._told, 1)
        self.back_button = quiet_button(tr("登记簿"), "arrow-left", self.header)
        self.second_button = plain_button("", "save", self.header)
        self.primary_button = primary_button("", "printer", self.header)
        for button in (self.back_button, self.second_button, self.primary_button):
            button.setAutoDefault(True)  # Enter presses what has the focus
            self.header_actions.addWidget(button)
        head.addStrut(theme.current().target)  # without buttons the title stands where it stood

    def _connect(self) -> None:
        self.back_button.clicked.connect(self._on_back_clicked)
        self.primary_button.clicked.connect(self._on_primary_clicked)
        self.second_button.clicked.connect(self._on_second_clicked)
        self.register.visit_requested.connect(self._on_register_visit_requested)
        self.register.paper_requested.connect(self._on_register_paper_requested)
        self.register.inspection_requested.connect(self._on_register_inspection_requested)
        self.visit_view.go_requested.connect(self.shell.go)
        self.visit_view.print_requested.connect(self.signing.print_looked_at)
        self.visit_view.save_requested.connect(self.signing.save_looked_at)
        self.visit_view.void_requested.connect(self._on_void_requested)
        self.visit_view.empty.action_requested.connect(self._on_back_clicked)
        self.model.loaded.connect(self._on_model_loaded)
        self.model.load_failed.connect(self._on_model_load_failed)
        self.model.selected.connect(self._on_model_selected)
        self.model.page_ready.connect(self._on_model_page_ready)
        self.model.page_failed.connect(self._on_model_page_failed)
        self.model.issue_failed.connect(self._on_model_issue_failed)
        self.signing.waiting_changed.connect(self._enable)
        self.signing.sealing.connect(self._on_signing_sealing)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+P", self._on_print_key),
            ("Ctrl+S", self._on_save_key),
            ("Ctrl+Return", self._on_primary_clicked),
            ("Ctrl+Enter", self._on_primary_clicked),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _show_visit(self) -> None:
        self.signing.drop()
        self.stack.setCurrentWidget(self.visit_view)
        self._show_header()

    # --- the header

    def _show_header(self) -> None:
        is_visit = self.stack.currentWidget() is self.visit_view
        entry = self.model.entry if is_visit else None
        self.back_button.setVisible(is_visit)
        self.primary_button.setVisible(entry is not None and self._primary_text(entry) != "")
        self.second_button.setVisible(entry is not None)
        self._told.set_whole(self._subtitle() if is_visit else "")
        if entry is not None:
            self.primary_button.setText(self._primary_text(entry))
            serves = entry.card is not None and bool(entry.card.copies) and entry.card.state is PaperState.ISSUED
            self.primary_button.setIcon(icon("send" if serves else "printer", Colour.ON_ACCENT))
            self.second_button.setText(tr("签发并存 PDF") if entry.draft is not None else tr("另存 PDF"))
        self._enable()

    def _primary_text(self, entry: Entry) -> str:
        if entry.draft is not None:
            count = len(self.model.drafts)
            return tr("签发并打印") if count == 1 else tr("签发 {count} 份并打印", count=count)
        card = entry.card
        if card is None or card.state is PaperState.VOIDED:
            return ""
        if not card.copies:
            count = len(self.model.now.unprinted()) if self.model.now is not None else 1
            return tr("打印") if count == 1 else tr("打印 {count} 份文书", count=count)
        return tr("登记送达") if card.state is PaperState.ISSUED else tr("重印")

    def _subtitle(self) -> str:
        visit = self.model.visit
        if visit is None:
            return self.model.entry.card.enterprise if self.model.entry and self.model.entry.card else ""
        return " · ".join(_facts(visit, day_text(visit.inspected_on, self.shell.desk.today())))

    @Slot()
    def _enable(self) -> None:
        entry = self.model.entry
        is_page_bad = self.visit_view.trouble.isVisibleTo(self.visit_view)
        may = entry is not None and not (entry.draft is not None and is_page_bad)
        self.primary_button.setEnabled(may and not self.signing.is_waiting)
        self.second_button.setEnabled(may and not self.signing.is_waiting)

    def _begin_issue(self, after: After) -> None:
        self.visit_view.draft_side.commit()
        self.signing.begin(after)

    @Slot()
    def _on_signing_sealing(self) -> None:
        self.visit_view.focus_first()
        self.primary_button.setEnabled(False)
        self.second_button.setEnabled(False)

    @Slot(str)
    def _on_void_requested(self, reason: str) -> None:
        assert self.model.entry is not None
        self.signing.void(self.model.entry.key, reason)

    # --- what the buttons and keys say

    @Slot()
    def _on_primary_clicked(self) -> None:
        entry = self.model.entry
        if self.stack.currentWidget() is not self.visit_view or entry is None or not self.primary_button.isEnabled():
            return
        if entry.draft is not None:
            self._begin_issue(After.PRINT)
        elif entry.card is not None and entry.card.copies and entry.card.state is PaperState.ISSUED:
            self.visit_view.sealed_side.begin_service()
        elif entry.card is not None and not entry.card.copies:
            self.signing.print_unprinted()
        elif entry.card is not None and entry.card.state is not PaperState.VOIDED:
            self.signing.print_looked_at()

    @Slot()
    def _on_second_clicked(self) -> None:
        entry = self.model.entry
        if self.stack.currentWidget() is not self.visit_view or entry is None or not self.second_button.isEnabled():
            return
        if entry.draft is not None:
            self._begin_issue(After.SAVE)
        else:
            self.signing.save_looked_at()

    @Slot()
    def _on_print_key(self) -> None:
        entry = self.model.entry
        if entry is None or self.stack.currentWidget() is not self.visit_view:
            return
        if entry.draft is not None:
            self._on_primary_clicked()
        elif entry.card is not None and entry.card.state is not PaperState.VOIDED:
            self.signing.print_looked_at()

    @Slot()
    def _on_save_key(self) -> None:
        self._on_second_clicked()

    @Slot()
    def _on_back_clicked(self) -> None:
        if not self.may_leave():
            return
        self.signing.drop()
        self.stack.setCurrentWidget(self.register)
        self._show_header()
        self.register.reload()
        self.register.focus_first()

    @Slot(object)
    def _on_register_visit_requested(self, inspection_id: object) -> None:
        self.shell.go(PapersOfVisit(inspection_id))  # type: ignore[arg-type]

    @Slot(str)
    def _on_register_paper_requested(self, number: str) -> None:
        self.shell.go(ShowPaper(number))

    @Slot()
    def _on_register_inspection_requested(self) -> None:
        self.shell.go(StartInspection())

    # --- what the model says

    @Slot(object)
    def _on_model_loaded(self, _loaded: Loaded) -> None:
        self._show_header()

    @Slot(object)
    def _on_model_load_failed(self, _error: Exception) -> None:
        self._show_header()

    @Slot(object)
    def _on_model_selected(self, _entry: Entry | None) -> None:
        self._show_header()

    @Slot(bytes)
    def _on_model_page_ready(self, _pdf: bytes) -> None:
        self._enable()
        self.usable.emit()

    @Slot(object)
    def _on_model_page_failed(self, _error: Exception) -> None:
        self._enable()

    @Slot(object)
    def _on_model_issue_failed(self, error: Exception) -> None:
        if isinstance(error, SafetyDeskError):
            said = trouble_message(error)
            self.visit_view.trouble.say(said.text, said.hint)
        self.shell.messages.trouble(error)
        self._enable()


def _facts(visit: VisitPapers, day: str) -> list[str]:
    said = [visit.enterprise, visit.checklist, day]
    if visit.site_minutes is not None:
        said.append(tr("现场 {minutes} 分", minutes=visit.site_minutes))
    if visit.paper_minutes is not None and visit.papers:
        said.append(tr("文书 {minutes} 分", minutes=visit.paper_minutes))
    return said
