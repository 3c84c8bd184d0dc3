"""The search box over everything: results drop down while one types, Enter goes there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
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
_PATIENCE = 40  # ms: the enterprises wait so long for the rest, for a list that grows twice flickers
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Groups = tuple["FoundGroup", ...]
Answer = tuple[str, date, Groups]  # the text that was asked for, the day, what was found


class SearchBox(QWidget):
    """An edit with an icon. The list is a child of the window, so that it lies over the screen below.

    What searching needs is loaded when the box is first gone to: the window starts without it.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._latest, self._latest_others = Latest(shell, self), Latest(shell, self)
        self._enterprises: Answer | None = None  # the first half of the answer that is being waited for
        self._shown: str | None = None  # the text that the list answers, at least with its enterprises
        self._answered: str | None = None  # the text that it answers with all there is
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PATIENCE)
        self._waiting.timeout.connect(self._on_waiting_timeout)
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
        self._clear.triggered.connect(self.edit.clear)
        self.edit.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)  # only now: what is hidden when it is added is shown all the same
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
        if self._typed() not in (self._answered, self._shown):
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
        self._drop()
        self._answered, self._shown, self._enter_waits = None, None, False
        self._close()

    def _drop(self) -> None:
        self._latest.drop()
        self._latest_others.drop()
        self._waiting.stop()
        self._enterprises = None

    def _close(self) -> None:
        self._shown = None
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
        from safetydesk.workflows.global_search import Search

        self._drop()
        today = self._shell.desk.today()
        search = Search(today, text)

        def ask_enterprises(session: Any, _progress: object) -> Answer:
            return text, today, search.enterprises(session)

        def ask_others(session: Any, _progress: object) -> Answer:
            return text, today, search.others(session)

        self._latest.read(ask_enterprises, self._on_enterprises_found)
        self._latest_others.read(ask_others, self._on_others_found)

    @Slot(object)
    def _on_enterprises_found(self, answer: Answer) -> None:
        """Shown at once where somebody waits for the first of them; else with the rest, if that does not take long."""
        self._enterprises = answer
        if answer[2] and self._enter_waits:
            self._on_waiting_timeout()
        else:
            self._waiting.start()

    @Slot()
    def _on_waiting_timeout(self) -> None:
        if self._enterprises is not None and self._enterprises[2]:
            self._show(self._enterprises)

    @Slot(object)
    def _on_others_found(self, answer: Answer) -> None:
        text, today, others = answer
        first, self._enterprises = self._enterprises, None
        self._waiting.stop()
        if first is not None and text == self._typed() and self.edit.hasFocus():
            self._answered = text
            self._show((text, today, first[2] + others))

    def _show(self, answer: Answer) -> None:
        text, today, groups = answer
        if text != self._typed() or not self.edit.hasFocus():
            return
        is_more = self._shown == text
        self._shown = text
        self._list().show_entries(_found(text, groups) if groups else _nothing(text), today, is_more=is_more)
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
            self._shell.read(_warm_up, self._on_warm, later=True)
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


def _warm_up(session: Any, progress: Any) -> None:
    """The first question of a day is slower than all others: ask one before the person does."""
    from safetydesk.workflows.global_search import Search

    search = Search(date.min, "00")
    search.enterprises(session)
    progress.check_cancelled()  # a key that was quicker goes first
    search.others(session)
