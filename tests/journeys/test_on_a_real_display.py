"""The program as a person starts it: a process of its own, a real display, real keys, and every way to end it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from conftest import CHEAP, UNIT

from safetydesk.domain.kinds import Result, Role
from safetydesk.models.store import system_clock
from safetydesk.models.tables import Enterprise
from safetydesk.ui import theme
from safetydesk.ui.theme import Colour
from safetydesk.workflows import enterprises, inspections, walking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.folders import Place
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.setting_up import Person, set_up
from safetydesk.workflows.walking_shapes import Walk

from .x_display import RETURN, SIZE, Display, Picture, Screen, at, cookie_in, lets_in, virtual_display

NEVER = threading.Event()  # to wait a moment for another process
ROOT = Path(__file__).parents[2]
RUN = ROOT / "installers" / "linux" / "run.sh"
PASSPHRASE = "Kou ling: 27 hao!"  # what a keyboard has, also above
WRONG = "kou ling: 27 hao!"
PATIENCE = 20.0  # seconds
STILL = 0.1
PROGRAM = [sys.executable, "-W", "error", "-m", "safetydesk"]

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the display is an X server"),
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no virtual display here: apt-get install xvfb"),
]


def waits(until: Callable[[], object], what: str, seen: Callable[[], object] = list) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise AssertionError(f"{what}; {seen()}")
        NEVER.wait(0.01)


class Running:
    """The program, seen from outside: its process, its trace, and what stands on the display."""

    def __init__(self, process: subprocess.Popen[bytes], trace: Path) -> None:
        self.process = process
        self._trace = trace

    def moments(self) -> list[str]:
        lines = self._trace.read_text("ascii").splitlines() if self._trace.exists() else []
        return [line.split()[0] for line in lines]

    def waits_for(self, moment: str) -> None:
        waits(lambda: moment in self.moments() or self.process.poll() is not None, f"never {moment}", self.moments)
        assert moment in self.moments(), self.process.communicate()

    def display(self) -> int:
        """Of run.sh: the one line that it says."""
        assert self.process.stderr is not None
        said = self.process.stderr.readline().decode()
        found = re.search(r"虚拟显示器 :(\d+) 上，按 Ctrl\+C 结束", said)
        assert found, said
        return int(found[1])

    def ends(self) -> tuple[int, bytes, bytes]:
        """Exit code, and everything it said."""
        said, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said, errors


@contextmanager
def running(command: list[str], environment: dict[str, str], trace: Path) -> Iterator[Running]:
    """It does not outlive the test; where it had to be killed, the test has failed already."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        env=environment | {"SAFETYDESK_TRACE": str(trace)}, start_new_session=True,
    )  # fmt: skip
    try:
        yield Running(process, trace)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment as a terminal has it, and nothing that would send Qt elsewhere."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    (tmp_path / "tmp").mkdir()
    return kept | {"TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    with virtual_display(tmp_path_factory.mktemp("display")) as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Place:
    """An installation where the program looks for its state by itself."""
    place = Place(tmp_path / "安监办 台账", Path(os.environ["XDG_STATE_HOME"]) / "safetydesk")
    set_up(place, Person(Role.OFFICER, UNIT, "张例安", "YX-001"), PASSPHRASE, system_clock(), kdf=CHEAP)
    return place


@contextmanager
def opened(home: Place) -> Iterator[Desk]:
    desk = unlock(home, PASSPHRASE, system_clock())
    try:
        yield desk
    finally:
        desk.store.close()


@pytest.fixture
def visit(home: Place) -> UUID:
    """A check that lies unfinished, with four answers."""
    with opened(home) as desk, desk.store.writing() as session:
        added = enterprises.add(session, desk, {"name": "样溪木器厂（示例）", "address": "样溪路1号"})
        visit = inspections.start(session, desk, session.get_one(Enterprise, added), "confined-space")
    with opened(home) as desk:
        for item in list(walked(desk, visit).items)[:4]:
            with desk.store.writing() as session:
                walking.put(session, desk, visit, walking.AnswerInput(item.id, Result.PASS))
    return visit


def walked(desk: Desk, visit: UUID) -> Walk:
    with desk.store.reading() as session:
        return walking.walk(session, desk, visit)


@pytest.fixture
def program(home: Place, display: Display, bare: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    command = [*PROGRAM, "--data", str(home.folder)]
    with running(command, bare | display.environment(), tmp_path / "trace") as made:
        yield made


@pytest.fixture
def screen(display: Display) -> Iterator[Screen]:
    with at(display) as made:
        yield made


def pixels(picture: Picture, colour: Colour) -> int:
    return picture.colours()[int(theme._LIGHT[colour][1:], 16)]


def still(screen: Screen) -> Picture:
    """When nothing moves on it any more."""
    last = screen.picture()
    end = time.monotonic() + PATIENCE
    while True:
        NEVER.wait(STILL)
        now = screen.picture()
        if now == last:
            return now
        assert time.monotonic() < end, "the screen never came to rest"
        last = now


def painted(program: Running, screen: Screen) -> int:
    """The window, when the lock screen stands on the display and the keyboard is its own."""
    program.waits_for("lock_painted")
    waits(lambda: screen.windows() and pixels(screen.picture(), Colour.ACCENT) > 1000, "the lock screen never showed")
    (window,) = screen.windows()
    screen.give_focus(window)
    return window


def unlocked(program: Running, screen: Screen) -> int:
    window = painted(program, screen)
    screen.type(PASSPHRASE)
    screen.press(RETURN)
    program.waits_for("frame_told")  # what the frame asks behind 今日
    waits(lambda: pixels(screen.picture(), Colour.ACCENT_SOFT) > 1000, "the rail never showed where one is")
    return window


def test_from_the_door_through_a_wrong_passphrase_to_today_and_out_by_the_close_button(
    program: Running, screen: Screen
) -> None:
    window = painted(program, screen)
    assert screen.title(window) == "网格安全员工作台"
    door = screen.picture()
    assert len(door.colours()) > 20, "letters have soft edges"
    assert pixels(door, Colour.MAJOR) == 0

    screen.type(WRONG)
    screen.press(RETURN)
    waits(lambda: pixels(screen.picture(), Colour.MAJOR) > 0, "it never said that the passphrase was wrong")
    assert "unlocked" not in program.moments()

    screen.type(PASSPHRASE)
    screen.press(RETURN)
    program.waits_for("frame_told")
    waits(lambda: pixels(screen.picture(), Colour.ACCENT_SOFT) > 1000, "the rail never showed where one is")
    today = still(screen)
    assert pixels(today, Colour.ACCENT) > 1000, "the button for the first step"
    assert pixels(today, Colour.SUNKEN) > 50_000, "the rail"
    assert len(today.pixels) == 4 * SIZE[0] * SIZE[1]
    assert screen.windows() == [window], "one window, before and after"

    screen.ask_to_close(window)
    assert program.ends() == (0, b"", b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("when", ["as soon as it is painted", "at rest", "unlocked"])
def test_ctrl_c_and_the_end_of_the_session_close_it_at_any_time(
    program: Running, screen: Screen, number: signal.Signals, when: str
) -> None:
    """Also in the middle of its first painting."""
    match when:
        case "as soon as it is painted":
            program.waits_for("lock_painted")
        case "at rest":
            painted(program, screen)
            program.waits_for("warmed")
            still(screen)
        case _:
            unlocked(program, screen)
    program.process.send_signal(number)
    assert program.ends() == (0, b"", b"")
    waits(lambda: screen.windows() == [], "the window stayed")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_half_typed_words_are_on_the_disk_when_it_is_ended_from_outside(
    home: Place, visit: UUID, program: Running, screen: Screen, number: signal.Signals
) -> None:
    unlocked(program, screen)
    today = still(screen)
    screen.press(RETURN)  # on with the check
    waits(lambda: screen.picture() != today, "nothing happened")
    still(screen)
    screen.type("2")
    waits(lambda: _result(home, visit) is Result.FAIL, "the answer never came to the disk")
    still(screen)
    screen.type("Pool 3, east")
    still(screen)
    program.process.send_signal(number)
    assert program.ends() == (0, b"", b"")
    with opened(home) as desk:
        assert walked(desk, visit).answers["CS-03", None].place == "Pool 3, east"


def _result(home: Place, visit: UUID) -> Result | None:
    with opened(home) as desk:
        state = walked(desk, visit).answers.get(("CS-03", None))
    return state.result if state is not None else None


def test_make_run_without_a_display_makes_one_and_ctrl_c_takes_it_down_again(
    home: Place, bare: dict[str, str], tmp_path: Path
) -> None:
    if shutil.which("xauth") is None:
        pytest.skip("no xauth here: apt-get install xauth")
    command = ["bash", str(RUN), *PROGRAM, "--data", str(home.folder)]
    with running(command, bare, tmp_path / "trace") as program:
        program.waits_for("lock_painted")
        number = program.display()
        (authority,) = Path(bare["TMPDIR"]).rglob("client")
        made = Display(number, authority, cookie_in(authority))
        with at(made) as screen:
            waits(lambda: pixels(screen.picture(), Colour.ACCENT) > 1000, "the lock screen never showed")
        os.killpg(program.process.pid, signal.SIGINT)  # to all that run in the terminal
        assert program.ends() == (0, b"", b"")
    assert not lets_in(made), "the display goes with the program"
    assert list(Path(bare["TMPDIR"]).iterdir()) == []
