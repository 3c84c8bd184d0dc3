"""One durable answer through the workflow, beside a bare durable insert into the same encrypted store.

The two are timed in turn, so that both see the same disk. Budget: median <= 2, 99th percentile <= 2.5.
"""

from __future__ import annotations

import statistics
import sys
from uuid import uuid4

from common import quantile, row, scratch_desk, timed

from safetydesk.domain.kinds import Result
from safetydesk.models.dialect import sqlite
from safetydesk.models.store import database_path
from safetydesk.workflows import answering, enterprises, finding, inspections
from safetydesk.workflows.answering import AnswerInput

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 600
INSERT = "INSERT INTO bare VALUES (?, ?, ?, ?, ?)"


def main() -> None:
    desk = scratch_desk()
    with desk.store.writing() as session:
        enterprise_id = enterprises.add(session, desk, {"name": "样溪示例机械厂"})
    bare = sqlite.connect(database_path(desk.store.folder), desk.store.key.derive("database"))
    bare.execute("CREATE TABLE bare (id BLOB PRIMARY KEY, inspection BLOB, item TEXT, result TEXT, at TEXT)")
    visits = []
    with desk.store.writing() as session:
        enterprise = finding.enterprise(session, str(enterprise_id))
        visits = [inspections.start(session, desk, enterprise, "confined-space") for _ in range(ROUNDS // 50 + 1)]

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(INSERT, (bytearray(uuid4().bytes), bytearray(uuid4().bytes), "CS-01", "pass", "2026-11-21"))
        bare.execute("COMMIT")

    def save(number: int) -> None:
        visit, item = visits[number // 50], f"CS-{number % 50 + 1:02}"
        with desk.store.writing() as session:
            inspection = answering.visit_of(session, str(visit))
            answering.answer(session, desk, inspection, [AnswerInput(item, Result.PASS)])

    for number in range(20):
        insert()
        save(number)
    ours, floor = [], []
    for number in range(20, ROUNDS):
        floor.append(timed(insert))
        ours.append(timed(lambda number=number: save(number)))
    print(row("bare durable insert", floor))
    print(row("one answer through the workflow", ours))
    median = statistics.median(ours) / statistics.median(floor)
    slowest = quantile(ours, 0.99) / quantile(floor, 0.99)
    print(f"ratio: median {median:.2f} (budget 2), 99th percentile {slowest:.2f} (budget 2.5)")


if __name__ == "__main__":
    main()
