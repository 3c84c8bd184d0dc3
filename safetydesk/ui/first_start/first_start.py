"""The first start: from an empty computer to an open desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.config import Config
from safetydesk.ui.first_start.model import FirstStartModel
from safetydesk.ui.first_start.step import Notice, Step
from safetydesk.ui.first_start.steps import PersonStep, RestoreStep, RoleStep, SampleStep
from safetydesk.ui.shell import FileChooser
from safetydesk.ui.tasks import TaskRunner
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour, Space
from safetydesk.ui.widgets.labels import heading
from safetydesk.workflows import folders, sample_home
from safetydesk.workflows.folders import Place

_DATA_FOLDER = "safetydesk"  # below a folder that was chosen


class FirstStart(QWidget):
    """Shown where nothing is set up. `ready` carries the place and the passphrase that opens it."""

    ready = Signal(object, str)

    def __init__(
        self,
        place: Place,
        now: str | None,
        runner: TaskRunner,
        config: Config,
        parent: QWidget | None = None,
        *,
        files: FileChooser | None = None,
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._files = files
        self.model = FirstStartModel(place, now, runner, self)
        self.role_step = RoleStep(self)
        self.person_step = PersonStep(self)
        self.sample_step = SampleStep(sample_home.PASSPHRASE, self)
        self.restore_step = RestoreStep(self)
        self._steps: tuple[Step, ...] = (self.role_step, self.person_step, self.sample_step, self.restore_step)
        self._lay_out()
        self._connect()
        self._show_place()
        self._go(self.role_step)

    def focus_first(self) -> None:
        self.current_step().focus_first()

    def current_step(self) -> Step:
        return next(step for step in self._steps if not step.isHidden())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Colour.WINDOW))
        painter.end()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(scroll)
        inside = QWidget(scroll)
        inside.setProperty("look", "clear")
        scroll.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.L)
        column.addStretch(1)
        self._title = heading(tr("网格安全员工作台"), inside)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        self.lost_notice = Notice("trouble", "hard-drive", Colour.MAJOR, parent=inside)
        self.lost_notice.hide()
        panel = QFrame(inside)
        panel.setProperty("look", "panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(Space.XXL, Space.XL, Space.XXL, Space.XL)
        for step in self._steps:
            inner.addWidget(step)
        for widget in (self.lost_notice, panel):
            widget.setMaximumWidth(theme.scaled(theme.LONGEST_LINE + 2 * Space.XXL))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 100)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)

    def _connect(self) -> None:
        self.role_step.next_requested.connect(self._on_role_chosen)
        self.role_step.sample_requested.connect(self._on_sample_requested)
        self.role_step.restore_requested.connect(self._on_restore_requested)
        for step in (self.person_step, self.sample_step, self.restore_step):
            step.back_requested.connect(self._on_back_requested)
            step.stop_requested.connect(self.model.stop)
        self.person_step.next_requested.connect(self._on_person_given)
        self.person_step.names_changed.connect(self._on_names_changed)
        self.person_step.folder_requested.connect(self._on_folder_requested)
        self.sample_step.next_requested.connect(self._on_sample_wanted)
        self.sample_step.anew_requested.connect(self._on_sample_wanted_anew)
        self.restore_step.file_requested.connect(self._on_file_requested)
        self.restore_step.next_requested.connect(self._on_restore_wanted)
        self.model.began.connect(self._on_model_began)
        self.model.progressed.connect(self._on_model_progressed)
        self.model.ended.connect(self._on_model_ended)
        self.model.ready.connect(self._on_model_ready)
        self.model.refused.connect(self._on_model_refused)
        self.model.stopped.connect(self._on_model_stopped)
        self.model.names_known.connect(self.person_step.passphrase.know)

    def _go(self, step: Step) -> None:
        for one in self._steps:
            one.setVisible(one is step)
        step.focus_first()

    def _show_place(self) -> None:
        place = self.model.place
        chosen = folders.chosen_data_folder()
        may_change = place.folder in (folders.data_folder(), chosen)
        self.person_step.show_folder(place.folder, may_change=may_change)
        lost = chosen is not None and chosen == place.folder and not chosen.exists()
        said = tr(
            "数据原来放在 {folder}，现在找不到这个文件夹。请接好那个磁盘，再重新打开程序；不要在这里另建一份。",
            folder=place.folder,
        )
        self.lost_notice.say(said if lost else "")

    @Slot()
    def _on_role_chosen(self) -> None:
        self.person_step.show_role(self.role_step.role)
        self._go(self.person_step)

    @Slot()
    def _on_sample_requested(self) -> None:
        found = sample_home.sample_of(sample_home.beside(self.model.place).folder)
        self.sample_step.show_made(found is not None and found.is_ready)
        self._go(self.sample_step)

    @Slot()
    def _on_restore_requested(self) -> None:
        self._go(self.restore_step)

    @Slot()
    def _on_back_requested(self) -> None:
        self._go(self.role_step)

    @Slot()
    def _on_names_changed(self) -> None:
        values = self.person_step.form.values()
        self.model.learn_names(values["unit"], values["name"], values["badge"])

    @Slot()
    def _on_person_given(self) -> None:
        if not self.person_step.check():
            return
        values = self.person_step.form.values()
        passphrase = self.person_step.passphrase.passphrase
        self.model.set_up(self.role_step.role, values["unit"], values["name"], values["badge"], passphrase)

    @Slot()
    def _on_sample_wanted(self) -> None:
        self.model.make_sample(anew=False)

    @Slot()
    def _on_sample_wanted_anew(self) -> None:
        self.model.make_sample(anew=True)

    @Slot()
    def _on_restore_wanted(self) -> None:
        if self.restore_step.check() and self.restore_step.file is not None:
            self.model.restore(self.restore_step.file, self.restore_step.passphrase.text())

    @Slot()
    def _on_file_requested(self) -> None:
        self._chooser().open_files(tr("选择备份文件"), tr("备份文件 (*.sdbackup)"), self._on_file_chosen)

    def _on_file_chosen(self, files: list[Path]) -> None:
        if files:
            self.restore_step.show_file(files[0])

    @Slot()
    def _on_folder_requested(self) -> None:
        self._chooser().open_folder(tr("数据放在哪个文件夹里"), self._on_folder_chosen)

    def _on_folder_chosen(self, folder: Path) -> None:
        """Below it, in a folder of our own: nobody's other files get in between."""
        self.model.move_to(folder / _DATA_FOLDER)
        self.person_step.trouble.hide()
        self.person_step.show_folder(self.model.place.folder, may_change=True)
        self.person_step.next_button.setFocus()

    def _chooser(self) -> FileChooser:
        if self._files is None:
            from safetydesk.ui.dialogs import DialogFileChooser

            self._files = DialogFileChooser(self, self._config)
        return self._files

    @Slot()
    def _on_model_began(self) -> None:
        step = self.current_step()
        step.show_busy(True, step.busy_words)

    @Slot(int, int, str)
    def _on_model_progressed(self, done: int, total: int, what: str) -> None:
        if self.model.is_busy:
            self.current_step().show_progress(done, total, what)

    @Slot()
    def _on_model_ended(self) -> None:
        self.current_step().show_busy(False)

    @Slot(object, str)
    def _on_model_ready(self, place: Place, passphrase: str) -> None:
        self.person_step.passphrase.forget()
        self.restore_step.passphrase.forget()
        self.ready.emit(place, passphrase)

    @Slot(object)
    def _on_model_refused(self, error: Exception) -> None:
        step = self.current_step()
        if isinstance(step, PersonStep | RestoreStep):
            step.show_refusal(error)
        else:
            step.show_trouble(error)
        QTimer.singleShot(0, self._show_trouble)

    @Slot()
    def _show_trouble(self) -> None:
        """It may lie below what is in view."""
        step = self.current_step()
        if not step.trouble.isHidden():
            self._scroll.ensureWidgetVisible(step.next_button)  # just below it

    @Slot()
    def _on_model_stopped(self) -> None:
        step = self.current_step()
        step.show_stopped()
