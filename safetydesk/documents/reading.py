"""Reading back a PDF that somebody brings: is it one, and which number does it claim?"""

from __future__ import annotations

import re
from pathlib import Path

from safetydesk.domain.errors import SafetyDeskError

MOST_BYTES = 64 << 20
_NUMBER = re.compile(r"（[^（）\n]{1,20}）\s?应急[\u4e00-\u9fff]{1,4}〔\d{4}〕[^号\n]{1,40}号")
_PAGES_READ = 2


class NotAPaper(SafetyDeskError):
    """No PDF, or none that can be read. facts: file."""

    code = "not_a_pdf"


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF. Raises NotAPaper."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotAPaper(file=str(path))
        content = path.read_bytes()
    except OSError:
        raise NotAPaper(file=str(path)) from None
    if not content.startswith(b"%PDF-"):
        raise NotAPaper(file=str(path))
    return content


def claimed_number(content: bytes) -> str | None:
    """The first document number in the text; none where there is no such text, or the PDF does not open."""
    import pypdfium2

    from safetydesk.documents.pages import PDFIUM

    try:
        with PDFIUM, pypdfium2.PdfDocument(content) as document:
            for index in range(min(_PAGES_READ, len(document))):
                text = document[index].get_textpage().get_text_bounded()
                if found := _NUMBER.search(text):
                    return found.group().replace(" ", "")
    except pypdfium2.PdfiumError:
        return None
    return None
