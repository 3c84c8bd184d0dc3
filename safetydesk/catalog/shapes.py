"""The shape of the shipped files and of imported ones, and the way between shape and domain value.

Unknown fields are refused: a misspelt `verifed` must not silently make everything verified. Scalars arrive as the
text that was written (see `reader`), so conversion is lax for files and strict for what comes out of the database.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from safetydesk.catalog.errors import BadTemplate, Fault
from safetydesk.catalog.reader import Place, line_of, lines_of, parse, show_path
from safetydesk.domain.checklist import (
    Checklist,
    ChecklistItem,
    Concerns,
    How,
    LegalReference,
    Limit,
    MajorRule,
    OtherMajor,
    Role,
    Section,
    When,
)

Slug = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9.-]{0,47}$")]
ItemId = Annotated[str, Meta(pattern="^[A-Z]{2,4}-[0-9]{2,3}$")]
CriterionId = Annotated[str, Meta(pattern="^MH-[0-9]{2}-[0-9]{2}$")]
Word = Annotated[str, Meta(min_length=1, max_length=60)]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Paragraph = Annotated[str, Meta(min_length=1, max_length=1000)]
Unit = Annotated[str, Meta(min_length=1, max_length=12)]
Days = Annotated[int, Meta(ge=0, le=365)]


class LegalReferenceShape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    law: Slug
    article: Word | None
    verified: bool
    role: Role = Role.BINDING
    note: Line | None = None


class MajorRuleShape(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"with_items": "with"}
):
    criterion: CriterionId
    when: When
    verified: bool
    with_items: Annotated[tuple[ItemId, ...], Meta(max_length=20)] = ()
    premise: Line | None = None


class LimitShape(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"minimum": "min", "maximum": "max"}
):
    gas: Slug
    name: Word
    unit: Unit
    verified: bool
    minimum: float | None = None
    maximum: float | None = None
    ppm: Annotated[float, Meta(gt=0)] | None = None
    law: Slug | None = None
    article: Word | None = None


class ItemShape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    id: ItemId
    section: Slug
    text: Line
    look: Line
    how: Annotated[tuple[How, ...], Meta(min_length=1, max_length=4)]
    basis: Annotated[tuple[LegalReferenceShape, ...], Meta(min_length=1, max_length=20)]
    major: Annotated[tuple[MajorRuleShape, ...], Meta(max_length=20)]
    finding: Line
    measure: Line
    days: Days
    verified: bool
    other_major: OtherMajor | None = None
    limits: Annotated[tuple[LimitShape, ...], Meta(max_length=30)] = ()
    caveat: Line | None = None
    concerns: Concerns = Concerns.ENTERPRISE
    bare: Line | None = None


class SectionShape(Struct, frozen=True, forbid_unknown_fields=True):
    key: Slug
    title: Word


class ChecklistShape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    id: Slug
    title: Word
    version: Annotated[str, Meta(pattern="^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$")]
    sections: Annotated[tuple[SectionShape, ...], Meta(min_length=1, max_length=50)]
    items: Annotated[tuple[ItemShape, ...], Meta(min_length=1, max_length=500)]
    flags: Annotated[tuple[Word, ...], Meta(max_length=20)] = ()
    note: Paragraph | None = None


class ArticleShape(Struct, frozen=True, forbid_unknown_fields=True):
    gist: Line
    verified: bool


class LawShape(Struct, frozen=True, forbid_unknown_fields=True):
    """`verified`: title, number and dates were seen; `dates_verified` says otherwise for the dates alone."""

    key: Slug
    title: Line
    short: Word
    kind: Literal["law", "regulation", "rule", "standard", "document"]
    mandatory: bool
    applies_to: Line
    verified: bool
    number: Word | None = None
    edition: Word | None = None
    issued_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: tuple[Slug, ...] = ()
    replaced_by: Slug | None = None
    dates_verified: bool | None = None
    caveat: Line | None = None
    articles: dict[str, ArticleShape] = {}


class CriterionShape(Struct, frozen=True, forbid_unknown_fields=True):
    id: CriterionId
    article: Word
    group: Word
    applies: Annotated[tuple[Word, ...], Meta(min_length=1)]
    text: Line
    look: Line
    rule: Literal["one", "any", "all"]
    exceptions: tuple[Line, ...]
    verified: bool
    look_verified: bool
    note: Line | None = None


class CriteriaShape(Struct, frozen=True, forbid_unknown_fields=True):
    law: Slug
    criteria: Annotated[tuple[CriterionShape, ...], Meta(min_length=1)]


S = TypeVar("S")


def read_as(data: bytes, file: str, shape: type[S]) -> S:
    """Parse and convert one file. Raises BadTemplate with the field's path and line."""
    plain = parse(data, file)
    try:
        return msgspec.convert(plain, shape, strict=False)
    except msgspec.ValidationError as error:
        raise _bad_template(error, plain, data, file) from error


