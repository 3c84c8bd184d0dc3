"""Readings of an item: a row for each thing to be measured, judged while the number is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.limits import Verdict
from safetydesk.ui import theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.labels import Elided, muted_label

if TYPE_CHECKING:
    from safetydesk.domain.checklist import Limit
    from safetydesk.workflows.answering import ReadingInput
    from safetydesk.workflows.walking_shapes import ItemShown, ReadingState
    from safetydesk.workflows.walking_words import Judged

_SHOWN_AT_ONCE = 4  # oxygen, combustible gas, hydrogen sulphide, carbon monoxide; the rest on demand
_NARROW = 620  # px
_NAME_WIDTH, _VALUE_WIDTH, _UNIT_WIDTH, _POINT_WIDTH = 132, 72, 96, 88
_FAMILIES = {"m": ("m", "cm", "mm"), "mm": ("mm", "cm"), "min": ("min", "h"), "h": ("h", "min")}


class ReadingsForm(QWidget):
    """Rows of name, value, unit, place of measuring, and what the limit says of it."""

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ItemShown | None = None
        self._rows: list[ReadingRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self.more_button = quiet_button(tr("再加一个读数"), "plus", self)
        self.more_button.clicked.connect(self._on_more_clicked)
        line = QHBoxLayout()
        line.setContentsMargins(-Space.M, 0, 0, 0)  # its words stand under the names
        line.addWidget(self.more_button)
        line.addStretch()
        self._column.addLayout(line)

    def show_item(self, shown: ItemShown, readings: Sequence[ReadingState]) -> None:
        """The rows of this item, filled with what is stored."""
        if self._shown is not None and self._shown.id == shown.id and self.says(readings):
            return
        self._clear()
        self._shown = shown
        left = list(readings)
        for limit in shown.item.limits[:_SHOWN_AT_ONCE]:
            row = self._add(limit)
            stored = next((one for one in left if one.gas == limit.gas), None)
            if stored is not None:
                left.remove(stored)
                row.fill(stored)
        for stored in left:
            limit_of = next((one for one in shown.item.limits if one.gas == stored.gas), None)
            self._add(limit_of).fill(stored)
        if not self._rows:
            self._add(None)
        self._set_tab_order()

    def readings(self) -> tuple[ReadingInput, ...]:
        """Every row that says a number."""
        return tuple(found for row in self._rows if (found := row.reading()) is not None)

    @property
    def has_readings(self) -> bool:
        return any(row.value_edit.text().strip() for row in self._rows)

    @property
    def breaches(self) -> list[str]:
        """What is out of its limits, in words."""
        return [row.said for row in self._rows if row.is_breach]

    @property
    def problem(self) -> QWidget | None:
        return next((row.value_edit for row in self._rows if row.has_problem), None)

    def focus_first(self) -> None:
        """The first empty value; where nothing says yet what is measured, that."""
        empty = next((row for row in self._rows if not row.value_edit.text()), self._rows[0] if self._rows else None)
        if empty is not None:
            empty.first_edit.setFocus()

    def row(self, at: int) -> ReadingRow:
        return self._rows[at]

    def says(self, readings: Sequence[ReadingState]) -> bool:
        """Whether the rows say exactly what is stored."""
        said = [(one.value, one.unit or "", one.gas or "", one.point or "") for one in self.readings()]
        return said == [(one.value, one.unit, one.gas, one.point) for one in readings]

    # --- inside

    def _clear(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = []

    def _add(self, limit: Limit | None) -> ReadingRow:
        assert self._shown is not None
        row = ReadingRow(self._shown, limit, self)
        row.edited.connect(self.edited)
        row.left.connect(self.left)
        row.entered.connect(self.entered)
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        return row

    def _set_tab_order(self) -> None:
        """All values first: that is what is read off the instrument. What is not on the list is named before."""
        chain: list[QWidget] = []
        for row in self._rows:
            chain += [row.value_edit] if row.name_edit is None else [row.name_edit, row.value_edit]
        chain += [widget for row in self._rows for widget in row.others]
        chain.append(self.more_button)
        for at in range(1, len(chain)):
            QWidget.setTabOrder(chain[at - 1], chain[at])

    @Slot()
    def _on_more_clicked(self) -> None:
        """Which one: a further gas, or the same at another point."""
        if self._shown is None:
            return
        limits = self._shown.item.limits
        if not limits:
            self._add_and_focus(None)
            return
        menu = QMenu(self)
        for limit in limits:
            menu.addAction(limit.name).setData(limit)
        menu.addAction(tr("其他，自己写")).setData(None)
        menu.triggered.connect(self._on_limit_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    @Slot(QAction)
    def _on_limit_chosen(self, action: QAction) -> None:
        self._add_and_focus(action.data())

    def _add_and_focus(self, limit: Limit | None) -> None:
        row = self._add(limit)
        row.show()
        self._set_tab_order()
        (row.value_edit if limit is not None else row.name_edit or row.value_edit).setFocus()


class ReadingRow(QWidget):
    """One reading. Without a limit its name and unit are typed."""

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, shown: ItemShown, limit: Limit | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._limit = limit
        self._judged: Judged | None = None
        self.name_edit: QLineEdit | None = None
        self.unit_edit: QLineEdit | None = None
        self.unit_box: QComboBox | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        name = limit.name if limit else tr("读数")
        self.value_edit = self._edit(tr("{name}的读数", name=name), tr("读数"), _VALUE_WIDTH)
        self.point_edit = self._edit(tr("{name}的测点", name=name), tr("测点"), _POINT_WIDTH)
        self.verdict = Elided("", self)
        self.limit_label = Elided("", self)
        self.limit_label.setProperty("look", "note")
        grid.addWidget(self._make_name(name), 0, 0)
        grid.addWidget(self.value_edit, 0, 1)
        grid.addWidget(self._make_unit(name), 0, 2)
        grid.addWidget(self.point_edit, 0, 3)
        self._said = QWidget(self)
        self._said_box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._said)
        self._said_box.setContentsMargins(0, 0, 0, 0)
        self._said_box.setSpacing(0)
        self._said_box.addWidget(self.verdict)
        self._said_box.addWidget(self.limit_label)
        grid.addWidget(self._said, 0, 4, Qt.AlignmentFlag.AlignVCenter)
        self._grid = grid
        grid.setColumnStretch(4, 1)
        self._judge()

    @property
    def others(self) -> list[QWidget]:
        """What comes in the Tab order behind all values."""
        found = [self.unit_edit, self.unit_box, self.point_edit]
        return [one for one in found if one is not None]

    @property
    def first_edit(self) -> QWidget:
        """Where one begins to write."""
        if self.name_edit is not None and not self.name_edit.text().strip():
            return self.name_edit
        return self.value_edit

    @property
    def is_breach(self) -> bool:
        return self._judged is not None and self._judged.verdict.is_breach

    @property
    def has_problem(self) -> bool:
        text = self.value_edit.text().strip()
        return bool(text) and _number(text) is None

    @property
    def said(self) -> str:
        """氧 18.2 %VOL 低于下限（19.5～23.5 %VOL）."""
        judged = self._judged
        if judged is None or judged.limit is None:
            return ""
        value = f"{self.value_edit.text().strip()} {self._unit_label()}".strip()
        return tr(
            "{name} {value} {verdict}（{limit}）",
            name=judged.limit.name, value=value, verdict=judged.verdict.label, limit=judged.limit.text,
        )  # fmt: skip

    def fill(self, stored: ReadingState) -> None:
        from safetydesk.workflows.walking_items import unit_label

        self.value_edit.setText(f"{stored.value:.10g}")
        self.point_edit.setText(stored.point)
        if self.unit_box is not None:
            at = self.unit_box.findData(stored.unit)
            if at < 0:
                self.unit_box.addItem(unit_label(stored.unit), stored.unit)
                at = self.unit_box.count() - 1
            self.unit_box.setCurrentIndex(at)
        if self.unit_edit is not None:
            self.unit_edit.setText(stored.unit)
        if self.name_edit is not None:
            self.name_edit.setText(stored.gas)
        self._judge()

    def reading(self) -> ReadingInput | None:
        from safetydesk.workflows.answering import ReadingInput

        value = _number(self.value_edit.text())
        if value is None:
            return None
        return ReadingInput(value, self._unit() or None, self._gas() or None, self.point_edit.text().strip() or None)

    # --- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the fields, what the limit says goes below them."""
        super().resizeEvent(event)
        below = event.size().width() < theme.scaled(_NARROW)
        if below != (self._said_box.direction() is QBoxLayout.Direction.LeftToRight):
            self._grid.removeWidget(self._said)
            self._grid.addWidget(self._said, *((1, 1, 1, 4) if below else (0, 4, 1, 1)), Qt.AlignmentFlag.AlignVCenter)
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._said_box.setDirection(across if below else down)
            self._said_box.setSpacing(Space.S if below else 0)
            self.limit_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self.verdict.setSizePolicy(
                QSizePolicy.Policy.Maximum if below else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
            )

    def _make_name(self, name: str) -> QWidget:
        if self._limit is not None:
            label = Elided(name, self)
            label.setFixedWidth(theme.scaled(_NAME_WIDTH))
            return label
        self.name_edit = self._edit(tr("测的是什么"), tr("测的是什么"), _NAME_WIDTH)
        return self.name_edit

    def _make_unit(self, name: str) -> QWidget:
        from safetydesk.workflows.walking_items import unit_label

        if self._limit is None:
            self.unit_edit = self._edit(tr("单位"), tr("单位"), _UNIT_WIDTH)
            return self.unit_edit
        units = list(_FAMILIES.get(self._limit.unit, (self._limit.unit,)))
        if self._limit.ppm is not None:
            units.append("ppm")
        if len(units) == 1:
            label = muted_label(unit_label(units[0]), self)
            label.setFixedWidth(theme.scaled(_UNIT_WIDTH))
            return label
        self.unit_box = QComboBox(self)
        self.unit_box.setAccessibleName(tr("{name}的单位", name=name))
        self.unit_box.setFixedWidth(theme.scaled(_UNIT_WIDTH))
        for unit in units:
            self.unit_box.addItem(unit_label(unit), unit)
        self.unit_box.currentIndexChanged.connect(self._on_edited)
        return self.unit_box

    def _edit(self, name: str, placeholder: str, width: int) -> _ReadingEdit:
        edit = _ReadingEdit(self)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(placeholder)
        edit.setFixedWidth(theme.scaled(width))
        edit.textEdited.connect(self._on_edited)
        edit.entered.connect(self.entered)
        edit.left.connect(self.left)
        return edit

    def _unit(self) -> str:
        if self.unit_box is not None:
            return str(self.unit_box.currentData())
        if self.unit_edit is not None:
            return self.unit_edit.text().strip()
        return self._limit.unit if self._limit else ""

    def _unit_label(self) -> str:
        from safetydesk.workflows.walking_items import unit_label

        return unit_label(self._unit())

    def _gas(self) -> str:
        if self._limit is not None:
            return self._limit.gas
        return self.name_edit.text().strip() if self.name_edit is not None else ""

    @Slot()
    def _on_edited(self) -> None:
        self._judge()
        self.edited.emit()

    def _judge(self) -> None:
        """Say what the limit says, while it is typed."""
        text = self.value_edit.text().strip()
        value = _number(text)
        self._judged = self._judgement(value)
        self._say_limit()
        self._trouble(wrong=bool(text) and value is None)
        if text and value is None:
            self._say(tr("不是一个数"), "major")
        elif self._judged is None:
            self._say("", "muted")
        elif self._judged.verdict is Verdict.WITHIN:
            self._say(tr("合格（换算值，接近限值时再核）") if self._judged.approximate else tr("合格"), "done")
        elif self._judged.verdict.is_breach:
            self._say(self._judged.verdict.label, "major")
        else:
            self._say(_doubt_said(self._judged), "general")

    def _judgement(self, value: float | None) -> Judged | None:
        if value is None:
            return None
        from safetydesk.workflows import walking_words

        try:
            return walking_words.judged(self._shown.item, value, self._unit() or None, self._gas() or None)
        except SafetyDeskError:
            return None

    def _say_limit(self) -> None:
        from safetydesk.workflows.walking_items import limit_shown

        limit = self._judged.limit if self._judged else None
        if limit is None and self._limit is not None:
            limit = next((one for one in self._shown.limits if one.gas == self._limit.gas), limit_shown(self._limit))
        if limit is None:
            self.limit_label.set_whole("")
            return
        source = limit.source or tr("没有查到出处，仅供参考")
        mark = "" if limit.verified or not limit.source else tr("〔待核〕")
        self.limit_label.set_whole(f"{limit.text} · {source}{mark}")

    def _say(self, text: str, look: str) -> None:
        self.verdict.set_whole(text)
        self.verdict.setVisible(bool(text))
        theme.look(self.verdict, look)
        self.value_edit.setAccessibleDescription(f"{text} {self.limit_label.whole}".strip())

    def _trouble(self, *, wrong: bool) -> None:
        wanted = "true" if wrong or self.is_breach else None
        self.value_edit.setProperty("trouble", wanted)
        style = self.value_edit.style()
        style.unpolish(self.value_edit)
        style.polish(self.value_edit)


class _ReadingEdit(QLineEdit):
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _number(text: str) -> float | None:
    """What was typed as a number; full-width digits and a comma or 。 for the point are meant as such."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("。", ".").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if plain[:1] in "0123456789.-+" and abs(value) < 1e12 else None


def _doubt_said(judged: Judged) -> str:
    match judged.doubt:
        case "which":
            return tr("请写明测的是什么")
        case "unit":
            return tr("这个单位没法比，请核对")
        case "impossible":
            return tr("读数不可能为负，请核对仪器")
        case _:
            return tr("没有限值，只作记录")
