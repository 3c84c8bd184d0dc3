"""Who one is, and what the unit may do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safetydesk.domain.kinds import LABELS, Power
from safetydesk.ui.first_start.cards import CardChoice, Choice
from safetydesk.ui.first_start.step import Notice
from safetydesk.ui.settings.fields import line
from safetydesk.ui.settings.model import BADGE, NAME, UNIT, SettingsModel
from safetydesk.ui.settings.section import Section
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.labels import note_label
from safetydesk.workflows.settings import is_named_like_an_office
from safetydesk.workflows.settings_view import PowerChoice, SettingsView

_POWER = "unit.power"


class UnitSection(Section):
    """Unit, own name, badge. What was issued keeps what it was issued with."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("单位与人员"), tr("改过以后，新开始的检查和新签发的文书用新的；已经签发的不会变。"), model, parent
        )
        self.add_field(UNIT, tr("单位名称"), line(), tr("写全称，文书上照这样印。"))
        self.add_field(NAME, tr("本人姓名"), line(), tr("检查人员的姓名，印在文书上。"))
        self.add_field(BADGE, tr("证件号"), line(), tr("执法证号或工作证号；空着的，文书上留空手写。"))
        self.role_label = note_label("", self)
        self.column.addWidget(self.role_label)
        self.column.addStretch()

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        super().show_view(view)
        said = tr("这台电脑的身份：{role}。身份在第一次使用时选定，不能改。", role=tr(LABELS[view.role]))
        self.role_label.setText(said)


class PowerSection(Section):
    """What the unit may do by law; it decides which papers there are."""

    papers_requested = Signal()  # the section where the missing names are filled in

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("执法权限"),
            tr("镇街和安全员能开什么文书，由法律和上级决定。拿不准的，选“无执法权”，并问县级应急管理部门。"),
            model,
            parent,
        )
        self.cards: CardChoice | None = None
        self._view: SettingsView | None = None
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.warning = Notice("warning", "triangle-alert", Colour.GENERAL, parent=self)
        self.warning.hide()
        self.papers_button = quiet_button(tr("到“文书与文号”里填写"), "arrow-right", self.warning)
        self.papers_button.clicked.connect(self.papers_requested)
        self.warning.words.addWidget(self.papers_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.warning)
        self.column.addStretch()
        model.powers_read.connect(self._on_powers_read)

    def begin(self) -> None:
        if self.cards is None:
            self.model.read_powers()

    def focus_first(self) -> bool:
        if self.cards is not None:
            self.cards.focus_choice()
        return self.cards is not None

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        self._view = view
        if self.cards is not None:
            self.cards.show_choice(view.values[_POWER])
        self._warn()

    @Slot(object)
    def _on_powers_read(self, powers: tuple[PowerChoice, ...]) -> None:
        if self.cards is not None:
            return
        choices = [Choice(one.power.value, one.title, one.papers) for one in powers]
        self.cards = CardChoice(tr("执法权限"), choices, self)
        for one in powers:
            card = self.cards.cards[one.power.value]
            card.add_words(note_label(one.condition, card))
            card.add_words(note_label(tr("依据：{sources}", sources=_sources(one)), card))
        self.cards.chosen.connect(self._on_cards_chosen)
        self._place.addWidget(self.cards)
        if self._view is not None:
            self.show_view(self._view)

    @Slot(str)
    def _on_cards_chosen(self, power: str) -> None:
        before = str(self._view.values[_POWER]) if self._view is not None else ""
        self.model.save(_POWER, power, before, tr("执法权限"))

    def _warn(self) -> None:
        said, is_gap = _warning(self._view)
        self.warning.say(said)
        self.papers_button.setVisible(is_gap)


def _sources(choice: PowerChoice) -> str:
    return "；".join(one.name if one.verified else f"{one.name}〔{tr('待核')}〕" for one in choice.sources)


def _warning(view: SettingsView | None) -> tuple[str, bool]:
    """What does not fit the power in force, and whether it is something left blank."""
    if view is None:
        return "", False
    values = view.values
    match Power(values[_POWER]):
        case Power.FULL if is_named_like_an_office(view.unit):
            said = tr("处罚权是交给镇人民政府、街道办事处的，而单位名称现在是“{unit}”。", unit=view.unit)
            return said + tr("请核对：文书要以镇人民政府或街道办事处的名义出。"), False
        case Power.FULL if not (values["unit.remedy_authority"] and values["unit.remedy_court"]):
            return tr("还没有写行政复议机关和受理诉讼的法院，责令类文书上这两处会留空，要手写。"), True
        case Power.DELEGATED if not values["unit.delegating_authority"]:
            return tr("还没有写委托机关，责令类文书要以它的名义出，现在会留空，要手写。"), True
        case _:
            return "", False
