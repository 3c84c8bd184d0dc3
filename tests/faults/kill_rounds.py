"""Run by the tests: again and again, a child that writes without a pause and is killed in the middle of it.

Everything is imported once and each child is a fork, so that twenty rounds take a second or two. Says, as JSON, which
writes each child had acknowledged before it died.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from safetydesk.models import clock as clocks
from safetydesk.models import keys
from safetydesk.models.store import system_clock
from safetydesk.models.tables import Enterprise, EnterpriseFlag
from safetydesk.workflows.opening import Place, open_desk


def write_for_ever(task: dict[str, Any], said: int, name: str) -> None:
    """Each transaction: an enterprise, three flags, a photo, an audit entry. Each is acknowledged after its commit."""
    place = Place(Path(task["folder"]), Path(task["state"]))
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), task["passphrase"]), system_clock())
    at = 0
    while True:
        row_id = uuid4()
        with desk.store.writing() as session:
            session.add(Enterprise(id=row_id, enterprise_id=row_id, name=f"{name}-{at}"))
            session.flush()
            flags = [{"id": uuid4(), "enterprise_id": row_id, "flag": flag, "present": True} for flag in "甲乙丙"]
            clocks.insert_rows(session, EnterpriseFlag, flags)
            desk.blobs.put(session, f"{name}-{at}".encode() * 2_000)
            clocks.record(session, "killed", f"{name}-{at}", {}, row_id)
        os.write(said, f"{name}-{at}\n".encode())
        at += 1


def one_round(task: dict[str, Any], name: str, after: int, delay: int) -> list[str]:
    """Kill the child `delay` spins after it acknowledged its write number `after`; what it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write_for_ever(task, writing, name)
        finally:
            os._exit(99)  # it never ends by itself but with an error
    os.close(writing)
    with os.fdopen(reading, "rb") as lines:
        heard = [lines.readline() for _ in range(after)]
        for _ in range(delay):
            pass
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        heard += lines.readlines()
    assert os.WIFSIGNALED(status), f"{name} failed by itself"
    return [line.decode().strip() for line in heard if line.endswith(b"\n")]


def main() -> None:
    task = json.loads(sys.stdin.readline())
    rnd = random.Random(task["seed"])
    rounds = [
        one_round(task, f"r{number}", rnd.randint(0, 6), rnd.randint(0, 200_000)) for number in range(task["rounds"])
    ]
    print(json.dumps(rounds))


if __name__ == "__main__":
    main()
