"""Which laws there are, when they count, how they are cited."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from safetydesk.catalog.errors import BadTemplate, Fault, UnknownLaw
from safetydesk.catalog.law import Standing, cite_article, law_index, load_law_index
from safetydesk.domain.checklist import LegalReference, Role

TODAY = date(2026, 11, 21)
KEYS = [
    "work-safety-law",
    "fire-law",
    "special-equipment-law",
    "mem-13",
    "mem-6",
    "mem-10",
    "mem-19",
    "saws-30",
    "saws-91",
    "mps-61",
    "plan-measures",
    "gb-46768-2025",
    "gb-30871-2022",
    "gbz-2.1-2019",
    "gb-15577-2018",
    "aq-4273-2016",
    "gb-12158-2024",
    "aq-4228-2025",
    "gb-15607-2023",
    "gb-6514-2023",
    "gb-50016",
    "gb-39800.1-2020",
    "gb-9448-2025",
    "gb-9448-1999",
    "tsg-23-2021",
    "gb-17914-2013",
    "gb-50484-2008",
    "jgj-33-2012",
    "gb-t-11651",
    "saws-59",
    "saws-129-2017",
    "admin-penalty-law",
    "admin-reconsideration-law",
    "admin-litigation-law",
    "admin-coercion-law",
    "civil-procedure-law",
    "mem-18",
]


@pytest.mark.parametrize("key", KEYS)
def test_every_agreed_key_is_there(key: str) -> None:
    assert law_index()[key].key == key


def test_replacements_point_at_each_other_and_days_do_not_overlap() -> None:
    laws = law_index()
    for law in laws:
        if law.effective_from and law.effective_to:
            assert law.effective_from <= law.effective_to, law.key
        if law.issued_on and law.effective_from:
            assert law.issued_on <= law.effective_from, law.key
        for old in law.replaces:
            assert laws[old].replaced_by == law.key
        if law.replaced_by:
            new = laws[law.replaced_by]
            assert law.key in new.replaces
            assert law.effective_to is not None, law.key
            if new.effective_from:
                assert law.effective_to == new.effective_from - timedelta(days=1), law.key


# What changed lately and is easily written wrong: key, last day before, first day of.
@pytest.mark.parametrize(
    ("old", "new", "since"),
    [
        ("saws-59", "mem-13", date(2024, 1, 1)),
        ("saws-129-2017", "mem-10", date(2023, 5, 15)),
        ("saws-30", "mem-19", date(2026, 6, 1)),
        ("saws-15", "mem-18", date(2026, 2, 1)),
        ("gb-9448-1999", "gb-9448-2025", date(2026, 8, 1)),
        ("gb-12158-2006", "gb-12158-2024", date(2026, 1, 1)),
        ("aq-4228-2012", "aq-4228-2025", date(2026, 11, 1)),
        ("gb-t-3608-2008", "gb-3608-2025", date(2026, 5, 1)),
        ("gb-t-13869-2017", "gb-t-13869-2026", date(2027, 2, 1)),
    ],
)
def test_on_the_day_of_change_the_new_law_takes_over(old: str, new: str, since: date) -> None:
    laws, before = law_index(), since - timedelta(days=1)
    assert (laws.in_force(old, before), laws.in_force(new, before)) == (True, False)
    assert (laws.in_force(old, since), laws.in_force(new, since)) == (False, True)
    assert laws.standing(old, since) is Standing.ENDED
    assert laws.standing(new, before) is Standing.NOT_YET
    assert laws.current(old, since).key == new
    assert laws.current(old, before).key == old


def test_the_standard_of_the_chemical_industry_says_whom_it_binds() -> None:
    law = law_index()["gb-30871-2022"]
    assert law.mandatory
    assert "参考" in law.applies_to


def test_a_law_is_cited_by_title_number_and_article() -> None:
    laws = law_index()
    assert (
        laws.cite(LegalReference("mem-13", "第六条", True))
        == "《工贸企业有限空间作业安全规定》（应急管理部令第13号）第六条"
    )
    assert laws.cite(LegalReference("work-safety-law", "第四十三条", True)) == "《中华人民共和国安全生产法》第四十三条"
    assert (
        laws.cite(LegalReference("gb-30871-2022", "6.3 a)", True, Role.REFERENCE))
        == "参考《危险化学品企业特殊作业安全规范》（GB 30871-2022）第6.3条a)项"
    )
    assert laws.cite(LegalReference("gb-12158-2024", None, False)) == "《防止静电事故通用要求》（GB 12158-2024）"


def test_the_short_citation_keeps_chinese_close_and_latin_apart() -> None:
    laws = law_index()
    assert laws.cite_short(LegalReference("mem-13", "第六条", True)) == "13号令第六条"
    assert laws.cite_short(LegalReference("gbz-2.1-2019", "STEL", True)) == "GBZ 2.1 STEL"
    assert laws.cite_short(LegalReference("gb-12158-2024", None, False)) == "GB 12158"


@pytest.mark.parametrize(
    ("article", "cited"),
    [
        ("4.1.1", "第4.1.1条"),
        ("5.9.1 a)", "第5.9.1条a)项"),
        ("B.3", "第B.3条"),
        ("第10章", "第10章"),
        ("表 B.1", "表 B.1"),
        ("相关条款", "相关条款"),
        ("第十一条第（三）项", "第十一条第（三）项"),
        (None, ""),
    ],
)
def test_articles_are_cited_in_words(article: str | None, cited: str) -> None:
    assert cite_article(article) == cited


def test_the_gist_of_the_whole_article_answers_for_its_parts() -> None:
    laws = law_index()
    whole = laws.gist(LegalReference("mem-6", "第十一条", True))
    assert whole is not None
    assert laws.gist(LegalReference("mem-6", "第十一条第三款", True)) == whole
    assert laws.gist(LegalReference("mem-6", "第十一条第（三）项", True)) == whole
    assert laws.gist(LegalReference("mem-6", "第九十九条", True)) is None
    assert laws.gist(LegalReference("mem-6", None, True)) is None


def test_the_gist_of_a_criterion_is_the_criterion() -> None:
    gist = law_index().gist(LegalReference("mem-10", "第十三条第（二）项", True))
    assert gist is not None
    assert "监护人员" in gist.gist


def test_every_gist_belongs_to_a_law_of_the_index() -> None:
    from safetydesk.catalog.law import _gists

    assert [key for key in _gists() if key not in law_index()] == []


@pytest.mark.parametrize(
    "key", ["work-safety-law", "admin-reconsideration-law", "admin-litigation-law", "civil-procedure-law"]
)
def test_the_laws_of_the_papers_have_gists(key: str) -> None:
    assert len(law_index().articles(key)) >= 4


def test_an_unknown_law_is_a_typed_refusal() -> None:
    with pytest.raises(UnknownLaw) as refused:
        law_index().cite(LegalReference("mem-99", "第一条", True))
    assert refused.value.facts == {"key": "mem-99"}


def test_two_entries_for_one_key_are_refused(tmp_path: Path) -> None:
    entry = "- {key: a, title: 甲, short: 甲, kind: law, mandatory: true, applies_to: 所有, verified: true}\n"
    (tmp_path / "1.yaml").write_text(entry, encoding="utf-8")
    (tmp_path / "2.yaml").write_text(entry, encoding="utf-8")
    with pytest.raises(BadTemplate) as refused:
        load_law_index([tmp_path / "1.yaml", tmp_path / "2.yaml"])
    assert (refused.value.what, refused.value.where) == (Fault.DUPLICATE_KEY, "a")


def test_a_law_with_unknown_days_counts_until_its_known_end() -> None:
    law = law_index()["saws-15"]
    assert law.effective_from is None
    assert law.standing(date(2000, 1, 1)) is Standing.IN_FORCE
    assert law.standing(TODAY) is Standing.ENDED
