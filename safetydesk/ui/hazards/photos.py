"""Photos as thumbnails in a row, and one of them as large as the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.icons import icon
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.tasks import Task
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import icon_button, plain_button
from safetydesk.ui.widgets.dates import moment_text
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import muted_label

if TYPE_CHECKING:
    from safetydesk.workflows.hazard_card import CardPhoto

THUMB = QSize(92, 69)
_MOST_KEPT = 200


class Thumbnails(QObject):
    """Small pictures, read in the pool and kept for as long as the screen lives."""

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._kept: dict[UUID, QPixmap] = {}

    def of(self, photo_id: UUID) -> QPixmap | None:
        return self._kept.get(photo_id)

    def keep(self, photo_id: UUID, picture: QPixmap) -> None:
        while len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[photo_id] = picture

    def ask(self, photo_id: UUID, on_done: Any, on_failed: Any) -> Task:
        desk = self._shell.desk

        def read(_progress: object) -> bytes:
            from safetydesk.workflows import walking_photos

            with desk.store.reading() as session:
                return walking_photos.thumbnail(session, desk, photo_id)

        return self._shell.pool(read, on_done, on_failed)


class Thumb(QPushButton):
    """One photo. What cannot be read says so, and is no reason to hide the card."""

    def __init__(self, photo: CardPhoto, name: str, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self._thumbnails = thumbnails
        self._task: Task | None = None
        self.setProperty("look", "thumb")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(theme.scaled(THUMB.width()) + 2 * Space.XS, theme.scaled(THUMB.height()) + 2 * Space.XS)
        self.setIconSize(QSize(theme.scaled(THUMB.width()), theme.scaled(THUMB.height())))
        self.setAccessibleName(name)
        self.setToolTip(photo.name)
        known = thumbnails.of(photo.id)
        if known is not None:
            self._show(known)
        else:
            self.setIcon(icon("image", Colour.OUTLINE))
            self._task = thumbnails.ask(photo.id, self._on_read, self._on_not_read)

    def give_up(self) -> None:
        """Nobody looks any more."""
        if self._task is not None:
            self._task.cancel()

    def _show(self, picture: QPixmap) -> None:
        self.setIcon(QIcon(picture))

    @Slot(object)
    def _on_read(self, content: bytes) -> None:
        self._task = None
        picture = QPixmap.fromImage(_cropped(QImage.fromData(content), self.iconSize() * self.devicePixelRatioF()))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._thumbnails.keep(self.photo.id, picture)
        self._show(picture)

    @Slot(object)
    def _on_not_read(self, _error: object) -> None:
        self._task = None
        self.setIcon(icon("circle-alert", Colour.MAJOR))
        self.setToolTip(tr("这张照片读不出来：{name}", name=self.photo.name))
        self.setAccessibleName(self.toolTip())


class PhotoStrip(QWidget):
    """Thumbnails beside each other; one that is pressed opens."""

    opened = Signal(int)

    def __init__(
        self, photos: Sequence[CardPhoto], name: str, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = FlowLayout(self, Space.XS)
        self.thumbs: list[Thumb] = []
        for number, photo in enumerate(photos, 1):
            thumb = Thumb(photo, tr("{name} {number}，打开", name=name, number=number), thumbnails, self)
            thumb.clicked.connect(self._on_thumb_clicked)
            row.addWidget(thumb)
            self.thumbs.append(thumb)

    def give_up(self) -> None:
        for thumb in self.thumbs:
            thumb.give_up()

    @Slot()
    def _on_thumb_clicked(self) -> None:
        sender = self.sender()
        if sender in self.thumbs:
            self.opened.emit(self.thumbs.index(sender))


class PhotoViewer(QDialog):
    """One photo as large as there is room; left and right go on, Esc closes."""

    def __init__(self, shell: Shell, photos: Sequence[CardPhoto], at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._photos = list(photos)
        self._at = at
        self._picture: QPixmap | None = None
        self._reading = Latest(shell, self)
        self.setWindowTitle(tr("照片"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        self.picture_label = QLabel(self)
        self.picture_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        column.addWidget(self.picture_label, 1)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.words_label = muted_label("", self)
        self.before_button = icon_button("chevron-left", tr("上一张"), self)
        self.after_button = icon_button("chevron-right", tr("下一张"), self)
        self.close_button = plain_button(tr("关闭"), parent=self)
        self.before_button.clicked.connect(self.show_before)
        self.after_button.clicked.connect(self.show_after)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.words_label, 1)
        row.addWidget(self.before_button)
        row.addWidget(self.after_button)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.close_button.setFocus()
        if parent is not None:
            self.resize(parent.window().size() * 0.85)
        self._show()

    def show_before(self) -> None:
        self._go(-1)

    def show_after(self) -> None:
        self._go(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _go(self, step: int) -> None:
        if 0 <= self._at + step < len(self._photos):
            self._at += step
            self._show()

    def _show(self) -> None:
        photo = self._photos[self._at]
        self.before_button.setEnabled(self._at > 0)
        self.after_button.setEnabled(self._at + 1 < len(self._photos))
        said = [tr("第 {at} 张，共 {count} 张", at=self._at + 1, count=len(self._photos)), photo.name]
        if photo.taken_at is not None:
            said.append(tr("拍摄于 {when}", when=moment_text(photo.taken_at, self._shell.desk.today())))
        self.words_label.setText(" · ".join(said))
        self.picture_label.setAccessibleName(self.words_label.text())
        desk, photo_id = self._shell.desk, photo.id

        def read(_progress: object) -> bytes:
            from safetydesk.workflows import walking_photos

            with desk.store.reading() as session:
                return walking_photos.photo_bytes(session, desk, photo_id)

        self._reading.pool(read, self._on_read, self._on_not_read)

    @Slot(object)
    def _on_read(self, content: bytes) -> None:
        self._picture = QPixmap.fromImage(QImage.fromData(content))
        self._fit()

    @Slot(object)
    def _on_not_read(self, error: Exception) -> None:
        self._picture = None
        self.picture_label.setText(tr("这张照片读不出来。"))
        self._shell.messages.trouble(error)

    def _fit(self) -> None:
        if self._picture is not None and not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            fitted = self._picture.scaled(
                self.picture_label.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitted.setDevicePixelRatio(ratio)
            self.picture_label.setPixmap(fitted)


def thumbnail_of(content: bytes, size: QSize, ratio: float) -> QPixmap:
    """A small picture that just came, cut to this size."""
    picture = QPixmap.fromImage(_cropped(QImage.fromData(content), size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def _cropped(image: QImage, size: QSize) -> QImage:
    """Filling `size`, what is too much cut off evenly."""
    if image.isNull():
        return image
    filled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return filled.copy(
        (filled.width() - size.width()) // 2, (filled.height() - size.height()) // 2, size.width(), size.height()
    )
