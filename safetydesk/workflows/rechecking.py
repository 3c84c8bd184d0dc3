"""Coming back to a hazard: re-inspection (复查), extension (延期), and taking back what was entered by mistake.

Everything is a further event of the hazard; nothing that was written is changed. What was entered by mistake is taken
back by an event that names it (`undoes` in its detail), and the hazard stands as it stood before: on the same day, by
who entered it, and as long as nothing has happened since. Later a hazard that was closed by mistake is opened again
with a reason, and counts as not mended until the next re-inspection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.documents.clean import paragraphs
from safetydesk.documents.photos import SitePhoto, read_photo
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import STATE_LABELS, HazardEventKind, HazardLife, HazardState
from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Level
from safetydesk.domain.stamps import stamp_time
from safetydesk.models import clock as clocks
from safetydesk.models.tables import Hazard, HazardEvent, Photo
from safetydesk.workflows import finding, hazards, settings
from safetydesk.workflows.answering import LONGEST_NOTE, NoteTooLong
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk, Progress, local_date

if TYPE_CHECKING:
    from safetydesk.workflows.walking_photos import PhotosRead

_HEARD = 400  # of so many re-inspections the words are offered again
_MOST_PHRASES = 6
_LONGEST_PHRASE = 30


class Outcome(StrEnum):
    CLOSED = "closed"
    PARTIAL = "partial"
    OPEN = "open"


OUTCOME_LABELS = {Outcome.CLOSED: "已整改，销号", Outcome.PARTIAL: "部分整改", Outcome.OPEN: "未整改"}
_EVENT_OF = {
    Outcome.CLOSED: HazardEventKind.CLOSED_OUT,
    Outcome.PARTIAL: HazardEventKind.REINSPECTED_PARTIAL,
    Outcome.OPEN: HazardEventKind.REINSPECTED_OPEN,
}
RECHECKS = frozenset(_EVENT_OF.values())
TAKEN_BACK_BY = {  # what kind of event takes an event of this kind back
    HazardEventKind.CLOSED_OUT: HazardEventKind.REOPENED,
    HazardEventKind.REINSPECTED_PARTIAL: HazardEventKind.REOPENED,
    HazardEventKind.REINSPECTED_OPEN: HazardEventKind.REOPENED,
    HazardEventKind.WITHDRAWN: HazardEventKind.REOPENED,
    HazardEventKind.REOPENED: HazardEventKind.REOPENED,
    HazardEventKind.EXTENDED: HazardEventKind.EXTENDED,
}


class RecheckDay(SafetyDeskError):
    """A re-inspection before the last thing that was seen, or in the future. facts: on, earliest, today."""

    code = "recheck_day"


class RecheckNoteMissing(SafetyDeskError):
    """What is not mended has to be said, and for a suspected major hazard who verified it. facts: outcome_label."""

    code = "recheck_note_missing"


class NewDeadline(SafetyDeskError):
    """A further deadline for what was closed, or one before the re-inspection. facts: due, on."""

    code = "new_deadline"


class ExtensionNotLater(SafetyDeskError):
    """facts: to, due."""

    code = "extension_not_later"


class ExtensionReasonMissing(SafetyDeskError):
    code = "extension_reason_missing"


class MajorNeedsConsent(SafetyDeskError):
    """A suspected major hazard is not the township's alone to put off (安全生产法 第六十五条). facts: item."""

    code = "major_needs_consent"


class ReopeningReasonMissing(SafetyDeskError):
    code = "reopening_reason_missing"


class StillOpen(SafetyDeskError):
    """There is nothing to open again. facts: state."""

    code = "hazard_still_open"


class NothingToTakeBack(SafetyDeskError):
    """Somebody else's, another day's, named by a paper, or something has happened since."""

    code = "nothing_to_take_back"


@dataclass(frozen=True)
class Recheck:
    """What was found when somebody came back. `due` sets a further deadline for what is not mended."""

    outcome: Outcome
    note: str = ""
    photos: Sequence[Path | SitePhoto] = field(default=())
    on: date | None = None
    due: date | None = None


