"""Fields of the ledger as something to type into, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QLineEdit, QWidget

from safetydesk.domain import enterprise_fields as ledger
from safetydesk.domain.enterprise_fields import FieldProblem, Kind
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.editors import Choice, Lines
from safetydesk.ui.widgets.forms import Field

_COLUMNS = 4
_YES, _NO = "是", "否"  # as parse reads them and value_text writes them


def usual_sections() -> list[tuple[str, tuple[str, ...]]]:
    """The fields that nearly every ledger has, in the order in which one asks for them on the spot."""
    return [
        (tr("是谁，在哪里"), ("name", "uscc", "short_name", "village", "zone", "address", "registered_address")),
        (
            tr("找谁"),
            (
                *("contact", "phone", "principal", "principal_phone"),
                *("safety_manager", "safety_manager_phone", "legal_person", "legal_person_phone"),
            ),
        ),
        (
            tr("做什么，多大"),
            (
                *("industry", "industry_code", "kind", "operating_state"),
                *("headcount", "revenue", "above_threshold", "premises", "landlord"),
            ),
        ),
        (tr("风险"), ("risk",)),
        (tr("备注"), ("note",)),
    ]


def make_field(field: ledger.Field, offered: Sequence[str] = (), parent: QWidget | None = None) -> Field:
    """An editor that fits the kind of the field; `offered` are words to choose from while typing."""
    made = Field(field.header, _editor(field, offered, parent), parent=parent)
    made.setProperty("key", field.key)
    return made


def _editor(field: ledger.Field, offered: Sequence[str], parent: QWidget | None) -> QLineEdit | Choice | Lines:
    match field.kind:
        case Kind.LONG_TEXT:
            return Lines(3, parent)
        case Kind.CHOICE:
            return Choice({"": tr("（未填）")} | {one: one for one in field.choices}, parent)
        case Kind.YES_NO:
            return Choice({"": tr("（未填）"), _YES: tr("是"), _NO: tr("否")}, parent)
        case _:
            edit = QLineEdit(parent)
            if field.kind is Kind.DATE:
                edit.setPlaceholderText(tr("年-月-日"))
            if offered:
                completer = QCompleter(list(offered), edit)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                edit.setCompleter(completer)
            return edit


def put_text(made: Field, text: str) -> None:
    """Show a value; one that is none of the choices any more is shown all the same."""
    editor = made.editor
    if isinstance(editor, Choice) and editor.findData(text) < 0:
        editor.addItem(text, text)
    made.set_text(text)


def problem_with(field: ledger.Field, text: str) -> str:
    """What is wrong with what was typed, or nothing."""
    try:
        value = ledger.parse(field, text)
    except FieldProblem as problem:
        return ledger.reason_text(problem)
    return tr("企业名称不能空") if field.key == "name" and not value else ""


def value_of(field: ledger.Field, text: str) -> Any:
    """The value of a text without problems; nothing for no text."""
    return ledger.parse(field, text)


class FlagBoxes(QWidget):
    """The high-risk marks, each to be ticked. Marks of a newer program are kept as they are."""

    changed = Signal()

    def __init__(self, flags: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("风险标志"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(0)
        self.boxes: dict[str, QCheckBox] = {}
        self._others: list[str] = []
        for at, flag in enumerate(flags):
            box = QCheckBox(flag, self)
            box.toggled.connect(self.changed)
            grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
            self.boxes[flag] = box

    def ticked(self) -> list[str]:
        return [flag for flag, box in self.boxes.items() if box.isChecked()] + self._others

    def tick(self, flags: Iterable[str]) -> None:
        wanted = list(flags)
        self._others = [flag for flag in wanted if flag not in self.boxes]
        was = self.blockSignals(True)
        for flag, box in self.boxes.items():
            box.setChecked(flag in wanted)
        self.blockSignals(was)
