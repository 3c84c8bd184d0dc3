"""The statement of fact as the notice will print it, while it is being filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from safetydesk.domain.finding_text import PLACE
from safetydesk.ui.inspection.finding_words import gap_label
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.labels import note_label, text_label

if TYPE_CHECKING:
    from safetydesk.workflows.walking_words import FindingPreview


class FindingPreviewBox(QFrame):
    """The sentence, and what it still lacks to say more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        box.setSpacing(Space.XS)
        self._text = text_label("", self)
        self._missing = note_label("", self)
        for label in (note_label(tr("文书上这样写"), self), self._text, self._missing):
            box.addWidget(label)

    @property
    def said(self) -> str:
        return self._text.text()

    @property
    def missing(self) -> str:
        return self._missing.text()

    def show_preview(self, preview: FindingPreview) -> None:
        self._text.setText(preview.text)
        asked = "、".join(gap_label(gap) for gap in preview.open_gaps if gap != PLACE)
        self._missing.setText(tr("还没有写明：{what}。空着就按上面这样印。", what=asked) if asked else "")
        self._missing.setVisible(bool(asked))
