"""The search box over everything: results drop down while one types, Enter goes there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.places import AddEnterprise, ListEnterprises, Target
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space

if TYPE_CHECKING:
    from safetydesk.ui.frame.search_entries import Entry
    from safetydesk.ui.frame.search_results import SearchResults
    from safetydesk.workflows.global_search import FoundGroup

_WIDEST = 640
_NARROWEST_LIST = 520
_LONGEST_TYPED = 200
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Answer = tuple[str, date, "tuple[FoundGroup, ...]"]  # the text that was asked for, the day, what was found


class SearchBox(QWidget):
    """An edit with an icon. The list is a child of the window, so that it lies over the screen below.

    What searching needs is loaded when the box is first gone to: the window starts without it.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._latest = Latest(shell, self)
        self._answered: str | None = None  # the text that the list answers
        self._enter_waits = False
        self._came_from: QWidget | None = None
        self.results: SearchResults | None = None
        self._make_edit()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_app_focus_changed)

    @Slot()
    def begin(self) -> None:
        """Type from here on. What was typed last is marked, to be typed over or looked at again."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit:
            match event.type():
                case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                    return self._key(Qt.Key(event.key()))
                case QEvent.Type.FocusOut:
                    self._close()
                case _:
                    pass
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The lock came over the window: nothing stays in view."""
        self._close()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def _make_edit(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.edit = QLineEdit(self)
        self.edit.setMaxLength(_LONGEST_TYPED)
        self.edit.setPlaceholderText(tr("搜索企业、隐患、文书……  Ctrl+K"))
        self.edit.setAccessibleName(tr("搜索企业、隐患、文书和检查"))
        self.edit.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x"), tr("清空"), self.edit)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.edit.clear)
        self.edit.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.textChanged.connect(self._on_edit_text_changed)
        self.edit.installEventFilter(self)
        row.addWidget(self.edit)
        self.setMaximumWidth(theme.scaled(_WIDEST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.edit)

    # --- keys

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in _ENTER:
            self._enter()
        elif key in _STEPS and self.results is not None and self.results.isVisible():
            self.results.step(_STEPS[key])
            self._say_current()
        elif key in _STEPS:
            self._ask()
        else:
            return False
        return True

    def _leave(self) -> None:
        """The list goes, and the keyboard goes back to where it came from; what was typed stays."""
        self._forget()
        before = self._came_from
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.edit.clearFocus()

    def _enter(self) -> None:
        """Open what is marked. Who types faster than the answer comes gets the first of it."""
        if self._answered != self._typed():
            self._enter_waits = bool(self._typed())
            self._ask()
            return
        from safetydesk.ui.frame.search_entries import target_of

        current = self.results.current() if self.results is not None else None
        target = target_of(current) if current is not None else None
        if target is not None:
            self._go(target)

    def _go(self, target: Target) -> None:
        self._forget()
        self._shell.go(target)

    def _forget(self) -> None:
        """Nothing that was asked shall arrive any more."""
        self._latest.drop()
        self._answered, self._enter_waits = None, False
        self._close()

    def _close(self) -> None:
        if self.results is not None:
            self.results.hide()

    # --- asking

    def _typed(self) -> str:
        return " ".join(self.edit.text().split())

    def _ask(self) -> None:
        text = self._typed()
        if not text:
            self._forget()
            return
        desk = self._shell.desk

        def ask(session: Any, _progress: object) -> Answer:
            from safetydesk.workflows import global_search

            today = desk.today()
            return text, today, global_search.find(session, today, text)

        self._latest.read(ask, self._on_answered)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        text, today, groups = answer
        if text != self._typed() or not self.edit.hasFocus():
            return
        self._answered = text
        self._list().show_entries(_found(text, groups) if groups else _nothing(text), today)
        self._place(show=True)
        self._say_current()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _place(self, *, show: bool = False) -> None:
        """Right under the box, as wide as it or wider, never out of the window."""
        if not show and (self.results is None or not self.results.isVisible()):
            return
        window, listed = self.window(), self._list()
        if listed.parentWidget() is not window:
            listed.setParent(window)
            window.installEventFilter(self)
        corner = self.mapTo(window, QPoint(0, self.height() + Space.XS))
        width = min(max(self.width(), theme.scaled(_NARROWEST_LIST)), window.width() - corner.x() - Space.S)
        height = min(listed.content_height(), window.height() - corner.y() - Space.S)
        listed.setGeometry(corner.x(), corner.y(), width, height)
        listed.raise_()
        listed.show()

    def _list(self) -> SearchResults:
        if self.results is None:
            from safetydesk.ui.frame.search_results import SearchResults

            self.results = SearchResults(self)
            self.results.chosen.connect(self._on_results_chosen)
            self.destroyed.connect(self.results.deleteLater)  # it will be the window's child
        return self.results

    def _say_current(self) -> None:
        from safetydesk.ui.frame.search_entries import spoken

        current = self._list().current()
        self.edit.setAccessibleDescription(spoken(current) if current is not None else tr("没有找到"))

    # --- signals

    @Slot(str)
    def _on_edit_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._enter_waits = False
        self._ask()

    @Slot(object)
    def _on_results_chosen(self, target: Target) -> None:
        self._go(target)

    @Slot(QWidget, QWidget)
    def _on_app_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not self.edit:
            return
        if before is not None:
            self._came_from = before
        if self.results is None:
            self._list()
            self._shell.read(_warm_up, self._on_warm)
        self._ask()

    @Slot(object)
    def _on_warm(self, _nothing: object) -> None:
        pass


def _found(text: str, groups: tuple[FoundGroup, ...]) -> list[Entry]:
    from safetydesk.ui.frame.search_entries import Way, entries_of
    from safetydesk.workflows.global_search import FoundKind

    everyone = Way(tr("在企业列表里查看全部"), "list", ListEnterprises(text=text))
    return entries_of(groups, {FoundKind.ENTERPRISE: everyone})


def _nothing(text: str) -> list[Entry]:
    """What was looked for, what else to try, and the way to enter it."""
    from safetydesk.ui.frame.search_entries import Head, Way

    is_name = not text.isascii() and " " not in text
    add = tr("登记企业“{name}”", name=text) if is_name else tr("登记一家新企业")
    return [
        Head(tr("没有找到“{text}”。少打几个字，或换拼音首字母、代码后几位、电话试试。", text=text)),
        Way(add, "plus", AddEnterprise(name=text if is_name else "")),
        Way(tr("打开企业列表"), "list", ListEnterprises()),
    ]


def _warm_up(session: Any, _progress: object) -> None:
    """The first question of a day is slower than all others: ask one before the person does."""
    from safetydesk.workflows import global_search

    global_search.find(session, date.min, "00")
