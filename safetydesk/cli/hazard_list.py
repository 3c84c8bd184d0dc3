"""hazard."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from safetydesk.cli.context import Context
from safetydesk.cli.output import Answer
from safetydesk.domain.deadlines import LONG_DAYS, is_long
from safetydesk.domain.hazards import STATE_LABELS, HazardState
from safetydesk.domain.kinds import LABELS, Level


def list_all(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import hazards

    desk = context.desk
    state = HazardState(arguments.state) if arguments.state else None
    with desk.store.reading() as session:
        listed = hazards.rows(session, desk.today())
    rows = hazards.selected(listed, state=state, overdue=arguments.overdue, major=arguments.major)
    return Answer([hazard_value(row) for row in rows], [hazard_line(row) for row in rows] or ["没有符合条件的隐患。"])


def show(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards

    desk = context.desk
    with desk.store.reading() as session:
        hazard = finding.hazard(session, arguments.hazard)
        (row,) = hazards.rows(session, desk.today(), [hazard])
        events = hazards.history(session, hazard)
        more = {
            "inspection": hazard.inspection_id,
            "place": hazard.place,
            "criteria": hazard.criteria,
            "level_reason": hazard.level_reason,
            "basis": hazard.basis,
            "measure": hazard.measure,
        }
    value = hazard_value(row) | more
    value["events"] = [
        {"kind": one.kind, "label": one.label, "on": one.on, "note": one.note, "detail": one.detail} for one in events
    ]
    lines = [hazard_line(row), f"  整改要求：{more['measure']}"]
    lines += [f"  依据：{one['text']}{'' if one['verified'] else '〔待核〕'}" for one in hazard.basis]
    lines += [f"  {more['level_reason']}"] if more["level_reason"] else []
    lines += [f"  {one.on}  {one.label}{'：' + one.note if one.note else ''}" for one in events]
    return Answer(value, lines)


def withdraw(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards

    desk = context.desk
    with desk.store.writing() as session:
        hazards.withdraw(session, desk, finding.hazard(session, arguments.hazard), arguments.reason)
    return Answer({"id": arguments.hazard, "state": HazardState.WITHDRAWN}, ["已撤回这条隐患，原因记在历史里。"])


def correct(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards

    desk = context.desk
    level = Level(arguments.level) if arguments.level else None
    with desk.store.writing() as session:
        hazard = finding.hazard(session, arguments.hazard)
        hazards.correct(
            session, hazard, text=arguments.text, due=arguments.deadline, level=level, measure=arguments.measure
        )
        (row,) = hazards.rows(session, desk.today(), [hazard])
    return Answer(hazard_value(row), ["已更正。", hazard_line(row)])


def recheck(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards, rechecking

    desk = context.desk
    outcome = rechecking.Outcome(arguments.result)
    given = rechecking.Recheck(outcome, arguments.note, arguments.photos, arguments.on, arguments.deadline)
    with desk.store.writing() as session:
        hazard = finding.hazard(session, arguments.hazard)
        rechecking.recheck(session, desk, hazard.id, given)
        (row,) = hazards.rows(session, desk.today(), [hazard])
    return Answer(hazard_value(row), [f"复查结果已保存：{rechecking.OUTCOME_LABELS[outcome]}。", hazard_line(row)])


def extend(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards, rechecking

    desk = context.desk
    with desk.store.writing() as session:
        hazard = finding.hazard(session, arguments.hazard)
        (before,) = hazards.rows(session, desk.today(), [hazard])
        rechecking.extend(session, desk, hazard.id, arguments.to, arguments.reason, consent=arguments.consent)
        (row,) = hazards.rows(session, desk.today(), [hazard])
    notes = [f"整改期限超过 {LONG_DAYS} 天，请确认。"] if is_long(row.due, row.found_on) else []
    notes += ["延期是在逾期之后办的，历史里留有原期限。"] if before.is_overdue else []
    return Answer(hazard_value(row), ["已延期。", hazard_line(row)], notes)


def reopen(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, hazards, rechecking

    desk = context.desk
    with desk.store.writing() as session:
        hazard = finding.hazard(session, arguments.hazard)
        rechecking.reopen(session, desk, hazard.id, arguments.reason)
        (row,) = hazards.rows(session, desk.today(), [hazard])
    return Answer(hazard_value(row), ["已重新打开，原因记在历史里。", hazard_line(row)])


def hazard_value(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "enterprise": row.enterprise,
        "enterprise_id": row.enterprise_id,
        "item": row.item,
        "text": row.text,
        "level": row.level,
        "state": row.state,
        "found_on": row.found_on,
        "deadline": row.due,
        "days_left": row.days_left,
    }


def hazard_line(row: Any) -> str:
    left = row.days_left
    when = "" if left is None else f"逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"
    mark = f"【{LABELS[Level.MAJOR]}】" if row.level == Level.MAJOR else ""
    return f"{row.due} {when}  {row.enterprise}  {row.item} {mark}{row.text}（{STATE_LABELS[row.state]}）"
