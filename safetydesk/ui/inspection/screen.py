"""检查: choose where and how, walk the checklist, end it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from safetydesk.ui import theme
from safetydesk.ui.inspection.choose import ChooseView
from safetydesk.ui.inspection.finish import FinishView
from safetydesk.ui.places import AddEnterprise, ContinueInspection, PapersOfVisit, Place, StartInspection, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import Elided
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from safetydesk.ui.inspection.walk import WalkView

_MINUTE = 20_000  # ms between two looks at the clock
_LONGEST_VISIT = 12 * 60  # minutes; beyond it the figure would say nothing


class InspectionScreen(Screen):
    """The three views of a check, one at a time. The walk brings its own head."""

    place = Place.INSPECTION
    help_page = "inspection"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("检查"), parent)
        self._wanted_item = ""
        self._wants_finish_focus = False
        self._make_header()
        self.stack = QStackedWidget(self)
        self.choose = ChooseView(shell, self.start_button, self)
        self.finish_view = FinishView(shell, self)
        self._walk: WalkView | None = None
        self.stack.addWidget(self.choose)
        self.stack.addWidget(self.finish_view)
        self.body.addWidget(self.stack)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_header)
        self._connect()
        self._has_begun = False
        self._show(self.choose)

    @property
    def walk(self) -> WalkView:
        """Made when it is first needed: the heart of the program is not its smallest part."""
        if self._walk is None:
            from safetydesk.ui.inspection.walk import WalkView

            self._walk = WalkView(self.shell, self)
            self._walk.finish_requested.connect(self._on_walk_finish_requested)
            self._walk.left.connect(self._on_walk_left)
            self._walk.model.opened.connect(self._on_walk_opened)
            self.stack.addWidget(self._walk)
        return self._walk

    # --- what the frame asks

    def arrive(self, target: Target) -> None:
        match target:
            case ContinueInspection():
                self._open_walk(target.inspection_id)
            case StartInspection():
                self._begin(target.enterprise_id)
            case _ if self.stack.currentWidget() is self.choose:
                if not self._has_begun:
                    self._begin(None)
                else:
                    self.choose.reload()
            case _ if self.stack.currentWidget() is self.finish_view:
                self.finish_view.model.reload()
            case _:
                pass

    def refresh(self, changes: Changes) -> None:
        here = self.stack.currentWidget()
        if here is self.choose and (
            changes.inspections or changes.ledger or changes.hazards or changes.templates or changes.assignments
        ):
            self.choose.reload()
        elif here is self.finish_view and (changes.inspections or changes.settings):
            self.finish_view.model.reload()

    def go_back(self) -> bool:
        here = self.stack.currentWidget()
        if here is self.finish_view:
            self._go_back_to_walk("")
            return True
        if here is self.choose:
            return False
        return self.walk.go_back()

    def undo(self) -> bool:
        return self.stack.currentWidget() is self._walk and self.walk.undo()

    def keys(self) -> list[tuple[str, str]]:
        here = self.stack.currentWidget()
        if here is self._walk:
            return self.walk.keys()
        if here is self.finish_view:
            return [("Ctrl+Enter", tr("结束检查")), ("Esc", tr("回去继续查"))]
        return [
            ("Ctrl+F", tr("找企业")),
            ("Enter", tr("选中，再按一次开始检查")),
            ("↑ ↓", tr("换一家企业、换一张检查表")),
            ("Ctrl+Enter", tr("开始检查")),
        ]

    def focus_first(self) -> None:
        here = self.stack.currentWidget()
        if here is self.choose:
            self.choose.focus_first()
        elif here is self.finish_view:
            (self.finish_button if self.finish_view.may_finish else self.back_button).setFocus()
        else:
            self.walk.focus_first()

    def may_leave(self) -> bool:
        return self.stack.currentWidget() is not self._walk or self.walk.may_leave()

    # --- laying out

    def _make_header(self) -> None:
        self._told = Elided("", self.header)
        theme.look(self._told, "muted")
        self.subtitle_label.hide()
        head = self.header.layout()
        assert isinstance(head, QHBoxLayout)
        head.insertWidget(2, self._told, 1)
        self.back_button = plain_button(tr("回去继续查"), "arrow-left", self.header)
        self.finish_button = primary_button(tr("结束检查"), "check", self.header)
        self.start_button = primary_button(tr("开始检查"), "play", self.header)
        for button in (self.back_button, self.finish_button, self.start_button):
            button.setAutoDefault(True)  # Enter presses what has the focus
            self.header_actions.addWidget(button)
        self.start_button.setEnabled(False)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.choose.start)
        self.back_button.clicked.connect(self._on_back_clicked)
        self.finish_button.clicked.connect(self.finish_view.finish)
        self.choose.ready_changed.connect(self.start_button.setEnabled)
        self.choose.started.connect(self._on_choose_started)
        self.choose.continue_requested.connect(self._open_walk)
        self.choose.ledger_requested.connect(self._on_choose_ledger_requested)
        self.finish_view.back_requested.connect(self._go_back_to_walk)
        self.finish_view.finished.connect(self._on_finish_finished)
        self.finish_view.give_up_requested.connect(self._on_finish_give_up_requested)
        self.finish_view.ready_changed.connect(self._show_header)
        self._shortcuts = [QShortcut(QKeySequence(keys), self) for keys in ("Ctrl+Return", "Ctrl+Enter")]
        for shortcut in self._shortcuts:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_do_it)

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.header.setVisible(view is not self._walk)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(view is not self._walk)  # the walk has a Ctrl+Enter of its own
        if view is self.finish_view:
            self._clock.start(_MINUTE)
        else:
            self._clock.stop()
        self._show_header()

    @Slot()
    def _show_header(self) -> None:
        is_finish = self.stack.currentWidget() is self.finish_view
        self.title_label.setText(tr("结束检查") if is_finish else tr("检查"))
        self.start_button.setVisible(not is_finish)
        self.back_button.setVisible(is_finish)
        self.finish_button.setVisible(is_finish)
        ending = self.finish_view.ending if is_finish else None
        has_problems = ending is not None and bool(ending.problems)
        self.finish_button.setText(tr("结束并出文书") if has_problems else tr("结束检查"))
        self.finish_button.setEnabled(self.finish_view.may_finish)
        if ending is not None and self._wants_finish_focus:
            self._wants_finish_focus = False
            self.focus_first()
        said: list[str] = []
        if ending is not None:
            said = [ending.enterprise, ending.checklist]
            minutes = int((self.shell.desk.now() - ending.started_at).total_seconds() // 60)
            if 0 <= minutes <= _LONGEST_VISIT:
                said.append(tr("现场 {minutes} 分", minutes=minutes))
        self._told.set_whole(" · ".join(said))

    # --- from view to view

    def _begin(self, enterprise_id: UUID | None) -> None:
        self._has_begun = True
        self._show(self.choose)
        self.choose.begin(enterprise_id)

    @Slot(object)
    def _open_walk(self, inspection_id: UUID) -> None:
        self._wanted_item = ""
        walk = self.walk
        self._show(walk)
        walk.open(inspection_id)
        walk.focus_first()

    @Slot(object)
    def _on_choose_started(self, inspection_id: UUID) -> None:
        self._open_walk(inspection_id)

    @Slot(object)
    def _on_walk_finish_requested(self, inspection_id: UUID) -> None:
        self._show(self.finish_view)
        self._wants_finish_focus = True
        self.finish_view.open(inspection_id)

    @Slot()
    def _on_walk_left(self) -> None:
        self._begin(None)
        self.choose.focus_first()

    @Slot(str)
    def _go_back_to_walk(self, item: str) -> None:
        """To this item; what was decided at the end is read afresh."""
        walk = self.walk
        self._show(walk)
        if self.finish_view.model.was_changed and self.finish_view.ending is not None:
            self._wanted_item = item
            walk.open(self.finish_view.ending.inspection_id)
        elif item:
            self._go_to_item(item)
        walk.focus_first()

    def _go_to_item(self, item: str) -> None:
        at = next((n for n, one in enumerate(self.walk.model.items) if one.id == item), None)
        if at is not None:
            self.walk.model.request(at)

    @Slot()
    def _on_walk_opened(self) -> None:
        item, self._wanted_item = self._wanted_item, ""
        if item:
            self._go_to_item(item)

    @Slot(object, int)
    def _on_finish_finished(self, inspection_id: UUID, found: int) -> None:
        self._has_begun = False
        self._show(self.choose)
        if found:
            self.shell.messages.tell(tr("检查已结束，查出问题 {count} 条。", count=found))
            self.shell.go(PapersOfVisit(inspection_id))
        else:
            self.shell.messages.tell(tr("检查已结束，没有查出问题。"))
            self._begin(None)
            self.choose.focus_first()

    @Slot(object)
    def _on_finish_give_up_requested(self, inspection_id: UUID) -> None:
        self._begin(None)
        self.choose.model.give_up(inspection_id)
        self.choose.focus_first()

    @Slot()
    def _on_choose_ledger_requested(self) -> None:
        self.shell.go(AddEnterprise())

    @Slot()
    def _on_back_clicked(self) -> None:
        self._go_back_to_walk("")

    @Slot()
    def _on_do_it(self) -> None:
        if self.stack.currentWidget() is self.choose:
            self.choose.start()
        elif self.stack.currentWidget() is self.finish_view:
            self.finish_view.finish()
