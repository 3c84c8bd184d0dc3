"""Papers from the verbs: who may issue what, numbers, sealing, voiding, reprinting, verifying."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from office_steps import (
    PHOTO,
    add,
    answer,
    edit,
    failed,
    finish,
    hazards_of,
    issue,
    issue_over,
    numbers,
    passed,
    put,
    start,
    visit,
    void,
)
from sqlalchemy import func, select

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.documents.errors import MissingGlyphs
from safetydesk.documents.reading import NotAPaper
from safetydesk.domain.checklist import Concerns
from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import PaperKind
from safetydesk.domain.numbering import NotEmpowered, UnknownPaperKind
from safetydesk.models.tables import (
    Clock,
    Device,
    Hazard,
    HazardEvent,
    Inspection,
    Paper,
    PaperCounter,
    PaperEvent,
    TakenNumber,
)
from safetydesk.sync.identity import is_signed
from safetydesk.workflows import hazards, papers
from safetydesk.workflows.answering import ReadingInput
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.papers import (
    AlreadyOnPaper,
    AlreadyVoided,
    NotFinished,
    NothingToIssue,
    ReasonMissing,
    SeveralVisits,
    UnknownPaper,
    Verdict,
)

ADVICE, ORDER = PaperKind.ADVICE, PaperKind.RECTIFICATION


def text_of(pdf: bytes) -> str:
    """All text in reading order without any white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in document))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def running(number: str) -> int:
    found = re.search(r"-(\d+)号$", number)
    assert found is not None
    return int(found[1])


def states(desk: Desk, inspection_id: UUID) -> set[HazardState]:
    with desk.store.reading() as session:
        found = list(hazards_of(desk, inspection_id).values())
        return {row.state for row in hazards.rows(session, desk.today(), found)}


def verify(desk: Desk, path: Path) -> Verdict:
    with desk.store.reading() as session:
        return papers.verify(session, path)


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "文书.pdf"
    path.write_bytes(content)
    return path


@pytest.fixture
def checked(desk: Desk) -> UUID:
    """A visit with two findings."""
    return visit(desk, add(desk, village="样岭村"), failed("CS-03", place="调节池"), failed("CS-05"), passed("CS-04"))


def test_a_unit_without_power_advises_and_does_not_order(desk: Desk, checked: UUID) -> None:
    with pytest.raises(NotEmpowered) as refused:
        issue(desk, checked, ORDER)
    assert "无执法权" in words_for(refused.value).message
    assert numbers(desk) == []
    issued = issue(desk, checked, ADVICE)
    assert "应急整改" in issued.number
    assert "限期整改意见书" in text_of(issued.pdf)


def test_a_delegated_unit_orders_and_is_told_what_is_left_blank(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "delegated")
    issued = issue(desk, checked, ORDER)
    named = [blank.partition("（")[0] for blank in issued.blanks]
    assert named[:3] == ["委托机关", "行政复议机关", "受理诉讼的人民法院"]
    assert "被检查单位的地址" in named


def test_with_full_power_and_everything_set_nothing_is_blank(desk: Desk, checked: UUID) -> None:
    for key, value in (("power", "full"), ("remedy_authority", "示例县人民政府"), ("remedy_court", "示例县人民法院")):
        put(desk, f"unit.{key}", value)
    enterprise_id = add(desk, "样溪全厂（示例）", 7, address="样岭村1号", legal_person="陈示例", phone="19400000011")
    inspection_id = start(desk, enterprise_id, second=None)
    with desk.store.writing() as session:
        session.get_one(Inspection, inspection_id).second_name = "李示例"
        session.get_one(Inspection, inspection_id).second_badge = "A-002"
    answer(desk, inspection_id, failed("CS-03"))
    finish(desk, inspection_id)
    issued = issue(desk, inspection_id, ORDER)
    assert issued.blanks == ()
    assert text_of(issued.pdf).count("执法证号：") == 2
    assert "示例县人民政府" in text_of(issued.pdf)


