"""Pages of a finished PDF as pictures, for screen and printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

PDFIUM: Final = Lock()
"""PDFium knows no threads: whoever opens a document holds this until it is closed again."""

POINTS_PER_INCH: Final = 72.0
MOST_PIXELS: Final = 40_000_000
_IMAGE: Final = 3  # FPDF_PAGEOBJ_IMAGE


@dataclass(frozen=True)
class PageImage:
    """A page as rows of pixels. Grey: one byte a pixel; else blue, green, red and an unused one."""

    width: int
    height: int
    stride: int
    is_grey: bool
    pixels: bytes = field(repr=False)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points. Raises ValueError for what is no PDF."""
    import pypdfium2

    with PDFIUM, _opened(pypdfium2, pdf) as document:
        return tuple(document.get_page_size(index) for index in range(len(document)))


def render_page(pdf: bytes, index: int, dpi: float, *, for_print: bool = False) -> PageImage:
    """One page as a picture. On the printer a page without photos is grey: a quarter of the memory, and sharper.

    Raises ValueError for what is no PDF. The picture never has more than MOST_PIXELS.
    """
    import pypdfium2

    with PDFIUM, _opened(pypdfium2, pdf) as document:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = dpi / POINTS_PER_INCH
            scale *= min(1.0, (MOST_PIXELS / (width * height * scale * scale)) ** 0.5)
            grey = for_print and next(page.get_objects([_IMAGE]), None) is None
            mode = {"optimize_mode": "print"} if for_print else {}
            bitmap = page.render(scale=scale, grayscale=grey, prefer_bgrx=True, **mode)
            try:
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, grey, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            page.close()


def _opened(pypdfium2: Any, pdf: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF") from error
