"""The screen 隐患: filters, the list, and beside it the card of the hazard that is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from safetydesk.ui.hazards.doing import Doing
from safetydesk.ui.hazards.filter_bar import FILTERS, FilterBar
from safetydesk.ui.hazards.list_view import HazardListView
from safetydesk.ui.hazards.model import HazardsModel
from safetydesk.ui.hazards.pane import HazardPane
from safetydesk.ui.places import ListHazards, PapersOfVisit, Place, ShowEnterprise, ShowHazard, StartInspection, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from safetydesk.workflows.hazard_card import HazardCard, Verb
    from safetydesk.workflows.hazard_list import ListedHazard

_INTO = "into"  # not a verb: the keyboard goes into the pane


class HazardsScreen(Screen):
    """Moving in the list shows the card; Enter goes into it; R and E begin what is done most."""

    place: ClassVar[Place] = Place.HAZARDS
    help_page: ClassVar[str] = "hazards"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("隐患"), parent)
        self.model = HazardsModel(shell, self)
        self._counts: dict[Any, int] = {}
        self._wanted: tuple[UUID, str] | None = None  # a hazard to show, and what to begin with it
        self._picked: UUID | None = None
        self._at = 0  # where the picked row stands, for when it leaves the list
        self._pane_closed = False
        self._is_usable = False
        self.bar = FilterBar(self)
        self.list = HazardListView(shell, self.model, self)
        self.table, self.paged = self.list.table, self.list.paged
        self.pane = HazardPane(shell, self)
        self.pane.hide()
        self.doing = Doing(shell, self.model, self.pane, self)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.pane)
        self.body.addWidget(self.bar)
        self.body.addLayout(middle, 1)
        self._add_keys()
        self._connect()
        self.bar.show_counts(self._counts, self.model.filter)

    # --- what the frame asks

    def arrive(self, target: Target) -> None:
        match target:
            case ShowHazard():
                self._show_hazard(target.id, "recheck" if target.recheck else "")
            case ListHazards():
                self.bar.clear()
                self._choose(target.filter if target.filter in FILTERS else "open")
            case _:
                self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.hazards or changes.inspections or changes.papers or changes.ledger:
            self._ask()
            if self.pane.form is None and self.pane.isVisible() and self.model.card is not None:
                self.model.show(self.model.card.hazard.id)

    def go_back(self) -> bool:
        if self.pane.form is not None:
            self.pane.close_form()
            return True
        if self.pane.isVisible():
            self.pane.close_pane()
            return True
        if self.bar.text:
            self.bar.clear()
            self.table.setFocus()
            return True
        return False

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", tr("在列表里移动，右边显示这条隐患")),
            ("Enter", tr("到右边的按钮上")),
            ("R", tr("复查")),
            ("E", tr("延期")),
            ("1 2 3", tr("复查时选结果")),
            ("Ctrl+Enter", tr("保存右边填的内容")),
            ("Ctrl+F", tr("在列表里找")),
            ("Ctrl+C", tr("把选中的行复制到 Excel")),
            ("Esc", tr("退一步，填过的内容留着")),
        ]

    def focus_first(self) -> None:
        if self.pane.form is not None:
            self.pane.focus_first()
        else:
            self.table.setFocus()

    # --- inside

    def _add_keys(self) -> None:
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.bar.begin)
        for keys, slot in (("R", self._on_pane_recheck_key), ("E", self._on_pane_extend_key)):
            shortcut = QShortcut(QKeySequence(keys), self.pane)  # also with the keyboard in the card
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _connect(self) -> None:
        self.bar.filter_chosen.connect(self._choose)
        self.bar.text_changed.connect(self._ask)
        self.bar.entered.connect(self._on_bar_entered)
        self.table.picked.connect(self._on_table_picked)
        self.list.into_requested.connect(self._on_list_into_requested)
        self.list.clicked.connect(self._on_list_clicked)
        self.list.verb_requested.connect(self._on_list_verb_requested)
        self.list.papers_requested.connect(self._on_list_papers_requested)
        self.list.enterprise_requested.connect(self._on_list_enterprise_requested)
        self.list.empty.action_requested.connect(self._on_empty_action_requested)
        self.paged.counted.connect(self._on_paged_counted)
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.form_closed.connect(self._on_pane_form_closed)
        self.pane.verb_requested.connect(self._on_pane_verb_requested)
        self.doing.done.connect(self._on_doing_done)
        self.model.counted.connect(self._on_model_counted)
        self.model.card_read.connect(self._on_model_card_read)
        self.model.card_gone.connect(self._on_model_card_gone)

    @Slot()
    def _ask(self) -> None:
        """The list and its counts, as they are now."""
        self.model.text = self.bar.text
        self.paged.show_query(self.model.keys_work())
        self.model.count()

    @Slot(str)
    def _choose(self, which: str) -> None:
        self.model.filter = which
        self.bar.show_counts(self._counts, which)
        self._at = 0
        self._ask()

    def _show_hazard(self, hazard_id: UUID, verb: str) -> None:
        """In whatever list it is; its card comes first and says where."""
        self._wanted = (hazard_id, verb)
        self._pane_closed = False
        self.bar.clear()
        self.model.show(hazard_id)

    def _show_empty(self) -> None:
        self.list.show_empty(self.model.text, self.model.filter, is_bare=self._has_none)

    @property
    def _has_none(self) -> bool:
        return not self._counts.get("all")

    def _present(self, card: HazardCard) -> None:
        """Its card in the pane, its row picked."""
        self.doing.show_card(card)
        self._show_pane()
        self.table.pick(card.hazard.id)

    def _begin(self, verb: str) -> None:
        """On the hazard whose card is here."""
        if self.model.card is not None and self.doing.begin(self.model.card, verb):
            self._pane_closed = False
            self._show_pane()
            self.pane.focus_first()

    def _begin_on_row(self, verb: str) -> None:
        """On the row that is picked, whether its card is here already or still on its way."""
        row = self.table.current_row()
        if row is None:
            return
        if self.model.card is not None and self.model.card.hazard.id == row.id:
            self._begin(verb)
        else:
            self._wanted = (row.id, verb)
            self.model.show(row.id)

    def _show_pane(self) -> None:
        self.pane.show()

    # --- the list

    @Slot()
    def _on_bar_entered(self) -> None:
        self._ask()
        self.table.setFocus()

    @Slot(object)
    def _on_model_counted(self, counts: dict[Any, int]) -> None:
        self._counts = counts
        self.bar.show_counts(counts, self.model.filter)
        if not self.paged.rowCount():
            self._show_empty()
        if not self._is_usable:
            self._is_usable = True
            self.usable.emit()

    @Slot(int)
    def _on_paged_counted(self, count: int) -> None:
        """What was picked stays picked; where it left the list, what stands in its place."""
        if not count:
            if self.pane.form is None and self._wanted is None:
                self.model.forget()
                self.pane.hide()
            if self._counts:
                self._show_empty()  # else the counts say why
            return
        self.list.show_rows()
        if self.pane.form is not None or self._wanted is not None:
            return
        card = self.model.card
        if card is not None and self.paged.position_of(card.hazard.id) is not None:
            self.table.pick(card.hazard.id)
        else:
            self.table.pick(self.paged.key_at(min(self._at, count - 1)))

    @Slot(object)
    def _on_table_picked(self, row: ListedHazard | None) -> None:
        """Its card comes, also while the pane is closed: the keys need to know what is allowed."""
        if row is None:
            return
        self._at = self.table.currentIndex().row()
        if row.id == self._picked:
            return  # the same row with other values: whoever changed them asks for the card
        self._picked = row.id
        shown = self.pane.form.card if self.pane.form is not None else self.model.card
        if shown is None or shown.hazard.id != row.id:
            self._wanted = None
            self.model.show(row.id)

    @Slot(object)
    def _on_list_clicked(self, row: ListedHazard) -> None:
        self._pane_closed = False
        if not self.pane.isVisible():
            self.model.show(row.id)

    @Slot(object)
    def _on_list_into_requested(self, row: ListedHazard) -> None:
        """Enter: into the pane."""
        self._pane_closed = False
        if self.model.card is not None and self.model.card.hazard.id == row.id and self.pane.isVisible():
            self.pane.focus_first()
        else:
            self._wanted = (row.id, _INTO)
            self.model.show(row.id)

    @Slot(str)
    def _on_list_verb_requested(self, verb: str) -> None:
        self._begin_on_row(verb)

    @Slot(object)
    def _on_list_papers_requested(self, row: ListedHazard) -> None:
        self.shell.go(PapersOfVisit(row.inspection_id))

    @Slot(object)
    def _on_list_enterprise_requested(self, row: ListedHazard) -> None:
        self.shell.go(ShowEnterprise(row.enterprise_id))

    @Slot()
    def _on_empty_action_requested(self) -> None:
        if self.model.text:
            self.bar.clear()
            self.bar.begin()
        elif self._has_none:
            self.shell.go(StartInspection())
        else:
            self._choose("all" if self.model.filter == "open" else "open")

    # --- the card

    @Slot(object)
    def _on_model_card_read(self, card: HazardCard) -> None:
        verb = None
        if self._wanted is not None and self._wanted[0] == card.hazard.id:
            verb, self._wanted = self._wanted[1], None
        if verb is not None and self.paged.position_of(card.hazard.id) is None:
            self._choose("open" if card.hazard.days_left is not None else "all")
        self.list.enable_actions(card)
        form = self.pane.form
        if verb is None and (self._pane_closed or (form is not None and form.card.hazard.id == card.hazard.id)):
            return
        self._present(card)
        if verb == _INTO:
            self.pane.focus_first()
        elif verb:
            self._begin(verb)

    @Slot(object)
    def _on_model_card_gone(self, error: Exception) -> None:
        self._wanted = None
        self.pane.hide()
        self.shell.messages.trouble(error)
        self._ask()

    @Slot(object)
    def _on_doing_done(self, hazard_id: UUID) -> None:
        """The list asks again by itself; the keyboard goes back to it."""
        self.table.setFocus()
        self.model.show(hazard_id)

    @Slot()
    def _on_pane_closed(self) -> None:
        self._pane_closed = True
        self.table.setFocus()

    @Slot()
    def _on_pane_form_closed(self) -> None:
        if self.model.card is not None:
            self._present(self.model.card)
        self.table.setFocus()

    @Slot(object)
    def _on_pane_verb_requested(self, verb: Verb) -> None:
        self._begin(str(verb))

    @Slot()
    def _on_pane_recheck_key(self) -> None:
        self._on_pane_key("recheck")

    @Slot()
    def _on_pane_extend_key(self) -> None:
        self._on_pane_key("extend")

    def _on_pane_key(self, verb: str) -> None:
        """A letter beside the fields of a form is not meant for the card."""
        if self.pane.form is None:
            self._begin(verb)
