"""A form and what the ledger answers to it: who bears the name already, why a save was refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from safetydesk.ui.enterprises.form import EnterpriseForm
from safetydesk.ui.enterprises.page_model import EnterprisePageModel
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from safetydesk.workflows.searching import FoundEnterprise


class FormAnswers(QObject):
    """Puts the answers beside the fields they are about. Only one form is in use at a time."""

    def __init__(self, shell: Shell, form: EnterpriseForm, model: EnterprisePageModel, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._form = form
        self._model = model
        self.besides: UUID | None = None  # the enterprise that is edited: its own name is no other's
        form.name_left.connect(self._on_form_name_left)
        form.code_left.connect(self._on_form_code_left)
        model.name_looked_up.connect(self._on_model_name_looked_up)
        model.code_looked_up.connect(self._on_model_code_looked_up)
        model.refused.connect(self._on_model_refused)

    @property
    def _is_in_use(self) -> bool:
        return self._form.isVisible()

    @Slot(str)
    def _on_form_name_left(self, name: str) -> None:
        self._model.look_up_name(name, self.besides)

    @Slot(str)
    def _on_form_code_left(self, code: str) -> None:
        self._model.look_up_code(code, self.besides)

    @Slot(str, object)
    def _on_model_name_looked_up(self, name: str, known: Sequence[FoundEnterprise]) -> None:
        """Two may bear one name; it is said, not forbidden."""
        if not self._is_in_use or self._form.fields["name"].text().strip() != name:
            return
        if not known:
            self._form.set_hint("name", "")
            return
        where = "、".join(one.village or tr("没有写村") for one in known)
        self._form.set_hint("name", tr("台账里已有同名企业（{where}），请看是不是同一家。", where=where))

    @Slot(str, object)
    def _on_model_code_looked_up(self, code: str, known: FoundEnterprise | None) -> None:
        field = self._form.fields["uscc"]
        if self._is_in_use and known is not None and code in field.text().upper():
            field.set_error(tr("{name} 已经用了这个代码。", name=known.name))

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        """Beside its field if it is about one; what was typed stays."""
        if not self._is_in_use:
            return
        code = getattr(error, "code", "")
        facts = getattr(error, "facts", {})
        if code == "enterprise_exists":
            self._form.set_trouble("uscc", tr("{name} 已经用了这个代码。", name=facts.get("name", "")))
        elif code == "name_missing":
            self._form.set_trouble("name", tr("企业名称不能空"))
        else:
            self._shell.messages.trouble(error)
