"""The finished file, read back by other programs: fonts, text, pages, code, archive, repeatability."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from notice_samples import INSPECTED_ON, advice, finding, jpeg, plates, rectification

from safetydesk.documents.content import Article, BadgeKind, Basis, Enterprise, Notice, Plate, Power, Signer
from safetydesk.documents.errors import MissingGlyphs, PhotoUnprintable
from safetydesk.documents.forms import FOOT_RULE, TOP
from safetydesk.documents.notices import layout_notice, render_notice

BODY_LEFT, BODY_RIGHT = 80, 515


def pages_text(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [document[index].get_textpage().get_text_range() for index in range(len(document))]


def body_text(pdf: bytes) -> str:
    """The text between head and foot of all pages, without line ends: a finding may go over a page."""
    parts = []
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            top = TOP + 20 if index == 0 else TOP - 20
            bounds = {"left": BODY_LEFT, "right": BODY_RIGHT, "top": top, "bottom": FOOT_RULE + 52}
            parts.append(document[index].get_textpage().get_text_bounded(**bounds))
    return re.sub("[\r\n]", "", "".join(parts))


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = {name: font for page in pdf.pages for name, font in page.Resources.get("/Font", {}).items()}
    return list(found.values())


@pytest.fixture(scope="module")
def ten_findings() -> bytes:
    return render_notice(rectification(10, photos=plates(3))).pdf


def test_a_notice_of_ten_findings_has_two_pages_and_its_budget_of_bytes():
    paper = render_notice(rectification(10))
    assert paper.pages == 2
    assert len(paper.pdf) <= 170 * 1024


def test_every_font_is_embedded_and_subset_and_nothing_else_is_named(ten_findings: bytes):
    with pikepdf.open(io.BytesIO(ten_findings)) as pdf:
        fonts = fonts_of(pdf)
        assert len(fonts) >= 2
        for font in fonts:
            descendant = font.DescendantFonts[0]
            assert re.fullmatch(r"/[A-Z]{6}\+[\w-]+", str(font.BaseFont))
            assert len(bytes(descendant.FontDescriptor.FontFile2.read_bytes())) > 100
            assert "/ToUnicode" in font
    assert b"Helvetica" not in ten_findings


def test_widths_in_the_file_are_those_of_the_embedded_face(ten_findings: bytes):
    """PDF/A asks for it; a viewer would otherwise place letters differently than the printer."""
    with pikepdf.open(io.BytesIO(ten_findings)) as pdf:
        for font in fonts_of(pdf):
            descendant = font.DescendantFonts[0]
            data = bytes(descendant.FontDescriptor.FontFile2.read_bytes())
            stated = {}
            entries = list(descendant.W)
            for first, widths in zip(entries[::2], entries[1::2], strict=True):
                stated |= {int(first) + offset: int(width) for offset, width in enumerate(widths)}
            advances = _advances(data)
            used = _codes_with_text(font)
            assert all(stated.get(code, 1000) == advances[code] for code in used)


def _advances(data: bytes) -> list[int]:
    tables = {}
    for index in range(int.from_bytes(data[4:6], "big")):
        record = data[12 + 16 * index : 28 + 16 * index]
        tables[record[:4]] = int.from_bytes(record[8:12], "big")
    count = int.from_bytes(data[tables[b"hhea"] + 34 : tables[b"hhea"] + 36], "big")
    start = tables[b"hmtx"]
    return [int.from_bytes(data[start + 4 * index : start + 4 * index + 2], "big") for index in range(count)]


def _codes_with_text(font: pikepdf.Object) -> set[int]:
    return {int(code, 16) for code in re.findall(r"<([0-9A-F]{4})> <[0-9a-f]+>", font.ToUnicode.read_bytes().decode())}


def test_no_page_uses_the_glyph_for_missing_characters(ten_findings: bytes):
    with pikepdf.open(io.BytesIO(ten_findings)) as pdf:
        for page in pdf.pages:
            strings = re.findall(rb"<([0-9A-F]+)>", page.Contents.read_bytes())
            codes = [text[at : at + 4] for text in strings for at in range(0, len(text), 4)]
            assert codes
            assert b"0000" not in codes


@pytest.mark.parametrize("count", [1, 2, 7, 10, 23, 60])
def test_every_finding_comes_back_word_for_word(count: int):
    notice = rectification(count)
    text = body_text(render_notice(notice).pdf)
    for one in notice.findings:
        assert f"{one.ordinal}．{one.place}：{one.text}" in text
        assert one.measure is not None
        assert one.measure in text
        assert one.basis
        assert one.basis[0].law + one.basis[0].articles[0].text in text


def test_the_facts_of_the_notice_come_back_word_for_word():
    notice = rectification(2)
    text = body_text(render_notice(notice).pdf)
    enterprise = notice.enterprise
    for part in (
        notice.number,
        f"{enterprise.name}：",
        enterprise.uscc,
        enterprise.address,
        enterprise.phone,
        "沈一鸣",
    ):
        assert part is not None
        assert part in text


def test_spaces_at_line_ends_come_back_so_that_words_stay_apart():
    words = " ".join(["pressure relief valve of vessel"] * 12)
    text = body_text(render_notice(rectification(1, findings=(finding(1, text=words, place=None),))).pdf)
    assert words in text


def test_the_blocks_stand_in_the_order_of_the_form():
    text = body_text(render_notice(rectification(3)).pdf)
    order = [
        "安全生产行政执法文书",
        "责令限期整改指令书",
        "（越）应急责改〔2026〕3号",
        "越州云溪梧桐木业有限公司：",
        "1．",
        "2．",
        "3．",
        "上列第1项为疑似重大事故隐患，须由有权部门或专家认定",
        "现责令你单位",
        "整改期间",
        "六十日内向越州市人民政府申请行政复议",
        "六个月内依法向越州市人民法院提起行政诉讼",
        "执法人员：沈一鸣",
        "33060012345",
        "执法人员：上官若水",
        "被检查单位负责人",
        "云溪镇人民政府（印章）",
        "2026年11月21日",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_advice_neither_orders_nor_threatens_nor_names_a_remedy():
    text = "".join(pages_text(render_notice(advice(4)).pdf))
    for word in ("责令", "处罚", "行政复议", "诉讼", "执法人员", "追究"):
        assert word not in text
    flat = re.sub("[\r\n]", "", text)
    assert "要求你单位" in flat
    assert "将向越州市应急管理局报告" in flat
    assert "一份由云溪镇应急管理办公室备案，一份交被检查单位" in flat


def test_under_delegation_the_paper_goes_out_in_the_name_of_the_authority():
    notice = rectification(1, power=Power.DELEGATED, delegating_authority="越州市应急管理局")
    text = body_text(render_notice(notice).pdf)
    assert "云溪镇人民政府受越州市应急管理局委托" in text
    assert "越州市应急管理局（印章）" in text


def test_what_is_not_known_is_a_ruled_blank():
    known = rectification(1)
    unknown = replace(known, remedy=None, enterprise=Enterprise("越州云溪梧桐木业有限公司"))
    assert _rules(unknown) > _rules(known)
    assert "日内向申请行政复议" in body_text(render_notice(unknown).pdf)


def _rules(notice: Notice) -> int:
    with pikepdf.open(io.BytesIO(render_notice(notice).pdf)) as pdf:
        return sum(len(re.findall(rb" 0\.50 re f", page.Contents.read_bytes())) for page in pdf.pages)


def test_each_law_stands_once_and_only_what_nobody_has_seen_is_marked():
    seen, unseen = Article("第六条", True), Article("第十一条", False)
    basis = (
        Basis("《某规定》", (seen, unseen, seen), True),
        Basis("《某标准》", (), False),
        Basis("《某法》", (seen,), True),
    )
    text = body_text(render_notice(rectification(1, findings=(finding(1, basis=basis),))).pdf)
    assert "依据：《某规定》第六条、第十一条（待核）、第六条；《某标准》（待核）；《某法》第六条。" in text


def test_what_is_due_on_the_day_of_the_check_is_to_be_mended_at_once():
    notice = rectification(2, findings=(finding(1, due_on=INSPECTED_ON), finding(2)))
    text = body_text(render_notice(notice).pdf)
    assert "整改期限：立即整改。" in text


LATER, LATEST = date(2026, 12, 1), date(2026, 12, 20)
AT_ONCE = INSPECTED_ON
FORMS = [
    (rectification, "default", "现责令你单位", "整改期间"),
    (advice, "default", "现要求你单位", "整改期间"),
    (advice, "zhejiang", "现督促你单位", "整改期间"),
]


def order_of(
    form: Callable[..., Notice], province: str, begin: str, end: str, due: tuple[date, ...], power: Power | None = None
) -> str:
    """The sentence that orders or asks, of a notice whose problems are due on these days."""
    findings = tuple(finding(number, due_on=day) for number, day in enumerate(due, start=1))
    notice = form(len(due), findings=findings, province=province)
    text = body_text(render_notice(replace(notice, power=power or notice.power)).pdf)
    return text[text.index(begin) : text.rindex(end)]


@pytest.mark.parametrize(("form", "province", "begin", "end"), FORMS)
@pytest.mark.parametrize("due", [(AT_ONCE,), (AT_ONCE, AT_ONCE, AT_ONCE), (LATER,), (LATER, LATER)])
def test_one_term_for_all_is_said_in_one_sentence(
    form: Callable[..., Notice], province: str, begin: str, end: str, due: tuple[date, ...]
):
    order = order_of(form, province, begin, end, due)
    assert "分别" not in order
    assert "各项" not in order
    assert ("立即整改完毕" in order or "立即改正完毕" in order) == (due[0] == AT_ONCE)
    assert ("2026年" in order) == (due[0] != AT_ONCE)
    assert ("于2026年12月1日前" in order) == (due[0] == LATER)
    items = {1: "第1项", 2: "第1、2项", 3: "第1至3项"}[len(due)]
    assert f"对上列{items}问题" in order


@pytest.mark.parametrize(("form", "province", "begin", "end"), FORMS)
@pytest.mark.parametrize("due", [(AT_ONCE, LATER), (LATER, LATEST), (LATER, AT_ONCE, LATEST)])
def test_different_terms_are_left_to_the_problems_that_name_them(
    form: Callable[..., Notice], province: str, begin: str, end: str, due: tuple[date, ...]
):
    order = order_of(form, province, begin, end, due)
    assert "分别按照各项载明的期限" in order
    assert "2026年" not in order
    assert "期限前" not in order, "an item that is due at once names no day"


@pytest.mark.parametrize("power", [Power.FULL, Power.DELEGATED])
def test_no_power_orders_a_single_problem_item_by_item(power: Power):
    form, province, begin, end = FORMS[0]
    order = order_of(form, province, begin, end, (AT_ONCE,), power)
    assert "对上列第1项问题，立即整改完毕" in order


def test_every_page_has_signatures_number_and_its_count():
    notice = rectification(25, photos=plates(5))
    texts = pages_text(render_notice(notice).pdf)
    assert len(texts) > 3
    for page, text in enumerate(texts, start=1):
        assert notice.number in text
        assert f"共 {len(texts)} 页\u3000第 {page} 页" in text
        assert text.count("执法人员") >= 2
        assert "被检查单位负责人" in text
        assert "日期：" in text
        assert ("责令限期整改指令书（续页）" in text) == (page > 1)


def test_the_signatures_never_stand_on_a_page_without_text():
    for count in range(1, 31):
        paper = render_notice(rectification(count))
        last = pages_text(paper.pdf)[-1]
        if paper.pages > 1:
            assert "法律另有规定的除外。" in last, count


def test_a_second_inspector_who_is_not_known_yet_has_a_blank_row():
    text = body_text(render_notice(rectification(1, inspectors=(Signer("沈一鸣", "33060012345"),))).pdf)
    assert text.count("执法证号：") == 2
    assert text.count("沈一鸣") == 1


def test_long_names_and_many_inspectors_are_printed_whole():
    name = "越州市云溪镇" + "东方恒泰新材料科技股份有限公司精密机械零部件制造分公司第二生产基地" * 3
    signers = tuple(Signer(f"买合木提江·阿卜杜热合曼{n}", f"3306001234567890{n}", BadgeKind.WORK) for n in range(1, 5))
    text = body_text(render_notice(advice(1, enterprise=Enterprise(name), inspectors=signers)).pdf)
    assert f"{name}：" in text
    for signer in signers:
        assert signer.badge is not None
        assert signer.badge in text.replace(" ", "")


def test_rare_characters_of_names_are_printed_and_come_back():
    notice = rectification(1, enterprise=Enterprise("喆堃㛃𬭎机械厂", legal_person="𠀁𪚥"))
    with pytest.raises(MissingGlyphs) as refused:
        render_notice(notice)
    named = {glyph.code_point for glyph in refused.value.glyphs}
    assert named == {"U+20001", "U+2A6A5"}
    printable = replace(notice, enterprise=replace(notice.enterprise, legal_person="𬭎喆"))
    assert "喆堃㛃𬭎机械厂：" in body_text(render_notice(printable).pdf)


def test_a_missing_character_is_named_with_code_point_and_place_before_anything_is_drawn():
    notice = rectification(3)
    broken = replace(notice, findings=(*notice.findings[:2], finding(3, measure="更换\U0001f6e2油桶\u0e01")))
    with pytest.raises(MissingGlyphs) as refused:
        render_notice(broken)
    assert [(glyph.code_point, glyph.place) for glyph in refused.value.glyphs] == [
        ("U+1F6E2", "问题3的整改要求"),
        ("U+0E01", "问题3的整改要求"),
    ]
    assert "U+0E01" in str(refused.value.facts["listed"])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<b>粗</b> &amp; <script>", "<b>粗</b> &amp; <script>"),
        ("甲\x00乙\x07丙\u202e丁\u200b戊", "甲乙丙丁戊"),
        ("甲\t\t乙", "甲 乙"),
        ("%PDF-1.4 (未完) \\) endstream", "%PDF-1.4 (未完) \\) endstream"),
        ("cafe\u0301", "café"),
        ("{inspected_on}{organ}", "{inspected_on}{organ}"),
    ],
)
def test_text_from_people_is_never_markup(typed: str, printed: str):
    text = body_text(render_notice(rectification(1, findings=(finding(1, text=typed, place=None),))).pdf)
    assert f"1．{printed}整改期限" in text


def test_lines_that_a_person_typed_stay_lines():
    text = "".join(
        pages_text(render_notice(rectification(1, findings=(finding(1, text="第一行\r\n第二行\n\n第三行"),))).pdf)
    )
    assert "第一行\r\n第二行\r\n第三行" in text


def test_a_finding_of_ten_thousand_characters_goes_over_pages_and_loses_nothing():
    long = "".join(f"第{number}处积尘，厚{number % 90}.5 mm。" for number in range(800))[:9_999]
    paper = render_notice(rectification(1, findings=(finding(1, text=long, place=None),)))
    assert paper.pages > 5
    assert long in body_text(paper.pdf)


def test_a_string_without_spaces_is_broken_inside_the_page():
    long = "A" * 400
    paper = render_notice(rectification(1, findings=(finding(1, text=long, place=None),)))
    with pypdfium2.PdfDocument(paper.pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    assert max(box[2] for box in boxes) <= BODY_RIGHT
    assert long in body_text(paper.pdf)


def test_the_qr_code_is_read_back_from_the_page(ten_findings: bytes):
    with pypdfium2.PdfDocument(ten_findings) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    codes = zxingcpp.read_barcodes(image)
    assert [code.text for code in codes] == [rectification().qr]


def test_the_same_notice_gives_the_same_bytes_and_another_one_does_not():
    notice = rectification(5, photos=plates(2))
    assert render_notice(notice).pdf == render_notice(notice).pdf
    assert render_notice(notice).pdf != render_notice(replace(notice, issued_on=date(2026, 11, 22))).pdf


def test_bytes_do_not_depend_on_the_clock():
    """Papers are made until the second has changed: whatever takes the time into the file shows."""
    started, made = int(time.time()), set()
    while int(time.time()) < started + 2:
        made.add(render_notice(rectification(1)).pdf)
    assert len(made) == 1


def test_bytes_do_not_depend_on_the_process(tmp_path: Path):
    """A hash seed or an order of a set would show between two processes."""
    import sys

    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from notice_samples import rectification; from safetydesk.documents.notices import render_notice;"
        "print(hashlib.sha256(render_notice(rectification(4)).pdf).hexdigest())"
    )
    here = str(Path(__file__).parent)
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, here],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_the_archive_says_what_it_is_and_has_an_output_intent_and_an_id(ten_findings: bytes):
    with pikepdf.open(io.BytesIO(ten_findings)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
        assert "2026-11-21T00:00:00+08:00" in metadata
        intent = pdf.Root.OutputIntents[0]
        assert intent.S == pikepdf.Name.GTS_PDFA1
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert [len(bytes(half)) for half in pdf.trailer.ID] == [16, 16]
        assert str(pdf.docinfo["/Title"]) in metadata
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261121000000+08'00'"
        assert "/Encrypt" not in pdf.trailer


def test_metadata_with_angle_brackets_stays_well_formed():
    from xml.etree.ElementTree import fromstring

    pdf = render_notice(rectification(1, enterprise=Enterprise("甲<乙>&“丙”厂"))).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fromstring(opened.Root.Metadata.read_bytes())


def test_photos_are_printed_upright_without_their_place_of_taking():
    turned = Plate(1, jpeg(320, 200, orientation=6))
    plain = Plate(2, jpeg(320, 200, orientation=1))
    pdf = render_notice(rectification(1, photos=(turned, plain))).pdf
    assert b"GEHEIM" not in pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = {(int(image.Width), int(image.Height)) for page in opened.pages for image in page.get_images().values()}
    assert sizes == {(200, 320), (320, 200)}


@pytest.mark.parametrize("per_page", [2, 4])
def test_photos_are_captioned_and_name_their_finding(per_page: int):
    photos = plates(5)
    findings = (finding(1, photos=(1, 2)), finding(2, photos=(5,)))
    paper = render_notice(rectification(2, findings=findings, photos=photos, photos_per_page=per_page))
    texts = pages_text(paper.pdf)
    annex = [text for text in texts if "附件：现场照片" in text]
    assert len(annex) == -(-5 // per_page)
    flat = re.sub("[\r\n]", "", "".join(annex))
    assert "照片1\u3000对应第1项" in flat
    assert "照片5\u3000对应第2项" in flat
    assert "照片：1、2。" in body_text(paper.pdf)


@pytest.mark.parametrize("data", [b"", b"no picture", jpeg()[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_a_photo_that_is_no_picture_is_refused_by_its_number(data: bytes):
    with pytest.raises(PhotoUnprintable) as refused:
        render_notice(rectification(1, photos=(Plate(7, data),)))
    assert refused.value.facts == {"ordinal": 7}


def test_grey_and_cmyk_photos_are_printed():
    photos = (Plate(1, jpeg(mode="L")), Plate(2, jpeg(mode="CMYK")))
    with pikepdf.open(io.BytesIO(render_notice(rectification(1, photos=photos)).pdf)) as pdf:
        spaces = {str(image.ColorSpace) for page in pdf.pages for image in page.get_images().values()}
    assert spaces == {"/DeviceGray", "/DeviceRGB"}


def test_the_preview_has_the_same_pages_as_the_archive():
    notice = rectification(6)
    preview, archived = layout_notice(notice), render_notice(notice)
    assert preview.pages == archived.pages
    assert pages_text(preview.pdf) == pages_text(archived.pdf)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(ten_findings: bytes, tmp_path: Path):
    path = tmp_path / "通知.pdf"
    path.write_bytes(ten_findings)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_the_findings_word_for_word(tmp_path: Path):
    notice = rectification(10)
    path = tmp_path / "通知.pdf"
    path.write_bytes(render_notice(notice).pdf)
    read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    assert read.stderr == ""
    text = re.sub(r"\s", "", read.stdout)  # it takes the gaps of a stretched line for spaces
    missing = [one.text for one in notice.findings if re.sub(r"\s", "", one.text) not in text]
    assert not missing
