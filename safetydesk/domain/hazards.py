"""The life of a hazard (隐患): its state comes from its events, in any order they arrive.

Events are ordered by stamp, never by a wall clock. Each names the newest events that its writer had seen; where two
had not seen each other the more cautious counts, so a failed re-inspection outweighs a close-out made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class HazardEventKind(StrEnum):
    FOUND = "found"
    NOTICE_ISSUED = "notice_issued"
    NOTICE_VOIDED = "notice_voided"
    EXTENDED = "extended"
    REINSPECTED_OPEN = "reinspected_open"
    REINSPECTED_PARTIAL = "reinspected_partial"
    CLOSED_OUT = "closed_out"
    TRANSFERRED = "transferred"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"  # the answer was corrected before any paper named it


class HazardState(StrEnum):
    """In the order of caution, the least cautious first."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    NOTIFIED = "notified"
    FOUND = "found"
    PARTIAL = "partial"
    OPEN = "open"


STATE_LABELS = {
    HazardState.WITHDRAWN: "已撤回",
    HazardState.CLOSED: "已销号",
    HazardState.TRANSFERRED: "已移送",
    HazardState.NOTIFIED: "整改中",
    HazardState.FOUND: "待下文书",
    HazardState.PARTIAL: "部分整改",
    HazardState.OPEN: "复查未通过",
}
_CAUTION = {state: rank for rank, state in enumerate(HazardState)}
_AFTER = {
    HazardEventKind.FOUND: HazardState.FOUND,
    HazardEventKind.NOTICE_ISSUED: HazardState.NOTIFIED,
    HazardEventKind.NOTICE_VOIDED: HazardState.FOUND,
    HazardEventKind.REINSPECTED_OPEN: HazardState.OPEN,
    HazardEventKind.REINSPECTED_PARTIAL: HazardState.PARTIAL,
    HazardEventKind.CLOSED_OUT: HazardState.CLOSED,
    HazardEventKind.TRANSFERRED: HazardState.TRANSFERRED,
    HazardEventKind.REOPENED: HazardState.OPEN,
    HazardEventKind.WITHDRAWN: HazardState.WITHDRAWN,
}  # an extension moves the deadline and leaves the state


@dataclass(frozen=True)
class HazardEventFact:
    """One event as the state function needs it. `order` is (stamp, global replica id).

    `undoes` names an event that was entered by mistake: what it did counts no more. It must be among `seen`; an undo
    whose event never arrived counts as its kind says.
    """

    id: UUID
    kind: HazardEventKind
    order: tuple[int, str]
    seen: frozenset[UUID]
    due: date | None = None
    undoes: UUID | None = None


@dataclass(frozen=True)
class HazardLife:
    state: HazardState
    due: date  # the last good day
    heads: tuple[UUID, ...]  # what the next event has seen

    @property
    def is_open(self) -> bool:
        return self.state not in (HazardState.CLOSED, HazardState.WITHDRAWN)

    def days_left(self, today: date) -> int | None:
        """Days until the deadline; negative is overdue; nothing once it is closed."""
        return (self.due - today).days if self.is_open else None


def hazard_life(events: Iterable[HazardEventFact], first_due: date) -> HazardLife:
    """State and deadline after these events, whatever order they came in. Total: no events is a hazard just found."""
    ordered = sorted(events, key=lambda event: (event.order, event.id))
    before: dict[UUID | None, frozenset[UUID]] = {}  # what each event had seen
    after: dict[UUID, tuple[HazardState, date]] = {}
    for event in ordered:
        restored = before.get(event.undoes) if event.undoes in event.seen else None
        seen = event.seen if restored is None else (event.seen - {event.undoes}) | restored
        state, due = _most_cautious([after[known] for known in seen if known in after], first_due)
        before[event.id] = event.seen
        after[event.id] = (_AFTER.get(event.kind, state) if restored is None else state, event.due or due)
    heads = _heads(ordered, after)
    state, due = _most_cautious([after[head] for head in heads], first_due)
    return HazardLife(state, due, heads)


def _most_cautious(known: Sequence[tuple[HazardState, date]], first_due: date) -> tuple[HazardState, date]:
    if not known:
        return HazardState.FOUND, first_due
    return max((state for state, _ in known), key=_CAUTION.__getitem__), min(due for _, due in known)


def _heads(ordered: Sequence[HazardEventFact], known: Mapping[UUID, object]) -> tuple[UUID, ...]:
    """The events that no later one has seen."""
    seen: set[UUID] = set()
    heads = []
    for event in reversed(ordered):
        if event.id not in seen:
            heads.append(event.id)
        seen |= event.seen & known.keys()
    return tuple(sorted(heads))
