"""Document numbers that are unique without a network: unit, kind, year, officer, series of the replica, running number.

`（云溪）应急责改〔2026〕王A-12号`. The series is what keeps two replicas apart: a letter given by the office, and
until then three characters drawn from the replica id. `documents.md` section 1: six-cornered brackets, no leading
zeros. The prefixes in use since 2018 were only seen in practice (待核), so the unit can set its own mark.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import PaperKind, Power

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
_PREFIXES = {
    PaperKind.RECORD: "应急检记",
    PaperKind.RECTIFICATION: "应急责改",
    PaperKind.ADVICE: "应急整改",
    PaperKind.REINSPECTION: "应急复查",
    PaperKind.MEASURES: "应急现决",
    PaperKind.SERVICE: "应急送",
    PaperKind.TRANSFER: "应急移",
}
_UNIT_WORDS = re.compile(
    r"(人民政府|应急管理办公室|应急管理局|应急管理所|应急办|安监办|办事处|管理委员会|管委会|街道|镇|乡"
    r"|工业园区|园区|经济开发区|开发区)+$"
)
_ABOVE = re.compile(r"^(?:.{2,8}?(?:自治区|自治州|自治县|省|市|县|区|盟|旗))+(?=.{2})")


class NotEmpowered(SafetyDeskError):
    """The unit may not issue this kind. facts: kind, power."""

    code = "not_empowered"


class UnknownPaperKind(SafetyDeskError):
    """This version cannot issue this kind yet. facts: kind."""

    code = "unknown_paper_kind"


@dataclass(frozen=True)
class Series:
    """What enters the numbers of one replica of one officer."""

    unit_mark: str
    officer_mark: str
    letters: str

    @property
    def key(self) -> str:
        return f"{self.unit_mark}|{self.officer_mark}|{self.letters}"


def check_power(kind: PaperKind, power: Power) -> None:
    """Refuse what the unit may not issue (安全生产法 第九条、第六十五条；行政处罚法 第二十、二十四条).

    An order needs power of its own or by delegation; on-site measures cannot be delegated (行政强制法 第十七条).
    """
    allowed = {
        PaperKind.RECTIFICATION: (Power.DELEGATED, Power.FULL),
        PaperKind.MEASURES: (Power.FULL,),
    }.get(kind, tuple(Power))
    if power not in allowed:
        raise NotEmpowered(kind=kind, power=power)


def document_number(kind: PaperKind, series: Series, year: int, running: int) -> str:
    return f"（{series.unit_mark}）{_PREFIXES[kind]}〔{year}〕{series.officer_mark}{series.letters}-{running}号"


def letters_of(replica: UUID) -> str:
    """Three characters drawn from the replica id: the series until the office gives a letter."""
    value = int.from_bytes(hashlib.sha256(replica.bytes).digest()[:8])
    return "".join(_ALPHABET[value >> (5 * place) & 31] for place in range(3))


def short_unit(name: str) -> str:
    """The unit's abbreviation for numbers, from its name: 云溪镇人民政府 -> 云溪."""
    bare = _ABOVE.sub("", _UNIT_WORDS.sub("", name.strip()))
    return bare or name.strip()[:4]
