"""The tables of the page: checks, hazards, papers, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from safetydesk.ui.enterprises.records import Records
from safetydesk.ui.hazards import words as hazard_words
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.cells import due_delegate, level_delegate
from safetydesk.ui.widgets.dates import moment_text, short_day
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.paged import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safetydesk.workflows.enterprise_page import ChangeLine, VisitLine
    from safetydesk.workflows.hazard_list import ListedHazard
    from safetydesk.workflows.paper_register import RegisterRow


@dataclass(frozen=True)
class ChangeRow:
    """One changed field; who and when stand in the first of those that were changed together."""

    number: int
    when: str
    who: str
    field: str
    before: str
    after: str


def visits_table(shell: Shell, parent: QWidget) -> Records:
    today = shell.desk.today

    def day(row: VisitLine) -> str:
        return short_day(row.started_on, today())

    columns = [
        Column("day", tr("日期"), day, 100, sort="started_on"),
        Column("checklist", tr("检查表"), _checklist, 180, sort="checklist", stretch=True),
        Column("kind", tr("种类"), _visit_kind, 100, sort="kind"),
        Column("result", tr("结果"), _result, 200, ink=_result_ink),
        Column("papers", tr("文书"), _paper_count, 70, sort="papers"),
        Column("inspectors", tr("检查人员"), _inspectors, 150),
    ]
    empty = EmptyState(
        "clipboard-check",
        tr("还没有检查过"),
        tr("开始一次检查，结果会列在这里。"),
        tr("开始检查"),
        parent=parent,
    )
    return Records(shell, "enterprise visits", tr("检查"), columns, empty, parent)


def hazards_table(shell: Shell, parent: QWidget) -> Records:
    today = shell.desk.today

    def due(row: ListedHazard) -> str:
        return hazard_words.due_text(row, today())

    def found(row: ListedHazard) -> str:
        return short_day(row.found_on, today())

    columns = [
        Column("text", tr("隐患"), _hazard, 220, sort="text", stretch=True, tip=_hazard),
        Column("level", tr("级别"), _level, 100, sort="level", delegate=level_delegate),
        Column("state", tr("状态"), hazard_words.state_text, 120, sort="state_label", ink=hazard_words.state_ink),
        Column("due", tr("期限"), due, 170, sort="due", delegate=due_delegate),
        Column("found", tr("检查日"), found, 90, sort="found_on"),
    ]
    empty = EmptyState("triangle-alert", tr("没有查出过隐患"), parent=parent)
    return Records(shell, "enterprise hazards", tr("隐患"), columns, empty, parent)


def papers_table(shell: Shell, parent: QWidget) -> Records:
    from safetydesk.workflows.paper_register import STATE_LABELS
    from safetydesk.workflows.papers import PaperState

    today = shell.desk.today

    def day(row: RegisterRow) -> str:
        return short_day(row.issued_on, today())

    def state(row: RegisterRow) -> str:
        return tr(STATE_LABELS[row.state])

    def ink(row: RegisterRow) -> Colour | None:
        return {PaperState.VOIDED: Colour.MUTED, PaperState.SERVED: Colour.DONE}.get(row.state)

    columns = [
        Column("number", tr("文号"), _number, 260, sort="number", stretch=True),
        Column("kind", tr("文书"), _paper_kind, 180, sort="kind"),
        Column("day", tr("日期"), day, 100, sort="issued_on"),
        Column("state", tr("状态"), state, 100, sort="state", ink=ink),
        Column("pages", tr("页数"), _pages, 70, sort="pages", right=True),
    ]
    empty = EmptyState("file-text", tr("还没有下过文书"), parent=parent)
    return Records(shell, "enterprise papers", tr("文书"), columns, empty, parent)


def changes_table(shell: Shell, parent: QWidget) -> Records:
    columns = [
        Column("when", tr("时间"), _when, 190),
        Column("who", tr("谁改的"), _who, 170, tip=_who),
        Column("field", tr("栏目"), _field, 150),
        Column("before", tr("原来"), _before, 170, ink=_muted, tip=_before),
        Column("after", tr("改成"), _after, 200, stretch=True, tip=_after),
    ]
    empty = EmptyState("history", tr("登记以后没有改过"), tr("改了什么、谁改的，都会记在这里。"), parent=parent)
    return Records(shell, "enterprise changes", tr("变更"), columns, empty, parent)


def change_rows(changes: Sequence[ChangeLine]) -> list[ChangeRow]:
    rows: list[ChangeRow] = []
    for change in changes:
        who = change.by or tr("未知")
        who = tr("{who}，导入 {file}", who=who, file=change.source) if change.source else who
        for at, field in enumerate(change.fields):
            first = at == 0
            rows.append(
                ChangeRow(
                    len(rows),
                    moment_text(change.at) if first else "",
                    who if first else "",
                    field.label,
                    field.before or tr("（空）"),
                    field.after or tr("（空）"),
                )
            )
    return rows


def _checklist(row: VisitLine) -> str:
    return row.checklist


def _visit_kind(row: VisitLine) -> str:
    return tr(row.kind)


def _result(row: VisitLine) -> str:
    if not row.is_finished:
        return tr("还没有结束")
    if not row.hazards:
        return tr("没有发现隐患")
    said = tr("隐患 {count} 条", count=row.hazards)
    return said + (tr("，未闭环 {count} 条", count=row.open_hazards) if row.open_hazards else tr("，都已闭环"))


def _result_ink(row: VisitLine) -> Colour | None:
    return Colour.ACCENT if not row.is_finished else None


def _paper_count(row: VisitLine) -> str:
    return tr("{count} 份", count=row.papers) if row.papers else ""


def _inspectors(row: VisitLine) -> str:
    return row.inspectors


def _hazard(row: ListedHazard) -> str:
    return row.text


def _level(row: ListedHazard) -> str:
    return row.level_label


def _number(row: RegisterRow) -> str:
    return row.number


def _paper_kind(row: RegisterRow) -> str:
    from safetydesk.domain.kinds import LABELS

    return tr(LABELS[row.kind])


def _pages(row: RegisterRow) -> str:
    return str(row.pages)


def _when(row: ChangeRow) -> str:
    return row.when


def _who(row: ChangeRow) -> str:
    return row.who


def _field(row: ChangeRow) -> str:
    return row.field


def _before(row: ChangeRow) -> str:
    return row.before


def _after(row: ChangeRow) -> str:
    return row.after


def _muted(_row: ChangeRow) -> Colour:
    return Colour.MUTED
