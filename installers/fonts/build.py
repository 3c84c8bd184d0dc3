"""Makes the faces of resources/fonts from their sources: build.py SOURCES OUT.

SOURCES holds the unpacked Debian package (`debian/`) and npm packages (`serif/`, `sans/`). Every source is checked against
the checksum in sources.json before it is opened, and what comes out is the same to the byte every time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from outlines import QuadraticPen, draw_simplified

HERE = Path(__file__).resolve().parent
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "VORG", "vhea", "vmtx", "prep", "gasp", "DSIG", "GlyphOrder")
MAXIMA = (
    "maxZones",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)
WINDOW_SIGNS = "℃℉‰№℡™㎡㎥㎎㎏㎜㎝㎞㏄㏑²³¹⁴₀₁₂₃₄≈≠≤≥±×÷√∞∑∅∕▲△▼▽▶▷◀◁◆◇◈○●◎◉■□▪▫★☆✓✗✔✕☐↵⏎⌘⇧⋯⋮─│┌┐└┘├┤┬┴┼━"
STAND_INS = {"✗": "×", "✕": "×", "✔": "✓", "☐": "□", "↵": "⏎"}
"""What a window may write and Noto Sans SC does not draw: the glyph of its nearest relative."""
FIXED_DATE = 3_786_825_600  # seconds since 1904: 2024-01-01, so that no build leaves its own hour


def two_byte_characters(codec: str, first: int, last: int, low: int) -> set[int]:
    """Every character that the two-byte Chinese code holds."""
    found = set()
    for high in range(first, last + 1):
        for trail in range(low, 0xFF):
            try:
                text = bytes([high, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            found.update(map(ord, text))
    return found


def wanted(characters: str, available: set[int]) -> set[int]:
    """The characters to keep. `rare` is Extension A and all that the face has above the first plane (names)."""
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2010, 0x2040))
    match characters:
        case "all":
            return available
        case "gb2312":
            return available & (latin | two_byte_characters("gb2312", 0xA1, 0xF7, 0xA1))
        case "gb2312+window":
            signs = set(map(ord, WINDOW_SIGNS)) | set(range(0x2460, 0x2474)) | set(range(0x2190, 0x219A))
            forms = set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF61)) | set(range(0xFFE0, 0xFFE6))
            names = set(map(ord, (HERE / "names.txt").read_text(encoding="utf-8")))
            return available & (latin | signs | forms | names | two_byte_characters("gb2312", 0xA1, 0xF7, 0xA1))
        case "gbk+rare":
            units = set(range(0x2070, 0x2600)) | set(range(0x3000, 0x3100)) | set(range(0x3200, 0x3400))
            rare = {code for code in available if 0x3400 <= code <= 0x4DBF or 0x9FA6 <= code <= 0x9FFF or code > 0xFFFF}
            forms = set(range(0xFE10, 0xFE70)) | set(range(0xFF00, 0xFFF0))
            return available & (latin | units | rare | forms | two_byte_characters("gbk", 0x81, 0xFE, 0x40))
    raise ValueError(characters)


def lend_glyphs(font: TTFont) -> None:
    """Where a sign of the window has no glyph, its stand-in's."""
    for table in font["cmap"].tables:
        for sign, relative in STAND_INS.items():
            if table.isUnicode() and ord(relative) in table.cmap:
                table.cmap.setdefault(ord(sign), table.cmap[ord(relative)])


def to_truetype(font: TTFont) -> None:
    """Cubic outlines become quadratic ones: the PDF library and the window take TrueType."""
    glyphs = {}
    outlines = font.getGlyphSet()
    for name in font.getGlyphOrder():
        collected = QuadraticPen(outlines)
        outlines[name].draw(collected)
        pen = TTGlyphPen(outlines)
        draw_simplified(collected.contours, pen)
        glyphs[name] = pen.glyph(dropImpliedOnCurves=True)
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in MAXIMA:
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    metrics = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


def make(source: Path, target: Path, characters: str) -> None:
    font = TTFont(source, recalcTimestamp=False)
    if characters == "gb2312+window":
        lend_glyphs(font)
    keep = wanted(characters, set(font.getBestCmap()))
    if "CFF " in font:
        to_truetype(font)
    for tag in LAYOUT_TABLES:
        if tag in font:
            del font[tag]
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += list(LAYOUT_TABLES)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    font["head"].modified = FIXED_DATE
    font.save(target, reorderTables=True)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lines = []
    for face in json.loads((HERE / "sources.json").read_text(encoding="utf-8"))["faces"]:
        source = arguments.sources / face["origin"] / face["from"]
        if sha256(source) != face["sha256"]:
            print(f"{source.name}: not the file that these faces were made of", file=sys.stderr)
            return 1
        target = arguments.out / face["file"]
        make(source, target, face["characters"])
        lines.append(f"{sha256(target)}  {face['file']}\n")
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    (arguments.out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
