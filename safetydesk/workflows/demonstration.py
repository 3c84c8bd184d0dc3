"""The main job from end to end, on the shipped sample data: what `safetydesk demo` does.

Everything in it is what an office and its officers do by hand; nothing here is a shortcut past the verbs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from safetydesk.catalog.resources import resource
from safetydesk.domain.errors import IntegrityError, SafetyDeskError
from safetydesk.domain.kinds import Level, PaperKind, Result, Role
from safetydesk.models import keys
from safetydesk.models.store import WallClock
from safetydesk.workflows import (
    answering,
    assignment,
    backups,
    finding,
    hazards,
    inspections,
    ledger_import,
    ledger_view,
    outgoing,
    papers,
    settings,
)
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.hazards import HazardRow
from safetydesk.workflows.inspections import Second
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.sample_visits import SETTINGS, UNIT, Visit, visits
from safetydesk.workflows.setting_up import Person, set_up

PASSPHRASE = "样溪示例 sample 2026"  # noqa: S105 - sample data only, and said so
MOST_OFFICERS = 20
_FAMILY_NAMES = "张李王赵陈刘杨黄周吴徐孙马朱胡郭何林罗高"


class FolderNotEmpty(SafetyDeskError):
    """facts: folder."""

    code = "folder_not_empty"


class DemonstrationFailed(IntegrityError):
    """What was made did not check out. facts: what."""

    code = "demonstration_failed"


@dataclass(frozen=True)
class Step:
    name: str
    seconds: float
    figures: Mapping[str, Any]


@dataclass
class Made:
    """What the demonstration leaves behind."""

    files: list[Path] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class _Seat:
    """One person of the demonstration at his own computer."""

    name: str
    desk: Desk


class Demonstration:
    """Office and officers, each with a data folder of their own below `out`."""

    def __init__(self, out: Path, state: Path, clock: WallClock, officers: int, say: Callable[[str], None]) -> None:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise FolderNotEmpty(folder=str(out))
        self.out = out
        self._state = state
        self._clock = clock
        self._names = [f"{_FAMILY_NAMES[at]}例安" for at in range(max(1, min(officers, MOST_OFFICERS)))]
        self._say = say
        self._made = Made()
        self._seats: list[_Seat] = []
        self._visits = visits()

    def run(self) -> Made:
        """All steps. Raises DemonstrationFailed if anything made does not check out."""
        try:
            self._step("建立应急办和安全员的数据", self._set_up)
            self._step("导入样例台账", self._import)
            self._step("划片包干", self._assign)
            for number, visit in enumerate(self._visits):
                seat = self._officers[number % len(self._officers)]
                self._step(f"现场检查：{visit.enterprise}", partial(self._visit, seat, visit))
            self._step("备份并读回核对", self._back_up)
            self._step("全部核对", self._verify)
        finally:
            for seat in self._seats:
                seat.desk.store.close()
        return self._made

    @property
    def _officers(self) -> list[_Seat]:
        return self._seats[1:]

    def _step(self, name: str, work: Callable[[], Mapping[str, Any]]) -> None:
        self._say(f"{name}……")
        started = time.perf_counter()
        figures = work()
        self._made.steps.append(Step(name, round(time.perf_counter() - started, 3), figures))

    def _set_up(self) -> Mapping[str, Any]:
        kdf = keys.calibrated_kdf()
        people = [("office", Person(Role.OFFICE, UNIT, "袁例办", "YX-000"))]
        people += [
            (f"officer-{at}", Person(Role.OFFICER, UNIT, name, f"YX-{at:03}"))
            for at, name in enumerate(self._names, start=1)
        ]
        for folder, person in people:
            place = Place(self.out / folder, self._state)
            set_up(place, person, PASSPHRASE, self._clock, kdf=kdf)
            key = keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE)
            seat = _Seat(person.name, open_desk(place, key, self._clock))
            self._seats.append(seat)
            with seat.desk.store.writing() as session:
                for setting, value in SETTINGS.items():
                    settings.put(session, setting, value)
        return {"应急办": 1, "安全员": len(self._names)}

    def _import(self) -> Mapping[str, Any]:
        sheet = ledger_import.read(resource("samples", "ledger.xlsx"), None, {})
        for seat in self._seats:
            with seat.desk.store.writing() as session:
                report = ledger_import.apply(session, seat.desk, sheet)
        return {"行": len(sheet.rows), "新增": report.created, "退回": len(sheet.rejected)}

    def _assign(self) -> Mapping[str, Any]:
        office = self._seats[0].desk
        with office.store.writing() as session:
            unassigned = assignment.coverage(session, office.today()).unassigned
            villages = sorted({one.village or "" for one in unassigned})
            for number, village in enumerate(villages):
                officer, _ = finding.officer_or_new(session, office, self._names[number % len(self._names)])
                ids = [one.id for one in unassigned if (one.village or "") == village]
                assignment.assign(session, office, officer, ids)
            found = assignment.coverage(session, office.today())
        return {"企业": found.enterprises, "已划片": found.assigned, "没人管": len(found.unassigned)}

    def _visit(self, seat: _Seat, visit: Visit) -> Mapping[str, Any]:
        desk = seat.desk
        with desk.store.writing() as session:
            enterprise = finding.enterprise(session, visit.uscc)
            second = Second("袁例办", "YX-000")
            inspection_id = inspections.start(session, desk, enterprise, visit.template, second=second)
        answers = visit.answers_on()
        for one in answers:  # each answer is a transaction of its own, as on site
            with desk.store.writing() as session:
                answering.answer(session, desk, answering.visit_of(session, str(inspection_id)), [one])
        with desk.store.writing() as session:
            found = inspections.finish(session, desk, finding.inspection(session, str(inspection_id)))
            rows = hazards.rows(session, desk.today(), [finding.hazard(session, str(one)) for one in found])
        numbers = self._issue_all(desk, rows, split=visit is self._visits[-1])
        return {
            "已查": sum(one.result is not Result.UNCHECKED for one in answers),
            "隐患": len(rows),
            "疑似重大": sum(row.level == Level.MAJOR for row in rows),
            "照片": sum(len(one.photos) for one in answers),
            "文书": "、".join(numbers),
        }

    def _issue_all(self, desk: Desk, rows: Sequence[HazardRow], *, split: bool) -> list[str]:
        """One order over all; on the last visit an order over what is grave and advice on the rest."""
        ordered = [row.id for row in rows if row.level == Level.MAJOR or not split]
        advised = [row.id for row in rows if row.id not in ordered]
        wanted = ((PaperKind.RECTIFICATION, ordered), (PaperKind.ADVICE, advised))
        return [self._issue(desk, kind, ids) for kind, ids in wanted if ids]

    def _issue(self, desk: Desk, kind: PaperKind, ids: Sequence[UUID]) -> str:
        with _published(self._made.files) as waiting, desk.store.writing() as session:
            issued = papers.issue(session, desk, kind, [finding.hazard(session, str(one)) for one in ids])
            waiting.append(outgoing.stage(self.out / "papers", issued.file_name, issued.pdf))
        return issued.number

    def _back_up(self) -> Mapping[str, Any]:
        blobs = 0
        for seat in self._seats:
            made = backups.back_up(seat.desk.store, self.out / "backups" / seat.desk.store.folder.name)
            self._made.files.append(made.file)
            blobs += made.blobs
        return {"备份": len(self._seats), "照片和文书": blobs}

    def _verify(self) -> Mapping[str, Any]:
        """Every paper by its officer's register, every folder by the checkup, every ledger by its digest."""
        genuine = 0
        for file in self._made.files:
            if file.suffix == ".pdf":
                genuine += self._is_genuine(file)
        checks = [check for seat in self._seats for check in checkup(seat.desk)]
        for check in checks:
            if not check.ok and check.name != "disk":
                raise DemonstrationFailed(what=f"{check.label}：{check.detail}")
        digests = set()
        for seat in self._seats:
            with seat.desk.store.reading() as session:
                digests.add(ledger_view.values_digest(session)[0])
        if len(digests) != 1:
            raise DemonstrationFailed(what="各台电脑的台账内容不一致")
        return {"文书属实": genuine, "检查项正常": sum(check.ok for check in checks), "台账一致": len(self._seats)}

    def _is_genuine(self, file: Path) -> int:
        for seat in self._officers:
            with seat.desk.store.reading() as session:
                if papers.verify(session, file).authentic:
                    return 1
        raise DemonstrationFailed(what=file.name)


@contextmanager
def _published(files: list[Path]) -> Iterator[list[outgoing.StagedFile]]:
    """Files get their names after the transaction inside has committed; without it they vanish."""
    waiting: list[outgoing.StagedFile] = []
    try:
        yield waiting
    except BaseException:
        for staged in waiting:
            staged.discard()
        raise
    files += [staged.publish() for staged in waiting]
