"""How the columns of a table lie: what the person made of them is remembered on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QTableView

from safetydesk.ui import theme
from safetydesk.ui.config import Config
from safetydesk.ui.widgets.paged_model import Column

_LEAST, _MOST = 24, 2000  # logical pixels


class ColumnLayout:
    """Widths, order and visibility. Widths are kept as in the usual type size, so that large type finds room."""

    def __init__(self, table: QTableView, columns: Sequence[Column], config: Config, name: str) -> None:
        self._table = table
        self._columns = columns
        self._config = config
        self._name = name
        self.is_stretching = False
        known = config.now.tables.get(name, {})
        self._widths = _widths(known.get("widths"))
        self._hidden = _names(known.get("hidden"), {one.key for one in columns if one.hidden})
        self._lay_order(known.get("order"))
        for n, column in enumerate(columns):
            table.setColumnHidden(n, n > 0 and column.key in self._hidden)
            if column.delegate is not None:
                table.setItemDelegateForColumn(n, column.delegate(table))
        self.lay()

    def lay(self) -> None:
        """Give every column its width in the present type size."""
        self.is_stretching = True
        for n, column in enumerate(self._columns):
            self._table.setColumnWidth(n, theme.scaled(self._widths.get(column.key, column.width)))
        self.is_stretching = False
        self.stretch()

    def stretch(self) -> None:
        """The column that may stretch takes what is left; never so that a column falls out of sight at the right."""
        if self.is_stretching:
            return
        self._make_way()
        table = self._table
        shown = [n for n in range(len(self._columns)) if not table.isColumnHidden(n)]
        wide = next((n for n in shown if self._columns[n].stretch), None)
        if wide is None:
            return
        rest = table.viewport().width() - sum(table.columnWidth(n) for n in shown if n != wide)
        self.is_stretching = True
        table.setColumnWidth(wide, max(rest, theme.scaled(self._columns[wide].width)))
        self.is_stretching = False

    def show_column(self, at: int, shown: bool) -> None:
        """As the person wants it; what gives way for want of room is not remembered."""
        key = self._columns[at].key
        self._hidden = self._hidden - {key} if shown else self._hidden | {key}
        self._table.setColumnHidden(at, not shown)
        self.stretch()

    def shown(self) -> list[Column]:
        """The columns that the person wants, from left to right, with those that gave way."""
        header = self._table.horizontalHeader()
        order = sorted(range(len(self._columns)), key=header.visualIndex)
        return [self._columns[n] for n in order if self.is_wanted(n)]

    def is_wanted(self, at: int) -> bool:
        return at == 0 or self._columns[at].key not in self._hidden

    def remember(self) -> None:
        scale = theme.current().scale
        for n, column in enumerate(self._columns):
            if not column.stretch and self._table.columnWidth(n):
                self._widths[column.key] = round(self._table.columnWidth(n) / scale)
        header = self._table.horizontalHeader()
        order = sorted(range(len(self._columns)), key=header.visualIndex)
        kept = {
            "widths": self._widths,
            "hidden": sorted(self._hidden),
            "order": [self._columns[n].key for n in order],
        }
        self._config.remember_table(self._name, kept)

    def _make_way(self) -> None:
        """Where there is little room columns give way, those with the largest `gives_way` first."""
        room = self._table.viewport().width()
        wanted = [n for n in range(len(self._columns)) if self.is_wanted(n)]
        needed = sum(self._usual_width(n) for n in wanted)
        for n in sorted(wanted, key=lambda at: -self._columns[at].gives_way):
            if not self._columns[n].gives_way:
                return
            hide = needed > room
            needed -= self._usual_width(n) if hide else 0
            if self._table.isColumnHidden(n) is not hide:
                self._table.setColumnHidden(n, hide)

    def _usual_width(self, at: int) -> int:
        column = self._columns[at]
        return theme.scaled(column.width if column.stretch else self._widths.get(column.key, column.width))

    def _lay_order(self, wanted: Any) -> None:
        keys = [one.key for one in self._columns]
        if not isinstance(wanted, list) or sorted(map(str, wanted)) != sorted(keys):
            return  # none was kept, or the program has other columns now
        header = self._table.horizontalHeader()
        for place, key in enumerate(wanted):
            header.moveSection(header.visualIndex(keys.index(key)), place)


def _widths(kept: Any) -> dict[str, int]:
    """The sensible ones: the file may be anything."""
    if not isinstance(kept, dict):
        return {}
    return {key: min(max(value, _LEAST), _MOST) for key, value in kept.items() if type(value) is int}


def _names(kept: Any, usual: set[str]) -> set[str]:
    return {one for one in kept if isinstance(one, str)} if isinstance(kept, list) else usual
