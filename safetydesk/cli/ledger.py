"""ledger and object."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetydesk.cli.context import Context
from safetydesk.cli.output import Answer, table

if TYPE_CHECKING:
    from safetydesk.spreadsheets.ledger_reader import LedgerSheet


def import_file(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import ledger_import

    sheet = ledger_import.read(arguments.file, arguments.sheet, _mapping(arguments.map))
    desk = context.desk
    if arguments.dry_run:
        with desk.store.reading() as session:
            report = ledger_import.rehearse(session, sheet)
        _write_rejects(arguments.rejects, sheet)
    else:
        with desk.store.writing() as session:
            report = ledger_import.apply(session, desk, sheet)
            _write_rejects(arguments.rejects, sheet)  # before the commit: without this list the import is not done
    return _import_answer(report, rehearsal=arguments.dry_run)


def export_file(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.spreadsheets.ledger_writer import write_ledger
    from safetydesk.workflows.ledger_export import ledger_rows

    desk = context.desk
    with desk.store.reading() as session:
        fields, rows = ledger_rows(session, desk.today())
    write_ledger(arguments.out, fields, rows)
    return Answer({"file": str(arguments.out), "rows": len(rows)}, [f"已导出 {len(rows)} 家企业：{arguments.out}"])


def search(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import searching

    with context.desk.store.reading() as session:
        found = searching.find(session, arguments.text, max(1, min(arguments.limit, 1000)))
    value = [
        {
            "id": row.id,
            "uscc": row.uscc,
            "name": row.name,
            "village": row.village,
            "risk": row.risk,
            "officer": row.officer,
        }
        for row in found
    ]
    lines = table(
        [(row.uscc or "（无代码）", row.name, row.village, row.officer) for row in found],
        "没有找到。换一个字、代码后几位或拼音首字母试试。",
    )
    return Answer(value, lines)


def show(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.domain.enterprise_fields import BY_KEY, value_text
    from safetydesk.workflows import finding, ledger_view

    desk = context.desk
    with desk.store.reading() as session:
        one = ledger_view.view(session, finding.enterprise(session, arguments.enterprise), desk.today())
    value: dict[str, Any] = {"id": one.id, **one.values, "officer": one.officer, "grid": None}
    value["derived"] = {key: {"value": found.value, "why": found.why} for key, found in one.derived.items()}
    value |= {
        "missing": one.missing,
        "open_hazards": one.open_hazards,
        "last_visit_on": one.last_visit_on,
        "next_due_on": one.next_due_on,
        "history": one.history,
    }
    stated = [(BY_KEY[key].label, value_text(known)) for key, known in one.values.items() if known not in (None, [])]
    lines = table([*stated, ("网格专职安全员", one.officer or "（未划片）"), ("未闭环隐患", one.open_hazards)], "")
    lines += [f"待补：{'、'.join(one.missing)}"] if one.missing else []
    lines += [found.why for found in one.derived.values()]
    return Answer(value, lines)


def add(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import enterprises

    values = enterprises.parsed(arguments.field)
    desk = context.desk
    with desk.store.writing() as session:
        enterprise_id = enterprises.add(session, desk, values)
    return Answer({"id": enterprise_id}, [f"已登记：{values['name']}（{enterprise_id}）"])


def edit(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.domain.enterprise_fields import BY_KEY
    from safetydesk.workflows import enterprises, finding

    values = enterprises.parsed(arguments.field)
    desk = context.desk
    with desk.store.writing() as session:
        enterprise = finding.enterprise(session, arguments.enterprise)
        changes = enterprises.edit(session, desk, enterprise, values)
        enterprise_id = enterprise.id
    listed = [{"field": one.key, "before": one.before, "after": one.after} for one in changes]
    lines = [f"{BY_KEY[one.key].label}：{_cell(one.before)} → {_cell(one.after)}" for one in changes]
    return Answer({"id": enterprise_id, "changed": listed}, lines or ["填的和原来一样，没有改动。"])


def fields(_context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.domain.enterprise_fields import FIELDS, GROUP_LABELS

    value = [
        {
            "key": one.key,
            "label": one.label,
            "group": one.group,
            "kind": one.kind,
            "required": one.key == "name",
            "expected": one.required,
            "choices": list(one.choices),
            "unit": one.unit,
            "computed": one.stored == "derived",
            "verified": one.verified,
        }
        for one in FIELDS
    ]
    lines = table([(one.key, one.label, GROUP_LABELS[one.group]) for one in FIELDS], "")
    return Answer(value, lines)


def digest(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows.ledger_view import values_digest

    with context.desk.store.reading() as session:
        whole, count = values_digest(session)
    return Answer({"digest": whole, "enterprises": count}, [f"{count} 家企业，摘要 {whole}"])


def object_add(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, objects

    desk = context.desk
    with desk.store.writing() as session:
        enterprise = finding.enterprise(session, arguments.enterprise)
        object_id = objects.add(session, desk, enterprise, arguments.kind, arguments.name, arguments.field)
    return Answer({"id": object_id}, [f"已登记：{arguments.name}（{object_id}）"])


def object_list(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, objects

    with context.desk.store.reading() as session:
        rows = objects.of(session, finding.enterprise(session, arguments.enterprise))
    value = [{"id": row.id, "kind": row.kind, "name": row.name, "fields": row.detail} for row in rows]
    return Answer(value, table([(row.kind, row.name, row.id) for row in rows], "还没有登记高风险对象。"))


def _write_rejects(path: Path | None, sheet: LedgerSheet) -> None:
    from safetydesk.spreadsheets.ledger_writer import write_rejects

    if path is not None and sheet.rejected:
        write_rejects(path, sheet, sheet.rejected)


def _mapping(given: list[str]) -> dict[str, str]:
    from safetydesk.cli.arguments import UsageError

    mapping = {}
    for one in given:
        column, equals, field = one.rpartition("=")
        if not equals:
            raise UsageError(why=f"--map 要写成 列=字段，现在是 {one}", usage="safetydesk ledger import")
        mapping[column.strip()] = field.strip()
    return mapping


def _import_answer(report: Any, *, rehearsal: bool) -> Answer:
    sheet = report.sheet
    rejected = [
        {"row": one.row, "column": one.column, "value": one.value, "reason": one.reason, "refused": one.is_fatal}
        for one in sheet.rejected
    ]
    columns = [
        {"column": one.letter, "title": one.header, "field": one.field, "flag": one.flag, "how": one.how}
        for one in sheet.columns
    ]
    value = {
        "import": report.id,
        "sheet": sheet.sheet,
        "rows": len(sheet.rows),
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": rejected,
        "columns": columns,
        "notes": list(report.notes),
        "skipped": [{"row": one.row, "why": one.why} for one in sheet.skipped],
    }
    done = "试算（没有写入）" if rehearsal else "导入完成"
    lines = [
        f"{done}：{len(sheet.rows)} 行，新增 {report.created}，更新 {report.updated}，无变化 {report.unchanged}，退回 {len(rejected)} 处"
    ]
    lines += [f"  第{one['row']}行 {one['column']}“{one['value']}”：{one['reason']}" for one in rejected[:20]]
    lines += list(report.notes[:20])
    passed = [one["title"] for one in columns if one["field"] is None and one["how"] == "unknown"]
    lines += [f"没有认出、没有导入的列：{'、'.join(passed)}。可用 --map 列=字段 指定。"] if passed else []
    return Answer(value, lines)


def _cell(value: object) -> str:
    return "（空）" if value in (None, [], "") else str(value)
