"""A notice of two pages and ten findings as PDF, beside the same page from three other programs.

For each program: the first paper of a fresh process (its imports included), a warm one (each with a number of its
own), the bytes, the pages; and over 24 column
widths of 12 to 35 characters how many lines start or end badly, and how many numbers are torn from their
units. All set the same sentences in the same faces. Run `python bench/paper.py`; `--json` prints the figures only.
"""

from __future__ import annotations

import argparse
import html
import importlib
import io
import json
import logging
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "documents")]
FONTS = ROOT / "resources" / "fonts"
WIDTHS = range(12, 36)
SIZE = 12.0
WARM_RUNS = 15
FIRST_RUNS = 5
BUDGETS = {"first": 350, "warm": 60, "warm_archive": 80, "bytes": 170 * 1024}

Block = tuple[str, str]
"""(style, text): title, number, plain, body, small."""
Maker = Callable[[int], bytes]
"""Makes the notice with a number of its own: programs that remember a whole page are not to hand it out again."""


def notice():  # type: ignore[no-untyped-def]
    from notice_samples import rectification

    return rectification(10)


def blocks() -> list[Block]:
    """The notice as plain blocks for the programs that know no forms: the sentences are those of our own paper."""
    from safetydesk.documents import wording
    from safetydesk.documents.notices import _Layout

    paper = notice()
    layout = _Layout(paper)

    def said(key: str, **values: wording.Value) -> str:
        return "".join(span.text for span in layout._filled(key, **values))

    found: list[Block] = [("title", said("category")), ("title", said("title")), ("number", paper.number)]
    enterprise = paper.enterprise
    found += [
        ("plain", f"{enterprise.name}："),
        ("plain", f"统一社会信用代码：{enterprise.uscc}　法定代表人：{enterprise.legal_person}"),
    ]
    found += [("plain", f"地址：{enterprise.address}　电话：{enterprise.phone}"), ("body", said("opening"))]
    for one in paper.findings:
        found.append(("body", f"{one.ordinal}．{one.place}：{one.text}"))
        found.append(("small", "".join(span.text for span in layout._details(one))))
    found += [("body", said("major", items=wording.Value("1"))), ("body", said("order_each"))]
    found += [("body", said("safety")), ("body", said("remedy"))]
    found += [("plain", f"执法人员：{signer.name}　执法证号：{signer.badge}　签名：") for signer in paper.inspectors]
    return [
        *found,
        ("plain", "被检查单位负责人：　签名：　日期："),
        ("plain", "云溪镇人民政府（印章）"),
        ("plain", "2026年11月21日"),
    ]


# The programs. Each entry: a maker of the notice, and of one tall page with paragraphs in a column.


def numbered(found: list[Block], number: int) -> list[Block]:
    return [(style, f"（越）应急责改〔2026〕{number}号" if style == "number" else text) for style, text in found]


def ours_plain(_found: list[Block]) -> Maker:
    from safetydesk.documents.notices import layout_notice

    paper = notice()
    return lambda number: layout_notice(replace(paper, number=f"（越）应急责改〔2026〕{number}号")).pdf


def ours_archive(_found: list[Block]) -> Maker:
    from safetydesk.documents.notices import render_notice

    paper = notice()
    return lambda number: render_notice(replace(paper, number=f"（越）应急责改〔2026〕{number}号")).pdf


def weasyprint_notice(found: list[Block]) -> Maker:
    weasyprint = importlib.import_module("weasyprint")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def make(number: int) -> bytes:
        page = _web_page(numbered(found, number), "595pt 842pt", "58pt 87pt", pages=True)
        return weasyprint.HTML(string=page).write_pdf()

    return make


def weasyprint_column(texts: list[str], ems: int) -> bytes:
    weasyprint = importlib.import_module("weasyprint")
    size = f"{ems * SIZE}pt 40000pt"
    return weasyprint.HTML(string=_web_page([("plain", text) for text in texts], size, "0")).write_pdf()


def _web_page(found: list[Block], size: str, margin: str, *, pages: bool = False) -> str:
    rules = {"title": "font: 20pt Bold; text-align: center", "number": "text-align: center", "body": "text-indent: 2em"}
    rules |= {"small": "font-size: 10.5pt; margin-left: 2em; line-height: 15.5pt", "plain": ""}
    foot = (
        '@bottom-right { content: "共 " counter(pages) " 页　第 " counter(page) " 页"; font: 9pt Fang }'
        if pages
        else ""
    )
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url({(FONTS / file).as_uri()}) }}"
        for name, file in (("Fang", "fang.ttf"), ("Song", "song-light.ttf"), ("Bold", "song-bold.ttf"))
    )
    styles = "".join(f".{name} {{ {rule} }}" for name, rule in rules.items())
    body = "".join(f'<p class="{style}">{html.escape(text)}</p>' for style, text in found)
    return (
        f'<html lang="zh-CN"><style>{faces} @page {{ size: {size}; margin: {margin}; {foot} }}'
        f"body {{ font: {SIZE}pt/19.5pt Fang, Song; line-break: strict; text-align: justify; margin: 0 }} p {{ margin: 0 }}"
        f"{styles}</style><body>{body}</body></html>"
    )


