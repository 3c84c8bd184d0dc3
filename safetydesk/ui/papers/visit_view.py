"""Left the papers of the visit, in the middle the page as it will print, at the right what can be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui import theme
from safetydesk.ui.papers.draft_side import DraftSide
from safetydesk.ui.papers.entries import Entry, Loaded
from safetydesk.ui.papers.entry_list import EntryList
from safetydesk.ui.papers.model import PapersModel
from safetydesk.ui.papers.preview import PagePreview
from safetydesk.ui.papers.sealed_side import SealedSide
from safetydesk.ui.places import ShowEnterprise
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.labels import emphasis, note_label, text_label
from safetydesk.workflows.papers import PaperState

LIST_WIDTH, LIST_NARROW = 236, 196
SIDE_NARROW = 312
_NARROW = 1100  # below it the page would get too little


class TroublePanel(QFrame):
    """Why there is no page, in words, in the place of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "trouble")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.XS)
        self.title_label = emphasis("", self)
        self.title_label.setWordWrap(True)
        self.hint_label = text_label("", self)
        column.addWidget(self.title_label)
        column.addWidget(self.hint_label)
        beside = QHBoxLayout()
        self.ledger_button = quiet_button(tr("去企业档案里改"), "arrow-right", self)
        beside.addWidget(self.ledger_button)
        beside.addStretch()
        column.addLayout(beside)
        self.hide()

    def say(self, text: str, hint: str, *, is_of_ledger: bool = False) -> None:
        self.title_label.setText(text)
        self.hint_label.setText(hint)
        self.ledger_button.setVisible(is_of_ledger)
        self.show()


