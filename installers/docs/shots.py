"""One process of `make screenshots`: the pictures of one scaling and appearance."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from safetydesk.models.keys import Kdf
from safetydesk.ui.app import App
from safetydesk.ui.config import Appearance, Config
from safetydesk.workflows import sample_home
from safetydesk.workflows.desk import Quiet
from safetydesk.workflows.folders import Place
from safetydesk.workflows.wall_clock import wall_clock

NOW = "2026-11-21T09:40:00+08:00"
PASSPHRASE = "shi yong kou ling"
_PATIENCE = 15_000  # ms
_STEP = 10


def main(words: list[str]) -> int:
    match words:
        case [scratch, out, scaling, scheme, sizes, only]:
            take(Path(scratch), Path(out), int(scaling), scheme, sizes.split(","), only)
        case _:
            return 2
    return 0


def prepare(scratch: Path) -> None:
    """The data that the pictures show: the sample data, and an officer who has only just begun.

    Made where they are used: data that were moved would first be asked about.
    """
    from safetydesk.domain.kinds import Role
    from safetydesk.workflows.setting_up import Person, set_up

    cheap = Kdf(memory_kib=8, passes=1, lanes=1)
    new = Place(scratch / "new", scratch / "new-state")
    set_up(new, Person(Role.OFFICER, "样溪镇人民政府", "张例安", "YX-001"), PASSPHRASE, wall_clock(NOW), kdf=cheap)
    home = Place(scratch / "home", scratch / "home-state")
    sample_home.make(home, wall_clock(NOW), Quiet())


class Camera:
    """The window of one installation, and what it takes to picture it."""

    def __init__(self, place: Place, taker: Taker) -> None:
        Config(place.state).change(appearance=taker.appearance, last_folder=str(place.folder))
        self.app = App(place, NOW, own_face=True)
        self._taker = taker
        self.app.open()

    @property
    def window(self) -> Any:
        return self.app.window

    @property
    def frame(self) -> Any:
        return self.app.frame

    def wait(self, until: Callable[[], object], what: str = "") -> None:
        waited = 0
        while not until():
            if waited >= _PATIENCE:
                raise TimeoutError(what)
            QTest.qWait(_STEP)
            waited += _STEP

    def settle(self) -> None:
        """Until nothing is on its way any more."""
        QTest.qWait(60)
        if self.app.runner is not None:
            self.wait(lambda: not self.app.runner._held, "tasks")
        QTest.qWait(120)

    def unlock(self, passphrase: str) -> None:
        edit = self.app.lock_screen.passphrase_edit
        edit.setText(passphrase)
        edit.returnPressed.emit()
        self.wait(lambda: self.app.frame is not None, "frame")
        self.settle()

    def go(self, target: object) -> Any:
        self.frame.go(target)
        self.settle()
        return self.frame.current_screen()

    def shot(self, name: str) -> None:
        self._taker.shot(self, name)

    def close(self) -> None:
        self.app.shut_down()
        self.app.window.deleteLater()
        QTest.qWait(10)


class Taker:
    """Where the pictures go, and how large they are."""

    def __init__(self, out: Path, scaling: int, scheme: str, sizes: list[str], only: str) -> None:
        self.out = out
        self.scaling = scaling
        self.scheme = scheme
        self.sizes = [tuple(map(int, size.split("x"))) for size in sizes]
        self.only = only
        self.appearance = Appearance(scheme=scheme)
        self.taken = 0

    def shot(self, camera: Camera, name: str) -> None:
        for width, height in self.sizes:
            folder = f"{width}x{height}-{self.scaling}-{self.scheme}"
            if self.only and self.only not in f"{folder}/{name}":
                continue
            camera.window.resize(width * 100 // self.scaling, height * 100 // self.scaling)
            camera.settle()
            (self.out / folder).mkdir(parents=True, exist_ok=True)
            _save(camera.window, self.out / folder / f"{name}.png")
            self.taken += 1


def _save(widget: Any, path: Path) -> None:
    """Pillow packs tighter than Qt."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    widget.grab().save(buffer, "BMP")
    Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB").save(path, optimize=True)


@contextmanager
def camera_on(taker: Taker, place: Place) -> Iterator[Camera]:
    camera = Camera(place, taker)
    try:
        yield camera
    finally:
        camera.close()


def take(scratch: Path, out: Path, scaling: int, scheme: str, sizes: list[str], only: str) -> None:
    from states import take_all

    QApplication([])
    QCursor.setPos(4000, 4000)  # nothing is under the mouse
    work = scratch / f"{scaling}-{scheme}"
    work.mkdir()
    prepare(work)
    taker = Taker(out, scaling, scheme, sizes, only)
    take_all(taker, work)
    print(f"{scaling} % {scheme}: {taker.taken}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