def fpdf_notice(found: list[Block]) -> Maker:
    module = importlib.import_module("fpdf")

    def make(number: int) -> bytes:
        pdf = _fpdf(module, (595, 842), (87, 58))
        for style, text in numbered(found, number):
            size, face = (20, "bold") if style == "title" else (10.5 if style == "small" else SIZE, "fang")
            pdf.set_font(face, size=size)
            align = "C" if style in ("title", "number") else "J"
            pdf.multi_cell(0, size * 1.5, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode="WORD")
        return bytes(pdf.output())

    return make


def fpdf_column(texts: list[str], ems: int) -> bytes:
    pdf = _fpdf(importlib.import_module("fpdf"), (ems * SIZE, 40000), (0, 0))
    pdf.set_font("fang", size=SIZE)
    pdf.c_margin = 0
    for text in texts:
        pdf.multi_cell(0, 20, text, align="J", new_x="LMARGIN", new_y="NEXT", wrapmode="WORD")
    return bytes(pdf.output())


def _fpdf(module, size: tuple[float, float], margins: tuple[float, float]):  # type: ignore[no-untyped-def]
    pdf = module.FPDF(unit="pt", format=size)
    pdf.set_margins(*margins)
    pdf.set_auto_page_break(True, margins[1])
    for name, file in (("fang", "fang.ttf"), ("song", "song-light.ttf"), ("bold", "song-bold.ttf")):
        pdf.add_font(name, fname=FONTS / file)
    pdf.set_fallback_fonts(["song"])
    pdf.add_page()
    return pdf


def typst_notice(found: list[Block]) -> Maker:
    module = importlib.import_module("typst")
    head = '#set page(width: 595pt, height: 842pt, margin: (x: 87pt, y: 58pt), numbering: "1 / 1")\n'
    compiler = module.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)

    def make(number: int) -> bytes:
        body = "".join(_typst_block(style, text) for style, text in numbered(found, number))
        return compiler.compile((head + _typst_rules() + body).encode(), format="pdf")

    return make


def typst_column(texts: list[str], ems: int) -> bytes:
    module = importlib.import_module("typst")
    head = f"#set page(width: {ems * SIZE}pt, height: auto, margin: 0pt)\n"
    source = head + _typst_rules() + "".join(_typst_block("plain", text) for text in texts)
    return module.compile(source.encode(), font_paths=[str(FONTS)], format="pdf")


def _typst_rules() -> str:
    return f'#set text(lang: "zh", region: "cn", font: ("FandolFang R", "Noto Serif SC"), size: {SIZE}pt)\n#set par(justify: true)\n'


