"""What a notice must hold before a page is made of it: bounds, the form's own rules, a glyph for every character."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safetydesk.documents.clean import is_empty, one_line
from safetydesk.documents.content import Notice, NoticeKind
from safetydesk.documents.errors import (
    MissingGlyph,
    MissingGlyphs,
    PaperIncomplete,
    PaperTooLong,
)
from safetydesk.documents.typeset.faces import Style
from safetydesk.documents.typeset.glyphs import glyph
from safetydesk.domain.kinds import PaperKind
from safetydesk.domain.numbering import check_power

MOST_FINDINGS: Final = 200
MOST_PHOTOS: Final = 200
MOST_CHARACTERS: Final = 200_000
LONGEST_FIELD: Final = 500
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 20_000
MOST_NAMED: Final = 50
"""So many missing characters are named; a text in a foreign script would have thousands."""

_NAMES: Final = frozenset({"文号", "检查单位", "委托机关", "上级部门", "复议机关", "受理法院", "被检查单位负责人"})
"""What stands in a line of its own or at the foot of the page."""


def check_notice(notice: Notice) -> None:
    """Raises NotEmpowered, PaperIncomplete, PaperTooLong or MissingGlyphs, in this order."""
    check_power(PaperKind(notice.kind), notice.power)
    _check_fields(notice)
    _check_lengths(notice)
    check_glyphs(notice)


def _check_fields(notice: Notice) -> None:
    needed = {"文号": notice.number, "检查单位": notice.issuing_unit, "被检查单位": notice.enterprise.name}
    for field, value in needed.items():
        if is_empty(value):
            raise PaperIncomplete(field=field, reason="没有填写")
    if not notice.findings:
        raise PaperIncomplete(field="问题", reason="一条也没有")
    if notice.issued_on < notice.inspected_on:
        raise PaperIncomplete(field="文书日期", reason="早于检查日期")
    for finding in notice.findings:
        if is_empty(finding.text):
            raise PaperIncomplete(field=f"问题{finding.ordinal}", reason="没有写明问题")
        if finding.due_on < notice.inspected_on:
            raise PaperIncomplete(field=f"问题{finding.ordinal}的整改期限", reason="早于检查日期")
    for what, ordinals in (
        ("问题", [finding.ordinal for finding in notice.findings]),
        ("照片", [plate.ordinal for plate in notice.photos]),
    ):
        if len(set(ordinals)) != len(ordinals):
            raise PaperIncomplete(field=f"{what}的序号", reason="有重复")
    if not notice.inspectors or is_empty(notice.inspectors[0].name):
        raise PaperIncomplete(field=inspector_word(notice), reason="一人也没有")
    if notice.copies < 1 or notice.photos_per_page not in (2, 4):
        raise PaperIncomplete(field="份数或每页照片数", reason="不在可选值之内")


def inspector_word(notice: Notice) -> str:
    """What inspectors are called: only those with power enforce."""
    return "执法人员" if notice.kind is NoticeKind.RECTIFICATION else "检查人员"


def _check_lengths(notice: Notice) -> None:
    for what, limit, found in (
        ("问题", MOST_FINDINGS, len(notice.findings)),
        ("照片", MOST_PHOTOS, len(notice.photos)),
        ("签名人员", 6, len(notice.inspectors)),
    ):
        if found > limit:
            raise PaperTooLong(what=what, limit=limit, found=found)
    total = 0
    for place, text in texts(notice):
        limit = LONGEST_TEXT if place.startswith("问题") else LONGEST_NAME if place in _NAMES else LONGEST_FIELD
        if len(text) > limit:
            raise PaperTooLong(what=place, limit=limit, found=len(text))
        total += len(text)
    if total > MOST_CHARACTERS:
        raise PaperTooLong(what="全文", limit=MOST_CHARACTERS, found=total)


def check_glyphs(notice: Notice) -> None:
    """Raises MissingGlyphs with every character that no face has, each with the first place where it stands."""
    missing: dict[str, MissingGlyph] = {}
    for place, text in texts(notice):
        for character in dict.fromkeys(one_line(text)):
            if glyph(Style.BODY, character).face is None and len(missing) < MOST_NAMED:
                missing.setdefault(character, MissingGlyph(character, place))
    if missing:
        raise MissingGlyphs(tuple(missing.values()))


def check_text(place: str, text: str) -> None:
    """One text before it is kept. Raises MissingGlyphs."""
    gone = [character for character in dict.fromkeys(one_line(text)) if glyph(Style.BODY, character).face is None]
    if gone:
        raise MissingGlyphs(tuple(MissingGlyph(character, place) for character in gone[:MOST_NAMED]))


def texts(notice: Notice) -> Iterator[tuple[str, str]]:
    """(place in the office's words, text) of everything that people wrote."""
    for place, text in _texts(notice):
        if text:
            yield place, text


def _texts(notice: Notice) -> Iterator[tuple[str, str | None]]:
    enterprise = notice.enterprise
    yield "文号", notice.number
    yield "检查单位", notice.issuing_unit
    yield "委托机关", notice.delegating_authority
    yield "上级部门", notice.reporting_authority
    yield "被检查单位名称", enterprise.name
    yield "统一社会信用代码", enterprise.uscc
    yield "地址", enterprise.address
    yield "法定代表人", enterprise.legal_person
    yield "主要负责人", enterprise.principal
    yield "联系电话", enterprise.phone
    yield "被检查单位负责人", notice.representative
    for finding in notice.findings:
        yield f"问题{finding.ordinal}", finding.text
        yield f"问题{finding.ordinal}的部位", finding.place
        for basis in finding.basis:
            yield f"问题{finding.ordinal}的依据", basis.law + "".join(article.text for article in basis.articles)
        yield f"问题{finding.ordinal}的整改要求", finding.measure
        yield f"问题{finding.ordinal}的判定标准", finding.criterion
    for number, signer in enumerate(notice.inspectors, start=1):
        yield f"{inspector_word(notice)}{number}姓名", signer.name
        yield f"{inspector_word(notice)}{number}证号", signer.badge
    if notice.remedy is not None:
        yield "复议机关", notice.remedy.reconsideration_organ
        yield "受理法院", notice.remedy.court
    for plate in notice.photos:
        yield f"照片{plate.ordinal}说明", plate.caption
        yield f"照片{plate.ordinal}时间", plate.taken_at
