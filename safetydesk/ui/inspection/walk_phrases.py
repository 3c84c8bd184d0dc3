"""Words to offer for a finding: those of earlier visits, and the initials by which all of them are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from safetydesk.ui.inspection.finding_form import FindingForm
from safetydesk.ui.shell import Latest, Shell

if TYPE_CHECKING:
    from uuid import UUID

    from safetydesk.workflows.walking_words import Phrase


class PhraseLoader(QObject):
    """Asks for one item at a time; what comes late for another is dropped."""

    def __init__(self, shell: Shell, form: FindingForm, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._asking = Latest(shell, self)
        self._making = Latest(shell, self)

    def warm_up(self) -> None:
        """Load what makes initials before the first word is typed."""
        self._making.pool(_warm, self._on_warm)

    def ask(self, item: str, inspection_id: UUID) -> None:
        """The words for this item, and then the initials of everything that the form offers."""
        self._making.drop()

        def read(session: Any, _progress: object) -> Any:
            from safetydesk.workflows import walking_words

            return walking_words.phrases(session, item, inspection_id)

        self._asking.read(read, self._on_phrases_read)

    def drop(self) -> None:
        self._asking.drop()
        self._making.drop()

    @Slot(object)
    def _on_warm(self, _nothing: object) -> None:
        pass

    @Slot(object)
    def _on_phrases_read(self, phrases: tuple[Phrase, ...]) -> None:
        self._form.set_phrases(phrases, {})
        labels = self._form.offered_labels()

        def make(_progress: object) -> Any:
            from safetydesk.workflows import walking_words

            return phrases, walking_words.initials_of(labels)

        self._making.pool(make, self._on_initials_made)

    @Slot(object)
    def _on_initials_made(self, made: tuple[tuple[Phrase, ...], dict[str, str]]) -> None:
        self._form.set_phrases(*made)


def _warm(_progress: object) -> None:
    from safetydesk.workflows import walking_words

    walking_words.initials_of(("部位",))
