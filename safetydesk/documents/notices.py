"""The rectification notice (责令限期整改指令书) and its counterpart without power (限期整改意见书) as PDF.

The order of the blocks is that of the form; the sentences are data (resources/papers). `render_notice` is a pure
function: the same notice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from safetydesk.documents import wording
from safetydesk.documents.archive import to_archive
from safetydesk.documents.canonical import content_digest
from safetydesk.documents.checks import check_notice
from safetydesk.documents.clean import one_line, paragraphs
from safetydesk.documents.content import BadgeKind, Basis, Finding, Notice, NoticeKind, Power, RenderedPaper, Signer
from safetydesk.documents.forms import (
    BODY_SIZE,
    COLUMN,
    FOOT_RULE,
    LEFT,
    SMALL_SIZE,
    TOP,
    Cell,
    draw_continued_head,
    draw_foot,
    draw_text,
    field_row,
    paragraph,
    right_rows,
    small_paragraph,
    title_rows,
)
from safetydesk.documents.plates import plate_pages
from safetydesk.documents.qr import SIDE, draw_qr
from safetydesk.documents.typeset.faces import Style
from safetydesk.documents.typeset.flow import Align, Row, draw_rows, gap, paginate
from safetydesk.documents.typeset.ink import Facts, Ink, Sheet
from safetydesk.documents.typeset.lines import Span, blank
from safetydesk.documents.wording import Value

LAYOUT: Final = "notice-1"
"""Rises whenever the same content would give other bytes."""

_PRODUCER: Final = "SafetyDesk"
_STRIP_HEIGHT: Final = 2 * 19.0 + 8.0
_BODY_BOTTOM: Final = FOOT_RULE + 8.0
_CONTINUED_TOP: Final = TOP - 26
_UNVERIFIED: Final = "（待核）"
_DATE_BLANK: Final = "　　　年　　月　　日"
_INSPECTORS: Final = 2  # 行政处罚法（2021）第四十二条
_QR_HINT: Final = "扫码核验"


def render_notice(notice: Notice) -> RenderedPaper:
    """The paper as an archival PDF (PDF/A-2b).

    Raises NotEmpowered, PaperIncomplete, PaperTooLong, MissingGlyphs (before anything is drawn),
    PhotoUnprintable; PaperWordingBroken or FontBroken in a damaged installation.
    """
    plain = layout_notice(notice)
    return RenderedPaper(to_archive(plain.pdf, facts(notice), content_digest(notice)), plain.pages, LAYOUT)


def layout_notice(notice: Notice) -> RenderedPaper:
    """The paper as a plain PDF, for a quick preview. Raises what `render_notice` raises."""
    check_notice(notice)
    return _Layout(notice).rendered()


def facts(notice: Notice) -> Facts:
    """What the file says of itself."""
    return Facts(
        title=f"{_sentence(notice, 'title')} {one_line(notice.number)}",
        author=_issuer(notice) or one_line(notice.issuing_unit),
        subject=one_line(notice.enterprise.name),
        producer=f"{_PRODUCER} {LAYOUT}",
        dated=notice.issued_on,
    )


def chinese_date(day: date) -> str:
    """2026年3月5日: Arabic digits, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _sentence(notice: Notice, key: str) -> str:
    return wording.sentence(notice.kind, key, notice.power, notice.province).text


def _text_or_none(text: str | None) -> str | None:
    return (one_line(text) or None) if text is not None else None


def _issuer(notice: Notice) -> str | None:
    """In whose name the paper goes out; None where the delegating authority was not given."""
    if notice.kind is NoticeKind.RECTIFICATION and notice.power is Power.DELEGATED:
        return _text_or_none(notice.delegating_authority)
    return one_line(notice.issuing_unit)


