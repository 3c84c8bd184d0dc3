"""The QR code of a paper, drawn as filled rectangles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import segno

from safetydesk.documents.errors import PaperTooLong
from safetydesk.documents.typeset.ink import Sheet

_QUIET_MODULES: Final = 4
MILLIMETRE: Final = 72 / 25.4
SIDE: Final = 24 * MILLIMETRE
"""With its quiet zone. A signed payload of 250 characters has modules of a third of a millimetre."""
MOST_CHARACTERS: Final = 600


def draw_qr(sheet: Sheet, payload: str, x: float, y: float, side: float = SIDE) -> None:
    """Draw the code into a square whose lower left corner is x, y. Error level M.

    Raises PaperTooLong where the payload would make modules too small to print.
    """
    if len(payload) > MOST_CHARACTERS:
        raise PaperTooLong(what="二维码内容", limit=MOST_CHARACTERS, found=len(payload))
    matrix = segno.make(payload, error="m", micro=False, boost_error=False).matrix
    module = side / (len(matrix) + 2 * _QUIET_MODULES)
    left, top = x + _QUIET_MODULES * module, y + side - _QUIET_MODULES * module
    sheet.boxes(
        (left + start * module, top - (row + 1) * module, length * module, module)
        for row, cells in enumerate(matrix)
        for start, length in _dark_runs(cells)
    )


def _dark_runs(cells: bytearray) -> Iterator[tuple[int, int]]:
    """(first, length) of the dark stretches of a row."""
    start: int | None = None
    for index, dark in enumerate(cells):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            yield start, index - start
            start = None
    if start is not None:
        yield start, len(cells) - start
