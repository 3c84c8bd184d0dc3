"""One section of the settings: a heading, and fields that save themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from safetydesk.ui.settings.fields import SettingField
from safetydesk.ui.settings.model import BADGE, NAME, UNIT, SettingsModel
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.forms import Editor
from safetydesk.ui.widgets.labels import heading, muted_label
from safetydesk.workflows.settings_view import SettingsView


class Section(QWidget):
    """Built when it is first looked at. `show_view` says what is in force."""

    def __init__(self, title: str, text: str, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.fields: dict[str, SettingField] = {}
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, Space.XXL)
        self.column.setSpacing(Space.L)
        self.column.addWidget(heading(title, self))
        if text:
            said = muted_label(text, self)
            said.setWordWrap(True)
            self.column.addWidget(said)
        model.loaded.connect(self.show_view)
        model.saved.connect(self._on_model_saved)
        model.refused.connect(self._on_model_refused)

    def begin(self) -> None:
        """Somebody looks at it: ask for what it needs besides the settings."""

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        for key, field in self.fields.items():
            field.show_stored(stored_text(view, key))

    def focus_first(self) -> bool:
        """Put the focus into the first field. False where there is none."""
        field = next(iter(self.fields.values()), None)
        if field is not None:
            field.editor.setFocus()
        return field is not None

    def add_field(
        self, key: str, label: str, editor: Editor, hint: str = "", into: QVBoxLayout | None = None
    ) -> SettingField:
        field = SettingField(key, label, editor, hint, self)
        field.save_requested.connect(self._on_field_save_requested)
        self.fields[key] = field
        (into or self.column).addWidget(field)
        return field

    def add_line(self) -> None:
        line = QFrame(self)
        line.setProperty("look", "line")
        self.column.addWidget(line)

    @Slot(str)
    def _on_field_save_requested(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self.model.save(field.key, text, field.stored, field.label.text())

    @Slot(str)
    def _on_model_saved(self, key: str) -> None:
        if key in self.fields:
            self.fields[key].show_saved()

    @Slot(str, object)
    def _on_model_refused(self, key: str, error: Exception) -> None:
        if key in self.fields:
            self.fields[key].show_refused(error)


def stored_text(view: SettingsView, key: str) -> str:
    own: dict[str, Any] = {UNIT: view.unit, NAME: view.officer, BADGE: view.badge}
    value = own[key] if key in own else view.values[key]
    return "" if value is None else str(value)
