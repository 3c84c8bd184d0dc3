"""Which laws nobody has checked yet; what this program is and whose work is in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from safetydesk.ui.settings.model import SettingsModel
from safetydesk.ui.settings.section import Section
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import emphasis, muted_label, note_label, text_label
from safetydesk.workflows.settings_view import SettingsView, UnverifiedLaw

_PARTS = (
    ("Qt、PySide6", "LGPL-3.0"),
    ("SQLCipher、SQLite、sqlcipher3", "BSD、公有领域、zlib"),
    ("SQLAlchemy、Alembic", "MIT"),
    ("cryptography、argon2-cffi、pyrage", "Apache-2.0/BSD、MIT"),
    ("ReportLab、pikepdf、pypdfium2、segno", "BSD、MPL-2.0、Apache-2.0/BSD"),
    ("Pillow、pillow-heif（含 libheif）", "MIT-CMU、BSD、LGPL-3.0"),
    ("openpyxl、python-calamine、pypinyin、PyYAML、msgspec", "MIT、BSD"),
    ("psycopg", "LGPL-3.0"),
    ("图标：Lucide、Feather", "ISC、MIT"),
    ("字体：Noto Sans SC、Noto Serif SC", "OFL-1.1"),
    ("字体：FandolFang", "GPL-3.0（字体例外）"),
)


class LawSection(Section):
    """Read only: checking a legal fact is the office's work."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("法规待核"),
            tr(
                "程序自带的法规里，下面这些还没有对照原文核过。检查表和文书里引用到它们，都标着“待核”，签发前请自己对一对。"
            ),
            model,
            parent,
        )
        self.count_label = emphasis(tr("正在读……"), self)
        self.column.addWidget(self.count_label)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(Space.S)
        self.column.addLayout(self.rows)
        self.column.addStretch()
        self._is_asked = False
        model.laws_read.connect(self._on_laws_read)

    def begin(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self.model.read_laws()

    def focus_first(self) -> bool:
        return False

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        """Nothing here is a setting."""

    @Slot(object)
    def _on_laws_read(self, laws: Sequence[UnverifiedLaw]) -> None:
        self.count_label.setText(tr("共 {count} 部", count=len(laws)) if laws else tr("没有待核的法规"))
        for law in laws:
            line = QFrame(self)
            line.setProperty("look", "line")
            self.rows.addWidget(line)
            self.rows.addWidget(text_label(law.name, self))
            said = muted_label(_why(law), self)
            said.setProperty("look", "general")
            said.setWordWrap(True)
            self.rows.addWidget(said)
            if law.caveat:
                self.rows.addWidget(note_label(law.caveat, self))


class AboutSection(Section):
    """Version and licences."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        from safetydesk import __version__

        super().__init__(tr("关于"), "", model, parent)
        self.column.addWidget(emphasis(tr("网格安全员工作台 {version}", version=__version__), self))
        said = tr(
            "本程序是自由软件，按 GPL-3.0 或以后版本的许可使用，不附带任何担保。检查表、法规要点和判定提示是帮助查找用的，"
            "不能代替法律原文；“疑似重大”要由有权的部门或专家认定。"
        )
        self.column.addWidget(text_label(said, self))
        self.column.addWidget(emphasis(tr("用到的软件、字体和图标"), self))
        parts = QVBoxLayout()
        parts.setSpacing(Space.XS)
        for name, licence in _PARTS:
            parts.addWidget(text_label(tr("{name}：{licence}", name=tr(name), licence=tr(licence)), self))
        self.column.addLayout(parts)
        self.column.addStretch()

    def focus_first(self) -> bool:
        return False

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        """Nothing here is a setting."""


def _why(law: UnverifiedLaw) -> str:
    """What of it is unchecked, in words."""
    parts = []
    if law.is_itself:
        parts.append(tr("名称或文号待核"))
    if law.dates:
        parts.append(tr("公布、施行日期待核"))
    if law.articles:
        parts.append(tr("{count} 条要点待核", count=law.articles))
    return "，".join(parts)
