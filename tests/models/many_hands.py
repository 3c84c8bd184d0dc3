"""One of several processes at work on one data folder: run by the tests, never imported by them.

It opens the folder, says that it is ready, waits for the word to go, works, and says what it wrote.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from safetydesk.domain.ids import new_id
from safetydesk.domain.kinds import PaperKind
from safetydesk.models import clock as clocks
from safetydesk.models import keys
from safetydesk.models.store import system_clock
from safetydesk.models.tables import Assignment, Enterprise, Inspection
from safetydesk.workflows import papers
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk


def opened(task: dict[str, Any]) -> Desk:
    place = Place(Path(task["folder"]), Path(task["state"]))
    key = keys.unwrap(keys.read_key_file(place.folder), task["passphrase"])
    return open_desk(place, key, system_clock())


def write(desk: Desk, task: dict[str, Any]) -> list[str]:
    """So many transactions: a new row, an edit, a bulk insert in turn, each with its audit entry and a blob now and then."""
    done: list[str] = []
    own = UUID(int=0)
    for at in range(task["count"]):
        with desk.store.writing() as session:
            match at % 3:
                case 0:
                    own = new_id(desk.now())
                    session.add(Enterprise(id=own, enterprise_id=own, name=f"{task['name']}-{at}"))
                case 1:
                    session.get_one(Enterprise, own).headcount = at
                    desk.blobs.put(session, f"photo {at % 10}".encode())
                case _:
                    row = {"enterprise_id": own, "officer_id": desk.officer_id, "assigned_on": date(2026, 11, 21)}
                    clocks.insert_rows(session, Assignment, [row | {"id": new_id(desk.now())} for _ in range(3)])
            clocks.record(session, "test", f"{task['name']}-{at}", {}, own)
        if not desk.store.mark()[3]:
            raise AssertionError("taken for a restored folder while others were writing")
        done.append(f"{task['name']}-{at}")
    return done


def issue(desk: Desk, task: dict[str, Any]) -> list[str]:
    done = []
    for inspection_id in task["inspections"]:
        with desk.store.writing() as session:
            inspection = session.get_one(Inspection, UUID(hex=inspection_id))
            found = papers.of_inspection(session, inspection, PaperKind.ADVICE)
            done.append(papers.issue(session, desk, PaperKind.ADVICE, found).number)
    return done


def main() -> None:
    task = json.loads(sys.stdin.readline())
    desk = opened(task)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps({"write": write, "issue": issue}[task["work"]](desk, task)), flush=True)
    desk.store.close()


if __name__ == "__main__":
    main()