_FAULTS: Final = (
    ("Object contains unknown field", Fault.UNKNOWN_FIELD),
    ("Object missing required field", Fault.MISSING_FIELD),
    ("Invalid enum value", Fault.UNKNOWN_VALUE),
    ("Invalid RFC3339", Fault.WRONG_SHAPE),
    ("Invalid", Fault.WRONG_TYPE),
)
_RANGE = re.compile(r"Expected `(?:str|array|object|int|float)[^`]*` (?:of length|<|>)")
_NAMED = re.compile(r"`([^`]*)`|'([^']*)'")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")


def _bad_template(error: msgspec.ValidationError, plain: Any, data: bytes, file: str) -> BadTemplate:
    """msgspec says in English what is wrong and where; keep the facts, drop the prose."""
    message, _, at = str(error).partition(" - at `")
    path = tuple(int(i) if i else name for name, i in _STEP.findall(at.rstrip("`").lstrip("$")))
    what = next((fault for start, fault in _FAULTS if message.startswith(start)), None)
    if what is None:
        what = Fault.OUT_OF_RANGE if _RANGE.match(message) else Fault.WRONG_TYPE
        what = Fault.WRONG_SHAPE if "matching regex" in message else what
    got = _value_at(plain, path)
    if what in (Fault.UNKNOWN_FIELD, Fault.MISSING_FIELD) and (named := _NAMED.search(message)):
        path = (*path, named[1] or named[2])
        got = ""
    return BadTemplate(file=file, what=what, where=show_path(path), line=line_of(lines_of(data, file), path), got=got)


def _value_at(plain: Any, path: Place) -> str:
    for step in path:
        try:
            plain = plain[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(plain)[:80] if isinstance(plain, str | int | float) else ""


def places_of_odd_numbers(shape: ChecklistShape) -> list[Place]:
    """Where a limit holds infinity or no number at all."""
    return [
        ("items", i, "limits", j, name)
        for i, item in enumerate(shape.items)
        for j, limit in enumerate(item.limits)
        for name, number in (("min", limit.minimum), ("max", limit.maximum), ("ppm", limit.ppm))
        if number is not None and not math.isfinite(number)
    ]


def to_domain(shape: ChecklistShape) -> Checklist:
    return Checklist(
        id=shape.id,
        title=shape.title,
        version=shape.version,
        flags=shape.flags,
        sections=tuple(Section(section.key, section.title) for section in shape.sections),
        items=tuple(_item_to_domain(item) for item in shape.items),
        note=shape.note,
    )


def _item_to_domain(shape: ItemShape) -> ChecklistItem:
    return ChecklistItem(
        id=shape.id,
        section=shape.section,
        text=shape.text,
        look=shape.look,
        how=shape.how,
        basis=tuple(LegalReference(b.law, b.article, b.verified, b.role, b.note) for b in shape.basis),
        finding=shape.finding,
        measure=shape.measure,
        days=shape.days,
        verified=shape.verified,
        major=tuple(MajorRule(m.criterion, m.when, m.with_items, m.premise, m.verified) for m in shape.major),
        other_major=shape.other_major,
        limits=tuple(
            Limit(x.gas, x.name, x.unit, x.minimum, x.maximum, x.ppm, x.law, x.article, x.verified)
            for x in shape.limits
        ),
        caveat=shape.caveat,
        concerns=shape.concerns,
        bare=shape.bare,
    )


def to_shape(checklist: Checklist) -> ChecklistShape:
    return ChecklistShape(
        id=checklist.id,
        title=checklist.title,
        version=checklist.version,
        sections=tuple(SectionShape(section.key, section.title) for section in checklist.sections),
        items=tuple(_item_to_shape(item) for item in checklist.items),
        flags=checklist.flags,
        note=checklist.note,
    )


def _item_to_shape(item: ChecklistItem) -> ItemShape:
    return ItemShape(
        id=item.id,
        section=item.section,
        text=item.text,
        look=item.look,
        how=item.how,
        basis=tuple(LegalReferenceShape(b.law, b.article, b.verified, b.role, b.note) for b in item.basis),
        major=tuple(MajorRuleShape(m.criterion, m.when, m.verified, m.with_items, m.premise) for m in item.major),
        finding=item.finding,
        measure=item.measure,
        days=item.days,
        verified=item.verified,
        other_major=item.other_major,
        limits=tuple(
            LimitShape(x.gas, x.name, x.unit, x.verified, x.minimum, x.maximum, x.ppm, x.law, x.article)
            for x in item.limits
        ),
        caveat=item.caveat,
        concerns=item.concerns,
        bare=item.bare,
    )
