"""Tables that page from the database: five thousand rows, and only those in view are read."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from safetydesk.models.errors import DiskFull
from safetydesk.ui import theme
from safetydesk.ui.config import Appearance
from safetydesk.ui.shell import Shell
from safetydesk.ui.tasks import Task
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.paged import PAGE, ROW, SORT, Column, Order, PagedModel, PagedTable

MANY = 5_000
LONG = 20_000  # ms


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    count: int
    note: str = ""


class Shelf:
    """What the database would hold, and what was read of it."""

    def __init__(self, count: int = MANY) -> None:
        draw = random.Random(7)
        self.rows = {n: Row(n, f"厂{n:05}", draw.randrange(100)) for n in range(count)}
        self.read: list[int] = []
        self.full = False

    def keys(self, _session: Any, order: Order) -> list[int]:
        by: Callable[[int], Any] = (lambda n: (self.rows[n].count, n)) if order.by == "count" else (lambda n: n)
        return sorted(self.rows, key=by, reverse=order.descending)

    def some(self, _session: Any, keys: Sequence[int]) -> list[Row]:
        if self.full:
            raise DiskFull(folder="/数据")
        self.read += keys
        return [self.rows[key] for key in keys]


COLUMNS = [
    Column("name", "名称", lambda row: row.name, width=120, sort="name", stretch=True, bold=True),
    Column("count", "数量", lambda row: str(row.count), width=80, sort="count", right=True),
    Column("note", "备注", lambda row: row.note, width=100, tip=lambda row: row.note),
    Column("id", "编号", lambda row: str(row.id), width=60, hidden=True, ink=lambda row: Colour.MAJOR),
]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(qtbot: QtBot, shell: Shell, shelf: Shelf) -> PagedModel:
    made = PagedModel(shell, COLUMNS, shelf.some, Order("name"), shell)
    with qtbot.waitSignal(made.filled):
        made.show_query(shelf.keys)
    return made


STANDS: list[QWidget] = []  # windows under test: nobody else holds them


@pytest.fixture(autouse=True)
def stands_are_taken_down() -> Iterator[None]:
    yield
    STANDS.clear()


def make_table(qtbot: QtBot, shell: Shell, model: PagedModel) -> PagedTable:
    window = QWidget()
    STANDS.append(window)
    qtbot.addWidget(window)
    QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
    made = PagedTable(shell, model, "企业", window)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(made)
    window.resize(600, 400)
    window.show()
    qtbot.waitExposed(window)
    return made


@pytest.fixture
def table(qtbot: QtBot, shell: Shell, model: PagedModel) -> PagedTable:
    made = make_table(qtbot, shell, model)
    settle(qtbot, shell)
    return made


def settle(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: not shell.runner.findChildren(Task), timeout=LONG)


def again(qtbot: QtBot, model: PagedModel) -> None:
    with qtbot.waitSignal(model.filled, timeout=LONG):
        model.reload()


def text(model: PagedModel, row: int, column: int = 0) -> str:
    return str(model.data(model.index(row, column)))


# --- the model


def test_the_model_keeps_what_qt_expects_of_models(
    qtbot: QtBot, shell: Shell, shelf: Shelf, qtmodeltester: ModelTester
) -> None:
    made = PagedModel(shell, COLUMNS, shelf.some, Order("name"), shell)
    qtmodeltester.check(made)
    with qtbot.waitSignal(made.filled):
        made.show_query(shelf.keys)
    again(qtbot, made)
    del shelf.rows[3]
    again(qtbot, made)
    shelf.rows.clear()
    again(qtbot, made)
    again(qtbot, made)
    assert made.rowCount() == 0


def test_all_rows_count_and_only_the_first_page_is_read(model: PagedModel, shelf: Shelf) -> None:
    assert model.rowCount() == MANY
    assert len(shelf.read) == PAGE
    assert text(model, 0) == "厂00000"


def test_what_has_not_come_yet_shows_dots_and_comes_when_it_is_looked_at(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    assert text(model, 4_000) == "…"
    assert text(model, 4_000, 1) == ""
    qtbot.waitUntil(lambda: text(model, 4_000) == "厂04000")
    settle(qtbot, shell)
    assert len(shelf.read) == 2 * PAGE


def test_a_page_is_asked_for_once(qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf) -> None:
    for _ in range(50):
        for at in range(640, 700):
            text(model, at)
    qtbot.waitUntil(lambda: text(model, 640) != "…")
    settle(qtbot, shell)
    assert sorted(shelf.read[PAGE:]) == list(range(640, 640 + PAGE))


def test_who_pulls_the_bar_through_the_whole_list_does_not_read_all_of_it(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    for at in range(0, MANY, PAGE):
        text(model, at)
    qtbot.waitUntil(lambda: text(model, MANY - 1) != "…")
    settle(qtbot, shell)
    assert len(shelf.read) <= 8 * PAGE
    qtbot.waitUntil(lambda: text(model, 2_000) != "…", timeout=LONG)


def test_memory_does_not_grow_with_the_list(qtbot: QtBot, shell: Shell, model: PagedModel) -> None:
    for at in range(0, MANY, PAGE):
        qtbot.waitUntil(lambda at=at: text(model, at) != "…", timeout=LONG)
    assert sum(model.row_at(at) is not None for at in range(0, MANY, PAGE)) <= 60
    qtbot.waitUntil(lambda: text(model, 0) == "厂00000")


def test_each_role_says_what_it_is_for(model: PagedModel, shelf: Shelf) -> None:
    shelf.rows[0] = replace(shelf.rows[0], note="<b>x</b>")
    index = model.index(0, 0)
    assert model.data(index, ROW) == Row(0, "厂00000", shelf.rows[0].count)
    assert model.data(index, SORT) == "厂00000"
    assert model.data(index, Qt.ItemDataRole.FontRole).bold()
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "厂00000"
    assert model.data(model.index(0, 3), Qt.ItemDataRole.ForegroundRole) == theme.colour(Colour.MAJOR)
    assert model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(0, 0), Qt.ItemDataRole.CheckStateRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "数量"
    assert model.headerData(1, Qt.Orientation.Vertical) is None


def test_another_order_asks_the_database(qtbot: QtBot, model: PagedModel, shelf: Shelf) -> None:
    with qtbot.waitSignal(model.filled):
        model.sort(1, Qt.SortOrder.DescendingOrder)
    wanted = shelf.keys(None, Order("count", descending=True))
    assert [model.key_at(n) for n in range(20)] == wanted[:20]
    assert model.order == Order("count", descending=True)


def test_a_column_that_cannot_be_sorted_does_not_ask(qtbot: QtBot, shell: Shell, model: PagedModel) -> None:
    with qtbot.assertNotEmitted(model.filled, wait=50):
        model.sort(2)
    assert model.order == Order("name")


def test_an_older_answer_does_not_win(qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf) -> None:
    for n in range(8):
        model.show_query(lambda session, order, n=n: shelf.keys(session, order)[: 100 + n])
    settle(qtbot, shell)
    assert model.rowCount() == 107


def test_pages_of_an_older_list_do_not_get_into_a_newer_one(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    text(model, 3_000)
    QApplication.processEvents()
    model.show_query(lambda session, order: shelf.keys(session, order)[::-1])
    settle(qtbot, shell)
    qtbot.waitUntil(lambda: text(model, 3_000) == f"厂{MANY - 1 - 3_000:05}", timeout=LONG)


def test_the_same_rows_with_other_values_are_no_new_list(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    shelf.rows[5] = replace(shelf.rows[5], name="改名的厂")
    with qtbot.assertNotEmitted(model.modelReset):
        again(qtbot, model)
    assert text(model, 5) == "改名的厂"


def test_what_is_in_view_does_not_turn_into_dots_when_it_is_asked_again(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    qtbot.waitUntil(lambda: text(model, 1_000) != "…")
    shelf.rows[1_000] = replace(shelf.rows[1_000], name="改名的厂")
    again(qtbot, model)
    assert text(model, 1_000) == "改名的厂"
    qtbot.waitUntil(lambda: text(model, 3_000) != "…")
    qtbot.waitUntil(lambda: text(model, 4_000) != "…")
    shelf.rows[1_001] = replace(shelf.rows[1_001], name="又改名的厂")
    again(qtbot, model)
    assert text(model, 1_001) == "厂01001", "what is out of view shows as it was until it is looked at"
    qtbot.waitUntil(lambda: text(model, 1_001) == "又改名的厂")


def test_trouble_while_reading_is_said_and_the_rows_come_when_it_is_over(
    qtbot: QtBot, shell: Shell, model: PagedModel, shelf: Shelf
) -> None:
    shelf.full = True
    text(model, 2_000)
    with qtbot.waitSignal(shell.messages.said) as said:
        pass
    assert isinstance(said.args[0].error, DiskFull)
    shelf.full = False
    qtbot.waitUntil(lambda: text(model, 2_000) == "厂02000", timeout=LONG)


def test_typing_a_name_looks_among_the_rows_that_are_here(model: PagedModel, shelf: Shelf) -> None:
    first = model.index(0, 0)
    found = model.match(first, Qt.ItemDataRole.DisplayRole, "厂0004", 1)
    assert [index.row() for index in found] == [40]
    around = model.match(model.index(50, 0), Qt.ItemDataRole.DisplayRole, "厂0004", 1)
    assert [index.row() for index in around] == [40]
    assert model.match(first, Qt.ItemDataRole.DisplayRole, "没有", 1) == []
    assert len(shelf.read) == PAGE


# --- the table


def select(table: PagedTable, *rows: int) -> None:
    table.clearSelection()
    table.setCurrentIndex(table.paged.index(rows[0], 0))
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        table.selectionModel().select(table.paged.index(row, 0), flags)


def picked_rows(table: PagedTable) -> list[int]:
    return sorted(index.row() for index in table.selectionModel().selectedRows())


def test_end_goes_to_the_last_row_and_shows_it(qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf) -> None:
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: table.current_row() == shelf.rows[MANY - 1], timeout=LONG)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    assert len(shelf.read) <= 6 * PAGE


def test_moving_picks_and_enter_opens(qtbot: QtBot, table: PagedTable, shelf: Shelf) -> None:
    table.setFocus()
    table.selectRow(0)
    with qtbot.waitSignal(table.picked) as picked:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert picked.args == [shelf.rows[1]]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [shelf.rows[1]]


def test_a_double_click_opens(qtbot: QtBot, table: PagedTable, shelf: Shelf) -> None:
    at = table.visualRect(table.paged.index(3, 0)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [shelf.rows[3]]


def test_who_comes_by_the_keyboard_sees_where_he_is(qtbot: QtBot, table: PagedTable) -> None:
    assert not table.selectionModel().hasSelection()
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert picked_rows(table) == [0]
    select(table, 4)
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert picked_rows(table) == [4]


def test_tab_goes_on_out_of_the_table(qtbot: QtBot, table: PagedTable) -> None:
    after = QWidget(table.parentWidget())
    after.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    after.show()
    QWidget.setTabOrder(table, after)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_what_is_picked_stays_picked_when_the_list_is_asked_again(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    qtbot.waitUntil(lambda: table.paged.row_at(30) is not None)
    select(table, 30)
    again(qtbot, table.paged)
    assert picked_rows(table) == [30]
    assert table.current_row() == shelf.rows[30]


def test_what_is_picked_stays_picked_and_in_its_place_when_others_come_and_go(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    table.scrollTo(table.paged.index(2_000, 0), PagedTable.ScrollHint.PositionAtCenter)
    qtbot.waitUntil(lambda: table.paged.row_at(2_000) is not None, timeout=LONG)
    select(table, 2_000, 2_002)
    before = table.visualRect(table.currentIndex()).top()
    for n in (0, 1, 2, 2_001):
        del shelf.rows[n]
    again(qtbot, table.paged)
    assert [table.paged.key_at(row) for row in picked_rows(table)] == [2_000, 2_002]
    assert table.paged.key_at(table.currentIndex().row()) == 2_000
    assert table.visualRect(table.currentIndex()).top() == before
    qtbot.waitUntil(lambda: table.current_row() == shelf.rows[2_000], timeout=LONG)


def test_a_screen_hears_when_what_was_picked_is_gone(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    select(table, 3)
    del shelf.rows[3]
    with qtbot.waitSignal(table.picked) as picked:
        again(qtbot, table.paged)
    assert picked.args == [None]
    assert picked_rows(table) == []


def test_a_screen_hears_new_values_of_what_is_picked_and_not_of_other_pages(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    select(table, 3)
    heard: list[object] = []
    table.picked.connect(heard.append)
    qtbot.waitUntil(lambda: text(table.paged, 4_000) != "…", timeout=LONG)
    assert heard == []
    shelf.rows[3] = replace(shelf.rows[3], name="改名的厂")
    again(qtbot, table.paged)
    assert heard == [shelf.rows[3]]


def test_a_row_can_be_picked_before_it_is_there(qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf) -> None:
    shelf.rows[90_000] = Row(90_000, "新登记的厂", 1)
    table.pick(90_000)
    assert picked_rows(table) == []
    again(qtbot, table.paged)
    assert table.paged.key_at(table.currentIndex().row()) == 90_000
    qtbot.waitUntil(lambda: table.current_row() == shelf.rows[90_000], timeout=LONG)


def test_who_picks_another_row_meanwhile_is_not_carried_off(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    table.pick(90_000)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.paged.index(2, 0)).center()
    )
    shelf.rows[90_000] = Row(90_000, "新登记的厂", 1)
    again(qtbot, table.paged)
    assert picked_rows(table) == [2]


def test_the_head_sorts_and_a_second_click_turns_it_round(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    header = table.horizontalHeader()
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == 0
    for descending in (False, True):
        at = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
        with qtbot.waitSignal(table.paged.filled):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert table.paged.order == Order("count", descending=descending)
        assert header.sortIndicatorSection() == 1
    assert table.paged.key_at(0) == shelf.keys(None, Order("count", descending=True))[0]


def open_menu(qtbot: QtBot, table: PagedTable) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(20, 20), table.mapToGlobal(QPoint(20, 20)))
    QApplication.sendEvent(table.viewport(), event)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, *path: str) -> Any:
    actions = menu.actions()
    for at, word in enumerate(path):
        action = next(one for one in actions if one.text().startswith(word))
        if at < len(path) - 1:
            inner = action.menu()
            assert isinstance(inner, QMenu)
            actions = inner.actions()
    return action


def close_menu(qtbot: QtBot, table: PagedTable, menu: QMenu) -> None:
    menu.close()
    qtbot.waitUntil(lambda: not table.findChildren(QMenu))


def test_order_and_columns_can_be_changed_without_a_mouse(qtbot: QtBot, shell: Shell, table: PagedTable) -> None:
    done: list[int] = []
    table.add_action("打开", lambda: done.append(1))
    menu = open_menu(qtbot, table)
    assert [one.text() for one in menu.actions() if one.text()] == ["打开", "复制到 Excel", "排序", "显示哪些列"]
    assert entry(menu, "排序", "名称").text() == "名称（现在升序）"
    with qtbot.waitSignal(table.paged.filled):
        entry(menu, "排序", "数量").trigger()
    assert table.paged.order == Order("count")
    close_menu(qtbot, table, menu)
    menu = open_menu(qtbot, table)
    assert not entry(menu, "显示哪些列", "名称").isEnabled(), "the first column says what a row is"
    entry(menu, "显示哪些列", "编号").trigger()
    assert not table.isColumnHidden(3)
    entry(menu, "打开").trigger()
    assert done == [1]
    close_menu(qtbot, table, menu)


def test_the_wide_column_takes_what_is_left_and_no_bar_is_needed(qtbot: QtBot, table: PagedTable) -> None:
    def fits() -> bool:
        return sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()

    window = table.window()
    for width in (600, 420, 900):
        window.resize(width, 400)
        qtbot.waitUntil(fits)
        assert table.horizontalScrollBar().maximum() == 0
    window.resize(200, 400)
    qtbot.waitUntil(lambda: table.columnWidth(0) == 120)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)


def test_columns_are_as_the_person_left_them(qtbot: QtBot, shell: Shell, table: PagedTable, model: PagedModel) -> None:
    table.setColumnWidth(1, 133)
    table.horizontalHeader().moveSection(2, 0)
    menu = open_menu(qtbot, table)
    entry(menu, "显示哪些列", "编号").trigger()
    close_menu(qtbot, table, menu)
    qtbot.waitUntil(lambda: shell.config.now.tables.get("企业", {}).get("order") == ["note", "name", "count", "id"])
    other = make_table(qtbot, shell, model)
    assert other.columnWidth(1) == 133
    assert not other.isColumnHidden(3)
    assert other.horizontalHeader().visualIndex(2) == 0


def test_a_pull_at_a_column_is_kept_also_if_the_window_closes_at_once(
    qtbot: QtBot, shell: Shell, table: PagedTable
) -> None:
    table.setColumnWidth(1, 140)
    assert "企业" not in shell.config.now.tables
    table.window().hide()
    assert shell.config.now.tables["企业"]["widths"]["count"] == 140


def test_columns_give_way_where_there_is_little_room_and_come_back(qtbot: QtBot, shell: Shell, shelf: Shelf) -> None:
    columns = [COLUMNS[0], replace(COLUMNS[1], gives_way=1), replace(COLUMNS[2], gives_way=2)]
    model = PagedModel(shell, columns, shelf.some, Order("name"), shell)
    with qtbot.waitSignal(model.filled):
        model.show_query(shelf.keys)
    table = make_table(qtbot, shell, model)

    def hidden() -> list[int]:
        return [n for n in range(len(columns)) if table.isColumnHidden(n)]

    assert hidden() == []
    table.window().resize(260, 400)
    qtbot.waitUntil(lambda: hidden() == [2])
    table.window().resize(150, 400)
    qtbot.waitUntil(lambda: hidden() == [1, 2])
    table.setColumnWidth(0, 130)
    table.window().hide()
    assert shell.config.now.tables.get("企业", {}).get("hidden", []) == []
    table.window().show()
    table.window().resize(600, 400)
    qtbot.waitUntil(lambda: hidden() == [])


@pytest.mark.parametrize(
    "kept",
    [
        {"widths": 5, "hidden": 7, "order": 9},
        {"widths": {"name": "wide", "count": -5, "note": 10**9}, "hidden": [1, {}], "order": ["count"]},
        {"widths": {"count": None}, "hidden": None, "order": ["name", "name", "name", "name"]},
        {"widths": {"gone": 5}, "hidden": ["name", "gone"], "order": [None, 1, {}, []]},
    ],
)
def test_nonsense_about_columns_does_not_matter(
    qtbot: QtBot, shell: Shell, model: PagedModel, kept: dict[str, Any]
) -> None:
    shell.config.remember_table("企业", kept)
    made = make_table(qtbot, shell, model)
    assert not made.isColumnHidden(0)
    assert all(24 <= made.columnWidth(n) <= 2000 for n in range(3))
    assert made.horizontalHeader().visualIndex(0) == 0


def test_large_type_and_touch_make_rows_and_columns_larger(
    qtbot: QtBot, qapp: QApplication, shell: Shell, table: PagedTable
) -> None:
    height, width = table.rowHeight(0), table.columnWidth(1)
    theme.apply(qapp, Appearance(large=True, touch=True), own_face=True)
    assert table.rowHeight(0) > height
    assert table.columnWidth(1) == width * 5 // 4
    theme.apply(qapp, Appearance(), own_face=True)
    assert (table.rowHeight(0), table.columnWidth(1)) == (height, width)


# --- copying


def clipboard() -> list[str]:
    return QGuiApplication.clipboard().text().split("\n")


def test_picked_rows_are_copied_with_their_titles_in_the_order_of_the_columns(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf
) -> None:
    select(table, 4, 2)
    table.horizontalHeader().moveSection(1, 0)
    with qtbot.waitSignal(shell.messages.said) as said:
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    two, four = shelf.rows[2], shelf.rows[4]
    assert clipboard() == ["数量\t名称\t备注", f"{two.count}\t厂00002\t", f"{four.count}\t厂00004\t"]
    assert "2 行" in said.args[0].text


@pytest.mark.parametrize(
    ("typed", "copied"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86 138", "'+86 138"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("  =1", "'=1"),
        ("一行\n又一行\t格", "一行 又一行 格"),
        ("1=1", "1=1"),
    ],
)
def test_nothing_that_is_copied_becomes_a_formula_or_breaks_out_of_its_cell(
    qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf, typed: str, copied: str
) -> None:
    shelf.rows[0] = replace(shelf.rows[0], note=typed)
    again(qtbot, table.paged)
    select(table, 0)
    table.copy_for_excel()
    assert clipboard()[1].split("\t")[2] == copied


def test_rows_that_nobody_looked_at_are_copied_too(qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf) -> None:
    table.selectAll()
    with qtbot.waitSignal(shell.messages.said, timeout=LONG) as said:
        table.copy_for_excel()
    assert len(clipboard()) == MANY + 1
    assert clipboard()[-1].startswith(f"厂{MANY - 1:05}\t")
    assert "5,000 行" in said.args[0].text


def test_who_copies_more_than_that_is_told_so(qtbot: QtBot, shell: Shell, table: PagedTable, shelf: Shelf) -> None:
    shelf.rows[MANY] = Row(MANY, "多出来的厂", 1)
    again(qtbot, table.paged)
    table.selectAll()
    with qtbot.waitSignal(shell.messages.said, timeout=LONG) as said:
        table.copy_for_excel()
    assert len(clipboard()) == 5_001
    assert "其余的没有复制" in said.args[0].text


def test_with_nothing_picked_nothing_is_copied(qtbot: QtBot, shell: Shell, table: PagedTable) -> None:
    QGuiApplication.clipboard().setText("before")
    with qtbot.assertNotEmitted(shell.messages.said, wait=50):
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == ["before"]
