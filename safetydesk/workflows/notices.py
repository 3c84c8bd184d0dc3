"""From the rows of one check to what a notice says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.catalog.criteria import criterion
from safetydesk.documents import content
from safetydesk.documents.canonical import content_digest
from safetydesk.documents.content import Article, Basis, Notice, NoticeKind, Plate, Remedy, Signer
from safetydesk.domain.hazards import HazardLife
from safetydesk.domain.kinds import Level, PaperKind, Power
from safetydesk.models.tables import Enterprise, Hazard, Inspection, Photo, Unit
from safetydesk.workflows import hazards, settings
from safetydesk.workflows.desk import Desk, local_date

_BADGES = {PaperKind.RECTIFICATION: "enforcement", PaperKind.ADVICE: "work"}  # 安全生产法 第六十七条


class Gap(StrEnum):
    """What a notice leaves to be written by hand."""

    DELEGATING_AUTHORITY = "delegating_authority"
    REMEDY_AUTHORITY = "remedy_authority"
    REMEDY_COURT = "remedy_court"
    SECOND_INSPECTOR = "second_inspector"
    BADGE = "badge"
    USCC = "uscc"
    ADDRESS = "address"
    PHONE = "phone"
    PRINCIPAL = "principal"


class FilledIn(StrEnum):
    """Where a gap can be filled, so that the next paper has it."""

    SETTINGS = "settings"
    VISIT = "visit"
    LEDGER = "ledger"

    @classmethod
    def for_gap(cls, gap: Gap) -> FilledIn:
        if gap in (Gap.DELEGATING_AUTHORITY, Gap.REMEDY_AUTHORITY, Gap.REMEDY_COURT):
            return cls.SETTINGS
        return cls.VISIT if gap in (Gap.SECOND_INSPECTOR, Gap.BADGE) else cls.LEDGER


GAP_LABELS = {
    Gap.DELEGATING_AUTHORITY: "委托机关",
    Gap.REMEDY_AUTHORITY: "行政复议机关",
    Gap.REMEDY_COURT: "受理诉讼的人民法院",
    Gap.SECOND_INSPECTOR: "第二名检查人员",
    Gap.BADGE: "检查人员的证件号",
    Gap.USCC: "被检查单位的统一社会信用代码",
    Gap.ADDRESS: "被检查单位的地址",
    Gap.PHONE: "被检查单位的电话",
    Gap.PRINCIPAL: "被检查单位的法定代表人（负责人）",
}
_ON_THE_COMMAND_LINE = {
    Gap.DELEGATING_AUTHORITY: "（设置 unit.delegating_authority）",
    Gap.REMEDY_AUTHORITY: "（设置 unit.remedy_authority）",
    Gap.REMEDY_COURT: "（设置 unit.remedy_court）",
    Gap.SECOND_INSPECTOR: "（开始检查时用 --second 填写）",
}


@dataclass(frozen=True)
class Draft:
    """A notice before its code, and what it leaves to be written by hand."""

    notice: Notice
    gaps: tuple[Gap, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """The gaps in words, with the way to fill them from the command line."""
        return tuple(f"{GAP_LABELS[gap]}{_ON_THE_COMMAND_LINE.get(gap, '')}" for gap in self.gaps)


def compose(
    session: Session, desk: Desk, kind: PaperKind, number: str, inspection: Inspection, found: Sequence[Hazard]
) -> Draft:
    enterprise = session.get_one(Enterprise, inspection.enterprise_id)
    values = settings.all_values(session)
    plates = _plates(session, desk, found)
    notice = Notice(
        kind=NoticeKind(kind),
        power=Power(values["unit.power"]),
        number=number,
        issuing_unit=session.get_one(Unit, desk.unit_id).name,
        delegating_authority=values["unit.delegating_authority"],
        reporting_authority=values["unit.report_to"],
        enterprise=_addressee(enterprise),
        inspected_on=local_date(inspection.started_at),
        issued_on=desk.today(),
        findings=_findings(session, found, plates),
        inspectors=_inspectors(inspection, values["unit.badge_kind"] or _BADGES[kind]),
        remedy=_remedy(kind, values["unit.remedy_authority"], values["unit.remedy_court"]),
        province=str(values["unit.province"]),
        copies=int(values["paper.copies"]),
        photos=tuple(plate for _, plate in plates),
        photos_per_page=int(values["paper.photos_per_page"]),
    )
    return Draft(notice, tuple(_gaps(notice, inspection)))


def with_code(notice: Notice, code: str) -> Notice:
    return replace(notice, qr=code)


def mark_of(notice: Notice) -> str:
    """What tells two drafts apart: all they say but their number. Raises MissingGlyphs."""
    return content_digest(replace(notice, number="", qr=None))


def _addressee(enterprise: Enterprise) -> content.Enterprise:
    return content.Enterprise(
        name=enterprise.name,
        uscc=enterprise.uscc,
        address=enterprise.address or enterprise.registered_address,
        legal_person=enterprise.legal_person,
        principal=enterprise.principal,
        phone=enterprise.phone or enterprise.principal_phone or enterprise.legal_person_phone,
    )


def _findings(
    session: Session, found: Sequence[Hazard], plates: Sequence[tuple[UUID, Plate]]
) -> tuple[content.Finding, ...]:
    lives = hazards.lives(session, found)
    return tuple(
        _finding(ordinal, hazard, lives[hazard.id], [plate.ordinal for owner, plate in plates if owner == hazard.id])
        for ordinal, hazard in enumerate(found, start=1)
    )


def _finding(ordinal: int, hazard: Hazard, life: HazardLife, photos: Sequence[int]) -> content.Finding:
    major = hazard.level == Level.MAJOR
    return content.Finding(
        ordinal=ordinal,
        text=hazard.text,
        due_on=life.due,
        place=None if hazard.place and hazard.place in hazard.text else hazard.place,
        basis=_basis(hazard),
        measure=hazard.measure,
        major=major,
        criterion="；".join(criterion(one).text for one in hazard.criteria) or None if major else None,
        photos=tuple(photos),
    )


def _basis(hazard: Hazard) -> tuple[Basis, ...]:
    """Each law once. What merely serves as reference stands only where nothing binds, and says so."""
    binding = [reference for reference in hazard.basis if reference["role"] == "binding"]
    laws: dict[str, list[Article]] = {}
    for reference in binding or hazard.basis:
        name = reference["name"] if binding else f"参考{reference['name']}"
        article = Article(reference["cited"], reference["verified"])
        laws.setdefault(name, []).append(article)
    return tuple(_one_law(name, articles) for name, articles in laws.items())


def _one_law(name: str, articles: Sequence[Article]) -> Basis:
    named = tuple(article for article in articles if article.text)
    return Basis(name, named, verified=bool(named) or all(article.verified for article in articles))


def _plates(session: Session, desk: Desk, found: Sequence[Hazard]) -> list[tuple[UUID, Plate]]:
    """The photos of the findings, in their order; each with the hazard it belongs to."""
    plates: list[tuple[UUID, Plate]] = []
    for hazard in found:
        query = select(Photo).where(Photo.answer_id == hazard.answer_id, Photo.voided.is_(False)).order_by(Photo.stamp)
        for photo in session.scalars(query):
            jpeg = desk.blobs.get(session, photo.digest)
            plates.append((hazard.id, Plate(len(plates) + 1, jpeg, taken_at=_local_text(photo.taken_at))))
    return plates


def _local_text(moment: datetime | None) -> str | None:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else None


def _inspectors(inspection: Inspection, badge_kind: str) -> tuple[Signer, ...]:
    """Always two (行政处罚法 第四十二条): the second one not known yet is a blank to be written by hand."""
    kind = content.BadgeKind(badge_kind)
    first = Signer(inspection.officer_name, inspection.officer_badge, kind)
    return first, Signer(inspection.second_name or "", inspection.second_badge, kind)


def _remedy(kind: PaperKind, organ: str | None, court: str | None) -> Remedy | None:
    """Only an order can be appealed against; what only urges has no such paragraph."""
    return Remedy(organ, court) if kind is PaperKind.RECTIFICATION else None


def _gaps(notice: Notice, inspection: Inspection) -> list[Gap]:
    remedy, addressee = notice.remedy, notice.enterprise
    empty = {
        Gap.DELEGATING_AUTHORITY: notice.power is Power.DELEGATED and notice.delegating_authority is None,
        Gap.REMEDY_AUTHORITY: remedy is not None and remedy.reconsideration_organ is None,
        Gap.REMEDY_COURT: remedy is not None and remedy.court is None,
        Gap.SECOND_INSPECTOR: inspection.second_name is None,
        Gap.BADGE: any(signer.badge is None for signer in notice.inspectors),
        Gap.USCC: addressee.uscc is None,
        Gap.ADDRESS: addressee.address is None,
        Gap.PHONE: addressee.phone is None,
        Gap.PRINCIPAL: addressee.legal_person is None and addressee.principal is None,
    }
    return [gap for gap, is_empty in empty.items() if is_empty]