class VisitView(QWidget):
    """Shows the model; every wish goes out as a signal or to the model's verb of the same name."""

    go_requested = Signal(object)
    print_requested = Signal()
    save_requested = Signal()
    void_requested = Signal(str)

    def __init__(self, shell: Shell, model: PapersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = model
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = EntryList(self)
        row.addWidget(self.list)
        self._line = _upright(self)
        row.addWidget(self._line)
        row.addWidget(self._make_middle(), 1)
        row.addWidget(self._make_side())
        self._fit_widths()
        self._connect()

    @property
    def today(self) -> date:
        return self._shell.desk.today()

    def focus_first(self) -> None:
        self.list.setFocus()

    def refuse(self, problem: Any, error: Exception) -> None:
        """A correction was refused: say so beside the field, and keep what was typed."""
        if isinstance(error, SafetyDeskError) and self.isVisible():
            said = trouble_message(error)
            self.draft_side.refuse(problem, error.code, f"{said.text}{said.hint}")
        else:
            self._shell.messages.trouble(error)

    def _make_middle(self) -> QWidget:
        self.middle = QStackedWidget(self)
        sheet = QWidget(self.middle)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.trouble = TroublePanel(sheet)
        column.addWidget(self.trouble)
        self.preview = PagePreview(self._shell, sheet)
        column.addWidget(self.preview, 1)
        self.middle.addWidget(sheet)
        self.empty = EmptyState("file-check", "", "", tr("回到登记簿"), parent=self.middle)
        self.middle.addWidget(self.empty)
        return self.middle

    def _make_side(self) -> QWidget:
        self.side = QFrame(self)
        self.side.setProperty("look", "pane")
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.side_title = emphasis("", self.side)
        self.side_title.setContentsMargins(Space.L, Space.M, Space.L, 0)
        self.side_note = note_label("", self.side)
        self.side_note.setContentsMargins(Space.L, Space.XS, Space.L, Space.S)
        column.addWidget(self.side_title)
        column.addWidget(self.side_note)
        self.sides = QStackedWidget(self.side)
        self.draft_side, self.sealed_side = DraftSide(), SealedSide()
        for content in (self.draft_side, self.sealed_side):
            self.sides.addWidget(_scrolling(content, self.sides))
        column.addWidget(self.sides, 1)
        return self.side

    @Slot()
    def _fit_widths(self) -> None:
        is_narrow = self.width() < theme.scaled(_NARROW)
        self.list.setFixedWidth(theme.scaled(LIST_NARROW if is_narrow else LIST_WIDTH))
        self.side.setFixedWidth(theme.scaled(SIDE_NARROW if is_narrow else theme.PANE_WIDTH))
        self.preview.page_label.setVisible(not is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_widths()

    def _connect(self) -> None:
        theme.changes().changed.connect(self._fit_widths)
        self.list.picked.connect(self.model.select)
        self.trouble.ledger_button.clicked.connect(self._on_ledger_clicked)
        self.model.loaded.connect(self._on_model_loaded)
        self.model.load_failed.connect(self._on_model_load_failed)
        self.model.selected.connect(self._on_model_selected)
        self.model.page_ready.connect(self._on_model_page_ready)
        self.model.page_failed.connect(self._on_model_page_failed)
        self.model.field_refused.connect(self.refuse)
        self.model.served.connect(self.sealed_side.show_actions)
        self.model.service_refused.connect(self._on_model_service_refused)
        self.preview.trouble.connect(self._on_model_page_failed)
        self.draft_side.go_requested.connect(self.go_requested)
        self.draft_side.change_requested.connect(self._on_draft_change_requested)
        self.draft_side.kind_requested.connect(self.model.advise)
        self.draft_side.inspectors_requested.connect(self.model.name_inspectors)
        self.sealed_side.print_requested.connect(self.print_requested)
        self.sealed_side.save_requested.connect(self.save_requested)
        self.sealed_side.void_requested.connect(self.void_requested)
        self.sealed_side.serve_requested.connect(self._on_serve_requested)

    @Slot(object)
    def _on_model_loaded(self, loaded: Loaded) -> None:
        entries = loaded.entries()
        self._set_filled(bool(entries))
        if not entries:
            self._say_empty(loaded)

    def _set_filled(self, is_filled: bool) -> None:
        self.middle.setCurrentIndex(0 if is_filled else 1)
        for one in (self.list, self._line, self.side):
            one.setVisible(is_filled)

    def _say_empty(self, loaded: Loaded) -> None:
        visit = loaded.visit
        if visit is not None and not visit.is_finished:
            self.empty.say(tr("检查还没有结束"), tr("结束检查以后，查出的问题在这里出文书。"))
        elif visit is not None and visit.hazards:
            self.empty.say(tr("没有要出文书的问题"), tr("查出的问题已经销号或撤回。"))
        else:
            self.empty.say(tr("这次检查没有发现问题"), tr("没有问题，不用出整改文书。"))

    @Slot(object)
    def _on_model_load_failed(self, error: Exception) -> None:
        said = trouble_message(error)
        self.preview.clear()
        self._set_filled(False)
        self.empty.say(said.text, said.hint)

    @Slot(object)
    def _on_model_selected(self, entry: Entry | None) -> None:
        self.trouble.hide()
        if self.model.now is not None:
            self.list.show_entries(self.model.now.entries(), entry.key if entry is not None else "")
        if entry is None:
            return
        if self.model.page is not None:  # else another page is on its way, and brings its own
            self.preview.set_stamp(_stamp(entry))
        if entry.draft is not None and self.model.visit is not None:
            self.side_title.setText(tr("签发前还能改"))
            self.side_note.setText(tr("离开一格就保存，左边的页面随即重排。"))
            self.draft_side.show_draft(entry.draft, self.model.visit, self.today)
            self.sides.setCurrentIndex(0)
        elif entry.card is not None:
            self.side_title.setText(tr("已签发的文书"))
            self.side_note.setText("")
            self.sealed_side.show_card(entry.card, self.today)
            self.sides.setCurrentIndex(1)
        self.side_note.setVisible(bool(self.side_note.text()))

    @Slot(bytes)
    def _on_model_page_ready(self, pdf: bytes) -> None:
        self.trouble.hide()
        self.preview.show_pdf(pdf, _stamp(self.model.entry))

    @Slot(object)
    def _on_model_page_failed(self, error: Exception) -> None:
        said = trouble_message(error)
        self.preview.clear()
        is_of_ledger = getattr(error, "code", "") == "missing_glyphs" and self.model.visit is not None
        self.trouble.say(said.text, said.hint, is_of_ledger=is_of_ledger)

    @Slot()
    def _on_ledger_clicked(self) -> None:
        if self.model.visit is not None:
            self.go_requested.emit(ShowEnterprise(self.model.visit.enterprise_id))

    @Slot(object)
    def _on_model_service_refused(self, error: Exception) -> None:
        if isinstance(error, SafetyDeskError):
            said = trouble_message(error)
            self.sealed_side.service_form.refuse(error, f"{said.text}{said.hint}")
        else:
            self._shell.messages.trouble(error)

    @Slot(object, object)
    def _on_draft_change_requested(self, problem: Any, given: dict[str, Any]) -> None:
        self.model.correct(problem, **given)

    @Slot(object)
    def _on_serve_requested(self, service: Any) -> None:
        assert self.model.entry is not None
        self.model.serve(self.model.entry.key, service)


def _stamp(entry: Entry | None) -> str:
    """What lies across the page of what is no paper in force."""
    if entry is not None and entry.draft is not None:
        return tr("预 览")
    is_void = entry is not None and entry.card is not None and entry.card.state is PaperState.VOIDED
    return tr("已 作 废") if is_void else ""


def _scrolling(content: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("look", "clear")
    area.setWidget(content)
    return area


def _upright(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("look", "upright")
    return line
