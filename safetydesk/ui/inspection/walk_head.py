"""The top and the foot of the walk: what is checked and how far one is; the keys, which are buttons as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from safetydesk.ui import theme
from safetydesk.ui.inspection.answer_buttons import paint_key_cap
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space, Type
from safetydesk.ui.widgets.buttons import icon_button, primary_button
from safetydesk.ui.widgets.labels import Elided, emphasis, muted_label

NEXT, PREVIOUS, JUMP, PHRASES, PHOTO, NOTE, READING, UNDO = (
    "next", "previous", "jump", "phrases", "photo", "note", "reading", "undo",
)  # fmt: skip
_LONGEST_VISIT = 12 * 60  # minutes: a check that was put aside for days was not on site all the while
REDO, FINISH, PASTE = "redo", "finish", "paste"  # by key alone


def key_words() -> Sequence[tuple[str, str, str]]:
    """(verb, key, word) of everything at the foot, in its order."""
    return (
        (NEXT, "↵", tr("下一项")),
        (PREVIOUS, "↑", tr("上一项")),
        (JUMP, "J", tr("去未查的")),
        (PHRASES, "/", tr("常用语")),
        (PHOTO, "P", tr("照片")),
        (NOTE, "N", tr("备注")),
        (READING, "G", tr("读数")),
        (UNDO, "Ctrl+Z", tr("撤回")),
    )


class WalkHead(QFrame):
    """Checklist and enterprise at the left, progress and the way to the end at the right."""

    leave_requested = Signal()
    finish_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        self.leave_button = icon_button("arrow-left", tr("先放一放，返回"), self)
        self.leave_button.clicked.connect(self.leave_requested)
        self.title = emphasis("", self)
        self.enterprise = Elided("", self)
        self.enterprise.setProperty("look", "muted")
        self.count = muted_label("", self)
        self.minutes = muted_label("", self)
        self.finish_button = primary_button(tr("结束检查"), parent=self)
        self.finish_button.setToolTip(tr("Ctrl+Enter"))
        self.finish_button.clicked.connect(self.finish_requested)
        row.addWidget(self.leave_button)
        row.addWidget(self.title)
        row.addWidget(self.enterprise, 1)
        row.addWidget(self.count)
        row.addWidget(self.minutes)
        row.addWidget(self.finish_button)

    def show_visit(self, title: str, enterprise: str) -> None:
        self.title.setText(title)
        self.enterprise.set_whole(enterprise)

    def show_progress(self, answered: int, of: int, failed: int) -> None:
        problems = tr("，问题 {failed}", failed=failed) if failed else ""
        self.count.setText(tr("已查 {answered}/{of}", answered=answered, of=of) + problems)

    def show_minutes(self, minutes: int) -> None:
        hours, rest = divmod(max(minutes, 0), 60)
        self.minutes.setVisible(minutes <= _LONGEST_VISIT)
        self.minutes.setText(
            tr("现场 {hours} 小时 {rest} 分", hours=hours, rest=rest) if hours else tr("现场 {rest} 分", rest=rest)
        )


class KeyButton(QPushButton):
    """A key cap and what it does; to be touched as well."""

    def __init__(self, key: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self._key = key
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("{word}，按 {key}", word=word, key=key))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        word = QFontMetrics(theme.font(Type.NOTE)).horizontalAdvance(self.text())
        return QSize(Space.S + self._cap_width() + Space.XS + word + Space.S, theme.current().target)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.HOVER))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        height = theme.scaled(20)
        cap = QRectF(Space.S, (self.height() - height) / 2, self._cap_width(), height)
        paint_key_cap(painter, cap, self._key)
        painter.setFont(theme.font(Type.NOTE))
        painter.setPen(QPen(theme.colour(Colour.TEXT if self.isEnabled() else Colour.MUTED)))
        room = QRectF(cap.right() + Space.XS, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _cap_width(self) -> int:
        wide = QFontMetrics(theme.font(Type.NOTE, bold=True)).horizontalAdvance(self._key) + Space.S
        return max(wide, theme.scaled(20))


class WalkFoot(QFrame):
    """The keys of the walk, as buttons."""

    verb_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        row.setSpacing(0)
        self.buttons: dict[str, KeyButton] = {}
        for verb, key, word in key_words():
            button = KeyButton(key, word, self)
            button.clicked.connect(self._on_button_clicked)
            row.addWidget(button)
            self.buttons[verb] = button
        row.addStretch()

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        verb = next((verb for verb, button in self.buttons.items() if button is sender), None)
        if verb is not None:
            self.verb_requested.emit(verb)
