"""The words of the command line: commands, options, and what is said about wrong ones."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from safetydesk import __version__
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.hazards import HazardState
from safetydesk.domain.kinds import LABELS, InspectionKind, Level, PaperKind, Role


class UsageError(SafetyDeskError):
    """facts: why, usage."""

    code = "usage"


_SAID = (
    (re.compile(r"the following arguments are required: (.+)"), "缺少：{0}"),
    (re.compile(r"argument (.+?): expected (?:one|at least one) argument"), "{0} 后面要有值"),
    (re.compile(r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)"), "{0} 不能是 {1}，可用：{2}"),
    (re.compile(r"argument (.+?): invalid .+? value: '(.*)'"), "{0} 的值 {1} 不对"),
    (re.compile(r"unrecognized arguments: (.+)"), "不认识：{0}"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), "{0} 不能和 {1} 同时用"),
    (re.compile(r"one of the arguments (.+) is required"), "要有其中之一：{0}"),
    (re.compile(r"argument (.+?): ignored explicit argument '(.*)'"), "{0} 后面不能有 {1}"),
    (re.compile(r"ambiguous option: (.+) could match (.+)"), "{0} 有歧义，可能是 {1}"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for pattern, words in _SAID:
            if found := pattern.search(message):
                groups = (group.replace("', '", "、").strip("'") for group in found.groups())
                raise UsageError(why=words.format(*groups), usage=self.prog)
        raise UsageError(why="写法不对", usage=self.prog)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Raises UsageError. `--help` and `--version` print and exit 0."""
    arguments = _parser().parse_args(list(words))
    if not hasattr(arguments, "command"):
        raise UsageError(why="请写明命令；不写命令、也不带 --json 时打开窗口", usage="safetydesk")
    for name, value in vars(arguments).items():
        if name != "data" and not _is_text(value):
            raise UsageError(why="有的内容不是文字，多半是编码不对", usage="safetydesk")
    return arguments


def _is_text(value: object) -> bool:
    """Whether it can be stored. Names of files are spared: those on an old stick may be in any encoding."""
    match value:
        case str():
            return not any("\ud800" <= character <= "\udfff" for character in value)
        case list():
            return all(map(_is_text, value))
        case _:
            return True


def by_label(text: str) -> str:
    """日常检查 as well as routine."""
    return next((str(kind) for kind in InspectionKind if LABELS[kind] == text), text)


def a_count(text: str) -> int:
    """A whole number from 1. Raises ValueError."""
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


def a_date(text: str) -> date:
    return date.fromisoformat(text)


def _parser() -> _Parser:
    parser = _Parser(prog="safetydesk", description="网格专职安全员与镇街应急办的离线工作台", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"safetydesk {__version__}", help="显示版本")
    _globals(parser, default=True)
    commands = parser.add_subparsers(title="命令", metavar="命令")
    _installation(commands)
    _ledger(commands)
    _assignment(commands)
    _checklists(commands)
    _inspections(commands)
    _papers(commands)
    _hazards(commands)
    return parser


def _globals(parser: argparse.ArgumentParser, *, default: bool) -> None:
    """Accepted before and after the command."""
    unset: Any = None if default else argparse.SUPPRESS
    parser.add_argument("--data", metavar="DIR", default=unset, help="数据文件夹")
    false: Any = False if default else argparse.SUPPRESS
    parser.add_argument("--json", action="store_true", default=false, help="输出一个 JSON 值")
    parser.add_argument("--quiet", action="store_true", default=false, help="不输出提示")


