"""The list of enterprises as the window shows it: filters with counts, sorting, finding by words, page by page.

Everything is asked in sets: one look at the ledger, one at what is open, one at the visits. With a hundred thousand
enterprises a look takes some tenths of a second; so ids stay the bytes they are in the database until a row is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from safetydesk.models.dialect import search
from safetydesk.models.tables import Enterprise, Inspection
from safetydesk.workflows import assignment, enterprise_rows
from safetydesk.workflows.desk import Progress, Quiet
from safetydesk.workflows.enterprise_rows import EnterpriseRow, Key, OpenHazards, rows

__all__ = [
    "FILTER_LABELS",
    "EnterpriseFilter",
    "EnterpriseOrder",
    "EnterpriseRow",
    "Key",
    "Offered",
    "Wanted",
    "counts",
    "keys",
    "offered",
    "rows",
    "wanted_of",
]


class EnterpriseFilter(StrEnum):
    ALL = "all"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    OPEN_HAZARDS = "open_hazards"
    MAJOR_HAZARDS = "major_hazards"
    OVERDUE = "overdue"
    NO_OFFICER = "no_officer"
    NOT_VISITED = "not_visited"


FILTER_LABELS = {
    EnterpriseFilter.ALL: "全部",
    EnterpriseFilter.OPEN_HAZARDS: "有隐患",
    EnterpriseFilter.MAJOR_HAZARDS: "疑似重大",
    EnterpriseFilter.OVERDUE: "已逾期",
    EnterpriseFilter.NOT_VISITED: "本季未检查",
    EnterpriseFilter.NO_OFFICER: "未划片",
    EnterpriseFilter.RED: "红",
    EnterpriseFilter.ORANGE: "橙",
    EnterpriseFilter.YELLOW: "黄",
    EnterpriseFilter.BLUE: "蓝",
}
"""In the order of the chips."""

_RISKS = {
    EnterpriseFilter.RED: "红",
    EnterpriseFilter.ORANGE: "橙",
    EnterpriseFilter.YELLOW: "黄",
    EnterpriseFilter.BLUE: "蓝",
}
_OF_HAZARDS: dict[EnterpriseFilter, Callable[[OpenHazards], bool]] = {
    EnterpriseFilter.OPEN_HAZARDS: lambda one: one.count > 0,
    EnterpriseFilter.MAJOR_HAZARDS: lambda one: one.major > 0,
    EnterpriseFilter.OVERDUE: lambda one: one.overdue > 0,
}
_FEW = 2_000  # enterprises, up to which looking at each of them is quicker than at everything
_PART = 1_000  # rows between two looks at whether somebody else is waiting
_QUIET = Quiet()
_GONE = frozenset({"注销", "搬迁"})  # of domain.enterprise.words.STATES: nobody need go there


class EnterpriseOrder(StrEnum):
    NAME = "name"
    VILLAGE = "village"
    INDUSTRY = "industry"
    RISK = "risk"
    OPEN_HAZARDS = "open_hazards"
    LAST_VISIT = "last_visit"
    NEXT_DUE = "next_due"


@dataclass(frozen=True)
class Wanted:
    """What the list shall show: one filter, and besides it a village, a mark, words; all of it has to fit."""

    which: EnterpriseFilter = EnterpriseFilter.ALL
    village: str | None = None
    flag: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Offered:
    """Villages and high-risk marks of the whole ledger, each with how many there are; and how many enterprises."""

    villages: Sequence[tuple[str, int]]
    flags: Sequence[tuple[str, int]]
    everyone: int


class _One(NamedTuple):
    """What filters and sorting need to know of one enterprise."""

    key: Key
    name: str
    village: str | None
    industry: str | None
    risk: str | None
    state: str | None


EVERYTHING = Wanted()

# As text, so that the ids come as they are. An enterprise whose events all name an officer for good is surely kept.
_EVERYONE = text("SELECT id, name, village, industry, risk, operating_state FROM enterprise WHERE voided_at IS NULL")
_MARKED = text("SELECT enterprise_id FROM enterprise_flag WHERE present AND flag = :flag")
_MARKS = text(
    "SELECT flag, count(*) FROM enterprise_flag WHERE present"
    " AND enterprise_id NOT IN (SELECT id FROM enterprise WHERE voided_at IS NOT NULL) GROUP BY flag"
)
_KEPT = text(
    "SELECT enterprise_id FROM assignment GROUP BY enterprise_id"
    " HAVING count(officer_id) = count(*) AND count(until) = 0"
)
_PERHAPS_KEPT = text("SELECT DISTINCT enterprise_id FROM assignment WHERE officer_id IS NULL OR until IS NOT NULL")


def wanted_of(name: str) -> Wanted:
    """What a name like `overdue`, `village:样岭村` or `flag:有限空间` asks for; everything for a name that says nothing."""
    kind, _, value = name.partition(":")
    if value and kind in ("village", "flag"):
        return Wanted(village=value) if kind == "village" else Wanted(flag=value)
    return Wanted(EnterpriseFilter(kind)) if kind in list(EnterpriseFilter) else EVERYTHING


def keys(
    session: Session,
    on: date,
    wanted: Wanted = EVERYTHING,
    order: EnterpriseOrder = EnterpriseOrder.NAME,
    *,
    descending: bool = False,
) -> list[Key]:
    """The ids of the whole list, sorted; names go by their sound. What is not known stands last either way."""
    listed, only = _within(session, wanted)
    belongs = _belonging(session, on, wanted.which, only)
    if belongs is not None:
        listed = [one for one in listed if belongs(one)]
    return [one.key for one in _sorted(session, on, listed, order, descending=descending)]


def counts(
    session: Session, on: date, wanted: Wanted = EVERYTHING, progress: Progress = _QUIET
) -> dict[EnterpriseFilter, int]:
    """How many each filter would show, with village, mark and words as they are. Looks often whether it is cancelled."""
    listed, only = _within(session, wanted, progress)
    opened = enterprise_rows.open_hazards(session, on, only)
    found = {}
    for which in EnterpriseFilter:
        progress.check_cancelled()
        belongs = _belonging(session, on, which, only, opened)
        found[which] = len(listed) if belongs is None else sum(map(belongs, listed))
    return found


def offered(session: Session, progress: Progress = _QUIET) -> Offered:
    """What the list can be narrowed to. Looks often whether it is cancelled."""
    everyone = _everyone(session, progress)
    villages = Counter(one.village for one in everyone if one.village)
    progress.check_cancelled()
    flags: dict[str, int] = {flag: int(count) for flag, count in session.execute(_MARKS)}
    return Offered(
        villages=sorted(villages.items(), key=lambda pair: _sound(pair[0])),
        flags=[(flag, flags[flag]) for flag in enterprise_rows.flags_in_order(flags)],
        everyone=len(everyone),
    )


def _everyone(session: Session, progress: Progress) -> list[_One]:
    everyone: list[_One] = []
    once: dict[str | None, str | None] = {}  # one text for all who share it: a third of the memory
    same = once.setdefault
    for part in session.execute(_EVERYONE).partitions(_PART):
        for one, name, village, industry, risk, state in part:
            shared = same(village, village), same(industry, industry), same(risk, risk), same(state, state)
            everyone.append(_One(_key(one), name, *shared))
        progress.check_cancelled()
    return everyone


def _within(session: Session, wanted: Wanted, progress: Progress = _QUIET) -> tuple[list[_One], list[UUID] | None]:
    """Those of the village, with the mark, that hold the words; and their ids, where they are few."""
    fitting = search.matching(session, [wanted.text]) if wanted.text.strip() else None
    if fitting is not None and len(fitting) <= _FEW:
        listed = _these(session, fitting)
    else:
        listed = _everyone(session, progress)
        if fitting is not None:
            holding = {one.bytes for one in fitting}
            listed = [one for one in listed if one.key in holding]
    if wanted.village is not None:
        listed = [one for one in listed if one.village == wanted.village]
    if wanted.flag is not None:
        marked = _keys(session, _MARKED, flag=wanted.flag)
        listed = [one for one in listed if one.key in marked]
    return listed, [UUID(bytes=one.key) for one in listed] if len(listed) <= _FEW else None


def _these(session: Session, ids: Sequence[UUID]) -> list[_One]:
    columns = (Enterprise.name, Enterprise.village, Enterprise.industry, Enterprise.risk, Enterprise.operating_state)
    query = select(Enterprise.id, *columns).where(Enterprise.voided_at.is_(None))
    found = (
        row for part in enterprise_rows.parts(ids) for row in session.execute(query.where(Enterprise.id.in_(part)))
    )
    return [_One(row.id.bytes, *row[1:]) for row in found]


def _belonging(
    session: Session,
    on: date,
    which: EnterpriseFilter,
    only: Sequence[UUID] | None,
    opened: Mapping[Key, OpenHazards] | None = None,
) -> Callable[[_One], bool] | None:
    """Whether an enterprise belongs to what a filter shows; none for the filter that shows all."""
    match which:
        case EnterpriseFilter.ALL:
            return None
        case EnterpriseFilter.RED | EnterpriseFilter.ORANGE | EnterpriseFilter.YELLOW | EnterpriseFilter.BLUE:
            risk = _RISKS[which]
            return lambda one: one.risk == risk
        case EnterpriseFilter.OPEN_HAZARDS | EnterpriseFilter.MAJOR_HAZARDS | EnterpriseFilter.OVERDUE:
            known = enterprise_rows.open_hazards(session, on, only) if opened is None else opened
            having = {key for key, hazards in known.items() if _OF_HAZARDS[which](hazards)}
            return lambda one: one.key in having
        case EnterpriseFilter.NO_OFFICER:
            kept = _kept(session, on, only)
            return lambda one: one.key not in kept
        case EnterpriseFilter.NOT_VISITED:
            visited = _visited_since(session, _quarter(on))
            return lambda one: one.key not in visited and one.state not in _GONE


def _sorted(session: Session, on: date, listed: list[_One], order: EnterpriseOrder, *, descending: bool) -> list[_One]:
    listed = [one for _, _, one in sorted((_sound(one.name), one.key, one) for one in listed)]
    if order is EnterpriseOrder.NAME:
        return listed[::-1] if descending else listed
    value = _value(session, on, order)
    known, unknown = [], []
    for one in listed:
        told = value(one)
        if told is None:
            unknown.append(one)
        else:
            known.append((told, one))
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [one for _, one in known] + unknown


def _value(session: Session, on: date, order: EnterpriseOrder) -> Callable[[_One], Any]:
    """By what to sort; none where it is not known. Who was never visited counts as visited before all others."""
    match order:
        case EnterpriseOrder.NAME:
            return lambda one: _sound(one.name)
        case EnterpriseOrder.VILLAGE:
            return lambda one: _sound(one.village) if one.village else None
        case EnterpriseOrder.INDUSTRY:
            return lambda one: _sound(one.industry) if one.industry else None
        case EnterpriseOrder.RISK:
            places = {risk: place for place, risk in enumerate(_RISKS.values())}
            return lambda one: places.get(one.risk or "")
        case EnterpriseOrder.LAST_VISIT:
            visits = enterprise_rows.last_visits(session)
            return lambda one: visits.get(one.key, date.min)
        case EnterpriseOrder.OPEN_HAZARDS | EnterpriseOrder.NEXT_DUE:
            opened, nothing = enterprise_rows.open_hazards(session, on), OpenHazards()
            if order is EnterpriseOrder.NEXT_DUE:
                return lambda one: opened.get(one.key, nothing).next_due_on
            return lambda one: opened.get(one.key, nothing).count


def _sound(text: str) -> bytes:
    """Sorts common Chinese as it sounds: the old national code has it in that order."""
    return text.encode("gb18030", "replace")


def _kept(session: Session, on: date, only: Sequence[UUID] | None) -> set[Key]:
    """Who has an officer on this day. Only where somebody covers or let go the events are looked at one by one."""
    if only is not None:
        return {one.bytes for one in assignment.holders(session, on, only)}
    unsure = [UUID(bytes=key) for key in _keys(session, _PERHAPS_KEPT)]
    return _keys(session, _KEPT) | {one.bytes for one in assignment.holders(session, on, unsure)}


def _visited_since(session: Session, first: date) -> set[Key]:
    begins = datetime(first.year, first.month, first.day).astimezone(UTC)
    query = select(Inspection.enterprise_id).where(Inspection.started_at >= begins, enterprise_rows.is_visit())
    return {one.bytes for one in session.scalars(query.distinct())}


def _quarter(on: date) -> date:
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)


def _keys(session: Session, query: TextClause, **facts: Any) -> set[Key]:
    return {_key(row[0]) for row in session.execute(query, facts)}


def _key(value: Any) -> Key:
    return value.bytes if isinstance(value, UUID) else value
