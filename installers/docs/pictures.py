"""The pictures of the documentation, from the program itself: `make pictures`."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

from safetydesk.models.store import WallClock
from safetydesk.workflows.demonstration import Demonstration

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH = 760


def main() -> None:
    clock = WallClock(lambda: datetime(2026, 11, 21, 2, 0, tzinfo=UTC), simulated=True)
    with tempfile.TemporaryDirectory() as scratch:
        made = Demonstration(Path(scratch) / "out", Path(scratch) / "state", clock, 2, lambda _text: None).run()
        notice = next(file for file in made.files if file.suffix == ".pdf")
        with pypdfium2.PdfDocument(notice) as document:
            pages = [document[at].render(scale=2).to_pil() for at in range(2)]
    height = WIDTH * pages[0].height // pages[0].width
    sheet = Image.new("RGB", (2 * WIDTH + 24, height), "#d0d4da")
    for at, page in enumerate(pages):
        sheet.paste(page.resize((WIDTH, height), Image.Resampling.LANCZOS), (at * (WIDTH + 24), 0))
    PICTURES.mkdir(parents=True, exist_ok=True)
    sheet.quantize(32).save(PICTURES / "notice.png", optimize=True)


if __name__ == "__main__":
    main()
