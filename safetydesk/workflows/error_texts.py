"""The words of every understandable problem, for window and command line alike.

`message` says what was not done and why, with the facts; `hint` is the way out. A test fails when a class has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import Any

from safetydesk.domain.errors import SafetyDeskError


@dataclass(frozen=True)
class Words:
    message: str
    hint: str


ERROR_TEXTS: dict[str, Words] = {
    "usage": Words("命令用法不对：{why}。", "用法见 {usage} --help。"),
    "integrity": Words("数据损坏或被改动，没有采用。", "请从最近的备份恢复，或换一份文件。"),
    "refused": Words("这一步没有完成。", "请检查后重试。"),
    # the installation
    "not_set_up": Words("这里还没有建立数据：{folder}。", "请先运行 safetydesk setup，或用 --data 指明数据文件夹。"),
    "already_set_up": Words("{folder} 里已经有数据，没有重新建立。", "请换一个空文件夹，或直接使用已有的数据。"),
    "wrong_passphrase": Words("口令不对，没有打开数据。", "请重新输入；忘记口令的，请找应急办办理恢复。"),
    "passphrase_needed": Words("没有口令，打不开数据。", "请在终端里运行并输入口令，或设置 SAFETYDESK_PASSPHRASE。"),
    "weak_passphrase": Words("口令太短，至少要 {least} 个字符。", "请换一个长一些、别人猜不到的口令。"),
    "guessable_passphrase": Words("口令太容易猜到，没有采用。{why}", "最好是一句只有自己知道、和工作无关的话。"),
    "passphrase_unchanged": Words("新口令没有通过读回核对，没有更换。", "请继续用旧口令；磁盘可能有问题，请先做一次备份再试。"),
    "bad_name": Words("{what}不能用：不能为空，不能超过 {most} 个字，不能有特殊控制字符。", "请改正后重试。"),
    "bad_clock": Words("SAFETYDESK_NOW 不是时间：{given}。", "请写成 2026-11-21T09:30:00 这样的格式，或去掉它。"),
    "clock_not_allowed": Words("这份数据不是在设定时钟下建立的，不能用设定的时间写入。", "请去掉环境变量 SAFETYDESK_NOW。"),
    "damaged_key_file": Words("钥匙文件损坏：{file}。", "请从最近的备份恢复。"),
    "damaged_store": Words("数据损坏，读不出来：{what}。", "请先不要继续录入，从最近的备份恢复。"),
    "missing_blob": Words("照片或文书的文件缺失（{digest}）。", "请从备份里补回照片文件夹。"),
    "newer_schema": Words("这份数据由更新的程序写成（{found}），本程序只认识到 {known}，没有打开。", "请先升级程序。"),
    "restored": Words("这份数据是恢复或复制来的，暂时只能看、不能写：{folder}。", "请运行 safetydesk replica renew，换新的编号后继续。"),
    "disk_full": Words("磁盘满了，这一步没有完成：{folder}。", "请清理出空间后重试，已有的数据没有改动。"),
    "not_writable": Words("写不进去：{folder}。", "请检查文件夹是否只读、有没有权限，或换一个位置。"),
    "busy": Words("另一个程序正在写数据，等了很久也没有轮到。", "请稍后重试。"),
    "database_unreachable": Words("连不上数据库服务器：{why}。", "请检查服务器是否开机、地址和口令对不对。"),
    "database_in_use": Words("这个数据库里已经有别的单位建立的数据，没有改动。", "请换一个空的数据库。"),
    "insecure_connection": Words("到 {host} 的连接没有加密，没有连接。", "请在地址里写 sslmode=require 或 verify-full。"),
    "backup_failed": Words("备份没有通过核对：{file}。", "请换一个位置（例如另一个 U 盘）重新备份。"),
    "damaged_backup": Words("备份文件损坏或被改动，没有采用：{file}。", "请换一份备份；照片文件夹要和备份文件放在一起。"),
    "window_library_missing": Words("窗口打不开：系统缺少 {libraries}。", "请安装软件包后再打开：apt-get install {packages}"),
    "window_not_installed": Words("窗口打不开：窗口部件没有装上，或没有装全。", "请重新安装本程序。"),
    "no_display": Words("窗口打不开：没有找到显示器。", "请在桌面环境里打开；不用窗口的命令见 safetydesk --help。"),
    "no_backup_folder": Words("没有写明备份放在哪里，没有备份。", "请用 --out 指明文件夹，或先在设置里写好备份的位置。"),
    "not_a_backup": Words("这不是本程序的备份文件：{file}。", "请选择 .sdbackup 文件，照片文件夹要和它放在一起。"),
    "immutable": Words("已经发生的事不能改动（{table}）。", "请用新的记录更正。"),
    "unknown_setting": Words("没有这项设置：{key}。", "全部设置见 safetydesk settings list。"),
    "bad_setting": Words("{label}（{key}）不能设为“{value}”。", "可用：{choices}。"),
    "office_only": Words("{what}由镇街应急办统一维护，安全员的电脑上不能改。", "请联系应急办。"),
    # the ledger
    "unknown_enterprise": Words("台账里没有这家企业：{given}。", "请用 safetydesk ledger search 找到它，或先登记。"),
    "bad_uscc": Words("统一社会信用代码不对：{given}（{why}）。", "请对照营业执照核对后重新输入。"),
    "enterprise_in_use": Words("{name}已经有检查或文书，登记不能撤回。", "名称、代码写错的，在它的页面上修改。"),
    "object_gone": Words("这个高风险对象已经不在台账里。", "请回到列表，再打开这家企业看。"),
    "enterprise_exists": Words("这个代码已经登记过：{uscc} {name}。", "请直接修改那一家，不必重复登记。"),
    "name_missing": Words("没有企业名称，没有保存。", "请写明 --field name=企业名称。"),
    "field_is_computed": Words("“{field}”由程序计算，不能直接填写。", "请修改它所依据的内容。"),
    "field_without_value": Words("“{field}”后面没有值，没有保存。", "请写成 字段=值；要清空就写 字段= 。"),
    "nothing_to_change": Words("没有写明要改什么。", "请用 --field 字段=值 写明。"),
    "bad_object_field": Words("“{given}”不能作为对象的字段。", "请写成 名称=值，最多 50 个。"),
    "unknown_field": Words("没有“{field}”这个字段。", "全部字段见 safetydesk ledger fields；写成 字段=值。"),
    "bad_value": Words("“{field}”没有采用“{value}”：{why}。", "请改正后重试。"),
    # workbooks
    "file_missing": Words("找不到文件，或打不开：{file}。", "请核对文件名和位置。"),
    "wrong_kind_of_file": Words("{file} 不是能读的表格文件{found_is}。", "请另存为 .xlsx 或 .csv 后重试。"),
    "file_unreadable": Words("{file} 已经损坏，或者前后矛盾，没有采用。", "请用表格软件打开后另存一份再试。"),
    "file_protected": Words("{file} 加了打开密码，读不了。", "请在表格软件里去掉密码，另存后重试。"),
    "sheet_missing": Words("没有叫“{sheet}”的工作表。", "{sheets_are}"),
    "header_not_found": Words("{file} 的前 {rows} 行里没有找到“企业名称”一列，没有导入。", "请核对表头，或用 --map 列名=name 指明哪一列是企业名称。"),
    "too_big": Words("{file} 太大：{what_label}超过 {limit}，没有采用。", "请删去多余的部分，或分成几个文件。"),
    "column_missing": Words("表里没有“{column}”这一列。", "表里有：{columns}。"),
    "file_not_written": Words("没有写成文件 {file}：{reason_label}。", "请处理后重试，或换一个位置。"),
    # officers and assignment
    "unknown_officer": Words("没有叫“{name}”的安全员。", "已登记的有：{known}。"),
    "ambiguous_officer": Words("有两名安全员都叫“{name}”，不知道是哪一位。", "请应急办给其中一位改名区分后再办。"),
    "officer_exists": Words("已经有叫“{name}”的安全员。", "不必重复登记。"),
    "mark_taken": Words("简称“{mark}”已经给了{name}，没有登记。", "请换一个简称：文号靠它区分。"),
    "cover_is_over": Words("代管截止日 {until} 早于今天，没有划片。", "请核对 --until 的日期。"),
    "nothing_to_assign": Words("台账里没有“{what}”的企业，没有划片。", "请核对村（社区）的写法。"),
    # checking
    "unknown_inspection": Words("没有这次检查：{given}。", "请核对检查编号。"),
    "inspection_finished": Words("这次检查已经结束，不能再录入。", "需要补充的，请另开一次检查。"),
    "inspection_not_finished": Words("检查还没有结束，不能出文书。", "请先结束检查，再出文书。"),
    "nothing_answered": Words("一项都还没有查，不能结束检查。", "请先录入检查结果。"),
    "unknown_item": Words("“{checklist}”检查表里没有 {item} 这一项，没有保存。", "请核对项目编号。"),
    "unknown_object": Words("{item}：这家企业没有登记编号为 {object} 的对象。", "请先登记高风险对象，或去掉 object。"),
    "pass_against_reading": Words(
        "{item}：{limit}读数 {value} {unit} 超出限值，不能判“符合”，没有保存。", "请改判不符合，或核对读数和单位。"
    ),
    "same_inspector": Words("两名检查人员不能是同一个人（{name}），没有开始检查。", "请写另一名检查人员的姓名。"),
    "reading_unclear": Words("{item}：读数 {value} {unit} 说不清是哪一项的，或不可能，不能判“符合”，没有保存。", "请写明是哪一项和它的单位，可用：{known}。"),
    "doubled_item": Words("{item} 在这一批里写了两次，不知道以哪个为准，没有保存。", "请只留一条。"),
    "hazard_on_paper": Words("这条隐患已经写进文书 {number}，不能直接更正或撤回。", "请先作废那份文书，再更正或撤回。"),
    "recheck_day": Words("复查日期 {on} 不对，没有保存。", "请填 {earliest} 到 {today} 之间的日期：不早于上次查看，不晚于今天。"),
    "recheck_note_missing": Words("没有写复查情况，没有保存。", "没改完的写明还差什么；疑似重大的写明由谁验收、怎么核实的。"),
    "new_deadline": Words("再限期到 {due} 不对，没有保存。", "再限期只用于没改完的，日期不能早于复查日 {on}。"),
    "extension_not_later": Words("延期到 {to} 不对，没有保存。", "延期后的日期要晚于现在的期限 {due}，也不能早于今天。"),
    "extension_reason_missing": Words("没有写延期的原因，没有保存。", "请写明企业申请延期的理由。"),
    "major_needs_consent": Words("疑似重大事故隐患的期限，镇街不能自行延长，没有保存。", "请写明是哪个部门同意延期的；还没有报告的先报告。"),
    "reopening_reason_missing": Words("没有写重新打开的原因，没有保存。", "请写明为什么重新打开。"),
    "hazard_still_open": Words("这条隐患没有结束（{state}），不必重新打开。", "请直接录入复查。"),
    "nothing_to_take_back": Words("这条记录不能收回，没有改动。", "只能收回自己当天录的、之后没有再办过的记录；结束后才发现录错的，请重新打开。"),
    "hazard_closed": Words("这条隐患已经{state}，不能再改。", "请核对编号。"),
    "note_too_long": Words("{item}：填写的文字超过 {most} 字，没有保存。", "请写短一些。"),
    "due_before_inspection": Words("{item}：整改期限 {due} 早于检查日 {inspected_on}，没有保存。", "请改期限。"),
    "bad_answers": Words("检查结果文件读不懂：{file}（{where}）。", "请按说明写成 JSON 列表，每条有 item 和 result。"),
    "not_a_photo": Words("不是照片，或已损坏：{file}。没有保存。", "请换成 JPEG、PNG、HEIC 等图片文件。"),
    "photo_too_big": Words("照片太大（最多 {most}）：{file}。没有保存。", "请先缩小再添加。"),
    "photo_missing": Words("找不到照片：{file}。没有保存。", "请核对文件名和位置。"),
    "unknown_photo": Words("这次检查里没有这张照片，没有改动。", "请重新打开这次检查再试。"),
    "too_many_photos": Words("一次选了 {count} 张照片，最多 {most} 张，一张也没有添加。", "请分几次添加，或者只选这次检查的照片。"),
    "no_photos_there": Words("文件夹“{folder}”里没有照片，没有添加。", "请换一个文件夹，或者直接选照片。"),
    # hazards and papers
    "unknown_hazard": Words("没有这条隐患：{given}。", "请用 safetydesk hazard list 查编号。"),
    "not_empowered": Words("本单位的权限（{power_label}）不能出{kind_label}，没有取号。", "可以改出限期整改意见书；权限有变的，先在设置里改执法权限。"),
    "unknown_paper_kind": Words("这一版还不能出{kind_label}，没有取号。", "现在可出：责令限期整改指令书（rectification）、限期整改意见书（advice）。"),
    "nothing_to_issue": Words("没有可写进{kind_label}的隐患，没有取号。", "请核对：检查有没有查出问题，是不是已经出过同一种文书。"),
    "already_on_paper": Words("{item} 已经写进{kind_label} {number}，没有重复取号。", "要重出的，先作废那一份。"),
    "several_visits": Words("这些隐患不是同一次检查查出的，不能写在一份文书上。", "请分别出文书。"),
    "unknown_paper": Words("登记簿里没有文号 {number}。", "请核对文号；全部文号在文书的登记簿里（命令行：safetydesk paper list）。"),
    "already_voided": Words("{number} 已经作废过了。", "不必再办。"),
    "reason_missing": Words("没有写原因，没有作废。", "请写明原因。"),
    "print_failed": Words("没有打印成功：{printer}没有接收“{title}”。文书已经签发，内容不受影响。", "请检查打印机的电源、连线和纸，再点“打印”。"),
    "draft_changed": Words("{kind_label}的内容刚才有变动，没有取号。", "已重新排版，请看过后再签发。"),
    "visit_on_paper": Words("这次检查已经出了文书 {number}，检查人员不能再改。", "确实写错的，先作废那份文书，改好后重新签发。"),
    "text_missing": Words("{what}不能空着，没有保存。", "请写明后再保存。"),
    "service_unclear": Words("没有登记送达：还要写明{what}。", "请补上后重试。"),
    "service_date": Words("没有登记送达：{on} 不在签发日（{issued_on}）和今天（{today}）之间。", "请核对送达日期。"),
    "paper_void": Words("{number} 已经作废，不能登记送达。", "请送达重新签发的那一份。"),
    "not_served": Words("{number} 没有登记过送达，不用撤销。", "不必再办。"),
    "missing_glyphs": Words("有字印不出来：{listed}。没有取号。", "请换用字形相近的通用字，或空着由本人手写；改好登记内容后重新签发。"),
    "paper_incomplete": Words("文书还不完整：{field}{reason}，没有取号。", "请补齐后重新签发。"),
    "paper_too_long": Words("文书内容太多：{what}最多 {limit}，现在 {found}，没有取号。", "请写短一些，或分成几份文书。"),
    "photo_unprintable": Words("第 {ordinal} 张照片印不出来，没有取号。", "请换一张照片后重试。"),
    "paper_wording_broken": Words("程序自带的文书用语损坏（{file}），没有出文书。", "请重新安装程序。"),
    "font_broken": Words("程序自带的字体损坏或缺失（{file}），没有出文书。", "请重新安装程序。"),
    "not_a_pdf": Words("不是 PDF 文件，或读不出来：{file}。", "请选择本程序签发的 PDF。"),
    # checklists and the law
    "catalog": Words("检查表或法规资料不能使用。", "请重新安装程序，或联系应急办。"),
    "code_table_damaged": Words("程序自带的代码表损坏（{file}）。", "请重新安装程序。"),
    "bad_template": Words("检查表文件“{file}”没有采用：{at_line}{where_is}{what}{got_is}。", "请改正这一处再导入；用 safetydesk checklist validate 可把问题一次找全。"),
    "broken_reference": Words("检查表文件“{file}”没有采用：{at_line}检查项 {item} 的{kind}“{key}”不存在、重复或前后矛盾。", "请核对编号后再导入；法规和判定项只能用程序里已有的编号。"),
    "basis_not_in_force": Words("检查项 {item} 引用的{law}在当日不是现行文件（施行 {since}，有效至 {until}）。", "请改引现行文件，或标为参考。"),
    "unknown_checklist": Words("没有编号为“{id}”的检查表。", "现有：{known}。"),
    "unknown_law": Words("法规库里没有编号“{key}”。", "请用 safetydesk law list 查编号。"),
    "unknown_criterion": Words("判定标准里没有“{id}”这一项。", "请核对编号，格式如 MH-13-02。"),
    "reading_not_a_number": Words("读数“{value}”没有采用：不是一个数。", "请只填数字，单位另填。"),
    "demonstration_failed": Words("演示做出的东西没有通过核对：{what}。", "请把演示文件夹交给维护人员。"),
    "folder_not_empty": Words("{folder} 里已经有东西，没有开始演示。", "请换一个空文件夹。"),
}  # fmt: skip


def words_for(error: SafetyDeskError) -> Words:
    """The words of one problem, filled with its facts."""
    from safetydesk.workflows.error_facts import said

    texts = ERROR_TEXTS.get(error.code) or ERROR_TEXTS["refused"]
    facts = said(error)
    return Words(_filled(texts.message, facts), _filled(texts.hint, facts))


def _filled(text: str, facts: dict[str, str]) -> str:
    return _Lenient().vformat(text, (), facts)


class _Lenient(Formatter):
    """A fact that is missing leaves a gap, never an error on top of the error."""

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:  # noqa: ARG002
        return kwargs.get(key, "")
