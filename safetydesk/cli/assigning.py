"""assign and officer."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from safetydesk.cli.context import Context
from safetydesk.cli.output import Answer, table

MOST_LIST_BYTES = 4 << 20


def assign_set(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import assignment, finding

    desk = context.desk
    with desk.store.writing() as session:
        officer, is_new = finding.officer_or_new(session, desk, arguments.officer)
        if arguments.village:
            ids = assignment.of_village(session, arguments.village)
        else:
            codes = arguments.enterprise or _codes(arguments.file)
            ids = [finding.enterprise(session, code).id for code in codes]
        changed = assignment.assign(session, desk, officer, ids, arguments.until)
    notes = [f"名单里没有 {arguments.officer}，已登记为新的安全员。"] if is_new else []
    value = {"officer": arguments.officer, "enterprises": len(ids), "changed": changed, "officer_created": is_new}
    return Answer(value, [f"已划给 {arguments.officer}：{len(ids)} 家，其中变动 {changed} 家。"], notes)


def assign_coverage(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows import assignment

    desk = context.desk
    with desk.store.reading() as session:
        found = assignment.coverage(session, desk.today())
    unassigned = [
        {"id": one.id, "uscc": one.uscc, "name": one.name, "village": one.village} for one in found.unassigned
    ]
    value = {
        "enterprises": found.enterprises,
        "assigned": found.assigned,
        "unassigned": unassigned,
        "by_officer": found.by_officer,
    }
    lines = [f"企业 {found.enterprises} 家，已划片 {found.assigned} 家，没人管 {len(unassigned)} 家"]
    lines += [f"  {name}：{count} 家" for name, count in found.by_officer.items()]
    lines += [f"  没人管：{one.name}（{one.village or '村未填'}）" for one in found.unassigned[:30]]
    return Answer(value, lines)


def officer_add(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import officers

    desk = context.desk
    with desk.store.writing() as session:
        officer_id = officers.add(session, desk, arguments.name, arguments.badge, arguments.mark)
    return Answer({"id": officer_id}, [f"已登记安全员：{arguments.name}"])


def officer_list(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows import officers

    with context.desk.store.reading() as session:
        rows = officers.all_officers(session)
    value = [{"id": one.id, "name": one.name, "badge": one.badge, "mark": one.mark, "role": one.role} for one in rows]
    return Answer(value, table([(one.name, one.badge, one.mark) for one in rows], "还没有安全员。"))


def _codes(path: Path) -> list[str]:
    """One code or id a line; what follows a comma or a tab is passed over."""
    from safetydesk.spreadsheets.errors import FileMissing, WrongKindOfFile

    try:
        content = path.read_bytes()
    except OSError:
        raise FileMissing(file=str(path)) from None
    if len(content) > MOST_LIST_BYTES:
        raise WrongKindOfFile(file=path.name, found=None)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    cells = (line.replace("\t", ",").split(",")[0].strip() for line in text.splitlines())
    return [cell for cell in cells if cell and not cell.startswith("#")]