def test_the_second_inspector_may_be_written_in_by_hand(desk: Desk) -> None:
    inspection_id = start(desk, add(desk), second=None)
    answer(desk, inspection_id, failed("CS-03"))
    finish(desk, inspection_id)
    issued = issue(desk, inspection_id)
    assert issued.blanks[0].startswith("第二名检查人员")
    assert text_of(issued.pdf).count("检查人员：") == 2


def test_kinds_of_later_issues_are_refused_in_words(file_desk: Desk) -> None:
    inspection_id = visit(file_desk, add(file_desk), failed("CS-03"))
    for kind in (PaperKind.RECORD, PaperKind.REINSPECTION, PaperKind.SERVICE, PaperKind.TRANSFER):
        with pytest.raises(UnknownPaperKind):
            issue(file_desk, inspection_id, kind)


def test_measures_on_site_need_power_that_cannot_be_delegated(file_desk: Desk) -> None:
    inspection_id = visit(file_desk, add(file_desk), failed("CS-03"))
    put(file_desk, "unit.power", "delegated")
    with pytest.raises(NotEmpowered):
        issue(file_desk, inspection_id, PaperKind.MEASURES)


def test_a_number_names_unit_kind_year_officer_and_series(desk: Desk, checked: UUID) -> None:
    with desk.store.reading() as session:
        letters = session.scalars(select(Device.series)).one()
    assert issue(desk, checked).number == f"（云溪）应急整改〔2026〕办{letters}-1号"


def test_papers_of_one_visit_share_its_number_and_the_next_visit_has_the_next(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "full")
    other = visit(desk, add(desk, "样溪别家（示例）", 2), failed("CS-03"))
    given = [issue(desk, one, kind).number for one, kind in ((checked, ORDER), (checked, ADVICE), (other, ORDER))]
    assert [running(number) for number in given] == [1, 1, 2]
    assert len(set(given)) == 3


def test_kinds_that_count_by_themselves_have_no_gaps(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "full")
    put(desk, "paper.numbering", "kind")
    other = visit(desk, add(desk, "样溪别家（示例）", 2), failed("CS-03"))
    order = [(checked, ORDER), (other, ORDER), (other, ADVICE), (checked, ADVICE)]
    assert [running(issue(desk, one, kind).number) for one, kind in order] == [1, 2, 1, 2]


def test_switching_the_way_of_numbering_never_gives_a_number_twice(desk: Desk) -> None:
    put(desk, "unit.power", "full")
    visits = [visit(desk, add(desk, f"样溪{at}厂（示例）", at), failed("CS-03")) for at in range(1, 5)]
    for way, order in (
        ("kind", [(0, ORDER), (1, ORDER), (2, ORDER)]),
        ("visit", [(0, ADVICE)]),
        ("kind", [(3, ADVICE)]),
        ("visit", [(1, ADVICE), (2, ADVICE), (3, ORDER)]),
    ):
        put(desk, "paper.numbering", way)
        for at, kind in order:
            issue(desk, visits[at], kind)
    assert len(numbers(desk)) == len(set(numbers(desk))) == 8


def test_a_refused_paper_takes_no_number(desk: Desk, checked: UUID) -> None:
    nameless = visit(desk, add(desk, "样溪\U00031350厂（示例）", 2), failed("CS-03"))
    with pytest.raises(MissingGlyphs) as refused:
        issue(desk, nameless)
    assert "U+31350" in words_for(refused.value).message
    assert running(issue(desk, checked).number) == 1
    with desk.store.reading() as session:
        kept = [session.scalar(select(func.count()).select_from(one)) for one in (Paper, TakenNumber, PaperCounter)]
        assert (kept, session.scalars(select(Clock.paper_count)).one()) == ([1, 1, 1], 1)


