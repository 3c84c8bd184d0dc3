"""How the walk is laid out, and how its parts show what the model knows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from safetydesk.domain.kinds import Result
from safetydesk.ui import theme
from safetydesk.ui.inspection.findings_pane import FindingsPane, pane_width
from safetydesk.ui.inspection.item_view import ItemView, captions_of
from safetydesk.ui.inspection.strip import Strip
from safetydesk.ui.inspection.thumbnails import Thumbnails
from safetydesk.ui.inspection.walk_end import WalkEnd
from safetydesk.ui.inspection.walk_facts import finding_lines, major_count, places_of, strip_of
from safetydesk.ui.inspection.walk_head import WalkFoot, WalkHead
from safetydesk.ui.inspection.walk_model import WalkModel
from safetydesk.ui.inspection.walk_phrases import PhraseLoader
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.empty import EmptyState

STRIP_WIDTH = 208
_WIDEST_STRIP = 228
_LEAST_WITH_PANE = 980  # px: below, the item needs the room


class WalkParts(QWidget):
    """Head, strip, item, findings and photos, foot. What happens to them is WalkView's."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = WalkModel(shell, self)
        self._thumbnails = Thumbnails(shell, self)
        self._make_frame()
        self._phrases = PhraseLoader(shell, self.item_view.finding, self)

    # --- layout

    def _make_frame(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = WalkHead(self)
        column.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._make_strip())
        self._stack = QStackedWidget(self)
        middle.addWidget(self._stack, 1)
        self.pane = FindingsPane(self._thumbnails, self)
        middle.addWidget(self.pane)
        column.addLayout(middle, 1)
        self.foot = WalkFoot(self)
        column.addWidget(self.foot)
        self.item_view = ItemView(self._thumbnails)
        self._scroll = _scrolling(self.item_view, self)
        self._scroll.verticalScrollBar().valueChanged.connect(self.item_view.finding.place_offers)
        self._end = WalkEnd(self)
        self._empty = EmptyState("clipboard-check", "", action=tr("返回"), parent=self)
        for page in (self._empty, self._scroll, self._end):
            self._stack.addWidget(page)
        self._on_theme_changed()
        theme.changes().changed.connect(self._on_theme_changed)
        explain = self.item_view.explain
        explain.look_button.setChecked(bool(self._shell.config.recall("walk.look", default=True)))
        explain.basis_button.setChecked(bool(self._shell.config.recall("walk.basis", default=False)))

    @Slot()
    def _on_theme_changed(self) -> None:
        """Widths that hold text follow its size."""
        self._strip_frame.setFixedWidth(min(theme.scaled(STRIP_WIDTH), _WIDEST_STRIP))
        self.pane.setFixedWidth(pane_width())
        self.strip.updateGeometry()

    def _make_strip(self) -> QWidget:
        frame = QFrame(self)
        frame.setProperty("look", "rail")
        self._strip_frame = frame
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        self.strip = Strip()
        self.strip.setProperty("look", "clear")
        self._strip_scroll = _scrolling(self.strip, frame)
        inside.addWidget(self._strip_scroll)
        return frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.setVisible(self.width() >= _LEAST_WITH_PANE)

    # --- showing

    def _show_item(self) -> None:
        model, shown, walk = self.model, self.model.current, self.model.walk
        assert shown is not None
        assert walk is not None
        self._stack.setCurrentWidget(self._scroll)
        state = model.state_of(shown.id)
        places = places_of(walk)
        self.item_view.show_item(shown, model.key_of(shown.id), state, places, walk.started_on, len(model.items))
        self._scroll.verticalScrollBar().setValue(0)
        if state is not None and state.result is Result.FAIL:
            self._begin_finding()

    def _show_end(self) -> None:
        model, walk = self.model, self.model.walk
        assert walk is not None
        lines = finding_lines(walk, model)
        self._end.show_counts(len(model.items), model.answered_count, len(lines), major_count(lines))
        self._stack.setCurrentWidget(self._end)

    def _show_progress(self) -> None:
        model, walk = self.model, self.model.walk
        if walk is None:
            return
        self.strip.show_sections(strip_of(walk, model), model.at)
        lines = finding_lines(walk, model)
        self.pane.show_findings(lines)
        self.head.show_progress(model.answered_count, len(model.items), len(lines))
        area = self.strip.area_of(model.at)
        if area.isValid():
            self._strip_scroll.ensureVisible(area.center().x(), area.center().y(), 0, area.height())

    @Slot()
    def _show_photos(self) -> None:
        model, walk = self.model, self.model.walk
        if walk is None:
            return
        current = self._current_id()
        numbers = {item.id: item.number for item in model.items}
        self.pane.show_photos(walk.photos, captions_of(walk.photos, numbers), current)
        if current is not None:
            own = [photo for photo in walk.photos if photo.item == current]
            self.item_view.show_photos(own, self.item_view.result_now)

    @Slot()
    def _show_words(self) -> None:
        """The sentence as it will print, and the level with its criteria, while one types."""
        shown, walk, form = self.model.current, self.model.walk, self.item_view.finding
        if shown is None or walk is None or form.isHidden():
            return
        from safetydesk.workflows import walking_words

        values, readings = form.values(), self.item_view.readings.readings()
        form.preview.show_preview(
            walking_words.preview_finding(shown.item, values.filled, values.place, values.note, readings)
        )
        form.show_level(walking_words.level_in_view(walk.checklist, shown, self.model.failed, values.level))

    @Slot()
    def _show_minutes(self) -> None:
        walk = self.model.walk
        if walk is not None:
            until = walk.finished_at or self._shell.desk.now()
            self.head.show_minutes(int((until - walk.started_at).total_seconds() // 60))

    def _begin_finding(self) -> None:
        """The fields of a fail are open: fetch words for them, show the sentence."""
        shown, walk = self.model.current, self.model.walk
        if shown is not None and walk is not None:
            self._phrases.ask(shown.id, walk.inspection_id)
            self._show_words()

    # --- small questions

    def _current_id(self) -> str | None:
        current = self.model.current
        return current.id if current is not None else None

    def _is_over(self) -> bool:
        """An ended check is only looked at."""
        return self.model.walk is not None and self.model.walk.finished_at is not None

    def _may_write(self) -> bool:
        """An item is in view, and the check is not over."""
        return self._stack.currentWidget() is self._scroll and self.model.current is not None and not self._is_over()


class _Scroll(QScrollArea):
    """Scrolls by wheel and by what has the focus; its keys are the walk's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def _scrolling(inside: QWidget, parent: QWidget) -> QScrollArea:
    scroll = _Scroll(parent)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
