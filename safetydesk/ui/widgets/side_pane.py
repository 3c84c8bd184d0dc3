"""The pane at the right: details of what is picked, without leaving the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import icon_button
from safetydesk.ui.widgets.labels import Elided


class SidePane(QFrame):
    """Title, a way to close it, and content that scrolls. What is put into `foot` stays in view."""

    closed = Signal()

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.scaled(theme.PANE_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.S, Space.S)
        self._title = Elided(title, self)
        self._title.setProperty("look", "emphasis")
        self.close_button = icon_button("x", tr("关闭"), self)
        self.close_button.clicked.connect(self.close_pane)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        outer.addLayout(head)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self._scroll, 1)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(Space.L, 0, Space.L, 0)
        self.foot.setSpacing(Space.S)
        outer.addLayout(self.foot)

    def set_title(self, title: str) -> None:
        self._title.set_whole(title)

    def set_content(self, content: QWidget) -> None:
        """Show this; what was there goes."""
        before = self._scroll.takeWidget()
        if before is not None:
            before.deleteLater()
        content.setProperty("look", "clear")
        self._scroll.setWidget(content)

    def content(self) -> QWidget | None:
        return self._scroll.widget()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(theme.PANE_WIDTH), 0)

    def close_pane(self) -> None:
        self.hide()
        self.closed.emit()
