"""设置: left the sections, right what belongs to the one that is picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.places import OpenSettings, Place, Target
from safetydesk.ui.screen import Screen
from safetydesk.ui.settings.data_section import DataSection
from safetydesk.ui.settings.law_sections import AboutSection, LawSection
from safetydesk.ui.settings.model import SettingsModel
from safetydesk.ui.settings.paper_sections import PapersSection, PhotosSection
from safetydesk.ui.settings.section import Section
from safetydesk.ui.settings.unit_sections import PowerSection, UnitSection
from safetydesk.ui.settings.window_sections import LockSection, LooksSection
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.workflows.changes import Changes
from safetydesk.workflows.settings_view import SettingsView

_LIST_WIDTH = 168
_SECTIONS: tuple[tuple[str, str, Callable[[SettingsModel], Section]], ...] = (
    ("unit", "单位与人员", UnitSection),
    ("power", "执法权限", PowerSection),
    ("papers", "文书与文号", PapersSection),
    ("photos", "检查与照片", PhotosSection),
    ("looks", "外观", LooksSection),
    ("lock", "锁定与口令", LockSection),
    ("backup", "文件夹与备份", DataSection),
    ("law", "法规待核", LawSection),
    ("about", "关于", AboutSection),
)


class SettingsScreen(Screen):
    """Sections are built when they are first looked at."""

    place: ClassVar[Place] = Place.SETTINGS
    help_page: ClassVar[str] = "settings"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, tr("设置"), parent)
        self.model = SettingsModel(shell, self)
        self.model.loaded.connect(self._on_model_loaded)
        self._view: SettingsView | None = None
        self._sections: dict[str, Section] = {}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_list())
        line = QFrame(self)
        line.setProperty("look", "upright")
        row.addWidget(line)
        row.addWidget(self._make_page(), 1)
        self.body.addLayout(row)

    def arrive(self, target: Target) -> None:
        wanted = target.section if isinstance(target, OpenSettings) else ""
        self.show_section(wanted or self.current_key() or _SECTIONS[0][0])
        self.model.load()

    def refresh(self, changes: Changes) -> None:
        if changes.settings:
            self.model.load()

    def go_back(self) -> bool:
        """From a field to the list of sections; what was typed is saved on the way."""
        if self.list.hasFocus():
            return False
        self.list.setFocus()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", tr("在左边一栏里换一类设置")),
            ("Tab", tr("到下一项；离开就保存")),
            ("Enter", tr("保存正在填的这一项")),
            ("Esc", tr("回到左边一栏")),
            ("Ctrl+Z", tr("撤销刚才保存的")),
        ]

    def focus_first(self) -> None:
        self.list.setFocus()

    def current_key(self) -> str | None:
        item = self.list.currentItem()
        return None if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def section(self, key: str) -> Section:
        """The section, made now if nobody looked at it yet."""
        if key not in self._sections:
            make = next(made for name, _, made in _SECTIONS if name == key)
            made = make(self.model)
            self._sections[key] = made
            self._pages.addWidget(made)
            if isinstance(made, PowerSection):
                made.papers_requested.connect(self._on_papers_requested)
            if self._view is not None:
                made.show_view(self._view)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """One that does not exist is the first."""
        keys = [name for name, _, _ in _SECTIONS]
        at = keys.index(key) if key in keys else 0
        self.list.setCurrentRow(at)
        self.list.item(at).setSelected(True)  # the row may have become the current one with the focus, unselected

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        lock = self._sections.get("lock")
        if isinstance(lock, LockSection):
            lock.forget()

    def _make_list(self) -> QListWidget:
        self.list = QListWidget(self)
        self.list.setProperty("look", "sections")
        self.list.setAccessibleName(tr("设置的种类"))
        self.list.setFixedWidth(theme.scaled(_LIST_WIDTH))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, title, _ in _SECTIONS:
            item = QListWidgetItem(tr(title), self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
        self._size_list()
        self.list.currentRowChanged.connect(self._on_list_row_changed)
        theme.changes().changed.connect(self._size_list)
        return self.list

    def _make_page(self) -> QScrollArea:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self._scroll)
        inside.setProperty("look", "clear")
        row = QHBoxLayout(inside)
        row.setContentsMargins(Space.XXL, Space.S, Space.XXL, 0)
        self._frame = QWidget(inside)
        self._frame.setMaximumWidth(theme.scaled(theme.LONGEST_LINE))
        self._pages = QVBoxLayout(self._frame)
        self._pages.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._frame, 100)
        row.addStretch(1)
        self._scroll.setWidget(inside)
        return self._scroll

    @Slot()
    def _size_list(self) -> None:
        """Rows as high as everything else that is clicked."""
        height = theme.scaled(theme.current().target)
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, height))
        self.list.setFixedWidth(theme.scaled(_LIST_WIDTH))

    @Slot(int)
    def _on_list_row_changed(self, row: int) -> None:
        if row < 0:
            return
        shown = self.section(_SECTIONS[row][0])
        for section in self._sections.values():
            section.setVisible(section is shown)
        self._scroll.verticalScrollBar().setValue(0)
        shown.begin()

    @Slot(object)
    def _on_model_loaded(self, view: SettingsView) -> None:
        self._view = view

    @Slot()
    def _on_papers_requested(self) -> None:
        self.show_section("papers")
        self.section("papers").fields["unit.delegating_authority"].editor.setFocus()