def _command(group: Any, name: str, target: str, words: str, **defaults: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = group.add_parser(name, help=words, description=words, allow_abbrev=False)
    _globals(parser, default=False)
    parser.set_defaults(command=target, **defaults)
    return parser


def _group(commands: Any, name: str, words: str) -> Any:
    parser = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    _globals(parser, default=False)
    return parser.add_subparsers(title="命令", metavar="命令", required=True)


def _installation(commands: Any) -> None:
    setup = _command(commands, "setup", "installation:setup", "建立数据文件夹", needs_key=False)
    setup.add_argument("--role", required=True, choices=[str(role) for role in Role])
    setup.add_argument("--unit", required=True)
    setup.add_argument("--name", required=True)
    setup.add_argument("--badge")
    setup.add_argument("--database", metavar="URL")
    settings = _group(commands, "settings", "设置")
    _command(settings, "list", "installation:settings_list", "全部设置")
    _command(settings, "get", "installation:settings_get", "看一项设置").add_argument("key", metavar="KEY")
    put = _command(settings, "set", "installation:settings_set", "改一项设置")
    put.add_argument("key", metavar="KEY")
    put.add_argument("value", metavar="VALUE")
    replica = _group(commands, "replica", "本机副本")
    _command(replica, "renew", "installation:replica_renew", "恢复或复制之后，换新的编号继续用")
    backup = _command(commands, "backup", "installation:backup", "备份并读回核对")
    backup.add_argument("--out", type=Path, metavar="DIR")
    restore = _command(commands, "restore", "installation:restore", "从备份恢复", needs_key=False)
    restore.add_argument("file", type=Path, metavar="FILE")
    _command(commands, "doctor", "installation:doctor", "检查数据是否完好")
    digest = _command(commands, "digest", "installation:digest", "本机数据的摘要")
    digest.add_argument("--officer", metavar="NAME")
    _command(commands, "today", "installation:today", "今天要办的事")
    demo = _command(commands, "demo", "demonstration:demo", "用自带的样例走一遍主要工作", needs_key=False)
    demo.add_argument("--out", required=True, type=Path, metavar="DIR")
    demo.add_argument("--officers", type=int, default=2, metavar="N")


def _ledger(commands: Any) -> None:
    ledger = _group(commands, "ledger", "企业台账")
    read = _command(ledger, "import", "ledger:import_file", "导入 Excel 或 CSV")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--sheet")
    read.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD")
    read.add_argument("--dry-run", action="store_true")
    read.add_argument("--rejects", type=Path, metavar="FILE.xlsx")
    write = _command(ledger, "export", "ledger:export_file", "导出 Excel")
    write.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx")
    search = _command(ledger, "search", "ledger:search", "找企业")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=a_count, default=20, metavar="N")
    _command(ledger, "show", "ledger:show", "一企一档").add_argument("enterprise", metavar="USCC_OR_ID")
    _command(ledger, "add", "ledger:add", "登记企业").add_argument(
        "--field", action="append", default=[], metavar="K=V"
    )
    edit = _command(ledger, "edit", "ledger:edit", "修改企业")
    edit.add_argument("enterprise", metavar="USCC_OR_ID")
    edit.add_argument("--field", action="append", default=[], metavar="K=V")
    _command(ledger, "fields", "ledger:fields", "全部字段", needs_key=False)
    _command(ledger, "digest", "ledger:digest", "台账内容的摘要")
    objects = _group(commands, "object", "高风险对象")
    add = _command(objects, "add", "ledger:object_add", "登记高风险对象")
    add.add_argument("enterprise", metavar="USCC")
    add.add_argument("--kind", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--field", action="append", default=[], metavar="K=V")
    _command(objects, "list", "ledger:object_list", "企业的高风险对象").add_argument("enterprise", metavar="USCC")


def _assignment(commands: Any) -> None:
    assign = _group(commands, "assign", "划片包干")
    put = _command(assign, "set", "assigning:assign_set", "把企业划给安全员")
    put.add_argument("--officer", required=True, metavar="NAME")
    which = put.add_mutually_exclusive_group(required=True)
    which.add_argument("--village", metavar="V")
    which.add_argument("--enterprise", nargs="+", metavar="USCC")
    which.add_argument("--file", type=Path, metavar="FILE")
    put.add_argument("--until", type=a_date, metavar="DATE")
    _command(assign, "coverage", "assigning:assign_coverage", "有没有漏掉的企业")
    officer = _group(commands, "officer", "安全员")
    add = _command(officer, "add", "assigning:officer_add", "登记安全员")
    add.add_argument("--name", required=True)
    add.add_argument("--badge")
    add.add_argument("--mark")
    _command(officer, "list", "assigning:officer_list", "安全员名单")


def _checklists(commands: Any) -> None:
    checklist = _group(commands, "checklist", "检查表")
    _command(checklist, "list", "checklists:list_all", "全部检查表", needs_key=False)
    _command(checklist, "show", "checklists:show", "一份检查表", needs_key=False).add_argument("id", metavar="ID")
    validate = _command(checklist, "validate", "checklists:validate", "检查一份检查表文件", needs_key=False)
    validate.add_argument("file", type=Path, metavar="FILE")
    _command(checklist, "import", "checklists:import_file", "导入检查表").add_argument(
        "file", type=Path, metavar="FILE"
    )
    law = _group(commands, "law", "法规依据")
    _command(law, "list", "checklists:law_list", "法规索引", needs_key=False)
    _command(law, "show", "checklists:law_show", "一部法规及要点", needs_key=False).add_argument("key", metavar="KEY")
    correct = _command(law, "correct", "checklists:law_correct", "更正或核实一处法规内容（应急办）")
    correct.add_argument("key", metavar="KEY")
    correct.add_argument("--article", default="", metavar="ARTICLE")
    correct.add_argument("--verified", choices=["yes", "no"], required=True)
    correct.add_argument("--title")
    correct.add_argument("--number")
    correct.add_argument("--from", dest="effective_from", type=a_date, metavar="DATE")
    correct.add_argument("--until", dest="effective_to", type=a_date, metavar="DATE")
    correct.add_argument("--note")


def _inspections(commands: Any) -> None:
    inspection = _group(commands, "inspection", "现场检查")
    start = _command(inspection, "start", "inspecting:start", "开始一次检查")
    start.add_argument("--enterprise", required=True, metavar="USCC")
    start.add_argument("--template", required=True, metavar="ID")
    start.add_argument(
        "--kind", type=by_label, choices=[str(kind) for kind in InspectionKind], default=str(InspectionKind.ROUTINE)
    )
    start.add_argument("--second", metavar="NAME")
    start.add_argument("--second-badge", metavar="NO")
    answer = _command(inspection, "answer", "inspecting:answer", "录入检查结果")
    answer.add_argument("inspection", metavar="INSPECTION")
    answer.add_argument("--answers", required=True, type=Path, metavar="FILE.json")
    _command(inspection, "finish", "inspecting:finish", "结束检查").add_argument("inspection", metavar="INSPECTION")
    _command(inspection, "show", "inspecting:show", "看一次检查").add_argument("inspection", metavar="INSPECTION")


def _papers(commands: Any) -> None:
    paper = _group(commands, "paper", "文书")
    issue = _command(paper, "issue", "papers:issue", "签发文书并取号")
    which = issue.add_mutually_exclusive_group(required=True)
    which.add_argument("--inspection", metavar="INSPECTION")
    which.add_argument("--hazard", nargs="+", metavar="ID")
    issue.add_argument("--kind", required=True, choices=[str(kind) for kind in PaperKind])
    issue.add_argument("--out", required=True, type=Path, metavar="DIR")
    void = _command(paper, "void", "papers:void", "作废文书（文号不再用）")
    void.add_argument("number", metavar="NUMBER")
    void.add_argument("--reason", required=True)
    reprint = _command(paper, "reprint", "papers:reprint", "重印（与原件逐字节相同）")
    reprint.add_argument("number", metavar="NUMBER")
    reprint.add_argument("--out", required=True, type=Path, metavar="DIR")
    _command(paper, "list", "papers:list_all", "文书登记簿")
    _command(paper, "verify", "papers:verify", "核对一份 PDF").add_argument("file", type=Path, metavar="FILE.pdf")


def _hazards(commands: Any) -> None:
    hazard = _group(commands, "hazard", "隐患")
    listed = _command(hazard, "list", "hazard_list:list_all", "隐患清单")
    listed.add_argument("--state", choices=[str(state) for state in HazardState])
    listed.add_argument("--overdue", action="store_true")
    listed.add_argument("--major", action="store_true")
    _command(hazard, "show", "hazard_list:show", "一条隐患").add_argument("hazard", metavar="ID")
    correct = _command(hazard, "correct", "hazard_list:correct", "更正还没有写进文书的隐患")
    correct.add_argument("hazard", metavar="ID")
    correct.add_argument("--text", metavar="TEXT")
    correct.add_argument("--measure", metavar="TEXT")
    correct.add_argument("--deadline", type=a_date, metavar="DATE")
    correct.add_argument("--level", choices=[str(level) for level in Level])
    withdraw = _command(hazard, "withdraw", "hazard_list:withdraw", "撤回误查的隐患（还没有写进文书的）")
    withdraw.add_argument("hazard", metavar="ID")
    withdraw.add_argument("--reason", required=True)
    recheck = _command(hazard, "recheck", "hazard_list:recheck", "录入复查结果：已整改的销号，其余写明还差什么")
    recheck.add_argument("hazard", metavar="ID")
    recheck.add_argument("--result", required=True, choices=["closed", "partial", "open"])
    recheck.add_argument("--note", required=True, metavar="N")
    recheck.add_argument("--photos", nargs="+", default=[], type=Path, metavar="P")
    recheck.add_argument("--on", type=a_date, metavar="DATE")
    recheck.add_argument("--deadline", type=a_date, metavar="DATE")
    extend = _command(hazard, "extend", "hazard_list:extend", "延长整改期限")
    extend.add_argument("hazard", metavar="ID")
    extend.add_argument("--to", required=True, type=a_date, metavar="DATE")
    extend.add_argument("--reason", required=True, metavar="R")
    extend.add_argument("--consent", default="", metavar="AUTHORITY")
    reopen = _command(hazard, "reopen", "hazard_list:reopen", "重新打开错误销号或撤回的隐患")
    reopen.add_argument("hazard", metavar="ID")
    reopen.add_argument("--reason", required=True, metavar="R")
