"""Site photos on their way in: checked as hostile, turned upright, reduced to a size that prints well."""

from __future__ import annotations

import hashlib
import io
import logging
import math
import struct
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetydesk.domain.errors import SafetyDeskError

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 64 << 20
MOST_PIXELS = 120_000_000
_QUALITY = 82
_MOST_SAID = f"{MOST_PIXELS // 1_000_000} 百万像素"
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "HEIF")  # a stereo MPO opens as the JPEG that it begins with
_GPS_INFO, _EXIF_INFO, _ORIENTATION, _TAKEN, _ZONE = 0x8825, 0x8769, 0x0112, 0x9003, 0x9011
# Whatever the libraries raise for a torn or forged picture.
_TORN: tuple[type[Exception], ...] = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, ArithmeticError, SyntaxError, RuntimeError),
    *(struct.error, zlib.error),
)


class NotAPhoto(SafetyDeskError):
    """facts: file."""

    code = "not_a_photo"


class PhotoTooBig(SafetyDeskError):
    """facts: file, most."""

    code = "photo_too_big"


class PhotoMissing(SafetyDeskError):
    """facts: file."""

    code = "photo_missing"


@dataclass(frozen=True)
class SitePhoto:
    """A photo as it is kept. `taken_at` is by the camera's own clock, in local time if it named no zone."""

    jpeg: bytes = field(repr=False)
    original_name: str
    original_digest: str  # SHA-256 of the file as it came
    width: int
    height: int
    taken_at: datetime | None
    longitude: float | None
    latitude: float | None


def read_photo(path: Path, longest_side: int) -> SitePhoto:
    """Raises PhotoMissing, PhotoTooBig, NotAPhoto."""
    return photo_of(_read(path), path.name, longest_side)


def photo_of(content: bytes, file: str, longest_side: int) -> SitePhoto:
    """The photo of what a file of that name held, or what was pasted or dropped. Raises PhotoTooBig, NotAPhoto."""
    if len(content) > MOST_BYTES:
        raise PhotoTooBig(file=file, most=f"{MOST_BYTES >> 20} MB")
    from PIL import Image

    _with_heif()
    try:
        with warnings.catch_warnings(action="ignore"):  # what the libraries say of torn notes, in English
            picture, notes = _opened(content, file)
            when, where = _taken(notes.get_ifd(_EXIF_INFO)), _place(notes.get_ifd(_GPS_INFO))
    except Image.DecompressionBombError:
        raise PhotoTooBig(file=file, most=_MOST_SAID) from None
    except _TORN:
        raise NotAPhoto(file=file) from None
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    digest = hashlib.sha256(content).hexdigest()
    name = file[:200].encode("utf-8", "replace").decode()  # of a file on an old stick it may be no text
    return SitePhoto(out.getvalue(), name, digest, *picture.size, when, *where)


def _opened(content: bytes, name: str) -> tuple[Image.Image, Image.Exif]:
    """The picture, upright and in colour, and the camera's notes. Raises PhotoTooBig before anything unpacks."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoTooBig(file=name, most=_MOST_SAID)
        notes = opened.getexif()
        picture = opened.convert("RGB")
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(notes.get(_ORIENTATION, 1))
    picture = picture if turn is None else picture.transpose(turn)
    picture.info.clear()  # nothing that the file said of itself goes on
    return picture, notes


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise PhotoMissing(file=str(path))
        if path.stat().st_size > MOST_BYTES:
            raise PhotoTooBig(file=path.name, most=f"{MOST_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError:
        raise PhotoMissing(file=str(path)) from None


def _with_heif() -> None:
    from pillow_heif import register_heif_opener

    logging.getLogger("PIL").setLevel(logging.CRITICAL)  # what is wrong with a picture is said by our own errors
    register_heif_opener(thumbnails=False)


def _taken(exif: Mapping[int, Any]) -> datetime | None:
    said = str(exif.get(_TAKEN, "")).strip("\0 ")
    zone = str(exif.get(_ZONE, "")).strip("\0 ")
    try:
        moment = datetime.strptime(said, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the camera keeps local time
        if zone:
            return datetime.strptime(f"{said} {zone.replace(':', '')}", "%Y:%m:%d %H:%M:%S %z")
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _place(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    """Longitude and latitude in degrees, both or neither."""
    try:
        latitude = _degrees(gps[2]) * (-1 if str(gps.get(1)).upper().startswith("S") else 1)
        longitude = _degrees(gps[4]) * (-1 if str(gps.get(3)).upper().startswith("W") else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None, None
    if not (math.isfinite(longitude) and math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, None
    return round(longitude, 6), round(latitude, 6)


def _degrees(parts: Any) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
