"""Small pictures of the visit's photos: fetched one after the other, made small in the pool, kept while they are shown."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from safetydesk.ui.shell import Shell

_SIDE = 240  # px: a tile is smaller, a dense screen needs more
_MOST_KEPT = 200


class Thumbnails(QObject):
    """Asks for each picture once. `ready` says when it is there, or that it cannot be shown."""

    ready = Signal(object)  # the photo's id
    whole_ready = Signal(object, object)  # the photo's id, QImage: for the large view

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._kept: OrderedDict[UUID, QPixmap] = OrderedDict()
        self._asked: set[UUID] = set()
        self._broken: set[UUID] = set()

    def of(self, photo_id: UUID) -> QPixmap | None:
        """The picture if it is there; otherwise it is on its way."""
        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
            return self._kept[photo_id]
        if photo_id not in self._asked and photo_id not in self._broken:
            self._asked.add(photo_id)
            self._shell.read(_Fetching(self._shell.desk, photo_id), self._on_fetched, self._on_fetch_failed)
        return None

    def is_broken(self, photo_id: UUID) -> bool:
        return photo_id in self._broken

    def ask_whole(self, photo_id: UUID) -> None:
        """The photo as large as it is kept; arrives by `whole_ready`."""
        self._shell.read(_Fetching(self._shell.desk, photo_id), self._on_whole_fetched, self._on_fetch_failed)

    @Slot(object)
    def _on_fetched(self, found: tuple[UUID, bytes | None]) -> None:
        photo_id, jpeg = found
        if jpeg is None:
            self._broken.add(photo_id)
            self.ready.emit(photo_id)
            return
        self._shell.pool(_Reducing(photo_id, jpeg, _SIDE), self._on_reduced, self._on_fetch_failed)

    @Slot(object)
    def _on_whole_fetched(self, found: tuple[UUID, bytes | None]) -> None:
        photo_id, jpeg = found
        if jpeg is not None:
            self._shell.pool(_Reducing(photo_id, jpeg, 0), self._on_whole_read, self._on_fetch_failed)

    @Slot(object)
    def _on_whole_read(self, made: tuple[UUID, QImage]) -> None:
        self.whole_ready.emit(*made)

    @Slot(object)
    def _on_reduced(self, made: tuple[UUID, QImage]) -> None:
        photo_id, image = made
        self._asked.discard(photo_id)
        if image.isNull():
            self._broken.add(photo_id)
        else:
            self._kept[photo_id] = QPixmap.fromImage(image)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self.ready.emit(photo_id)

    @Slot(object)
    def _on_fetch_failed(self, error: Exception) -> None:
        self._shell.messages.trouble(error)


class _Fetching:
    """On the lane. A photo that is missing or damaged is no reason to stop: it is shown as such."""

    def __init__(self, desk: Any, photo_id: UUID) -> None:
        self._desk = desk
        self._photo_id = photo_id

    def __call__(self, session: Any, _progress: object) -> tuple[UUID, bytes | None]:
        from safetydesk.domain.errors import SafetyDeskError
        from safetydesk.workflows import walking_photos

        try:
            return self._photo_id, walking_photos.photo_bytes(session, self._desk, self._photo_id)
        except SafetyDeskError:
            return self._photo_id, None


class _Reducing:
    """In the pool: unpack no more of the picture than is needed. 0 leaves it as it is."""

    def __init__(self, photo_id: UUID, jpeg: bytes, side: int) -> None:
        self._photo_id = photo_id
        self._jpeg = jpeg
        self._side = side

    def __call__(self, _progress: object) -> tuple[UUID, QImage]:
        buffer = QBuffer()
        buffer.setData(QByteArray(self._jpeg))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, QByteArray(b"jpeg"))
        if self._side:
            size = reader.size()
            reader.setScaledSize(
                size.scaled(QSize(self._side, self._side), Qt.AspectRatioMode.KeepAspectRatio)
                if size.isValid()
                else QSize()
            )
        return self._photo_id, reader.read()