def test_what_fails_after_the_paper_was_made_takes_the_number_back(desk: Desk, checked: UUID) -> None:
    class Pulled(Exception):
        pass

    def issue_and_fail() -> None:
        with desk.store.writing() as session:
            found = papers.of_inspection(session, session.get_one(papers.Inspection, checked), ADVICE)
            papers.issue(session, desk, ADVICE, found)
            raise Pulled

    with pytest.raises(Pulled):
        issue_and_fail()
    assert numbers(desk) == []
    assert states(desk, checked) == {HazardState.FOUND}
    assert running(issue(desk, checked).number) == 1


def test_a_second_paper_of_one_kind_for_one_visit_has_nothing_to_say(desk: Desk, checked: UUID) -> None:
    first = issue(desk, checked)
    with pytest.raises(NothingToIssue):
        issue(desk, checked)
    one = hazards_of(desk, checked)["CS-03"]
    with pytest.raises(AlreadyOnPaper) as refused:
        issue_over(desk, [one.id])
    assert first.number in words_for(refused.value).message
    assert numbers(desk) == [first.number]


def test_single_hazards_can_be_issued_and_the_rest_follows(desk: Desk, checked: UUID) -> None:
    found = hazards_of(desk, checked)
    issue_over(desk, [found["CS-05"].id])
    rest = text_of(issue(desk, checked).pdf)
    assert bare(found["CS-03"].text) in rest
    assert bare(found["CS-05"].text) not in rest
    assert [running(number) for number in numbers(desk)] == [1, 2]


def test_hazards_of_two_visits_or_of_an_open_visit_or_none_make_no_paper(desk: Desk, checked: UUID) -> None:
    other = visit(desk, add(desk, "样溪别家（示例）", 2), failed("CS-03"))
    both = [hazards_of(desk, one)["CS-03"].id for one in (checked, other)]
    with pytest.raises(SeveralVisits):
        issue_over(desk, both)
    with pytest.raises(NothingToIssue):
        issue_over(desk, [])
    with pytest.raises(NothingToIssue):
        issue(desk, visit(desk, add(desk, "样溪好厂（示例）", 3), passed("CS-03")))


def test_a_visit_that_is_not_finished_has_no_paper(desk: Desk) -> None:
    hazard = Hazard(inspection_id=start(desk, add(desk)))
    with pytest.raises(NotFinished), desk.store.writing() as session:
        papers.issue(session, desk, ADVICE, [hazard])


def test_issuing_and_voiding_are_events_of_the_hazard(desk: Desk, checked: UUID) -> None:
    assert states(desk, checked) == {HazardState.FOUND}
    issued = issue(desk, checked)
    assert states(desk, checked) == {HazardState.NOTIFIED}
    void(desk, issued.number)
    assert states(desk, checked) == {HazardState.FOUND}
    with desk.store.reading() as session:
        hazard = hazards_of(desk, checked)["CS-03"]
        history = hazards.history(session, hazard)
    assert [(one.kind, one.note) for one in history] == [
        ("found", None),
        ("notice_issued", None),
        ("notice_voided", "写错了"),
    ]
    assert history[1].detail == {"number": issued.number}


def test_a_voided_paper_frees_its_hazards_for_a_new_one_with_a_new_number(desk: Desk, checked: UUID) -> None:
    first = issue(desk, checked)
    void(desk, first.number)
    second = issue(desk, checked)
    assert [running(one.number) for one in (first, second)] == [1, 2]
    with desk.store.reading() as session:
        assert [(row.number, row.state) for row in papers.register(session)] == [
            (first.number, "voided"),
            (second.number, "issued"),
        ]


def test_voiding_needs_a_reason_a_number_that_is_there_and_happens_once(desk: Desk, checked: UUID) -> None:
    issued = issue(desk, checked)
    with pytest.raises(ReasonMissing):
        void(desk, issued.number, "  ")
    with pytest.raises(UnknownPaper):
        void(desk, "（云溪）应急整改〔2026〕办-9号")
    void(desk, f" {issued.number} ")
    with pytest.raises(AlreadyVoided):
        void(desk, issued.number)


