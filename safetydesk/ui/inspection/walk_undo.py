"""What was done on a walk, step by step, each with its way back and forth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from safetydesk.workflows.walking_shapes import AnswerKey, Put

Verb = Callable[[Any, Any], Any]  # (session, desk) -> (Changes, value)


@dataclass(frozen=True)
class Step:
    """One step. `back` and `again` are verbs; `merge` names what a following step of its kind is one with."""

    label: str
    item: str | None
    back: Verb
    again: Verb
    merge: str = ""
    put: Put | None = None


def answer_step(inspection_id: UUID, put: Put, label: str, merge: str = "") -> Step:
    """An answer was stored."""
    key = put.key
    return Step(
        label,
        key[0],
        _setting(inspection_id, key, put.before),
        _setting(inspection_id, key, put.now),
        merge,
        put,
    )


def added_step(inspection_id: UUID, photo_ids: tuple[UUID, ...], item: str | None, label: str) -> Step:
    return Step(label, item, _removing(inspection_id, photo_ids), _restoring(inspection_id, photo_ids))


def removed_step(inspection_id: UUID, photo_id: UUID, item: str | None, label: str) -> Step:
    return Step(label, item, _restoring(inspection_id, (photo_id,)), _removing(inspection_id, (photo_id,)))


def moved_step(inspection_id: UUID, photo_id: UUID, was: str | None, now: str | None, label: str) -> Step:
    return Step(label, now, _moving(inspection_id, photo_id, was), _moving(inspection_id, photo_id, now))


class Steps:
    """What can be taken back, the newest last, and what was taken back and can be done again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step, inspection_id: UUID) -> None:
        """A new step; what had been taken back is now past. Typing on in one field stays one step."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and step.merge and last.merge == step.merge and last.put and step.put:
            joined = replace(step.put, before=last.put.before)
            self._done[-1] = answer_step(inspection_id, joined, step.label, step.merge)
            return
        self._done.append(step)

    def last(self) -> Step | None:
        return self._done[-1] if self._done else None

    def last_undone(self) -> Step | None:
        return self._undone[-1] if self._undone else None

    def taken_back(self) -> None:
        self._undone.append(self._done.pop())

    def done_again(self) -> None:
        self._done.append(self._undone.pop())


def _setting(inspection_id: UUID, key: AnswerKey, state: Any) -> Verb:
    def verb(session: Any, desk: Any) -> Any:
        from safetydesk.workflows import walking

        return walking.take_back(session, desk, inspection_id, *key, state)

    return verb


def _removing(inspection_id: UUID, photo_ids: tuple[UUID, ...]) -> Verb:
    def verb(session: Any, _desk: Any) -> Any:
        from safetydesk.workflows import walking_photos

        return walking_photos.remove_photos(session, inspection_id, photo_ids)

    return verb


def _restoring(inspection_id: UUID, photo_ids: tuple[UUID, ...]) -> Verb:
    def verb(session: Any, _desk: Any) -> Any:
        from safetydesk.workflows import walking_photos

        return walking_photos.restore_photos(session, inspection_id, photo_ids)

    return verb


def _moving(inspection_id: UUID, photo_id: UUID, item: str | None) -> Verb:
    def verb(session: Any, _desk: Any) -> Any:
        from safetydesk.workflows import walking_photos

        return walking_photos.move_photo(session, inspection_id, photo_id, item)

    return verb