def recheck(session: Session, desk: Desk, hazard_id: UUID, given: Recheck) -> tuple[Changes, UUID]:
    """Record one re-inspection; returns the id of its event.

    Raises UnknownHazard, HazardClosed, RecheckDay, RecheckNoteMissing, NewDeadline, NoteTooLong, MissingGlyphs, and
    what is wrong with a photo: then nothing of it was taken.
    """
    hazard = _hazard(session, hazard_id)
    hazards.check_open(session, hazard)
    on = given.on or desk.today()
    _check_day(session, desk, hazard, on)
    note = _written(hazard, given.note)
    if not note and (given.outcome is not Outcome.CLOSED or hazard.level == Level.MAJOR):
        raise RecheckNoteMissing(outcome_label=OUTCOME_LABELS[given.outcome])
    if given.due is not None and (given.outcome is Outcome.CLOSED or given.due < on):
        raise NewDeadline(due=given.due, on=on)
    longest = int(settings.value_of(session, "photo.longest_side")) if given.photos else 0
    photos = [one if isinstance(one, SitePhoto) else read_photo(one, longest) for one in given.photos]
    detail: dict[str, Any] = {"due": given.due.isoformat()} if given.due else {}
    if photos:
        detail["photos"] = list(dict.fromkeys(_put_photo(session, desk, hazard, photo).hex for photo in photos))
    event = hazards.add_event(session, desk, hazard, _EVENT_OF[given.outcome], note=note or None, detail=detail, on=on)
    clocks.record(
        session, "hazard.rechecked", f"hazard:{hazard.id.hex}", {"outcome": given.outcome}, hazard.enterprise_id
    )
    return Changes(hazards=True), event.id


def read_photos(desk: Desk, paths: Iterable[Path], progress: Progress) -> PhotosRead:
    """Photos as they will be kept, read beforehand and beside the database; a broken one is named."""
    from safetydesk.workflows import walking_photos

    with desk.store.reading() as session:
        longest = int(settings.value_of(session, "photo.longest_side"))
    return walking_photos.read_photos(paths, longest, progress)


def phrases(session: Session) -> dict[Outcome, tuple[str, ...]]:
    """What was written most in the latest re-inspections, by their outcome."""
    query = select(HazardEvent.kind, HazardEvent.note).where(
        HazardEvent.kind.in_(RECHECKS), HazardEvent.note.is_not(None)
    )
    counts: dict[tuple[str, str], int] = {}
    for kind, note in session.execute(query.order_by(HazardEvent.stamp.desc()).limit(_HEARD)):
        if note is not None and len(note) <= _LONGEST_PHRASE:
            counts[kind, note] = counts.get((kind, note), 0) + 1
    ordered = sorted(counts, key=lambda said: -counts[said])
    return {
        outcome: tuple(note for kind, note in ordered if kind == event)[:_MOST_PHRASES]
        for outcome, event in _EVENT_OF.items()
    }


def extend(
    session: Session, desk: Desk, hazard_id: UUID, to: date, reason: str, *, consent: str = ""
) -> tuple[Changes, UUID]:
    """Put the deadline off; returns the id of the event. The history keeps how late it was asked for.

    `consent` names the authority that agreed, without which a suspected major hazard is not put off. Raises
    UnknownHazard, HazardClosed, ExtensionReasonMissing, ExtensionNotLater, MajorNeedsConsent, NoteTooLong.
    """
    hazard = _hazard(session, hazard_id)
    life = hazards.check_open(session, hazard)
    note, agreed = _written(hazard, reason), hazards.one_line_of(_written(hazard, consent))
    if not note:
        raise ExtensionReasonMissing
    if to <= life.due or to < desk.today():
        raise ExtensionNotLater(to=to, due=life.due)
    if hazard.level == Level.MAJOR and not agreed:
        raise MajorNeedsConsent(item=hazard.item)
    detail: dict[str, Any] = {"due": to.isoformat(), "before": life.due.isoformat()}
    detail |= {"consent": agreed} if agreed else {}
    event = hazards.add_event(session, desk, hazard, HazardEventKind.EXTENDED, note=note, detail=detail)
    clocks.record(session, "hazard.extended", f"hazard:{hazard.id.hex}", {"to": detail["due"]}, hazard.enterprise_id)
    return Changes(hazards=True), event.id


def take_back(session: Session, desk: Desk, event_id: UUID) -> Changes:
    """The last thing entered about a hazard was a mistake: it stands as before. Raises NothingToTakeBack."""
    event = session.get(HazardEvent, event_id)
    if event is None:
        raise NothingToTakeBack
    hazard = _hazard(session, event.hazard_id)
    life = hazards.lives(session, [hazard])[hazard.id]
    if not can_take_back(desk, event, life):
        raise NothingToTakeBack
    _void_photos(session, event)
    kind = TAKEN_BACK_BY[HazardEventKind(event.kind)]
    hazards.add_event(session, desk, hazard, kind, detail={"undoes": event.id.hex})
    clocks.record(session, "hazard.taken_back", f"hazard:{hazard.id.hex}", {"kind": event.kind}, hazard.enterprise_id)
    return Changes(hazards=True)


