"""inspection."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec

from safetydesk.cli.context import Context
from safetydesk.cli.output import Answer, table
from safetydesk.domain.deadlines import LONG_DAYS, is_long
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, InspectionKind, Level, Result

MOST_BYTES = 8 << 20
MOST_ANSWERS = 5_000


class BadAnswers(SafetyDeskError):
    """The file is no list of answers. facts: file, where."""

    code = "bad_answers"


class _Reading(msgspec.Struct, forbid_unknown_fields=True):
    value: float
    unit: str | None = None
    gas: str | None = None
    point: str | None = None
    instrument: str | None = None


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    item: str
    result: Result
    object: str | None = None
    value: float | None = None
    unit: str | None = None
    gas: str | None = None
    readings: Annotated[list[_Reading], msgspec.Meta(max_length=200)] = []
    note: str | None = None
    place: str | None = None
    filled: dict[str, str] = {}
    photos: Annotated[list[str], msgspec.Meta(max_length=50)] = []
    level: Level | None = None
    deadline: date | None = None


def start(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, inspections
    from safetydesk.workflows.naming import named

    desk = context.desk
    second = None
    if arguments.second:
        second = inspections.Second(named("第二名检查人员", arguments.second), arguments.second_badge)
    with desk.store.writing() as session:
        enterprise = finding.enterprise(session, arguments.enterprise)
        inspection = inspections.start(
            session, desk, enterprise, arguments.template, kind=InspectionKind(arguments.kind), second=second
        )
        name = enterprise.name
    return Answer({"inspection": inspection}, [f"开始检查：{name}", f"检查编号：{inspection}"])


def answer(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import answering
    from safetydesk.workflows.desk import local_date

    given = _read(arguments.answers)
    desk = context.desk
    with desk.store.writing() as session:
        inspection = answering.visit_of(session, arguments.inspection)
        answering.answer(session, desk, inspection, [_input(one, arguments.answers.parent) for one in given])
        started = local_date(inspection.started_at)
    long = [one.item for one in given if one.deadline is not None and is_long(one.deadline, started)]
    notes = [f"整改期限超过 {LONG_DAYS} 天，请确认：{'、'.join(long)}"] if long else []
    counts = {str(result): sum(one.result is result for one in given) for result in Result}
    said = "，".join(f"{LABELS[result]} {counts[result]}" for result in Result if counts[result])
    return Answer({"answered": len(given), **counts}, [f"已保存 {len(given)} 条：{said or '没有内容'}"], notes)


def finish(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, inspections

    desk = context.desk
    with desk.store.writing() as session:
        found = inspections.finish(session, desk, finding.inspection(session, arguments.inspection))
    return Answer({"hazards": found}, [f"检查结束，查出隐患 {len(found)} 条。", *(f"  {one}" for one in found)])


def show(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, inspection_view

    with context.desk.store.reading() as session:
        one = inspection_view.view(session, finding.inspection(session, arguments.inspection))
    lines = [
        f"{one['enterprise']}  {one['title']}（{LABELS[InspectionKind(one['kind'])]}）",
        "，".join(f"{LABELS[result]} {one['counts'][result]}" for result in Result),
    ]
    failed = [row for row in one["answers"] if row["result"] == Result.FAIL]
    lines += table([(row["item"], row["text"], row["note"]) for row in failed], "没有不符合的项目。")
    return Answer(one, lines)


def _read(path: Path) -> list[_Answer]:
    from safetydesk.spreadsheets.errors import FileMissing

    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadAnswers(file=path.name, where=f"超过 {MOST_BYTES >> 20} MB")
        content = path.read_bytes()
    except OSError:
        raise FileMissing(file=str(path)) from None
    try:
        given = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=list[_Answer])
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise BadAnswers(file=path.name, where=_where(str(error))) from None
    if len(given) > MOST_ANSWERS:
        raise BadAnswers(file=path.name, where=f"最多 {MOST_ANSWERS} 条")
    return given


def _where(said: str) -> str:
    """What is wrong and where: `$[3].result` is the fourth answer."""
    place = said.rpartition("`$")[2].strip("`")
    number, _, key = place.lstrip("[").partition("]")
    if not number.isdecimal():
        return "不是 UTF-8 编码" if "utf-8" in said.lower() or "utf8" in said.lower() else "格式不是 JSON 列表"
    where = f"第 {int(number) + 1} 条{key.replace('.', ' ')}"
    if key == ".result":
        return f"{where} 只能是 {'、'.join(Result)}"
    if found := re.search(r"(?:unknown field|missing required field) `([^`]+)`", said):
        return f"{where}{'没有' if 'missing' in said else '有不认识的'} {found[1]}"
    return where


def _input(one: _Answer, beside: Path) -> Any:
    from safetydesk.workflows.answering import AnswerInput, ReadingInput, UnknownObject
    from safetydesk.workflows.finding import as_id

    thing = as_id(one.object) if one.object else None
    if one.object and thing is None:
        raise UnknownObject(object=one.object, item=one.item)
    readings = [ReadingInput(each.value, each.unit, each.gas, each.point, each.instrument) for each in one.readings]
    if one.value is not None:
        readings.insert(0, ReadingInput(one.value, one.unit, one.gas))
    photos = [beside / photo for photo in one.photos]
    return AnswerInput(
        one.item, one.result, thing, one.note, one.place, one.filled, one.level, one.deadline, readings, photos
    )
