"""From a verb to its form, and from the form to the store: what happens in the pane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from safetydesk.ui.hazards.extend_form import ExtendForm
from safetydesk.ui.hazards.model import HazardsModel, Saved
from safetydesk.ui.hazards.pane import HazardPane
from safetydesk.ui.hazards.picked_photos import KINDS
from safetydesk.ui.hazards.recheck_form import RecheckForm
from safetydesk.ui.hazards.small_forms import CorrectForm, ReasonForm
from safetydesk.ui.places import PapersOfVisit, ShowEnterprise, ShowPaper
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.ui.hazards.forms import PaneForm
    from safetydesk.workflows.hazard_card import HazardCard, Verb


class Doing(QObject):
    """Shows cards and forms in the pane, saves what they say, and leads elsewhere from there."""

    done = Signal(object)  # id of the hazard

    def __init__(self, shell: Shell, model: HazardsModel, pane: HazardPane, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._model = model
        self._pane = pane
        self._window = parent
        model.saved.connect(self._on_model_saved)
        model.refused.connect(self._on_model_refused)
        model.phrases_read.connect(self._on_model_phrases_read)

    def show_card(self, card: HazardCard) -> None:
        view = self._pane.show_card(card, self._model.today)
        view.enterprise_requested.connect(self._on_view_enterprise_requested)
        view.paper_requested.connect(self._on_view_paper_requested)
        view.photo_requested.connect(self._on_view_photo_requested)
        view.take_back_requested.connect(self._on_view_take_back_requested)

    def begin(self, card: HazardCard, verb: str) -> bool:
        """The form for this verb. False where it leads elsewhere, or is not allowed now: that is said."""
        from safetydesk.workflows.hazard_card import Verb

        wanted = Verb(verb)
        if wanted not in card.verbs:
            self._shell.messages.tell(tr("这条隐患{state}，现在不能办这一步。", state=card.hazard.state_label))
            return False
        if wanted is Verb.ISSUE:
            self._shell.go(PapersOfVisit(card.hazard.inspection_id))
            return False
        form = self._make_form(card, wanted)
        form.save_requested.connect(self._on_form_save_requested)
        self._pane.show_form(form, wanted)
        if wanted is Verb.RECHECK:
            self._model.ask_phrases()
        return True

    def _make_form(self, card: HazardCard, verb: Verb) -> PaneForm:
        from safetydesk.workflows.hazard_card import Verb

        today = self._model.today
        match verb:
            case Verb.RECHECK:
                form = RecheckForm(card, today, self._pane)
                form.photos.wanted.connect(self._on_photos_wanted)
                form.photos.dropped.connect(self.add_photos)
                return form
            case Verb.EXTEND:
                return ExtendForm(card, today, self._pane)
            case Verb.CORRECT:
                return CorrectForm(card, today, self._pane)
            case Verb.WITHDRAW:
                hint = tr("误查的才撤回；撤回后不再提醒，也不写进文书，经过里留有记录。")
                return ReasonForm(card, today, tr("撤回这条隐患"), tr("撤回的原因"), hint, self._pane)
            case _:
                hint = tr("销号销错了的，回到“复查未通过”；撤回撤错了的，恢复原样。")
                return ReasonForm(card, today, tr("重新打开"), tr("重新打开的原因"), hint, self._pane)

    def _save(self, form: PaneForm) -> None:
        from safetydesk.workflows.hazard_card import Verb

        hazard_id = form.card.hazard.id
        match form:
            case RecheckForm():
                self._model.recheck(hazard_id, form.recheck())
            case ExtendForm():
                assert form.to is not None
                self._model.extend(hazard_id, form.to, form.reason.text(), form.consent.text())
            case CorrectForm():
                self._model.correct(hazard_id, form.correction())
            case ReasonForm() if Verb.REOPEN in form.card.verbs:
                self._model.reopen(hazard_id, form.reason.text())
            case ReasonForm():
                self._model.withdraw(hazard_id, form.reason.text())

    @Slot(list)
    def add_photos(self, paths: list[Path]) -> None:
        """Read them beside the database; the form shows them when they are there."""
        form = self._pane.form
        if isinstance(form, RecheckForm) and paths:
            form.photos.set_busy(True)
            self._model.read_photos(paths, form.on_photos_read, form.on_photos_failed)

    @Slot()
    def _on_photos_wanted(self) -> None:
        self._shell.files.open_files(tr("添加复查照片"), tr("照片 ({kinds})", kinds=KINDS), self.add_photos)

    @Slot()
    def _on_form_save_requested(self) -> None:
        if self._pane.form is not None:
            self._save(self._pane.form)

    @Slot(object)
    def _on_model_saved(self, saved: Saved) -> None:
        self._pane.drop_form()
        self.done.emit(saved.hazard_id)

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        if self._pane.form is not None:
            self._pane.form.refuse(error)
        else:
            self._shell.messages.trouble(error)

    @Slot(object)
    def _on_model_phrases_read(self, phrases: Any) -> None:
        if isinstance(self._pane.form, RecheckForm):
            self._pane.form.offer(phrases)

    @Slot(object)
    def _on_view_enterprise_requested(self, enterprise_id: UUID) -> None:
        self._shell.go(ShowEnterprise(enterprise_id))

    @Slot(str)
    def _on_view_paper_requested(self, number: str) -> None:
        self._shell.go(ShowPaper(number))

    @Slot(object, int)
    def _on_view_photo_requested(self, photos: list[Any], at: int) -> None:
        from safetydesk.ui.hazards.photos import PhotoViewer

        viewer = PhotoViewer(self._shell, photos, at, self._window)
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.open()

    @Slot(object)
    def _on_view_take_back_requested(self, event_id: UUID) -> None:
        self._model.take_back(event_id)
