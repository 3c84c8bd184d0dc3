"""How the window looks, and how it locks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safetydesk.ui import theme
from safetydesk.ui.config import Appearance
from safetydesk.ui.first_start.cards import CardChoice, Choice
from safetydesk.ui.first_start.passphrase_field import NewPassphrase, PassphraseField
from safetydesk.ui.settings.fields import CalmCombo
from safetydesk.ui.settings.model import SettingsModel
from safetydesk.ui.settings.section import Section
from safetydesk.ui.shell import trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import plain_button
from safetydesk.ui.widgets.forms import Field
from safetydesk.ui.widgets.labels import emphasis, muted_label, note_label
from safetydesk.workflows.settings_view import SettingsView

_FIELD_WIDTH = 420
_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class LooksSection(Section):
    """Applied at once; of this computer alone."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("外观"), tr("点了马上生效，只影响这台电脑。"), model, parent)
        self.schemes = CardChoice(
            tr("明暗"),
            [
                Choice("light", tr("浅色"), tr("白底黑字，室外强光下也看得清。")),
                Choice("dark", tr("深色"), tr("黑底白字，晚上不刺眼。")),
                Choice("system", tr("跟随系统"), tr("电脑是浅色就浅色，是深色就深色。")),
            ],
            self,
        )
        self.large = QCheckBox(tr("大字：字号放大四分之一"), self)
        self.touch = QCheckBox(tr("触屏：按钮和表格行加高，手指、手套都好点"), self)
        self.column.addWidget(self.schemes)
        boxes = QVBoxLayout()
        boxes.setSpacing(Space.XS)
        boxes.addWidget(self.large)
        boxes.addWidget(self.touch)
        self.column.addLayout(boxes)
        self.column.addStretch()
        self.schemes.chosen.connect(self._on_schemes_chosen)
        self.large.clicked.connect(self._on_large_clicked)
        self.touch.clicked.connect(self._on_touch_clicked)
        model.appearance_shown.connect(self._on_appearance_shown)

    def begin(self) -> None:
        self.model.show_window_settings()

    def focus_first(self) -> bool:
        self.schemes.focus_choice()
        return True

    @Slot(object)
    def _on_appearance_shown(self, appearance: Appearance) -> None:
        self.schemes.show_choice(appearance.scheme)
        self.large.setChecked(appearance.large)
        self.touch.setChecked(appearance.touch)

    @Slot(str)
    def _on_schemes_chosen(self, scheme: str) -> None:
        self.model.change_appearance(scheme=scheme)

    @Slot(bool)
    def _on_large_clicked(self, checked: bool) -> None:
        self.model.change_appearance(large=checked)

    @Slot(bool)
    def _on_touch_clicked(self, checked: bool) -> None:
        self.model.change_appearance(touch=checked)


