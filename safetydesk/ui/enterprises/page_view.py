"""The page of one enterprise (一企一档): its head, and everything else in tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from safetydesk.ui.enterprises.form import Draft, EnterpriseForm
from safetydesk.ui.enterprises.form_model import FormAnswers
from safetydesk.ui.enterprises.objects_tab import ObjectsTab
from safetydesk.ui.enterprises.overview import Overview
from safetydesk.ui.enterprises.page_head import PageHead
from safetydesk.ui.enterprises.page_model import EnterprisePageModel
from safetydesk.ui.enterprises.page_tables import change_rows, changes_table, hazards_table, papers_table, visits_table
from safetydesk.ui.places import (
    ContinueInspection,
    PapersOfVisit,
    ShowHazard,
    ShowPaper,
    StartInspection,
)
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safetydesk.workflows.enterprise_page import EnterprisePage, ObjectLine, VisitLine
    from safetydesk.workflows.hazard_list import ListedHazard
    from safetydesk.workflows.paper_register import RegisterRow

TABS = ("overview", "objects", "visits", "hazards", "papers", "changes")


class EnterprisePageView(QWidget):
    """Esc goes from the form to the page and from the page to the list; what was typed stays as a draft."""

    left = Signal()  # back to the list
    gone = Signal(object)  # there is no such enterprise; the error, none where the person took it back

    def __init__(self, shell: Shell, model: EnterprisePageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = model
        self._id: UUID | None = None
        self._wanted_tab = ""
        self._wanted_field: str | None = None
        self._drafts: dict[UUID, Draft] = {}
        self._given_up: tuple[UUID, Draft] | None = None
        self.head = PageHead(shell, self)
        self.overview = Overview(self)
        self.form = EnterpriseForm(tr("保存"), tr("放弃修改"), self)
        self._answers = FormAnswers(shell, self.form, model, self)
        self.overview_stack = QStackedWidget(self)
        self.overview_stack.addWidget(self.overview)
        self.overview_stack.addWidget(self.form)
        self.objects_tab = ObjectsTab(self)
        self.visits = visits_table(shell, self)
        self.hazards = hazards_table(shell, self)
        self.papers = papers_table(shell, self)
        self.changes = changes_table(shell, self)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("一企一档"))
        self.stack = QStackedWidget(self)
        for widget in (
            *(self.overview_stack, self.objects_tab, self.visits, self.hazards),
            *(self.papers, self.changes),
        ):
            self.tabs.addTab("")
            self.stack.addWidget(widget)
        self._lay_out()
        self._connect()

    # --- what the screen asks

    @property
    def enterprise_id(self) -> UUID | None:
        return self._id

    def show_enterprise(self, enterprise_id: UUID, tab: str = "") -> None:
        """Read its page; a tab is only changed to where one is named, or the enterprise is another."""
        if enterprise_id != self._id:
            self._keep_draft()
            self._show_reading()
            self._id = enterprise_id
            self._wanted_tab = tab or "overview"
        else:
            self._wanted_tab = tab
        self.model.show(enterprise_id)

    def show_tab(self, name: str) -> None:
        self.tabs.setCurrentIndex(TABS.index(name))

    def refresh(self, changes: Changes) -> None:
        concerned = changes.ledger or changes.assignments or changes.hazards or changes.inspections or changes.papers
        if concerned and self._id is not None:
            self.model.show(self._id)

    def offer_villages(self, villages: Sequence[str]) -> None:
        self.form.offer_villages(villages)

    def go_back(self) -> bool:
        if self.is_editing and self.tabs.currentIndex() == 0:
            self._close_form()
            return True
        if self.stack.currentWidget() is self.objects_tab and self.objects_tab.go_back():
            return True
        self.left.emit()
        return True

    def undo(self) -> bool:
        """Find again what was given up."""
        if self._given_up is None or self._given_up[0] != self._id:
            return False
        self._drafts[self._given_up[0]] = self._given_up[1]
        self._given_up = None
        self.begin_editing("")
        return True

    def may_leave(self) -> bool:
        """False while there is a draft: the form comes into view with it."""
        self._keep_draft()
        if self.objects_tab.form.is_touched():
            self.show_tab("objects")
            self.objects_tab.open_form()
            return False
        owner = next(iter(self._drafts), None)
        if owner is None:
            return True
        self._wanted_field = ""
        self.show_enterprise(owner, "overview")
        return False

    def focus_first(self) -> None:
        shown = self.stack.currentWidget()
        if shown is self.overview_stack and self.is_editing:
            self.form.focus_first()
        elif shown is self.overview_stack:
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
        for tab in (self.objects_tab, self.visits, self.hazards, self.papers, self.changes):
            if tab is shown:
                tab.focus_first()

    @property
    def is_editing(self) -> bool:
        return self.overview_stack.currentWidget() is self.form

    def begin_editing(self, key: str) -> None:
        """The form, with the keyboard in this field or in the first."""
        page = self.model.page
        if page is None or self._id is None or page.row.id != self._id:
            self._wanted_field = key
            return
        self.show_tab("overview")
        if not self.is_editing:
            self._answers.besides = self._id
            self.form.fill(page.values, self._drafts.pop(self._id, None))
            self.overview_stack.setCurrentWidget(self.form)
            self.head.set_editing(True)
        if key:
            self.form.focus_field(key)
        else:
            self.form.focus_first()

    # --- inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setContentsMargins(Space.M, 0, Space.M, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        column.addLayout(row)
        rule = QFrame(self)
        rule.setProperty("look", "line")
        column.addWidget(rule)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.head.back_requested.connect(self._on_head_back_requested)
        self.head.edit_requested.connect(self._on_head_edit_requested)
        self.head.inspection_requested.connect(self._on_inspection_requested)
        self.overview.edit_requested.connect(self.begin_editing)
        self.form.save_requested.connect(self._on_form_save_requested)
        self.form.give_up_requested.connect(self._on_form_give_up_requested)
        self.objects_tab.add_requested.connect(self._on_objects_tab_add_requested)
        self.objects_tab.remove_requested.connect(self._on_objects_tab_remove_requested)
        self.visits.opened.connect(self._on_visits_opened)
        self.visits.empty.action_requested.connect(self._on_inspection_requested)
        self.hazards.opened.connect(self._on_hazards_opened)
        self.papers.opened.connect(self._on_papers_opened)
        self.model.read.connect(self._on_model_read)
        self.model.gone.connect(self._on_model_gone)
        self.model.saved.connect(self._on_model_saved)
        self.model.object_added.connect(self.objects_tab.saved)
        self.model.refused.connect(self._on_model_refused)
        for keys, slot in (
            ("Ctrl+E", self._on_head_edit_requested),
            ("Ctrl+Tab", self._on_next_tab_activated),
            ("Ctrl+Shift+Tab", self._on_previous_tab_activated),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _show_reading(self) -> None:
        """Until the page is there the old one must not be acted on."""
        self.overview_stack.setCurrentWidget(self.overview)
        self.head.set_editing(False)
        self.model.forget()
        self.stack.setEnabled(False)

    def _keep_draft(self) -> None:
        if self._id is None or not self.is_editing:
            return
        draft = self.form.draft()
        if draft:
            self._drafts[self._id] = draft
        else:
            self._drafts.pop(self._id, None)

    def _close_form(self) -> None:
        """Back to what is stored; what was typed is kept for when the form is opened again."""
        self._keep_draft()
        self.overview_stack.setCurrentWidget(self.overview)
        self.head.set_editing(False)
        self._show_overview()
        button = self.overview.continue_button
        (button if button is not None else self.head.edit_button).setFocus()

    def _show_overview(self) -> None:
        if self.model.page is not None:
            self.overview.show_page(self.model.page, has_draft=self._id in self._drafts)

    def _show_titles(self, page: EnterprisePage) -> None:
        titles = (
            (tr("概况"), 0),
            (tr("高风险对象"), len(page.objects)),
            (tr("检查"), len(page.visits)),
            (tr("隐患"), len(page.hazards)),
            (tr("文书"), len(page.papers)),
            (tr("变更"), 0),
        )
        for at, (title, count) in enumerate(titles):
            self.tabs.setTabText(at, f"{title} {count}" if count else title)

    # --- slots

    @Slot(object)
    def _on_model_read(self, page: EnterprisePage) -> None:
        if page.row.id != self._id:
            self._id = page.row.id  # it goes by the name of another row since two were joined
        self.stack.setEnabled(True)
        self.head.show_page(page, self._shell.desk.today())
        self._show_titles(page)
        self._show_overview()
        self.objects_tab.show_page(page)
        self.visits.show_rows(page.visits)
        self.hazards.show_rows(page.hazards)
        self.papers.show_rows(page.papers)
        self.changes.show_rows(change_rows(page.changes))
        if self._wanted_tab:
            self.show_tab(self._wanted_tab)
            self._wanted_tab = ""
            self.focus_first()
        if self._wanted_field is not None:
            key, self._wanted_field = self._wanted_field, None
            self.begin_editing(key)

    @Slot(object)
    def _on_model_gone(self, error: Exception | None) -> None:
        self._id = None
        self.gone.emit(error)

    @Slot()
    def _on_model_saved(self) -> None:
        if self._id is not None:
            self._drafts.pop(self._id, None)
        self._given_up = None
        self.overview_stack.setCurrentWidget(self.overview)
        self.head.set_editing(False)
        self.head.edit_button.setFocus()

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        if not self.form.isVisible() and self.isVisible():
            self._shell.messages.trouble(error)

    @Slot()
    def _on_head_back_requested(self) -> None:
        self._keep_draft()
        self.left.emit()

    @Slot()
    def _on_next_tab_activated(self) -> None:
        self._step_tab(1)

    @Slot()
    def _on_previous_tab_activated(self) -> None:
        self._step_tab(-1)

    def _step_tab(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        self.focus_first()

    @Slot()
    def _on_head_edit_requested(self) -> None:
        self.begin_editing("")

    @Slot()
    def _on_form_save_requested(self) -> None:
        if self._id is not None and self.form.check():
            self.model.save(self._id, self.form.values())

    @Slot()
    def _on_form_give_up_requested(self) -> None:
        draft = self.form.draft()
        if self._id is not None and draft:
            self._given_up = (self._id, draft)
            self._shell.messages.tell(tr("已放弃没有保存的 {count} 处修改，Ctrl+Z 可以找回。", count=len(draft)))
            self.form.fill(self.model.page.values if self.model.page else {})
        self._close_form()

    @Slot(str, str, object)
    def _on_objects_tab_add_requested(self, kind: str, name: str, details: dict[str, str]) -> None:
        if self._id is not None:
            self.model.add_object(self._id, kind, name, details)

    @Slot(object)
    def _on_objects_tab_remove_requested(self, line: ObjectLine) -> None:
        self.model.remove_object(line.id, line.name)

    @Slot()
    def _on_inspection_requested(self) -> None:
        if self._id is not None:
            self._shell.go(StartInspection(self._id))

    @Slot(object)
    def _on_visits_opened(self, row: VisitLine) -> None:
        self._shell.go(PapersOfVisit(row.id) if row.is_finished else ContinueInspection(row.id))

    @Slot(object)
    def _on_hazards_opened(self, row: ListedHazard) -> None:
        self._shell.go(ShowHazard(row.id))

    @Slot(object)
    def _on_papers_opened(self, row: RegisterRow) -> None:
        self._shell.go(ShowPaper(row.number))
