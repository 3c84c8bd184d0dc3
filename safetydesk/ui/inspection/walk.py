"""The walk through a checklist: one item after the other, by keys, mouse or touch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QWidget,
)

from safetydesk.domain.kinds import Result
from safetydesk.ui.inspection.answer_buttons import ANSWER_KEYS, AnswerButton
from safetydesk.ui.inspection.walk_facts import photo_words
from safetydesk.ui.inspection.walk_head import (
    NEXT,
    key_words,
)
from safetydesk.ui.inspection.walk_keys import ENTER, WITH_ALT, KeyQueue, is_editing, verb_anywhere, verb_of
from safetydesk.ui.inspection.walk_model import END, TO_FINISH, TO_LEAVE, TO_REDO, TO_UNDO
from safetydesk.ui.inspection.walk_parts import WalkParts
from safetydesk.ui.inspection.walk_photo_model import PhotoTrouble
from safetydesk.ui.inspection.walk_photos import PhotoIntake, holds_pictures
from safetydesk.ui.shell import Shell, trouble_message
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space

_MINUTE_EVERY = 20_000  # ms
_AGAINST_PASS = ("pass_against_reading", "reading_unclear")


class WalkView(WalkParts):
    """Turns keys and clicks into the model's verbs."""

    finish_requested = Signal(object)  # the inspection's id
    left = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._queue = KeyQueue(self.model, self)
        self._loading = False
        self._attempt: Result | None = None
        self._is_dropping = False
        self._has_gone_on = False  # the last key was an answer that went on to the next item
        self._is_enter_explained = False
        self.setAcceptDrops(True)
        self._intake = PhotoIntake(shell, self.model, self._thumbnails, self)
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_minutes)

    # --- what the screen around it asks

    def open(self, inspection_id: UUID) -> None:
        """Show this check as it is stored, at the first item that is still open."""
        self._stack.setCurrentWidget(self._empty)
        self._empty.say(tr("正在打开检查……"))
        self._empty.button.hide()
        self.model.open(inspection_id)
        self._clock.start(_MINUTE_EVERY)

    def go_back(self) -> bool:
        """Esc: out of the field, then out of the walk. Nothing typed is lost."""
        if is_editing(self):
            self.focus_first()
        else:
            self.leave()
        return True

    @Slot()
    def leave(self) -> None:
        """Put it aside; `left` comes when everything is on disk."""
        self._request(TO_LEAVE)

    def may_leave(self) -> bool:
        """False while something typed could not be saved. A refused answer alone holds nobody: it was not taken."""
        holds = self._holds_unsaved()
        if not self._flush():
            return False
        if self.item_view.trouble.is_shown and holds:
            self.item_view.trouble.retry_button.setFocus()
            return False
        return True

    def undo(self) -> bool:
        """Take back the last thing that was done here. False where there is none."""
        if not self.model.can_undo:
            return False
        self._queue.do(partial(self._turn, TO_UNDO))
        return True

    def focus_first(self) -> None:
        """Where the number keys count."""
        if self._stack.currentWidget() is self._end:
            self._end.keyboard_focus()
        else:
            self.item_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> list[tuple[str, str]]:
        """For `?`."""
        words = self.item_view.answers.buttons
        answers = [(key, tr("判为“{result}”", result=words[result].text())) for key, result in ANSWER_KEYS.items()]
        return [
            *answers,
            *((key, word) for _verb, key, word in key_words()),
            ("Ctrl+Y", tr("重做")),
            ("Tab", tr("下一个格子")),
            ("↓", tr("格子里：看可以选的话，打拼音首字母也行")),
            ("Esc", tr("离开格子，回到数字键")),
            ("Alt+P", tr("在格子里时：照片；Alt+N、Alt+G、Alt+J 同理")),
            ("Ctrl+V", tr("粘贴照片")),
            ("Ctrl+Enter", tr("结束检查")),
        ]

    def _connect(self) -> None:
        model = self.model
        model.opened.connect(self._on_model_opened)
        model.open_failed.connect(self._on_model_open_failed)
        model.moved.connect(self._on_model_moved)
        model.stored.connect(self._on_model_stored)
        model.refused.connect(self._on_model_refused)
        model.photos_changed.connect(self._show_photos)
        model.photos.told.connect(self._on_photos_told)
        model.photos.refused.connect(self._on_photos_refused)
        model.taken_back.connect(self._on_model_taken_back)
        model.finish_ready.connect(self._on_model_finish_ready)
        model.leave_ready.connect(self.left)
        self._connect_item()
        for part in (self.strip, self.pane):
            part.jump_requested.connect(self._on_jump_requested)
        self.pane.photo_open_requested.connect(self._intake.show_large)
        self.pane.photo_remove_requested.connect(model.photos.remove)
        self.pane.photo_take_requested.connect(self._on_photo_take_requested)
        self.pane.pool_add_requested.connect(self._on_pool_add_requested)
        self.head.leave_requested.connect(self.leave)
        self.head.finish_requested.connect(self._on_finish_requested)
        self.foot.verb_requested.connect(self._on_foot_verb_requested)
        self._end.finish_requested.connect(self._on_finish_requested)
        self._end.jump_requested.connect(self._on_end_jump_requested)
        self._end.back_requested.connect(self._on_end_back_requested)
        self._empty.action_requested.connect(self.left)
        for keys, verb in WITH_ALT.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setProperty("verb", verb)
            shortcut.activated.connect(self._on_shortcut_activated)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _connect_item(self) -> None:
        view = self.item_view
        view.answer_requested.connect(self._on_answer_requested)
        view.left.connect(self._on_item_left)
        view.edited.connect(self._show_words)
        view.entered.connect(self._on_item_entered)
        view.readings_entered.connect(self._on_readings_entered)
        view.photos_requested.connect(self._on_photos_requested)
        view.folder_requested.connect(self._on_folder_requested)
        view.photo_open_requested.connect(self._intake.show_large)
        view.photo_remove_requested.connect(self.model.photos.remove)
        view.explain_toggled.connect(self._on_explain_toggled)
        view.trouble.retry_requested.connect(self._on_retry_requested)
        view.trouble.drop_requested.connect(self._on_drop_requested)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whatever no field wanted."""
        if self.model.walk is None or not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        editing = is_editing(self)
        if editing and Qt.Key(event.key()) == Qt.Key.Key_Escape:
            return self.go_back()
        focused = QApplication.focusWidget()
        if Qt.Key(event.key()) in ENTER and self._is_other_button(focused):
            assert isinstance(focused, QAbstractButton)
            focused.click()
            return True
        verb = verb_anywhere(event) or (None if editing else verb_of(event))
        if verb is None:
            return False
        if verb == NEXT and Qt.Key(event.key()) in ENTER and self._has_gone_on:
            self._explain_enter()
        else:
            self._run(verb)
        return True

    def _explain_enter(self) -> None:
        """Who presses Enter behind every answer must not skip every other item: the answer has gone on already."""
        self._has_gone_on = False
        if not self._is_enter_explained:
            self._shell.messages.tell(tr("答完自动到下一项，不用按 Enter。要跳过这一项，再按一次。"))
            self._is_enter_explained = True

    def _is_other_button(self, focused: QWidget | None) -> bool:
        """On an answer Enter goes on, as everywhere; on any other button it presses it."""
        return (
            isinstance(focused, QAbstractButton)
            and not isinstance(focused, AnswerButton)
            and self.isAncestorOf(focused)
        )

    # --- verbs

    def _run(self, verb: str) -> None:
        """One verb, by key, by shortcut, or by touch."""
        self._has_gone_on = False
        match verb:
            case "next" | "previous":
                self._step(1 if verb == NEXT else -1)
            case "jump":
                self._jump()
            case "phrases":
                self._open_phrases()
            case "photo":
                self._on_photos_requested()
            case "note":
                self._on_item(self.item_view.want_note)
            case "reading":
                self._on_item(self.item_view.want_readings)
            case "undo":
                self.undo()
            case "redo":
                self._turn(TO_REDO)
            case "finish":
                self._request(TO_FINISH)
            case "paste":
                self._paste()
            case _:
                self._answer(ANSWER_KEYS[verb])

    def _on_item(self, verb: Callable[[], None]) -> None:
        if self._may_write():
            verb()

    def _at_after(self, step: int) -> int:
        model = self.model
        if model.at == END:
            return len(model.items) - 1 if step < 0 else END
        return max(model.at + step, 0) if model.at + step < len(model.items) else END

    def _step(self, step: int) -> None:
        self._request(self._at_after(step))

    def _jump(self) -> None:
        target = self.model.next_unanswered()
        self._request(END if target is None else target)

    def _request(self, target: int) -> None:
        self._has_gone_on = False
        if self._flush():
            self.model.request(target)

    def _turn(self, target: int) -> None:
        self._has_gone_on = False
        if is_editing(self):
            self.focus_first()  # what is being typed is stored first, and is what goes back
        self.model.request(target)

    def _answer(self, result: Result) -> None:
        view = self.item_view
        if not self._may_write() or self._stopped_by_problem():
            return
        view.trouble.clear()
        self._attempt = result
        if result is not Result.FAIL:
            view.answers.show_result(result)
            target = self._at_after(1)
            self.model.answer(view.answer_input(result), then=target)
            self._has_gone_on = target != END
            return
        view.show_result(result)
        self.model.answer(view.answer_input(result))
        self._begin_finding()
        view.finding.focus_first()
        QTimer.singleShot(0, self, self._show_focused)  # its place is known when the form is laid out

    def _open_phrases(self) -> None:
        """常用语 belong to a fail; an item that was not answered yet is one then."""
        if not self._may_write():
            return
        result = self.item_view.result_now
        if result not in (Result.FAIL, Result.UNCHECKED):
            self._shell.messages.tell(tr("常用语写在“不符合”下面，先按 2。"))
            return
        if result is Result.UNCHECKED:
            self._answer(Result.FAIL)
        self.item_view.finding.focus_phrases()

    def _flush(self) -> bool:
        """Store what is typed and not yet stored. False where something first has to be put right."""
        if not self._may_write():
            return True
        if self._stopped_by_problem():
            return False
        self._save("")
        return True

    def _holds_unsaved(self) -> bool:
        """Something is typed, or on its way, that is not on disk yet."""
        one = self.item_view.answer_input(self.item_view.result_now)
        return self._may_write() and (self.model.is_saving or not self.model.is_kept(one))

    def _save(self, field: str) -> None:
        one = self.item_view.answer_input(self.item_view.result_now)
        if not self.model.is_kept(one):
            self._attempt = one.result
            self.model.save(one, f"{one.item} {field}" if field else "")

    def _stopped_by_problem(self) -> bool:
        problem = self.item_view.problem
        if problem is None:
            return False
        problem.setFocus()
        return True

    def _paste(self) -> None:
        if self._may_write():
            self.item_view.want_photos()
            self._intake.paste(self._current_id())

    # --- what the model says

    @Slot()
    def _on_model_opened(self) -> None:
        walk = self.model.walk
        assert walk is not None
        self.head.show_visit(walk.title, walk.enterprise)
        self.head.finish_button.setVisible(not self._is_over())
        self.item_view.set_over(over=self._is_over())
        self.item_view.trouble.clear()
        self._phrases.warm_up()
        self._show_minutes()

    @Slot(object)
    def _on_model_open_failed(self, error: Exception) -> None:
        said = trouble_message(error)
        self._empty.say(tr("没有打开这次检查"), f"{said.text}{said.hint}")
        self._empty.button.show()
        self._stack.setCurrentWidget(self._empty)

    @Slot()
    def _on_model_moved(self) -> None:
        """Another item is in view."""
        focused = QApplication.focusWidget()
        here = focused is None or self.isAncestorOf(focused)
        self._loading = True
        if is_editing(self):
            self.item_view.setFocus()
        if self.model.current is None:
            self._show_end()
        else:
            self._show_item()
        self._loading = False
        self._show_progress()
        self._show_photos()
        if here and self.isVisible():
            self.focus_first()

    @Slot(str)
    def _on_model_stored(self, item: str) -> None:
        shown = self.model.current
        number = next((one.number for one in self.model.items if one.id == item), 0)
        if shown is not None and shown.id == item:
            self.item_view.update_state(self.model.state_of(item))
            self.item_view.trouble.clear()
        self.item_view.show_tick(tr("第 {number} 项已保存", number=number))
        self._show_progress()
        if self._is_dropping:
            self._drop()

    @Slot(str, object)
    def _on_model_refused(self, item: str, error: Exception) -> None:
        """Nothing of it was taken: the item stays with all that was typed, and keys meant for others are dropped."""
        dropped = self._queue.drop()
        self._has_gone_on = False
        if self._is_dropping:
            self._drop()
            return
        shown, said = self.model.current, trouble_message(error)
        if shown is None or shown.id != item or not self.isVisible():
            self._shell.messages.trouble(error)  # the item is not in view
        if shown is None or shown.id != item:
            return
        if self._attempt is not Result.FAIL:
            stored = self.model.state_of(item)
            self.item_view.show_result(stored.result if stored else None)
        against = getattr(error, "code", "") in _AGAINST_PASS
        lost = tr("后面按的 {count} 个键没有采用。", count=dropped) if dropped else ""
        safe = tr("已经保存的答案都在，写在这里的也还在。")
        retry = tr("改判不符合") if against else tr("再保存一次")
        self.item_view.say_trouble(said.text, f"{said.hint}{safe}{lost}", retry)
        self._attempt = Result.FAIL if against else self._attempt
        self._scroll.ensureWidgetVisible(self.item_view.trouble)

    @Slot(str)
    def _on_model_taken_back(self, said: str) -> None:
        self.item_view.trouble.clear()
        self.item_view.show_tick(said)

    @Slot()
    def _on_model_finish_ready(self) -> None:
        if self.model.walk is not None:
            self.finish_requested.emit(self.model.walk.inspection_id)

    @Slot(object)
    def _on_photos_told(self, trouble: PhotoTrouble) -> None:
        text = photo_words(trouble)
        if self.model.current is not None:
            self.item_view.say_photos(text, is_error=bool(trouble.bad))
        elif trouble.bad:
            self._shell.messages.tell(text)

    @Slot(object)
    def _on_photos_refused(self, error: Exception) -> None:
        if self.model.current is None:
            self._shell.messages.trouble(error)
            return
        said = trouble_message(error)
        self.item_view.want_photos()
        self.item_view.say_photos(f"{said.text}{said.hint}", is_error=True)

    # --- what the person does

    @Slot(object)
    def _on_answer_requested(self, result: Result) -> None:
        self._queue.do(partial(self._answer, result))

    @Slot(str)
    def _on_item_left(self, field: str) -> None:
        """A field was left: it goes to disk at once."""
        if not self._loading and self._may_write():
            self._save(field)

    @Slot()
    def _on_item_entered(self) -> None:
        self._step(1)

    @Slot()
    def _on_readings_entered(self) -> None:
        """From the readings to the answer, where there is none yet; else on."""
        if self.item_view.result_now is not Result.UNCHECKED:
            self._step(1)
        elif not self._stopped_by_problem():
            self.focus_first()

    @Slot(int)
    def _on_jump_requested(self, position: int) -> None:
        self._queue.do(partial(self._request, position))

    @Slot(str)
    def _on_foot_verb_requested(self, verb: str) -> None:
        self._queue.do(partial(self._run, verb))

    @Slot()
    def _on_shortcut_activated(self) -> None:
        sender = self.sender()
        if sender is not None and self.model.walk is not None:
            self._queue.do(partial(self._run, str(sender.property("verb"))))

    @Slot()
    def _on_finish_requested(self) -> None:
        self._queue.do(partial(self._request, TO_FINISH))

    @Slot()
    def _on_end_jump_requested(self) -> None:
        self._queue.do(self._jump)

    @Slot()
    def _on_end_back_requested(self) -> None:
        self._queue.do(partial(self._step, -1))

    @Slot()
    def _on_retry_requested(self) -> None:
        self._queue.do(partial(self._answer, self._attempt or self.item_view.result_now))

    @Slot()
    def _on_drop_requested(self) -> None:
        """Show the item as it is stored. Leaving a field for the button has sent what is typed: wait for that."""
        self._is_dropping = True
        self._drop()

    def _drop(self) -> None:
        if self.model.is_sending:
            return
        self._is_dropping = False
        self.item_view.trouble.clear()
        self._on_model_moved()

    @Slot(str, bool)
    def _on_explain_toggled(self, what: str, on: bool) -> None:
        self._shell.config.remember(f"walk.{what}", on)

    @Slot()
    def _show_focused(self) -> None:
        self._on_focus_changed(None, QApplication.focusWidget())

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self.item_view and self.item_view.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 2 * Space.XXL)

    # --- photos

    @Slot()
    def _on_photos_requested(self) -> None:
        if self._may_write():
            self.item_view.want_photos()
            self._intake.choose(self._current_id())

    @Slot()
    def _on_folder_requested(self) -> None:
        if self._may_write():
            self._intake.choose_folder(self._current_id())

    @Slot()
    def _on_pool_add_requested(self) -> None:
        if self.model.walk is not None and not self._is_over():
            self._intake.choose(None)

    @Slot(object)
    def _on_photo_take_requested(self, photo_id: UUID) -> None:
        current = self._current_id()
        if current is not None and self._may_write():
            self.model.photos.move(photo_id, current)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.model.walk is not None and not self._is_over() and holds_pictures(event.mimeData()):
            event.acceptProposedAction()
            self.item_view.show_drop(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.item_view.show_drop(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """On the right side into the pool, anywhere else onto the item."""
        self.item_view.show_drop(on=False)
        over_pane = self.pane.isVisible() and self.pane.geometry().contains(event.position().toPoint())
        item = None if over_pane else self._current_id()
        if item is not None:
            self.item_view.want_photos()
        if self._intake.take(event.mimeData(), item):
            event.acceptProposedAction()
