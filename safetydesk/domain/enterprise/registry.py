"""All fields of the ledger, in the order of its three groups."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from safetydesk.domain.enterprise.basic import BASIC_FIELDS
from safetydesk.domain.enterprise.field import Field, Stored
from safetydesk.domain.enterprise.safety import SAFETY_FIELDS
from safetydesk.domain.enterprise.supervision import SUPERVISION_FIELDS
from safetydesk.domain.enterprise.titles import TITLES
from safetydesk.domain.errors import SafetyDeskError

FIELDS: tuple[Field, ...] = tuple(
    replace(field, aliases=TITLES.get(field.key, ())) for field in (*BASIC_FIELDS, *SAFETY_FIELDS, *SUPERVISION_FIELDS)
)
BY_KEY = MappingProxyType({field.key: field for field in FIELDS})
COLUMN_KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS if field.stored is Stored.COLUMN)


class UnknownField(SafetyDeskError):
    """No field has this key, label or alias. Facts: `field`; `column` where a column of a sheet was given it."""

    code = "unknown_field"
