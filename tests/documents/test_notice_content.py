"""What is sealed, what is refused, and the fixed sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from notice_samples import advice, finding, plates, rectification

from safetydesk.documents.canonical import canonical_content, content_digest
from safetydesk.documents.checks import check_notice
from safetydesk.documents.content import Enterprise, NoticeKind, Power
from safetydesk.documents.errors import (
    MissingGlyphs,
    PaperIncomplete,
    PaperTooLong,
    PaperWordingBroken,
)
from safetydesk.documents.wording import provinces, read_sentences, sentence, sentences
from safetydesk.domain.numbering import NotEmpowered


def test_canonical_content_is_sorted_json_without_the_code_and_with_photos_by_hash():
    notice = rectification(2, photos=plates(1))
    content = canonical_content(notice)
    data = json.loads(content)
    assert content == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert "qr" not in data["notice"]
    assert set(data["notice"]["photos"][0]) == {"ordinal", "caption", "taken_at", "sha256"}
    assert data["notice"]["inspected_on"] == "2026-11-20"


def test_the_digest_ignores_the_code_and_sees_everything_else():
    notice = rectification(2, photos=plates(1))
    assert content_digest(notice) == content_digest(replace(notice, qr="anything"))
    changed = [
        replace(notice, number="4"),
        replace(notice, issued_on=date(2026, 11, 22)),
        replace(notice, findings=notice.findings[::-1]),
        replace(notice, photos=(replace(notice.photos[0], jpeg=notice.photos[0].jpeg + b"\0"),)),
        replace(notice, power=Power.DELEGATED),
        replace(notice, enterprise=Enterprise("越州云溪梧桐木业有限公司 ")),
    ]
    assert len({content_digest(notice), *map(content_digest, changed)}) == len(changed) + 1


def test_half_a_surrogate_pair_is_named_and_not_a_crash():
    broken = rectification(1, findings=(finding(1, text="坏字\ud84c"),))
    with pytest.raises(MissingGlyphs) as refused:
        canonical_content(broken)
    assert refused.value.glyphs[0].code_point == "U+D84C"
    with pytest.raises(MissingGlyphs):
        check_notice(broken)
    assert "\ud84c" not in str(refused.value.facts["listed"])


def test_a_unit_without_power_cannot_order():
    with pytest.raises(NotEmpowered):
        check_notice(rectification(1, power=Power.NONE))
    for power in Power:
        check_notice(advice(1, power=power))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"findings": ()}, "问题"),
        ({"number": " \u200b"}, "文号"),
        ({"enterprise": Enterprise("\u3000")}, "被检查单位"),
        ({"inspectors": ()}, "执法人员"),
        ({"issued_on": date(2026, 11, 19)}, "文书日期"),
        ({"findings": (finding(1, due_on=date(2026, 11, 19)),)}, "问题1的整改期限"),
        ({"findings": (finding(1, text="\n \u200b"),)}, "问题1"),
        ({"findings": (finding(1), finding(1))}, "问题的序号"),
        ({"copies": 0}, "份数或每页照片数"),
    ],
)
def test_what_the_form_cannot_leave_blank_is_named(changes: dict[str, object], field: str):
    with pytest.raises(PaperIncomplete) as refused:
        check_notice(rectification(1, **changes))
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"findings": tuple(finding(number) for number in range(1, 202))}, "问题"),
        ({"findings": (finding(1, text="长" * 20_001),)}, "问题1"),
        ({"number": "长" * 121}, "文号"),
        ({"enterprise": Enterprise("长" * 501)}, "被检查单位名称"),
        ({"findings": tuple(finding(number, text="长" * 15_000) for number in range(1, 20))}, "全文"),
    ],
)
def test_more_than_a_paper_holds_is_refused(changes: dict[str, object], what: str):
    with pytest.raises(PaperTooLong) as refused:
        check_notice(rectification(1, **changes))
    assert refused.value.facts["what"] == what


def test_every_form_has_all_its_sentences_with_source_and_mark():
    for kind in NoticeKind:
        for found in sentences(kind):
            assert found.source
            assert isinstance(found.verified, bool)


def test_advice_orders_nothing_in_any_province():
    for found in sentences(NoticeKind.ADVICE):
        assert "责令" not in found.text
        assert "处罚" not in found.text


def test_a_province_has_its_own_sentence_and_an_unknown_one_the_general():
    assert "zhejiang" in provinces(NoticeKind.ADVICE)
    own = sentence(NoticeKind.ADVICE, "order_each", Power.NONE, "zhejiang")
    general = sentence(NoticeKind.ADVICE, "order_each", Power.NONE, "nowhere")
    assert own.text.startswith("现督促")
    assert general.province is None


def test_the_remedy_names_one_organ_and_both_times():
    text = sentence(NoticeKind.RECTIFICATION, "remedy", Power.FULL, "default").text
    assert text.count("{organ}") == 1
    assert "六十日" in text
    assert "六个月" in text
    assert "不停止" in text


GOOD = {"key": "title", "text": "书", "verified": True, "source": "样式"}


@pytest.mark.parametrize(
    "entry",
    [
        "text",
        {**GOOD, "key": "unknown"},
        {**GOOD, "text": ""},
        {**GOOD, "text": "{organ}"},
        {**GOOD, "text": "{0.__class__}"},
        {**GOOD, "verified": "yes"},
        {**GOOD, "power": "some"},
        {**GOOD, "extra": 1},
        {**GOOD, "key": "consequence"},
    ],
)
def test_a_broken_wording_file_is_refused_with_its_entry(entry: object):
    with pytest.raises(PaperWordingBroken):
        read_sentences({"kind": "rectification", "texts": [entry]}, NoticeKind.RECTIFICATION, "x.yaml")


def test_a_wording_file_without_a_sentence_names_it():
    with pytest.raises(PaperWordingBroken) as refused:
        read_sentences({"kind": "advice", "texts": [GOOD]}, NoticeKind.ADVICE, "advice.yaml")
    assert "consequence" in str(refused.value.facts["entry"])
    assert "remedy" not in str(refused.value.facts["entry"])
