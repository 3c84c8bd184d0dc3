"""Marks on pages, and the pages as one PDF file.

A sheet collects operators; the file is written by reportlab's document objects once all sheets are full, because
the number of pages and the characters of each face are only known then.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.pdfbase import pdfdoc

from safetydesk.documents.typeset.embed import EmbeddedFace
from safetydesk.documents.typeset.glyphs import BLANK, Kind
from safetydesk.documents.typeset.lines import Line, Setting
from safetydesk.documents.typeset.truetype import UNITS, Face

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
_UNDERLINE_DEPTH: Final = 0.2  # of an em below the foot of the letters
_UNDERLINE_WIDTH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG as it goes into the file. `components` is 1 (grey) or 3 (RGB)."""

    jpeg: bytes
    width: int
    height: int
    components: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    producer: str
    dated: date


class Ink:
    """The faces and pictures of one file, shared by its sheets."""

    def __init__(self) -> None:
        self._faces: dict[Face, EmbeddedFace] = {}
        self.pictures: list[Picture] = []
        self.sheets: list[Sheet] = []

    def new_sheet(self) -> Sheet:
        """The next page."""
        sheet = Sheet(self)
        self.sheets.append(sheet)
        return sheet

    def embedded(self, face: Face) -> EmbeddedFace:
        """The face in this file."""
        found = self._faces.get(face)
        if found is None:
            found = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        return found

    def picture_name(self, picture: Picture) -> str:
        """The resource name under which the picture can be drawn."""
        self.pictures.append(picture)
        return f"P{len(self.pictures)}"

    def pdf(self, facts: Facts) -> bytes:
        """The file. The same sheets and facts give the same bytes."""
        document = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang="zh-CN")
        document.info = _Info(facts)
        objects = {f"P{number}": document.Reference(_image(p)) for number, p in enumerate(self.pictures, start=1)}
        for sheet in self.sheets:
            document.addPage(_page(sheet, objects))
        for face in self._faces.values():
            face.add_to(document)
        target = io.BytesIO()
        document.SaveToFile(target, None)
        return target.getvalue()


class Sheet:
    """One page. Heights are counted from the bottom, in points."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self.operators: list[str] = []
        self.picture_names: list[str] = []

    def rule(self, x: float, y: float, width: float, thickness: float = 0.5) -> None:
        """A horizontal line whose middle is at y."""
        self.operators.append(f"{x:.2f} {y - thickness / 2:.2f} {width:.2f} {thickness:.2f} re f")

    def boxes(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Filled rectangles (x, y, width, height) as one shape."""
        self.operators.append(" ".join(f"{x:.3f} {y:.3f} {w:.3f} {h:.3f} re" for x, y, w, h in rectangles) + " f")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A thin grey frame."""
        self.operators.append(f"q 0.4 w 0.6 G {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture filling the rectangle."""
        name = self._ink.picture_name(picture)
        self.picture_names.append(name)
        self.operators.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    def line(self, setting: Setting, line: Line, x: float, y: float, size: float) -> None:
        """One line of a paragraph, its foot at y; x is the left edge of the column."""
        left = x + line.indent * size / UNITS
        self.operators.append(f"BT 1 0 0 1 {left:.2f} {y:.2f} Tm")
        self.operators += _LineWriter(self._ink, setting, line, size).operators()
        self.operators.append("ET")
        for start, width in underlines(setting, line):
            depth = y - _UNDERLINE_DEPTH * size
            self.rule(left + start * size / UNITS, depth, width * size / UNITS, _UNDERLINE_WIDTH)


