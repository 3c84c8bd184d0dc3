"""The shape of one field of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

# What a parsed value is. NUMBER is a float, INTEGER an int, DATE a date, YES_NO a bool, CHOICES a list of words.
Value = str | int | float | bool | date | list[str]


class Group(StrEnum):
    """The three groups of the ledger (台账三组字段)."""

    BASIC = "basic"
    SAFETY = "safety"
    SUPERVISION = "supervision"


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    PHONE = "phone"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"


class Stored(StrEnum):
    """Where the value lies: a column of `enterprise`, an extension row, flag rows, or nowhere (it is computed)."""

    COLUMN = "column"
    EXTENSION = "extension"
    FLAG = "flag"
    DERIVED = "derived"


GROUP_LABELS: Mapping[Group, str] = MappingProxyType(
    {Group.BASIC: "基本信息", Group.SAFETY: "安全生产管理信息", Group.SUPERVISION: "监管信息"}
)


@dataclass(frozen=True)
class Field:
    """One field. `required` asks for it (a gap is shown), but only the name is ever enforced.

    `words` maps other ways of writing a choice (upper case) to the choice; an empty choice means "nothing stated".
    `unit` is the one values are kept in. `accepted` is false for what only the program computes: such a column of a
    sheet is passed over. `sensitive` marks personal data. `flag` names the high-risk mark a field gives details of.
    """

    key: str
    label: str
    group: Group
    kind: Kind
    stored: Stored = Stored.EXTENSION
    required: bool = False
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    max_length: int = 100
    aliases: tuple[str, ...] = ()
    sensitive: bool = False
    accepted: bool = True
    flag: str | None = None
    source: str = ""
    verified: bool = False

    @property
    def header(self) -> str:
        """The column title of an export: label and unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label
