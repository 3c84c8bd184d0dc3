"""A face inside a PDF: only the glyphs that the paper uses, one Type 0 font for each face.

reportlab would cut a face into fonts of 256 characters, each with its own copy of the common tables, and cannot name
characters above the first plane in its text map. Here glyphs are numbered as they first appear, the two-byte code in
the page is that number, and the text map gives back exactly the characters that were set.

The space between Han and Latin is part of a glyph here: a letter that has it gets a code of its own, whose glyph is the
letter, moved and wider. Were the space put between the glyphs, readers would take it for a blank and give back
"12 月 5 日" for 12月5日.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

from safetydesk.documents.typeset.truetype import UNITS, Face

_WORDS_AND_OFFSETS = 0x0003  # how a part is placed in a composite glyph
_CHECKSUM_MAGIC = 0xB1B0AFBA
_TEXT_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_TEXT_MAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_MOST_ENTRIES_AT_ONCE = 100  # a limit of the format


class Drawn(NamedTuple):
    """A glyph as one code draws it: moved by `lead`, and wider by `lead` and `trail` (thousandths of an em)."""

    glyph: int
    lead: int = 0
    trail: int = 0


class EmbeddedFace:
    """One face within one document. `name` is its resource name in the pages, `F1`."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[tuple[str, int, int], int] = {}
        self._drawn = [Drawn(0)]
        self._plain: dict[int, int] = {0: 0}
        self._characters: dict[int, str] = {}

    def code(self, character: str, lead: int = 0, trail: int = 0) -> int:
        """The code of a character in the pages, with space before and behind it. Two characters with one glyph get
        two codes, so that the text comes back as it was."""
        key = (character, lead, trail)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = len(self._drawn)
            glyph = self.face.glyph(character)
            self._drawn.append(Drawn(glyph, lead, trail))
            if not (lead or trail):
                self._plain.setdefault(glyph, found)
            self._characters[found] = character
        return found

    def add_to(self, document: pdfdoc.PDFDocument) -> None:
        """Write the font and its parts into the document, once all text was set."""
        base_name = f"{_subset_tag(self._characters.values())}+{self.face.postscript_name}"
        font_file = _stream(self._font_file(self._close_over_parts()), {"Length1": None})
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{base_name}",
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(list(self.face.bounds)),
                "ItalicAngle": 0,
                "Ascent": self.face.ascent,
                "Descent": self.face.descent,
                "CapHeight": 700,
                "StemV": 80,
                "FontFile2": document.Reference(font_file),
            }
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{base_name}",
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": document.Reference(descriptor),
                "CIDToGIDMap": "/Identity",
                "DW": UNITS,
                "W": self._widths(),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{base_name}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(self._text_map().encode("ascii"), {})),
            }
        )
        document.idToObject[pdfdoc.BasicFonts].dict[self.name] = document.Reference(font)

    def _close_over_parts(self) -> list[Drawn]:
        """All glyphs, with those behind them that others are made of (é is e and an accent)."""
        drawn = list(self._drawn)
        for glyph, lead, trail in drawn:  # grows while it is walked: a part may have parts
            parts = [glyph] if lead or trail else [part for _at, part in self.face.components(glyph)]
            for part in parts:
                if part not in self._plain:
                    self._plain[part] = len(drawn)
                    drawn.append(Drawn(part))
        return drawn

    def _outline(self, drawn: Drawn) -> bytes:
        data = self.face.outline(drawn.glyph)
        if not data:
            return data
        if drawn.lead or drawn.trail:
            left, bottom, right, top = struct.unpack_from(">4h", data, 2)
            box = (left + drawn.lead, bottom, right + drawn.lead, top)
            return struct.pack(">5hHHhh", -1, *box, _WORDS_AND_OFFSETS, self._plain[drawn.glyph], drawn.lead, 0)
        changed = bytearray(data)
        for at, part in self.face.components(drawn.glyph):
            struct.pack_into(">H", changed, at, self._plain[part])
        return bytes(changed)

    def _advance(self, drawn: Drawn) -> int:
        return self.face.advance(drawn.glyph) + drawn.lead + drawn.trail

    def _font_file(self, all_drawn: list[Drawn]) -> bytes:
        outlines, offsets, metrics, at = [], [0], [], 0
        for drawn in all_drawn:
            data = self._outline(drawn)
            data += b"\0" * (-len(data) % 4)
            outlines.append(data)
            at += len(data)
            offsets.append(at)
            metrics += [self._advance(drawn), (self.face.margins(drawn.glyph)[0] + drawn.lead) & 0xFFFF]
        head = bytearray(self.face.table(b"head"))
        struct.pack_into(">L", head, 8, 0)  # its checksum, set when the file is whole
        struct.pack_into(">h", head, 50, 1)  # long offsets
        hhea = bytearray(self.face.table(b"hhea"))
        struct.pack_into(">H", hhea, 34, len(all_drawn))
        return _assemble(
            {
                b"glyf": b"".join(outlines),
                b"head": bytes(head),
                b"hhea": bytes(hhea),
                b"hmtx": struct.pack(f">{len(metrics)}H", *metrics),
                b"loca": struct.pack(f">{len(offsets)}L", *offsets),
                b"maxp": _maxima(self.face.table(b"maxp"), len(all_drawn)),
            }
        )

    def _widths(self) -> str:
        """Only what is not a full em wide, in runs of neighbours."""
        parts: list[str] = []
        last = -1
        for code, drawn in enumerate(self._drawn):
            width = self._advance(drawn)
            if width == UNITS:
                continue
            if code == last + 1 and parts:
                parts[-1] = f"{parts[-1][:-1]} {width}]"
            else:
                parts.append(f"{code} [{width}]")
            last = code
        return f"[{' '.join(parts)}]"

    def _text_map(self) -> str:
        entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for code, text in self._characters.items()]
        blocks = []
        for start in range(0, len(entries), _MOST_ENTRIES_AT_ONCE):
            block = entries[start : start + _MOST_ENTRIES_AT_ONCE]
            blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
        return _TEXT_MAP_HEAD + "".join(blocks) + _TEXT_MAP_TAIL


