"""The code tables that ship with the program: supervised industries and size classes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from safetydesk.catalog.resources import resource
from safetydesk.domain.enterprise_size import Sector
from safetydesk.domain.errors import IntegrityError
from safetydesk.domain.industry import INDUSTRIES, IndustryRule

T = TypeVar("T")


class CodeTableDamaged(IntegrityError):
    """A shipped table cannot be read or contradicts itself. Facts: `file`, `why` (for the log, not for people)."""

    code = "code_table_damaged"


class _Industries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    source: str
    rules: tuple[IndustryRule, ...]


class _Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    source: str
    sectors: tuple[Sector, ...]


@cache
def industry_rules() -> tuple[IndustryRule, ...]:
    """The table of `domain.industry`. Raises CodeTableDamaged."""
    return load_industries(resource("codes", "industries.yaml"))


@cache
def size_sectors() -> tuple[Sector, ...]:
    """The table of `domain.enterprise_size`. Raises CodeTableDamaged."""
    return load_sizes(resource("codes", "sizes.yaml"))


def load_industries(path: Path) -> tuple[IndustryRule, ...]:
    table = _load(path, _Industries)
    prefixes = [rule.prefix for rule in table.rules]
    _check(path, len(set(prefixes)) == len(prefixes), "a prefix twice")
    _check(path, all(prefix.isdigit() and 2 <= len(prefix) <= 4 for prefix in prefixes), "a prefix of no code")
    _check(path, all(rule.industry in (None, *INDUSTRIES) for rule in table.rules), "an unknown industry")
    return table.rules


def load_sizes(path: Path) -> tuple[Sector, ...]:
    table = _load(path, _Sizes)
    prefixes = [prefix for sector in table.sectors for prefix in sector.prefixes]
    _check(path, len(set(prefixes)) == len(prefixes), "a prefix twice")
    for sector in table.sectors:
        steps = (sector.large, sector.medium, sector.small)
        people = [limit.headcount or 0 for limit in steps]
        _check(path, people == sorted(people, reverse=True), f"limits of {sector.name} do not fall")
    return table.sectors


def _load(path: Path, kind: type[T]) -> T:
    try:
        data: Any = yaml.safe_load(path.read_bytes())
        table = msgspec.convert(data, kind, strict=True)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise CodeTableDamaged(file=path.name, why=str(error)) from error
    _check(path, not _has_foreign_keys(data, msgspec.to_builtins(table)), "an unknown key")
    return table


def _has_foreign_keys(data: Any, known: Any) -> bool:
    """msgspec passes over what a dataclass does not have; a misspelt key must not vanish like that."""
    if isinstance(data, dict):
        return any(key not in known or _has_foreign_keys(value, known[key]) for key, value in data.items())
    if isinstance(data, list):
        return any(_has_foreign_keys(one, other) for one, other in zip(data, known, strict=True))
    return False


def _check(path: Path, holds: bool, why: str) -> None:
    if not holds:
        raise CodeTableDamaged(file=path.name, why=why)
