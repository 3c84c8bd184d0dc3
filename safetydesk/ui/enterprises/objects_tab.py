"""高风险对象: each confined space, dust collector, furnace ... of the enterprise, and a line to enter one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from safetydesk.domain.enterprise_fields import FLAGS
from safetydesk.ui import icons, theme
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.buttons import icon_button, plain_button, primary_button
from safetydesk.ui.widgets.editors import Choice
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import Elided, muted_label, note_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safetydesk.workflows.enterprise_page import EnterprisePage, ObjectLine

_DETAILS = ("位置", "规格", "备注")  # keys of the stored details, which are shown as they are
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 100


class ObjectForm(QFrame):
    """One more object. What was typed stays until it is saved or cleared."""

    save_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.M)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        self.kind = Field(tr("种类"), Choice({}, self), parent=self)
        self.name = Field(tr("名称"), QLineEdit(self), tr("现场怎么叫就怎么写，如：污水站调节池"), self)
        self.details = {key: Field(tr(key), QLineEdit(self), parent=self) for key in _DETAILS}
        for at, field in enumerate((self.kind, self.name, *self.details.values())):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        self.save_button = primary_button(tr("登记这个对象"), "check", self)
        self.close_button = plain_button(tr("收起"), parent=self)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.close_button.clicked.connect(self.closed)
        row.addWidget(self.save_button)
        row.addWidget(self.close_button)
        row.addStretch()
        column.addLayout(row)
        self.name.left.connect(self._on_name_left)
        self.setMaximumWidth(theme.scaled(theme.LONGEST_LINE))

    def offer(self, kinds: Sequence[str]) -> None:
        """The marks the enterprise bears first: they are what its objects are mostly of."""
        editor = self.kind.editor
        assert isinstance(editor, Choice)
        chosen = editor.key
        editor.clear()
        for kind in kinds:
            editor.addItem(kind, kind)
        if chosen:
            editor.choose(chosen)

    def is_touched(self) -> bool:
        return any(field.text().strip() for field in (self.name, *self.details.values()))

    def clear(self) -> None:
        for field in (self.name, *self.details.values()):
            field.set_text("")
            field.set_error("")

    def check(self) -> bool:
        problem = self._problem()
        self.name.set_error(problem)
        if problem:
            self.name.editor.setFocus()
        return not problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers():
            self._on_save_clicked()
        else:
            self.focusNextChild()

    def _problem(self) -> str:
        text = self.name.text().strip()
        if not text:
            return tr("名称不能空")
        return tr("超过 {most} 个字，请缩短", most=_LONGEST) if len(text) > _LONGEST else ""

    @Slot()
    def _on_name_left(self) -> None:
        if self.is_touched():
            self.name.set_error(self._problem())

    @Slot()
    def _on_save_clicked(self) -> None:
        if self.check():
            self.save_requested.emit()


class ObjectsTab(QWidget):
    add_requested = Signal(str, str, object)  # kind, name, details
    remove_requested = Signal(object)  # ObjectLine

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_button = plain_button(tr("登记高风险对象"), "plus", self)
        self.empty = EmptyState(
            "layout-grid",
            tr("还没有登记高风险对象"),
            tr("每个有限空间、除尘器、熔炼炉、氨机房登记一条，检查时就能逐个去查。"),
            tr("登记高风险对象"),
            parent=self,
        )
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(tr("高风险对象"))
        self._held = held = QWidget(self)
        held.setProperty("look", "clear")
        inner = QVBoxLayout(held)
        inner.setContentsMargins(Space.XL, Space.L, Space.XL, Space.XL)
        inner.setSpacing(Space.M)
        self.form = ObjectForm(held)
        self.form.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        inner.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.form)
        inner.addLayout(self._list)
        inner.addStretch()
        self.area.setWidget(held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area, 1)
        column.addWidget(self.empty, 1)
        self.remove_buttons: dict[str, QWidget] = {}
        self._lines: dict[str, ObjectLine] = {}
        self.add_button.clicked.connect(self.open_form)
        self.empty.action_requested.connect(self.open_form)
        self.form.save_requested.connect(self._on_form_save_requested)
        self.form.closed.connect(self.close_form)

    def show_page(self, page: EnterprisePage) -> None:
        self.form.offer([*page.row.flags, *(flag for flag in FLAGS if flag not in page.row.flags)])
        self._lines = {str(line.id): line for line in page.objects}
        while (item := self._list.takeAt(0)) is not None:
            before = item.widget()
            if before is not None:
                before.hide()
                before.deleteLater()
        self.remove_buttons = {}
        for line in page.objects:
            self._list.addWidget(self._make_line(line, self._held))
        self._show_what_fits()

    @Slot()
    def open_form(self) -> None:
        self.form.show()
        self._show_what_fits()
        self.form.name.editor.setFocus()

    @Slot()
    def close_form(self) -> None:
        """What was typed stays in it."""
        self.form.hide()
        self._show_what_fits()
        self.focus_first()

    def go_back(self) -> bool:
        if self.form.isHidden():
            return False
        self.close_form()
        return True

    def saved(self) -> None:
        """The object is in the ledger: ready for the next one."""
        self.form.clear()
        self.form.name.editor.setFocus()

    def focus_first(self) -> None:
        button = self.empty.button if not self._lines else self.add_button
        (self.form.name.editor if not self.form.isHidden() else button).setFocus()

    def _show_what_fits(self) -> None:
        is_filling = not self.form.isHidden()
        self.empty.setVisible(not self._lines and not is_filling)
        self.area.setVisible(bool(self._lines) or is_filling)
        self.add_button.setVisible(bool(self._lines) and not is_filling)

    def _make_line(self, line: ObjectLine, parent: QWidget) -> QWidget:
        held = QFrame(parent)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        kind = muted_label(line.kind, held)
        kind.setFixedWidth(theme.scaled(110))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(line.name, held))
        if line.details:
            words.addWidget(note_label(" · ".join(f"{key} {said}" for key, said in line.details), held))
        remove = icon_button("trash", tr("从台账里去掉 {name}", name=line.name), held)
        remove.setIcon(icons.icon("trash", Colour.MUTED))
        remove.setProperty("object_id", str(line.id))
        remove.clicked.connect(self._on_remove_clicked)
        self.remove_buttons[str(line.id)] = remove
        row.addWidget(kind)
        row.addLayout(words, 1)
        row.addWidget(remove)
        column.addLayout(row)
        rule = QFrame(held)
        rule.setProperty("look", "line")
        column.addWidget(rule)
        return held

    @Slot()
    def _on_remove_clicked(self) -> None:
        sender = self.sender()
        line = self._lines.get(str(sender.property("object_id"))) if sender is not None else None
        if line is not None:
            self.remove_requested.emit(line)

    @Slot()
    def _on_form_save_requested(self) -> None:
        form = self.form
        details = {key: field.text() for key, field in form.details.items()}
        self.add_requested.emit(form.kind.text(), form.name.text().strip(), details)
