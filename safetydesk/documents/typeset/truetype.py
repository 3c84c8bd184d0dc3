"""Reads what a paper needs of a TrueType face: characters to glyphs, widths, outlines' bounds, glyph data.

A face is mapped into memory and looked up in place, so opening one costs a millisecond and not the tenth of a second
that it takes to turn 30,000 characters into a dictionary. Nothing here changes after construction but two caches
whose entries are always the same, so one face may serve several documents and threads at once.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from safetydesk.documents.errors import FontBroken

UNITS = 1000
"""Units per em of every shipped face: widths are thousandths of an em as they stand."""

_ARGS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class Face:
    """One TrueType face. Raises FontBroken where the file is missing or is not the kind that is shipped."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_tables()
        except (OSError, ValueError, struct.error, KeyError, IndexError) as error:
            raise FontBroken(file=path.name) from error

    def _read_tables(self) -> None:
        count = struct.unpack_from(">H", self._data, 4)[0]
        self._tables: dict[bytes, tuple[int, int]] = {}
        for index in range(count):
            tag, _sum, offset, length = struct.unpack_from(">4sLLL", self._data, 12 + 16 * index)
            if offset + length > len(self._data):
                raise ValueError(tag)
            self._tables[tag] = (offset, length)
        head = self._tables[b"head"][0]
        (units,) = struct.unpack_from(">H", self._data, head + 18)
        if units != UNITS:
            raise ValueError(units)
        self.bounds: tuple[int, int, int, int] = struct.unpack_from(">4h", self._data, head + 36)
        self._long_loca = bool(struct.unpack_from(">h", self._data, head + 50)[0])
        hhea = self._tables[b"hhea"][0]
        self.ascent, self.descent = struct.unpack_from(">2h", self._data, hhea + 4)
        (self._metric_count,) = struct.unpack_from(">H", self._data, hhea + 34)
        (self.glyph_count,) = struct.unpack_from(">H", self._data, self._tables[b"maxp"][0] + 4)
        self._glyf = self._tables[b"glyf"][0]
        self._glyphs: dict[str, int] = {}
        self._margins: dict[int, tuple[int, int]] = {}
        self._read_groups()

    def _read_groups(self) -> None:
        """Format 12 where there is one (it has the characters above the first plane), or else format 4."""
        base = self._tables[b"cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, base + 2)
        formats = {}
        for index in range(count):
            (offset,) = struct.unpack_from(">L", self._data, base + 8 + 8 * index)
            formats[struct.unpack_from(">H", self._data, base + offset)[0]] = base + offset
        self._starts, self._ends, self._firsts = array("L"), array("L"), array("L")
        if 12 in formats:
            self._read_format_12(formats[12])
        else:
            self._read_format_4(formats[4])

    def _read_format_12(self, at: int) -> None:
        (count,) = struct.unpack_from(">L", self._data, at + 12)
        numbers = _big_endian("I", self._data[at + 16 : at + 16 + 12 * count])
        self._starts, self._ends, self._firsts = numbers[0::3], numbers[1::3], numbers[2::3]

    def _read_format_4(self, at: int) -> None:
        (double,) = struct.unpack_from(">H", self._data, at + 6)
        ends = _big_endian("H", self._data[at + 14 : at + 14 + double])
        starts = _big_endian("H", self._data[at + 16 + double : at + 16 + 2 * double])
        deltas = _big_endian("H", self._data[at + 16 + 2 * double : at + 16 + 3 * double])
        offsets_at = at + 16 + 3 * double
        offsets = _big_endian("H", self._data[offsets_at : offsets_at + double])
        for index, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
            if start == 0xFFFF:
                continue
            if offset == 0:
                self._add_group(start, end, (start + delta) & 0xFFFF)
                continue
            for code in range(start, end + 1):
                where = offsets_at + 2 * index + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", self._data, where)
                if glyph:
                    self._add_group(code, code, (glyph + delta) & 0xFFFF)

    def _add_group(self, start: int, end: int, first: int) -> None:
        self._starts.append(start)
        self._ends.append(end)
        self._firsts.append(first)

    def glyph(self, character: str) -> int:
        """The glyph of a character, 0 where the face has none."""
        found = self._glyphs.get(character)
        if found is None:
            code = ord(character)
            index = bisect_right(self._starts, code) - 1
            found = self._firsts[index] + code - self._starts[index] if index >= 0 and code <= self._ends[index] else 0
            self._glyphs[character] = found
        return found

    @cached_property
    def _advances(self) -> array[int]:
        offset = self._tables[b"hmtx"][0]
        return _big_endian("H", self._data[offset : offset + 4 * self._metric_count])[0::2]

    @cached_property
    def _loca(self) -> array[int]:
        offset, length = self._tables[b"loca"]
        if self._long_loca:
            return _big_endian("I", self._data[offset : offset + length])
        return array("I", (2 * value for value in _big_endian("H", self._data[offset : offset + length])))

    def advance(self, glyph: int) -> int:
        """How far the glyph moves the pen, in thousandths of an em."""
        width: int = self._advances[min(glyph, self._metric_count - 1)]
        return width

    def outline(self, glyph: int) -> bytes:
        """The glyph's own bytes, empty for a blank."""
        return self._data[self._glyf + self._loca[glyph] : self._glyf + self._loca[glyph + 1]]

    def margins(self, glyph: int) -> tuple[int, int]:
        """The blank to the left and to the right of the glyph's ink, in thousandths of an em."""
        found = self._margins.get(glyph)
        if found is None:
            at = self._glyf + self._loca[glyph]
            if self._loca[glyph + 1] - self._loca[glyph] < 10:
                found = (0, 0)
            else:
                left, _bottom, right, _top = struct.unpack_from(">4h", self._data, at + 2)
                found = (left, self.advance(glyph) - right)
            self._margins[glyph] = found
        return found

    def components(self, glyph: int) -> list[tuple[int, int]]:
        """(where in the outline its number stands, glyph) of each part of a composite glyph."""
        data = self.outline(glyph)
        if len(data) < 10 or struct.unpack_from(">h", data)[0] >= 0:
            return []
        parts, at, flags = [], 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            parts.append((at + 2, part))
            at += 8 if flags & _ARGS_ARE_WORDS else 6
            at += 2 if flags & _HAS_SCALE else 4 if flags & _HAS_XY_SCALE else 8 if flags & _HAS_MATRIX else 0
        return parts

    def table(self, tag: bytes) -> bytes:
        """A table as it stands in the file."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    @cached_property
    def postscript_name(self) -> str:
        """The face's own name (name id 6), letters, digits and hyphens only."""
        base = self._tables[b"name"][0]
        count, strings = struct.unpack_from(">2H", self._data, base + 2)
        for index in range(count):
            platform, _e, _l, kind, length, offset = struct.unpack_from(">6H", self._data, base + 6 + 12 * index)
            if kind == 6:
                at = base + strings + offset
                text = self._data[at : at + length].decode("utf-16-be" if platform in (0, 3) else "ascii")
                return "".join(letter for letter in text if letter.isascii() and (letter.isalnum() or letter == "-"))
        raise FontBroken(file=self.file)


def _big_endian(code: str, data: bytes) -> array[int]:
    numbers = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
