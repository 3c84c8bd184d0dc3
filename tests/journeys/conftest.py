"""The real program for the journeys: its own window, its own store, and what a person cannot give in a test replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, PASSPHRASE, UNIT
from faults.disks import Disk, small_disk
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from ui.conftest import garbage_is_collected_in_the_window_only, nothing_leaks, pytest_itemcollected

from safetydesk.domain.kinds import Role
from safetydesk.ui.app import App
from safetydesk.ui.config import Config
from safetydesk.workflows.folders import Place
from safetydesk.workflows.setting_up import Person as Somebody
from safetydesk.workflows.setting_up import set_up
from safetydesk.workflows.wall_clock import wall_clock

from .person import Person

__all__ = ["garbage_is_collected_in_the_window_only", "nothing_leaks", "pytest_itemcollected"]
NOW = "2026-11-21T09:30:00+08:00"
PHOTO = Path(__file__).parents[2] / "resources" / "samples" / "photos" / "open-manhole.jpg"


@dataclass
class Outside:
    """What lies around the computer: the files that would be chosen, and the sheets that came out of the printer."""

    folder: Path
    chosen: list[Path] = field(default_factory=list)
    sheets: list[Path] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def photos(self, count: int) -> list[Path]:
        """Pictures that differ, as a camera makes them."""
        made = []
        for n in range(count):
            file = self.folder / f"照片 {n + 1}.jpg"
            _picture(file, n)
            made.append(file)
        return made


class ChoosesFromOutside:
    """In the place of the system's file dialogs."""

    outside: Outside

    def __init__(self, window: QWidget, config: Config) -> None:
        pass

    def open_files(self, title: str, kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        self.outside.asked.append(title)
        if self.outside.chosen:
            on_chosen(list(self.outside.chosen))

    def open_folder(self, title: str, on_chosen: Callable[[Path], object]) -> None:
        self.outside.asked.append(title)
        if self.outside.chosen:
            on_chosen(self.outside.chosen[0])

    def save_file(self, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]) -> None:
        self.outside.asked.append(title)
        on_chosen(self.outside.folder / name)


class PrintsIntoAFile(QDialog):
    """A print dialog in which the person chose a PDF printer."""

    def __init__(self, printer: QPrinter, outside: Outside) -> None:
        super().__init__()
        self._printer = printer
        self._outside = outside

    def open(self) -> None:
        file = self._outside.folder / f"sheet {len(self._outside.sheets) + 1}.pdf"
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setOutputFileName(str(file))
        self._outside.sheets.append(file)
        self.accept()


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outside:
    made = Outside(tmp_path / "外面")
    made.folder.mkdir()
    monkeypatch.setattr(ChoosesFromOutside, "outside", made, raising=False)
    monkeypatch.setattr("safetydesk.ui.dialogs.DialogFileChooser", ChoosesFromOutside)
    monkeypatch.setattr("safetydesk.ui.printing.PaperPrinter.has_printer", lambda _self: True)
    monkeypatch.setattr(
        "safetydesk.ui.printing.PaperPrinter._make_dialog", lambda _self, printer: PrintsIntoAFile(printer, made)
    )
    monkeypatch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: CHEAP)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "安监办 台账", tmp_path / "state")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk, where this account may mount one."""
    with small_disk(tmp_path / "小盘", 12_000) as made:
        yield made


def set_up_officer(place: Place) -> Place:
    set_up(place, Somebody(Role.OFFICER, UNIT, "张例安", "YX-001"), PASSPHRASE, wall_clock(NOW), kdf=CHEAP)
    return place


@pytest.fixture
def installed(place: Place) -> Place:
    """An officer who has been set up, and has nothing yet."""
    return set_up_officer(place)


@pytest.fixture
def begin(qtbot: QtBot, outside: Outside) -> Iterator[Callable[[Place], Person]]:
    """Starts the program on an installation; it is closed at the end, and again before it is started again."""
    running: list[App] = []

    def end() -> None:
        for program in running:
            program.shut_down()
            program.window.deleteLater()
            program.deleteLater()
        running.clear()

    def start(place: Place) -> Person:
        end()
        program = App(place, NOW, own_face=True)
        running.append(program)
        program.open()
        qtbot.waitExposed(program.window)
        program.window.activateWindow()
        return Person(qtbot, program)

    yield start
    end()


def _picture(file: Path, seed: int) -> None:
    """The sample photo, with a mark that makes it another one."""
    from PIL import Image, ImageDraw

    with Image.open(PHOTO) as original:
        picture = original.copy()
        exif: Any = original.getexif()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20 + 30 * seed, 20, 40 + 30 * seed, 60), fill=(200, 40 * seed % 255, 90))
    picture.save(file, quality=88, exif=exif)
    assert file.stat().st_size > 10_000


def room_left(folder: Path) -> int:
    return shutil.disk_usage(folder).free
