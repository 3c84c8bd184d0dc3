"""The 64 items of the major-hazard standard (应急管理部令第10号) and its general rule (第十四条)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from safetydesk.catalog.errors import BadTemplate, Fault, UnknownCriterion
from safetydesk.catalog.reader import read_capped
from safetydesk.catalog.resources import resource
from safetydesk.catalog.shapes import CriteriaShape, CriterionShape, read_as
from safetydesk.domain.checklist import LegalReference
from safetydesk.domain.major_hazard import Combination, Criterion

STANDARD = "mem-10"


@cache
def criteria() -> Mapping[str, Criterion]:
    """All criteria by id, in the standard's order; read once per process. Raises BadTemplate for a broken file."""
    path = resource("major-hazards", "mem-10.yaml")
    shape = read_as(read_capped(path), path.name, CriteriaShape)
    found: dict[str, Criterion] = {}
    for criterion in shape.criteria:
        if criterion.id in found:
            raise BadTemplate(file=path.name, what=Fault.DUPLICATE_KEY, where=criterion.id)
        found[criterion.id] = _criterion(criterion)
    return found


def criterion(criterion_id: str) -> Criterion:
    """Raises UnknownCriterion."""
    try:
        return criteria()[criterion_id]
    except KeyError:
        raise UnknownCriterion(id=criterion_id) from None


def reference_to(criterion_id: str) -> LegalReference:
    """The criterion as a legal basis, to be cited. Raises UnknownCriterion."""
    found = criterion(criterion_id)
    return LegalReference(law=STANDARD, article=found.article, verified=found.verified)


def _criterion(shape: CriterionShape) -> Criterion:
    return Criterion(
        id=shape.id,
        article=shape.article,
        group=shape.group,
        applies=shape.applies,
        text=shape.text,
        look=shape.look,
        rule=Combination(shape.rule),
        exceptions=shape.exceptions,
        verified=shape.verified,
        look_verified=shape.look_verified,
        note=shape.note,
    )
