"""Coming back to a hazard: re-inspection, extension, and what was entered by mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from conftest import Office
from office_steps import PHOTO, add, failed, hazards_of, issue, visit
from sqlalchemy import select

from safetydesk.documents.errors import MissingGlyphs
from safetydesk.documents.photos import NotAPhoto
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import HazardEventKind, HazardLife, HazardState
from safetydesk.models import backup
from safetydesk.models.tables import Hazard, HazardEvent, Photo
from safetydesk.workflows import checkup, hazard_card, hazards, rechecking
from safetydesk.workflows.answering import LONGEST_NOTE, NoteTooLong
from safetydesk.workflows.desk import Desk, Quiet
from safetydesk.workflows.finding import UnknownHazard
from safetydesk.workflows.hazards import HazardClosed
from safetydesk.workflows.rechecking import (
    ExtensionNotLater,
    ExtensionReasonMissing,
    MajorNeedsConsent,
    NewDeadline,
    NothingToTakeBack,
    Outcome,
    Recheck,
    RecheckDay,
    RecheckNoteMissing,
    ReopeningReasonMissing,
    StillOpen,
)

TODAY = date(2026, 11, 21)
DUE = TODAY + timedelta(days=3)
MENDED = Recheck(Outcome.CLOSED)
LEFT = Recheck(Outcome.OPEN, "标志没有补")


def found(desk: Desk, item: str = "CS-03", **more: Any) -> UUID:
    """A hazard that has just been found."""
    given = {"deadline": DUE} | more
    return hazards_of(desk, visit(desk, add(desk, number=None), failed(item, **given)))[item].id


def noticed(desk: Desk, **more: Any) -> UUID:
    """A hazard that a paper names."""
    inspection_id = visit(desk, add(desk, number=None), failed("CS-03", **({"deadline": DUE} | more)))
    issue(desk, inspection_id)
    return hazards_of(desk, inspection_id)["CS-03"].id


def written(desk: Desk, verb: Callable[..., Any], *given: Any, **more: Any) -> Any:
    with desk.store.writing() as session:
        return verb(session, desk, *given, **more)


def looked(desk: Desk, hazard_id: UUID, given: Recheck) -> UUID:
    changes, event_id = written(desk, rechecking.recheck, hazard_id, given)
    assert changes.hazards
    return UUID(str(event_id))


def life(desk: Desk, hazard_id: UUID) -> HazardLife:
    with desk.store.reading() as session:
        return hazards.lives(session, [session.get_one(Hazard, hazard_id)])[hazard_id]


def state(desk: Desk, hazard_id: UUID) -> HazardState:
    return life(desk, hazard_id).state


def events(desk: Desk, hazard_id: UUID) -> list[HazardEvent]:
    with desk.store.reading() as session:
        query = select(HazardEvent).where(HazardEvent.hazard_id == hazard_id).order_by(HazardEvent.stamp)
        return list(session.scalars(query))


def later(office: Office, days: int) -> None:
    office.clock.moment += timedelta(days=days)


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Outcome.CLOSED, HazardState.CLOSED),
        (Outcome.PARTIAL, HazardState.PARTIAL),
        (Outcome.OPEN, HazardState.OPEN),
    ],
)
def test_the_outcome_is_the_state_after_it(desk: Desk, outcome: Outcome, after: HazardState) -> None:
    hazard_id = noticed(desk)
    looked(desk, hazard_id, Recheck(outcome, "看了现场"))
    assert state(desk, hazard_id) is after
    last = events(desk, hazard_id)[-1]
    assert (last.note, last.happened_on, last.officer_id) == ("看了现场", TODAY, desk.officer_id)


def test_what_was_mended_on_the_spot_is_closed_without_a_paper(desk: Desk) -> None:
    hazard_id = found(desk)
    looked(desk, hazard_id, MENDED)
    assert state(desk, hazard_id) is HazardState.CLOSED


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.OPEN])
def test_what_is_not_mended_has_to_be_said(desk: Desk, outcome: Outcome) -> None:
    hazard_id = noticed(desk)
    with pytest.raises(RecheckNoteMissing):
        looked(desk, hazard_id, Recheck(outcome, " \n\t"))
    assert state(desk, hazard_id) is HazardState.NOTIFIED


def test_a_suspected_major_hazard_is_closed_only_with_a_word_on_who_verified_it(desk: Desk) -> None:
    hazard_id = found(desk, "CS-30")
    with pytest.raises(RecheckNoteMissing):
        looked(desk, hazard_id, MENDED)
    looked(desk, hazard_id, Recheck(Outcome.CLOSED, "企业验收报告已收，县局核查同意"))
    assert state(desk, hazard_id) is HazardState.CLOSED


def test_what_was_closed_is_not_looked_at_again(desk: Desk) -> None:
    hazard_id = noticed(desk)
    looked(desk, hazard_id, MENDED)
    for verb, given in ((rechecking.recheck, (LEFT,)), (rechecking.extend, (DUE + timedelta(9), "备件未到"))):
        with pytest.raises(HazardClosed):
            written(desk, verb, hazard_id, *given)


def test_a_hazard_that_is_not_there_is_named(desk: Desk) -> None:
    for verb, given in ((rechecking.recheck, (MENDED,)), (rechecking.extend, (DUE, "x")), (rechecking.reopen, ("x",))):
        with pytest.raises(UnknownHazard):
            written(desk, verb, uuid4(), *given)


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_looks_again_before_it_was_found_or_in_the_future(desk: Desk, days: int) -> None:
    hazard_id = noticed(desk)
    with pytest.raises(RecheckDay):
        looked(desk, hazard_id, Recheck(Outcome.CLOSED, on=TODAY + timedelta(days)))


def test_a_pass_cannot_be_dated_before_a_failure_that_was_entered_earlier(office: Office) -> None:
    desk = office.set_up()
    hazard_id = noticed(desk)
    later(office, 5)
    looked(desk, hazard_id, Recheck(Outcome.OPEN, "没改", on=TODAY + timedelta(4)))
    with pytest.raises(RecheckDay) as refused:
        looked(desk, hazard_id, Recheck(Outcome.CLOSED, on=TODAY + timedelta(3)))
    assert refused.value.facts["earliest"] == TODAY + timedelta(4)
    looked(desk, hazard_id, Recheck(Outcome.CLOSED, on=TODAY + timedelta(4)))


def test_a_day_that_was_entered_by_mistake_binds_nobody(office: Office) -> None:
    desk = office.set_up()
    hazard_id = noticed(desk)
    later(office, 5)
    written(desk, rechecking.take_back, looked(desk, hazard_id, Recheck(Outcome.CLOSED, on=TODAY + timedelta(5))))
    looked(desk, hazard_id, Recheck(Outcome.CLOSED, on=TODAY + timedelta(2)))
    assert events(desk, hazard_id)[-1].happened_on == TODAY + timedelta(2)


def test_what_is_not_mended_may_get_a_further_deadline(office: Office) -> None:
    desk = office.set_up()
    hazard_id = noticed(desk)
    later(office, 10)
    again = TODAY + timedelta(12)
    looked(desk, hazard_id, Recheck(Outcome.PARTIAL, "还差通风", due=again))
    assert (life(desk, hazard_id).due, state(desk, hazard_id)) == (again, HazardState.PARTIAL)


@pytest.mark.parametrize(
    "given",
    [Recheck(Outcome.CLOSED, due=DUE), Recheck(Outcome.OPEN, "没改", due=TODAY - timedelta(1))],
)
def test_a_further_deadline_belongs_to_what_is_not_mended_and_lies_ahead(desk: Desk, given: Recheck) -> None:
    hazard_id = noticed(desk)
    with pytest.raises(NewDeadline):
        looked(desk, hazard_id, given)


def test_a_note_is_bounded_and_printable(desk: Desk) -> None:
    hazard_id = noticed(desk)
    with pytest.raises(NoteTooLong):
        looked(desk, hazard_id, Recheck(Outcome.OPEN, "字" * (LONGEST_NOTE + 1)))
    with pytest.raises(MissingGlyphs):
        looked(desk, hazard_id, Recheck(Outcome.OPEN, "印不出 \U0002f800\U0001f600"))
    assert state(desk, hazard_id) is HazardState.NOTIFIED


def test_photos_of_a_recheck_are_kept_once_and_shown_beside_it(desk: Desk, tmp_path: Path) -> None:
    hazard_id = noticed(desk, photos=[PHOTO])
    copy = tmp_path / "又一次.jpg"
    copy.write_bytes(PHOTO.read_bytes())
    (read,) = rechecking.read_photos(desk, [copy], Quiet()).good
    looked(desk, hazard_id, Recheck(Outcome.CLOSED, photos=[PHOTO, read]))
    with desk.store.reading() as session:
        card = hazard_card.card(session, desk, hazard_id)
        assert (len(card.photos), len(card.history[-1].photos)) == (1, 1)
        assert hazard_card.photo(session, desk, card.history[-1].photos[0].digest)[:2] == b"\xff\xd8"
        assert len(session.scalars(select(Photo)).all()) == 2


def test_a_file_that_is_no_photo_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    hazard_id = noticed(desk)
    bad = tmp_path / "坏.jpg"
    bad.write_bytes(b"no picture")
    with pytest.raises(NotAPhoto):
        looked(desk, hazard_id, Recheck(Outcome.CLOSED, photos=[PHOTO, bad]))
    with desk.store.reading() as session:
        assert session.scalars(select(Photo)).all() == []
    assert state(desk, hazard_id) is HazardState.NOTIFIED


def test_checkup_and_backup_know_the_photos_of_a_recheck(file_desk: Desk, tmp_path: Path) -> None:
    hazard_id = noticed(file_desk)
    before = backup.make(file_desk.store, tmp_path / "U盘").blobs
    looked(file_desk, hazard_id, Recheck(Outcome.CLOSED, photos=[PHOTO]))
    assert backup.make(file_desk.store, tmp_path / "U盘").blobs == before + 1
    for path in (file_desk.store.folder / "store").glob("??/*"):
        path.unlink()
    (photos,) = [one for one in checkup.checkup(file_desk) if one.name == "photos"]
    assert not photos.ok


def test_an_extension_moves_the_deadline_and_keeps_the_old_one_in_the_history(desk: Desk) -> None:
    hazard_id = noticed(desk)
    written(desk, rechecking.extend, hazard_id, DUE + timedelta(7), "备件未到货\n已下订单")
    assert (life(desk, hazard_id).due, state(desk, hazard_id)) == (DUE + timedelta(7), HazardState.NOTIFIED)
    with desk.store.reading() as session:
        last = hazard_card.card(session, desk, hazard_id).history[-1]
    assert (last.before, last.due, last.note) == (DUE, DUE + timedelta(7), "备件未到货\n已下订单")


@pytest.mark.parametrize(
    ("to", "reason", "refused"),
    [
        (DUE, "备件未到", ExtensionNotLater),
        (DUE - timedelta(1), "备件未到", ExtensionNotLater),
        (DUE + timedelta(1), " ", ExtensionReasonMissing),
    ],
)
def test_an_extension_is_later_and_has_a_reason(
    desk: Desk, to: date, reason: str, refused: type[SafetyDeskError]
) -> None:
    hazard_id = noticed(desk)
    with pytest.raises(refused):
        written(desk, rechecking.extend, hazard_id, to, reason)
    assert life(desk, hazard_id).due == DUE


def test_an_overdue_hazard_is_not_extended_to_a_day_that_has_passed(office: Office) -> None:
    desk = office.set_up()
    hazard_id = noticed(desk)
    later(office, 10)
    with pytest.raises(ExtensionNotLater):
        written(desk, rechecking.extend, hazard_id, TODAY + timedelta(9), "备件未到")
    written(desk, rechecking.extend, hazard_id, TODAY + timedelta(10), "备件未到")


def test_a_suspected_major_hazard_is_put_off_only_with_somebodys_consent(desk: Desk) -> None:
    hazard_id = found(desk, "CS-30")
    with pytest.raises(MajorNeedsConsent):
        written(desk, rechecking.extend, hazard_id, DUE + timedelta(7), "备件未到")
    written(desk, rechecking.extend, hazard_id, DUE + timedelta(7), "备件未到", consent="样溪县应急管理局")
    with desk.store.reading() as session:
        assert hazard_card.card(session, desk, hazard_id).history[-1].consent == "样溪县应急管理局"


@pytest.mark.parametrize("given", [MENDED, Recheck(Outcome.PARTIAL, "差一半", due=DUE + timedelta(9)), LEFT])
def test_a_recheck_that_is_taken_back_leaves_state_and_deadline_as_before(desk: Desk, given: Recheck) -> None:
    hazard_id = noticed(desk)
    written(desk, rechecking.take_back, looked(desk, hazard_id, given))
    after = life(desk, hazard_id)
    assert (after.state, after.due) == (HazardState.NOTIFIED, DUE)
    with desk.store.reading() as session:
        *_, mistaken, undo = hazard_card.card(session, desk, hazard_id).history
    assert (mistaken.is_taken_back, undo.label) == (True, hazards.TAKEN_BACK)


def test_taking_back_can_itself_be_taken_back(desk: Desk) -> None:
    hazard_id = noticed(desk)
    written(desk, rechecking.take_back, looked(desk, hazard_id, MENDED))
    written(desk, rechecking.take_back, events(desk, hazard_id)[-1].id)
    assert state(desk, hazard_id) is HazardState.CLOSED


def test_an_extension_and_a_withdrawal_are_taken_back_too(desk: Desk) -> None:
    hazard_id = noticed(desk)
    _, event_id = written(desk, rechecking.extend, hazard_id, DUE + timedelta(7), "备件未到")
    written(desk, rechecking.take_back, event_id)
    assert (life(desk, hazard_id).due, state(desk, hazard_id)) == (DUE, HazardState.NOTIFIED)
    loose = found(desk, "CS-04")
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, loose), "看错了")
        last = rechecking.last_event(session, loose)
    written(desk, rechecking.take_back, last)
    assert state(desk, loose) is HazardState.FOUND


def test_photos_of_a_recheck_that_is_taken_back_are_not_shown_and_come_again_with_the_next(desk: Desk) -> None:
    hazard_id = noticed(desk)
    pictured = Recheck(Outcome.CLOSED, photos=[PHOTO])
    written(desk, rechecking.take_back, looked(desk, hazard_id, pictured))
    with desk.store.reading() as session:
        assert [one.photos for one in hazard_card.card(session, desk, hazard_id).history] == [(), (), (), ()]
    looked(desk, hazard_id, pictured)
    with desk.store.reading() as session:
        assert len(hazard_card.card(session, desk, hazard_id).history[-1].photos) == 1
        assert len(session.scalars(select(Photo)).all()) == 1


def test_only_the_last_entry_is_taken_back(desk: Desk) -> None:
    hazard_id = noticed(desk)
    event_id = looked(desk, hazard_id, LEFT)
    looked(desk, hazard_id, MENDED)
    with pytest.raises(NothingToTakeBack):
        written(desk, rechecking.take_back, event_id)
    assert state(desk, hazard_id) is HazardState.CLOSED


def test_what_a_paper_did_and_what_was_found_are_not_taken_back(desk: Desk) -> None:
    for hazard_id in (noticed(desk), found(desk, "CS-04")):
        with pytest.raises(NothingToTakeBack):
            written(desk, rechecking.take_back, events(desk, hazard_id)[-1].id)


def test_an_entry_that_is_not_there_is_not_taken_back(desk: Desk) -> None:
    with pytest.raises(NothingToTakeBack):
        written(desk, rechecking.take_back, uuid4())


def test_the_next_day_an_entry_is_no_longer_taken_back_but_opened_again_with_a_reason(office: Office) -> None:
    desk = office.set_up()
    hazard_id = noticed(desk)
    event_id = looked(desk, hazard_id, MENDED)
    later(office, 1)
    with pytest.raises(NothingToTakeBack):
        written(desk, rechecking.take_back, event_id)
    with pytest.raises(ReopeningReasonMissing):
        written(desk, rechecking.reopen, hazard_id, "")
    written(desk, rechecking.reopen, hazard_id, "销错了一条")
    assert (state(desk, hazard_id), events(desk, hazard_id)[-1].note) == (HazardState.OPEN, "销错了一条")


def test_what_was_withdrawn_by_mistake_comes_back_as_it_was(office: Office) -> None:
    desk = office.set_up()
    hazard_id = found(desk)
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, session.get_one(Hazard, hazard_id), "看错了")
    later(office, 1)
    written(desk, rechecking.reopen, hazard_id, "没有看错")
    assert state(desk, hazard_id) is HazardState.FOUND


def test_an_open_hazard_is_not_opened_again(desk: Desk) -> None:
    with pytest.raises(StillOpen):
        written(desk, rechecking.reopen, noticed(desk), "x")


def test_somebody_elses_entry_is_not_taken_back(desk: Desk) -> None:
    hazard_id = noticed(desk)
    with desk.store.writing() as session:
        hazard = session.get_one(Hazard, hazard_id)
        event = hazards.add_event(session, desk, hazard, HazardEventKind.CLOSED_OUT)
        event.officer_id = uuid4()
    with pytest.raises(NothingToTakeBack):
        written(desk, rechecking.take_back, event.id)


def test_the_words_of_earlier_rechecks_are_offered_again_the_most_used_first(desk: Desk) -> None:
    for note in ("还差告知牌", "已补标志", "已补标志", "说来话长" * 20):
        looked(desk, noticed(desk), Recheck(Outcome.CLOSED, note))
    looked(desk, noticed(desk), LEFT)
    with desk.store.reading() as session:
        offered = rechecking.phrases(session)
    assert offered == {Outcome.CLOSED: ("已补标志", "还差告知牌"), Outcome.PARTIAL: (), Outcome.OPEN: ("标志没有补",)}
