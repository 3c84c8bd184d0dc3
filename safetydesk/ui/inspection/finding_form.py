"""What is said of a fail: which fault, its gaps, place, level, deadline, measure, note, and the sentence as it will print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from safetydesk.domain.checklist import Concerns
from safetydesk.domain.finding_choices import MEASURE, SENTENCE, is_open, still_to_name
from safetydesk.domain.finding_text import MEASURED, PLACE, gaps
from safetydesk.domain.kinds import Level
from safetydesk.ui.inspection.deadline_edit import DeadlineEdit
from safetydesk.ui.inspection.finding_preview import FindingPreviewBox
from safetydesk.ui.inspection.finding_words import criteria_said, gap_label
from safetydesk.ui.inspection.level_choice import LevelChoice
from safetydesk.ui.inspection.phrase_edit import Offer, PhraseEdit
from safetydesk.ui.inspection.small_fields import FillChips, GrowingText, Row
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.labels import note_label

if TYPE_CHECKING:
    from safetydesk.workflows.walking_shapes import AnswerState, ItemShown
    from safetydesk.workflows.walking_words import LevelShown, Phrase

NOTE = "备注"
_MOST_PLACES = 6


@dataclass(frozen=True)
class FindingValues:
    """What the form says now. An empty text says nothing."""

    note: str = ""
    place: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    deadline: date | None = None


class FindingForm(QWidget):
    """Opens below an item that failed. Enter goes on to the next item, Tab to the next field."""

    edited = Signal()  # something is different: the sentence may be, too
    left = Signal(str)  # a field was left: the moment to store
    entered = Signal()
    level_chosen = Signal()
    level_shown = Signal(object)  # Level

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ItemShown | None = None
        self._decided: Level | None = None
        self._gaps: dict[str, PhraseEdit] = {}
        self._gap_chips: dict[str, FillChips] = {}
        self._gap_rows: list[Row] = []
        self._phrases: Sequence[Phrase] = ()
        self._initials: Mapping[str, str] = {}
        self._places: Sequence[str] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._make_fields()

    # --- what it shows

    def show_item(
        self, shown: ItemShown, state: AnswerState | None, start: date, places: Sequence[str]
    ) -> None:  # fmt: skip
        """The fields of this item, filled with what is stored."""
        same = self._shown is not None and self._shown.id == shown.id
        self._shown = shown
        self._places = tuple(places)
        if not same:
            self._phrases, self._initials = (), {}
            self._make_gaps(shown)
            self._sentence_chips.show_words([(one.sentence, one.label) for one in shown.alternatives])
        filled = dict(state.filled) if state else {}
        self.sentence_edit.setText(self._label_of(filled.get(SENTENCE, "")))
        for gap, edit in self._gaps.items():
            edit.setText(filled.get(gap, ""))
        self.place_edit.setText(state.place if state else "")
        self.measure_edit.set_text(filled.get(MEASURE, "") or shown.item.measure)
        self.note_edit.set_text(state.note if state else "")
        self.deadline_edit.show_deadline(start, shown.item.days, state.deadline if state else None)
        self._decided = state.level if state else None
        own = shown.item.concerns is Concerns.OFFICER
        for row in (self._sentence_row, self._place_row, self._level_row, self._deadline_row, self._measure_row):
            row.setVisible(not own)
        self._own_note.setVisible(own)
        self.note_edit.setPlaceholderText(tr("只作记录") if own else tr("现场的话、当场怎么处理的，印在问题后面"))
        self.preview.setVisible(not own)
        self._fill_offers()
        self._show_marks()
        self.say_deadline()

    def show_level(self, level: LevelShown) -> None:
        """The level, and every criterion that this item bears on, in words."""
        self.level_choice.show_level(level.level, self._decided)
        self.level_shown.emit(level.level)
        self._criteria.setText("\n".join(criteria_said(level)))
        self._criteria.setVisible(bool(self._criteria.text()))
        other = self._shown.item.other_major if self._shown else None
        self._level_row.say(
            tr("可能另属{kind}方面的重大隐患，由其主管部门判定，可以移送。", kind=other.label) if other else ""
        )

    def set_phrases(self, phrases: Sequence[Phrase], initials: Mapping[str, str]) -> None:
        """Words of earlier visits, and the initials of everything that is offered."""
        self._phrases, self._initials = tuple(phrases), dict(initials)
        self._fill_offers()

    def place_offers(self) -> None:
        """What is scrolled takes its open list along."""
        for edit in (self.sentence_edit, self.place_edit, *self._gaps.values()):
            edit.place_offers()

    def offered_labels(self) -> set[str]:
        """Every text that is offered somewhere, to have its initials made."""
        edits = (self.sentence_edit, self.place_edit, *self._gaps.values())
        return {offer.label for edit in edits for offer in edit.offers}

    # --- what it says

    def values(self) -> FindingValues:
        """As typed; what equals the checklist's own proposal counts as not said."""
        shown = self._shown
        if shown is None:
            return FindingValues()
        filled = {gap: text for gap, edit in self._gaps.items() if (text := edit.text().strip())}
        sentence = self._sentence()
        measure = " ".join(self.measure_edit.text().split())
        if sentence:
            filled[SENTENCE] = sentence
        if measure and measure != shown.item.measure:
            filled[MEASURE] = measure
        return FindingValues(
            note=self.note_edit.text().strip(),
            place=self.place_edit.text().strip(),
            filled=filled,
            level=self._decided,
            deadline=self.deadline_edit.due,
        )

    @property
    def problem(self) -> QWidget | None:
        """The field that cannot be stored as it is."""
        return self.deadline_edit if self.deadline_edit.problem else None

    def say_deadline(self) -> None:
        problem = self.deadline_edit.problem
        self._deadline_row.say(problem or self.deadline_edit.warning, is_error=bool(problem))

    def focus_first(self) -> None:
        """Where filling in begins: which fault, or the first gap that is open."""
        own = self._shown is not None and self._shown.item.concerns is Concerns.OFFICER
        if own:
            self.note_edit.setFocus()
            return
        if self._shown is not None and self._shown.alternatives and not self.sentence_edit.text():
            self.sentence_edit.setFocus()
            return
        edits = [self._gaps[gap] if gap != PLACE else self.place_edit for gap in self._asked()]
        open_one = next((edit for edit in edits if not edit.text().strip()), None)
        (open_one or self.place_edit).setFocus()

    def focus_phrases(self) -> None:
        """Everything that can be taken, in one list."""
        self.sentence_edit.setFocus()
        self.sentence_edit.open_offers()

    # --- making

    def _make_fields(self) -> None:
        self.preview = FindingPreviewBox(self)
        self._own_note = note_label(tr("这一项是提醒检查人员自己的，不写进企业的文书。"), self)

        self.sentence_edit = PhraseEdit(tr("问题：选一种情形，或自己写"), self)
        self.sentence_edit.setPlaceholderText(tr("按检查表的句子；可选情形、打拼音首字母，或自己写"))
        self._sentence_chips = FillChips(self)
        self._rewrite = quiet_button(tr("改写"), parent=self)
        self._rewrite.setToolTip(tr("把现在的句子放进来，自己改（F2）"))
        self._rewrite.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rewrite.clicked.connect(self._on_rewrite_clicked)
        self.sentence_edit.rewrite_requested.connect(self._on_rewrite_clicked)
        line = QWidget(self)
        beside = QHBoxLayout(line)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.XS)
        beside.addWidget(self.sentence_edit, 1)
        beside.addWidget(self._rewrite)
        self._sentence_row = Row(tr("问题"), line, self._sentence_chips, self)

        self.place_edit = PhraseEdit(tr("部位"), self)
        self.place_edit.setPlaceholderText(tr("在哪里，例如 污水站调节池"))
        self._place_chips = FillChips(self)
        self._place_row = Row(tr("部位"), self.place_edit, self._place_chips, self)

        self.level_choice = LevelChoice(self)
        self._criteria = note_label("", self)
        self._level_row = Row(tr("级别"), self.level_choice, self._criteria, self)
        self.deadline_edit = DeadlineEdit(self)
        self._deadline_row = Row(tr("期限"), self.deadline_edit, None, self)
        self.measure_edit = GrowingText(tr("整改措施"), "", self)
        self._measure_row = Row(tr("措施"), self.measure_edit, None, self)
        self.note_edit = GrowingText(tr("备注，印在问题后面"), "", self)
        self._note_row = Row(tr("备注"), self.note_edit, None, self)
        for widget in (self.preview, self._own_note, self._sentence_row, self._place_row):
            self._column.addWidget(widget)
        self._gap_column = QVBoxLayout()
        self._gap_column.setSpacing(Space.S)
        self._column.addLayout(self._gap_column)
        for row in (self._level_row, self._deadline_row, self._measure_row, self._note_row):
            self._column.addWidget(row)
        self._connect()

    def _connect(self) -> None:
        for edit, name, chips in (
            (self.sentence_edit, SENTENCE, self._sentence_chips),
            (self.place_edit, PLACE, self._place_chips),
        ):
            edit.setProperty("field", name)
            chips.setProperty("field", name)
            self._connect_edit(edit)
            chips.clicked.connect(self._on_chip_clicked)
        for text in (self.measure_edit, self.note_edit):
            text.textChanged.connect(self._on_edited)
            text.entered.connect(self.entered)
        self.measure_edit.left.connect(self._on_measure_left)
        self.note_edit.left.connect(self._on_note_left)
        self.deadline_edit.changed.connect(self._on_deadline_changed)
        self.deadline_edit.entered.connect(self.entered)
        self.deadline_edit.left.connect(self._on_deadline_left)
        self.level_choice.chosen.connect(self._on_level_chosen)

    def _connect_edit(self, edit: PhraseEdit) -> None:
        edit.textChanged.connect(self._on_edited)
        edit.picked.connect(self._on_offer_picked)
        edit.entered.connect(self.entered)
        edit.left.connect(self._on_edit_left)

    def _asked(self) -> list[str]:
        """The gaps to be asked for, in the order of the sentence; readings fill theirs by themselves."""
        return [gap for gap in gaps(self._shown.item.finding) if gap != MEASURED] if self._shown else []

    def _make_gaps(self, shown: ItemShown) -> None:
        for row in self._gap_rows:
            self._gap_column.removeWidget(row)
            row.deleteLater()
        self._gap_rows, self._gaps, self._gap_chips = [], {}, {}
        for gap in shown.gaps:
            if gap.gap in (PLACE, MEASURED):
                continue
            edit, chips = PhraseEdit(gap_label(gap.gap), self), FillChips(self)
            edit.setPlaceholderText(gap.gap)
            edit.setProperty("field", gap.gap)
            chips.setProperty("field", gap.gap)
            chips.show_words([(one, one) for one in gap.choices])
            chips.clicked.connect(self._on_chip_clicked)
            self._connect_edit(edit)
            row = Row(gap_label(gap.gap), edit, chips, self)
            self._gap_column.addWidget(row)
            self._gaps[gap.gap], self._gap_chips[gap.gap] = edit, chips
            self._gap_rows.append(row)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        chain: list[QWidget] = [self.sentence_edit, self.place_edit, *self._gaps.values()]
        chain += [self.level_choice, self.deadline_edit.edit, self.measure_edit, self.note_edit]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # --- offers

    def _fill_offers(self) -> None:
        shown = self._shown
        if shown is None:
            return
        sentences = [Offer(one.label, one.sentence, SENTENCE, tr("情形")) for one in shown.alternatives]
        elsewhere = [
            Offer(one, one, gap.gap, gap_label(gap.gap), whole=False)
            for gap in shown.gaps
            if gap.gap != MEASURED
            for one in gap.choices
        ]
        known = {offer.value for offer in (*sentences, *elsewhere)}
        earlier = [self._heard(one) for one in self._phrases if one.text not in known]
        self.sentence_edit.set_offers([*sentences, *elsewhere, *earlier])
        for gap, edit in self._gaps.items():
            own = [offer for offer in (*elsewhere, *earlier) if offer.target == gap]
            edit.set_offers([Offer(one.label, one.value, gap, "", one.whole) for one in own])
        self.place_edit.set_offers([Offer(one, one, PLACE) for one in self._places])
        self._place_chips.show_words([(one, one) for one in self._places[:_MOST_PLACES]])
        self._place_chips.mark([self.place_edit.text()])
        for edit in (self.sentence_edit, self.place_edit, *self._gaps.values()):
            edit.set_initials(self._initials)

    def _heard(self, phrase: Phrase) -> Offer:
        group = tr("用过 · {what}", what=tr("整句") if phrase.target == SENTENCE else gap_label(phrase.target))
        return Offer(phrase.text, phrase.text, phrase.target, group, whole=phrase.target in (SENTENCE, NOTE))

    @Slot(object)
    def _on_offer_picked(self, offer: Offer) -> None:
        """Words go where they belong, wherever they were found."""
        sender = self.sender()
        if isinstance(sender, PhraseEdit) and sender is not self._edit_of(offer.target) and sender.text().isascii():
            sender.clear()  # the letters that it was found by
        self._take(offer)

    def _take(self, offer: Offer) -> None:
        if offer.target == SENTENCE:
            self.sentence_edit.setText(self._label_of(offer.value))
        elif offer.target == NOTE:
            before = self.note_edit.text().strip()
            self.note_edit.set_text(f"{before}{offer.value}" if before.endswith("。") or not before else offer.value)
        else:
            self._fill(offer.target, offer.value, whole=offer.whole)
        self._store(offer.target)

    def _fill(self, target: str, value: str, *, whole: bool) -> None:
        """Set or add words; an example that wants a fact is marked where the fact goes."""
        edit = self._edit_of(target)
        if edit is None:
            return
        text = value if whole else _joined(edit.text(), value, self._gap_choices(target))
        edit.setText(text)
        want = still_to_name(value)
        if want is not None and value in text:
            edit.setFocus()
            edit.setSelection(text.rindex(value) + want[0], want[1])

    def _edit_of(self, target: str) -> PhraseEdit | None:
        return {SENTENCE: self.sentence_edit, PLACE: self.place_edit}.get(target) or self._gaps.get(target)

    def _gap_choices(self, gap: str) -> Sequence[str]:
        return next((one.choices for one in self._shown.gaps if one.gap == gap), ()) if self._shown else ()

    def _sentence(self) -> str:
        """The sentence that was chosen or written; empty for the checklist's own."""
        text = self.sentence_edit.text().strip()
        known = {one.label: one.sentence for one in self._shown.alternatives} if self._shown else {}
        return known.get(text, text)

    def _label_of(self, sentence: str) -> str:
        known = {one.sentence: one.label for one in self._shown.alternatives} if self._shown else {}
        return known.get(sentence, sentence)

    # --- what happens

    @Slot(str)
    def _on_chip_clicked(self, value: str) -> None:
        sender = self.sender()
        name = str(sender.property("field")) if sender is not None else ""
        if name == SENTENCE:
            chosen = self._sentence() == value
            self.sentence_edit.setText("" if chosen else self._label_of(value))
        elif name == PLACE:
            self.place_edit.setText("" if self.place_edit.text() == value else value)
        elif name in self._gaps:
            self._toggle(name, value)
        self._show_marks()
        self._store(name)

    def _toggle(self, gap: str, value: str) -> None:
        parts = [one for one in self._gaps[gap].text().split("、") if one]
        if value in parts:
            parts.remove(value)
            self._gaps[gap].setText("、".join(parts))
        else:
            self._fill(gap, value, whole=False)

    @Slot()
    def _on_rewrite_clicked(self) -> None:
        """The sentence as it stands, to be changed by hand."""
        self.sentence_edit.setText(self.preview.said.rstrip("。"))
        self.sentence_edit.setFocus()
        self.sentence_edit.close_offers()

    @Slot()
    def _on_edited(self) -> None:
        self._show_marks()
        self.edited.emit()

    @Slot()
    def _on_deadline_changed(self) -> None:
        if not self.deadline_edit.problem:
            self.say_deadline()
        self.edited.emit()

    @Slot()
    def _on_deadline_left(self) -> None:
        self.say_deadline()
        self._store("deadline")

    @Slot(object)
    def _on_level_chosen(self, level: Level | None) -> None:
        self._decided = level
        self.level_chosen.emit()
        self._store("level")

    @Slot()
    def _on_edit_left(self) -> None:
        sender = self.sender()
        self._store(str(sender.property("field")) if sender is not None else "")

    @Slot()
    def _on_measure_left(self) -> None:
        self._store(MEASURE)

    @Slot()
    def _on_note_left(self) -> None:
        self._store(NOTE)

    def _store(self, name: str) -> None:
        if self._shown is not None and self.isVisible():
            self.left.emit(name)

    def _show_marks(self) -> None:
        self._sentence_chips.mark([self._sentence()])
        self._place_chips.mark([self.place_edit.text()])
        for gap, chips in self._gap_chips.items():
            chips.mark(self._gaps[gap].text().split("、"))
        for row, (gap, edit) in zip(self._gap_rows, self._gaps.items(), strict=True):
            wanting = edit.text().strip() and is_open(gap, edit.text())
            row.say(tr("还要写明具体是什么。") if wanting else "")


def _joined(text: str, value: str, known: Sequence[str]) -> str:
    """Add words behind what stands there; letters typed to find them give way."""
    parts = [one.strip() for one in text.split("、") if one.strip()]
    if parts and parts[-1] not in known and parts[-1].isascii():
        parts.pop()
    return "、".join([*parts, *([] if value in parts else [value])])
