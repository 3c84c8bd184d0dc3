"""What is said of a problem names, for the command line, its commands; the window says the same in its own way."""

from __future__ import annotations

from collections import defaultdict

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui.text import tr


def window_words(error: SafetyDeskError) -> tuple[str, str]:
    """What was not done and why, and the way out by hand."""
    from safetydesk.workflows.error_facts import said
    from safetydesk.workflows.error_texts import words_for

    own = _own_words(error.code, defaultdict(str, said(error)))
    if own is not None:
        return own
    words = words_for(error)
    return words.message, words.hint


def _own_words(code: str, facts: defaultdict[str, str]) -> tuple[str, str] | None:
    match code:
        case "not_set_up":
            return (
                tr("这里还没有建立数据：{folder}。", folder=facts["folder"]),
                tr("数据放在别的磁盘上的，请接好那个磁盘，再重新打开程序。"),
            )
        case "restored":
            return (
                tr("这份数据是恢复或复制来的，暂时只能看、不能改。"),
                tr("请锁定后再打开一次，按提示换用新的编号。"),
            )
        case "no_backup_folder":
            return (
                tr("没有写明备份放在哪里，没有备份。"),
                tr("请先在“设置”的“文件夹与备份”里选好位置。"),
            )
        case "header_not_found":
            return (
                tr(
                    "{file} 的前 {rows} 行里没有找到“企业名称”一列，没有导入。",
                    file=facts["file"],
                    rows=facts["rows"],
                ),
                tr("请核对表头，要有一列是企业的名称。"),
            )
        case "sheet_missing":
            return (
                tr("没有叫“{sheet}”的工作表，没有导入。", sheet=facts["sheet"]),
                tr("请在 Excel 里核对工作表的名称。"),
            )
        case "cover_is_over":
            return (
                tr("代管截止日 {until} 早于今天，没有划片。", until=facts["until"]),
                tr("请核对截止日期。"),
            )
        case _:
            return _of_what_is_not_there(code, facts) or _of_what_was_typed(code, facts)


def _of_what_is_not_there(code: str, facts: defaultdict[str, str]) -> tuple[str, str] | None:
    match code:
        case "unknown_enterprise":
            return (
                tr("台账里没有这家企业了。"),
                tr("可能刚撤销登记，或并到了别的企业。请在企业列表里再找一次。"),
            )
        case "unknown_hazard":
            return tr("没有找到这条隐患。"), tr("可能刚刚撤回。请在隐患列表里再找一次。")
        case "unknown_paper":
            return (
                tr("登记簿里没有文号 {number}。", number=facts["number"]),
                tr("请核对文号；全部文号都在文书的登记簿里。"),
            )
        case "unknown_law":
            return tr("没有找到这部法规。"), tr("待核的法规列在“设置”的“法规待核”里。")
        case "unknown_setting":
            return tr("没有找到这项设置，没有改动。"), tr("请重新打开“设置”再试。")
        case _:
            return None


def _of_what_was_typed(code: str, facts: defaultdict[str, str]) -> tuple[str, str] | None:
    match code:
        case "name_missing":
            return tr("没有企业名称，没有保存。"), tr("请填写企业名称。")
        case "field_without_value" | "unknown_field":
            return (
                tr("“{field}”这一栏没有采用，没有保存。", field=facts["field"]),
                tr("请核对这一栏，再保存一次。"),
            )
        case "nothing_to_change":
            return tr("填的和原来一样，没有改动。"), ""
        case "bad_object_field":
            return (
                tr("“{given}”没有采用，没有保存。", given=facts["given"]),
                tr("名称和内容都要填，最多 50 条。"),
            )
        case "bad_template":
            where = "".join(facts[name] for name in ("at_line", "where_is", "what", "got_is"))
            return (
                tr("检查表文件“{file}”没有采用：{where}。", file=facts["file"], where=where),
                tr("请改正这一处，再导入一次。"),
            )
        case _:
            return None