def _ordinals(numbers: Sequence[int]) -> str:
    """1、2、5; three or more in a row as 1至3."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


class _Layout:
    """One notice on its way to pages."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.title = _sentence(notice, "title")
        self.number = one_line(notice.number)
        self.values = self._values()

    def _values(self) -> dict[str, Value]:
        notice = self.notice
        numbers = [finding.ordinal for finding in notice.findings]
        remedy = notice.remedy
        unit = one_line(notice.issuing_unit)
        return {
            "inspected_on": Value(chinese_date(notice.inspected_on)),
            "unit": Value(unit),
            "issuer": Value(_issuer(notice), ems=12),
            "items": Value(f"第{_ordinals(numbers)}项"),
            "due_on": Value(chinese_date(min(finding.due_on for finding in notice.findings)), underlined=True),
            "organ": Value(_text_or_none(remedy.reconsideration_organ) if remedy else None, True, 11),
            "court": Value(_text_or_none(remedy.court) if remedy else None, True, 11),
            "bureau": Value(_text_or_none(notice.reporting_authority), True, 11),
            "copies": Value(_count_word(notice.copies)),
            "keeper": Value(_issuer(notice) or unit),
            "others": Value("，其余附卷" if notice.copies > 2 else ""),
        }

    def _order(self) -> str:
        """Which sentence orders: one term for all is said in it, several are left to the problems."""
        terms = {finding.due_on for finding in self.notice.findings}
        if terms == {self.notice.inspected_on}:
            return "order_at_once"
        return "order_single" if len(terms) == 1 else "order_each"

    def _filled(self, key: str, **values: Value) -> tuple[Span, ...]:
        return wording.fill(_sentence(self.notice, key), self.values | values)

    def rendered(self) -> RenderedPaper:
        pages = self._text_pages()
        plates = self._plate_pages()
        ink = Ink()
        total = len(pages) + len(plates)
        for index, rows in enumerate(pages):
            sheet = self._sheet(ink, index, total, last=index == len(pages) - 1)
            draw_rows(sheet, rows, LEFT, TOP if index == 0 else _CONTINUED_TOP)
        for index, rows in enumerate(plates, start=len(pages)):
            sheet = self._sheet(ink, index, total, last=False)
            draw_text(sheet, "附件：现场照片", LEFT, _CONTINUED_TOP - 14, BODY_SIZE, Align.LEFT)
            draw_rows(sheet, rows, LEFT, _CONTINUED_TOP - 28)
        return RenderedPaper(ink.pdf(facts(self.notice)), total, LAYOUT)

    def _sheet(self, ink: Ink, index: int, total: int, *, last: bool) -> Sheet:
        """A page with what stands on every page: its head, its foot, and the signatures unless they follow the text."""
        sheet = ink.new_sheet()
        if index > 0:
            draw_continued_head(sheet, f"{self.title}（续页）", self.number)
        elif self.notice.qr:
            left = LEFT + COLUMN - SIDE + 8
            draw_qr(sheet, self.notice.qr, left, TOP - SIDE + 12)
            draw_text(sheet, _QR_HINT, left + SIDE / 2, TOP - SIDE + 6, 7.5, Align.CENTRE)
        draw_foot(sheet, [span.text for span in self._filled("copies")], index + 1, total)
        if not last:
            draw_rows(sheet, self._signature_strip(), LEFT, _BODY_BOTTOM + _STRIP_HEIGHT - 4.0)
        return sheet

    def _text_pages(self) -> list[list[Row]]:
        rows = title_rows(_sentence(self.notice, "category"), self.title, self.number)
        rows += self._addressee()
        rows += paragraph(*self._filled("opening"), keep=True)
        for finding in self.notice.findings:
            rows += self._problem(finding)
        rows += self._after_problems()
        first = TOP - _BODY_BOTTOM - _STRIP_HEIGHT
        later = _CONTINUED_TOP - _BODY_BOTTOM - _STRIP_HEIGHT
        return paginate(rows, self._signatures(), first, later, _STRIP_HEIGHT)

    def _addressee(self) -> list[Row]:
        enterprise = self.notice.enterprise
        rows = paragraph(Span(one_line(enterprise.name), underlined=True), Span("："), indent=0, keep=True)
        code = 21.5 * SMALL_SIZE
        principal = enterprise.legal_person or enterprise.principal
        rows.append(gap(2.0, may_end_page=False))
        for cells in (
            (
                Cell("统一社会信用代码：", _text_or_none(enterprise.uscc), code),
                Cell("法定代表人（负责人）：", _text_or_none(principal), COLUMN - code),
            ),
            (
                Cell("地址：", _text_or_none(enterprise.address), COLUMN - 13 * SMALL_SIZE),
                Cell("电话：", _text_or_none(enterprise.phone), 13 * SMALL_SIZE),
            ),
        ):
            rows.append(field_row(cells, SMALL_SIZE, 17.0))
        rows.append(gap(5.0, may_end_page=False))
        return rows

    def _problem(self, finding: Finding) -> list[Row]:
        """One problem: what was seen in 小四, and below it deadline, measure and basis in 五号."""
        place = f"{one_line(finding.place)}：" if finding.place and one_line(finding.place) else ""
        first, *further = paragraphs(finding.text)
        rows = paragraph(Span(f"{finding.ordinal}．{place}{first}"), keep=True)
        for text in further:
            rows += paragraph(Span(text), keep=True)
        rows += small_paragraph(*self._details(finding), indent=2 * BODY_SIZE / SMALL_SIZE)
        rows.append(gap(3.0))
        return rows

    def _details(self, finding: Finding) -> list[Span]:
        at_once = finding.due_on == self.notice.inspected_on
        due = "立即整改" if at_once else f"{chinese_date(finding.due_on)}前"
        spans = [_label("整改期限："), Span(due, underlined=True), Span("。")]
        if measure := _text_or_none(finding.measure):
            ordered = self.notice.kind is NoticeKind.RECTIFICATION  # who has no power to order only advises
            spans += [_label("整改要求：" if ordered else "整改建议："), Span(_as_sentence(measure))]
        spans += _basis(finding.basis)
        if finding.major:
            criterion = (_text_or_none(finding.criterion) or "").rstrip("。")
            spans += [Span("疑似重大事故隐患", Style.HEADING)]
            spans += [Span(f"（判定标准：{criterion}）。" if criterion else "。")]
        if finding.photos:
            spans += [_label("照片："), Span(f"{_ordinals(finding.photos)}。")]
        return [span for span in spans if span.text]

    def _after_problems(self) -> list[Row]:
        notice = self.notice
        rows = [gap(3.0)]
        majors = [finding.ordinal for finding in notice.findings if finding.major]
        if majors:
            rows += paragraph(*self._filled("major", items=Value(_ordinals(majors))))
        rows += paragraph(*self._filled(self._order()))
        rows += paragraph(*self._filled("safety"))
        rows += paragraph(*self._filled("remedy" if notice.kind is NoticeKind.RECTIFICATION else "consequence"))
        return rows

    def _plate_pages(self) -> list[list[Row]]:
        findings = {ordinal: finding.ordinal for finding in self.notice.findings for ordinal in finding.photos}
        notes = [
            f"对应第{findings[plate.ordinal]}项" if plate.ordinal in findings else "" for plate in self.notice.photos
        ]
        height = _CONTINUED_TOP - 28 - _BODY_BOTTOM - _STRIP_HEIGHT
        return plate_pages(self.notice.photos, notes, self.notice.photos_per_page, height)

    def _signatures(self) -> list[Row]:
        """Inspectors with their badges, the enterprise's representative, the unit with its seal, the date."""
        word = _sentence(self.notice, "inspector")
        rows = [gap(10.0, may_end_page=False)]
        signers = self.notice.inspectors
        if len(signers) < _INSPECTORS:
            signers = (*signers, Signer("", None, signers[0].badge_kind))
        for signer in signers:
            name = Cell(f"{word}：", _text_or_none(signer.name), 10.5 * BODY_SIZE)
            number = Cell(_badge_label(signer), _text_or_none(signer.badge), 13.5 * BODY_SIZE)
            rows.append(field_row((name, number, Cell("签名：", None, 11 * BODY_SIZE)), leading=23.0))
        label = f"{_sentence(self.notice, 'representative')}："
        half = 19 * BODY_SIZE
        name = Cell(label, _text_or_none(self.notice.representative), half)
        rows.append(field_row((name, Cell("签名：", None, COLUMN - half)), leading=23.0))
        nothing = Cell("", None, half, ruled=False)
        rows.append(field_row((nothing, Cell("日期：", _DATE_BLANK, COLUMN - half, ruled=False)), leading=23.0))
        rows.append(gap(16.0, may_end_page=False))
        issuer = _issuer(self.notice)
        rows += right_rows(Span(issuer) if issuer else blank(12), Span(_sentence(self.notice, "seal")), set_in=3)
        rows += right_rows(Span(chinese_date(self.notice.issued_on)), set_in=4)
        rows.append(gap(14.0))
        return rows

    def _signature_strip(self) -> list[Row]:
        """The signatures again, small, for pages that are not the last of the text."""
        word = _sentence(self.notice, "inspector")
        size, leading = 10.0, 19.0
        first = [Cell(f"{word}签名：", None, COLUMN / 2), Cell(f"{word}签名：", None, COLUMN / 2)]
        label = f"{_sentence(self.notice, 'representative')}签名："
        second = [Cell(label, None, COLUMN / 2), Cell("日期：", _DATE_BLANK, COLUMN / 2, ruled=False)]
        return [field_row(first, size, leading), field_row(second, size, leading)]


def _basis(basis: Sequence[Basis]) -> list[Span]:
    """Each law once with its articles; what nobody has seen is marked, small."""
    spans: list[Span] = []
    for law in basis:
        spans += [Span("；") if spans else _label("依据："), Span(one_line(law.law))]
        if not law.articles and not law.verified:
            spans.append(Span(_UNVERIFIED, scale=800))
        for place, article in enumerate(law.articles):
            spans.append(Span(("、" if place else "") + one_line(article.text)))
            if not (article.verified and law.verified):
                spans.append(Span(_UNVERIFIED, scale=800))
    return [*spans, Span("。")] if spans else []


def _label(text: str) -> Span:
    return Span(text, Style.HEADING, sticky=True)


def _badge_label(signer: Signer) -> str:
    return "执法证号：" if signer.badge_kind is BadgeKind.ENFORCEMENT else "工作证号："


def _as_sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"


def _count_word(count: int) -> str:
    """两份、三份: Chinese up to ten."""
    words = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
    return words[count] if count < len(words) else str(count)
