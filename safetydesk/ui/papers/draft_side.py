"""What may still change before a paper is sealed, and what it leaves blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from safetydesk.ui.papers.problem_block import ProblemBlock
from safetydesk.ui.places import OpenSettings, ShowEnterprise
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import quiet_button
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import emphasis, note_label, text_label
from safetydesk.workflows.notices import GAP_LABELS, FilledIn, Gap

if TYPE_CHECKING:
    from safetydesk.workflows.paper_desk import Inspectors, PaperDraft, VisitPapers


class GapNotice(QFrame):
    """What the paper leaves blank, with the way to where it is filled. Nothing here keeps anybody from issuing."""

    go_requested = Signal(object)  # Target
    inspectors_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        column.setSpacing(Space.XS)
        self.title_label = emphasis("", self)
        self.title_label.setWordWrap(True)
        column.addWidget(self.title_label)
        self._rows: dict[FilledIn, tuple[QWidget, QPushButton]] = {}
        self._labels = {}
        for place, said in (
            (FilledIn.SETTINGS, tr("去设置里填")),
            (FilledIn.LEDGER, tr("去企业档案里填")),
            (FilledIn.VISIT, tr("在下面填")),
        ):
            row = QWidget(self)
            line = QVBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(0)
            label = text_label("", row)
            button = quiet_button(said, "arrow-right", row)
            button.clicked.connect(self._on_button_clicked)
            line.addWidget(label)
            beside = QHBoxLayout()
            beside.addWidget(button)
            beside.addStretch()
            line.addLayout(beside)
            column.addWidget(row)
            self._rows[place] = (row, button)
            self._labels[place] = label
        self._enterprise_id: UUID | None = None

    def show_gaps(self, gaps: Sequence[Gap], enterprise_id: UUID | None) -> None:
        self._enterprise_id = enterprise_id
        self.setVisible(bool(gaps))
        self.title_label.setText(tr("纸上还空着 {count} 处，可以补上，也可以印出来手写", count=len(gaps)))
        for place, (row, _) in self._rows.items():
            here = [tr(GAP_LABELS[gap]) for gap in gaps if FilledIn.for_gap(gap) is place]
            row.setVisible(bool(here))
            self._labels[place].setText("、".join(here))

    def button(self, place: FilledIn) -> QPushButton:
        return self._rows[place][1]

    @Slot()
    def _on_button_clicked(self) -> None:
        place = next(place for place, (_, button) in self._rows.items() if button is self.sender())
        match place:
            case FilledIn.SETTINGS:
                self.go_requested.emit(OpenSettings("unit"))
            case FilledIn.LEDGER if self._enterprise_id is not None:
                self.go_requested.emit(ShowEnterprise(self._enterprise_id))
            case _:
                self.inspectors_requested.emit()


class InspectorFields(QWidget):
    """Own badge, and the second inspector. Saved as the person leaves the group."""

    change_requested = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.badge_edit, self.second_edit, self.second_badge_edit = (QLineEdit(self) for _ in range(3))
        self.badge_field = Field(tr("您的证件号"), self.badge_edit, parent=self)
        self.second_field = Field(
            tr("第二名检查人员"), self.second_edit, tr("执法检查须有两名人员在场（行政处罚法 第四十二条）"), self
        )
        self.second_badge_field = Field(tr("第二名检查人员的证件号"), self.second_badge_edit, parent=self)
        for field in (self.badge_field, self.second_field, self.second_badge_field):
            column.addWidget(field)
            field.editor.editingFinished.connect(self.commit)  # type: ignore[union-attr]
        self._stored = ("", "", "")

    def show_inspectors(self, found: Inspectors, *, may_change: bool) -> None:
        """What is stored now; what the person typed meanwhile stays."""
        stored = (found.badge or "", found.second_name or "", found.second_badge or "")
        edits = (self.badge_edit, self.second_edit, self.second_badge_edit)
        for edit, was, now in zip(edits, self._stored, stored, strict=True):
            if edit.text() == was:
                edit.setText(now)
            edit.setEnabled(may_change)
        self._stored = stored
        self.badge_field.label.setText(tr("{name}的证件号", name=found.name))
        self.badge_edit.setAccessibleName(self.badge_field.label.text())

    def refuse(self, message: str) -> None:
        self.second_field.set_error(message)
        self.second_edit.setFocus()

    @Slot()
    def commit(self) -> None:
        given = tuple(" ".join(edit.text().split()) for edit in self._edits())
        if given != self._stored:
            self.second_field.set_error("")
            self.change_requested.emit(*given)

    def _edits(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return self.badge_edit, self.second_edit, self.second_badge_edit


class DraftSide(QWidget):
    """Gaps, problems, inspectors."""

    go_requested = Signal(object)
    change_requested = Signal(object, object)
    kind_requested = Signal(object, object)
    inspectors_requested = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        self._column.setSpacing(Space.M)
        self.gaps = GapNotice(self)
        self.gaps.go_requested.connect(self.go_requested)
        self.gaps.inspectors_requested.connect(self._on_gaps_inspectors_requested)
        self._column.addWidget(self.gaps)
        self.problems_label = emphasis("", self)
        self._column.addWidget(self.problems_label)
        self._blocks_box = QVBoxLayout()
        self._blocks_box.setSpacing(Space.S)
        self._column.addLayout(self._blocks_box)
        self._column.addSpacing(Space.XS)
        self._column.addWidget(emphasis(tr("检查人员"), self))
        self.inspectors = InspectorFields(self)
        self.inspectors.change_requested.connect(self.inspectors_requested)
        self._column.addWidget(self.inspectors)
        self.locked_label = note_label(tr("这次检查已经签发过文书，检查人员不能再改。"), self)
        self._column.addWidget(self.locked_label)
        self._column.addStretch()
        self.blocks: list[ProblemBlock] = []

    def show_draft(self, draft: PaperDraft, visit: VisitPapers, today: date) -> None:
        wanted = [(problem.id, visit.kinds) for problem in draft.problems]
        if [(block.id, block.kinds) for block in self.blocks] != wanted:
            self._rebuild(draft, visit)
        self.problems_label.setText(tr("问题 {count} 条", count=len(draft.problems)))
        for ordinal, (block, problem) in enumerate(zip(self.blocks, draft.problems, strict=True), start=1):
            block.show_problem(ordinal, problem, draft.kind, today)
        self.gaps.show_gaps(draft.gaps, visit.enterprise_id)
        may_change = not any(card.state != "voided" for card in visit.papers)
        self.inspectors.show_inspectors(visit.inspectors, may_change=may_change)
        self.locked_label.setVisible(not may_change)

    def commit(self) -> None:
        """Save what is typed and not yet left."""
        for block in self.blocks:
            block.commit()
        self.inspectors.commit()

    def refuse(self, problem: UUID | None, code: str, message: str) -> None:
        block = next((one for one in self.blocks if one.id == problem), None)
        if block is not None:
            block.refuse(code, message)
        else:
            self.inspectors.refuse(message)

    @property
    def has_unsaved(self) -> bool:
        return any(block.has_trouble for block in self.blocks) or self.inspectors.second_field.has_trouble

    def _rebuild(self, draft: PaperDraft, visit: VisitPapers) -> None:
        for block in self.blocks:
            self._blocks_box.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [ProblemBlock(problem, visit.kinds, self) for problem in draft.problems]
        for block in self.blocks:
            block.change_requested.connect(self.change_requested)
            block.kind_requested.connect(self.kind_requested)
            self._blocks_box.addWidget(block)

    @Slot()
    def _on_gaps_inspectors_requested(self) -> None:
        wanted = self.inspectors.second_edit if not self.inspectors.second_edit.text() else self.inspectors.badge_edit
        wanted.setFocus()
