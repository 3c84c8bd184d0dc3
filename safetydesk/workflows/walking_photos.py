"""The photos of a visit: read beside the database, kept in one write, moved between items, removed and brought back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from safetydesk.documents.photos import SitePhoto, photo_of, read_photo
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Photo
from safetydesk.workflows import answering, checklists
from safetydesk.workflows import walking_stored as stored
from safetydesk.workflows.answering import InspectionFinished, UnknownItem, Visit
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, Progress, Quiet
from safetydesk.workflows.walking_shapes import PhotoShown

SUFFIXES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".tif", ".tiff", ".mpo")
MOST_AT_ONCE = 200
_THUMBNAIL = 320  # px, for a tile of half that on a dense screen


class UnknownPhoto(SafetyDeskError):
    """No photo of this visit has that id."""

    code = "unknown_photo"


class TooManyPhotos(SafetyDeskError):
    """A folder with hundreds of pictures is hardly this visit's. facts: count, most."""

    code = "too_many_photos"


class NoPhotosThere(SafetyDeskError):
    """A folder without any picture. facts: folder."""

    code = "no_photos_there"


@dataclass(frozen=True)
class PhotosRead:
    """What could be read, reduced and ready to be kept, and what is wrong with the others."""

    good: tuple[SitePhoto, ...]
    bad: tuple[tuple[str, SafetyDeskError], ...]


@dataclass(frozen=True)
class PhotosPut:
    """The photos of the visit after a change; `added` are those that were not there before."""

    photos: tuple[PhotoShown, ...]
    added: tuple[UUID, ...] = ()


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files as they are; of a folder the pictures in it, by name. Raises NoPhotosThere, TooManyPhotos."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
        if not inside:
            raise NoPhotosThere(folder=path.name)
        found += inside
    if len(found) > MOST_AT_ONCE:
        raise TooManyPhotos(count=len(found), most=MOST_AT_ONCE)
    return found


def read_photos(paths: Iterable[Path], longest_side: int, progress: Progress | None = None) -> PhotosRead:
    """Check and reduce pictures; a broken one is named and the others are taken. Needs no session: for the pool."""
    progress = progress or Quiet()
    files = files_of(paths)
    good: list[SitePhoto] = []
    bad: list[tuple[str, SafetyDeskError]] = []
    for done, path in enumerate(files):
        progress.check_cancelled()
        progress.report(done, len(files), path.name)
        try:
            good.append(read_photo(path, longest_side))
        except SafetyDeskError as error:
            bad.append((path.name, error))
    progress.report(len(files), len(files))
    return PhotosRead(tuple(good), tuple(bad))


def read_picture(content: bytes, name: str, longest_side: int) -> PhotosRead:
    """The same for a picture that came without a file: pasted, or dropped from another program."""
    try:
        return PhotosRead((photo_of(content, name, longest_side),), ())
    except SafetyDeskError as error:
        return PhotosRead((), ((name, error),))


def add_photos(
    session: Session,
    desk: Desk,
    inspection_id: UUID,
    item: str | None,
    thing: UUID | None,
    photos: Sequence[SitePhoto],
) -> tuple[Changes, PhotosPut]:
    """Keep photos with an item, answered or not yet, or with the visit as a whole. Raises InspectionFinished."""
    visit = _open_visit(session, inspection_id)
    answer_id = _answer_id(session, visit, item, thing)
    before = {photo.id for photo in _of(session, visit)}
    kept = [answering.put_photo(session, desk, visit, answer_id, photo) for photo in photos]
    session.flush()
    _record(session, visit, "photos.added", kept)
    added = tuple(dict.fromkeys(photo_id for photo_id in kept if photo_id not in before))
    return Changes(inspections=True), PhotosPut(_of(session, visit), added)


def remove_photos(session: Session, inspection_id: UUID, photo_ids: Sequence[UUID]) -> tuple[Changes, PhotosPut]:
    """Take photos out of the visit: voided, not deleted."""
    return _set_voided(session, inspection_id, photo_ids, "photos.removed", voided=True)


def restore_photos(session: Session, inspection_id: UUID, photo_ids: Sequence[UUID]) -> tuple[Changes, PhotosPut]:
    """Bring removed photos back where they were."""
    return _set_voided(session, inspection_id, photo_ids, "photos.restored", voided=False)


def move_photo(
    session: Session, inspection_id: UUID, photo_id: UUID, item: str | None, thing: UUID | None = None
) -> tuple[Changes, PhotosPut]:
    """Let a photo stand for another item, or for none. Raises InspectionFinished, UnknownPhoto, UnknownItem."""
    visit = _open_visit(session, inspection_id)
    photo = _photo(session, visit, photo_id)
    photo.answer_id = _answer_id(session, visit, item, thing)
    session.flush()
    _record(session, visit, "photos.moved", [photo_id])
    return Changes(inspections=True), PhotosPut(_of(session, visit))


def photo_bytes(session: Session, desk: Desk, photo_id: UUID) -> bytes:
    """The photo as it is kept (JPEG). Raises UnknownPhoto, MissingBlob, DamagedStore."""
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise UnknownPhoto
    return desk.blobs.get(session, photo.digest)


def reduced(jpeg: bytes, longest_side: int = _THUMBNAIL) -> bytes:
    """A small JPEG of one that we keep. For the pool."""
    from PIL import Image

    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        picture.draft("RGB", (longest_side, longest_side))  # unpacks no more than is needed
        picture.thumbnail((longest_side, longest_side))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def thumbnail(session: Session, desk: Desk, photo_id: UUID) -> bytes:
    """A small JPEG of one photo."""
    return reduced(photo_bytes(session, desk, photo_id))


def _set_voided(
    session: Session, inspection_id: UUID, photo_ids: Sequence[UUID], action: str, *, voided: bool
) -> tuple[Changes, PhotosPut]:
    visit = _open_visit(session, inspection_id)
    for photo_id in photo_ids:
        _photo(session, visit, photo_id).voided = voided
    session.flush()
    _record(session, visit, action, photo_ids)
    return Changes(inspections=True), PhotosPut(_of(session, visit))


def _open_visit(session: Session, inspection_id: UUID) -> Visit:
    visit = answering.visit_of(session, str(inspection_id))
    if visit.finished_at is not None:
        raise InspectionFinished
    return visit


def _answer_id(session: Session, visit: Visit, item: str | None, thing: UUID | None) -> UUID | None:
    """The answer need not be there yet: when it comes it has this id."""
    if item is None:
        return None
    checklist = checklists.frozen(session, visit.template_id)
    if item not in checklist:
        raise UnknownItem(item=item, checklist=checklist.title)
    return answering.answer_id_of(visit.id, item, thing)


def _photo(session: Session, visit: Visit, photo_id: UUID) -> Photo:
    photo = session.get(Photo, photo_id)
    if photo is None or photo.inspection_id != visit.id:
        raise UnknownPhoto
    return photo


def _of(session: Session, visit: Visit) -> tuple[PhotoShown, ...]:
    return stored.photos(session, visit.id, checklists.frozen(session, visit.template_id))


def _record(session: Session, visit: Visit, action: str, photo_ids: Sequence[UUID]) -> None:
    detail = {"photos": [photo_id.hex for photo_id in photo_ids]}
    clocks.record(session, action, f"inspection:{visit.id.hex}", detail, visit.enterprise_id)
