"""Photos as tiles: those of an item, and the pool of the whole visit. A tile opens, moves, or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import icons, theme
from safetydesk.ui.inspection.thumbnails import Thumbnails
from safetydesk.ui.text import tr
from safetydesk.ui.theme import RADIUS, Colour, Space, Type
from safetydesk.ui.widgets.dates import moment_text
from safetydesk.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from safetydesk.workflows.walking_shapes import PhotoShown

_TILE = 72
_CAPTION = 18
_VIEWER_SHARE = 0.9  # of the window, for the large view


class PhotoTile(QPushButton):
    """One photo with what it stands for. Enter or a click shows it large, Delete takes it out, the menu does the rest."""

    open_requested = Signal(object)
    remove_requested = Signal(object)
    take_requested = Signal(object)

    def __init__(self, photo: PhotoShown, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self.can_take = False
        self._caption = ""
        self._thumbnails = thumbnails
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def show_photo(self, photo: PhotoShown, caption: str, *, can_take: bool) -> None:
        """`can_take`: it may be given to the item in view."""
        self.photo, self._caption, self.can_take = photo, caption, can_take
        when = f"，{moment_text(photo.taken_at)}" if photo.taken_at else ""
        self.setAccessibleName(tr("照片 {name}{when} {caption}", name=photo.name, when=when, caption=caption))
        self.setToolTip(f"{photo.name}{when}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(_TILE)
        return QSize(side, side + (theme.scaled(_CAPTION) if self._caption else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit(self.photo.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit(self.photo.id)
        elif event.key() == Qt.Key.Key_Menu:
            self._pop_up(self.mapToGlobal(self.rect().center()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._pop_up(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = theme.scaled(_TILE)
        box = QRectF(1, 1, side - 2, side - 2)
        self._paint_picture(painter, box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour(Colour.ACCENT if focused else Colour.HAIRLINE), 2 if focused else 1))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self._caption:
            painter.setFont(theme.font(Type.NOTE))
            painter.setPen(theme.colour(Colour.MUTED))
            line = QRect(0, side, self.width(), theme.scaled(_CAPTION))
            text = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        """The picture fills its tile; what is over the edge is cut."""
        picture = self._thumbnails.of(self.photo.id)
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(box, theme.colour(Colour.SUNKEN))
        if picture is not None:
            whole = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            target = QRectF(0, 0, whole.width(), whole.height())
            target.moveCenter(box.center())
            painter.drawPixmap(target, picture, QRectF(picture.rect()))
        else:
            name = "circle-alert" if self._thumbnails.is_broken(self.photo.id) else "image"
            mark = QRectF(0, 0, theme.ICON, theme.ICON)
            mark.moveCenter(box.center())
            icons.paint(painter, name, mark, Colour.MUTED)
        painter.restore()

    def _pop_up(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(tr("放大看")).setData("open")
        if self.can_take:
            menu.addAction(tr("归到正在查的这一项")).setData("take")
        menu.addAction(tr("从这次检查中移除")).setData("remove")
        menu.triggered.connect(self._on_action_triggered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot()
    def _on_clicked(self) -> None:
        self.open_requested.emit(self.photo.id)

    @Slot(QAction)
    def _on_action_triggered(self, action: QAction) -> None:
        signals = {"open": self.open_requested, "take": self.take_requested, "remove": self.remove_requested}
        signals[action.data()].emit(self.photo.id)


class PhotoTray(QWidget):
    """Tiles side by side. Left and right go from tile to tile."""

    open_requested = Signal(object)
    remove_requested = Signal(object)
    take_requested = Signal(object)

    def __init__(self, name: str, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._thumbnails = thumbnails
        self._flow = FlowLayout(self, Space.S)
        self._tiles: dict[UUID, PhotoTile] = {}
        thumbnails.ready.connect(self._on_thumbnail_ready)

    @property
    def tiles(self) -> list[PhotoTile]:
        return list(self._tiles.values())

    def show_photos(self, photos: Sequence[PhotoShown], captions: Mapping[UUID, str], current: str | None) -> None:
        """`current` is the item in view: a photo of another one may be given to it."""
        wanted = {photo.id: photo for photo in photos}
        for gone in [photo_id for photo_id in self._tiles if photo_id not in wanted]:
            tile = self._tiles.pop(gone)
            self._flow.removeWidget(tile)
            tile.deleteLater()
        for photo in photos:
            tile = self._tiles.get(photo.id) or self._new_tile(photo)
            tile.show_photo(photo, captions.get(photo.id, ""), can_take=current is not None and photo.item != current)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        tiles = self.tiles
        at = next((n for n, tile in enumerate(tiles) if tile.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        tiles[(at + step) % len(tiles)].setFocus(Qt.FocusReason.TabFocusReason)

    def _new_tile(self, photo: PhotoShown) -> PhotoTile:
        tile = PhotoTile(photo, self._thumbnails, self)
        tile.open_requested.connect(self.open_requested)
        tile.remove_requested.connect(self.remove_requested)
        tile.take_requested.connect(self.take_requested)
        self._flow.addWidget(tile)
        self._tiles[photo.id] = tile
        tile.show()
        return tile

    @Slot(object)
    def _on_thumbnail_ready(self, photo_id: UUID) -> None:
        if photo_id in self._tiles:
            self._tiles[photo_id].update()


class PhotoViewer(QDialog):
    """One photo, large. Esc, Enter or a click closes it."""

    def __init__(self, photo: PhotoShown, thumbnails: Thumbnails, window: QWidget) -> None:
        super().__init__(window)
        self._photo = photo
        self.setWindowTitle(photo.name)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self._picture = QLabel(tr("正在打开……"), self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName(photo.name)
        column.addWidget(self._picture, 1)
        said = f"{photo.name}　{moment_text(photo.taken_at)}" if photo.taken_at else photo.name
        caption = QLabel(said, self)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setProperty("look", "muted")
        caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(caption)
        self.resize((window.size().toSizeF() * _VIEWER_SHARE).toSize())
        thumbnails.whole_ready.connect(self._on_whole_ready)
        thumbnails.ask_whole(photo.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.accept()

    @Slot(object, object)
    def _on_whole_ready(self, photo_id: UUID, image: QImage) -> None:
        if photo_id == self._photo.id:
            room = self._picture.size()
            picture = QPixmap.fromImage(image)
            self._picture.setPixmap(
                picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
