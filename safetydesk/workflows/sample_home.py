"""A data folder of its own with the shipped sample data, to try everything without harm.

It says of itself that it is sample data, in a file that can be read without passphrase and database. The visits lie
some days back, so that something is overdue, something is due today, and one check is not finished.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:  # whoever only asks whether this is sample data must not load the database
    from sqlalchemy.orm import Session

    from safetydesk.models.store import WallClock
    from safetydesk.workflows.answering import AnswerInput
    from safetydesk.workflows.desk import Desk, Progress
    from safetydesk.workflows.folders import Place
    from safetydesk.workflows.rechecking import Recheck
    from safetydesk.workflows.sample_visits import Visit

SAMPLE_FILE = "sample.json"
PASSPHRASE = "yangli shuju"  # noqa: S105 - shown to everybody, beside the data itself
FOLDER_ENDING = "-样例"
OFFICER, BADGE = "张例安", "YX-001"
_SECOND, _SECOND_BADGE = "袁例办", "YX-000"
_MOST_BYTES = 65536
_STEPS = 8
_INTERRUPTED_AT = "91000000MA0000031W"  # an enterprise of the sample ledger with metal dust
_SET_UP_DAYS = 40


@dataclass(frozen=True)
class Sample:
    """What a folder says of itself. `home` is the folder of one's own data, to go back to."""

    home: Path
    passphrase: str
    is_ready: bool


def sample_of(folder: Path) -> Sample | None:
    """Whether this data is sample data. Reads one small file; a damaged one does not count."""
    try:
        with (folder / SAMPLE_FILE).open("rb") as file:
            said = json.loads(file.read(_MOST_BYTES))
        return Sample(Path(str(said["home"])), str(said["passphrase"]), said["ready"] is True)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def beside(place: Place) -> Place:
    """Where the sample data of somebody whose own data lies in `place` goes."""
    return place._replace(folder=place.folder.with_name(f"{place.folder.name}{FOLDER_ENDING}"))


def make(place: Place, clock: WallClock, progress: Progress) -> None:
    """Make the sample data beside `place`. What an earlier attempt left there half made is taken away first.

    Raises FolderNotEmpty where something else lies there, what the disk says, and Cancelled: then nothing is left.
    """
    from safetydesk.models.faults import understood
    from safetydesk.workflows.demonstration import FolderNotEmpty

    sample = beside(place)
    with understood(sample.folder):
        _clear_half_made(sample.folder)
        if sample.folder.exists() and any(sample.folder.iterdir()):
            raise FolderNotEmpty(folder=str(sample.folder))
        replica: UUID | None = None
        try:
            sample.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _say(sample.folder, place.folder, ready=False)
            progress.report(0, _STEPS, "建立样例数据")
            replica = _set_up(sample, clock)
            _fill(sample, clock, progress)
            _say(sample.folder, place.folder, ready=True)
            progress.report(_STEPS, _STEPS, "样例数据已备好")
        except BaseException:
            _take_away(sample, replica)
            raise


def discard(place: Place) -> None:
    """Take the sample data beside `place` away, to begin anew. Never anything that is not sample data."""
    from safetydesk.models.faults import understood

    folder = beside(place).folder
    if sample_of(folder) is not None:
        with understood(folder):
            shutil.rmtree(folder)


def _say(folder: Path, home: Path, *, ready: bool) -> None:
    from safetydesk.models.files import write_whole

    said = {"home": str(home), "passphrase": PASSPHRASE, "ready": ready}
    write_whole(folder / SAMPLE_FILE, json.dumps(said, ensure_ascii=False).encode())


def _clear_half_made(folder: Path) -> None:
    found = sample_of(folder)
    if found is not None and not found.is_ready:
        shutil.rmtree(folder)


def _take_away(sample: Place, replica: UUID | None) -> None:
    from safetydesk.models.marker import Marker

    shutil.rmtree(sample.folder, ignore_errors=True)
    if replica is not None:
        Marker(sample.state, sample.folder).forget(replica)


def _set_up(sample: Place, clock: WallClock) -> UUID:
    from safetydesk.domain.kinds import Role
    from safetydesk.workflows.sample_visits import UNIT
    from safetydesk.workflows.setting_up import Person, set_up

    back = _earlier(clock, lambda: timedelta(days=_SET_UP_DAYS))
    return set_up(sample, Person(Role.OFFICER, UNIT, OFFICER, BADGE), PASSPHRASE, back).replica


def _earlier(clock: WallClock, back: Any) -> WallClock:
    return replace(clock, now=lambda: clock.now() - back())


def _fill(sample: Place, clock: WallClock, progress: Progress) -> None:
    from safetydesk.models import keys
    from safetydesk.workflows.opening import open_desk

    past = _Past(clock)
    key = keys.unwrap(keys.read_key_file(sample.folder), PASSPHRASE)
    desk = open_desk(sample, key, past.clock)
    try:
        _Story(desk, past, progress).tell()
    finally:
        desk.store.close()


