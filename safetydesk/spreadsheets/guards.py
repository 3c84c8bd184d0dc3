"""Limits that hold before a workbook is opened: a file may lie about its size, its shape and its kind.

The reader allocates rows times columns of the used area at once, so one cell at the far corner of a sheet would take
all memory. The area is therefore measured on the packed XML first, with searches that stop at the first offence.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import IO
from xml.parsers import expat

from safetydesk.spreadsheets.errors import FileProtected, FileUnreadable, TooBig, WrongKindOfFile


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 64 << 20
    unzipped_bytes: int = 1 << 30
    unzip_ratio: int = 200
    sheets: int = 100
    rows: int = 200_000
    columns: int = 300
    cells: int = 8_000_000
    cell_characters: int = 32_767


LIMITS = Limits()


class FileKind(Enum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


# A wrong offset, an encrypted member, a name of no encoding: whatever the libraries say of a torn or forged package.
_TORN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, EOFError),
    *(NotImplementedError, KeyError, OSError, RuntimeError, ValueError),
)
_CHUNK = 1 << 20
_OVERLAP = 64
_SMALL = 10 << 20  # what may unpack at any ratio
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {b"%PDF": "PDF", b"\xff\xd8\xff": "图片", b"\x89PNG": "图片", b"Rar!": "压缩包", b"7z\xbc\xaf": "压缩包"}
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!doctype html|<html|<table|<meta)", re.IGNORECASE)
# Rows from number 10,000 and cells from row 100,000: nothing above can offend, and these are few enough to be looked at.
_LATE_ROW = re.compile(rb'r="(?:(\d{5,})|[A-Z]{1,3}(\d{6,}))"')
_BLANKS_AROUND = tuple(pair for blank in (b" ", b"\t", b"\n", b"\r") for pair in (blank + b"=", b"=" + blank))
_SPACED = re.compile(rb"\s*=\s*")


def kind_of(data: bytes, file: str) -> FileKind:
    """By content, never by the name. Raises WrongKindOfFile and FileProtected."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileProtected(file=file)
        return FileKind.XLS
    if data.startswith(_ZIP):
        return _kind_of_package(data, file)
    for start, found in _FOREIGN.items():
        if data.startswith(start):
            raise WrongKindOfFile(file=file, found=found)
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise WrongKindOfFile(file=file, found="网页")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongKindOfFile(file=file, found=None)
    return FileKind.TEXT


def check_package(data: bytes, kind: FileKind, file: str, limits: Limits = LIMITS) -> None:
    """Refuse zip bombs, and sheets whose used area is too large to be held. Raises TooBig and FileUnreadable."""
    with _package(data, file) as package:
        _check_sizes(package, len(data), file, limits)
        if kind is FileKind.ODS:
            _check_ods(package, file, limits)
        else:
            _check_xlsx(package, file, limits)


