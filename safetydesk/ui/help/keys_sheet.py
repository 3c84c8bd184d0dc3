"""`?`: the keys of this screen and those that work everywhere, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button
from safetydesk.ui.widgets.labels import emphasis, muted_label, text_label

Keys = Sequence[tuple[str, str]]
_COLUMN = 340


class KeysSheet(QDialog):
    """Esc or `?` again closes it."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("按键一览"))
        self.setModal(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        outer.setSpacing(Space.L)
        columns = QHBoxLayout()
        columns.setSpacing(Space.XXL)
        if keys:
            columns.addWidget(_Column(tr("这一页"), keys, self), 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(_Column(tr("到处都能用"), everywhere(), self), 1, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(columns)
        foot = QHBoxLayout()
        foot.addWidget(muted_label(tr("按 Esc 关闭，按 F1 看使用说明"), self))
        foot.addStretch()
        self.close_button = plain_button(tr("关闭"), parent=self)
        self.close_button.clicked.connect(self.accept)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("?", "？"):
            self.accept()
        else:
            super().keyPressEvent(event)


class _Column(QWidget):
    def __init__(self, title: str, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(theme.scaled(_COLUMN))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        grid.addWidget(emphasis(title, self), 0, 0, 1, 2)
        for row, (key, said) in enumerate(keys, start=1):
            grid.addWidget(_Cap(key, self), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(text_label(said, self), row, 1, Qt.AlignmentFlag.AlignVCenter)


class _Cap(QFrame):
    """A key, as it looks on the keyboard."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, Space.XS, Space.S, Space.XS)
        row.addWidget(muted_label(key, self))


def everywhere() -> list[tuple[str, str]]:
    """The keys of the frame."""
    return [
        ("Ctrl+K", tr("找企业、隐患、文书")),
        ("Alt+1 … Alt+6", tr("去今日、企业、检查、隐患、文书、设置")),
        ("Esc", tr("退一步，填的不会丢")),
        ("Ctrl+Z", tr("撤销刚才那一步")),
        ("Ctrl+L", tr("锁定")),
        ("F1", tr("这一页的使用说明")),
        ("?", tr("按键一览")),
        ("Tab", tr("到下一处")),
    ]
