"""Numbers and wording of papers; photos."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from safetydesk.domain.kinds import Numbering, PaperKind, Power
from safetydesk.domain.numbering import document_number, short_unit
from safetydesk.ui.settings.fields import CalmCombo, line
from safetydesk.ui.settings.model import SettingsModel
from safetydesk.ui.settings.section import Section
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import emphasis, note_label
from safetydesk.workflows.settings_view import SettingsView

_EXAMPLE = 12


class PapersSection(Section):
    """How papers are numbered and what they name; a number as it would be, while one types."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("文书与文号"), tr("改过以后，新签发的文书按新的办；已经签发的不会变。"), model, parent)
        self._view: SettingsView | None = None
        self._add_number_fields()
        self.add_line()
        self._add_form_fields()
        self.add_line()
        self._add_authority_fields()
        self.column.addStretch()

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        self._view = view
        mark = self.fields["unit.mark"].editor
        mark.setPlaceholderText(tr("{mark}（从单位名称取）", mark=short_unit(view.unit)))  # type: ignore[union-attr]
        super().show_view(view)
        self._show_example()

    def _add_number_fields(self) -> None:
        mark = self.add_field("unit.mark", tr("单位简称"), line(), tr("印在文号开头的括号里。"))
        rule = CalmCombo(
            [
                (Numbering.VISIT.value, tr("同一次检查的文书共用一个序号")),
                (Numbering.KIND.value, tr("每种文书各自连续编号")),
            ]
        )
        numbering = self.add_field("paper.numbering", tr("编号办法"), rule)
        panel = QFrame(self)
        panel.setProperty("look", "notice")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        inside.setSpacing(Space.XS)
        inside.addWidget(note_label(tr("文号的样子"), panel))
        self.examples = (emphasis("", panel), emphasis("", panel))
        for label in self.examples:
            label.setWordWrap(True)
            inside.addWidget(label)
        self.example_note = note_label("", panel)
        inside.addWidget(self.example_note)
        self.column.addWidget(panel)
        for field in (mark, numbering):
            field.changed.connect(self._show_example)

    def _add_form_fields(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(Space.L)
            row.addLayout(column, 1)
        copies = CalmCombo([(str(count), tr("{count} 份", count=count)) for count in range(1, 10)])
        self.add_field("paper.copies", tr("每份文书打印"), copies, tr("打印时按这个份数。"), left)
        photos = CalmCombo([(str(count), tr("{count} 张", count=count)) for count in (2, 4)])
        self.add_field("paper.photos_per_page", tr("照片附页每页"), photos, tr("2 张看得更清楚，4 张省纸。"), right)
        badges = CalmCombo(
            [
                ("", tr("责令类文书印执法证号，其他印工作证号")),
                ("enforcement", tr("都印执法证号")),
                ("work", tr("都印工作证号")),
            ]
        )
        self.add_field("unit.badge_kind", tr("检查人员证件"), badges, into=left)
        province = CalmCombo([("default", tr("通用")), ("zhejiang", tr("浙江省"))])
        self.add_field("unit.province", tr("文书措辞"), province, tr("本省有自己写法的，选本省。"), right)
        left.addStretch()
        right.addStretch()
        self.column.addLayout(row)

    def _add_authority_fields(self) -> None:
        self.add_field(
            "unit.report_to", tr("逾期不改时，报告给"), line(), tr("县级应急管理部门的全称，印在限期整改意见书上。")
        )
        self.add_field(
            "unit.delegating_authority",
            tr("委托机关"),
            line(tr("空着的，文书上留空手写")),
            tr("受委托执法才要填：写全称，责令类文书以它的名义出。"),
        )
        self.add_field(
            "unit.remedy_authority",
            tr("行政复议机关"),
            line(tr("空着的，文书上留空手写")),
            tr("镇街作出的行政行为，一般是县级人民政府。只印在责令类文书上。"),
        )
        self.add_field(
            "unit.remedy_court",
            tr("受理诉讼的人民法院"),
            line(tr("空着的，文书上留空手写")),
            tr("有的地方集中管辖，请按当地规定写全称。只印在责令类文书上。"),
        )

    @Slot()
    def _show_example(self) -> None:
        if self._view is None:
            return
        mark = self.fields["unit.mark"].text().strip() or short_unit(self._view.unit)
        by_visit = self.fields["paper.numbering"].text() != Numbering.KIND
        may_order = self._view.values["unit.power"] != Power.NONE
        kinds = (PaperKind.RECTIFICATION, PaperKind.ADVICE) if may_order else (PaperKind.ADVICE,)
        series, year = self._view.series(mark), self._view.today.year
        for label, kind, running in zip(self.examples, kinds, (_EXAMPLE, _EXAMPLE if by_visit else 5), strict=False):
            label.setText(document_number(kind, series, year, running))
        self.examples[1].setVisible(may_order)
        said = tr("{letters} 是这台电脑自己的字头，不用联网也不会和别人重号。", letters=self._view.letters)
        self.example_note.setText(said)


class PhotosSection(Section):
    """How large photos are kept."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("检查与照片"), "", model, parent)
        self._sizes = CalmCombo(
            [
                ("1200", tr("小（长边 1200 点）：省地方，小字看不清")),
                ("1600", tr("适中（长边 1600 点）：打印清楚")),
                ("2400", tr("大（长边 2400 点）：可以放大看细处")),
            ]
        )
        hint = tr("添加照片时按这个大小缩小后保存，原来的照片文件不会动。拍照的时间和地点会一起记下。")
        self.add_field("photo.longest_side", tr("照片保存的大小"), self._sizes, hint)
        self.column.addStretch()

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        """A size that was set elsewhere is offered as well."""
        size = str(view.values["photo.longest_side"])
        if self._sizes.findData(size) < 0:
            self._sizes.addItem(tr("另设的大小（长边 {size} 点）", size=size), size)
        super().show_view(view)
