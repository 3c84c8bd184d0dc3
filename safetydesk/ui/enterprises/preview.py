"""The pane beside the list: whom to call, how it stands, and the three things one does most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.enterprises import words
from safetydesk.ui.enterprises.marks import FlagMarks
from safetydesk.ui.enterprises.risk import RiskBadge
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import icon_button, plain_button, primary_button
from safetydesk.ui.widgets.labels import emphasis, muted_label, note_label, text_label
from safetydesk.ui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from datetime import date

    from safetydesk.workflows.enterprise_rows import EnterpriseRow


class EnterprisePane(SidePane):
    """Says what is wanted; the screen goes there."""

    inspection_requested = Signal()
    hazards_requested = Signal()
    page_requested = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(tr("企业"), parent)
        self._shell = shell
        self.row: EnterpriseRow | None = None
        self.inspect_button = primary_button(tr("开始检查"), "clipboard-check", self)
        self.hazards_button = plain_button(tr("看隐患"), "triangle-alert", self)
        self.open_button = plain_button(tr("打开一企一档"), "book-open", self)
        self.inspect_button.clicked.connect(self.inspection_requested)
        self.hazards_button.clicked.connect(self.hazards_requested)
        self.open_button.clicked.connect(self.page_requested)
        self.foot.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        self.foot.addWidget(self.inspect_button)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.hazards_button, 1)
        row.addWidget(self.open_button, 1)
        self.foot.addLayout(row)

    def show_row(self, row: EnterpriseRow, today: date) -> None:
        self.row = row
        self.set_title(row.name)
        self.set_content(self._content(row, today))
        count = row.open_hazards
        self.hazards_button.setText(tr("看隐患 {count}", count=count) if count else tr("看隐患"))

    def _content(self, row: EnterpriseRow, today: date) -> QWidget:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.L, 0, Space.L, Space.L)
        column.setSpacing(Space.L)
        marks = QHBoxLayout()
        marks.setSpacing(Space.S)
        badge = RiskBadge(row.risk, content)
        marks.addWidget(badge)
        said = [one for one in (row.industry, row.operating_state, row.village) if one]
        marks.addWidget(muted_label(" · ".join(said), content), 1)
        column.addLayout(marks)
        column.addWidget(self._call(row, content))
        if row.flags:
            column.addWidget(FlagMarks(row.flags, content))
        facts = QGridLayout()
        facts.setHorizontalSpacing(Space.M)
        facts.setVerticalSpacing(Space.S)
        facts.setColumnStretch(1, 1)
        for at, (label, text, look) in enumerate(self._facts(row, today)):
            name, value = note_label(label, content), text_label(text, content)
            theme.look(value, look)
            name.setWordWrap(False)
            facts.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, at, 1)
        column.addLayout(facts)
        column.addStretch()
        return content

    def _call(self, row: EnterpriseRow, parent: QWidget) -> QWidget:
        """The number large, to be dialled from where one stands."""
        held = QWidget(parent)
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        if row.phone is None:
            column.addWidget(muted_label(tr("没有登记电话"), held))
            if row.contact:
                column.addWidget(note_label(row.contact, held))
            line.addLayout(column, 1)
            return held
        number = emphasis(words.phone_text(row.phone), held)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        number.setWordWrap(True)
        column.addWidget(number)
        column.addWidget(note_label(row.contact or tr("联系人没有登记"), held))
        line.addLayout(column, 1)
        copy = icon_button("copy", tr("复制电话"), held)
        copy.clicked.connect(self._on_copy_clicked)
        line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        self.phone_label: QLabel = number
        self.copy_button = copy
        return held

    def _facts(self, row: EnterpriseRow, today: date) -> list[tuple[str, str, str]]:
        left = words.days_left(row, today)
        pressing = bool(row.major_hazards or row.overdue_hazards)
        facts = [
            (tr("隐患"), words.hazards_sentence(row), "major" if pressing else "text"),
            (tr("最近到期"), words.due_sentence(row, today), "major" if left is not None and left < 0 else "text"),
            (tr("上次检查"), words.visit_sentence(row, today), "text"),
            (tr("安全员"), row.officer or tr("还没有划片"), "text"),
            (tr("地址"), row.address or tr("没有登记"), "text"),
            (tr("代码后六位"), row.short_code or tr("没有登记"), "text"),
        ]
        return facts if row.next_due_on else [facts[0], *facts[2:]]

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self.row is not None and self.row.phone:
            QGuiApplication.clipboard().setText(self.row.phone)
            self._shell.messages.tell(tr("已复制电话 {phone}", phone=words.phone_text(self.row.phone)))