class _Past:
    """A clock that can be set back. It only ever goes on: the story is told from its beginning."""

    def __init__(self, clock: WallClock) -> None:
        self._clock = clock
        self._back = timedelta(days=_SET_UP_DAYS)
        self.clock = _earlier(clock, lambda: self._back)

    def go_to(self, days_ago: int, hour: int, minute: int = 0) -> date:
        """The morning or afternoon of an earlier day, never after now."""
        now = self._clock.now()
        local = now.astimezone()
        meant = (local - timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self._back = max(now - meant, timedelta(0))
        return self.today()

    def today(self) -> date:
        return self.clock.now().astimezone().date()


class _Story:
    """What one officer did in the last weeks, by the verbs that everybody uses."""

    def __init__(self, desk: Desk, past: _Past, progress: Progress) -> None:
        from safetydesk.workflows.sample_visits import visits

        self._desk = desk
        self._past = past
        self._progress = progress
        self._done = 0
        self._confined, self._dust, self._hot = visits()

    def tell(self) -> None:
        self._step("导入 120 家样例企业", self._import)
        self._step("有限空间检查，出文书", lambda: self._check(self._confined, 7, {}))
        self._step("复查", lambda: self._recheck(6, closed=("CS-03", "CS-30", "CS-33", "CS-42"), failed=("CS-05",)))
        self._step("粉尘涉爆检查，出文书", lambda: self._check(self._dust, 3, {"DE-19": 6}))
        self._step("复查", lambda: self._recheck(2, closed=("DE-14", "DE-33"), failed=()))
        self._step("一次没有做完的检查", self._begin)
        self._step("动火作业检查，还没有出文书", lambda: self._check(self._hot, 0, {"HW-16": 6}, issue=False))

    def _step(self, name: str, work: Any) -> None:
        self._done += 1
        self._progress.check_cancelled()
        self._progress.report(self._done, _STEPS, name)
        work()

    def _import(self) -> None:
        from safetydesk.catalog.resources import resource
        from safetydesk.workflows import assignment, finding, ledger_import, settings
        from safetydesk.workflows.sample_visits import SETTINGS

        sheet = ledger_import.read(resource("samples", "ledger.xlsx"), None, {})
        with self._desk.store.writing() as session:
            for key, value in SETTINGS.items():
                settings.put(session, key, value)
            ledger_import.apply(session, self._desk, sheet)
            officer, _ = finding.officer_or_new(session, self._desk, OFFICER)
            missed = assignment.coverage(session, self._desk.today()).unassigned
            assignment.assign(session, self._desk, officer, [one.id for one in missed])

    def _check(self, visit: Visit, days_ago: int, deadlines: dict[str, int], *, issue: bool = True) -> None:
        """A whole check, its order issued before leaving. `deadlines` in days after the visit, by item."""
        from safetydesk.domain.kinds import PaperKind
        from safetydesk.workflows import finding, inspections, papers

        day = self._past.go_to(days_ago, 9)
        answers = [
            replace(one, deadline=day + timedelta(days=deadlines[one.item])) if one.item in deadlines else one
            for one in visit.answers_on(day)
        ]
        inspection_id = self._start(visit.uscc, visit.template, answers)
        self._past.go_to(days_ago, 9, 50)
        with self._desk.store.writing() as session:
            inspection = finding.inspection(session, str(inspection_id))
            inspections.finish(session, self._desk, inspection)
            if issue:
                kind = PaperKind.RECTIFICATION
                papers.issue(session, self._desk, kind, papers.of_inspection(session, inspection, kind))

    def _begin(self) -> None:
        """The first items of a check at another enterprise; the person then left."""
        day = self._past.go_to(1, 15)
        self._start(_INTERRUPTED_AT, self._dust.template, self._dust.answers_on(day)[:16])

    def _start(self, uscc: str, template: str, answers: list[AnswerInput]) -> UUID:
        from safetydesk.workflows import answering, finding, inspections
        from safetydesk.workflows.inspections import Second

        with self._desk.store.writing() as session:
            enterprise = finding.enterprise(session, uscc)
            second = Second(_SECOND, _SECOND_BADGE)
            inspection_id = inspections.start(session, self._desk, enterprise, template, second=second)
        for one in answers:
            self._progress.check_cancelled()
            with self._desk.store.writing() as session:
                answering.answer(session, self._desk, answering.visit_of(session, str(inspection_id)), [one])
        return inspection_id

    def _recheck(self, days_ago: int, *, closed: tuple[str, ...], failed: tuple[str, ...]) -> None:
        from safetydesk.workflows.rechecking import Outcome, Recheck

        self._past.go_to(days_ago, 14)
        with self._desk.store.writing() as session:
            for item in closed:
                self._come_back(session, item, Recheck(Outcome.CLOSED, "现场复查，已按要求整改。"))
            for item in failed:
                self._come_back(session, item, Recheck(Outcome.OPEN, "现场复查，还没有整改到位。"))

    def _come_back(self, session: Session, item: str, found: Recheck) -> None:
        from sqlalchemy import select

        from safetydesk.models.tables import Hazard
        from safetydesk.workflows import rechecking

        for hazard_id in session.scalars(select(Hazard.id).where(Hazard.item == item)):
            rechecking.recheck(session, self._desk, hazard_id, found)
