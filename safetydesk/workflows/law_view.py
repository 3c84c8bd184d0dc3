"""Legal facts as they are shown: what shipped, with what the office has checked or corrected since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.catalog.law import Law, cite_article, law_index
from safetydesk.domain.checklist import ChecklistItem, LegalReference, Role
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.ids import COMMON, derived_id
from safetydesk.domain.kinds import Role as PersonRole
from safetydesk.models import clock as clocks
from safetydesk.models.tables import LegalCorrection
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk

Corrections = Mapping[tuple[str, str], LegalCorrection]


class OfficeOnly(SafetyDeskError):
    """What is common to all is written by the office. facts: what."""

    code = "office_only"


def corrections(session: Session | None) -> Corrections:
    """What the office found, by law and article (empty: the law as a whole)."""
    if session is None:
        return {}
    query = select(LegalCorrection).where(LegalCorrection.voided_at.is_(None))
    return {(row.law, row.article): row for row in session.scalars(query)}


def correct(
    session: Session, desk: Desk, law: str, article: str, *, verified: bool, fields: Mapping[str, Any]
) -> Changes:
    """Check or correct one legal fact. Raises UnknownLaw, OfficeOnly."""
    if desk.role is PersonRole.OFFICER:
        raise OfficeOnly(what="法规依据")
    key = law_index()[law].key
    row_id = derived_id("legal_correction", key, article)
    row = session.get(LegalCorrection, row_id)
    if row is None:
        row = LegalCorrection(id=row_id, enterprise_id=COMMON, law=key, article=article)
        session.add(row)
    row.verified = verified
    for name, value in fields.items():
        if value is not None:
            setattr(row, name, value)
    clocks.record(session, "law.corrected", f"legal_correction:{row_id.hex}", {"law": key, "article": article})
    return Changes(templates=True)


def is_verified(reference: LegalReference, known: Corrections) -> bool:
    """The office's word on the article, else on what shipped; a law that is itself unverified makes it 待核."""
    law = known.get((reference.law, ""))
    law_verified = law.verified if law else law_index()[reference.law].verified
    article = known.get((reference.law, reference.article or ""))
    return law_verified and (article.verified if article else reference.verified)


def law_name(law: Law, known: Corrections) -> str:
    """《title》（number), as the office corrected them."""
    correction = known.get((law.key, ""))
    if correction is None:
        return law.name
    return replace(law, title=correction.title or law.title, number=correction.number or law.number).name


def item_value(item: ChecklistItem, known: Corrections) -> dict[str, Any]:
    """One checklist item as plain values."""
    value: dict[str, Any] = {
        "id": item.id,
        "section": item.section,
        "text": item.text,
        "method": item.method,
        "basis": [basis_value(reference, known) for reference in item.basis],
        "major": list(item.criteria),
        "finding": item.finding,
        "measure": item.measure,
        "days": item.days,
        "verified": item.verified,
        "caveat": item.caveat,
    }
    if item.limits:
        value["limits"] = [
            {
                "gas": limit.gas,
                "name": limit.name,
                "unit": limit.unit,
                "min": limit.minimum,
                "max": limit.maximum,
                "law": limit.law,
                "article": limit.article,
                "verified": limit.verified,
            }
            for limit in item.limits
        ]
    return value


def law_value(law: Law, known: Corrections) -> dict[str, Any]:
    correction = known.get((law.key, ""))
    value = {
        "key": law.key,
        "title": law.title,
        "number": law.number,
        "effective_from": law.effective_from,
        "effective_to": law.effective_to,
        "mandatory": law.mandatory,
        "applies_to": law.applies_to,
        "replaced_by": law.replaced_by,
        "caveat": law.caveat,
        "verified": law.verified,
        "corrected": correction is not None,
    }
    if correction is not None:
        names = ("title", "number", "effective_from", "effective_to")
        value |= {name: found for name in names if (found := getattr(correction, name)) is not None}
        value |= {"verified": correction.verified, "caveat": correction.note or law.caveat}
    return value


def article_values(law: str, known: Corrections) -> list[dict[str, Any]]:
    return [
        {
            "article": gist.article,
            "gist": gist.gist,
            "verified": known[law, gist.article].verified if (law, gist.article) in known else gist.verified,
        }
        for gist in law_index().articles(law).values()
    ]


def basis_value(reference: LegalReference, known: Corrections) -> dict[str, Any]:
    """One reference as plain values: what is cited, and whether anybody has seen it."""
    name, article = law_name(law_index()[reference.law], known), cite_article(reference.article)
    return {
        "law": reference.law,
        "article": reference.article,
        "verified": is_verified(reference, known),
        "role": reference.role,
        "note": reference.note,
        "name": name,
        "cited": article,
        "text": f"{reference.role.label if reference.role is Role.REFERENCE else ''}{name}{article}",
    }