def test_a_reprint_is_the_same_bytes_whatever_changed_since(desk: Desk, checked: UUID) -> None:
    issued = issue(desk, checked)
    with desk.store.reading() as session:
        enterprise_id = session.scalars(select(Paper.enterprise_id)).one()
    edit(desk, enterprise_id, "name=样溪改名厂（示例）")
    put(desk, "paper.copies", "9")
    with desk.store.writing() as session:
        again = papers.reprint(session, desk, issued.number)
    assert again.pdf == issued.pdf
    assert again.sha256 == hashlib.sha256(issued.pdf).hexdigest() == issued.sha256
    with desk.store.reading() as session:
        assert session.scalars(select(PaperEvent.kind)).all() == ["reprinted"]


def test_a_paper_is_authentic_until_a_byte_of_it_changes(desk: Desk, checked: UUID, tmp_path: Path) -> None:
    issued = issue(desk, checked)
    path = saved(tmp_path, issued.pdf)
    assert verify(desk, path) == Verdict(True, issued.number, "与登记簿封存的文件逐字节一致，签名有效", state="issued")
    altered = bytearray(issued.pdf)
    altered[-2] ^= 1
    verdict = verify(desk, saved(tmp_path, bytes(altered)))
    assert (verdict.authentic, verdict.tampered, verdict.number) == (False, True, issued.number)


def test_wherever_a_byte_changes_the_paper_is_not_authentic(file_desk: Desk, tmp_path: Path) -> None:
    issued = issue(file_desk, visit(file_desk, add(file_desk), failed("CS-03")))
    step = len(issued.pdf) // 40
    said = []
    for at in range(8, len(issued.pdf), step):
        altered = bytearray(issued.pdf)
        altered[at] ^= 0x20
        said.append(verify(file_desk, saved(tmp_path, bytes(altered))))
    assert not any(verdict.authentic for verdict in said)
    assert sum(verdict.tampered for verdict in said) > len(said) // 2


def test_a_voided_paper_is_still_authentic_and_said_to_be_void(desk: Desk, checked: UUID, tmp_path: Path) -> None:
    issued = issue(desk, checked)
    void(desk, issued.number)
    verdict = verify(desk, saved(tmp_path, issued.pdf))
    assert verdict.authentic
    assert verdict.why.endswith("但该文书已作废")


def test_a_paper_of_another_office_cannot_be_judged_and_is_not_called_tampered(file_office, tmp_path: Path) -> None:
    here, there = file_office.set_up("这里"), file_office.set_up("那里")
    foreign = issue(there, visit(there, add(there), failed("CS-03")))
    verdict = verify(here, saved(tmp_path, foreign.pdf))
    assert (verdict.authentic, verdict.tampered, verdict.number) == (False, False, foreign.number)
    assert "无法核对" in verdict.why


