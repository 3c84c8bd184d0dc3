"""Loading, checking, freezing checklists: the shipped ones and those that somebody brings along."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from safetydesk.catalog.checks import Checks, out_of_force
from safetydesk.catalog.errors import BadTemplate, CatalogError, Fault, UnknownChecklist
from safetydesk.catalog.reader import Lines, is_clean, line_of, lines_of, read_capped, show_path
from safetydesk.catalog.resources import resource
from safetydesk.catalog.shapes import ChecklistShape, places_of_odd_numbers, read_as, to_domain, to_shape
from safetydesk.domain.checklist import Checklist

MAX_PROBLEMS = 200
_STORED = "JSON"
# In the order in which an officer meets them; files that are added later follow by name.
_FIRST = ("confined-space", "dust-explosion", "hot-work")


@dataclass(frozen=True)
class Validation:
    """What `checklist validate` found. `checklist` is there if the file could be read at all.

    `problems` forbid the import; `warnings` (a basis that is not in force) do not.
    """

    checklist: Checklist | None
    problems: tuple[CatalogError, ...] = ()
    warnings: tuple[CatalogError, ...] = ()

    @property
    def ok(self) -> bool:
        return self.checklist is not None and not self.problems


def load_checklist(path: Path) -> Checklist:
    """One checklist, whole and sound. Raises BadTemplate or BrokenReference (the first one found)."""
    opened = _open(path)
    for problem in opened.problems():
        raise problem
    return opened.checklist


def validate_checklist(path: Path, on: date | None = None) -> Validation:
    """Everything that is wrong with a file (at most MAX_PROBLEMS), as far as its form allows; the file may be hostile.

    With `on` it also warns of a binding basis that is not in force on that day.
    """
    try:
        opened = _open(path)
    except CatalogError as problem:
        return Validation(None, (problem,))
    warnings = () if on is None else out_of_force(opened.checklist, on, path.name)
    return Validation(
        opened.checklist, tuple(islice(opened.problems(), MAX_PROBLEMS)), tuple(islice(warnings, MAX_PROBLEMS))
    )


def checklist_ids() -> tuple[str, ...]:
    """The ids of the shipped checklists; reads no file."""
    names = {path.stem for path in resource("checklists").glob("*.yaml")}
    return tuple(name for name in _FIRST if name in names) + tuple(sorted(names.difference(_FIRST)))


@cache
def shipped_checklist(checklist_id: str) -> Checklist:
    """One shipped checklist, read once per process. Raises UnknownChecklist, BadTemplate, BrokenReference."""
    known = checklist_ids()
    if checklist_id not in known:
        raise UnknownChecklist(id=checklist_id, known=known)
    return load_checklist(resource("checklists", f"{checklist_id}.yaml"))


def shipped_checklists() -> Mapping[str, Checklist]:
    """All shipped checklists by id."""
    return {checklist_id: shipped_checklist(checklist_id) for checklist_id in checklist_ids()}


def proposed_for(flags: Collection[str]) -> tuple[Checklist, ...]:
    """The shipped checklists that an enterprise with these flags (有限空间, 粉尘涉爆 ...) should be walked with."""
    return tuple(checklist for checklist in shipped_checklists().values() if set(checklist.flags) & set(flags))


def checklist_to_plain(checklist: Checklist) -> dict[str, Any]:
    """The whole checklist as JSON values, in the shape of its file; for the database and for export."""
    plain: dict[str, Any] = msgspec.to_builtins(to_shape(checklist), str_keys=True)
    return plain


def checklist_from_plain(plain: object) -> Checklist:
    """The inverse of `checklist_to_plain`. Raises BadTemplate; references are not checked: laws may have moved on."""
    try:
        shape = msgspec.convert(plain, ChecklistShape)
    except msgspec.ValidationError as error:
        where = str(error).rpartition("$.")[2].rstrip("`")
        raise BadTemplate(file=_STORED, what=Fault.WRONG_SHAPE, where=where) from error
    for place in places_of_odd_numbers(shape):
        raise BadTemplate(file=_STORED, what=Fault.NOT_FINITE, where=show_path(place))
    if not all(map(is_clean, _texts(plain))):
        raise BadTemplate(file=_STORED, what=Fault.CONTROL_CHARACTER)
    return to_domain(shape)


def checklist_digest(checklist: Checklist) -> str:
    """SHA-256 (hex) of the content in canonical JSON: equal for equal checklists, whatever file they came from."""
    return hashlib.sha256(msgspec.json.encode(checklist_to_plain(checklist), order="sorted")).hexdigest()


@dataclass(frozen=True)
class _Opened:
    """A checklist with the bytes it was read from, so that problems can name their line."""

    checklist: Checklist
    data: bytes
    file: str

    def problems(self) -> Iterator[CatalogError]:
        @cache
        def lines() -> Lines:
            return lines_of(self.data, self.file)

        return Checks(self.checklist, self.file, lambda place: line_of(lines(), place)).problems()


def _open(path: Path) -> _Opened:
    data = read_capped(path)
    shape = read_as(data, path.name, ChecklistShape)
    for place in places_of_odd_numbers(shape):
        line = line_of(lines_of(data, path.name), place)
        raise BadTemplate(file=path.name, what=Fault.NOT_FINITE, where=show_path(place), line=line)
    return _Opened(to_domain(shape), data, path.name)


def _texts(plain: object) -> Iterator[str]:
    """Every text of an already converted (so shallow) structure."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)
