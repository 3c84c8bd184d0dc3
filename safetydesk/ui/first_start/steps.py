"""The pages of the first start: who one is; unit, name and passphrase; sample data; a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, Role
from safetydesk.ui.first_start.cards import Card, CardChoice, Choice
from safetydesk.ui.first_start.passphrase_field import NewPassphrase, PassphraseField
from safetydesk.ui.first_start.step import Notice, Step
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button, quiet_button
from safetydesk.ui.widgets.forms import Field, Form
from safetydesk.ui.widgets.labels import Elided, note_label, text_label
from safetydesk.workflows.naming import LONGEST_NAME, BadName, named

_OF_THE_FOLDER = frozenset({"not_writable", "disk_full", "already_set_up"})
_OF_THE_PASSPHRASE = frozenset({"weak_passphrase", "guessable_passphrase"})


class RoleStep(Step):
    """Who are you? And two other ways in."""

    sample_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("开始使用"),
            tr("先选您是谁。数据加密存放在这台电脑上，不联网也能用。"),
            tr("下一步"),
            has_back=False,
            parent=parent,
        )
        said = {
            Role.OFFICER: tr("管分给自己的企业：上门检查、开文书、按时复查。"),
            Role.OFFICE: tr("管全镇（街道、园区）的企业：建台账、划片到人，也可以自己检查、开文书。"),
            Role.COUNTY: tr("在县（市、区）一级使用，检查和开文书的办法与镇街相同。"),
        }
        choices = [Choice(role.value, tr(LABELS[role]), said[role]) for role in Role]
        self.roles = CardChoice(tr("您是谁"), choices, self.content)
        self.roles.show_choice(Role.OFFICER)
        self.body.addWidget(self.roles)
        self.sample_card = Card(
            tr("先看看样例数据"), tr("120 家编造的企业，随便试，不影响自己的数据。"), "play", self.content
        )
        self.restore_card = Card(
            tr("从备份恢复"), tr("换了电脑，或数据坏了：用备份文件和它的口令找回来。"), "history", self.content
        )
        self.sample_card.clicked.connect(self.sample_requested)
        self.restore_card.clicked.connect(self.restore_requested)
        self.body.addSpacing(Space.S)
        self.body.addWidget(note_label(tr("或者"), self.content))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.sample_card, 1)
        row.addWidget(self.restore_card, 1)
        self.body.addLayout(row)

    @property
    def role(self) -> Role:
        return Role(self.roles.current or Role.OFFICER)

    def focus_first(self) -> None:
        self.roles.focus_choice()


class PersonStep(Step):
    """Unit, name and passphrase, side by side. Each field is looked at as the person leaves it."""

    folder_requested = Signal()
    names_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("单位、姓名和口令"), "", tr("建立并打开"), has_back=True, parent=parent)
        self.busy_words = tr("正在建立加密的数据……")
        self.form = Form(self.content)
        self._add("unit", tr("单位名称"), tr("写全称，文书上照这样印，例如：云溪镇人民政府。"), _check_unit)
        self._add("name", tr("姓名"), tr("检查人员的姓名，印在文书上。"), _check_name)
        self._add("badge", tr("证件号（可以先空着）"), tr("执法证号或工作证号，以后在设置里可以补。"), _check_badge)
        self.form.column.addStretch()
        self.passphrase = NewPassphrase(tr("口令"), tr("再输一次口令"), self.content)
        self.warning = Notice("warning", "triangle-alert", Colour.GENERAL, parent=self.content)
        columns = QHBoxLayout()
        columns.setSpacing(Space.XXL)
        columns.addWidget(self.form, 1)
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(self.passphrase)
        right.addWidget(self.warning)
        right.addStretch()
        columns.addLayout(right, 1)
        self.body.addLayout(columns)
        self.body.addLayout(self._make_folder_row())
        self.way_out = quiet_button(tr("换一个文件夹"), parent=self.trouble)
        self.way_out.hide()
        self.trouble.words.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignLeft)
        self.way_out.clicked.connect(self.folder_requested)

    def editors(self) -> list[QWidget]:
        typed = [field.editor for field in self.form.fields.values()]
        return [*typed, *(field.line for field in self.passphrase.fields)]

    def show_role(self, role: Role) -> None:
        self.text_label.show()
        self.text_label.setText(tr("身份：{role}。要改，按“上一步”，已经填的都留着。", role=tr(LABELS[role])))
        said = tr("口令忘了，谁也打不开这些数据，我们也不能。请写在纸上，锁进抽屉。")
        if role is Role.OFFICER:
            said += tr("等本机到应急办登记以后，才可以请应急办帮助找回。")
        self.warning.say(said)

    def show_folder(self, folder: Path, *, may_change: bool) -> None:
        self.folder_label.set_whole(tr("数据存放在：{folder}", folder=folder))
        self.folder_button.setVisible(may_change)

    def check(self) -> bool:
        """True if all may go on; else the first trouble has the focus."""
        names = self.form.check()
        passphrase = self.passphrase.check()
        if not names:
            self.form.focus_trouble()
        return names and passphrase

    def show_refusal(self, error: Exception) -> None:
        """Beside the field that it concerns, or below all."""
        code = getattr(error, "code", "")
        if code in _OF_THE_PASSPHRASE and isinstance(error, SafetyDeskError):
            said = str(error.facts.get("why") or tr("口令太短，至少 8 个字。"))
            self.passphrase.first.set_error(tr(said))
            self.passphrase.first.line.setFocus()
            return
        self.show_trouble(error)
        self.way_out.setVisible(code in _OF_THE_FOLDER and not self.folder_button.isHidden())
        (self.way_out if self.way_out.isVisible() else self.next_button).setFocus()

    def _add(self, key: str, label: str, hint: str, check: object) -> None:
        editor = QLineEdit()
        editor.setMaxLength(2 * LONGEST_NAME)
        field = Field(label, editor, hint)
        self.form.add(key, field, check)  # type: ignore[arg-type]
        field.left.connect(self.names_changed)

    def _make_folder_row(self) -> QHBoxLayout:
        self.folder_label = Elided("", self.content)
        self.folder_label.setProperty("look", "note")
        self.folder_button = quiet_button(tr("换一个文件夹"), "folder-open", self.content)
        self.folder_button.clicked.connect(self.folder_requested)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.folder_label, 1)
        row.addWidget(self.folder_button)
        return row


class SampleStep(Step):
    """What the sample data are, and the passphrase that opens them."""

    anew_requested = Signal()

    def __init__(self, passphrase: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("先看看样例数据"), "", tr("做好样例数据并打开"), has_back=True, parent=parent)
        said = tr(
            "样溪镇和里面的 120 家企业都是编造的，已经查过三次，有逾期的隐患，有今天到期的，还有一次检查没有做完。"
            "可以随便检查、开文书、打印、删改。"
        )
        self.body.addWidget(text_label(said, self.content))
        self.passphrase_notice = Notice("notice", "key", Colour.ACCENT, parent=self.content)
        self.passphrase_notice.say(tr("样例数据的口令是：{passphrase}（锁屏以后要用它打开）", passphrase=passphrase))
        self.body.addWidget(self.passphrase_notice)
        self.body.addWidget(
            text_label(
                tr(
                    "样例数据放在单独的文件夹里，画面上方一直写着“样例数据”。要用自己的数据，锁屏后点“用我自己的数据”。"
                ),
                self.content,
            )
        )
        self.anew_button = quiet_button(tr("扔掉改过的，重新做一份"), "refresh", self.content)
        self.anew_button.clicked.connect(self.anew_requested)
        self.anew_button.hide()
        self.body.addWidget(self.anew_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_made(self, made: bool) -> None:
        self.next_button.setText(tr("打开样例数据") if made else tr("做好样例数据并打开"))
        self.anew_button.setVisible(made)


class RestoreStep(Step):
    """A backup file and the passphrase it was made under."""

    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("从备份恢复"),
            tr("把备份的 U 盘插好，选择备份文件（结尾是 .sdbackup），照片文件夹要和它放在一起。"),
            tr("恢复并打开"),
            has_back=True,
            parent=parent,
        )
        self.busy_words = tr("正在核对备份……")
        self.file_line = QLineEdit(self.content)
        self.file_line.setReadOnly(True)
        self.file_line.setPlaceholderText(tr("还没有选"))
        self.file_field = Field(tr("备份文件"), self.file_line)
        self.choose_button = plain_button(tr("选择备份文件"), "folder-open", self.content)
        self.choose_button.clicked.connect(self.file_requested)
        self.passphrase = PassphraseField(tr("口令"), tr("做这份备份时用的口令。"))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.file_line, 1)
        row.addWidget(self.choose_button)
        column = self.file_field.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, row)
        self.body.addWidget(self.file_field)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(
            note_label(tr("恢复以后，本机换用新的文号字头，以前的文号不会重复。备份文件本身不会改动。"), self.content)
        )

    @property
    def file(self) -> Path | None:
        return Path(self.file_line.text()) if self.file_line.text() else None

    def editors(self) -> list[QWidget]:
        return [self.choose_button, self.passphrase.line]

    def focus_first(self) -> None:
        (self.passphrase.line if self.file else self.choose_button).setFocus(Qt.FocusReason.TabFocusReason)

    def show_file(self, file: Path) -> None:
        self.file_line.setText(str(file))
        self.file_field.set_error("")
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> bool:
        self.file_field.set_error("" if self.file else tr("请先选择备份文件。"))
        self.passphrase.set_error("" if self.passphrase.text() else tr("请输入口令。"))
        if not self.file:
            self.choose_button.setFocus()
        elif not self.passphrase.text():
            self.passphrase.line.setFocus()
        return self.file is not None and bool(self.passphrase.text())

    def show_refusal(self, error: Exception) -> None:
        match getattr(error, "code", ""):
            case "wrong_passphrase":
                self.passphrase.set_error(tr("口令不对，没有恢复。请看看大小写和输入法。"))
                self.passphrase.line.setFocus()
                self.passphrase.line.selectAll()
            case "not_a_backup":
                self.file_field.set_error(tr("这不是本程序的备份文件，请另选一个。"))
                self.choose_button.setFocus()
            case _:
                self.show_trouble(error)


def _check_unit(text: str) -> str:
    return _checked(text, tr("请填写单位名称。"))


def _check_name(text: str) -> str:
    return _checked(text, tr("请填写姓名。"))


def _check_badge(text: str) -> str:
    return _checked(text, "") if text.strip() else ""


def _checked(text: str, empty: str) -> str:
    if not text.strip():
        return empty
    try:
        named("", text)
    except BadName as error:
        return tr("不能超过 {most} 个字，也不能有特殊符号。", most=error.facts["most"])
    return ""
