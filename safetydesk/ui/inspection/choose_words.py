"""How the choose view says why something is offered."""

from __future__ import annotations

from datetime import date

from safetydesk.ui.inspection.choose_list import Line
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.dates import day_text, days_left_text
from safetydesk.workflows.beginning import Because, Beginning, OfferedChecklist, OfferedEnterprise, UnfinishedVisit


def enterprise_line(offer: OfferedEnterprise, today: date) -> Line:
    where = offer.village or ""
    match offer.because:
        case Because.OVERDUE | Because.DUE:
            is_late = offer.because is Because.OVERDUE
            due = days_left_text(offer.days_left or 0)
            said = tr("隐患 {count} 条，{due}", count=offer.hazards, due=due)
            ink = Colour.MAJOR if is_late else Colour.LARGER
            return Line(offer.id, offer.name, _joined(said, where), "alarm-clock" if is_late else "clock", ink)
        case Because.RECENT if offer.on is not None:
            said = tr("{day}去过", day=day_text(offer.on, today))
            return Line(offer.id, offer.name, _joined(said, where), "history")
        case _:
            return Line(offer.id, offer.name, where, "map-pin" if where else "")


def enterprise_lines(offers: tuple[OfferedEnterprise, ...], today: date) -> list[Line]:
    """What is due, and below it where one was last."""
    lines: list[Line] = []
    for because, title in (
        ((Because.OVERDUE, Because.DUE), tr("要复查的")),
        ((Because.RECENT,), tr("最近去过的")),
        ((Because.NEW,), tr("还没有查过的高风险企业")),
        ((Because.FOUND,), tr("找到的")),
    ):
        here = [enterprise_line(one, today) for one in offers if one.because in because]
        lines += [Line(None, title), *here] if here else []
    return lines


def checklist_lines(offers: tuple[OfferedChecklist, ...], today: date) -> list[Line]:
    """The proposed ones with the reason, the others below."""
    proposed = [checklist_line(one, today) for one in offers if one.is_proposed]
    others = [checklist_line(one, today) for one in offers if not one.is_proposed]
    if not proposed:
        return others
    return [Line(None, tr("建议用")), *proposed, *([Line(None, tr("其他检查表")), *others] if others else [])]


def checklist_line(offer: OfferedChecklist, today: date) -> Line:
    said = [tr("企业档案标着“{flags}”", flags="、".join(offer.flags))] if offer.flags else []
    if offer.last_used_on is not None:
        said.append(tr("{day}用过", day=day_text(offer.last_used_on, today)))
    said.append(tr("{count} 项", count=offer.items))
    if offer.is_from_office:
        said.append(tr("应急办的表"))
    return Line(offer.id, offer.title, "，".join(said), "check" if offer.is_proposed else "", Colour.MUTED)


def unfinished_text(visit: UnfinishedVisit, today: date) -> str:
    on = visit.started_at.astimezone().date()
    when = tr("今天") if on == today else day_text(on, today)
    return tr(
        "{checklist} · 已查 {answered}/{items} · {when}开始",
        checklist=visit.checklist,
        answered=visit.answered,
        items=visit.items,
        when=when,
    )


def facts_lines(found: Beginning, today: date) -> list[tuple[str, str]]:
    """Label and value of what one wants to know before the door."""
    people = _joined(found.principal or "", found.phone or "", " ")
    last = day_text(found.last_visit_on, today) if found.last_visit_on else tr("还没有查过")
    hazards = tr("{count} 条没有销号", count=found.open_hazards) if found.open_hazards else tr("没有未销号的")
    if found.major_hazards:
        hazards += tr("，疑似重大 {count} 条", count=found.major_hazards)
    return [
        (tr("地址"), found.address or tr("没有登记")),
        (tr("负责人"), people or tr("没有登记")),
        (tr("上次检查"), last),
        (tr("隐患"), hazards),
    ]


def _joined(first: str, second: str, by: str = " · ") -> str:
    return by.join(part for part in (first, second) if part)
