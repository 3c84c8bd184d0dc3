"""A checklist and its items as the law and the office see them: what to look at, on which basis, what a fail means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class How(StrEnum):
    """How an item is checked (查法)."""

    SEE = "see"
    DOCUMENTS = "documents"
    ASK = "ask"
    MEASURE = "measure"

    @property
    def label(self) -> str:
        return _HOW_LABELS[self]


class When(StrEnum):
    """What must come together before a failed item points at a major hazard (重大事故隐患)."""

    ALONE = "alone"
    TOGETHER = "together"
    DEPENDS = "depends"


class Role(StrEnum):
    """Whether a legal basis binds the enterprise, or is good practice that binds others only."""

    BINDING = "binding"
    REFERENCE = "reference"

    @property
    def label(self) -> str:
        return {Role.BINDING: "依据", Role.REFERENCE: "参考"}[self]


class Concerns(StrEnum):
    """Whose conduct an item is about. A fail of the officer's own is a reminder, never a hazard of the enterprise."""

    ENTERPRISE = "enterprise"
    OFFICER = "officer"


class OtherMajor(StrEnum):
    """Another regime decides on major hazards of this kind; we only propose the transfer (移送)."""

    FIRE = "fire"
    SPECIAL_EQUIPMENT = "special-equipment"
    GAS = "gas"
    CHEMICAL = "chemical"

    @property
    def label(self) -> str:
        return _OTHER_MAJOR_LABELS[self]


_HOW_LABELS: Mapping[How, str] = {How.SEE: "现场看", How.DOCUMENTS: "查资料", How.ASK: "询问", How.MEASURE: "测量"}
_OTHER_MAJOR_LABELS: Mapping[OtherMajor, str] = {
    OtherMajor.FIRE: "消防",
    OtherMajor.SPECIAL_EQUIPMENT: "特种设备",
    OtherMajor.GAS: "城镇燃气",
    OtherMajor.CHEMICAL: "危险化学品",
}


@dataclass(frozen=True, slots=True)
class LegalReference:
    """One article of one law; `law` is a key of the law index. Unverified: the article's own text has not been seen.

    No article: the law as a whole, because which article says it is not known.
    """

    law: str
    article: str | None
    verified: bool
    role: Role = Role.BINDING
    note: str | None = None


@dataclass(frozen=True, slots=True)
class MajorRule:
    """How a failed item bears on one criterion of the major-hazard standard.

    TOGETHER: a fail of any one of `with_items` is needed as well. `premise` is a fact about the enterprise that the
    officer has to confirm. Unverified: putting the item under this criterion is our reading, not the standard's words.
    """

    criterion: str
    when: When
    with_items: tuple[str, ...] = ()
    premise: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """What a reading must keep to; both ends are still good. `unit` is canonical (%VOL, %LEL, mg/m3, m, min, V ...).

    `ppm` is the approximate equal of the mass concentration for instruments that read in ppm (20-25 degrees Celsius,
    101.3 kPa); `verified` speaks of minimum and maximum, never of that conversion.
    """

    gas: str
    name: str
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    ppm: float | None = None
    law: str | None = None
    article: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to look at. `days`: a proposed deadline in calendar days; 0 means stop work, or mend it on the spot.

    `finding` goes on the notice and may have gaps such as 〔部位〕; `bare` has none and stands in when they stay open.
    """

    id: str
    section: str
    text: str
    look: str
    how: tuple[How, ...]
    basis: tuple[LegalReference, ...]
    finding: str
    measure: str
    days: int
    verified: bool
    major: tuple[MajorRule, ...] = ()
    other_major: OtherMajor | None = None
    limits: tuple[Limit, ...] = ()
    caveat: str | None = None
    concerns: Concerns = Concerns.ENTERPRISE
    bare: str | None = None

    @property
    def method(self) -> str:
        """查法 for paper and screen: the kinds of looking, then the concrete way."""
        return f"{'、'.join(how.label for how in self.how)}：{self.look}"

    @property
    def binding_basis(self) -> tuple[LegalReference, ...]:
        """What may stand on a notice as the basis of a demand."""
        return tuple(reference for reference in self.basis if reference.role is Role.BINDING)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that this item can point at, each once, in their order."""
        return tuple(dict.fromkeys(rule.criterion for rule in self.major))


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str


@dataclass(frozen=True)
class Checklist:
    """One version of one checklist. Immutable: an inspection keeps the version it was made with."""

    id: str
    title: str
    version: str
    flags: tuple[str, ...]
    sections: tuple[Section, ...]
    items: tuple[ChecklistItem, ...]
    note: str | None = None
    _by_id: dict[str, ChecklistItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for item in self.items})

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._by_id

    def item(self, item_id: str) -> ChecklistItem:
        """Raises KeyError for an id that this version does not have."""
        return self._by_id[item_id]

    def items_of(self, section: str) -> tuple[ChecklistItem, ...]:
        return tuple(item for item in self.items if item.section == section)