class _LineWriter:
    """Turns a line into text operators: one array of codes for each change of face, size or spacing."""

    def __init__(self, ink: Ink, setting: Setting, line: Line, size: float) -> None:
        self._ink = ink
        self._setting = setting
        self._line = line
        self._size = size
        self._done: list[str] = []
        self._array: list[str] = []
        self._codes: list[str] = []
        self._state: tuple[str, int] | None = None
        self._spacing: float | None = None

    def operators(self) -> list[str]:
        setting, line = self._setting, self._line
        stretch = line.stretch
        for index in range(line.start, line.end):
            self._kern(self._kern_before(index))
            character = setting.text[index]
            if character == BLANK:
                self._kern(setting.advances[index] + (stretch if index + 1 < line.end else 0))
                continue
            face = setting.glyphs[index].face
            assert face is not None, "characters without a face were refused before"
            stretched = index + 1 < line.end and setting.stretch_before(index + 1)
            self._set(face, setting.scales[index], stretch if stretched else 0.0)
            lead, trail = self._spaces(index)
            code = self._ink.embedded(face).code(" " if character == "\u00a0" else character, lead, trail)
            self._codes.append(f"{code:04X}")
        if line.next > line.end and self._state is not None and line.end > line.start:
            self._trailing_space()
        self._flush()
        return self._done

    def _spaces(self, index: int) -> tuple[int, int]:
        """The space between Han and Latin that this glyph brings along: always the Latin one does."""
        setting, line = self._setting, self._line
        if setting.glyphs[index].kind is not Kind.LATIN:
            return 0, 0
        scale = setting.scales[index]
        lead = setting.gaps[index] * UNITS // scale if index > line.start else 0
        trail = setting.gaps[index + 1] * UNITS // scale if index + 1 < line.end else 0
        return lead, trail

    def _trailing_space(self) -> None:
        """The space at which the line was broken, so that the words stay apart when the text is read back."""
        face = self._setting.glyphs[self._line.end].face
        if face is not None:
            self._set(face, self._setting.scales[self._line.end], 0.0)
            self._codes.append(f"{self._ink.embedded(face).code(' '):04X}")

    def _kern_before(self, index: int) -> float:
        """What marks give up before the character; the space between Han and Latin is part of the glyphs."""
        setting, line = self._setting, self._line
        if index == line.start:
            return -(setting.start_cut(index) + setting.cuts_left[index]) if index else 0.0
        kern = float(-setting.cuts_left[index] - setting.cuts_right[index - 1])
        if line.squeeze and setting.squeezes(index - 1):
            kern -= line.squeeze
        return kern

    def _kern(self, units: float) -> None:
        """Move by so many thousandths of an em of the paragraph."""
        if not units:
            return
        self._close_codes()
        scale = self._state[1] if self._state else UNITS
        if self._state is None:
            first = self._setting.glyphs[self._line.start].face or self._setting.glyphs[self._line.end - 1].face
            if first is None:
                first = next(glyph.face for glyph in self._setting.glyphs if glyph.face)
            self._set(first, UNITS, 0.0)
        self._array.append(f"{-units * UNITS / scale:.0f}")

    def _set(self, face: Face, scale: int, spacing: float) -> None:
        name = self._ink.embedded(face).name
        if self._state != (name, scale):
            self._flush()
            self._state = (name, scale)
            self._done.append(f"/{name} {self._size * scale / UNITS:.4g} Tf")
        if self._spacing != spacing:
            self._flush()
            self._spacing = spacing
            self._done.append(f"{spacing * self._size / UNITS:.4f} Tc")

    def _close_codes(self) -> None:
        if self._codes:
            self._array.append(f"<{''.join(self._codes)}>")
            self._codes = []

    def _flush(self) -> None:
        self._close_codes()
        if self._array:
            self._done.append(f"[{' '.join(self._array)}] TJ")
            self._array = []


def underlines(setting: Setting, line: Line) -> list[tuple[float, float]]:
    """(start, width) of what is underlined, in thousandths of an em from the start of the line."""
    found: list[tuple[float, float]] = []
    at = 0.0
    begun: float | None = None
    for index in range(line.start, line.end):
        if index > line.start:
            at += setting.gaps[index] - setting.cuts_right[index - 1] - setting.cuts_left[index]
            if line.squeeze and setting.squeezes(index - 1):
                at -= line.squeeze
            if setting.stretch_before(index):
                at += line.stretch
        if setting.underlined[index] and begun is None:
            begun = at
        elif not setting.underlined[index] and begun is not None:
            found.append((begun, at - begun))
            begun = None
        at += setting.advances[index]
    if begun is not None:
        found.append((begun, at - begun))
    return found


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary with the paper's own date in place of the clock's."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.title, self.author, self.subject = facts.title, facts.author, facts.subject
        self._facts = facts

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        stamp = f"D:{self._facts.dated:%Y%m%d}000000+08'00'"
        entries = {"Title": self.title, "Author": self.author, "Subject": self.subject, "CreationDate": stamp}
        entries |= {"ModDate": stamp, "Producer": self._facts.producer, "Creator": self._facts.producer}
        dictionary = pdfdoc.PDFDictionary({key: pdfdoc.PDFString(value) for key, value in entries.items()})
        formatted: bytes = dictionary.format(document)
        return formatted


def _page(sheet: Sheet, objects: dict[str, pdfdoc.PDFObjectReference]) -> pdfdoc.PDFPage:
    page = pdfdoc.PDFPage()
    page.MediaBox = pdfdoc.PDFArray([0, 0, PAGE_WIDTH, PAGE_HEIGHT])
    content = zlib.compress("\n".join(sheet.operators).encode("ascii"))
    page.Contents = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}), content)
    resources = pdfdoc.PDFResourceDictionary()
    resources.basicFonts()
    if sheet.picture_names:
        resources.XObject = {name: objects[name] for name in sheet.picture_names}
    page.Resources = resources
    return page


def _image(picture: Picture) -> pdfdoc.PDFStream:
    colour = "/DeviceGray" if picture.components == 1 else "/DeviceRGB"
    dictionary = {"Type": "/XObject", "Subtype": "/Image", "Width": picture.width, "Height": picture.height}
    dictionary |= {"ColorSpace": colour, "BitsPerComponent": 8, "Filter": "/DCTDecode"}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dictionary), picture.jpeg)