def _typst_block(style: str, text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    match style:
        case "title":
            return f"#align(center, text(size: 20pt, {quoted}))\n\n"
        case "number":
            return f"#align(center, text({quoted}))\n\n"
        case "small":
            return f"#pad(left: 24pt, text(size: 10.5pt, {quoted}))\n\n"
        case _:
            return f"#par[#text({quoted})]\n\n"


NOTICES: dict[str, Callable[[list[Block]], Maker]] = {
    "ours": ours_plain,
    "ours, PDF/A": ours_archive,
    "typst": typst_notice,
    "WeasyPrint": weasyprint_notice,
    "fpdf2": fpdf_notice,
}
COLUMNS = {"typst": typst_column, "WeasyPrint": weasyprint_column, "fpdf2": fpdf_column}


# What is measured.


def first_and_warm(engine: str) -> dict[str, float]:
    """In this process, which must be fresh: milliseconds from the first import to the first bytes, then warm."""
    found = [(style, text) for style, text in json.load(sys.stdin)]
    started = time.perf_counter()
    make = NOTICES[engine](found)
    data = make(1)
    first = time.perf_counter() - started
    warm = []
    for number in range(2, WARM_RUNS + 2):
        started = time.perf_counter()
        make(number)
        warm.append(time.perf_counter() - started)
    return {
        "first": first * 1000,
        "warm": statistics.median(warm) * 1000,
        "bytes": len(data),
        "pages": page_count(data),
    }


def page_count(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def measured(engine: str) -> dict[str, float] | str:
    """The median of several fresh processes, or why there is none."""
    runs = []
    command, given = [sys.executable, __file__, "--one", engine], json.dumps(blocks())
    for _ in range(FIRST_RUNS):
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1][:100] if done.stderr.strip() else "did not run"
        runs.append(json.loads(done.stdout))
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def line_corpus() -> list[str]:
    from test_line_breaks import paragraphs

    return paragraphs()


def broken_at(engine: str, texts: list[str], ems: int) -> list[list[int]]:
    """For every text the places at which the program ended a line."""
    if engine == "ours":
        from safetydesk.documents.typeset.lines import Setting, Span

        return [[line.next for line in Setting((Span(text),)).lines(ems * 1000)[:-1]] for text in texts]
    return [line_starts(text, lines) for text, lines in zip(texts, lines_of_column(engine, texts, ems), strict=True)]


def lines_of_column(engine: str, texts: list[str], ems: int) -> list[list[str]]:
    """The lines of every text as the page shows them: letters of one height belong together."""
    import pypdfium2

    with pypdfium2.PdfDocument(COLUMNS[engine](texts, ems)) as document:
        lines: list[str] = []
        for page in document:
            read = page.get_textpage().get_text_range()
            lines += [line for line in re.split("[\r\n]+", read) if line.strip()]
    found, rest = [], iter(lines)
    for text in texts:
        wanted, have, mine = _bare(text), "", []
        while len(have) < len(wanted):
            mine.append(next(rest))
            have += _bare(mine[-1])
        found.append(mine)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s|\u00ad|\u0002|\ufffe", "", text)


def line_starts(text: str, lines: list[str]) -> list[int]:
    """Where in the text each line but the first starts."""
    solid = [index for index, character in enumerate(text) if not character.isspace()]
    starts, at = [], 0
    for line in lines[:-1]:
        at += len(_bare(line))
        starts.append(solid[min(at, len(solid) - 1)])
    return starts


def faults(engine: str) -> dict[str, int] | str:
    """Bad line starts, bad line ends and torn numbers over all widths."""
    from uniseg.linebreak import line_break_breakables

    from safetydesk.documents.typeset.tailoring import GLUED, NO_END, NO_START

    texts = line_corpus()
    oracle = [list(line_break_breakables(text)) for text in texts]
    whole = [[match.span() for pattern in GLUED for match in pattern.finditer(text)] for text in texts]
    counts = {"lines": 0, "starts": 0, "ends": 0, "torn": 0}
    try:
        for ems in WIDTHS:
            for text, allowed, kept, ends in zip(texts, oracle, whole, broken_at(engine, texts, ems), strict=True):
                counts["lines"] += len(ends) + 1
                for at in ends:
                    before = text[:at].rstrip()[-1]
                    opener = before in "（《〈「『【〔“‘([{" or before in NO_END
                    torn = any(start < at < end for start, end in kept)
                    counts["torn"] += torn
                    counts["ends"] += opener
                    counts["starts"] += not opener and not torn and (not allowed[at] or text[at] in NO_START)
    except (ImportError, OSError, RuntimeError, StopIteration) as error:
        return f"{type(error).__name__}: {error}"[:100]
    return counts


def table() -> list[list[str]]:
    rows = [["program", "first ms", "warm ms", "bytes", "pages", "lines", "bad starts", "bad ends", "torn numbers"]]
    for engine in NOTICES:
        figures = measured(engine)
        if isinstance(figures, str):
            rows.append([engine, f"not measured: {figures}", *[""] * 7])
            continue
        row = [engine, *(f"{figures[key]:,.0f}" for key in ("first", "warm", "bytes", "pages"))]
        if engine in ("ours", *COLUMNS):
            found = faults(engine)
            row += [found, "", "", ""] if isinstance(found, str) else [f"{value:,}" for value in found.values()]
        else:
            row += ["as above", "", "", ""]
        rows.append(row)
    return rows


def main() -> int:
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=list(NOTICES), help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(first_and_warm(arguments.one)))
        return 0
    rows = table()
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    target = io.StringIO()
    for index, row in enumerate(rows):
        target.write("| " + " | ".join(row) + " |\n")
        if index == 0:
            target.write("| --- " + "| ---: " * (len(row) - 1) + "|\n")
    print(target.getvalue(), end="")
    budgets = ", ".join(f"{name} {value:,}" for name, value in BUDGETS.items())
    print(f"budgets: {budgets}; no bad start, end or torn number")
    return 0


if __name__ == "__main__":
    sys.exit(main())
