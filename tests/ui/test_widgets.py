"""The small parts that every screen is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from safetydesk.domain.kinds import Level
from safetydesk.ui.config import Appearance, Config
from safetydesk.ui.dialogs import DialogAsker, DialogFileChooser, Question
from safetydesk.ui.widgets import dates
from safetydesk.ui.widgets.chips import Chip, FilterChips
from safetydesk.ui.widgets.empty import EmptyState
from safetydesk.ui.widgets.flow import FlowLayout
from safetydesk.ui.widgets.forms import Editor, Field, Form
from safetydesk.ui.widgets.labels import Elided, LevelBadge, text_label
from safetydesk.ui.widgets.side_pane import SidePane


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QWidget:
    from safetydesk.ui import theme

    theme.apply(qapp, Appearance(), own_face=True)
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(600, 500)
    return made


def shown(qtbot: QtBot, window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()


# --- dates


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 21), "11 月 21 日（周六）"),
        (date(2026, 1, 4), "1 月 4 日（周日）"),
        (date(2025, 12, 31), "2025 年 12 月 31 日（周三）"),
    ],
)
def test_a_day_is_said_as_an_office_writes_it(day: date, said: str) -> None:
    assert dates.day_text(day, today=date(2026, 11, 21)) == said


@pytest.mark.parametrize(("days", "said"), [(-2, "逾期 2 天"), (0, "今天到期"), (1, "1 天后到期"), (30, "30 天后到期")])
def test_days_are_said_beside_the_date(days: int, said: str) -> None:
    assert dates.days_left_text(days) == said


def test_a_day_in_a_column_is_short_and_names_the_year_where_it_is_another() -> None:
    today = date(2026, 11, 21)
    assert dates.short_day(date(2026, 3, 5), today) == "03-05"
    assert dates.short_day(date(2025, 3, 5), today) == "2025-03-05"


def test_a_moment_is_said_by_the_clock_on_the_wall() -> None:
    moment = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    local = moment.astimezone()
    assert dates.moment_text(moment, local.date()).endswith(f"{local:%H:%M}")


# --- fields and forms


def combo(*texts: str, editable: bool = False) -> QComboBox:
    made = QComboBox()
    made.setEditable(editable)
    for text in texts:
        made.addItem(text, text[:1])
    return made


EDITORS: dict[str, Callable[[], Editor]] = {
    "line": QLineEdit,
    "lines": QPlainTextEdit,
    "choice": lambda: combo("甲类", "乙类"),
    "day": QDateEdit,
    "number": QSpinBox,
}
TEXTS = {"line": "样溪路1号", "lines": "第一行\n第二行", "choice": "乙", "day": "2026-11-21", "number": "42"}


@pytest.mark.parametrize("kind", EDITORS)
def test_what_is_put_into_a_field_comes_out_again(qtbot: QtBot, window: QWidget, kind: str) -> None:
    field = Field("名称", EDITORS[kind](), parent=window)
    with qtbot.waitSignal(field.changed):
        field.set_text(TEXTS[kind])
    assert field.text() == TEXTS[kind]


def test_a_number_with_its_unit_comes_out_without_it(window: QWidget) -> None:
    box = QSpinBox()
    box.setSuffix(" 天")
    field = Field("期限", box, parent=window)
    field.set_text("7")
    assert field.text() == "7"


def test_a_day_comes_out_the_same_however_it_is_shown(window: QWidget) -> None:
    edit = QDateEdit()
    edit.setDisplayFormat("M 月 d 日")
    field = Field("到期", edit, parent=window)
    field.set_text("2026-11-21")
    assert field.text() == "2026-11-21"


def test_what_is_typed_into_a_choice_wins_over_what_was_chosen(qtbot: QtBot, window: QWidget) -> None:
    box = combo("甲类", "乙类", editable=True)
    field = Field("类别", box, parent=window)
    field.set_text("甲")
    assert field.text() == "甲"
    with qtbot.waitSignal(field.changed):
        box.setEditText("丙类")
    assert field.text() == "丙类"
    field.set_text("别的")
    assert field.text() == "别的"


def test_the_label_of_a_field_names_its_editor(window: QWidget) -> None:
    field = Field("企业名称", QLineEdit(), parent=window)
    assert field.editor.accessibleName() == "企业名称"
    assert field.label.buddy() is field.editor


def test_trouble_stands_beside_the_field_and_goes_when_it_is_mended(window: QWidget) -> None:
    field = Field("代码", QLineEdit(), "18 位", parent=window)
    assert field.below.text() == "18 位"
    field.set_error("少一位")
    assert field.has_trouble
    assert field.below.text() == "少一位"
    assert field.below.property("look") == "error"
    assert field.editor.accessibleDescription() == "少一位"
    field.set_error("")
    assert not field.has_trouble
    assert field.below.text() == "18 位"
    assert field.below.property("look") == "note"


def test_a_hint_does_not_cover_trouble(window: QWidget) -> None:
    field = Field("代码", QLineEdit(), "18 位", parent=window)
    field.set_error("少一位")
    field.set_hint("可以不填")
    assert field.below.text() == "少一位"
    field.set_error("")
    assert field.below.text() == "可以不填"


def not_empty(text: str) -> str:
    return "" if text else "请填写"


@pytest.fixture
def form(qtbot: QtBot, window: QWidget) -> Form:
    made = Form(window)
    made.add("name", Field("名称", QLineEdit()), not_empty)
    made.add("note", Field("备注", QPlainTextEdit()))
    made.add("place", Field("地址", QLineEdit()), not_empty)
    shown(qtbot, window, made)
    return made


def test_a_field_is_looked_at_as_one_leaves_it(qtbot: QtBot, form: Form) -> None:
    form.fields["name"].editor.setFocus()
    assert not form.fields["name"].has_trouble
    qtbot.keyClick(form.fields["name"].editor, Qt.Key.Key_Tab)
    assert form.fields["name"].has_trouble


def test_a_field_is_not_left_by_opening_its_menu(qtbot: QtBot, form: Form) -> None:
    from PySide6.QtGui import QFocusEvent

    editor = form.fields["name"].editor
    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        QApplication.sendEvent(editor, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert not form.fields["name"].has_trouble


def test_tab_walks_through_every_field_also_through_a_large_one(qtbot: QtBot, form: Form) -> None:
    form.fields["name"].editor.setFocus()
    walked = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == [form.fields["note"].editor, form.fields["place"].editor]
    assert form.fields["note"].text() == ""


def test_a_refused_save_keeps_what_was_typed_and_goes_to_the_first_trouble(form: Form) -> None:
    form.fields["place"].set_text("样溪路1号")
    form.fields["place"].editor.setFocus()
    assert not form.check()
    assert form.fields["name"].editor.hasFocus()
    assert form.values() == {"name": "", "note": "", "place": "样溪路1号"}
    form.fields["name"].set_text("样溪甲厂")
    assert form.check()


def test_a_form_is_in_trouble_also_where_nobody_sees_it(window: QWidget) -> None:
    """A tab behind another one."""
    form = Form(window)
    form.add("name", Field("名称", QLineEdit()), not_empty)
    assert not form.check()


def test_a_field_that_is_not_asked_for_makes_no_trouble(form: Form) -> None:
    form.fields["name"].set_text("样溪甲厂")
    form.fields["place"].hide()
    assert form.check()


def test_the_wheel_changes_nothing_by_accident(qtbot: QtBot, window: QWidget) -> None:
    fields = [Field("类别", combo("甲类", "乙类")), Field("到期", QDateEdit()), Field("天数", QSpinBox())]
    shown(qtbot, window, *fields)
    before = [field.text() for field in fields]
    for field in fields:
        field.editor.setFocus()
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.editor, event)
    assert [field.text() for field in fields] == before


# --- chips


@pytest.fixture
def chips(qtbot: QtBot, window: QWidget) -> FilterChips:
    made = FilterChips(window)
    made.show_chips([Chip("all", "全部", 1200), Chip("open", "未闭环", 3), Chip("late", "逾期")])
    shown(qtbot, window, made)
    return made


def button_of(chips: FilterChips, text: str) -> QPushButton:
    return next(button for button in chips.findChildren(QPushButton) if button.text().startswith(text))


def test_chips_say_how_many_there_are(chips: FilterChips) -> None:
    assert [button.text() for button in chips.findChildren(QPushButton)] == ["全部 1,200", "未闭环 3", "逾期"]
    assert chips.current == "all"


def test_a_click_on_a_chip_chooses_it(qtbot: QtBot, chips: FilterChips) -> None:
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(button_of(chips, "未闭环"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["open"]
    assert chips.current == "open"


def test_chips_work_without_a_mouse(qtbot: QtBot, chips: FilterChips) -> None:
    button_of(chips, "全部").setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is button_of(chips, "未闭环")
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert chosen.args == ["open"]


def test_new_counts_leave_the_choice_and_the_focus(chips: FilterChips) -> None:
    chips.choose("open")
    button = button_of(chips, "未闭环")
    button.setFocus()
    chips.show_chips([Chip("all", "全部", 1201), Chip("open", "未闭环", 4), Chip("late", "逾期", 1)])
    assert chips.current == "open"
    assert button.text() == "未闭环 4"
    assert button.hasFocus()


def test_choosing_what_is_not_there_does_nothing(qtbot: QtBot, chips: FilterChips) -> None:
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose("nobody")
    assert chips.current == "all"


# --- layout, labels, panes


def test_a_line_that_is_full_goes_on_below(qtbot: QtBot, window: QWidget) -> None:
    box = QWidget()
    flow = FlowLayout(box, 8)
    labels = [QLabel("一二三四五六七八九十") for _ in range(6)]
    for label in labels:
        flow.addWidget(label)
    shown(qtbot, window, box)
    box.setFixedWidth(350)
    qtbot.waitUntil(lambda: labels[-1].y() > 0)
    assert all(label.geometry().right() < 350 for label in labels)
    assert flow.heightForWidth(200) > flow.heightForWidth(2000)
    assert flow.takeAt(99) is None
    assert flow.count() == 6


def test_hidden_things_take_no_room_in_a_line(qtbot: QtBot, window: QWidget) -> None:
    box = QWidget()
    flow = FlowLayout(box, 8)
    first, second = QLabel("一二三"), QLabel("四五六")
    flow.addWidget(first)
    flow.addWidget(second)
    shown(qtbot, window, box)
    first.hide()
    qtbot.waitUntil(lambda: second.x() == 0)


def test_a_long_name_ends_in_dots_and_its_tip_says_all_of_it(qtbot: QtBot, window: QWidget) -> None:
    label = Elided("某某镇某某村某某某某某某机械制造有限责任公司第二分厂" * 2)
    shown(qtbot, window, label)
    label.setFixedWidth(160)
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    assert label.toolTip() == label.whole
    assert label.accessibleName() == label.whole
    label.set_whole("短名")
    assert label.text() == "短名"
    assert label.toolTip() == ""


def test_what_people_typed_is_never_taken_for_markup(qtbot: QtBot, window: QWidget) -> None:
    label = Elided("<b>粗</b> & <img src=x> " * 10)
    shown(qtbot, window, label)
    label.setFixedWidth(80)
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    assert label.text().startswith("<b>")
    assert "<b>" not in label.toolTip()
    assert "&lt;b&gt;" in label.toolTip()
    assert text_label("<b>x</b>", window).textFormat() is Qt.TextFormat.PlainText


def test_large_type_fits_a_long_name_again(qtbot: QtBot, qapp: QApplication, window: QWidget) -> None:
    from safetydesk.ui import theme

    label = Elided("某某镇某某机械制造厂")
    shown(qtbot, window, label)
    label.setFixedWidth(label.sizeHint().width())
    qtbot.waitUntil(lambda: label.text() == label.whole)
    theme.apply(qapp, Appearance(large=True), own_face=True)
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    theme.apply(qapp, Appearance(), own_face=True)
    qtbot.waitUntil(lambda: label.text() == label.whole)


def test_the_level_is_said_in_words_beside_its_colour(window: QWidget) -> None:
    badge = LevelBadge(Level.GENERAL, window)
    assert badge.accessibleName() == "一般"
    narrow = badge.sizeHint().width()
    badge.set_level(Level.MAJOR)
    assert badge.accessibleName() == "疑似重大"
    assert badge.sizeHint().width() > narrow
    assert not badge.grab().isNull()


def test_a_pane_shows_one_content_after_another_and_can_be_closed(qtbot: QtBot, window: QWidget) -> None:
    pane = SidePane("样溪甲厂", window)
    first, second = QLabel("一"), QLabel("二")
    shown(qtbot, window, pane)
    pane.set_content(first)
    with qtbot.waitSignal(first.destroyed):
        pane.set_content(second)
    assert pane.content() is second
    with qtbot.waitSignal(pane.closed):
        qtbot.mouseClick(pane.close_button, Qt.MouseButton.LeftButton)
    assert not pane.isVisible()


def test_an_empty_place_says_what_to_do_first(qtbot: QtBot, window: QWidget) -> None:
    empty = EmptyState("factory", "还没有企业", "登记一家，或导入台账。", "登记企业", "导入台账", window)
    shown(qtbot, window, empty)
    with qtbot.waitSignal(empty.action_requested):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(empty.second_action_requested):
        qtbot.mouseClick(empty.second_button, Qt.MouseButton.LeftButton)
    bare = EmptyState("factory", "没有", parent=window)
    assert bare.button.isHidden()
    assert bare.second_button.isHidden()


# --- questions


class Answers:
    def __init__(self) -> None:
        self.given: list[str] = []

    def yes(self) -> None:
        self.given.append("yes")

    def no(self) -> None:
        self.given.append("no")


def ask(qtbot: QtBot, window: QWidget, *, danger: bool) -> tuple[Question, Answers]:
    answers = Answers()
    shown(qtbot, window)
    DialogAsker(window).ask("删除草稿？", "删除后不能恢复。", "删除草稿", answers.yes, danger=danger, on_no=answers.no)
    question = window.findChild(Question)
    assert question is not None
    qtbot.waitExposed(question)
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is not None and question.isAncestorOf(QApplication.focusWidget())
    )
    return question, answers


def gone(qtbot: QtBot, window: QWidget) -> None:
    qtbot.waitUntil(lambda: window.findChild(QDialog) is None)


def test_a_question_names_the_consequence_on_its_button(qtbot: QtBot, window: QWidget) -> None:
    question, answers = ask(qtbot, window, danger=False)
    assert question.yes_button.text() == "删除草稿"
    qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    gone(qtbot, window)
    assert answers.given == ["yes"]


@pytest.mark.parametrize(("danger", "given"), [(False, "yes"), (True, "no")])
def test_enter_does_what_is_safe(qtbot: QtBot, window: QWidget, danger: bool, given: str) -> None:
    _question, answers = ask(qtbot, window, danger=danger)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    gone(qtbot, window)
    assert answers.given == [given]


def test_enter_presses_the_button_that_the_person_went_to(qtbot: QtBot, window: QWidget) -> None:
    question, answers = ask(qtbot, window, danger=True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is question.yes_button
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    gone(qtbot, window)
    assert answers.given == ["yes"]


def test_esc_is_no(qtbot: QtBot, window: QWidget) -> None:
    question, answers = ask(qtbot, window, danger=False)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    gone(qtbot, window)
    assert answers.given == ["no"]


def test_a_chosen_file_is_handed_on_and_its_folder_is_remembered(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    chosen: list[list[Path]] = []
    config = Config(tmp_path / "state")
    photo = tmp_path / "照片" / "一.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"x")
    DialogFileChooser(window, config).open_files("添加照片", "照片 (*.jpg)", chosen.append)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(photo)])
    dialog.reject()
    gone(qtbot, window)
    assert chosen == [[photo]]
    assert config.now.last_folder == str(photo.parent)


def test_a_name_without_its_ending_gets_one(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    DialogFileChooser(window, Config(tmp_path)).save_file("存文书", "通知.pdf", "PDF (*.pdf)", print)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == "pdf"
    dialog.reject()
    gone(qtbot, window)


def test_a_paper_is_saved_where_papers_were_saved_and_not_among_the_photos(
    qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    config, papers = Config(tmp_path / "state"), tmp_path / "文书"
    papers.mkdir()
    for purpose, chosen in (
        ("照片", tmp_path / "一.jpg"),
        ("文书", papers / "通知.pdf"),
        ("照片", tmp_path / "二.jpg"),
    ):
        chooser = DialogFileChooser(window, config)
        if purpose == "照片":
            chooser.open_files("添加照片", "照片 (*.jpg)", print)
        else:
            chooser.save_file("存文书", "通知.pdf", "PDF (*.pdf)", print)
        dialog = window.findChild(QFileDialog)
        assert dialog is not None
        assert (dialog.directory().path() == str(tmp_path)) == (chosen.stem == "二")
        dialog.filesSelected.emit([str(chosen)])
        dialog.reject()
        gone(qtbot, window)
    DialogFileChooser(window, config).save_file("存文书", "通知.pdf", "PDF (*.pdf)", print)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.directory().path() == str(papers)
    dialog.reject()
    gone(qtbot, window)


def test_who_thinks_better_of_a_file_changes_nothing(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    config, chosen = Config(tmp_path), []
    DialogFileChooser(window, config).open_folder("选文件夹", chosen.append)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    gone(qtbot, window)
    assert chosen == []
    assert config.now.last_folder == ""
