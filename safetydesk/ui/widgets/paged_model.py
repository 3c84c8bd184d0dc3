"""Rows that page from the database: the order of all of them as keys, and they themselves as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from safetydesk.ui import theme
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.theme import Colour, Type
from safetydesk.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
PAGE = 64
_MOST_PAGES = 60
_MOST_LOOKED = 2  # pages that are in view together
ROW = Qt.ItemDataRole.UserRole + 1
SORT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Column:
    """One column. `text` of a row; `sort` the key that the query orders by, none where it cannot.

    `ink` colours a cell by meaning, `bold` makes it stand out; `delegate` paints it by itself. Where there is little
    room the column with the largest `gives_way` goes first; 0 stays.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int = 120
    sort: str | None = None
    right: bool = False
    stretch: bool = False
    hidden: bool = False
    gives_way: int = 0
    ink: Callable[[Any], Colour | None] | None = None
    bold: bool = False
    tip: Callable[[Any], str] | None = None
    delegate: Callable[[QWidget], QAbstractItemDelegate] | None = None


@dataclass(frozen=True)
class Order:
    """How the rows are sorted; `by` is a column's `sort`."""

    by: str = ""
    descending: bool = False


KeysWork = Callable[[Any, Order], Sequence[Any]]  # (session, order) -> keys of all rows, in order
RowsWork = Callable[[Any, Sequence[Any]], Sequence[Any]]  # (session, keys) -> their rows, in that order


