"""Behind the last item: what was found, what is still open, and the way to the end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.labels import heading, muted_label


class WalkEnd(QWidget):
    """The last page of the walk. Enter does what is likelier: go on with what is open, else end the check."""

    finish_requested = Signal()
    jump_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XXL)
        column.setSpacing(Space.M)
        column.addStretch(1)
        self.title = heading("", self)
        self.title.setWordWrap(True)
        self.text = muted_label("", self)
        self.text.setWordWrap(True)
        column.addWidget(self.title)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.jump_button = plain_button(tr("去查剩下的"), parent=self)
        self.finish_button = primary_button(tr("结束检查"), parent=self)
        self.back_button = plain_button(tr("回到最后一项"), parent=self)
        self.jump_button.clicked.connect(self.jump_requested)
        self.finish_button.clicked.connect(self.finish_requested)
        self.back_button.clicked.connect(self.back_requested)
        for button in (self.jump_button, self.finish_button, self.back_button):
            row.addWidget(button)
        row.addStretch()
        column.addSpacing(Space.S)
        column.addLayout(row)
        column.addStretch(3)
        self.setAccessibleName(tr("检查表走完了"))

    def show_counts(self, of: int, answered: int, failed: int, major: int) -> None:
        left = of - answered
        self.title.setText(tr("{of} 项都查过了", of=of) if not left else tr("还有 {left} 项没有查", left=left))
        found = tr("没有查出问题") if not failed else tr("查出 {failed} 个问题", failed=failed)
        if major:
            found += tr("，其中疑似重大 {major} 个", major=major)
        rest = tr("。没有查的项目在文书和档案里都记作“未查”，不算符合。") if left else tr("。")
        self.text.setText(found + rest)
        self.jump_button.setVisible(bool(left))

    @property
    def likelier(self) -> QWidget:
        return self.jump_button if not self.jump_button.isHidden() else self.finish_button

    def keyboard_focus(self) -> None:
        self.likelier.setFocus(Qt.FocusReason.OtherFocusReason)
