"""Sample data of its own: whole or not there, and always saying what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, PASSPHRASE, Office
from office_steps import add
from sqlalchemy import func, select

from safetydesk.domain.errors import Cancelled
from safetydesk.domain.kinds import Role
from safetydesk.models.errors import FolderNotWritable
from safetydesk.models.store import WallClock
from safetydesk.models.tables import Photo
from safetydesk.workflows import sample_home, today
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.demonstration import FolderNotEmpty
from safetydesk.workflows.desk import Desk, Quiet
from safetydesk.workflows.folders import Place
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.papers import register
from safetydesk.workflows.passphrases import Level, judge


class Watching:
    """Notes the steps; cancels at one of them where it is told to."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self._cancel_at = cancel_at

    def report(self, done: int, total: int, what: str = "") -> None:
        self.steps.append((done, total, what))

    def check_cancelled(self) -> None:
        if self._cancel_at is not None and len(self.steps) > self._cancel_at:
            raise Cancelled


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Watching]:
    """Made once for the tests that only look."""
    root = tmp_path_factory.mktemp("样例 一")
    place, watching = Place(root / "台账", root / "state"), Watching()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: CHEAP)
        sample_home.make(place, Office(root, None).clock.wall(), watching)
    return place, watching


@pytest.fixture
def sample(made: tuple[Place, Watching], file_office: Any) -> Any:
    desk = unlock(sample_home.beside(made[0]), sample_home.PASSPHRASE, file_office.clock.wall())
    yield desk
    desk.store.close()


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: CHEAP)


def test_it_says_of_itself_what_it_is_without_a_passphrase(made: tuple[Place, Watching]) -> None:
    place, _ = made
    found = sample_home.sample_of(sample_home.beside(place).folder)
    assert found == sample_home.Sample(place.folder, sample_home.PASSPHRASE, is_ready=True)
    assert sample_home.beside(place).folder.name == "台账-样例"
    assert sample_home.sample_of(place.folder) is None


def test_its_passphrase_can_be_typed_without_an_input_method_and_would_not_be_weak() -> None:
    assert sample_home.PASSPHRASE.isascii()
    assert judge(sample_home.PASSPHRASE).level > Level.WEAK


def test_one_officer_has_a_whole_patch_with_everything_that_a_day_asks_for(sample: Desk) -> None:
    assert sample.role is Role.OFFICER
    with sample.store.reading() as session:
        due = today.today(session, sample.today())
        papers = register(session)
        photos = session.scalar(select(func.count()).select_from(Photo))
    assert due.enterprises == 120
    assert due.overdue
    assert due.due_today
    assert due.due_this_week
    assert due.not_on_paper
    assert len(due.open_visits) == 1
    assert due.major_hazards >= 1
    assert len(papers) == 2
    assert photos


def test_everything_in_it_is_sound_and_can_be_worked_on(sample: Desk) -> None:
    assert [check.name for check in checkup(sample) if not check.ok and check.name != "disk"] == []
    add(sample, "样溪新厂（示例）", 77)


def test_the_steps_are_named_and_come_to_their_end(made: tuple[Place, Watching]) -> None:
    steps = made[1].steps
    assert [done for done, _, _ in steps] == list(range(steps[-1][1] + 1))
    assert all(what for _, _, what in steps)


@pytest.mark.parametrize("at", [0, 2, 4, 7])
def test_cancelled_it_leaves_nothing_at_all(tmp_path: Path, file_office: Any, cheap_keys: None, at: int) -> None:
    place = Place(tmp_path / "台账", tmp_path / "state")
    with pytest.raises(Cancelled):
        sample_home.make(place, file_office.clock.wall(), Watching(cancel_at=at))
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == []
    assert not sample_home.beside(place).folder.exists()


def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, file_office: Any, cheap_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetydesk.workflows.papers.issue", full)
    with pytest.raises(Exception, match="disk_full"):
        sample_home.make(Place(tmp_path / "台账", tmp_path / "state"), file_office.clock.wall(), Quiet())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_was_left_half_made_by_a_power_cut_is_made_anew(
    tmp_path: Path, file_office: Any, cheap_keys: None
) -> None:
    place = Place(tmp_path / "台账", tmp_path / "state")
    folder = sample_home.beside(place).folder
    folder.mkdir()
    (folder / sample_home.SAMPLE_FILE).write_text(
        json.dumps({"home": str(place.folder), "passphrase": "x", "ready": False}), "utf-8"
    )
    (folder / "key.json").write_text("{", "utf-8")
    sample_home.make(place, file_office.clock.wall(), Quiet())
    assert sample_home.sample_of(folder) is not None
    unlock(sample_home.beside(place), sample_home.PASSPHRASE, file_office.clock.wall()).store.close()


def test_it_never_takes_the_place_of_something_else(tmp_path: Path, file_office: Any, cheap_keys: None) -> None:
    place = Place(tmp_path / "台账", tmp_path / "state")
    folder = sample_home.beside(place).folder
    folder.mkdir()
    (folder / "自己的.txt").write_text("别动", "utf-8")
    with pytest.raises(FolderNotEmpty):
        sample_home.make(place, file_office.clock.wall(), Quiet())
    sample_home.discard(place)
    assert (folder / "自己的.txt").read_text("utf-8") == "别动"


def test_thrown_away_it_can_be_made_again(tmp_path: Path, file_office: Any, cheap_keys: None) -> None:
    place = Place(tmp_path / "台账", tmp_path / "state")
    sample_home.make(place, file_office.clock.wall(), Quiet())
    sample_home.discard(place)
    assert not sample_home.beside(place).folder.exists()
    sample_home.make(place, file_office.clock.wall(), Quiet())


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, cheap_keys: None, file_office: Any) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(FolderNotWritable):
        sample_home.make(Place(tmp_path / "文件" / "台账", tmp_path / "state"), file_office.clock.wall(), Quiet())


def test_ones_own_data_beside_it_stays_untouched(file_office: Any, cheap_keys: None) -> None:
    desk = file_office.set_up()
    add(desk)
    before = {path: path.read_bytes() for path in desk.store.folder.rglob("*.json")}
    sample_home.make(file_office.place(), file_office.clock.wall(), Quiet())
    assert {path: path.read_bytes() for path in desk.store.folder.rglob("*.json")} == before
    unlock(file_office.place(), PASSPHRASE, file_office.clock.wall()).store.close()
    add(desk, number=2)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"home": 1}', b"\xff" * 20, b"[" * 60_000])
def test_a_damaged_note_does_not_count(tmp_path: Path, content: bytes) -> None:
    (tmp_path / sample_home.SAMPLE_FILE).write_bytes(content)
    assert sample_home.sample_of(tmp_path) is None


def test_it_can_be_made_under_a_clock_set_by_hand(tmp_path: Path, file_office: Any, cheap_keys: None) -> None:
    clock = WallClock(file_office.clock.now, simulated=True)
    place = Place(tmp_path / "台账", tmp_path / "state")
    sample_home.make(place, clock, Quiet())
    desk = unlock(sample_home.beside(place), sample_home.PASSPHRASE, clock)
    add(desk)
    desk.store.close()
