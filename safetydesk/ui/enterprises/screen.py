"""The screen 企业: the list, the page of one enterprise, entering one, importing a ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from safetydesk.ui.enterprises.list_view import EnterpriseListView
from safetydesk.ui.enterprises.page_model import EnterprisePageModel, Registered
from safetydesk.ui.places import AddEnterprise, ListEnterprises, Place, ShowEnterprise, StartInspection, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from safetydesk.ui.enterprises.import_view import LedgerImportView
    from safetydesk.ui.enterprises.page_view import EnterprisePageView
    from safetydesk.ui.enterprises.register_view import RegisterView
    from safetydesk.workflows.enterprise_rows import EnterpriseRow


class EnterprisesScreen(Screen):
    """Enter opens a page, Esc goes back to the list. What is typed anywhere here stays until saved or given up."""

    place: ClassVar[Place] = Place.ENTERPRISES
    help_page: ClassVar[str] = "enterprises"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("企业"), parent)
        self.model = EnterprisePageModel(shell, self)
        self._is_old = True  # the list was asked for before something was changed
        self.stack = QStackedWidget(self)
        self.list_view = EnterpriseListView(shell, self)
        self.stack.addWidget(self.list_view)
        self.body.addWidget(self.stack, 1)
        self._page_view: EnterprisePageView | None = None
        self._register_view: RegisterView | None = None
        self._import_view: LedgerImportView | None = None
        self.import_button = plain_button(tr("导入台账"), "upload", self)
        self.register_button = primary_button(tr("登记企业"), "plus", self)
        self.header_actions.addWidget(self.import_button)
        self.header_actions.addWidget(self.register_button)
        self._connect()

    # --- the views that are made when they are first gone to

    @property
    def page_view(self) -> EnterprisePageView:
        if self._page_view is None:
            from safetydesk.ui.enterprises.page_view import EnterprisePageView

            view = EnterprisePageView(self.shell, self.model, self)
            view.left.connect(self._on_page_view_left)
            view.gone.connect(self._on_page_view_gone)
            self.stack.addWidget(view)
            self._page_view = view
            self._offer_villages()
        return self._page_view

    @property
    def register_view(self) -> RegisterView:
        if self._register_view is None:
            from safetydesk.ui.enterprises.register_view import RegisterView

            view = RegisterView(self.shell, self.model, self)
            view.left.connect(self._on_view_left)
            self.stack.addWidget(view)
            self._register_view = view
            self._offer_villages()
        return self._register_view

    @property
    def import_view(self) -> LedgerImportView:
        if self._import_view is None:
            from safetydesk.ui.enterprises.import_view import LedgerImportView

            view = LedgerImportView(self.shell, self)
            view.left.connect(self._on_view_left)
            self.stack.addWidget(view)
            self._import_view = view
        return self._import_view

    # --- what the frame asks

    def arrive(self, target: Target) -> None:
        match target:
            case ShowEnterprise():
                self._show(self.page_view)
                self.page_view.show_enterprise(target.id, "overview")
            case ListEnterprises():
                self._show_list(target)
            case AddEnterprise(import_ledger=True):
                self._begin_import()
            case AddEnterprise():
                self._begin_registration(target.name)
            case _ if self.stack.currentWidget() is self.list_view:
                self._ask_list()
            case _:
                pass  # the page as it was left

    def refresh(self, changes: Changes) -> None:
        concerned = changes.ledger or changes.assignments or changes.hazards or changes.inspections
        if concerned:
            self._is_old = True
            if self.stack.currentWidget() is self.list_view:
                self._ask_list(ledger=changes.ledger)
        if self._page_view is not None and self.stack.currentWidget() is self._page_view:
            self._page_view.refresh(changes)

    def go_back(self) -> bool:
        shown = self.stack.currentWidget()
        if shown is self._page_view and self._page_view is not None:
            return self._page_view.go_back()
        if shown is self._import_view and self._import_view is not None:
            return self._import_view.go_back()
        if shown is self._register_view:
            self._go_to_list()
            return True
        return self.list_view.go_back()

    def undo(self) -> bool:
        """Find again what was given up without saving, if nothing was done since."""
        last = self.shell.messages.last
        if last is not None and last.undo is not None:
            return False
        if self._register_view is not None and self._register_view.undo():
            self._begin_registration("")
            return True
        return self._page_view is not None and self._page_view.undo()

    def may_leave(self) -> bool:
        """What was typed and not saved comes into view, and keeps the person here."""
        if self._register_view is not None and self._register_view.is_touched():
            self._begin_registration("")
            self.shell.messages.tell(tr("这家企业还没有登记：登记，或点“不登记了”。"))
            return False
        if self._page_view is not None and not self._page_view.may_leave():
            self._show(self._page_view)
            self.shell.messages.tell(tr("有改了还没保存的内容：保存，或点“放弃修改”。"))
            return False
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", tr("在列表里移动，右边显示这家企业")),
            ("Enter", tr("打开一企一档")),
            ("S", tr("开始检查")),
            ("H", tr("看隐患")),
            ("Ctrl+F", tr("在列表里找")),
            ("Ctrl+N", tr("登记企业")),
            ("Ctrl+E", tr("修改档案")),
            ("Ctrl+S", tr("保存")),
            ("Ctrl+Tab", tr("下一栏：概况、高风险对象、检查、隐患、文书、变更")),
            ("Ctrl+C", tr("把选中的行复制到 Excel")),
            ("Esc", tr("退一步，填过的内容留着")),
        ]

    def focus_first(self) -> None:
        shown = self.stack.currentWidget()
        for view in (self.list_view, self._page_view, self._register_view, self._import_view):
            if view is not None and view is shown:
                view.focus_first()

    # --- inside

    def _connect(self) -> None:
        self.import_button.clicked.connect(self._begin_import)
        self.register_button.clicked.connect(self._on_register_button_clicked)
        view = self.list_view
        view.opened.connect(self._on_list_view_opened)
        view.hazards_requested.connect(self._on_list_view_hazards_requested)
        view.inspection_requested.connect(self._on_list_view_inspection_requested)
        view.registration_requested.connect(self._on_register_button_clicked)
        view.import_requested.connect(self._begin_import)
        view.counted.connect(self._on_list_view_counted)
        view.usable.connect(self.usable)
        view.model.offered_read.connect(self._offer_villages)
        self.model.registered.connect(self._on_model_registered)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self._on_register_button_clicked)

    def _show(self, view: QWidget) -> None:
        """One of the views, with the title that fits; the page has a head of its own."""
        self.stack.setCurrentWidget(view)
        title = tr("登记企业") if view is self._register_view else tr("企业")
        self.title_label.setText(tr("导入台账") if view is self._import_view else title)
        in_list = view is self.list_view
        self.subtitle_label.setVisible(in_list)
        self.import_button.setVisible(in_list)
        self.register_button.setVisible(in_list)
        self.header.setVisible(view is not self._page_view)

    def _ask_list(self, *, ledger: bool = True) -> None:
        self._is_old = False
        self.list_view.ask(ledger=ledger)

    def _show_list(self, target: ListEnterprises) -> None:
        from safetydesk.workflows.enterprise_list import wanted_of

        self._show(self.list_view)
        self._is_old = False
        self.list_view.show_wanted(replace(wanted_of(target.filter), text=target.text))

    @Slot()
    def _go_to_list(self) -> None:
        """Back to the list as it was left, with what has changed since."""
        self._show(self.list_view)
        if self._is_old:
            self._ask_list()
        self.list_view.focus_first()

    @Slot()
    def _begin_import(self) -> None:
        self._show(self.import_view)
        self.import_view.begin()

    def _begin_registration(self, name: str) -> None:
        self._show(self.register_view)
        self.register_view.begin(name)

    @Slot()
    def _offer_villages(self) -> None:
        offered = self.list_view.model.offered
        if offered is None:
            return
        villages = [village for village, _ in offered.villages]
        for view in (self._page_view, self._register_view):
            if view is not None:
                view.offer_villages(villages)

    # --- slots

    @Slot()
    def _on_register_button_clicked(self) -> None:
        self._begin_registration("")

    @Slot(int)
    def _on_list_view_counted(self, count: int) -> None:
        self.subtitle_label.setText(tr("{count} 家", count=f"{count:,}") if count else "")

    @Slot(object)
    def _on_list_view_opened(self, row: EnterpriseRow) -> None:
        self._show(self.page_view)
        self.page_view.show_enterprise(row.id, "overview")

    @Slot(object)
    def _on_list_view_hazards_requested(self, row: EnterpriseRow) -> None:
        self._show(self.page_view)
        self.page_view.show_enterprise(row.id, "hazards")

    @Slot(object)
    def _on_list_view_inspection_requested(self, row: EnterpriseRow) -> None:
        self.shell.go(StartInspection(row.id))

    @Slot()
    def _on_page_view_left(self) -> None:
        shown = self.page_view.enterprise_id
        self._go_to_list()
        if shown is not None:
            self.list_view.pick(shown)

    @Slot(object)
    def _on_page_view_gone(self, error: Exception | None) -> None:
        self._is_old = True
        if self.stack.currentWidget() is self._page_view:
            self._go_to_list()
        if error is not None:
            self.shell.messages.trouble(error)

    @Slot()
    def _on_view_left(self) -> None:
        self._go_to_list()

    @Slot(object)
    def _on_model_registered(self, done: Registered) -> None:
        self._show(self.page_view)
        self.page_view.show_enterprise(done.id, "overview")