@contextmanager
def _package(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    """A packed file; whatever a torn or forged one makes the library say is FileUnreadable."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            yield package
    except _TORN as error:
        raise FileUnreadable(file=file) from error


def _kind_of_package(data: bytes, file: str) -> FileKind:
    with _package(data, file) as package:
        names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "content.xml" in names and "mimetype" in names:
        return FileKind.ODS
    found = "文字文档" if "word/document.xml" in names else "xlsb工作簿" if "xl/workbook.bin" in names else "压缩包"
    raise WrongKindOfFile(file=file, found=found)


def _check_sizes(package: zipfile.ZipFile, packed: int, file: str, limits: Limits) -> None:
    """The sizes in the directory are only promises; `_chunks` holds the stream to them."""
    total = sum(entry.file_size for entry in package.infolist())
    if total > limits.unzipped_bytes or (total > _SMALL and total > packed * limits.unzip_ratio):
        raise TooBig(file=file, what="unzipped", limit=limits.unzipped_bytes)
    sheets = sum(1 for entry in package.infolist() if entry.filename.startswith("xl/worksheets/sheet"))
    if sheets > limits.sheets:
        raise TooBig(file=file, what="sheets", limit=limits.sheets)


def _check_xlsx(package: zipfile.ZipFile, file: str, limits: Limits) -> None:
    for entry in package.infolist():
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            with package.open(entry) as stream:
                _check_area(stream, entry.file_size, file, limits)


def _check_area(stream: IO[bytes], size: int, file: str, limits: Limits) -> None:
    too_wide = _beyond_column(limits.columns)
    wide = _beyond_column(limits.cells // limits.rows)
    widest, last_row, row_elements = limits.cells // limits.rows, 0, 0
    for chunk in map(_plain_attributes, _chunks(stream, size)):
        if any(_attributes(too_wide, chunk)):
            raise TooBig(file=file, what="columns", limit=limits.columns)
        widest = max([widest, *(_column_number(found[1]) for found in _attributes(wide, chunk))])
        last_row = max([last_row, *(int(found[1] or found[2]) for found in _attributes(_LATE_ROW, chunk))])
        row_elements += chunk.count(b"<row ") + chunk.count(b"<row>")
    rows = max(last_row, row_elements)
    for what, count, limit in (("rows", rows, limits.rows), ("cells", rows * widest, limits.cells)):
        if count > limit:
            raise TooBig(file=file, what=what, limit=limit)


def _beyond_column(count: int) -> re.Pattern[bytes]:
    """A cell reference to the right of column number `count` (27 to 701)."""
    high, low = divmod(count - 1, 26)
    first, second = chr(ord("A") + high - 1), chr(ord("A") + low)
    patterns = ["[A-Z]{3}"]
    if first < "Z":
        patterns.append(f"[{chr(ord(first) + 1)}-Z][A-Z]")
    if second < "Z":
        patterns.append(f"{first}[{chr(ord(second) + 1)}-Z]")
    return re.compile(f'r="({"|".join(patterns)})[0-9]'.encode())


def _attributes(pattern: re.Pattern[bytes], chunk: bytes) -> Iterator[re.Match[bytes]]:
    """Only what stands as an attribute of its own, after a blank."""
    return (found for found in pattern.finditer(chunk) if chunk[found.start() - 1 : found.start()].isspace())


def _plain_attributes(chunk: bytes) -> bytes:
    """Attributes as every real writer puts them, r="A1", so that one search with a literal beginning finds them."""
    if b"'" in chunk:
        chunk = chunk.replace(b"'", b'"')
    return _SPACED.sub(b"=", chunk) if any(pair in chunk for pair in _BLANKS_AROUND) else chunk


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _chunks(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """The stream in pieces that overlap, so that no reference is cut. A stream longer than promised is torn."""
    tail, seen = b"", 0
    while piece := stream.read(_CHUNK):
        seen += len(piece)
        if seen > size:
            raise zipfile.BadZipFile
        yield tail + piece
        tail = piece[-_OVERLAP:]


def _check_ods(package: zipfile.ZipFile, file: str, limits: Limits) -> None:
    """An .ods repeats rows and cells by a number; only what holds content counts, as the reader fills it in."""
    measure = _OdsMeasure(limits, file)
    entry = package.getinfo("content.xml")
    with package.open(entry) as stream:
        seen = 0
        while piece := stream.read(_CHUNK):
            seen += len(piece)
            if seen > entry.file_size:
                raise zipfile.BadZipFile
            measure.parser.Parse(piece, False)
        measure.parser.Parse(b"", True)


class _OdsMeasure:
    """Counts rows and columns up to the last one with content, table by table."""

    def __init__(self, limits: Limits, file: str) -> None:
        self._limits, self._file = limits, file
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self._tables = 0
        self._reset()

    def _reset(self) -> None:
        self._rows = self._last_row = self._widest = 0
        self._columns = self._row_end = 0
        self._row_repeat = self._cell_repeat = 1
        self._in_cell = self._has_content = False

    def _refuse(self, *_: object) -> None:
        raise ValueError("an entity")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._tables += 1
            self._reset()
            if self._tables > self._limits.sheets:
                raise TooBig(file=self._file, what="sheets", limit=self._limits.sheets)
        elif name == "table:table-row":
            self._row_repeat = int(attributes.get("table:number-rows-repeated", "1"))
            self._columns = self._row_end = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_repeat = int(attributes.get("table:number-columns-repeated", "1"))
            self._in_cell = True
            self._has_content = any(key.startswith("office:") for key in attributes)

    def _text(self, text: str) -> None:
        self._has_content = self._has_content or (self._in_cell and bool(text.strip()))

    def _end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._columns += self._cell_repeat
            self._row_end = self._columns if self._has_content else self._row_end
            self._in_cell = False
        elif name == "table:table-row":
            self._rows += self._row_repeat
            if self._row_end:
                self._last_row, self._widest = self._rows, max(self._widest, self._row_end)
                self._check()

    def _check(self) -> None:
        limits = self._limits
        for what, count, limit in (
            ("rows", self._last_row, limits.rows),
            ("columns", self._widest, limits.columns),
            ("cells", self._last_row * self._widest, limits.cells),
        ):
            if count > limit:
                raise TooBig(file=self._file, what=what, limit=limit)
