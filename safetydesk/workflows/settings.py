"""Settings of the office and of this computer. Saving a setting only saves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.ids import COMMON, derived_id
from safetydesk.domain.kinds import Power
from safetydesk.domain.settings import SETTINGS, Owner, setting
from safetydesk.models import clock as clocks
from safetydesk.models.tables import LocalSetting, Officer, Setting, Unit
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.naming import named
from safetydesk.workflows.officers import OfficerExists


def value_of(session: Session, key: str) -> Any:
    """The value in force. Raises UnknownSetting."""
    declared = setting(key)
    if declared.owner is Owner.COMPUTER:
        row: LocalSetting | Setting | None = session.get(LocalSetting, key)
    else:
        row = session.get(Setting, derived_id("setting", key))
    return declared.default if row is None or row.value is None else row.value


def all_values(session: Session) -> dict[str, Any]:
    stored: dict[str, Any] = dict(session.execute(select(Setting.key, Setting.value)).all())
    stored.update(session.execute(select(LocalSetting.key, LocalSetting.value)).all())
    return {one.key: one.default if stored.get(one.key) is None else stored[one.key] for one in SETTINGS}


def put(session: Session, key: str, text: str) -> Changes:
    """Save one setting. Raises UnknownSetting, BadSetting."""
    declared = setting(key)
    value = declared.parse(text)
    if declared.owner is Owner.COMPUTER:
        session.merge(LocalSetting(key=key, value=value))
        return Changes(settings=True)
    row = session.get(Setting, derived_id("setting", key))
    if row is None:
        session.add(Setting(id=derived_id("setting", key), enterprise_id=COMMON, key=key, value=value))
    else:
        row.value = value
    clocks.record(session, "setting.changed", f"setting:{key}", {})
    return Changes(settings=True)


def rename_unit(session: Session, desk: Desk, name: str) -> Changes:
    """Correct the unit's name as papers print it from now on; what was issued stays as it is. Raises BadName."""
    session.get_one(Unit, desk.unit_id).name = named("单位", name)
    clocks.record(session, "unit.renamed", f"unit:{desk.unit_id.hex}", {})
    return Changes(settings=True)


def correct_self(session: Session, desk: Desk, *, name: str | None = None, badge: str | None = None) -> Changes:
    """Correct one's own name or badge; an empty badge is none. Checks that were begun keep what they began with.

    Raises BadName, OfficerExists.
    """
    officer = session.get_one(Officer, desk.officer_id)
    if name is not None:
        officer.name = _free_name(session, desk, named("姓名", name))
    if badge is not None:
        officer.badge = named("证件号", badge) if badge.strip() else None
    clocks.record(session, "officer.corrected", f"officer:{desk.officer_id.hex}", {})
    return Changes(settings=True)


def _free_name(session: Session, desk: Desk, name: str) -> str:
    """Two officers of one name could not be told apart. Raises OfficerExists."""
    others = select(Officer.id).where(Officer.name == name, Officer.id != desk.officer_id, Officer.voided_at.is_(None))
    if session.scalars(others.limit(1)).first() is not None:
        raise OfficerExists(name=name)
    return name


def is_named_like_an_office(unit: str) -> bool:
    """An office within the township: the power to penalise is handed to the township itself (行政处罚法 第二十四条)."""
    return unit.strip().endswith(("办公室", "应急办", "安监办", "站", "中心", "所"))


def unit_name(session: Session, desk: Desk) -> str:
    return session.get_one(Unit, desk.unit_id).name


def unit_power(session: Session) -> Power:
    return Power(value_of(session, "unit.power"))