def _stream(content: bytes, extra: dict[str, None]) -> pdfdoc.PDFStream:
    dictionary = {key: len(content) for key in extra}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dictionary), content, [pdfdoc.PDFZCompress])


def _maxima(table: bytes, glyphs: int) -> bytes:
    """What the file promises of its glyphs: any of them may now be a part of another one."""
    changed = bytearray(table)
    points, contours, part_points, part_contours = struct.unpack_from(">4H", table, 6)
    parts, depth = struct.unpack_from(">2H", table, 28)
    struct.pack_into(">H", changed, 4, glyphs)
    struct.pack_into(">2H", changed, 10, max(points, part_points), max(contours, part_contours))
    struct.pack_into(">2H", changed, 28, max(1, parts), depth + 1)
    return bytes(changed)


def _subset_tag(characters: Iterable[str]) -> str:
    """Six capitals, the same for the same characters (a subset must not be taken for another one)."""
    value = zlib.crc32("".join(characters).encode("utf-8"))
    letters = []
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _checksum(data: bytes) -> int:
    words = array("I", data + b"\0" * (-len(data) % 4))
    if array("H", [1]).tobytes() == b"\1\0":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    """A TrueType file of these tables, with its checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    at = 12 + 16 * count
    records, bodies = [], []
    head_at = 0
    for tag, data in sorted(tables.items()):
        if tag == b"head":
            head_at = at
        records.append(struct.pack(">4sLLL", tag, _checksum(data), at, len(data)))
        bodies.append(data + b"\0" * (-len(data) % 4))
        at += len(bodies[-1])
    whole = bytearray(header + b"".join(records) + b"".join(bodies))
    struct.pack_into(">L", whole, head_at + 8, (_CHECKSUM_MAGIC - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)
