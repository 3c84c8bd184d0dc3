"""setup, settings, backup, restore, doctor, digest, today."""

from __future__ import annotations

from argparse import Namespace

from safetydesk.cli.context import Context, existing
from safetydesk.cli.output import Answer, table
from safetydesk.domain.kinds import LABELS, Power, Role

DAMAGE = frozenset({"database", "photos", "papers", "audit", "fonts"})  # the rest is a matter of this computer


def setup(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows.setting_up import Person, set_up

    person = Person(Role(arguments.role), arguments.unit, arguments.name, arguments.badge)
    made = set_up(context.place, person, context.passphrase(new=True), context.clock, database=arguments.database)
    return Answer(
        {"replica": made.replica, "fingerprint": made.fingerprint, "role": made.role, "unit": made.unit},
        [
            f"已建立：{made.unit}，{LABELS[made.role]} {person.name}",
            f"数据文件夹：{context.folder}",
            f"本机指纹：{made.fingerprint}",
            "请记住口令：忘记口令又没有办理恢复，数据谁也打不开。",
        ],
    )


def settings_list(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.domain.settings import SETTINGS
    from safetydesk.workflows import settings

    with context.desk.store.reading() as session:
        values = settings.all_values(session)
    lines = table([(one.key, _shown(values[one.key]), one.label) for one in SETTINGS], "没有设置。")
    return Answer(values, lines)


def settings_get(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import settings

    with context.desk.store.reading() as session:
        value = settings.value_of(session, arguments.key)
    return Answer({"key": arguments.key, "value": value}, [_shown(value)])


def settings_set(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import settings

    with context.desk.store.writing() as session:
        settings.put(session, arguments.key, arguments.value)
        value = settings.value_of(session, arguments.key)
        unit = settings.unit_name(session, context.desk)
    notes = []
    if (
        arguments.key == "unit.power"
        and value == Power.FULL
        and unit.endswith(("办公室", "应急办", "站", "中心", "所"))
    ):
        notes.append(f"注意：处罚权是交给镇人民政府、街道办事处的，文书上的单位现在是“{unit}”。")
    return Answer({"key": arguments.key, "value": value}, [f"已保存：{arguments.key} = {_shown(value)}"], notes)


def replica_renew(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows.setting_up import renew_replica

    made = renew_replica(context.desk)
    return Answer(
        {"replica": made.replica, "fingerprint": made.fingerprint},
        ["已换用新的副本编号和文号字头，可以继续工作。旧编号不会再用。", f"本机指纹：{made.fingerprint}"],
    )


def backup(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows.backups import back_up, usual_folder

    out = arguments.out or usual_folder(context.desk.store)
    context.say("正在备份并读回核对……")
    made = back_up(context.desk.store, out)
    return Answer(
        {"file": str(made.file), "size": made.size, "blobs": made.blobs, "new_blobs": made.new_blobs, "verified": True},
        [f"备份完成，已读回核对：{made.file}", f"照片和文书共 {made.blobs} 件，其中新增 {made.new_blobs} 件。"],
    )


def restore(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows.backups import lay_out
    from safetydesk.workflows.setting_up import renew_replica

    moment = context.clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
    kept = lay_out(existing(arguments.file), context.passphrase(), context.folder, moment)
    made = renew_replica(context.desk)
    lines = ["已从备份恢复，并换用新的副本编号和文号字头。"]
    if kept is not None:
        lines.append(f"恢复前的数据原样保存在：{kept}")
    return Answer({"replica": made.replica, "kept": str(kept) if kept else None}, lines)


def doctor(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows.checkup import checkup

    checks = checkup(context.desk)
    ok = all(check.ok for check in checks)
    lines = [f"{'正常' if check.ok else '有问题'}  {check.label}：{check.detail}" for check in checks]
    value = {"ok": ok, "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]}
    damaged = any(not check.ok and check.name in DAMAGE for check in checks)
    return Answer(value, [*lines, "全部正常。" if ok else "有问题的项目请按说明处理。"], exit_code=3 if damaged else 0)


def digest(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows.digests import officer_scope, state_digest

    with context.desk.store.reading() as session:
        scope = officer_scope(session, arguments.officer) if arguments.officer else None
        state = state_digest(session, scope)
    value = {"digest": state.digest, "enterprises": state.enterprises, "rows": state.rows}
    return Answer(value, [f"摘要：{state.digest}", f"企业（含公共数据）：{len(state.enterprises)}"])


def today(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.cli.hazard_list import hazard_line, hazard_value
    from safetydesk.workflows.today import today as what_is_due

    desk = context.desk
    with desk.store.reading() as session:
        due = what_is_due(session, desk.today())
    lists = {
        "overdue": due.overdue,
        "today": due.due_today,
        "week": due.due_this_week,
        "not_on_paper": due.not_on_paper,
    }
    figures = {
        "enterprises": due.enterprises,
        "open_hazards": due.open_hazards,
        "major_hazards": due.major_hazards,
        "unsent": due.unsent_changes,
        "later": due.later,
    }
    visits = [
        {"inspection": one.inspection, "enterprise": one.enterprise, "started_on": one.started_on}
        for one in due.open_visits
    ]
    value = {"date": due.on, "figures": figures, "open_visits": visits}
    value |= {name: [hazard_value(row) for row in rows] for name, rows in lists.items()}
    day = f"{due.on.year}年{due.on.month}月{due.on.day}日"
    sums = f"企业 {due.enterprises} 家，未闭环隐患 {due.open_hazards} 条，疑似重大 {due.major_hazards} 条"
    lines = [f"{day}  {sums}"]
    for title, rows in (("已逾期", due.overdue), ("今天到期", due.due_today), ("七天内到期", due.due_this_week)):
        lines += [f"{title}（{len(rows)}）", *(f"  {hazard_line(row)}" for row in rows)] if rows else []
    lines += [f"没有结束的检查：{one.enterprise}（{one.started_on}）" for one in due.open_visits]
    if due.not_on_paper:
        lines.append(f"查出后还没有下文书的隐患 {len(due.not_on_paper)} 条。")
    if len(lines) == 1:
        lines.append("今天没有到期的事。")
    return Answer(value, lines)


def _shown(value: object) -> str:
    return "（未设置）" if value is None else str(value)
