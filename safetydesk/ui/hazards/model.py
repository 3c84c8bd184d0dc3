"""What the screen 隐患 knows, and its verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from safetydesk.domain.kinds import Level
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.tasks import Work
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.dates import day_text
from safetydesk.ui.widgets.paged import KeysWork, Order, RowsWork

if TYPE_CHECKING:
    from safetydesk.workflows.hazard_card import HazardCard
    from safetydesk.workflows.hazard_list import HazardFilter
    from safetydesk.workflows.rechecking import Recheck


@dataclass(frozen=True)
class Saved:
    """A verb was carried out; `undo` takes it back."""

    hazard_id: UUID
    said: str
    undo: Work | None


@dataclass(frozen=True)
class Correction:
    """What is corrected; none leaves a fact as it is."""

    text: str | None = None
    measure: str | None = None
    level: Level | None = None
    due: date | None = None
    criteria: tuple[str, ...] | None = None


class HazardsModel(QObject):
    """The list that is in view, the hazard that is picked, and what is done to it."""

    counted = Signal(object)  # dict of HazardFilter to int
    card_read = Signal(object)  # HazardCard
    card_gone = Signal(object)  # the error
    phrases_read = Signal(object)  # dict of Outcome to words
    saved = Signal(object)  # Saved
    refused = Signal(object)  # the error; what was typed stays

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._counting = Latest(shell, self)
        self._reading = Latest(shell, self)
        self.filter = "open"
        self.text = ""
        self.card: HazardCard | None = None
        self.is_saving = False

    @property
    def today(self) -> date:
        return self._shell.desk.today()

    # --- the list

    def keys_work(self) -> KeysWork:
        """The question for the ids of the list as it is to be shown now."""
        desk, which, text = self._shell.desk, self.filter, self.text

        def keys(session: Any, order: Order) -> Sequence[UUID]:
            from safetydesk.workflows import hazard_list

            by = hazard_list.HazardOrder(order.by)
            wanted = hazard_list.HazardFilter(which)
            return hazard_list.keys(session, desk.today(), wanted, text, by, descending=order.descending)

        return keys

    def rows_work(self) -> RowsWork:
        desk = self._shell.desk

        def rows(session: Any, ids: Sequence[UUID]) -> Sequence[Any]:
            from safetydesk.workflows import hazard_list

            return hazard_list.rows(session, desk.today(), ids)

        return rows

    def count(self) -> None:
        desk, text = self._shell.desk, self.text

        def counts(session: Any, _progress: object) -> dict[HazardFilter, int]:
            from safetydesk.workflows import hazard_list

            return hazard_list.counts(session, desk.today(), text)

        self._counting.read(counts, self._on_counted)

    # --- one hazard

    def show(self, hazard_id: UUID) -> None:
        """Read the card of this hazard."""
        desk = self._shell.desk

        def read(session: Any, _progress: object) -> HazardCard:
            from safetydesk.workflows import hazard_card

            return hazard_card.card(session, desk, hazard_id)

        self._reading.read(read, self._on_card_read, self._on_card_gone)

    def forget(self) -> None:
        self._reading.drop()
        self.card = None

    def ask_phrases(self) -> None:
        def read(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import rechecking

            return rechecking.phrases(session)

        self._shell.read(read, self._on_phrases_read)

    def read_photos(
        self, paths: Iterable[Path], on_read: Callable[..., object], on_failed: Callable[..., object]
    ) -> None:
        """Pictures as they will be kept, with a small one of each to show: `on_read(PhotosRead, thumbnails)`."""
        desk, chosen = self._shell.desk, list(paths)

        def read(progress: Any) -> Any:
            from safetydesk.workflows import rechecking, walking_photos

            found = rechecking.read_photos(desk, chosen, progress)
            return found, tuple(walking_photos.reduced(photo.jpeg) for photo in found.good)

        self._shell.pool(read, on_read, on_failed, title=tr("正在添加照片"))

    # --- verbs

    def recheck(self, hazard_id: UUID, given: Recheck) -> None:
        desk, short = self._shell.desk, self._short()

        def write(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import rechecking

            changes, event_id = rechecking.recheck(session, desk, hazard_id, given)
            said = {
                rechecking.Outcome.CLOSED: tr("已销号：{what}", what=short),
                rechecking.Outcome.PARTIAL: tr("已记为部分整改：{what}", what=short),
                rechecking.Outcome.OPEN: tr("已记为未整改：{what}", what=short),
            }[given.outcome]
            return changes, Saved(hazard_id, said, _taking_back(desk, event_id))

        self._write(write)

    def extend(self, hazard_id: UUID, to: date, reason: str, consent: str) -> None:
        desk, short, today = self._shell.desk, self._short(), self.today

        def write(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import rechecking

            changes, event_id = rechecking.extend(session, desk, hazard_id, to, reason, consent=consent)
            said = tr("已延期到 {day}：{what}", day=day_text(to, today), what=short)
            return changes, Saved(hazard_id, said, _taking_back(desk, event_id))

        self._write(write)

    def correct(self, hazard_id: UUID, given: Correction) -> None:
        before = self._as_it_is()
        short = self._short()

        def write(session: Any, _progress: object) -> Any:
            return _correct(session, hazard_id, given), Saved(
                hazard_id, tr("已改正：{what}", what=short), _Correcting(hazard_id, before)
            )

        self._write(write)

    def withdraw(self, hazard_id: UUID, reason: str) -> None:
        desk, short = self._shell.desk, self._short()

        def write(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import finding, hazards, rechecking

            changes = hazards.withdraw(session, desk, finding.hazard(session, str(hazard_id)), reason)
            event_id = rechecking.last_event(session, hazard_id)
            undo = _taking_back(desk, event_id) if event_id is not None else None
            return changes, Saved(hazard_id, tr("已撤回：{what}", what=short), undo)

        self._write(write)

    def reopen(self, hazard_id: UUID, reason: str) -> None:
        desk, short = self._shell.desk, self._short()

        def write(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import rechecking

            changes, event_id = rechecking.reopen(session, desk, hazard_id, reason)
            return changes, Saved(hazard_id, tr("已重新打开：{what}", what=short), _taking_back(desk, event_id))

        self._write(write)

    def take_back(self, event_id: UUID) -> None:
        """The last entry in the history was a mistake."""
        desk = self._shell.desk
        hazard_id = self.card.hazard.id if self.card is not None else event_id

        def write(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import rechecking

            changes = rechecking.take_back(session, desk, event_id)
            back = rechecking.last_event(session, hazard_id)
            undo = _taking_back(desk, back) if back is not None else None
            return changes, Saved(hazard_id, tr("已收回上一条记录。"), undo)

        self._write(write)

    def _write(self, work: Work) -> None:
        if self.is_saving:  # a second press of the same button
            return
        self.is_saving = True
        self._shell.write(work, self._on_saved, self._on_refused)

    def _short(self) -> str:
        if self.card is None:
            return ""
        text = self.card.hazard.text
        return text if len(text) <= 24 else f"{text[:23]}…"

    def _as_it_is(self) -> Correction:
        if self.card is None:
            return Correction()
        hazard = self.card.hazard
        criteria = tuple(one.id for one in self.card.criteria)
        return Correction(hazard.text, self.card.measure, hazard.level, self.card.first_due, criteria)

    @Slot(object)
    def _on_counted(self, counts: object) -> None:
        self.counted.emit(counts)

    @Slot(object)
    def _on_card_read(self, card: HazardCard) -> None:
        self.card = card
        self.card_read.emit(card)

    @Slot(object)
    def _on_card_gone(self, error: Exception) -> None:
        self.card = None
        self.card_gone.emit(error)

    @Slot(object)
    def _on_phrases_read(self, phrases: object) -> None:
        self.phrases_read.emit(phrases)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        self.is_saving = False
        if saved.undo is not None:
            self._shell.messages.undoable(saved.said, saved.undo)
        else:
            self._shell.messages.tell(saved.said)
        self.saved.emit(saved)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.is_saving = False
        self.refused.emit(error)


class _Correcting:
    """Puts the facts back as they were."""

    def __init__(self, hazard_id: UUID, before: Correction) -> None:
        self._hazard_id = hazard_id
        self._before = before

    def __call__(self, session: Any, _progress: object) -> Any:
        return _correct(session, self._hazard_id, self._before)


def _correct(session: Any, hazard_id: UUID, given: Correction) -> Any:
    from safetydesk.workflows import finding, hazards

    hazard = finding.hazard(session, str(hazard_id))
    return hazards.correct(
        session,
        hazard,
        text=given.text,
        due=given.due,
        level=given.level,
        measure=given.measure,
        criteria=given.criteria,
    )


def _taking_back(desk: Any, event_id: UUID) -> Work:
    def undo(session: Any, _progress: object) -> Any:
        from safetydesk.workflows import rechecking

        return rechecking.take_back(session, desk, event_id)

    return undo
