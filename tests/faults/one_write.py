"""Run by the tests under strace: one transaction of everything, and how it ended."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import UUID

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import clock as clocks
from safetydesk.models import keys
from safetydesk.models.store import system_clock
from safetydesk.models.tables import Enterprise, EnterpriseFlag
from safetydesk.workflows.opening import Place, open_desk


def main() -> None:
    task = json.loads(sys.argv[1])
    place, row_id = Place(Path(task["folder"]), Path(task["state"])), UUID(task["id"])
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), task["passphrase"]), system_clock())
    outcome = "done"
    try:
        with desk.store.writing() as session:
            session.add(Enterprise(id=row_id, enterprise_id=row_id, name="样溪甲厂", note="长" * 20_000))
            session.flush()
            clocks.insert_rows(
                session, EnterpriseFlag, [{"id": row_id, "enterprise_id": row_id, "flag": "甲", "present": True}]
            )
            desk.blobs.put(session, task["id"].encode())
            clocks.record(session, "one", task["id"], {}, row_id)
    except SafetyDeskError as error:
        outcome = error.code
    print(outcome, flush=True)
    desk.store.close()


if __name__ == "__main__":
    main()
