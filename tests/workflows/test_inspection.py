"""Walking a checklist: answers, readings, photos, and what a check leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from office_steps import PHOTO, add, answer, failed, finish, hazards_of, issue, passed, start, visit
from PIL import Image
from sqlalchemy import func, select

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.documents.errors import MissingGlyphs
from safetydesk.documents.photos import NotAPhoto, PhotoMissing
from safetydesk.domain.checklist import Checklist, ChecklistItem, Concerns
from safetydesk.domain.deadlines import DueBeforeInspection
from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Level, Result
from safetydesk.domain.limits import ReadingNotANumber
from safetydesk.models.tables import Answer, Hazard, Inspection, Photo, Reading
from safetydesk.workflows import hazards, inspection_view, inspections, objects
from safetydesk.workflows.answering import (
    AnswerInput,
    DoubledItem,
    InspectionFinished,
    NoteTooLong,
    PassAgainstReading,
    ReadingInput,
    ReadingUnclear,
    UnknownItem,
    UnknownObject,
)
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.inspections import NothingAnswered, SameInspector, Second

TODAY = date(2026, 11, 21)
LOW_OXYGEN = ReadingInput(18.2, "%VOL")


def shown(desk: Desk, inspection_id: UUID) -> dict[str, dict[str, object]]:
    with desk.store.reading() as session:
        one = inspection_view.view(session, session.get_one(Inspection, inspection_id))
    return {row["item"]: row for row in one["answers"]}


def rows(desk: Desk, model: type) -> int:
    with desk.store.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def text_of(desk: Desk, one: AnswerInput, template: str = "confined-space") -> str:
    inspection_id = visit(desk, add(desk, number=None), one, template=template)
    return hazards_of(desk, inspection_id)[one.item].text


def test_the_id_of_an_answer_comes_from_visit_item_and_object(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, passed("CS-03"))
    with desk.store.reading() as session:
        assert session.scalars(select(Answer.id)).all() == [derived_id("answer", inspection_id.hex, "CS-03", "")]


def test_answering_again_replaces_and_what_is_not_said_again_stays(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-03", note="没有标志", place="调节池", photos=[PHOTO]))
    answer(desk, inspection_id, AnswerInput("CS-03", Result.FAIL, note="两处都没有标志"))
    one = shown(desk, inspection_id)["CS-03"]
    assert (one["result"], one["note"], one["place"], len(one["photos"])) == ("fail", "两处都没有标志", "调节池", 1)
    assert (rows(desk, Answer), rows(desk, Photo)) == (1, 1)


def test_new_readings_take_the_place_of_the_earlier_ones(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-33", readings=[LOW_OXYGEN, replace(LOW_OXYGEN, value=17.0)]))
    answer(desk, inspection_id, passed("CS-33", readings=[replace(LOW_OXYGEN, value=20.9)]))
    assert [(one["value"], one["verdict"]) for one in shown(desk, inspection_id)["CS-33"]["readings"]] == [
        (20.9, "within")
    ]
    assert rows(desk, Reading) == 2


def test_the_same_photo_added_twice_is_kept_once(desk: Desk, tmp_path: Path) -> None:
    inspection_id = start(desk, add(desk))
    copy = tmp_path / "另一个名字.jpg"
    copy.write_bytes(PHOTO.read_bytes())
    answer(desk, inspection_id, failed("CS-03", photos=[PHOTO, copy]))
    answer(desk, inspection_id, failed("CS-03", photos=[PHOTO]))
    assert rows(desk, Photo) == 1


def test_what_nobody_answered_stays_unchecked_and_is_never_a_pass(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), passed("CS-03"), AnswerInput("CS-04", Result.NOT_APPLICABLE))
    results = [row["result"] for row in shown(desk, inspection_id).values()]
    assert {result: results.count(result) for result in Result} == {"pass": 1, "fail": 0, "na": 1, "unchecked": 48}


def test_a_check_with_no_answer_or_only_unchecked_ones_cannot_end(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    with pytest.raises(NothingAnswered):
        finish(desk, inspection_id)
    answer(desk, inspection_id, AnswerInput("CS-03", Result.UNCHECKED))
    with pytest.raises(NothingAnswered):
        finish(desk, inspection_id)


def test_a_finished_check_takes_no_more_and_ends_once(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"))
    with pytest.raises(InspectionFinished):
        answer(desk, inspection_id, passed("CS-04"))
    with pytest.raises(InspectionFinished):
        finish(desk, inspection_id)
    assert rows(desk, Hazard) == 1


def test_what_cannot_be_an_answer_is_refused_and_nothing_of_the_batch_is_taken(desk: Desk) -> None:
    ours, theirs = add(desk, number=1), add(desk, "样溪别家（示例）", 2)
    with desk.store.writing() as session:
        foreign = objects.add(session, desk, session.get_one(inspections.Enterprise, theirs), "有限空间", "池", [])
    inspection_id = start(desk, ours)
    refused: list[tuple[AnswerInput, type[Exception]]] = [
        (failed("CS-99"), UnknownItem),
        (failed("DE-01"), UnknownItem),
        (failed(""), UnknownItem),
        (failed("CS-04", object=foreign), UnknownObject),
        (failed("CS-04", object=UUID(int=5)), UnknownObject),
        (failed("CS-04", note="长" * 2001), NoteTooLong),
        (failed("CS-04", place="长" * 1000, filled={"部位": "长" * 1001}), NoteTooLong),
        (failed("CS-33", readings=[replace(LOW_OXYGEN, unit="长" * 2001)]), NoteTooLong),
        (failed("CS-04", deadline=date(2026, 11, 20)), DueBeforeInspection),
        (passed("CS-33", readings=[LOW_OXYGEN]), PassAgainstReading),
        (failed("CS-33", readings=[replace(LOW_OXYGEN, value=float("nan"))]), ReadingNotANumber),
        (failed("CS-03", readings=[ReadingInput(float("inf"))]), ReadingNotANumber),
    ]
    for one, error in refused:
        with pytest.raises(error) as caught:
            answer(desk, inspection_id, passed("CS-01"), one)
        assert words_for(caught.value).message
    assert rows(desk, Answer) == 0


def test_a_reading_out_of_its_limits_names_item_value_unit_and_gas(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    with pytest.raises(PassAgainstReading) as refused:
        answer(desk, inspection_id, passed("CS-33", readings=[LOW_OXYGEN]))
    assert words_for(refused.value).message.startswith("CS-33：氧读数 18.2 %VOL 超出限值")


def test_a_bare_pass_does_not_hide_an_earlier_reading_out_of_its_limits(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-33", readings=[LOW_OXYGEN]))
    with pytest.raises(PassAgainstReading):
        answer(desk, inspection_id, passed("CS-33"))
    answer(desk, inspection_id, passed("CS-33", readings=[replace(LOW_OXYGEN, value=20.8)]))
    answer(desk, inspection_id, passed("CS-33"))


def test_a_reading_of_an_item_without_limits_is_kept_and_not_judged(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, passed("CS-03", readings=[ReadingInput(3)]))
    (reading,) = shown(desk, inspection_id)["CS-03"]["readings"]
    assert reading["verdict"] == "unjudged"


@pytest.mark.parametrize(
    ("item", "reading"),
    [
        ("CS-33", ReadingInput(18.2)),  # of which gas?
        ("CS-33", ReadingInput(18.2, "米")),
        ("CS-33", ReadingInput(-5, "%VOL")),
        ("CS-33", ReadingInput(30, "ppm", "xyz")),
    ],
)
def test_nobody_passes_on_a_reading_that_no_limit_can_judge(desk: Desk, item: str, reading: ReadingInput) -> None:
    inspection_id = start(desk, add(desk))
    with pytest.raises(ReadingUnclear):
        answer(desk, inspection_id, passed(item, readings=[reading]))
    answer(desk, inspection_id, failed(item, readings=[reading]))


def test_a_distance_that_may_be_either_of_two_is_asked_for_by_name(desk: Desk) -> None:
    inspection_id = start(desk, add(desk), "hot-work")
    with pytest.raises(ReadingUnclear):
        answer(desk, inspection_id, passed("HW-21", readings=[ReadingInput(3.2, "m")]))
    answer(desk, inspection_id, passed("HW-21", readings=[ReadingInput(6, "m", "distance-cylinders")]))


def test_a_reading_without_a_unit_is_in_the_unit_of_the_only_limit(desk: Desk) -> None:
    inspection_id = start(desk, add(desk), "hot-work")
    with pytest.raises(PassAgainstReading):
        answer(desk, inspection_id, passed("HW-26", readings=[ReadingInput(15)]))


def test_one_item_twice_in_a_batch_is_refused_whole(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    with pytest.raises(DoubledItem):
        answer(desk, inspection_id, failed("CS-03"), passed("CS-03"))
    assert shown(desk, inspection_id)["CS-03"]["result"] == "unchecked"


def test_a_character_that_no_face_has_is_named_while_it_can_be_mended(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    with pytest.raises(MissingGlyphs, match="1F600"):
        answer(desk, inspection_id, failed("CS-03", note="池口无人😀"))
    answer(desk, inspection_id, failed("CS-03", note="喆㛃厂池口无人"))


def test_what_was_found_by_mistake_is_withdrawn_or_corrected_until_a_paper_names_it(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-03"), failed("CS-05"))
    found = hazards_of(desk, inspection_id)
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, found["CS-05"].id), "看错了")
        hazards.correct(session, session.get_one(Hazard, found["CS-03"].id), text="一号池没有标志。", level=Level.MAJOR)
    paper = issue(desk, inspection_id)
    corrected = hazards_of(desk, inspection_id)
    assert (corrected["CS-03"].text, corrected["CS-03"].level) == ("一号池没有标志。", "major")
    with desk.store.writing() as session, pytest.raises(hazards.HazardOnPaper, match=re.escape(paper.number)):
        hazards.correct(session, session.get_one(Hazard, found["CS-03"].id), text="又改")
    with desk.store.writing() as session, pytest.raises(hazards.HazardClosed):
        hazards.withdraw(session, desk, session.get_one(Hazard, found["CS-05"].id), "再撤")


def test_characters_that_nobody_sees_are_left_out_of_notes_and_readings(desk: Desk) -> None:
    one = failed(
        "CS-33",
        note="池口\x00无\u202e人\n监护",
        place="一\x07号池",
        filled={"部位\x00": "一号\x00池"},
        readings=[ReadingInput(18.2, "%VOL\x00", None, "池\x00口", "泵\x00吸")],
    )
    inspection_id = visit(desk, add(desk), one)
    kept = shown(desk, inspection_id)["CS-33"]
    assert (kept["note"], kept["place"]) == ("池口无人\n监护", "一号池")
    assert kept["readings"][0] == {"gas": "o2", "value": 18.2, "unit": "%VOL", "verdict": "below", "point": "池口"}
    assert "\x00" not in hazards_of(desk, inspection_id)["CS-33"].text


def test_the_second_inspector_is_another_person(desk: Desk) -> None:
    enterprise_id = add(desk)
    for second in (Second("王示例"), Second("王示例", "A-001")):
        with pytest.raises(SameInspector), desk.store.writing() as session:
            inspections.start(
                session, desk, session.get_one(inspections.Enterprise, enterprise_id), "hot-work", second=second
            )
    with desk.store.writing() as session:
        enterprise = session.get_one(inspections.Enterprise, enterprise_id)
        inspections.start(session, desk, enterprise, "hot-work", second=Second("王示例", "A-009"))


def broken_files(folder: Path) -> dict[str, type[Exception]]:
    (folder / "文字.jpg").write_text("这不是照片", encoding="utf-8")
    (folder / "断了.jpg").write_bytes(PHOTO.read_bytes()[:2000])
    (folder / "空.jpg").write_bytes(b"")
    return {"文字.jpg": NotAPhoto, "断了.jpg": NotAPhoto, "空.jpg": NotAPhoto, "没有.jpg": PhotoMissing}


def test_a_bad_photo_in_the_third_answer_leaves_the_first_two_unsaved(desk: Desk, tmp_path: Path) -> None:
    inspection_id = start(desk, add(desk))
    for name, error in broken_files(tmp_path).items():
        with pytest.raises(error) as refused:
            answer(
                desk,
                inspection_id,
                failed("CS-03", photos=[PHOTO]),
                passed("CS-04"),
                failed("CS-05", photos=[tmp_path / name]),
            )
        assert name in words_for(refused.value).message
        assert (rows(desk, Answer), rows(desk, Photo)) == (0, 0)


def test_a_photo_is_reduced_as_the_setting_says_and_reads_back(desk: Desk, tmp_path: Path) -> None:
    big = tmp_path / "大.png"
    Image.linear_gradient("L").resize((4000, 1000)).save(big)
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-03", photos=[big]))
    with desk.store.reading() as session:
        photo = session.scalars(select(Photo)).one()
        assert (photo.width, photo.height, photo.original_name) == (1600, 400, "大.png")
        assert len(desk.blobs.get(session, photo.digest)) == photo.size


def test_each_fail_becomes_a_hazard_with_deadline_basis_and_measure(desk: Desk) -> None:
    given = failed("CS-05", deadline=date(2026, 11, 23), place="厌氧池")
    inspection_id = visit(desk, add(desk), passed("CS-01"), failed("CS-03"), given)
    found = hazards_of(desk, inspection_id)
    item = shipped_checklists()["confined-space"].item("CS-03")
    assert sorted(found) == ["CS-03", "CS-05"]
    assert (found["CS-05"].due, found["CS-05"].place) == (date(2026, 11, 23), "厌氧池")
    assert (found["CS-03"].due - TODAY).days == item.days
    assert found["CS-03"].measure == item.measure
    assert [one["law"] for one in found["CS-03"].basis] == [one.law for one in item.basis]
    assert [one["verified"] for one in found["CS-03"].basis] == [True, True, False]


def test_one_item_of_two_objects_is_two_hazards_each_at_its_place(desk: Desk) -> None:
    enterprise_id = add(desk)
    with desk.store.writing() as session:
        enterprise = session.get_one(inspections.Enterprise, enterprise_id)
        ids = [objects.add(session, desk, enterprise, "有限空间", name, []) for name in ("一号池", "二号池")]
    inspection_id = start(desk, enterprise_id)
    answer(desk, inspection_id, *(failed("CS-03", object=one) for one in ids))
    finish(desk, inspection_id)
    with desk.store.reading() as session:
        assert sorted(session.scalars(select(Hazard.place))) == ["一号池", "二号池"]


def test_the_officers_own_conduct_is_no_hazard_of_the_enterprise(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-49"), failed("CS-03"))
    assert list(hazards_of(desk, inspection_id)) == ["CS-03"]


def levels(desk: Desk, *answers: AnswerInput) -> dict[str, tuple[str, list[str]]]:
    found = hazards_of(desk, visit(desk, add(desk, number=None), *answers))
    return {item: (hazard.level, hazard.criteria) for item, hazard in found.items()}


def test_a_criterion_that_stands_alone_makes_a_suspected_major_hazard(desk: Desk) -> None:
    assert levels(desk, failed("CS-30")) == {"CS-30": ("major", ["MH-13-02"])}


def test_half_of_a_criterion_that_needs_both_is_general_and_both_together_are_major(desk: Desk) -> None:
    assert levels(desk, failed("CS-01")) == {"CS-01": ("general", [])}
    assert levels(desk, failed("CS-03")) == {"CS-03": ("general", [])}
    both = {"CS-01": ("major", ["MH-13-01"]), "CS-03": ("major", ["MH-13-01"])}
    assert levels(desk, failed("CS-01"), failed("CS-03")) == both


def test_what_the_inspector_decided_stands(desk: Desk) -> None:
    decided = levels(
        desk,
        failed("CS-30", level=Level.GENERAL),
        failed("CS-04", level=Level.MAJOR),
        failed("CS-49", level=Level.MAJOR),
    )
    assert decided == {"CS-04": ("major", []), "CS-30": ("general", [])}


def test_the_reason_of_a_level_names_the_criterion_and_what_has_to_be_confirmed(desk: Desk) -> None:
    inspection_id = visit(desk, add(desk), failed("CS-01"), failed("CS-03"))
    reason = hazards_of(desk, inspection_id)["CS-01"].level_reason or ""
    assert reason.startswith("MH-13-01 ")
    assert "与 CS-03 同时不符合" in reason
    assert "须先确认：" in reason


SHIPPED = [pytest.param(checklist, id=checklist.id) for checklist in shipped_checklists().values()]
WAYS = {
    "bare": {},
    "place": {"place": "一号池"},
    "note": {"note": "现场没有人看守。"},
    "reading": {"readings": [ReadingInput(18.2, "%VOL")]},
    "all": {"place": "一号池", "note": "现场没有人看守", "readings": [ReadingInput(18.2, "%VOL", None, "口部")]},
}


def of_the_enterprise(checklist: Checklist) -> Iterable[ChecklistItem]:
    return (item for item in checklist.items if item.concerns is Concerns.ENTERPRISE)


@pytest.mark.parametrize("checklist", SHIPPED)
def test_no_finding_of_a_shipped_checklist_shows_a_gap(file_desk: Desk, checklist: Checklist) -> None:
    for way, given in WAYS.items():
        answers = [failed(item.id, **given) for item in of_the_enterprise(checklist)]
        found = hazards_of(file_desk, visit(file_desk, add(file_desk, number=None), *answers, template=checklist.id))
        assert len(found) == len(answers)
        for item, hazard in found.items():
            assert not set("〔〕{}") & set(hazard.text), (item, way, hazard.text)
            assert hazard.text.endswith("。"), (item, way, hazard.text)
            assert not any(twice in hazard.text for twice in ("。。", "；。", "，。", "  ")), (item, way, hazard.text)
            if "note" in given:
                assert "现场没有人看守" in hazard.text, (item, way)
            if "readings" in given:
                assert "18.2 %VOL" in hazard.text, (item, way)
            if way == "place":
                assert hazard.place == "一号池"


def test_a_filled_gap_a_place_and_a_breach_stand_in_the_sentence(desk: Desk) -> None:
    text = text_of(desk, failed("CS-33", place="一号池", readings=[LOW_OXYGEN], note="已叫停"))
    assert "一号池" in text
    assert "（氧 18.2 %VOL，低于下限）" in text
    assert text.endswith("已叫停。")


def test_answers_of_a_batch_may_be_given_in_any_order_and_hazards_follow_the_checklist(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-30"), failed("CS-03"), failed("CS-01"))
    found = finish(desk, inspection_id)
    by_id = {hazard.id: item for item, hazard in hazards_of(desk, inspection_id).items()}
    assert [by_id[one] for one in found] == ["CS-01", "CS-03", "CS-30"]


def test_an_inspection_keeps_the_version_of_the_checklist_it_was_made_with(file_desk: Desk, tmp_path: Path) -> None:
    from safetydesk.catalog.resources import resource
    from safetydesk.workflows import checklists

    before = start(file_desk, add(file_desk))
    own = tmp_path / "own.yaml"
    shipped = resource("checklists", "confined-space.yaml").read_text("utf-8")
    own.write_text(shipped.replace('version: "2026.11"', 'version: "2026.12"'), encoding="utf-8")
    with file_desk.store.writing() as session:
        checklists.import_checklist(session, own)
    after = start(file_desk, add(file_desk, number=2))
    with file_desk.store.reading() as session:
        versions = [
            inspection_view.view(session, session.get_one(Inspection, one))["version"] for one in (before, after)
        ]
        listed = {row.id: (row.version, row.origin) for row in checklists.all_checklists(session)}
    assert versions == ["2026.11", "2026.12"]
    assert listed["confined-space"] == ("2026.12", "office")
    assert listed["hot-work"] == ("2026.11", "shipped")