class LockSection(Section):
    """After how long it locks, and another passphrase."""

    def __init__(self, model: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("锁定与口令"), tr("锁定以后要输口令才能再看；正在填的内容都留着。"), model, parent)
        choices = [(str(count), tr("{count} 分钟不动", count=count)) for count in _MINUTES]
        self.minutes = CalmCombo([*choices, ("0", tr("不自动锁定"))])
        self.minutes_field = Field(tr("自动锁定"), self.minutes, "", self)
        self.minutes.activated.connect(self._on_minutes_activated)
        self.lock_button = plain_button(tr("现在锁定（Ctrl+L）"), "lock", self)
        self.lock_button.clicked.connect(self._on_lock_clicked)
        self.column.addWidget(self.minutes_field)
        self.column.addWidget(self.lock_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_line()
        self._add_passphrase()
        self.column.addStretch()
        model.idle_shown.connect(self._on_idle_shown)
        model.names_known.connect(self.new.know)
        model.passphrase_changed.connect(self._on_passphrase_changed)
        model.passphrase_refused.connect(self._on_passphrase_refused)

    def begin(self) -> None:
        self.model.show_window_settings()
        self.model.learn_names()

    def focus_first(self) -> bool:
        self.minutes.setFocus()
        return True

    def forget(self) -> None:
        """What was typed of passphrases does not stay on a screen that nobody looks at."""
        self.old.forget()
        self.new.forget()

    def _add_passphrase(self) -> None:
        self.column.addWidget(emphasis(tr("更换口令"), self))
        said = tr(
            "口令忘了，谁也打不开这些数据，我们也不能。换了以后请写在纸上，锁进抽屉，旧的那张不要扔：以前的备份还要用它打开。"
        )
        warning = muted_label(said, self)
        warning.setWordWrap(True)
        self.column.addWidget(warning)
        self.old = PassphraseField(tr("现在的口令"), "", self)
        self.new = NewPassphrase(tr("新口令"), tr("再输一次新口令"), self)
        for widget in (self.minutes_field, self.old, self.new):
            widget.setMaximumWidth(theme.scaled(_FIELD_WIDTH))
        self.column.addWidget(self.old)
        self.column.addWidget(self.new)
        self.change_button = plain_button(tr("更换口令"), "key", self)
        self.change_button.clicked.connect(self._on_change_clicked)
        self.busy_label = note_label("", self)
        self.column.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.busy_label)
        self.old.changed.connect(self._on_old_changed)
        self.old.line.returnPressed.connect(self.new.first.line.setFocus)
        self.new.first.line.returnPressed.connect(self.new.again.line.setFocus)
        self.new.again.line.returnPressed.connect(self._on_change_clicked)

    def _show_busy(self, busy: bool) -> None:
        self.busy_label.setText(tr("正在更换，并读回核对……") if busy else "")
        for widget in (self.old, self.new, self.change_button):
            widget.setEnabled(not busy)

    @Slot(int)
    def _on_minutes_activated(self, _at: int) -> None:
        self.model.change_idle(int(self.minutes.currentData()))

    @Slot()
    def _on_lock_clicked(self) -> None:
        self.model.shell.lock_requested.emit()

    @Slot(int)
    def _on_idle_shown(self, minutes: int) -> None:
        if self.minutes.findData(str(minutes)) < 0:
            self.minutes.addItem(tr("{count} 分钟不动", count=minutes), str(minutes))
        self.minutes_field.set_text(str(minutes))
        off = tr("离开座位时请按 Ctrl+L 锁定，否则谁都能看。")
        self.minutes_field.set_hint("" if minutes else off)

    @Slot()
    def _on_old_changed(self) -> None:
        self.old.set_error("")

    @Slot()
    def _on_change_clicked(self) -> None:
        if not self.change_button.isEnabled():
            return
        if not self.old.text():
            self.old.set_error(tr("请先输入现在的口令。"))
            self.old.line.setFocus()
            return
        if not self.new.check():
            return
        if self.new.passphrase == self.old.text():
            self.new.first.set_error(tr("和现在的口令一样，不用更换。"))
            self.new.first.line.setFocus()
            return
        self._show_busy(True)
        self.model.change_passphrase(self.old.text(), self.new.passphrase)

    @Slot()
    def _on_passphrase_changed(self) -> None:
        self._show_busy(False)
        self.forget()
        self.change_button.setFocus()

    @Slot(object)
    def _on_passphrase_refused(self, error: Exception) -> None:
        self._show_busy(False)
        if getattr(error, "code", "") == "wrong_passphrase":
            self.old.set_error(tr("口令不对，没有更换。请看看大小写和输入法。"))
            self.old.line.setFocus()
            self.old.line.selectAll()
        else:
            said = trouble_message(error)
            self.new.first.set_error(f"{said.text}{said.hint}")
            self.new.first.line.setFocus()

    @Slot(object)
    def show_view(self, view: SettingsView) -> None:
        """Nothing of this lies in the store."""
