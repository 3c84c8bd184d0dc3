"""The right side: what failed so far, and the photos of the visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.domain.kinds import Level
from safetydesk.ui import theme
from safetydesk.ui.inspection.photo_tray import PhotoTray
from safetydesk.ui.inspection.thumbnails import Thumbnails
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space, Type
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.labels import emphasis, note_label, paint_level

if TYPE_CHECKING:
    from safetydesk.workflows.walking_shapes import PhotoShown

PANE_WIDTH = 288
_MOST_WIDTH = 304  # with large type the item needs the room more
_LONGEST = 46  # characters of a finding's text in the list
_NUMBER, _FOOT, _SCROLL_BAR = 24, 30, 12  # px
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class FindingLine:
    """One fail as the list shows it."""

    position: int
    number: int
    text: str
    level: Level
    due: str
    is_current: bool


class FindingRow(QAbstractButton):
    """Number, words, level and deadline; a click goes there. Painted, so that its height follows its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position = -1
        self.line: FindingLine | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Marked is the item in view, not what was clicked."""

    def show_line(self, line: FindingLine) -> None:
        self.position, self.line = line.position, line
        self.setChecked(line.is_current)
        self.setToolTip(line.text if self._short() != line.text else "")
        self.setAccessibleName(tr("第 {number} 项：{said}，{due}", number=line.number, said=line.text, due=line.due))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(Type.TEXT)).boundingRect(
            QRect(0, 0, self._words_width(pane_width() - 2 * Space.L - _SCROLL_BAR), 10_000),
            _WRAPPED,
            self._short(),
        )
        return QSize(pane_width() // 2, Space.S + words.height() + theme.scaled(_FOOT) + Space.S)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = self.line
        if line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        area = QRectF(self.rect()).adjusted(Space.M, Space.S, -Space.M, -Space.S)
        painter.setPen(theme.colour(Colour.MUTED))
        painter.setFont(theme.font(Type.TEXT))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(line.number))
        painter.setPen(theme.colour(Colour.TEXT))
        words = area.adjusted(theme.scaled(_NUMBER), 0, 0, -theme.scaled(_FOOT))
        painter.drawText(words, _WRAPPED, self._short())
        foot = QRectF(words.left(), area.bottom() - theme.scaled(_FOOT) + Space.XS, words.width(), theme.scaled(22))
        width = paint_level(painter, foot, line.level)
        painter.setFont(theme.font(Type.NOTE))
        painter.setPen(theme.colour(Colour.MUTED))
        due = foot.adjusted(width + Space.S, 0, 0, 0)
        said = painter.fontMetrics().elidedText(line.due, Qt.TextElideMode.ElideRight, int(due.width()))
        painter.drawText(due, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = Colour.ACCENT_SOFT if self.isChecked() else Colour.HOVER if self.underMouse() else Colour.SURFACE
        edge = Colour.ACCENT if self.hasFocus() else Colour.ACCENT_SOFT if self.isChecked() else Colour.HAIRLINE
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _short(self) -> str:
        text = self.line.text if self.line else ""
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _words_width(self, width: int) -> int:
        return width - 2 * Space.M - theme.scaled(_NUMBER)


def pane_width() -> int:
    return min(theme.scaled(PANE_WIDTH), _MOST_WIDTH)


class FindingsPane(QFrame):
    """本次问题 and 照片."""

    jump_requested = Signal(int)
    photo_open_requested = Signal(object)
    photo_remove_requested = Signal(object)
    photo_take_requested = Signal(object)
    pool_add_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "pane")
        self.setFixedWidth(pane_width())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        inside = QWidget(scroll)
        inside.setProperty("look", "clear")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._column.setSpacing(Space.S)
        scroll.setWidget(inside)
        self._inside = inside
        self._title = emphasis("", inside)
        self._none = note_label(tr("判为“不符合”的会列在这里。"), inside)
        self._column.addWidget(self._title)
        self._column.addWidget(self._none)
        self._rows: list[FindingRow] = []
        self._row_column = QVBoxLayout()
        self._row_column.setSpacing(Space.XS)
        self._column.addLayout(self._row_column)
        self._column.addSpacing(Space.L)
        self._make_photos(inside, thumbnails)
        self._column.addStretch()
        self.show_findings(())
        self.show_photos((), {}, None)

    def _make_photos(self, inside: QWidget, thumbnails: Thumbnails) -> None:
        head = QHBoxLayout()
        self._photo_title = emphasis("", inside)
        self.add_button = quiet_button(tr("先放进来"), "plus", inside)
        self.add_button.setToolTip(tr("先把照片放进这次检查，以后再归到某一项"))
        self.add_button.clicked.connect(self.pool_add_requested)
        head.addWidget(self._photo_title)
        head.addStretch()
        head.addWidget(self.add_button)
        self._column.addLayout(head)
        self._no_photo = note_label(tr("拍的照片可以直接拖到窗口里。"), inside)
        self._column.addWidget(self._no_photo)
        self.tray = PhotoTray(tr("这次检查的照片"), thumbnails, inside)
        self.tray.open_requested.connect(self.photo_open_requested)
        self.tray.remove_requested.connect(self.photo_remove_requested)
        self.tray.take_requested.connect(self.photo_take_requested)
        self._column.addWidget(self.tray)

    def show_findings(self, lines: Sequence[FindingLine]) -> None:
        self._title.setText(tr("本次问题 {count}", count=len(lines)))
        self._none.setVisible(not lines)
        while len(self._rows) > len(lines):
            row = self._rows.pop()
            self._row_column.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(lines):
            row = FindingRow(self._inside)
            row.clicked.connect(self._on_row_clicked)
            self._row_column.addWidget(row)
            self._rows.append(row)
            row.show()
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)

    def show_photos(self, photos: Sequence[PhotoShown], captions: dict[UUID, str], current: str | None) -> None:
        self._photo_title.setText(tr("照片 {count}", count=len(photos)))
        self._no_photo.setVisible(not photos)
        self.tray.setVisible(bool(photos))
        self.tray.show_photos(photos, captions, current)

    @property
    def rows(self) -> list[FindingRow]:
        return self._rows

    @Slot()
    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, FindingRow):
            self.jump_requested.emit(row.position)
