"""Photos that are about to be kept with a form: chosen or dropped, seen small, and taken out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.hazards.photos import THUMB, thumbnail_of
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.labels import note_label

if TYPE_CHECKING:
    from safetydesk.workflows.walking_photos import PhotosRead

KINDS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp *.tif *.tiff *.mpo"


class PickedPhotos(QWidget):
    """A press on a photo takes it out."""

    wanted = Signal()  # choose files
    dropped = Signal(list)  # list of Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos: list[Any] = []  # as they will be kept
        self._pictures: list[QPixmap] = []
        self._buttons: list[QPushButton] = []
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        label = note_label(tr("复查照片"), self)
        label.setProperty("look", "field")
        column.addWidget(label)
        self._tiles = QWidget(self)
        self._flow = FlowLayout(self._tiles, Space.XS)
        self._tiles.hide()
        column.addWidget(self._tiles)
        self.add_button = plain_button(tr("添加照片"), "camera", self)
        self.add_button.setToolTip(tr("也可以把照片拖到这里"))
        self.add_button.clicked.connect(self.wanted)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.below = note_label("", self)
        self.below.setProperty("look", "error")
        self.below.hide()
        column.addWidget(self.below)

    def state(self) -> tuple[list[Any], list[QPixmap]]:
        return list(self.photos), list(self._pictures)

    def restore(self, state: tuple[list[Any], list[QPixmap]]) -> None:
        self.photos, self._pictures = list(state[0]), list(state[1])
        self._rebuild()

    def set_busy(self, on: bool) -> None:
        self.add_button.setEnabled(not on)
        self.add_button.setText(tr("正在读照片……") if on else tr("添加照片"))

    def add(self, found: PhotosRead, thumbnails: tuple[bytes, ...]) -> None:
        """What could be read is here; what could not is named. The same picture comes once."""
        known = {photo.original_digest for photo in self.photos}
        size = QSize(theme.scaled(THUMB.width()), theme.scaled(THUMB.height()))
        for photo, small in zip(found.good, thumbnails, strict=True):
            if photo.original_digest not in known:
                known.add(photo.original_digest)
                self.photos.append(photo)
                self._pictures.append(thumbnail_of(small, size, self.devicePixelRatioF()))
        bad = "、".join(name for name, _ in found.bad)
        self.say(tr("读不出来，没有添加：{names}", names=bad) if bad else "")
        self._rebuild()

    def say(self, trouble: str) -> None:
        self.below.setText(trouble)
        self.below.setVisible(bool(trouble))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _rebuild(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, (photo, picture) in enumerate(zip(self.photos, self._pictures, strict=True), 1):
            button = QPushButton(self._tiles)
            button.setProperty("look", "thumb")
            button.setAutoDefault(False)
            button.setFixedSize(theme.scaled(THUMB.width()) + 2 * Space.XS, theme.scaled(THUMB.height()) + 2 * Space.XS)
            button.setIconSize(QSize(theme.scaled(THUMB.width()), theme.scaled(THUMB.height())))
            button.setIcon(QIcon(picture))
            button.setAccessibleName(tr("第 {number} 张复查照片，按下去掉", number=number))
            button.setToolTip(tr("{name}：点一下去掉", name=photo.original_name))
            button.clicked.connect(self._on_button_clicked)
            self._flow.addWidget(button)
            button.show()
            self._buttons.append(button)
        self._tiles.setVisible(bool(self._buttons))
        self.updateGeometry()

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if sender in self._buttons:
            at = self._buttons.index(sender)
            del self.photos[at], self._pictures[at]
            self._rebuild()
            self.add_button.setFocus()
