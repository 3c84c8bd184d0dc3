"""Four processes on one data folder: nobody fails, and nothing is handed out twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from conftest import OF_THIS_COMPUTER, PASSPHRASE, Office
from sqlalchemy import select

from safetydesk.domain.kinds import Result
from safetydesk.models import clock as clocks
from safetydesk.models.base import Base, Synced
from safetydesk.models.tables import AuditEntry, Clock, Enterprise, Inspection, Paper, PaperCounter, TakenNumber
from safetydesk.workflows import answering, enterprises, inspections, settings
from safetydesk.workflows.answering import AnswerInput
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk

HANDS = 4
WRITES = 99  # of each
VISITS = 3  # of each
SCRIPT = Path(__file__).with_name("many_hands.py")


def at_once(office: Office, tasks: list[dict[str, Any]]) -> list[list[str]]:
    """Start a process for each task, let them all go together, and return what they say they wrote."""
    place = office.place()
    common = {"folder": str(place.folder), "state": str(place.state), "passphrase": PASSPHRASE}
    hands = [_start({**task, **common}) for task in tasks]
    for hand in hands:
        assert hand.stdout is not None
        said = hand.stdout.readline()
        assert said == "ready\n", hand.communicate()[1]
    outcomes = []
    for hand in hands:
        assert hand.stdin is not None
        hand.stdin.write("go\n")
        hand.stdin.flush()
    for hand in hands:
        said, complaint = hand.communicate(timeout=120)
        assert hand.returncode == 0, complaint
        outcomes.append(json.loads(said))
    return outcomes


def _start(task: dict[str, Any]) -> subprocess.Popen[str]:
    hand = subprocess.Popen(
        [sys.executable, str(SCRIPT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert hand.stdin is not None
    hand.stdin.write(json.dumps(task) + "\n")
    hand.stdin.flush()
    return hand


def handed_out(desk: Desk) -> tuple[list[int], list[tuple[int, int]]]:
    """Every `seq`, and every stamp with its writer, that any row of the store carries."""
    models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Synced)]
    seqs, stamps = [], []
    with desk.store.reading() as session:
        for model in models:
            for row in session.scalars(select(model)):
                seqs.append(row.seq)
                if row.writer != 0:  # what ships with the program is stamped alike everywhere
                    stamps.append((row.stamp, row.writer))
                    stamps.extend((pair[0], pair[1]) for pair in json.loads(row.column_stamps or "{}").values())
    return seqs, stamps


def test_four_processes_write_at_once_and_nothing_is_handed_out_twice(office: Office) -> None:
    desk = office.set_up()
    said = at_once(office, [{"work": "write", "name": f"hand{hand}", "count": WRITES} for hand in range(HANDS)])
    assert [len(one) for one in said] == [WRITES] * HANDS
    seqs, stamps = handed_out(desk)
    assert [one for one, times in Counter(seqs).items() if times > 1] == []
    assert [one for one, times in Counter(stamps).items() if times > 1] == []
    with desk.store.reading() as session:
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.position)))
        assert max(seqs) <= session.scalars(select(Clock.seq)).one()
        assert {entry.subject for entry in entries if entry.action == "test"} == {one for each in said for one in each}
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert all(later.previous == earlier.digest for earlier, later in pairwise(entries)), "the order of the commits"
    assert all(later.seq > earlier.seq and later.stamp > earlier.stamp for earlier, later in pairwise(entries))
    assert all(clocks.audit_digest(entry) == entry.digest for entry in entries)
    assert desk.store.mark()[3], "the marker came along"


def test_four_processes_issue_papers_at_once_and_the_numbers_have_no_gap(office: Office) -> None:
    desk = office.set_up()
    visits = [_finished_visit(desk, at) for at in range(HANDS * VISITS)]
    said = at_once(
        office, [{"work": "issue", "inspections": [one.hex for one in visits[hand::HANDS]]} for hand in range(HANDS)]
    )
    numbers = [number for each in said for number in each]
    with desk.store.reading() as session:
        papers = list(session.scalars(select(Paper).order_by(Paper.seq)))
        assert [paper.running for paper in papers] == list(range(1, HANDS * VISITS + 1)), "in the order of the commits"
        assert sorted(paper.number for paper in papers) == sorted(numbers)
        assert set(session.scalars(select(TakenNumber.number))) == set(numbers)
        assert session.scalars(select(PaperCounter.last)).all() == [HANDS * VISITS]
        assert session.scalars(select(Clock.paper_count)).one() == HANDS * VISITS
        assert all(desk.blobs.get(session, paper.file_digest).startswith(b"%PDF") for paper in papers)
    assert [check.name for check in checkup(desk) if not check.ok and check.name not in OF_THIS_COMPUTER] == []


def _finished_visit(desk: Desk, at: int) -> UUID:
    """One check with one hazard, ready for its notice."""
    with desk.store.writing() as session:
        if at == 0:
            settings.put(session, "paper.numbering", "kind")
        row_id = enterprises.add(session, desk, {"name": f"样溪第{at}厂（示例）", "address": "样溪路1号"})
        visit = inspections.start(session, desk, session.get_one(Enterprise, row_id), "confined-space")
        session.flush()
        inspection = session.get_one(Inspection, visit)
        answering.answer(session, desk, inspection, [AnswerInput("CS-01", Result.FAIL)])
        session.flush()
        inspections.finish(session, desk, inspection)
    return visit
