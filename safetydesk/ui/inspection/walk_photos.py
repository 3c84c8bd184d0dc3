"""How photos come onto the walk: chosen, as a folder, dropped, pasted; and how one looks at them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from safetydesk.ui.inspection.photo_tray import PhotoViewer
from safetydesk.ui.inspection.thumbnails import Thumbnails
from safetydesk.ui.inspection.walk_model import WalkModel
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

_KINDS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp *.tif *.tiff"


class PhotoIntake(QObject):
    """Takes pictures in for the item that was in view when they were asked for."""

    def __init__(self, shell: Shell, model: WalkModel, thumbnails: Thumbnails, area: QWidget) -> None:
        super().__init__(area)
        self._shell = shell
        self._model = model
        self._thumbnails = thumbnails
        self._area = area
        self._item: str | None = None  # for which the chooser is open

    def choose(self, item: str | None) -> None:
        """One or several files. Without an item they wait in the pool."""
        self._item = item
        kinds = tr("照片 ({kinds})", kinds=_KINDS)
        self._shell.files.open_files(tr("选照片，可以多选"), kinds, self._on_files_chosen)

    def choose_folder(self, item: str | None) -> None:
        self._item = item
        self._shell.files.open_folder(tr("选一个放照片的文件夹"), self._on_folder_chosen)

    def paste(self, item: str | None) -> bool:
        return self.take(QGuiApplication.clipboard().mimeData(), item)

    def take(self, data: QMimeData, item: str | None) -> bool:
        """Files and folders, or a picture without a file. False where there is nothing of that kind."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self._model.photos.add(item, paths)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._model.photos.add_picture(item, _as_png(image))
            return True
        return False

    @Slot(object)
    def show_large(self, photo_id: UUID) -> None:
        walk = self._model.walk
        photo = next((one for one in walk.photos if one.id == photo_id), None) if walk else None
        if photo is not None:
            viewer = PhotoViewer(photo, self._thumbnails, self._area.window())
            viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            viewer.open()

    def _on_files_chosen(self, paths: list[Path]) -> None:
        self._model.photos.add(self._item, paths)

    def _on_folder_chosen(self, folder: Path) -> None:
        self._model.photos.add(self._item, [folder])


def holds_pictures(data: QMimeData) -> bool:
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
