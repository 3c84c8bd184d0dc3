"""The screen 隐患: filters, the list, and beside it the card of the hazard that is picked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.hazards import words
from safetydesk.ui.hazards.delegates import DueDelegate, LevelDelegate
from safetydesk.ui.hazards.model import HazardsModel, Saved
from safetydesk.ui.hazards.pane import HazardPane
from safetydesk.ui.places import (
    ListHazards,
    PapersOfVisit,
    Place,
    ShowEnterprise,
    ShowHazard,
    ShowPaper,
    StartInspection,
    Target,
)
from safetydesk.ui.screen import Screen
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.dates import short_day
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.paged import Column, Order, PagedModel, PagedTable
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:
    from safetydesk.ui.hazards.forms import PaneForm
    from safetydesk.workflows.hazard_card import HazardCard, Verb
    from safetydesk.workflows.hazard_list import ListedHazard

_INTO = "into"  # not a verb: the keyboard goes into the pane
_TYPING = 150  # ms: a word is typed, then asked for
_CHIPS = ("open", "overdue", "today", "week", "major", "not_on_paper", "closed", "all")


class HazardsScreen(Screen):
    """Moving in the list shows the card; Enter goes into it; R and E begin what is done most."""

    place: ClassVar[Place] = Place.HAZARDS
    help_page: ClassVar[str] = "hazards"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("隐患"), parent)
        self.model = HazardsModel(shell, self)
        self._counts: dict[Any, int] = {}
        self._wanted: tuple[UUID, str] | None = None  # a hazard to show, and the verb to begin with it
        self._picked: UUID | None = None
        self._at = 0  # where the picked row stands, for when it leaves the list
        self._pane_closed = False
        self._is_usable = False
        self.body.addWidget(self._make_filters())
        self.body.addLayout(self._make_middle(), 1)
        self._add_keys()
        self._connect()
        self._show_chips()

    # --- what the frame asks

    def arrive(self, target: Target) -> None:
        match target:
            case ShowHazard():
                self._show_hazard(target.id, "recheck" if target.recheck else "")
            case ListHazards():
                self.search_edit.clear()
                self._choose(target.filter if target.filter in _CHIPS else "open")
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
        if self.search_edit.text():
            self.search_edit.clear()
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

    # --- laid out

    def _make_filters(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.XL, 0, Space.XL, Space.M)
        row.setSpacing(Space.L)
        self.chips = FilterChips(bar)
        self.search_edit = QLineEdit(bar)
        self.search_edit.setPlaceholderText(tr("找隐患、部位、企业  Ctrl+F"))
        self.search_edit.setAccessibleName(tr("在隐患列表里找"))
        self.search_edit.setFixedWidth(theme.scaled(240))
        row.addWidget(self.chips, 1)
        row.addWidget(self.search_edit, 0, Qt.AlignmentFlag.AlignTop)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        return bar

    def _make_middle(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.paged = PagedModel(self.shell, self._columns(), self.model.rows_work(), Order("due"), self)
        self.table = PagedTable(self.shell, self.paged, "hazards", self)
        self.table.setAccessibleName(tr("隐患列表"))
        self.empty = EmptyState("triangle-alert", tr("还没有隐患"), parent=self)
        self.stack = QStackedWidget(self)
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(Space.L, 0, Space.L, 0)
        column.addWidget(self.table)
        self.stack.addWidget(held)
        self.stack.addWidget(self.empty)
        row.addWidget(self.stack, 1)
        self.pane = HazardPane(self.shell, self)
        self.pane.hide()
        row.addWidget(self.pane)
        return row

    def _columns(self) -> list[Column]:
        desk = self.shell.desk

        def due(row: ListedHazard) -> str:
            return words.due_text(row, desk.today())

        def found(row: ListedHazard) -> str:
            return short_day(row.found_on, desk.today())

        return [
            Column("text", tr("隐患"), _text, 180, sort="text", stretch=True, tip=_text),
            Column("level", tr("级别"), _level, 90, sort="level", delegate=LevelDelegate),
            Column("enterprise", tr("企业"), _enterprise, 170, sort="enterprise", tip=_enterprise),
            Column("village", tr("村（社区）"), _village, 100, hidden=True),
            Column("due", tr("期限"), due, 160, sort="due", delegate=DueDelegate),
            Column("state", tr("状态"), words.state_text, 100, sort="state", ink=words.state_ink),
            Column("found", tr("检查日"), found, 90, sort="found", hidden=True),
        ]

    def _add_keys(self) -> None:
        self.open_action = self.table.add_action(tr("到右边办理"), self._on_open_triggered)
        self.recheck_action = self.table.add_action(tr("复查"), self._on_recheck_triggered, "R")
        self.extend_action = self.table.add_action(tr("延期"), self._on_extend_triggered, "E")
        self.correct_action = self.table.add_action(tr("改正"), self._on_correct_triggered)
        self.withdraw_action = self.table.add_action(tr("撤回"), self._on_withdraw_triggered)
        self.papers_action = self.table.add_action(tr("看这次检查的文书"), self._on_papers_triggered)
        self.enterprise_action = self.table.add_action(tr("看企业"), self._on_enterprise_triggered)
        self._verb_actions: dict[str, QAction] = {
            "recheck": self.recheck_action,
            "extend": self.extend_action,
            "correct": self.correct_action,
            "withdraw": self.withdraw_action,
        }
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find_activated)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chips_chosen)
        self.search_edit.textChanged.connect(self._on_search_edit_changed)
        self.search_edit.returnPressed.connect(self._on_search_edit_entered)
        self._typing.timeout.connect(self._ask)
        self.table.picked.connect(self._on_table_picked)
        self.table.opened.connect(self._on_table_opened)
        self.table.clicked.connect(self._on_table_clicked)
        self.paged.counted.connect(self._on_paged_counted)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.form_closed.connect(self._on_pane_form_closed)
        self.pane.verb_requested.connect(self._on_pane_verb_requested)
        self.model.counted.connect(self._on_model_counted)
        self.model.card_read.connect(self._on_model_card_read)
        self.model.card_gone.connect(self._on_model_card_gone)
        self.model.saved.connect(self._on_model_saved)
        self.model.refused.connect(self._on_model_refused)
        self.model.phrases_read.connect(self._on_model_phrases_read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    # --- the list

    def _ask(self) -> None:
        """The list and its counts, as they are now."""
        self._typing.stop()
        self.model.text = self.search_edit.text().strip()
        self.paged.show_query(self.model.keys_work())
        self.model.count()

    def _choose(self, which: str) -> None:
        self.model.filter = which
        self._show_chips()
        self._at = 0
        self._ask()

    def _show_chips(self) -> None:
        from safetydesk.workflows.hazard_list import FILTER_LABELS, HazardFilter

        chips = [Chip(key, tr(FILTER_LABELS[HazardFilter(key)]), self._counts.get(HazardFilter(key))) for key in _CHIPS]
        self.chips.show_chips(chips, self.model.filter)

    def _fit_columns(self) -> None:
        """Beside the card there may be no room for the enterprise, whose name the card bears."""
        at = next(n for n, column in enumerate(self.paged.columns) if column.key == "enterprise")
        shown = [column for column in self.paged.columns if not column.hidden]
        pane = self.pane.width() if self.pane.isVisibleTo(self) else 0
        needed = theme.scaled(sum(column.width for column in shown)) + 2 * Space.XL
        is_tight = bool(pane) and self.width() - pane < needed
        chosen = self.shell.config.now.tables.get("hazards", {}).get("hidden", ())
        hide = is_tight or "enterprise" in chosen
        if self.table.isColumnHidden(at) is not hide:
            self.table.setColumnHidden(at, hide)
            self.table.fit()

    def _show_hazard(self, hazard_id: UUID, verb: str) -> None:
        """In whatever list it is; its card comes first and says where."""
        self._wanted = (hazard_id, verb)
        self._pane_closed = False
        self.search_edit.clear()
        self.model.show(hazard_id)

    def _show_empty(self) -> None:
        """Why there is nothing, and the way on."""
        from safetydesk.workflows.hazard_list import FILTER_LABELS, HazardFilter

        if self.model.text:
            self.empty.say(tr("没有找到“{words}”", words=self.model.text), tr("换几个字，或清除后看整个列表。"))
            self._set_empty_button(tr("清除"))
        elif not self._counts.get(HazardFilter.ALL):
            self.empty.say(tr("还没有隐患"), tr("检查时判为不符合的项目，结束检查后列在这里，到期会提醒复查。"))
            self._set_empty_button(tr("开始检查"))
        else:
            said = FILTER_LABELS[HazardFilter(self.model.filter)]
            self.empty.say(tr("没有{filter}的隐患", filter=tr(said)))
            self._set_empty_button(tr("看全部隐患") if self.model.filter == "open" else tr("看未闭环的隐患"))
        self.stack.setCurrentWidget(self.empty)

    def _set_empty_button(self, text: str) -> None:
        self.empty.button.setText(text)
        self.empty.button.show()

    # --- the card and its forms

    def _begin(self, verb: str) -> None:
        """A verb on the hazard whose card is in view; what is not allowed now does nothing."""
        from safetydesk.workflows.hazard_card import Verb

        card = self.model.card
        if card is None or Verb(verb) not in card.verbs:
            if card is not None:
                self.shell.messages.tell(tr("这条隐患{state}，现在不能办这一步。", state=card.hazard.state_label))
            return
        if verb == Verb.ISSUE:
            self.shell.go(PapersOfVisit(card.hazard.inspection_id))
            return
        self._pane_closed = False
        self._show_pane()
        form = self._make_form(card, Verb(verb))
        form.save_requested.connect(self._on_form_save_requested)
        self.pane.show_form(form, Verb(verb))
        if verb == Verb.RECHECK:
            self.model.ask_phrases()

    def _make_form(self, card: HazardCard, verb: Verb) -> PaneForm:
        from safetydesk.ui.hazards.extend_form import ExtendForm
        from safetydesk.ui.hazards.recheck_form import RecheckForm
        from safetydesk.ui.hazards.small_forms import CorrectForm, ReasonForm
        from safetydesk.workflows.hazard_card import Verb

        today = self.model.today
        match verb:
            case Verb.RECHECK:
                form = RecheckForm(card, today, self.pane)
                form.photos.wanted.connect(self._on_photos_wanted)
                form.photos.dropped.connect(self._on_photos_dropped)
                return form
            case Verb.EXTEND:
                return ExtendForm(card, today, self.pane)
            case Verb.CORRECT:
                return CorrectForm(card, today, self.pane)
            case Verb.WITHDRAW:
                hint = tr("误查的才撤回；撤回后不再提醒，也不写进文书，经过里留有记录。")
                return ReasonForm(card, today, tr("撤回这条隐患"), tr("撤回的原因"), hint, self.pane)
            case _:
                hint = tr("销号销错了的，回到“复查未通过”；撤回撤错了的，恢复原样。")
                return ReasonForm(card, today, tr("重新打开"), tr("重新打开的原因"), hint, self.pane)

    def _save(self, form: PaneForm) -> None:
        from safetydesk.ui.hazards.extend_form import ExtendForm
        from safetydesk.ui.hazards.recheck_form import RecheckForm
        from safetydesk.ui.hazards.small_forms import CorrectForm, ReasonForm
        from safetydesk.workflows.hazard_card import Verb

        hazard_id = form.card.hazard.id
        match form:
            case RecheckForm():
                self.model.recheck(hazard_id, form.recheck())
            case ExtendForm():
                assert form.to is not None
                self.model.extend(hazard_id, form.to, form.reason.text(), form.consent.text())
            case CorrectForm():
                self.model.correct(hazard_id, form.correction())
            case ReasonForm() if Verb.REOPEN in form.card.verbs:
                self.model.reopen(hazard_id, form.reason.text())
            case ReasonForm():
                self.model.withdraw(hazard_id, form.reason.text())

    # --- slots

    @Slot(str)
    def _on_chips_chosen(self, key: str) -> None:
        self._choose(key)

    @Slot(str)
    def _on_search_edit_changed(self, text: str) -> None:
        if text:
            self._typing.start()
        else:
            self._ask()

    @Slot()
    def _on_search_edit_entered(self) -> None:
        self._ask()
        self.table.setFocus()

    @Slot()
    def _on_find_activated(self) -> None:
        self.search_edit.setFocus()
        self.search_edit.selectAll()

    @Slot(object)
    def _on_model_counted(self, counts: dict[Any, int]) -> None:
        self._counts = counts
        self._show_chips()
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
            self._show_empty()
            return
        self.stack.setCurrentIndex(0)
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

    @Slot(QModelIndex)
    def _on_table_clicked(self, index: QModelIndex) -> None:
        self._pane_closed = False
        row = self.paged.row_at(index)
        if row is not None and not self.pane.isVisible():
            self.model.show(row.id)

    @Slot(object)
    def _on_table_opened(self, row: ListedHazard) -> None:
        """Enter: into the pane."""
        self._pane_closed = False
        if self.model.card is not None and self.model.card.hazard.id == row.id and self.pane.isVisible():
            self.pane.focus_first()
        else:
            self._wanted = (row.id, _INTO)
            self.model.show(row.id)

    @Slot(object)
    def _on_model_card_read(self, card: HazardCard) -> None:
        verb = None
        if self._wanted is not None and self._wanted[0] == card.hazard.id:
            verb, self._wanted = self._wanted[1], None
        if verb is not None and self.paged.position_of(card.hazard.id) is None:
            self._choose("open" if card.hazard.days_left is not None else "all")
        self._enable_actions(card)
        form = self.pane.form
        if verb is None and (self._pane_closed or (form is not None and form.card.hazard.id == card.hazard.id)):
            return
        self._present(card)
        if verb == _INTO:
            self.pane.focus_first()
        elif verb:
            self._begin(verb)

    def _present(self, card: HazardCard) -> None:
        """Its card in the pane, its row picked."""
        view = self.pane.show_card(card, self.model.today)
        view.enterprise_requested.connect(self._on_view_enterprise_requested)
        view.paper_requested.connect(self._on_view_paper_requested)
        view.photo_requested.connect(self._on_view_photo_requested)
        view.take_back_requested.connect(self._on_view_take_back_requested)
        self._show_pane()
        self.table.pick(card.hazard.id)

    def _show_pane(self) -> None:
        self.pane.show()
        self._fit_columns()

    def _enable_actions(self, card: HazardCard) -> None:
        allowed = {str(verb) for verb in card.verbs}
        for verb, action in self._verb_actions.items():
            action.setEnabled(verb in allowed)

    @Slot(object)
    def _on_model_card_gone(self, error: Exception) -> None:
        self._wanted = None
        self.pane.hide()
        self.shell.messages.trouble(error)
        self._ask()

    @Slot(object)
    def _on_model_phrases_read(self, phrases: Any) -> None:
        from safetydesk.ui.hazards.recheck_form import RecheckForm

        if isinstance(self.pane.form, RecheckForm):
            self.pane.form.offer(phrases)

    @Slot()
    def _on_form_save_requested(self) -> None:
        if self.pane.form is not None:
            self._save(self.pane.form)

    @Slot(object)
    def _on_model_saved(self, saved: Saved) -> None:
        """The list asks again by itself; the keyboard goes back to it."""
        self.pane.drop_form()
        self.table.setFocus()
        self.model.show(saved.hazard_id)

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        if self.pane.form is not None:
            self.pane.form.refuse(error)
        else:
            self.shell.messages.trouble(error)

    @Slot()
    def _on_pane_closed(self) -> None:
        self._pane_closed = True
        self._fit_columns()
        self.table.setFocus()

    @Slot()
    def _on_pane_form_closed(self) -> None:
        if self.model.card is not None:
            self._present(self.model.card)
        self.table.setFocus()

    @Slot(object)
    def _on_pane_verb_requested(self, verb: Verb) -> None:
        self._begin(str(verb))

    @Slot(object)
    def _on_view_enterprise_requested(self, enterprise_id: UUID) -> None:
        self.shell.go(ShowEnterprise(enterprise_id))

    @Slot(str)
    def _on_view_paper_requested(self, number: str) -> None:
        self.shell.go(ShowPaper(number))

    @Slot(object, int)
    def _on_view_photo_requested(self, photos: list[Any], at: int) -> None:
        from safetydesk.ui.hazards.photos import PhotoViewer

        viewer = PhotoViewer(self.shell, photos, at, self)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.open()

    @Slot(object)
    def _on_view_take_back_requested(self, event_id: UUID) -> None:
        self.model.take_back(event_id)

    @Slot()
    def _on_photos_wanted(self) -> None:
        from safetydesk.ui.hazards.picked_photos import KINDS

        kinds = tr("照片 ({kinds})", kinds=KINDS)
        self.shell.files.open_files(tr("添加复查照片"), kinds, self._on_photos_dropped)

    @Slot(list)
    def _on_photos_dropped(self, paths: list[Path]) -> None:
        from safetydesk.ui.hazards.recheck_form import RecheckForm

        form = self.pane.form
        if isinstance(form, RecheckForm) and paths:
            form.photos.set_busy(True)
            self.model.read_photos(paths, form.on_photos_read, form.on_photos_failed)

    @Slot()
    def _on_empty_action_requested(self) -> None:
        from safetydesk.workflows.hazard_list import HazardFilter

        if self.model.text:
            self.search_edit.clear()
            self.search_edit.setFocus()
        elif not self._counts.get(HazardFilter.ALL):
            self.shell.go(StartInspection())
        else:
            self._choose("all" if self.model.filter == "open" else "open")

    @Slot()
    def _on_open_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._on_table_opened(row)

    @Slot()
    def _on_recheck_triggered(self) -> None:
        self._verb_on_row("recheck")

    @Slot()
    def _on_extend_triggered(self) -> None:
        self._verb_on_row("extend")

    @Slot()
    def _on_correct_triggered(self) -> None:
        self._verb_on_row("correct")

    @Slot()
    def _on_withdraw_triggered(self) -> None:
        self._verb_on_row("withdraw")

    @Slot()
    def _on_papers_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.shell.go(PapersOfVisit(row.inspection_id))

    @Slot()
    def _on_enterprise_triggered(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.shell.go(ShowEnterprise(row.enterprise_id))

    def _verb_on_row(self, verb: str) -> None:
        """On the row that is picked, whether its card is here already or still on its way."""
        row = self.table.current_row()
        if row is None:
            return
        if self.model.card is not None and self.model.card.hazard.id == row.id:
            self._begin(verb)
        else:
            self._wanted = (row.id, verb)
            self.model.show(row.id)


def _text(row: ListedHazard) -> str:
    return row.text


def _level(row: ListedHazard) -> str:
    return row.level_label


def _enterprise(row: ListedHazard) -> str:
    return row.enterprise


def _village(row: ListedHazard) -> str:
    return row.village or ""