def test_a_foreign_pdf_is_none_of_ours_and_what_is_no_pdf_is_refused(file_desk: Desk, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(tmp_path / "文书.pdf")
    document.close()
    verdict = verify(file_desk, tmp_path / "文书.pdf")
    assert (verdict.authentic, verdict.tampered, verdict.number) == (False, False, None)
    for content in (b"", b"hello", "（云溪）应急整改〔2026〕办A-1号".encode()):
        with pytest.raises(NotAPaper):
            verify(file_desk, saved(tmp_path, content))
    for path in (tmp_path, tmp_path / "没有.pdf"):
        with pytest.raises(NotAPaper):
            verify(file_desk, path)
    assert verify(file_desk, saved(tmp_path, b"%PDF-1.7 torn")).number is None


def test_sealed_content_that_was_altered_in_the_register_is_noticed(desk: Desk, checked: UUID, tmp_path: Path) -> None:
    issued = issue(desk, checked)
    with desk.store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE paper SET content = replace(content, 'CS', 'cs') || ' '")
    verdict = verify(desk, saved(tmp_path, issued.pdf))
    assert (verdict.authentic, verdict.tampered) == (False, True)


def test_the_code_on_the_paper_carries_number_date_hash_and_a_signature_that_holds(desk: Desk, checked: UUID) -> None:
    issued = issue(desk, checked)
    with pypdfium2.PdfDocument(issued.pdf) as document:
        picture = document[0].render(scale=4).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    mark, number, on, short, signature = code.text.split("|")
    digest = base64.urlsafe_b64decode(short + "=").hex()
    with desk.store.reading() as session:
        paper = session.scalars(select(Paper)).one()
        key = session.scalars(select(Device.verify_key)).one()
    assert (mark, number, on) == ("SD1", issued.number, "2026-11-21")
    assert digest == paper.content_digest == hashlib.sha256(paper.content.encode()).hexdigest()
    message = f"{number}\n{on}\n{digest}".encode()
    assert is_signed(key, "paper", message, signature)
    assert not is_signed(key, "paper", message + b" ", signature)
    assert not is_signed(key, "roster", message, signature)


def test_a_sealed_paper_and_its_events_never_change(desk: Desk, checked: UUID) -> None:
    from safetydesk.models.clock import ImmutableRow

    issue(desk, checked)
    for model, column in ((Paper, "number"), (HazardEvent, "note")):
        with pytest.raises(ImmutableRow), desk.store.writing() as session:
            setattr(session.scalars(select(model)).first(), column, "别的")


def as_drawn(text: str) -> str:
    return bare(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("checklist", shipped_checklists())
def test_every_finding_of_a_full_visit_stands_on_the_paper_word_for_word(file_desk: Desk, checklist: str) -> None:
    items = [one for one in shipped_checklists()[checklist].items if one.concerns is Concerns.ENTERPRISE]
    note = "现场 3 处（含 2# 池，约 1.5 m³）没有看守——值班人“不在岗”；《登记表》缺 11 月。"
    readings = [ReadingInput(18.2, "%VOL")]
    answers = [failed(item.id, note=note, place="2#调节池", readings=readings) for item in items]
    inspection_id = visit(file_desk, add(file_desk), *answers, template=checklist)
    printed = text_of(issue(file_desk, inspection_id).pdf)
    for item, hazard in hazards_of(file_desk, inspection_id).items():
        assert as_drawn(hazard.text) in printed, item
        assert as_drawn(hazard.measure) in printed, item
    assert "〔" not in printed.replace("〔2026〕", "")


def test_a_photo_of_a_finding_is_in_the_annex(file_desk: Desk) -> None:
    inspection_id = visit(file_desk, add(file_desk), failed("CS-03", photos=[PHOTO]), failed("CS-05"))
    printed = text_of(issue(file_desk, inspection_id).pdf)
    assert "对应第1项" in printed or "第1项问题" in printed


def test_rare_characters_of_names_come_back_from_the_paper(file_desk: Desk) -> None:
    name = "样溪喆镕㙟有限公司（示例）" + "长" * 60
    printed = text_of(issue(file_desk, visit(file_desk, add(file_desk, name), failed("CS-03"))).pdf)
    assert name in printed


def test_voiding_one_of_two_papers_leaves_a_hazard_where_the_other_still_names_it(desk: Desk, checked: UUID) -> None:
    put(desk, "unit.power", "full")
    order = issue(desk, checked, PaperKind.RECTIFICATION)
    advice = issue(desk, checked)
    void(desk, advice.number)
    assert states(desk, checked) == {HazardState.NOTIFIED}
    void(desk, order.number)
    assert states(desk, checked) == {HazardState.FOUND}


def test_a_number_may_be_typed_with_the_brackets_of_the_keyboard(desk: Desk, checked: UUID) -> None:
    number = issue(desk, checked).number
    typed = number.replace("（", "(").replace("）", ") ").replace("〔", "[").replace("〕", "]")
    void(desk, typed)
    with desk.store.reading() as session:
        assert [row.state for row in papers.register(session)] == ["voided"]
