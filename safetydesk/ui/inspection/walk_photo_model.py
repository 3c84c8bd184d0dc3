"""The photos of a walk on their way: read in the pool, kept in one write, taken out, given to other items.

Each carries its visit with it: a picture that is ready late still belongs to the check it was meant for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.ui.inspection.walk_undo import Step, added_step, moved_step, removed_step
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.domain.errors import SafetyDeskError
    from safetydesk.ui.inspection.walk_model import WalkModel
    from safetydesk.workflows.walking_photos import PhotosPut, PhotosRead
    from safetydesk.workflows.walking_shapes import PhotoShown


@dataclass(frozen=True)
class PhotoTrouble:
    """Pictures that were not taken, by name and why, and how many were."""

    bad: tuple[tuple[str, SafetyDeskError], ...]
    taken: int


class PhotoModel(QObject):
    """Verbs over the photos of the visit in view."""

    told = Signal(object)  # PhotoTrouble, also where there is none
    refused = Signal(object)  # the error

    def __init__(self, shell: Shell, model: WalkModel) -> None:
        super().__init__(model)
        self._shell = shell
        self._model = model
        self._pending = 0

    @property
    def is_busy(self) -> bool:
        return self._pending > 0

    def add(self, item: str | None, paths: list[Path]) -> None:
        """Read pictures beside the database, then keep them with the item, or without one in the pool."""
        walk = self._model.walk
        if walk is None:
            return
        visit, side = walk.inspection_id, walk.longest_side

        def read(progress: Any) -> Any:
            from safetydesk.workflows import walking_photos

            return visit, item, walking_photos.read_photos(paths, side, progress)

        self._pending += 1
        self._shell.pool(read, self._on_read, self._on_failed, title=tr("正在添加照片"))

    def add_picture(self, item: str | None, content: bytes) -> None:
        """A picture without a file: pasted, or dropped from another program."""
        walk = self._model.walk
        if walk is None:
            return
        visit, side, name = walk.inspection_id, walk.longest_side, tr("粘贴的图片")

        def read(_progress: Any) -> Any:
            from safetydesk.workflows import walking_photos

            return visit, item, walking_photos.read_picture(content, name, side)

        self._pending += 1
        self._shell.pool(read, self._on_read, self._on_failed)

    @Slot(object)
    def remove(self, photo_id: UUID) -> None:
        photo, visit = self._photo(photo_id), self._visit()
        if photo is None or visit is None:
            return

        def verb(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking_photos

            changes, put = walking_photos.remove_photos(session, visit, [photo_id])
            return changes, (visit, put, removed_step(visit, photo_id, photo.item, tr("移除照片")))

        self._pending += 1
        self._shell.write(verb, self._on_changed, self._on_failed)

    def move(self, photo_id: UUID, item: str | None) -> None:
        """Let a photo stand for another item, or for none."""
        photo, visit = self._photo(photo_id), self._visit()
        if photo is None or visit is None or photo.item == item:
            return

        def verb(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking_photos

            changes, put = walking_photos.move_photo(session, visit, photo_id, item)
            return changes, (visit, put, moved_step(visit, photo_id, photo.item, item, tr("移动照片")))

        self._pending += 1
        self._shell.write(verb, self._on_changed, self._on_failed)

    def _visit(self) -> UUID | None:
        walk = self._model.walk
        return walk.inspection_id if walk is not None else None

    def _photo(self, photo_id: UUID) -> PhotoShown | None:
        walk = self._model.walk
        return next((one for one in walk.photos if one.id == photo_id), None) if walk is not None else None

    @Slot(object)
    def _on_read(self, value: tuple[UUID, str | None, PhotosRead]) -> None:
        visit, item, read = value
        if not read.good:
            self._pending -= 1
            self.told.emit(PhotoTrouble(read.bad, 0))
            return
        desk = self._shell.desk

        def keep(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking_photos

            changes, put = walking_photos.add_photos(session, desk, visit, item, None, read.good)
            label = tr("添加 {count} 张照片", count=len(put.added))
            step = added_step(visit, put.added, item, label) if put.added else None
            return changes, (visit, put, step, PhotoTrouble(read.bad, len(read.good)))

        self._shell.write(keep, self._on_kept, self._on_failed)

    @Slot(object)
    def _on_kept(self, value: tuple[UUID, PhotosPut, Step | None, PhotoTrouble]) -> None:
        *changed, trouble = value
        self._on_changed(tuple(changed))
        self.told.emit(trouble)

    @Slot(object)
    def _on_changed(self, value: tuple[Any, ...]) -> None:
        visit, put, step = value
        self._pending -= 1
        if self._model.take_photos(visit, put) and step is not None:
            self._model.add_step(step)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._pending -= 1
        self.refused.emit(error)
