"""Where the data lies, backups that were read back, and whether everything is sound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.first_start.cards import Mark
from safetydesk.ui.first_start.step import Notice
from safetydesk.ui.settings.fields import line
from safetydesk.ui.settings.model import SettingsModel
from safetydesk.ui.settings.section import Section
from safetydesk.ui.shell import trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import plain_button
from safetydesk.ui.widgets.dates import moment_text
from safetydesk.ui.widgets.labels import emphasis, muted_label, text_label
from safetydesk.workflows.backups import LastBackup
from safetydesk.workflows.checkup import Check
from safetydesk.workflows.settings_view import SettingsView

_FOLDER = "backup.folder"
_OLD = 7  # days after which a backup is worth a word
_WORDS = {
    "database": "数据文件",
    "photos": "照片",
    "papers": "文书",
    "audit": "操作记录",
    "clock": "电脑的时间",
    "folder": "数据文件夹",
    "disk": "磁盘空间",
    "printer": "打印机",
    "fonts": "文书字体",
}


class DataSection(Section):
    """Folders, backup, check-up."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("文件夹与备份"), "", model, parent)
        self._view: SettingsView | None = None
        self._then_back_up = False
        self._add_restored_notice()
        self._add_folders()
        self._add_backup()
        self.add_line()
        self._add_checkup()
        self.column.addStretch()
        model.backup_began.connect(self._on_backup_began)
        model.backup_progressed.connect(self._on_backup_progressed)
        model.backed_up.connect(self._on_backed_up)
        model.backup_refused.connect(self._on_backup_refused)
        model.backup_stopped.connect(self._on_backup_stopped)
        model.checked.connect(self._on_checked)

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        super().show_view(view)
        self._view = view
        self.data_line.setText(view.folder)
        self.last_label.setText(last_backup_text(view.last_backup, view.today))
        theme.look(self.last_label, "text" if is_recent(view.last_backup, view.today) else "general")
        same = tr("备份和数据在同一个磁盘上，磁盘坏了会一起丢。最好放到 U 盘或移动硬盘上。")
        self.fields[_FOLDER].set_hint(same if view.backup_beside_data else tr("最好是 U 盘或移动硬盘上的文件夹。"))
        self.restored_notice.setVisible(view.is_restored)

    def _add_restored_notice(self) -> None:
        said = tr(
            "这份数据是恢复或复制来的，现在只能看。要在这台电脑上继续工作，先换用新的文号字头，这样文号不会和原来那台重复。"
        )
        self.restored_notice = Notice("warning", "triangle-alert", Colour.GENERAL, said, self)
        self.renew_button = plain_button(tr("换用新的文号字头，继续工作"), parent=self.restored_notice)
        self.renew_button.clicked.connect(self.model.renew)
        self.restored_notice.words.addWidget(self.renew_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restored_notice.hide()
        self.column.addWidget(self.restored_notice)

    def _add_folders(self) -> None:
        self.data_line = QLineEdit(self)
        self.data_line.setReadOnly(True)
        from safetydesk.ui.widgets.forms import Field

        hint = tr("数据加密存放在这里，不要自己移动或删除里面的文件。")
        self.column.addWidget(Field(tr("数据文件夹"), self.data_line, hint, self))
        self.choose_button = plain_button(tr("选择文件夹"), "folder-open", self)
        self.choose_button.clicked.connect(self._on_choose_clicked)
        field = self.add_field(_FOLDER, tr("备份放在"), line(tr("还没有选")), "")
        field.put_beside_editor(self.choose_button)

    def _add_backup(self) -> None:
        self.last_label = text_label("", self)
        self.backup_button = plain_button(tr("立即备份"), "hard-drive", self)
        self.backup_button.clicked.connect(self._on_backup_clicked)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("备份进度"))
        self.bar.setFixedWidth(theme.scaled(160))
        self.what = muted_label("", self)
        self.stop_button = plain_button(tr("停止"), "square", self)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.done_notice = Notice("good", "circle-check", Colour.DONE, parent=self)
        self.trouble_notice = Notice("trouble", "circle-alert", Colour.MAJOR, parent=self)
        for widget in (self.bar, self.stop_button, self.done_notice, self.trouble_notice):
            widget.hide()
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.backup_button)
        row.addWidget(self.bar)
        row.addWidget(self.what)
        row.addWidget(self.stop_button)
        row.addStretch()
        self.column.addWidget(self.last_label)
        self.column.addLayout(row)
        self.column.addWidget(self.done_notice)
        self.column.addWidget(self.trouble_notice)

    def _add_checkup(self) -> None:
        self.column.addWidget(emphasis(tr("数据是否完好"), self))
        said = tr("逐页、逐张、逐份核对数据、照片和文书，看看电脑的时间、磁盘和打印机。数据多时要等一会儿。")
        explained = muted_label(said, self)
        explained.setWordWrap(True)
        self.column.addWidget(explained)
        self.check_button = plain_button(tr("核对一遍"), "shield-check", self)
        self.check_button.clicked.connect(self._on_check_clicked)
        row = QHBoxLayout()
        row.addWidget(self.check_button)
        row.addStretch()
        self.column.addLayout(row)
        self.checks = QVBoxLayout()
        self.checks.setSpacing(Space.S)
        self.column.addLayout(self.checks)

    def _show_busy(self, busy: bool) -> None:
        self.backup_button.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.stop_button.setVisible(busy)
        self.stop_button.setEnabled(True)
        self.what.setText(tr("正在备份……") if busy else "")
        if busy:
            self.done_notice.hide()
            self.trouble_notice.hide()

    @Slot()
    def _on_choose_clicked(self) -> None:
        self._then_back_up = False
        self._choose()

    def _choose(self) -> None:
        self.model.shell.files.open_folder(tr("备份放在哪个文件夹里"), self._on_folder_chosen)

    def _on_folder_chosen(self, folder: Path) -> None:
        field = self.fields[_FOLDER]
        field.set_text(str(folder))
        field.save()
        if self._then_back_up:
            self.model.back_up(folder)

    @Slot()
    def _on_backup_clicked(self) -> None:
        """Where nobody said yet where to, that is asked first."""
        folder = self.fields[_FOLDER].text().strip()
        if folder:
            self.model.back_up(Path(folder))
            return
        self._then_back_up = True
        self._choose()

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        self.what.setText(tr("正在停止……"))
        self.model.stop_backup()

    @Slot()
    def _on_backup_began(self) -> None:
        self._show_busy(True)

    @Slot(int, int, str)
    def _on_backup_progressed(self, done: int, total: int, what: str) -> None:
        if self.stop_button.isEnabled():
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.what.setText(tr("{what} {done}/{total}", what=what, done=done, total=total))

    @Slot(object)
    def _on_backed_up(self, made: object) -> None:
        self._show_busy(False)
        file, blobs, new = (getattr(made, name) for name in ("file", "blobs", "new_blobs"))
        said = tr("备份完成，已读回核对。照片和文书 {blobs} 件，其中新抄写 {new} 件。", blobs=blobs, new=new)
        self.done_notice.say(f"{said}\n{file}")
        self.backup_button.setFocus()

    @Slot(object)
    def _on_backup_refused(self, error: Exception) -> None:
        self._show_busy(False)
        said = trouble_message(error)
        self.trouble_notice.say(f"{tr('没有备份成。')}{said.text}\n{said.hint}")

    @Slot()
    def _on_backup_stopped(self) -> None:
        self._show_busy(False)
        self.what.setText(tr("已停止，这次没有备份成；以前的备份还在。"))

    @Slot()
    def _on_check_clicked(self) -> None:
        self.check_button.setEnabled(False)
        self.check_button.setText(tr("正在核对……"))
        self.model.check_up()

    @Slot(object)
    def _on_checked(self, checks: Sequence[Check]) -> None:
        self.check_button.setEnabled(True)
        self.check_button.setText(tr("再核对一遍"))
        while (item := self.checks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for check in checks:
            self.checks.addWidget(_CheckLine(check, self))


class _CheckLine(QWidget):
    def __init__(self, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        name = tr(_WORDS.get(check.name, check.label))
        said = tr("正常") if check.ok else tr("有问题")
        self.setAccessibleName(f"{name}：{said}，{check.detail}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        icon_name, colour = ("circle-check", Colour.DONE) if check.ok else ("circle-alert", Colour.MAJOR)
        row.addWidget(Mark(icon_name, colour, self), 0, Qt.AlignmentFlag.AlignTop)
        label = text_label(name, self)
        label.setFixedWidth(theme.scaled(96))
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        detail = text_label(_detail(check), self)
        theme.look(detail, "muted" if check.ok else "major")
        row.addWidget(detail, 1)


def _detail(check: Check) -> str:
    """The words of the command line that do not fit here, in words that do."""
    if check.name == "folder" and not check.ok:
        return tr("是恢复或复制来的，现在只能看。请按上面的提示换用新的文号字头。")
    if check.name == "database" and "PostgreSQL" in check.detail:
        return tr("在单位的服务器上，由服务器保证")
    return check.detail


def is_recent(last: LastBackup | None, today: date) -> bool:
    return last is not None and (today - last.made_at.astimezone().date()).days <= _OLD


def last_backup_text(last: LastBackup | None, today: date) -> str:
    if last is None:
        return tr("还没有备份过。电脑丢了、坏了，没有备份的数据就找不回来了。")
    days = (today - last.made_at.astimezone().date()).days
    ago = tr("今天") if days <= 0 else tr("{days} 天前", days=days)
    said = tr("上次备份：{moment}（{ago}），已读回核对。", moment=moment_text(last.made_at, today), ago=ago)
    return f"{said}\n{last.file}"
