"""What the checklist says of each item, ready to be read on the spot: basis with its gist, criteria, limits, gaps."""

from __future__ import annotations

from collections.abc import Mapping

from safetydesk.catalog.criteria import criterion, reference_to
from safetydesk.catalog.law import cite_article, law_index
from safetydesk.domain.checklist import Checklist, ChecklistItem, LegalReference, Limit, MajorRule, Role
from safetydesk.domain.finding_choices import alternatives, choices
from safetydesk.domain.finding_text import gaps
from safetydesk.workflows import law_view
from safetydesk.workflows.law_view import Corrections
from safetydesk.workflows.walking_shapes import (
    BasisShown,
    CriterionShown,
    GapShown,
    ItemShown,
    LastAnswer,
    LimitShown,
    SectionShown,
)

_UNIT_LABELS = {
    "m": "米",
    "cm": "厘米",
    "mm": "毫米",
    "min": "分钟",
    "h": "小时",
    "s": "秒",
    "d": "天",
    "V": "伏",
    "kV": "千伏",
    "m/s": "米/秒",
    "mg/m3": "mg/m³",
    "g/m3": "g/m³",
    "ug/m3": "μg/m³",
}


def sections(checklist: Checklist, known: Corrections, last: Mapping[str, LastAnswer]) -> tuple[SectionShown, ...]:
    """The checklist in walking order; sections without items are left out."""
    numbers = {item.id: number for number, item in enumerate(checklist.items, start=1)}
    return tuple(
        SectionShown(
            section.key,
            section.title,
            tuple(_item(item, numbers[item.id], known, last.get(item.id)) for item in items),
        )
        for section in checklist.sections
        if (items := checklist.items_of(section.key))
    )


def unit_label(unit: str | None) -> str:
    """A unit as an office writes it: 米 rather than m, mg/m³ with its raised three."""
    return _UNIT_LABELS.get(unit or "", unit or "")


def limit_text(limit: Limit) -> str:
    """What a reading must keep to; both ends are good."""
    unit = unit_label(limit.unit)
    if limit.minimum is not None and limit.maximum is not None:
        return f"{limit.minimum:g}～{limit.maximum:g} {unit}"
    if limit.minimum is not None:
        return f"不低于 {limit.minimum:g} {unit}"
    return "" if limit.maximum is None else f"不超过 {limit.maximum:g} {unit}"


def limit_shown(limit: Limit, known: Corrections | None = None) -> LimitShown:
    """A limit with its source; one without a source is our proposal and says so by an empty one."""
    source, verified = "", limit.verified
    if limit.law is not None:
        reference = LegalReference(limit.law, limit.article, limit.verified)
        source = law_index().cite_short(reference)
        verified = law_view.is_verified(reference, known or {})
    return LimitShown(limit.gas, limit.name, limit.unit, limit_text(limit), source, verified)


def _item(item: ChecklistItem, number: int, known: Corrections, last: LastAnswer | None) -> ItemShown:
    return ItemShown(
        number=number,
        item=item,
        basis=tuple(_basis(reference, known) for reference in sorted(item.basis, key=_binding_first)),
        criteria=tuple(_criterion(rule) for rule in item.major),
        limits=tuple(limit_shown(limit, known) for limit in item.limits),
        gaps=tuple(GapShown(gap, choices(gap)) for gap in gaps(item.finding)),
        alternatives=alternatives(item.finding),
        last=last,
    )


def _binding_first(reference: LegalReference) -> bool:
    return reference.role is not Role.BINDING


def _basis(reference: LegalReference, known: Corrections) -> BasisShown:
    index = law_index()
    law, gist = index[reference.law], index.gist(reference)
    correction = known.get((reference.law, reference.article or ""))
    return BasisShown(
        law=law_view.law_name(law, known),
        article=cite_article(reference.article),
        text=index.cite_short(reference),
        gist=gist.gist if gist else "",
        verified=law_view.is_verified(reference, known),
        gist_verified=gist is None or (correction.verified if correction else gist.verified),
        is_reference=reference.role is Role.REFERENCE,
        note=reference.note or "",
    )


def _criterion(rule: MajorRule) -> CriterionShown:
    found = criterion(rule.criterion)
    return CriterionShown(
        found.id,
        law_index().cite_short(reference_to(found.id)),
        found.text,
        found.exceptions,
        rule,
        verified=found.verified and rule.verified,
    )
