"""What a paper says, as plain frozen values: nothing here knows of a database or of a page.

Everything is text as a person would type it. No field is markup; control characters are never printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safetydesk.domain.kinds import Power

__all__ = [
    "Article",
    "BadgeKind",
    "Basis",
    "Enterprise",
    "Finding",
    "Notice",
    "NoticeKind",
    "Plate",
    "Power",
    "Remedy",
    "RenderedPaper",
    "Signer",
]


class NoticeKind(StrEnum):
    """Which form: with the power to order (责令限期整改指令书), or without it (限期整改意见书)."""

    RECTIFICATION = "rectification"
    ADVICE = "advice"


class BadgeKind(StrEnum):
    """Which card the inspector showed: 行政执法证 or 工作证."""

    ENFORCEMENT = "enforcement"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Who is addressed. What is None is printed as a blank to be filled in by hand."""

    name: str
    uscc: str | None = None
    address: str | None = None
    legal_person: str | None = None
    principal: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """第十三条, and whether anybody has seen its text; if not, it is marked 待核 on paper."""

    text: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """One law as it is named on paper, and the articles that bear on the problem. `verified` is of the law itself."""

    law: str
    articles: tuple[Article, ...] = ()
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. Due on the day of the check means: at once.

    `major` is a suspicion of a major hazard (疑似重大事故隐患): the paper never states it as a fact.
    """

    ordinal: int
    text: str
    due_on: date
    place: str | None = None
    basis: tuple[Basis, ...] = ()
    measure: str | None = None
    major: bool = False
    criterion: str | None = None
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where the enterprise may turn: one organ for reconsideration (复议法 2023, 第 24 条), one court."""

    reconsideration_organ: str | None = None
    court: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One inspector. A badge that is None leaves a blank."""

    name: str
    badge: str | None = None
    badge_kind: BadgeKind = BadgeKind.ENFORCEMENT


@dataclass(frozen=True, slots=True)
class Plate:
    """One photo of the annex. `taken_at` is local time as text; `jpeg` the reduced picture, upright."""

    ordinal: int
    jpeg: bytes = field(repr=False)
    caption: str | None = None
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to put right what was found: everything that its paper shows.

    `issuing_unit` is who inspected. Under DELEGATED the paper goes out in the name of `delegating_authority`
    (行政处罚法 第 20 条). `reporting_authority` is the county bureau that hears of it when nothing is done.
    One inspector leaves a blank row for the second (行政处罚法 第 42 条 asks for two).
    `province` picks the wording of resources/papers, `default` where it has none. `qr` is what the QR code
    says; it carries the digest of all the rest and so is no part of it. `copies` goes to the issuer and the
    enterprise. `photos_per_page` is 2 or 4.
    """

    kind: NoticeKind
    power: Power
    number: str
    issuing_unit: str
    enterprise: Enterprise
    inspected_on: date
    issued_on: date
    findings: tuple[Finding, ...]
    inspectors: tuple[Signer, ...]
    delegating_authority: str | None = None
    reporting_authority: str | None = None
    remedy: Remedy | None = None
    representative: str | None = None
    province: str = "default"
    copies: int = 2
    photos: tuple[Plate, ...] = ()
    photos_per_page: int = 4
    qr: str | None = None


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """The finished file. `layout` is the version of the layout that made it: the same content and version, the
    same bytes."""

    pdf: bytes = field(repr=False)
    pages: int
    layout: str