class PagedModel(QAbstractTableModel):
    """Rows by their keys. What has not come yet shows as …, and comes when it is looked at."""

    counted = Signal(int)  # the keys are there
    filled = Signal()  # the first page is there

    def __init__(
        self, shell: Shell, columns: Sequence[Column], rows: RowsWork, order: Order, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.order = order
        self._shell = shell
        self._rows_work = rows
        self._keys_work: KeysWork | None = None
        self._keys: Sequence[Any] = ()
        self._pages: dict[int, Sequence[Any]] = {}
        self._asked: set[int] = set()
        self._looked: tuple[int, ...] = ()  # the pages that were painted last, the newest first
        self._round = 0
        self._latest = Latest(shell, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fetch)
        self._wanted: list[int] = []

    def show_query(self, keys: KeysWork) -> None:
        """Show the rows of this query from now on."""
        self._keys_work = keys
        self.reload()

    def reload(self) -> None:
        """Ask again: something changed. What is shown stays until the answer is here."""
        work = self._keys_work
        if work is None:
            return
        order, rows_work, looked = self.order, self._rows_work, self._looked

        def ask(session: Any, _progress: object) -> tuple[Sequence[Any], dict[int, Sequence[Any]]]:
            keys = work(session, order)
            pages = {0, *(page for page in looked if page * PAGE < len(keys))}
            return keys, {page: rows_work(session, keys[page * PAGE : (page + 1) * PAGE]) for page in sorted(pages)}

        self._latest.read(ask, self._on_keys_read)

    def row_at(self, index: Index | int) -> Any | None:
        """The row dataclass, none while it has not come yet."""
        at = index if isinstance(index, int) else index.row()
        page = self._pages.get(at // PAGE)
        return page[at % PAGE] if page is not None and at % PAGE < len(page) else None

    def key_at(self, at: int) -> Any | None:
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def position_of(self, key: Any) -> int | None:
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def read_rows(self, keys: Sequence[Any], on_done: Callable[..., object]) -> None:
        """All of these, also those that nobody has looked at: `on_done(rows)`, a method of a QObject."""
        rows_work, asked = self._rows_work, list(keys)

        def ask(session: Any, _progress: object) -> list[Any]:
            parts = (asked[at : at + PAGE] for at in range(0, len(asked), PAGE))
            return [row for part in parts for row in rows_work(session, part)]

        self._shell.read(ask, on_done)

    def positions_of(self, keys: Sequence[Any]) -> list[int]:
        """Where these are, in the order of the list; those that are gone are left out."""
        wanted = set(keys)
        return [at for at, key in enumerate(self._keys) if key in wanted] if wanted else []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            self._want(index.row() // PAGE)  # also where an older answer still shows
        if row is None:
            return ("…" if index.column() == 0 else "") if role == Qt.ItemDataRole.DisplayRole else None
        return self._told(column, row, role)

    def _told(self, column: Column, row: Any, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(column.tip(row)) if column.tip else None
            case Qt.ItemDataRole.ForegroundRole:
                ink = column.ink(row) if column.ink else None
                return QColor(theme.colour(ink)) if ink is not None else None
            case Qt.ItemDataRole.FontRole:
                return _bold() if column.bold else None
            case _:
                return row if role == ROW else (column.text(row) if role == SORT else None)

    def match(
        self,
        start: Index,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,  # noqa: ARG002
    ) -> list[QModelIndex]:
        """Type-ahead, from `start` on and around: among the rows that are here. A letter does not fetch all others."""
        if not start.isValid() or role != Qt.ItemDataRole.DisplayRole or not isinstance(value, str) or not value:
            return []
        text, found = self.columns[start.column()].text, []
        count = len(self._keys)
        for step in range(count):
            at = (start.row() + step) % count
            row = self.row_at(at)
            if row is not None and text(row).casefold().startswith(value.casefold()):
                found.append(self.index(at, start.column()))
                if len(found) == hits:
                    break
        return found

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        by = self.columns[column].sort if 0 <= column < len(self.columns) else None
        wanted = Order(by or "", order is Qt.SortOrder.DescendingOrder)
        if by is not None and wanted != self.order:
            self.order = wanted
            self.reload()

    def _want(self, page: int) -> None:
        if self._looked[:1] != (page,):
            self._looked = (page, *(one for one in self._looked if one != page))[:_MOST_LOOKED]
        if page in self._asked:
            return
        self._asked.add(page)
        self._wanted.append(page)
        if not self._later.isActive():
            self._later.start(0)

    @Slot()
    def _fetch(self) -> None:
        """Ask for what is in view now; pages that were only scrolled past wait until they are looked at again."""
        passed, wanted, self._wanted = self._wanted[:-3], self._wanted[-3:], []
        self._asked.difference_update(passed)
        keys = {page: self._keys[page * PAGE : (page + 1) * PAGE] for page in wanted}
        rows_work, at_round = self._rows_work, self._round

        def ask(session: Any, _progress: object) -> tuple[int, dict[int, Sequence[Any]]]:
            return at_round, {page: rows_work(session, part) for page, part in keys.items()}

        self._shell.read(ask, self._on_pages_read, self._on_pages_failed)

    @Slot(object)
    def _on_keys_read(self, found: tuple[Sequence[Any], dict[int, Sequence[Any]]]) -> None:
        keys, pages = found
        self._round += 1
        self._asked, self._wanted = set(pages), []
        if len(keys) == len(self._keys) and keys == self._keys:
            self._pages |= pages  # the same rows, perhaps with other values; the others show until they are looked at
            if keys:
                self.dataChanged.emit(self.index(0, 0), self.index(len(keys) - 1, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._keys, self._pages = keys, pages
            self.endResetModel()
        self.counted.emit(len(keys))
        self.filled.emit()

    @Slot(object)
    def _on_pages_failed(self, error: Exception) -> None:
        """What is looked at next time is asked for again."""
        self._asked = set()
        self._shell.messages.trouble(error)

    @Slot(object)
    def _on_pages_read(self, found: tuple[int, dict[int, Sequence[Any]]]) -> None:
        at_round, pages = found
        if at_round != self._round:
            return
        for page, rows in pages.items():
            self._pages.pop(page, None)  # so that it counts as the newest
            self._pages[page] = rows
        while len(self._pages) > _MOST_PAGES:
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            self._asked.discard(oldest)
        for page in pages:
            last = min((page + 1) * PAGE, len(self._keys)) - 1
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))


def _bold() -> QFont:
    return theme.font(Type.TEXT, bold=True)
