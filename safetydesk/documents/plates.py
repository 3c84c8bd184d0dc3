"""The photos of a paper: checked, stripped of what they tell about their place, laid out two or four on a page."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Sequence
from typing import Final

from safetydesk.documents.content import Plate
from safetydesk.documents.errors import PhotoUnprintable
from safetydesk.documents.forms import COLUMN
from safetydesk.documents.typeset.faces import Style
from safetydesk.documents.typeset.flow import Align, Paragraph, Row, draw_rows, paragraph_rows
from safetydesk.documents.typeset.ink import Picture, Sheet
from safetydesk.documents.typeset.lines import Span

MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
_CAPTION_SIZE: Final = 10.5
_CAPTION_LEADING: Final = 15.0
_GUTTER: Final = 14.0
_KEPT_SEGMENTS: Final = frozenset({0xE0, 0xEE})  # JFIF; Adobe's, which says how colours are coded
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def picture(plate: Plate) -> Picture:
    """The photo as it goes into the file: no EXIF (it holds the place), upright, grey or RGB.

    Raises PhotoUnprintable for what is no JPEG, is damaged, or is larger than any camera's picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(plate.jpeg) > MOST_BYTES:
        raise PhotoUnprintable(ordinal=plate.ordinal)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(plate.jpeg), formats=("JPEG",)) as image:
                if image.width * image.height > MOST_PIXELS or min(image.size) < 8:
                    raise PhotoUnprintable(ordinal=plate.ordinal)
                turned = image.getexif().get(0x0112, 1) != 1
                if not turned and image.mode in ("L", "RGB"):
                    image.load()  # a picture cut off in the middle is found here and not by the printer
                    channels = 1 if image.mode == "L" else 3
                    return Picture(without_metadata(plate.jpeg), image.width, image.height, channels)
                upright = ImageOps.exif_transpose(image).convert("RGB")
                target = io.BytesIO()
                upright.save(target, "JPEG", quality=85)
                return Picture(target.getvalue(), upright.width, upright.height, 3)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnprintable(ordinal=plate.ordinal) from error
    except (ValueError, SyntaxError, struct.error, EOFError) as error:  # what Pillow raises on broken files
        raise PhotoUnprintable(ordinal=plate.ordinal) from error


def without_metadata(jpeg: bytes) -> bytes:
    """The same picture without comments and application segments (EXIF, maker's notes, thumbnails)."""
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:  # the picture itself follows, up to the end
            break
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT_SEGMENTS:
            kept.append(jpeg[at : at + length])
        at += length
    return b"".join([*kept, jpeg[at:]])


def plate_pages(plates: Sequence[Plate], notes: Sequence[str], per_page: int, height: float) -> list[list[Row]]:
    """The photos as pages of rows: two below each other, or four in a square. `notes` says for each photo to which
    finding it belongs."""
    columns = 1 if per_page == 2 else 2
    rows_on_page = 2
    cell_height = (height - 30.0) / rows_on_page
    cell_width = (COLUMN - _GUTTER * (columns - 1)) / columns
    cells = [_Cell(plate, note, cell_width, cell_height) for plate, note in zip(plates, notes, strict=True)]
    bands = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    rows = [Row(cell_height, _band_drawer(band, cell_width)) for band in bands]
    return [rows[start : start + rows_on_page] for start in range(0, len(rows), rows_on_page)]


def _band_drawer(band: Sequence[_Cell], cell_width: float) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, top: float) -> None:
        for index, cell in enumerate(band):
            cell.draw(sheet, x + index * (cell_width + _GUTTER), top)

    return draw


class _Cell:
    """One photo with its caption below."""

    def __init__(self, plate: Plate, note: str, width: float, height: float) -> None:
        self.picture = picture(plate)
        self.width, self.height = width, height
        details = "　".join(part for part in (note, plate.taken_at, plate.caption) if part)
        spans = (Span(f"照片{plate.ordinal}", Style.HEADING), Span(f"　{details}" if details else ""))
        made = Paragraph(spans, _CAPTION_SIZE, _CAPTION_LEADING, Align.LEFT)
        self.caption = paragraph_rows(made, width)

    def draw(self, sheet: Sheet, x: float, top: float) -> None:
        caption = sum(row.height for row in self.caption)
        room = self.height - caption - 16.0
        scale = min(self.width / self.picture.width, room / self.picture.height)
        width, height = self.picture.width * scale, self.picture.height * scale
        left = x + (self.width - width) / 2
        sheet.picture(self.picture, left, top - height, width, height)
        sheet.frame(left, top - height, width, height)
        draw_rows(sheet, self.caption, x, top - height - 4.0)
