"""What the search lists: groups under their names, each line with where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from safetydesk.ui.enterprises.risk import risk_word
from safetydesk.ui.places import ContinueInspection, ShowEnterprise, ShowHazard, ShowPaper, Target
from safetydesk.ui.text import tr
from safetydesk.ui.widgets.dates import days_left_text
from safetydesk.ui.widgets.labels import level_word
from safetydesk.workflows.global_search import FoundGroup, FoundKind, FoundRow

ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Head:
    """The name of a group, or what is said where nothing was found. Cannot be chosen."""

    text: str


@dataclass(frozen=True)
class Way:
    """A way on that is not a result."""

    text: str
    icon_name: str
    target: Target


Entry = Head | FoundRow | Way


def group_word(kind: FoundKind) -> str:
    return {
        FoundKind.ENTERPRISE: tr("企业"),
        FoundKind.HAZARD: tr("隐患"),
        FoundKind.PAPER: tr("文书"),
        FoundKind.INSPECTION: tr("未完成的检查"),
    }[kind]


def target_of(entry: Entry) -> Target | None:
    """Where an entry leads."""
    match entry:
        case Way():
            return entry.target
        case FoundRow(kind=FoundKind.ENTERPRISE, key=UUID() as key):
            return ShowEnterprise(key)
        case FoundRow(kind=FoundKind.HAZARD, key=UUID() as key):
            return ShowHazard(key)
        case FoundRow(kind=FoundKind.INSPECTION, key=UUID() as key):
            return ContinueInspection(key)
        case FoundRow():
            return ShowPaper(str(entry.key))
        case Head():
            return None


def spoken(entry: Entry) -> str:
    """An entry in words, for those who listen."""
    match entry:
        case FoundRow():
            said = [group_word(entry.kind), entry.title, entry.note, risk_word(entry.risk)]
            said += [level_word(entry.level)] if entry.level else []
            said += [days_left_text(entry.days_left)] if entry.days_left is not None else []
            return "，".join(one for one in said if one)
        case _:
            return entry.text


class ResultsModel(QAbstractListModel):
    """Groups, each under its name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        return spoken(entry) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.entries[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def entries_of(groups: Sequence[FoundGroup], ways: dict[FoundKind, Way]) -> list[Entry]:
    """The groups one below the other; a group with more than it shows ends with the way to all."""
    entries: list[Entry] = []
    for group in groups:
        entries.append(Head(group_word(group.kind)))
        entries += group.rows
        if group.has_more and group.kind in ways:
            entries.append(ways[group.kind])
    return entries
