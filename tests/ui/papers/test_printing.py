"""The printer is a PDF file here: what it holds is read back and laid over the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from safetydesk.ui.printing import PaperPrinter, Printed, PrintJob
from safetydesk.workflows.desk import Desk
from ui.visits import Window, close_window, open_window

from office_steps import PHOTO, add, failed, issue, visit  # isort: skip

TOLERANCE = 6.0  # letters drawn twice differ at their edges; a page in the wrong place differs by more
NUMBER = "（云溪）应急整改〔2026〕办A-1号"


class FileDialog(QDialog):
    """A print dialog in which the person chose a file, or thought better of it."""

    def __init__(self, printer: QPrinter, file: Path | None) -> None:
        super().__init__()
        self._file = file
        self._printer = printer

    def open(self) -> None:
        if self._file is None:
            self.reject()
            return
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setOutputFileName(str(self._file))
        self.accept()


class FilePrinter(PaperPrinter):
    """Everything as always, but the dialog and whether there is a printer."""

    file: Path | None = None
    is_there = True
    pages: tuple[int, int] | None = None

    def has_printer(self) -> bool:
        return self.is_there

    def _make_dialog(self, printer: QPrinter) -> Any:
        if self.pages is not None:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(*self.pages)
        return FileDialog(printer, self.file)


@pytest.fixture
def window(qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    made = open_window(file_desk, tmp_path / "window")
    made.printer = FilePrinter(made.shell, None)
    yield made
    close_window(made)


@pytest.fixture
def paper(file_desk: Desk) -> bytes:
    """Two findings, one with a photo: a page of text and a page of photos."""
    visit_id = visit(file_desk, add(file_desk), failed("CS-03", photos=[PHOTO]), failed("CS-05"))
    return issue(file_desk, visit_id).pdf


class Sent:
    def __init__(self) -> None:
        self.printed: list[Printed] = []
        self.not_printed = 0

    def give_up(self) -> None:
        self.not_printed += 1


def send(window: Window, jobs: list[PrintJob], copies: int = 2) -> Sent:
    sent = Sent()
    window.printer.print_pdf(jobs, copies, sent.printed.append, sent.give_up)
    return sent


def pictures(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1.5).to_pil().convert("RGB") for page in document]


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pages lie apart, in shades of 255 on average."""
    other = other.resize(one.size).convert("L")
    return float(ImageStat.Stat(ImageChops.difference(one.convert("L"), other)).mean[0])


def test_the_printed_pages_look_like_the_paper(qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path) -> None:
    window.printer.file = tmp_path / "印出来.pdf"
    sent = send(window, [PrintJob(NUMBER, paper)])
    qtbot.waitUntil(lambda: bool(sent.printed), timeout=20_000)
    assert sent.printed == [Printed((NUMBER,), 2)]
    before, after = pictures(paper), pictures(window.printer.file.read_bytes())
    assert len(before) == len(after) == 2
    for one, other in zip(before, after, strict=True):
        assert abs(one.width - other.width) <= 2
        assert unlike(one, other) < TOLERANCE
        assert ImageStat.Stat(other.convert("L")).mean[0] < 254  # not a white sheet


def test_a_shifted_page_would_be_noticed(paper: bytes) -> None:
    text, photo = pictures(paper)
    assert unlike(text, ImageChops.offset(text, 3, 3)) > TOLERANCE
    assert unlike(text, photo) > TOLERANCE


def test_only_the_chosen_pages_are_printed(qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path) -> None:
    window.printer.file = tmp_path / "印出来.pdf"
    window.printer.pages = (2, 2)
    sent = send(window, [PrintJob(NUMBER, paper)], copies=1)
    qtbot.waitUntil(lambda: bool(sent.printed), timeout=20_000)
    (page,) = pictures(window.printer.file.read_bytes())
    assert unlike(page, pictures(paper)[1]) < TOLERANCE


def test_a_dialog_that_was_closed_prints_nothing(window: Window, paper: bytes) -> None:
    sent = send(window, [PrintJob(NUMBER, paper)])
    assert (sent.printed, sent.not_printed) == ([], 1)


@pytest.mark.qt_log_ignore(r"QPainter::begin")
def test_a_printer_that_does_not_take_it_is_said(qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path) -> None:
    window.printer.file = tmp_path / "没有这个文件夹" / "印出来.pdf"
    sent = send(window, [PrintJob(NUMBER, paper)])
    qtbot.waitUntil(lambda: bool(sent.not_printed), timeout=20_000)
    assert sent.printed == []
    assert "没有打印成功" in window.texts()[-1]


def test_what_is_no_pdf_is_not_printed(qtbot: QtBot, window: Window, tmp_path: Path, caplog: Any) -> None:
    window.printer.file = tmp_path / "印出来.pdf"
    sent = send(window, [PrintJob(NUMBER, b"torn")])
    qtbot.waitUntil(lambda: bool(sent.not_printed), timeout=20_000)
    caplog.clear()
    assert sent.printed == []


def test_without_a_printer_the_paper_is_offered_as_a_file(
    qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path
) -> None:
    window.printer.is_there = False
    window.files.path = tmp_path / "存下.pdf"
    sent = send(window, [PrintJob(NUMBER, paper)])
    (asked,) = window.asker.asked
    assert ("没有打印机" in asked.title, asked.button) == (True, "存成 PDF")
    qtbot.waitUntil(lambda: bool(window.said), timeout=20_000)
    assert window.files.path.read_bytes() == paper
    assert window.files.names == [f"{NUMBER}.pdf"]
    assert (sent.printed, sent.not_printed) == ([], 1)


def test_a_file_that_is_there_is_replaced_whole_because_the_dialog_asked(
    qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path
) -> None:
    window.files.path = tmp_path / "存下.pdf"
    window.files.path.write_bytes(b"older")
    window.printer.save_pdf([PrintJob(NUMBER, paper)])
    qtbot.waitUntil(lambda: bool(window.said), timeout=20_000)
    assert window.files.path.read_bytes() == paper
    assert [one.name for one in tmp_path.glob("*.pdf")] == ["存下.pdf"]


def test_several_papers_go_into_a_folder_under_their_numbers(
    qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path
) -> None:
    window.files.path = tmp_path / "存下"
    other = NUMBER.replace("整改", "责改")
    window.printer.save_pdf([PrintJob(NUMBER, paper), PrintJob(other, paper)])
    qtbot.waitUntil(lambda: bool(window.said), timeout=20_000)
    assert {one.name for one in window.files.path.iterdir()} == {f"{NUMBER}.pdf", f"{other}.pdf"}


def test_the_printer_is_asked_for_as_many_copies_as_the_office_wants(window: Window) -> None:
    for wanted, given in ((2, 2), (0, 1), (40, 9)):
        printer = window.printer.make_printer(wanted)
        assert (printer.copyCount(), printer.fullPage(), printer.collateCopies()) == (given, True, True)


def test_closing_the_window_in_the_middle_leaves_nothing_running(
    qtbot: QtBot, window: Window, paper: bytes, tmp_path: Path
) -> None:
    window.printer.file = tmp_path / "印出来.pdf"
    sent = send(window, [PrintJob(NUMBER, paper)])
    window.shell.runner.shut_down()
    assert sent.printed == []
