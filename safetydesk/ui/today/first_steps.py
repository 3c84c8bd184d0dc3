"""The first day: three steps, each with the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import emphasis, heading, text_label


class FirstSteps(QWidget):
    """Shown while there is no enterprise yet."""

    import_requested = Signal()
    unit_requested = Signal()
    start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        held = QWidget(self)
        held.setMaximumWidth(theme.scaled(theme.LONGEST_LINE))
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(heading(tr("三步开始"), held))
        intro = text_label(tr("数据都在这台电脑上，不用联网。做完第一步就可以下厂检查。"), held)
        intro.setProperty("look", "muted")
        column.addWidget(intro)
        column.addSpacing(Space.S)
        self.import_button = self._step(
            column,
            "1",
            tr("导入企业台账"),
            tr("手上的 Excel 或 CSV 直接导入，列名不必改；没有表格的，可以一家一家登记。"),
            primary_button(tr("导入台账"), "upload", held),
        )
        self.unit_button = self._step(
            column,
            "2",
            tr("填好本单位的信息"),
            tr("单位简称、执法权限和上报部门会印在文书上。"),
            plain_button(tr("填单位信息"), "settings", held),
        )
        self.start_button = self._step(
            column,
            "3",
            tr("开始第一次检查"),
            tr("选企业和检查表，逐项记录，结束后就能出文书；企业不在台账里也可以当场登记。"),
            plain_button(tr("开始检查"), "clipboard-check", held),
        )
        column.addStretch()
        outer.addWidget(held, 1)
        outer.addStretch()
        self.import_button.clicked.connect(self.import_requested)
        self.unit_button.clicked.connect(self.unit_requested)
        self.start_button.clicked.connect(self.start_requested)

    def _step(self, column: QVBoxLayout, number: str, title: str, text: str, button: QPushButton) -> QPushButton:
        panel = QFrame(self)
        panel.setProperty("look", "panel")
        row = QHBoxLayout(panel)
        row.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        row.setSpacing(Space.L)
        mark = heading(number, panel)
        mark.setFixedWidth(theme.scaled(20))
        said = QVBoxLayout()
        said.setSpacing(Space.XS)
        said.addWidget(emphasis(title, panel))
        words = text_label(text, panel)
        words.setProperty("look", "muted")
        said.addWidget(words)
        button.setMinimumWidth(theme.scaled(132))
        row.addWidget(mark)
        row.addLayout(said, 1)
        row.addWidget(button)
        column.addWidget(panel)
        return button
