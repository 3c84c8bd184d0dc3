"""Killed in the middle of writing, twenty times: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import OF_THIS_COMPUTER, PASSPHRASE, Office
from sqlalchemy import select

from safetydesk.models.tables import AuditEntry, Enterprise, EnterpriseFlag
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk

SCRIPT = Path(__file__).with_name("kill_rounds.py")
ROUNDS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks")


def killed_rounds(desk: Desk, office: Office, seed: int) -> list[list[str]]:
    task = {
        "folder": str(desk.store.folder), "state": str(office.root / "state"), "passphrase": PASSPHRASE,
        "rounds": ROUNDS, "seed": seed,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], input=json.dumps(task) + "\n", capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    rounds: list[list[str]] = json.loads(done.stdout)
    return rounds


def test_after_kill_9_all_that_was_acknowledged_is_there_and_nothing_by_half(office: Office) -> None:
    desk = office.set_up()
    desk.store.close()
    acknowledged = {name for each in killed_rounds(desk, office, seed=1) for name in each}
    assert len(acknowledged) > ROUNDS
    again = office.open()
    with again.store.reading() as session:
        names = dict(session.execute(select(Enterprise.id, Enterprise.name)).all())
        flags = Counter(session.scalars(select(EnterpriseFlag.enterprise_id)))
        entries = set(session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "killed")))
        assert acknowledged <= set(names.values())
        assert len(names) - len(acknowledged) <= ROUNDS, "at most the one that was under way in each round"
        assert flags == dict.fromkeys(names, 3)
        assert entries == set(names.values())
        for name in names.values():
            digest = hashlib.sha256(name.encode() * 2_000).hexdigest()
            assert again.blobs.get(session, digest), "its photo was on disk first"


def test_after_kill_9_the_database_is_sound_and_writing_goes_on(office: Office) -> None:
    desk = office.set_up()
    desk.store.close()
    killed_rounds(desk, office, seed=2)
    again = office.open()
    assert [check.name for check in checkup(again) if not check.ok and check.name not in OF_THIS_COMPUTER] == []
    with again.store.writing() as session:
        before = set(session.scalars(select(Enterprise.seq)))
        row = Enterprise(id=again.officer_id, enterprise_id=again.officer_id, name="接着写")
        session.add(row)
    assert row.seq > max(before)
