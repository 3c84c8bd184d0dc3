"""An import that is looked at first, and one that is taken back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from office_steps import LEDGER, add, credit_code, edit, start, wrong_digit

from safetydesk.domain.errors import Cancelled
from safetydesk.models.tables import Enterprise
from safetydesk.workflows import enterprise_list, ledger_rehearsal, searching
from safetydesk.workflows.desk import Desk, Quiet
from safetydesk.workflows.ledger_rehearsal import Applied, Rehearsal

HEADER = ["企业名称", "统一社会信用代码", "村（社区）", "从业人员数", "从没听说过的一栏"]


class Stopped(Quiet):
    def check_cancelled(self) -> None:
        raise Cancelled


def workbook(tmp_path: Path, *rows: list[object]) -> Path:
    path = tmp_path / "台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(row)
    book.save(path)
    book.close()
    return path


def rehearsed(desk: Desk, path: Path) -> Rehearsal:
    with desk.store.reading() as session:
        return ledger_rehearsal.rehearse(session, ledger_rehearsal.read(path))


def applied(desk: Desk, path: Path) -> Applied:
    sheet = ledger_rehearsal.read(path)
    with desk.store.writing() as session:
        return ledger_rehearsal.apply(session, desk, sheet, Quiet())[1]


def take_back(desk: Desk, import_id: UUID) -> None:
    with desk.store.writing() as session:
        ledger_rehearsal.take_back(session, desk, import_id, Quiet())


def ledger(desk: Desk) -> dict[str, tuple[str | None, int | None]]:
    with desk.store.reading() as session:
        rows = session.query(Enterprise).filter(Enterprise.voided_at.is_(None))
        return {one.name: (one.village, one.headcount) for one in rows}


@pytest.fixture
def mixed(desk: Desk, tmp_path: Path) -> Path:
    """One row that is new, one that changes a known enterprise, one that says nothing new, one refused, one with a
    bad cell."""
    add(desk, "样溪甲厂", 1, village="样岭村", headcount="10")
    add(desk, "样溪乙厂", 2, village="样岭村")
    return workbook(
        tmp_path,
        ["样溪丙厂", credit_code(3), "样新社区", 30, "x"],
        ["样溪甲厂", credit_code(1), "样新社区", 12, "x"],
        ["样溪乙厂", credit_code(2), "样岭村", None, "x"],
        ["样溪丁厂", wrong_digit(credit_code(4)), "样岭村", 5, "x"],
        ["样溪戊厂", credit_code(5), "样岭村", "十来个", "x"],
    )


def test_a_rehearsal_counts_and_shows_old_beside_new_and_writes_nothing(desk: Desk, mixed: Path) -> None:
    before = ledger(desk)
    shown = rehearsed(desk, mixed)
    assert (shown.rows, shown.created, shown.updated, shown.unchanged, shown.refused, shown.cells) == (5, 2, 1, 1, 1, 1)
    assert [line.name for line in shown.new] == ["样溪丙厂", "样溪戊厂"]
    (changed,) = shown.changed
    assert changed.name == "样溪甲厂"
    assert {(one.label, one.before, one.after) for one in changed.fields} == {
        ("村（社区）", "样岭村", "样新社区"),
        ("从业人员数", "10", "12"),
    }
    assert [(one.row, one.is_fatal) for one in shown.problems] == [(5, True), (6, False)]
    assert [one.title for one in shown.columns if one.is_unknown] == ["从没听说过的一栏"]
    assert not shown.does_nothing
    assert ledger(desk) == before


def test_what_is_applied_is_what_was_rehearsed(desk: Desk, mixed: Path) -> None:
    shown = rehearsed(desk, mixed)
    done = applied(desk, mixed)
    assert (done.created, done.updated, done.unchanged) == (shown.created, shown.updated, shown.unchanged)
    again = rehearsed(desk, mixed)
    assert (again.created, again.updated, again.does_nothing) == (0, 0, True)


def test_an_import_taken_back_leaves_the_ledger_as_it_was(desk: Desk, mixed: Path) -> None:
    before = ledger(desk)
    done = applied(desk, mixed)
    assert ledger(desk) != before
    take_back(desk, done.import_id)
    assert ledger(desk) == before
    with desk.store.reading() as session:
        assert searching.find(session, "丙厂") == []
        assert enterprise_list.offered(session).everyone == 2


def test_what_was_worked_on_since_stays(desk: Desk, mixed: Path) -> None:
    done = applied(desk, mixed)
    with desk.store.reading() as session:
        ids = {name: searching.find(session, name)[0].id for name in ("样溪甲厂", "样溪丙厂", "样溪戊厂")}
    edit(desk, ids["样溪甲厂"], "headcount=99")
    start(desk, ids["样溪丙厂"])
    edit(desk, ids["样溪戊厂"], "headcount=7")
    take_back(desk, done.import_id)
    assert ledger(desk) == {
        "样溪甲厂": ("样岭村", 99),
        "样溪乙厂": ("样岭村", None),
        "样溪丙厂": ("样新社区", 30),
        "样溪戊厂": ("样岭村", 7),
    }


def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, mixed: Path) -> None:
    before = ledger(desk)
    sheet = ledger_rehearsal.read(mixed)
    with pytest.raises(Cancelled), desk.store.writing() as session:
        ledger_rehearsal.apply(session, desk, sheet, Stopped())
    assert ledger(desk) == before
    with desk.store.reading() as session:
        assert searching.find(session, "丙厂") == []


def test_refused_rows_go_into_a_workbook_of_their_own(desk: Desk, mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "退回.xlsx"
    ledger_rehearsal.save_refused(ledger_rehearsal.read(mixed), out)
    book = openpyxl.load_workbook(out)
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    book.close()
    assert "样溪丁厂" in text
    assert "样溪乙厂" not in text


def test_the_sample_ledger_is_all_new(desk: Desk) -> None:
    shown = rehearsed(desk, LEDGER)
    assert (shown.rows, shown.created, shown.refused) == (120, 120, 0)
