"""The form of an enterprise: the usual fields, those that are filled in besides, and any other that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from safetydesk.domain import enterprise_fields as ledger
from safetydesk.domain.enterprise_fields import BY_KEY, FIELDS, FLAGS, Stored
from safetydesk.ui import theme
from safetydesk.ui.enterprises.form_fields import (
    FlagBoxes,
    make_field,
    problem_with,
    put_text,
    usual_sections,
    value_of,
)
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button, primary_button
from safetydesk.ui.widgets.editors import Choice
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import emphasis, muted_label, note_label

Draft = dict[str, str]  # what was typed, by key; marks joined by 、

_FLAGS = "flags"
_WIDE = frozenset({"name", "address", "registered_address", "note"})
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterpriseForm(QWidget):
    """What is wrong is said beside the field as one leaves it. Nothing is lost until it is saved or given up."""

    save_requested = Signal()
    give_up_requested = Signal()
    name_left = Signal(str)  # the name was typed: is there one already?
    code_left = Signal(str)
    changed = Signal()

    def __init__(self, save_word: str, give_up_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count_text: Callable[[int], str] = _changed_text
        self.fields: dict[str, Field] = {}
        self._before: Draft = {}
        self._villages: Sequence[str] = ()
        self._is_filling = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._make_content())
        outer.addWidget(self.area, 1)
        outer.addWidget(self._make_foot(save_word, give_up_word))
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_requested)

    # --- what is in it

    def fill(self, values: Mapping[str, Any], draft: Mapping[str, str] | None = None) -> None:
        """Begin with the stored values; a draft of what was typed before goes over them."""
        self._is_filling = True
        filled = {key for key, value in values.items() if value not in (None, "", [])}
        self._show_extras([key for key in BY_KEY if key in filled | (draft or {}).keys()])
        for key, field in self.fields.items():
            put_text(field, ledger.value_text(values.get(key)))
            if key == "name":
                field.set_hint("")
            if field.has_trouble:
                field.set_error("")
        self.flags.tick(values.get(_FLAGS) or [])
        self._before = self._typed()
        for key, text in (draft or {}).items():
            if key == _FLAGS:
                self.flags.tick(text.split("、") if text else [])
            else:
                put_text(self.fields[key], text)
        self._is_filling = False
        self._show_count()

    def offer_villages(self, villages: Sequence[str]) -> None:
        """Words to choose from in the field of the village."""
        from PySide6.QtWidgets import QCompleter

        editor = self.fields["village"].editor
        if isinstance(editor, QLineEdit) and list(villages) != list(self._villages):
            self._villages = list(villages)
            completer = QCompleter(list(villages), editor)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)

    def draft(self) -> Draft:
        """What differs from what was there."""
        return {key: text for key, text in self._typed().items() if text != self._before.get(key, "")}

    def is_touched(self) -> bool:
        return bool(self.draft())

    def values(self) -> dict[str, Any]:
        """The values of what differs; asked after `check` found nothing wrong."""
        return {
            key: self.flags.ticked() if key == _FLAGS else value_of(BY_KEY[key], text)
            for key, text in self.draft().items()
        }

    # --- what is wrong with it

    def check(self) -> bool:
        """True if all is well; else the first trouble has the keyboard."""
        for key in self.fields:
            self._look_at(key)
        return self.focus_trouble()

    def set_trouble(self, key: str, text: str) -> None:
        """Why a save was refused, beside the field it is about."""
        self.fields[key].set_error(text)
        self.focus_trouble()

    def set_hint(self, key: str, text: str) -> None:
        self.fields[key].set_hint(text)

    def focus_trouble(self) -> bool:
        troubled = next((field for field in self._in_order() if field.has_trouble), None)
        if troubled is not None:
            troubled.editor.setFocus()
            self.area.ensureWidgetVisible(troubled)
        return troubled is None

    def focus_field(self, key: str) -> None:
        """Put the keyboard into a field; one that is not in the form comes into it."""
        if key == _FLAGS:
            box = next(iter(self.flags.boxes.values()))
            box.setFocus()
            self.area.ensureWidgetVisible(self.flags)
            return
        if key not in self.fields:
            self._add_extra(key)
            self._before[key] = ""
        editor = self.fields[key].editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(self.fields[key])

    def focus_first(self) -> None:
        if not self.is_touched() or self.focus_trouble():
            self.fields["name"].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as in a table of Excel."""
        if event.key() in _ENTER and not event.modifiers():
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    # --- laid out

    def _make_content(self) -> QWidget:
        content = QWidget(self)
        content.setProperty("look", "clear")
        row = QHBoxLayout(content)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.XL)
        held = QWidget(content)
        held.setMaximumWidth(theme.scaled(theme.LONGEST_LINE))
        self._held = held
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for title, keys in usual_sections():
            column.addWidget(emphasis(title, held))
            column.addLayout(self._make_grid(keys, held))
            if "risk" in keys:
                column.addWidget(note_label(BY_KEY[_FLAGS].label, held))
                self.flags = FlagBoxes(FLAGS, held)
                self.flags.changed.connect(self._on_changed)
                column.addWidget(self.flags)
            column.addSpacing(Space.S)
        self._extra_title = emphasis(tr("其他栏目"), held)
        column.addWidget(self._extra_title)
        self._extra = QGridLayout()
        self._dress_grid(self._extra)
        column.addLayout(self._extra)
        self.more_choice = Choice({}, held)
        self.more_choice.setAccessibleName(tr("再填一栏"))
        self.more_choice.setMaximumWidth(theme.scaled(theme.LONGEST_LINE // 2))
        self.more_choice.activated.connect(self._on_more_choice_activated)
        column.addWidget(self.more_choice)
        column.addStretch()
        row.addWidget(held, 1)
        row.addStretch()
        self._offer_more()
        return content

    def _make_grid(self, keys: Sequence[str], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        self._dress_grid(grid)
        at = 0
        for key in keys:
            field = self._make(key, parent)
            wide = key in _WIDE
            at += at % 2 if wide else 0
            grid.addWidget(field, at // 2, at % 2, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            at += 2 if wide else 1
        return grid

    def _dress_grid(self, grid: QGridLayout) -> None:
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _make(self, key: str, parent: QWidget) -> Field:
        field = make_field(BY_KEY[key], parent=parent)
        field.left.connect(self._on_field_left)
        field.changed.connect(self._on_changed)
        self.fields[key] = field
        return field

    def _make_foot(self, save_word: str, give_up_word: str) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("look", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        row.setSpacing(Space.S)
        self.save_button = primary_button(save_word, "check", foot)
        self.save_button.setToolTip("Ctrl+S")
        self.give_up_button = plain_button(give_up_word, parent=foot)
        self.save_button.clicked.connect(self.save_requested)
        self.give_up_button.clicked.connect(self.give_up_requested)
        self._count_label = muted_label("", foot)
        row.addWidget(self.save_button)
        row.addWidget(self.give_up_button)
        row.addWidget(self._count_label, 1)
        return foot

    # --- fields besides the usual ones

    def _extra_keys(self) -> set[str]:
        usual = {key for _, keys in usual_sections() for key in keys}
        return self.fields.keys() - usual

    def _show_extras(self, keys: Sequence[str]) -> None:
        """Of these the ones that are not among the usual, and no others."""
        usual = self.fields.keys() - self._extra_keys()
        wanted = [key for key in keys if key not in usual and key != _FLAGS]
        if wanted == [key for key in self.fields if key not in usual]:
            return
        for key in self._extra_keys() - set(wanted):
            gone = self.fields.pop(key)
            gone.hide()
            gone.deleteLater()
        for at, key in enumerate(wanted):
            field = self.fields.pop(key, None) or self._make(key, self._held)
            self.fields[key] = field  # in the order in which they stand
            self._extra.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self._offer_more()

    def _add_extra(self, key: str) -> None:
        field = self._make(key, self._held)
        at = len(self._extra_keys()) - 1
        self._extra.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self._offer_more()

    def _offer_more(self) -> None:
        """What can still be filled in."""
        self.more_choice.clear()
        self.more_choice.addItem(tr("再填一栏……"), "")
        for field in FIELDS:
            if field.key not in self.fields and field.key != _FLAGS and field.stored is not Stored.DERIVED:
                self.more_choice.addItem(field.header, field.key)

    def _in_order(self) -> list[Field]:
        return list(self.fields.values())

    def _typed(self) -> Draft:
        return {key: field.text().strip() for key, field in self.fields.items()} | {
            _FLAGS: "、".join(self.flags.ticked())
        }

    def _look_at(self, key: str) -> None:
        field = self.fields[key]
        text = field.text()
        unchanged = text.strip() == self._before.get(key, "") and key != "name"
        field.set_error("" if unchanged else problem_with(BY_KEY[key], text))

    def _show_count(self) -> None:
        count = len(self.draft())
        self._count_label.setText(self.count_text(count) if count else "")

    # --- slots

    @Slot()
    def _on_field_left(self) -> None:
        sender = self.sender()
        key = next((key for key, field in self.fields.items() if field is sender), None)
        if key is None:
            return
        self._look_at(key)
        field = self.fields[key]
        text = field.text().strip()
        if field.has_trouble or text == self._before.get(key, ""):
            return
        if key == "name":
            self.name_left.emit(text)
        elif key == "uscc" and text:
            self.code_left.emit(str(value_of(BY_KEY[key], text) or ""))

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_filling:
            self._show_count()
            self.changed.emit()

    @Slot(int)
    def _on_more_choice_activated(self, _at: int) -> None:
        key = self.more_choice.key
        if key:
            self.focus_field(key)


def _changed_text(count: int) -> str:
    return tr("改了 {count} 处，还没有保存", count=count)