def last_event(session: Session, hazard_id: UUID) -> UUID | None:
    """What was entered last about a hazard, if one entry was last: what `take_back` may be asked for."""
    hazard = _hazard(session, hazard_id)
    session.flush()
    heads = hazards.lives(session, [hazard])[hazard.id].heads
    return heads[0] if len(heads) == 1 else None


def can_take_back(desk: Desk, event: HazardEvent, life: HazardLife) -> bool:
    """Only one's own entry of this day, and only while nothing has happened since."""
    return (
        life.heads == (event.id,)
        and event.kind in TAKEN_BACK_BY
        and event.paper_id is None
        and event.officer_id == desk.officer_id
        and local_date(stamp_time(event.stamp)) == desk.today()
    )


def reopen(session: Session, desk: Desk, hazard_id: UUID, reason: str) -> tuple[Changes, UUID]:
    """Open what was closed by mistake (it counts as not mended), or bring back what was withdrawn by mistake.

    Raises UnknownHazard, StillOpen, ReopeningReasonMissing, NoteTooLong.
    """
    hazard = _hazard(session, hazard_id)
    life = hazards.lives(session, [hazard])[hazard.id]
    if life.is_open:
        raise StillOpen(state=STATE_LABELS[life.state])
    note = _written(hazard, reason)
    if not note:
        raise ReopeningReasonMissing
    withdrawn = life.state is HazardState.WITHDRAWN and len(life.heads) == 1
    detail = {"undoes": life.heads[0].hex} if withdrawn else {}
    event = hazards.add_event(session, desk, hazard, HazardEventKind.REOPENED, note=note, detail=detail)
    clocks.record(session, "hazard.reopened", f"hazard:{hazard.id.hex}", {}, hazard.enterprise_id)
    return Changes(hazards=True), event.id


def _hazard(session: Session, hazard_id: UUID) -> Hazard:
    """Raises UnknownHazard."""
    found = session.get(Hazard, hazard_id)
    if found is None:
        raise finding.UnknownHazard(given=str(hazard_id))
    return found


def _check_day(session: Session, desk: Desk, hazard: Hazard, on: date) -> None:
    """Not before it was found or last looked at: events count in the order in which they were entered."""
    events = session.scalars(select(HazardEvent).where(HazardEvent.hazard_id == hazard.id)).all()
    mistaken = {event.detail.get("undoes") for event in events}
    looked = [event.happened_on for event in events if event.kind in RECHECKS and event.id.hex not in mistaken]
    earliest = max([hazard.found_on, *looked])
    if not earliest <= on <= desk.today():
        raise RecheckDay(on=on, earliest=earliest, today=desk.today())


def _written(hazard: Hazard, text: str) -> str:
    """What a person wrote, as it is kept. Raises NoteTooLong, MissingGlyphs: papers quote it."""
    kept = "\n".join(paragraphs(text))
    if len(kept) > LONGEST_NOTE:
        raise NoteTooLong(item=hazard.item, most=LONGEST_NOTE)
    if not kept.isascii():
        _check_printable(kept)
    return kept


def _check_printable(text: str) -> None:
    try:
        text.encode("gb2312")  # every face has these: the fonts need not be opened
    except UnicodeEncodeError:
        from safetydesk.documents.checks import check_text

        check_text("说明", text)


def _put_photo(session: Session, desk: Desk, hazard: Hazard, photo: SitePhoto) -> UUID:
    """Kept like a photo of the check, but bound to no answer: no notice over the check prints it."""
    digest = desk.blobs.put(session, photo.jpeg)
    row_id = derived_id("photo", hazard.id.hex, photo.original_digest)
    row = session.get(Photo, row_id)
    if row is not None:
        row.voided = False
        return row_id
    session.add(
        Photo(
            id=row_id,
            enterprise_id=hazard.enterprise_id,
            digest=digest,
            original_digest=photo.original_digest,
            original_name=photo.original_name,
            width=photo.width,
            height=photo.height,
            size=len(photo.jpeg),
            taken_at=photo.taken_at,
            longitude=photo.longitude,
            latitude=photo.latitude,
            voided=False,
        )
    )
    session.flush()
    return row_id


def _void_photos(session: Session, event: HazardEvent) -> None:
    """Photos that only the mistaken entry names."""
    mine = set(event.detail.get("photos", []))
    others = session.scalars(
        select(HazardEvent).where(HazardEvent.hazard_id == event.hazard_id, HazardEvent.id != event.id)
    )
    for other in others:
        mine -= set(other.detail.get("photos", []))
    for photo_id in mine:
        photo = session.get(Photo, UUID(hex=photo_id))
        if photo is not None:
            photo.voided = True
