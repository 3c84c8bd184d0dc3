"""Walking a checklist: the whole visit in one read, every answer put and taken back, photos, words while typing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from office_steps import PHOTO, add, answer, failed, finish, hazards_of, passed, start, visit
from PIL import Image
from sqlalchemy import func, select

from safetydesk.catalog.checklists import shipped_checklists
from safetydesk.documents.photos import MOST_BYTES, NotAPhoto, PhotoMissing, PhotoTooBig
from safetydesk.domain.finding_choices import MEASURE, SENTENCE
from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import Level, Result
from safetydesk.domain.limits import Verdict
from safetydesk.models.tables import Answer, AuditEntry, Enterprise, Hazard, Photo
from safetydesk.workflows import hazards, objects, walking, walking_photos, walking_words
from safetydesk.workflows.answering import (
    AnswerInput,
    InspectionFinished,
    Part,
    PassAgainstReading,
    ReadingInput,
    UnknownItem,
)
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.finding import UnknownInspection
from safetydesk.workflows.walking_shapes import Put, Walk
from safetydesk.workflows.walking_words import Doubt

TODAY = date(2026, 11, 21)
LOW_OXYGEN = ReadingInput(18.2, "%VOL", None, "口部")
CONFINED = shipped_checklists()["confined-space"]


def walk(desk: Desk, inspection_id: UUID) -> Walk:
    with desk.store.reading() as session:
        return walking.walk(session, desk, inspection_id)


def put(desk: Desk, inspection_id: UUID, one: AnswerInput) -> Put:
    with desk.store.writing() as session:
        changes, done = walking.put(session, desk, inspection_id, one)
    assert changes.inspections
    return done


def take_back(desk: Desk, inspection_id: UUID, done: Put) -> Put:
    with desk.store.writing() as session:
        return walking.take_back(session, desk, inspection_id, *done.key, done.before)[1]


def add_photos(desk: Desk, inspection_id: UUID, item: str | None, *paths: Path) -> walking_photos.PhotosPut:
    read = walking_photos.read_photos(paths, 1600)
    with desk.store.writing() as session:
        return walking_photos.add_photos(session, desk, inspection_id, item, None, read.good)[1]


def rows(desk: Desk, model: type) -> int:
    with desk.store.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def item_of(walked: Walk, item: str):  # type: ignore[no-untyped-def]
    return next(one for one in walked.items if one.id == item)


# what the walk shows


def test_a_walk_shows_every_item_in_its_section_with_basis_gist_criteria_and_limits(desk: Desk) -> None:
    walked = walk(desk, start(desk, add(desk)))
    assert (walked.enterprise, walked.title, walked.today, walked.finished_at) == (
        "样溪木器厂（示例）", "有限空间作业", TODAY, None,
    )  # fmt: skip
    assert [item.id for item in walked.items] == [item.id for item in CONFINED.items]
    assert [item.number for item in walked.items] == list(range(1, 51))
    assert walked.sections[0].title == "检查人员自身"
    permit = item_of(walked, "CS-12")
    assert permit.basis[0].law.startswith("《工贸企业有限空间作业安全规定》")
    assert permit.basis[0].gist
    assert permit.alternatives
    air = item_of(walked, "CS-33")
    assert ("氧", "19.5～23.5 %VOL") in [(one.name, one.text) for one in air.limits]
    assert all(one.source for one in air.limits if one.verified)
    together = item_of(walked, "CS-01").criteria[0]
    assert (together.id, together.rule.with_items) == ("MH-13-01", ("CS-03",))
    assert together.text


def test_what_is_unverified_says_so_and_what_merely_serves_as_reference_comes_last(desk: Desk) -> None:
    walked = walk(desk, start(desk, add(desk)))
    assert [one.verified for one in item_of(walked, "CS-01").basis] == [True, False]
    assert not item_of(walked, "CS-01").is_verified
    assert item_of(walked, "CS-05").is_verified
    for item in walked.items:
        reference = [one.is_reference for one in item.basis]
        assert reference == sorted(reference)


def test_a_walk_is_opened_again_exactly_as_it_was_left(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    done = put(
        desk,
        inspection_id,
        failed(
            "CS-33",
            note="已叫停",
            place="一号池",
            filled={"气体和数值": "氧偏低"},
            level=Level.MAJOR,
            deadline=date(2026, 11, 24),
            readings=[LOW_OXYGEN],
        ),
    )
    put(desk, inspection_id, passed("CS-01"))
    again = walk(desk, inspection_id)
    assert set(again.answers) == {("CS-33", None), ("CS-01", None)}
    assert again.answers["CS-33", None] == done.now
    state = again.answers["CS-33", None]
    assert (state.note, state.place, state.level, state.deadline) == (
        "已叫停",
        "一号池",
        Level.MAJOR,
        date(2026, 11, 24),
    )
    reading = state.readings[0]
    assert (reading.value, reading.unit, reading.gas, reading.point, reading.verdict) == (
        18.2, "%VOL", "o2", "口部", Verdict.BELOW,
    )  # fmt: skip


def test_an_unknown_visit_cannot_be_walked(desk: Desk) -> None:
    with pytest.raises(UnknownInspection):
        walk(desk, UUID(int=7))


def test_the_last_time_says_when_what_and_whether_it_is_still_open(desk: Desk) -> None:
    enterprise_id = add(desk)
    earlier = visit(desk, enterprise_id, failed("CS-03"), failed("CS-05"), passed("CS-01"))
    found = hazards_of(desk, earlier)
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, found["CS-05"].id), "看错了")
    walked = walk(desk, start(desk, enterprise_id))
    open_one, closed, fine, never = (item_of(walked, item).last for item in ("CS-03", "CS-05", "CS-01", "CS-04"))
    assert (open_one.on, open_one.result, open_one.is_open) == (TODAY, Result.FAIL, True)
    assert (closed.state, closed.is_open) == (HazardState.WITHDRAWN, False)
    assert (fine.result, fine.state, fine.is_open) == (Result.PASS, None, False)
    assert never is None


def test_the_last_time_is_the_latest_ended_visit_and_of_this_enterprise_alone(desk: Desk) -> None:
    ours, theirs = add(desk), add(desk, "样溪别家（示例）", 2)
    visit(desk, ours, failed("CS-03"))
    visit(desk, ours, passed("CS-03"), AnswerInput("CS-04", Result.UNCHECKED))
    visit(desk, theirs, failed("CS-03"))
    answer(desk, start(desk, ours), failed("CS-03"))  # never ended
    walked = walk(desk, start(desk, ours))
    assert item_of(walked, "CS-03").last.result is Result.PASS
    assert item_of(walked, "CS-04").last is None


def test_of_two_objects_the_last_time_a_fail_counts(desk: Desk) -> None:
    enterprise_id = add(desk)
    with desk.store.writing() as session:
        enterprise = session.get_one(Enterprise, enterprise_id)
        first, second = (objects.add(session, desk, enterprise, "有限空间", name, []) for name in ("一号池", "二号池"))
    visit(desk, enterprise_id, failed("CS-03", object=first), passed("CS-03", object=second))
    walked = walk(desk, start(desk, enterprise_id))
    assert item_of(walked, "CS-03").last.result is Result.FAIL
    assert [one.name for one in walked.objects] == ["一号池", "二号池"]


# answers, and taking them back


def test_taking_back_the_first_answer_leaves_the_item_as_nobody_answered_it(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    done = put(desk, inspection_id, failed("CS-33", note="x", place="池", readings=[LOW_OXYGEN], level=Level.MAJOR))
    assert done.before is None
    back = take_back(desk, inspection_id, done)
    assert back.now is None
    assert walk(desk, inspection_id).answers == {}
    assert rows(desk, Answer) == 1  # what happened stays


def test_taking_back_sets_exactly_what_was_before_readings_included(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    first = put(
        desk,
        inspection_id,
        failed("CS-33", note="原来", place="一号池", filled={"部位": "一号池"}, readings=[LOW_OXYGEN, LOW_OXYGEN]),
    )
    changed = put(
        desk, inspection_id, passed("CS-33", note="后来", readings=[replace(LOW_OXYGEN, value=20.9, point=None)])
    )
    assert changed.before == first.now
    back = take_back(desk, inspection_id, changed)
    assert back.now == first.now
    assert walk(desk, inspection_id).answers["CS-33", None] == first.now


def test_what_was_taken_back_can_be_done_again(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    done = put(desk, inspection_id, failed("CS-33", readings=[LOW_OXYGEN]))
    back = take_back(desk, inspection_id, done)
    again = take_back(desk, inspection_id, back)
    assert again.now == done.now


def test_taking_back_is_on_record(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    take_back(desk, inspection_id, put(desk, inspection_id, passed("CS-03")))
    with desk.store.reading() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.position)).all()
    assert actions[-2:] == ["inspection.answered", "inspection.taken_back"]


def test_not_checked_counts_as_not_answered_and_keeps_a_note(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    put(desk, inspection_id, passed("CS-03"))
    assert put(desk, inspection_id, AnswerInput("CS-03", Result.UNCHECKED)).now is None
    noted = put(desk, inspection_id, AnswerInput("CS-04", Result.UNCHECKED, note="门锁着，下次看")).now
    assert noted is not None
    assert (noted.result, noted.note) == (Result.UNCHECKED, "门锁着，下次看")


def test_what_a_person_clears_is_gone_and_the_rest_stays(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    full = failed(
        "CS-33",
        note="备注",
        place="一号池",
        filled={"部位": "一号池", "气体和数值": "氧低"},
        level=Level.MAJOR,
        deadline=date(2026, 11, 24),
        readings=[LOW_OXYGEN],
    )
    put(desk, inspection_id, full)
    cleared = put(
        desk,
        inspection_id,
        AnswerInput(
            "CS-33",
            Result.FAIL,
            filled={"部位": "二号池"},
            cleared=(Part.NOTE, Part.LEVEL, Part.DEADLINE, Part.READINGS, Part.FILLED),
        ),
    ).now
    assert cleared is not None
    assert (cleared.note, cleared.level, cleared.deadline, cleared.readings) == ("", None, None, ())
    assert (cleared.place, cleared.filled) == ("一号池", {"部位": "二号池"})


def test_a_pass_is_taken_once_the_reading_that_spoke_against_it_is_cleared(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    put(desk, inspection_id, failed("CS-33", readings=[LOW_OXYGEN]))
    with pytest.raises(PassAgainstReading):
        put(desk, inspection_id, passed("CS-33"))
    state = put(desk, inspection_id, AnswerInput("CS-33", Result.PASS, cleared=(Part.READINGS,))).now
    assert state is not None
    assert (state.result, state.readings) == (Result.PASS, ())


def test_a_refused_answer_leaves_everything_as_it_was(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    before = put(desk, inspection_id, failed("CS-33", note="原来", readings=[LOW_OXYGEN])).now
    with pytest.raises(PassAgainstReading):
        put(desk, inspection_id, passed("CS-33", note="改了"))
    assert walk(desk, inspection_id).answers["CS-33", None] == before


def test_an_ended_visit_takes_nothing_and_gives_nothing_back(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    done = put(desk, inspection_id, passed("CS-03"))
    photo = add_photos(desk, inspection_id, "CS-03", PHOTO).added
    finish(desk, inspection_id)
    with pytest.raises(InspectionFinished):
        put(desk, inspection_id, passed("CS-04"))
    with pytest.raises(InspectionFinished):
        take_back(desk, inspection_id, done)
    with desk.store.writing() as session:
        with pytest.raises(InspectionFinished):
            walking_photos.remove_photos(session, inspection_id, photo)
        with pytest.raises(InspectionFinished):
            walking_photos.add_photos(session, desk, inspection_id, None, None, [])
        with pytest.raises(InspectionFinished):
            walking_photos.move_photo(session, inspection_id, photo[0], None)
    assert walk(desk, inspection_id).finished_at is not None


# the words of the finding


def test_the_chosen_fault_alone_stands_on_the_notice_and_so_does_ones_own_measure(desk: Desk) -> None:
    sentence = next(one.sentence for one in item_of(walk(desk, start(desk, add(desk))), "CS-12").alternatives)
    one = failed("CS-12", place="调节池", filled={SENTENCE: sentence, MEASURE: "立即停止作业，补办审批。"})
    found = hazards_of(desk, visit(desk, add(desk, number=None), one))["CS-12"]
    assert found.text == "调节池的有限空间作业未经审批。"
    assert found.measure == "立即停止作业，补办审批。"


def test_a_chosen_fault_without_a_place_is_not_lost_in_the_vaguer_sentence(desk: Desk) -> None:
    one = failed("CS-28", filled={SENTENCE: "〔部位〕作业前未通风。"})
    assert hazards_of(desk, visit(desk, add(desk), one))["CS-28"].text == "现场作业前未通风。"


def test_own_words_take_the_place_of_the_sentence(desk: Desk) -> None:
    one = failed("CS-28", filled={SENTENCE: "二号池〔东侧〕风机停着，没有通风"}, note="当场叫停")
    found = hazards_of(desk, visit(desk, add(desk), one))["CS-28"]
    assert found.text == "二号池（东侧）风机停着，没有通风。当场叫停。"


def test_an_example_that_still_wants_its_fact_is_not_printed(desk: Desk) -> None:
    gap = "未检测、漏测何种气体、检测方式不当等具体情形"
    for said, printed in (("漏测何种气体", False), ("漏测硫化氢", True)):
        one = failed("CS-30", place="一号池", filled={gap: said})
        found = hazards_of(desk, visit(desk, add(desk, number=None), one))
        text = found["CS-30"].text
        assert (said in text) is printed
        assert "何种气体" not in text


@pytest.mark.parametrize(
    ("filled", "place", "readings", "gaps"),
    [
        ({}, "", (), ("部位", "气体和数值")),
        ({}, "一号池", (), ("气体和数值",)),
        ({}, "一号池", (LOW_OXYGEN,), ()),
        ({"气体和数值": "氧偏低"}, "一号池", (), ()),
        ({}, "一号池", (replace(LOW_OXYGEN, value=20.9),), ("气体和数值",)),
    ],
)
def test_the_preview_names_the_gaps_that_keep_the_fuller_sentence_away(
    filled: dict[str, str], place: str, readings: tuple[ReadingInput, ...], gaps: tuple[str, ...]
) -> None:
    preview = walking_words.preview_finding(CONFINED.item("CS-33"), filled, place, "", readings)
    assert preview.open_gaps == gaps
    assert "〔" not in preview.text


def test_the_preview_is_the_sentence_that_the_hazard_gets(desk: Desk) -> None:
    given = {"place": "一号池", "note": "已叫停", "readings": [LOW_OXYGEN, ReadingInput(45, "ppm", "co")]}
    found = hazards_of(desk, visit(desk, add(desk), failed("CS-33", **given)))["CS-33"]
    preview = walking_words.preview_finding(
        CONFINED.item("CS-33"), {}, "一号池", "已叫停", [LOW_OXYGEN, ReadingInput(45, "ppm", "co")]
    )
    assert preview.text == found.text


def test_the_level_in_view_follows_what_failed_together_and_the_decision_stands(desk: Desk) -> None:
    walked = walk(desk, start(desk, add(desk)))
    ledger = item_of(walked, "CS-01")
    alone = walking_words.level_in_view(CONFINED, ledger, (), None)
    assert (alone.level, alone.pointing) == (Level.GENERAL, ())
    assert [(one.id, items) for one, items in alone.missing] == [("MH-13-01", ("CS-03",))]
    together = walking_words.level_in_view(CONFINED, ledger, ("CS-03",), None)
    assert (together.level, [one.id for one in together.pointing], together.missing) == (
        Level.MAJOR, ["MH-13-01"], (),
    )  # fmt: skip
    decided = walking_words.level_in_view(CONFINED, ledger, ("CS-03",), Level.GENERAL)
    assert (decided.level, decided.by_rule) == (Level.GENERAL, Level.MAJOR)


# readings while they are typed


@pytest.mark.parametrize(
    ("item", "value", "unit", "gas", "verdict", "doubt"),
    [
        ("CS-33", 19.5, "%VOL", "o2", Verdict.WITHIN, None),
        ("CS-33", 19.4, "%VOL", "o2", Verdict.BELOW, None),
        ("CS-33", 23.6, "%VOL", None, Verdict.ABOVE, None),
        ("CS-33", 18.2, None, None, Verdict.UNJUDGED, Doubt.WHICH),
        ("CS-33", 18.2, "米", "o2", Verdict.UNJUDGED, Doubt.UNIT),
        ("CS-33", -1, "%VOL", "o2", Verdict.UNJUDGED, Doubt.IMPOSSIBLE),
        ("CS-03", 3, None, None, Verdict.UNJUDGED, Doubt.NO_LIMIT),
    ],
)
def test_a_reading_is_judged_while_it_is_typed(
    item: str, value: float, unit: str | None, gas: str | None, verdict: Verdict, doubt: Doubt | None
) -> None:
    said = walking_words.judged(CONFINED.item(item), value, unit, gas)
    assert (said.verdict, said.doubt) == (verdict, doubt)


def test_a_judged_reading_brings_its_limit_and_the_source_and_says_where_it_is_approximate() -> None:
    said = walking_words.judged(CONFINED.item("CS-33"), 27, "ppm", "co")
    assert said.limit is not None
    assert (said.limit.name, said.limit.text, said.approximate) == ("一氧化碳", "不超过 30 mg/m³", True)
    assert "2.1" in said.limit.source


# phrases


def test_words_of_earlier_visits_are_offered_for_the_same_item_the_most_used_first(desk: Desk) -> None:
    enterprise_id = add(desk)
    for name in ("张监护", "张监护", "李监护"):
        visit(
            desk, enterprise_id, failed("CS-09", filled={"姓名": name, "部位": "池", MEASURE: "补训"}, note="不会开机")
        )
    now = start(desk, enterprise_id)
    answer(desk, now, failed("CS-09", filled={"姓名": "王监护"}))
    with desk.store.reading() as session:
        offered = walking_words.phrases(session, "CS-09", now)
        other = walking_words.phrases(session, "CS-10", now)
    assert [(one.target, one.text, one.count) for one in offered] == [
        ("备注", "不会开机", 3), ("姓名", "张监护", 2), ("姓名", "李监护", 1),
    ]  # fmt: skip
    assert other == ()


def test_phrases_are_found_by_pinyin_initials() -> None:
    assert walking_words.initials_of(["未通风", "A区无标志"]) == {"未通风": "wtf", "A区无标志": "aqwbz"}


# photos


def broken(folder: Path) -> dict[str, type[Exception]]:
    (folder / "文字.jpg").write_text("这不是照片", encoding="utf-8")
    (folder / "断了.jpg").write_bytes(PHOTO.read_bytes()[:2000])
    return {"文字.jpg": NotAPhoto, "断了.jpg": NotAPhoto, "没有.jpg": PhotoMissing}


def test_a_broken_photo_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    wrong = broken(tmp_path)
    read = walking_photos.read_photos([PHOTO, *(tmp_path / name for name in wrong)], 1600)
    assert [one.original_name for one in read.good] == [PHOTO.name]
    assert {name: type(error) for name, error in read.bad} == wrong
    assert all(name in words_for(error).message for name, error in read.bad)


def test_of_a_folder_the_pictures_are_taken_and_an_empty_or_overfull_one_is_refused(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.heic", "说明.txt"):
        (tmp_path / name).touch()
    (tmp_path / "里面.jpg").mkdir()
    assert [one.name for one in walking_photos.files_of([tmp_path, PHOTO])] == ["a.heic", "b.JPG", PHOTO.name]
    with pytest.raises(walking_photos.NoPhotosThere) as none:
        walking_photos.files_of([tmp_path / "里面.jpg"])
    with pytest.raises(walking_photos.TooManyPhotos) as many:
        walking_photos.files_of([PHOTO] * (walking_photos.MOST_AT_ONCE + 1))
    assert "里面" in words_for(none.value).message
    assert "201" in words_for(many.value).message


def test_a_picture_without_a_file_is_taken_and_what_is_none_is_named() -> None:
    assert walking_photos.read_picture(PHOTO.read_bytes(), "粘贴的图片", 800).good[0].width <= 800
    ((name, error),) = walking_photos.read_picture(b"nothing", "粘贴的图片", 800).bad
    assert (name, type(error)) == ("粘贴的图片", NotAPhoto)
    assert isinstance(walking_photos.read_picture(b"0" * (MOST_BYTES + 1), "x", 800).bad[0][1], PhotoTooBig)


def test_a_photo_may_come_before_the_answer_and_stands_with_it_then(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    added = add_photos(desk, inspection_id, "CS-03", PHOTO)
    assert [(one.item, one.name) for one in added.photos] == [("CS-03", PHOTO.name)]
    answer(desk, inspection_id, failed("CS-03", photos=[PHOTO]))  # the same picture is there once
    assert [(one.id, one.item) for one in walk(desk, inspection_id).photos] == [(added.added[0], "CS-03")]


def test_a_photo_of_the_visit_can_wait_in_the_pool_and_be_given_to_an_item(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    (photo,) = add_photos(desk, inspection_id, None, PHOTO).added
    assert walk(desk, inspection_id).photos[0].item is None
    for item in ("CS-03", "CS-05", None):
        with desk.store.writing() as session:
            moved = walking_photos.move_photo(session, inspection_id, photo, item)[1]
        assert [(one.id, one.item) for one in moved.photos] == [(photo, item)]
    with desk.store.writing() as session, pytest.raises(UnknownItem):
        walking_photos.move_photo(session, inspection_id, photo, "DE-01")


def test_a_moved_photo_prints_with_the_finding_it_was_moved_to(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    answer(desk, inspection_id, failed("CS-03"), failed("CS-05"))
    (photo,) = add_photos(desk, inspection_id, "CS-03", PHOTO).added
    with desk.store.writing() as session:
        walking_photos.move_photo(session, inspection_id, photo, "CS-05")
    finish(desk, inspection_id)
    with desk.store.reading() as session:
        owner = session.scalars(select(Photo.answer_id)).one()
    assert owner == hazards_of(desk, inspection_id)["CS-05"].answer_id


def test_a_removed_photo_is_voided_comes_back_and_can_be_added_anew(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    (photo,) = add_photos(desk, inspection_id, "CS-03", PHOTO).added
    for bring_back in (True, False):
        with desk.store.writing() as session:
            assert walking_photos.remove_photos(session, inspection_id, [photo])[1].photos == ()
        if bring_back:
            with desk.store.writing() as session:
                assert len(walking_photos.restore_photos(session, inspection_id, [photo])[1].photos) == 1
    again = add_photos(desk, inspection_id, "CS-03", PHOTO)
    assert ([one.id for one in again.photos], again.added) == ([photo], (photo,))
    assert add_photos(desk, inspection_id, "CS-03", PHOTO).added == ()
    assert rows(desk, Photo) == 1


def test_a_photo_of_another_visit_is_out_of_reach(desk: Desk) -> None:
    first, second = start(desk, add(desk)), start(desk, add(desk, number=2))
    (photo,) = add_photos(desk, first, "CS-03", PHOTO).added
    with desk.store.writing() as session, pytest.raises(walking_photos.UnknownPhoto):
        walking_photos.remove_photos(session, second, [photo])


def test_a_thumbnail_is_small_and_a_picture(desk: Desk) -> None:
    inspection_id = start(desk, add(desk))
    (photo,) = add_photos(desk, inspection_id, None, PHOTO).added
    with desk.store.reading() as session:
        whole = walking_photos.photo_bytes(session, desk, photo)
        small = walking_photos.thumbnail(session, desk, photo)
    assert len(small) < len(whole)
    assert max(Image.open(io.BytesIO(small)).size) == 320
