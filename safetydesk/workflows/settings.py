"""Settings of the office and of this computer. Saving a setting only saves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.ids import COMMON, derived_id
from safetydesk.domain.kinds import Power
from safetydesk.domain.settings import SETTINGS, Owner, setting
from safetydesk.models import clock as clocks
from safetydesk.models.tables import LocalSetting, Setting, Unit
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.desk import Desk


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


def unit_name(session: Session, desk: Desk) -> str:
    return session.get_one(Unit, desk.unit_id).name


def unit_power(session: Session) -> Power:
    return Power(value_of(session, "unit.power"))
