"""Is a well-formed checklist sound? Everything it names must exist, and nothing in it may contradict itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from safetydesk.catalog.criteria import criteria
from safetydesk.catalog.errors import BadTemplate, BasisNotInForce, BrokenReference, CatalogError, Fault, Reference
from safetydesk.catalog.law import law_index
from safetydesk.catalog.reader import Place
from safetydesk.domain.checklist import Checklist, ChecklistItem, Limit, MajorRule, When
from safetydesk.domain.finding_text import gaps, needs_bare
from safetydesk.domain.limits import is_known_unit

T = TypeVar("T")
LineAt = Callable[[Place], int | None]


def out_of_force(checklist: Checklist, on: date, file: str = "") -> Iterator[BasisNotInForce]:
    """Binding bases that do not count on that day. 参考 may be old: it demands nothing."""
    laws = law_index()
    for item in checklist.items:
        for reference in item.binding_basis:
            if reference.law in laws and not laws.in_force(reference.law, on):
                law = laws[reference.law]
                yield BasisNotInForce(
                    file=file, item=item.id, law=law.name, since=law.effective_from, until=law.effective_to
                )


class Checks:
    """All checks over one checklist. `line_at` gives the line of a place in the file it came from."""

    def __init__(self, checklist: Checklist, file: str, line_at: LineAt) -> None:
        self._checklist = checklist
        self._file = file
        self._line_at = line_at
        self._sections = {section.key for section in checklist.sections}

    def problems(self) -> Iterator[CatalogError]:
        """In the order of the file, what is doubled first."""
        for key in _doubled(section.key for section in self._checklist.sections):
            yield self._broken("", Reference.DUPLICATE_SECTION, key, ("sections",))
        for item_id in _doubled(item.id for item in self._checklist.items):
            last = max(i for i, item in enumerate(self._checklist.items) if item.id == item_id)
            yield self._broken(item_id, Reference.DUPLICATE_ITEM, item_id, ("items", last, "id"))
        for index, item in enumerate(self._checklist.items):
            yield from self._of_item(item, ("items", index))

    def _of_item(self, item: ChecklistItem, at: Place) -> Iterator[CatalogError]:
        if item.section not in self._sections:
            yield self._broken(item.id, Reference.SECTION, item.section, (*at, "section"))
        yield from self._of_wording(item, at)
        yield from self._of_laws(item, at)
        for index, rule in enumerate(item.major):
            yield from self._of_rule(item, rule, (*at, "major", index))
        for gas, unit in _doubled((limit.gas, limit.unit) for limit in item.limits):
            yield self._broken(item.id, Reference.DUPLICATE_LIMIT, f"{gas} {unit}", (*at, "limits"))
        for index, limit in enumerate(item.limits):
            yield from self._of_limit(item, limit, (*at, "limits", index))

    def _of_wording(self, item: ChecklistItem, at: Place) -> Iterator[CatalogError]:
        """A notice prints no gap: what the form cannot ask for, and what nothing can stand in for, is refused."""
        if not _gaps_are_whole(item.finding):
            yield self._bad(item, Fault.GAP_NOT_CLOSED, at, "finding")
        if item.bare is None and needs_bare(item.finding):
            yield self._bad(item, Fault.BARE_MISSING, at, "bare")
        if item.bare is not None and set(item.bare) & set("〔〕"):
            yield self._bad(item, Fault.GAP_IN_BARE, at, "bare")

    def _of_laws(self, item: ChecklistItem, at: Place) -> Iterator[CatalogError]:
        laws = law_index()
        cited = {reference.law: (*at, "basis", i, "law") for i, reference in enumerate(item.basis)}
        for i, limit in enumerate(item.limits):
            if limit.law is not None:
                cited.setdefault(limit.law, (*at, "limits", i, "law"))
        for key, place in cited.items():
            if key not in laws:
                yield self._broken(item.id, Reference.LAW, key, place)

    def _of_rule(self, item: ChecklistItem, rule: MajorRule, at: Place) -> Iterator[CatalogError]:
        if rule.criterion not in criteria():
            yield self._broken(item.id, Reference.CRITERION, rule.criterion, (*at, "criterion"))
        for other in rule.with_items:
            if other not in self._checklist or other == item.id:
                yield self._broken(item.id, Reference.ITEM, other, (*at, "with"))
        if rule.when is When.TOGETHER and not rule.with_items:
            yield self._bad(item, Fault.WITH_MISSING, at, "with")
        if rule.when is not When.TOGETHER and rule.with_items:
            yield self._bad(item, Fault.WITH_UNEXPECTED, at, "with")
        if rule.when is When.DEPENDS and rule.premise is None:
            yield self._bad(item, Fault.PREMISE_MISSING, at, "premise")

    def _of_limit(self, item: ChecklistItem, limit: Limit, at: Place) -> Iterator[CatalogError]:
        if limit.minimum is None and limit.maximum is None:
            yield self._bad(item, Fault.NO_BOUND, at, "max")
        elif limit.minimum is not None and limit.maximum is not None and limit.minimum > limit.maximum:
            key = f"{limit.gas} {limit.minimum:g} > {limit.maximum:g}"
            yield self._broken(item.id, Reference.INVERTED_LIMIT, key, (*at, "min"))
        if not is_known_unit(limit.unit):
            yield self._bad(item, Fault.UNKNOWN_UNIT, at, "unit", limit.unit)

    def _broken(self, item_id: str, kind: Reference, key: str, at: Place) -> BrokenReference:
        return BrokenReference(file=self._file, item=item_id, kind=kind, key=key, line=self._line_at(at))

    def _bad(self, item: ChecklistItem, what: Fault, at: Place, field: str, got: str = "") -> BadTemplate:
        """People know the item by its id, not by its place in the list: `ZZ-01.limits[0].unit`."""
        inside = f"{at[2]}[{at[3]}]." if len(at) > 2 else ""
        where = f"{item.id}.{inside}{field}"
        return BadTemplate(file=self._file, what=what, where=where, line=self._line_at((*at, field)), got=got)


def _gaps_are_whole(sentence: str) -> bool:
    """Every bracket is part of a gap that has a name."""
    names = gaps(sentence)
    for name in names:
        sentence = sentence.replace(f"〔{name}〕", "")
    return all(name.strip() for name in names) and not set(sentence) & set("〔〕")


def _doubled(values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]
