"""The columns of the list of enterprises."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from safetydesk.ui.enterprises import words
from safetydesk.ui.enterprises.delegates import next_due_delegate, risk_delegate
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.paged import Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from safetydesk.workflows.enterprise_rows import EnterpriseRow


def columns(today: Callable[[], date]) -> list[Column]:
    def visit(row: EnterpriseRow) -> str:
        return words.visit_text(row, today())

    def due(row: EnterpriseRow) -> str:
        return words.due_text(row, today())

    return [
        Column("name", tr("企业"), _name, 220, sort="name", stretch=True, tip=_name),
        Column("village", tr("村（社区）"), _village, 100, sort="village", gives_way=3),
        Column("industry", tr("行业"), _industry, 64, sort="industry", gives_way=5),
        Column("risk", tr("风险"), _risk, 96, sort="risk", delegate=risk_delegate),
        Column("flags", tr("风险标志"), _flags, 150, tip=_flags, gives_way=6),
        Column("open", tr("未闭环"), words.hazards_text, 100, sort="open_hazards", ink=words.hazards_ink, gives_way=1),
        Column("visit", tr("上次检查"), visit, 96, sort="last_visit", ink=words.visit_ink, gives_way=4),
        Column(
            "due", tr("最近到期"), due, 170, sort="next_due", delegate=partial(next_due_delegate, today), gives_way=2
        ),
        Column("officer", tr("安全员"), _officer, 90, hidden=True),
        Column("contact", tr("联系人"), _contact, 90, hidden=True),
        Column("phone", tr("电话"), _phone, 130, hidden=True),
        Column("address", tr("地址"), _address, 200, hidden=True),
        Column("code", tr("代码后六位"), _code, 100, hidden=True),
    ]


def _name(row: EnterpriseRow) -> str:
    return row.name


def _village(row: EnterpriseRow) -> str:
    return row.village or ""


def _industry(row: EnterpriseRow) -> str:
    return row.industry or ""


def _risk(row: EnterpriseRow) -> str:
    return row.risk or ""


def _flags(row: EnterpriseRow) -> str:
    return "、".join(row.flags)


def _officer(row: EnterpriseRow) -> str:
    return row.officer or ""


def _contact(row: EnterpriseRow) -> str:
    return row.contact or ""


def _phone(row: EnterpriseRow) -> str:
    return row.phone or ""


def _address(row: EnterpriseRow) -> str:
    return row.address or ""


def _code(row: EnterpriseRow) -> str:
    return row.short_code
