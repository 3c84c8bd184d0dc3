"""A ledger of ten thousand enterprises: searched from everywhere, scrolled to its end, sorted, and gone into."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import PASSPHRASE
from PySide6.QtWidgets import QListView, QTableView

from safetydesk.workflows.folders import Place

from .day import many_registered
from .person import Person

MANY = 10_000
Begin = Callable[[Place], Person]


@pytest.fixture
def person(begin: Begin, installed: Place) -> Person:
    many_registered(installed, MANY)
    made = begin(installed)
    made.unlocks(PASSPHRASE)
    return made


def table(person: Person) -> QTableView:
    found = person.find("企业", QTableView) or person.program.window.findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def last_in_view(person: Person) -> str:
    view = table(person)
    at = view.rowAt(view.viewport().height() - 5)
    return str(view.model().index(at if at >= 0 else view.model().rowCount() - 1, 0).data())


def opens_the_list(person: Person) -> QTableView:
    person.press("Alt+2")
    person.waits_until(lambda: table(person).model().rowCount() == MANY, "the list never counted them all")
    person.settles()
    return table(person)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("07777", "云岭07777号"),
        ("yl04242", "云岭04242号"),
        ("13800009999", "新塘09999号"),
        ("石桥 09998", "石桥09998号"),
    ],
)
def test_one_of_ten_thousand_is_found_from_anywhere(person: Person, typed: str, wanted: str) -> None:
    person.press("Alt+4", "Ctrl+K")
    person.type(typed)
    person.waits_for(wanted)
    results = person.program.frame.search_box.results if person.program.frame is not None else None
    assert results is not None
    assert results.findChild(QListView) is not None
    person.press("Esc")
    person.settles()


def test_the_first_result_is_one_enter_away(person: Person) -> None:
    person.press("Ctrl+K")
    person.type("07777")
    person.waits_for("云岭07777号")
    person.press("Enter")
    person.settles()
    assert person.program.frame is not None
    here = person.program.frame.current_screen()
    assert here is not None
    assert here.place == "enterprises"
    person.waits_for("云岭07777号")


def test_the_list_is_scrolled_to_its_end_and_shows_rows_everywhere(person: Person) -> None:
    view = opens_the_list(person)
    view.setFocus()
    person.press("Ctrl+End")
    person.waits_until(lambda: "…" not in last_in_view(person), "the end of the list never came")
    end = last_in_view(person)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    for page in range(30):
        person.press("PgUp")
        assert view.currentIndex().row() < MANY - page
    person.waits_until(lambda: str(view.currentIndex().data()) != "…", "the rows on the way never came")
    for share in (0.1, 0.5, 0.9, 0.3):
        view.verticalScrollBar().setValue(int(view.verticalScrollBar().maximum() * share))
        person.waits_until(lambda: last_in_view(person) not in ("…", end), "the middle never came")
    person.settles()
    person.press("Ctrl+Home")
    person.waits_until(lambda: view.currentIndex().row() == 0)


def test_sorted_the_other_way_round_the_last_comes_first(person: Person) -> None:
    view = opens_the_list(person)
    first = str(view.model().index(0, 0).data())
    header = view.horizontalHeader()
    person.click_on(header.viewport(), _middle(header, 0))
    person.settles()
    person.waits_until(lambda: str(view.model().index(0, 0).data()) not in (first, "…"), "it was never turned round")


def _middle(header: object, section: int) -> object:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QHeaderView

    assert isinstance(header, QHeaderView)
    return QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
