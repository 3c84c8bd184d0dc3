"""The system refuses a chosen write, or the power goes at it: the transaction is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from conftest import OF_THIS_COMPUTER, PASSPHRASE, Office
from sqlalchemy import select

from safetydesk.models.tables import AuditEntry, Enterprise, EnterpriseFlag
from safetydesk.workflows.checkup import checkup
from safetydesk.workflows.desk import Desk

SCRIPT = Path(__file__).with_name("one_write.py")
KILLED = "killed"

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture(scope="module", autouse=True)
def may_trace() -> None:
    """Containers may forbid tracing even where strace is installed."""
    tried = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()[:80]}")


def write_under(fault: str, office: Office, desk: Desk, row_id: UUID) -> str:
    """How one transaction ends when the system fails like this: done, the code of the error, or killed."""
    task = {
        "folder": str(desk.store.folder), "state": str(office.root / "state"), "passphrase": PASSPHRASE,
        "id": str(row_id),
    }  # fmt: skip
    traced = ["-e", f"trace={fault.partition(':')[0]}", "-e", f"inject={fault}"]
    quick = [] if "signal" in fault else ["--seccomp-bpf"]  # which loses signals
    ran = subprocess.run(
        ["strace", "-f", *quick, "-o", "/dev/null", *traced, sys.executable, str(SCRIPT), json.dumps(task)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    if not ran.stdout:
        assert "signal=KILL" in fault, ran.stderr
        return KILLED
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def is_there(desk: Desk, row_id: UUID) -> list[bool]:
    """Whether each part of the transaction is there: the rows, the audit entry; and its photo where a row is."""
    with desk.store.reading() as session:
        row = session.get(Enterprise, row_id)
        flag = session.get(EnterpriseFlag, row_id)
        entry = session.scalars(select(AuditEntry.id).where(AuditEntry.subject == str(row_id))).first()
        if row is not None:
            assert desk.blobs.get(session, hashlib.sha256(str(row_id).encode()).hexdigest())
    return [row is not None, flag is not None, entry is not None]


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        ("pwrite64:error=ENOSPC:when=9+", {"disk_full"}),  # the first eight make room for the index of the log
        ("pwrite64:error=ENOSPC:when=20+", {"disk_full"}),
        ("pwrite64:error=EIO:when=12", {"damaged_store"}),
        ("fsync:error=ENOSPC:when=3+", {"disk_full", "damaged_store"}),
        ("fsync:error=EIO:when=3", {"damaged_store"}),
        ("fsync:error=EIO:when=7", {"damaged_store"}),
        ("rename:error=EROFS:when=1", {"not_writable"}),
        ("mkdir:error=EACCES:when=1", {"not_writable"}),
        ("pwrite64:signal=KILL:when=4", {KILLED}),
        ("pwrite64:signal=KILL:when=15", {KILLED}),
        ("fsync:signal=KILL:when=7", {KILLED}),
        ("rename:signal=KILL:when=1", {KILLED}),
    ],
)
def test_a_failing_call_leaves_the_transaction_whole_or_absent(
    file_office: Office, fault: str, outcomes: set[str]
) -> None:
    desk = file_office.set_up()
    desk.store.close()
    row_id = uuid4()
    assert write_under(fault, file_office, desk, row_id) in outcomes
    again = file_office.open()
    there = is_there(again, row_id)
    assert len(set(there)) == 1, "by half"
    if outcomes != {KILLED}:
        assert not there[0], "it was called refused"
    assert [check.name for check in checkup(again) if not check.ok and check.name not in OF_THIS_COMPUTER] == []
    second = uuid4()
    with again.store.writing() as session:
        session.add(Enterprise(id=second, enterprise_id=second, name="接着写"))
    with again.store.reading() as session:
        assert session.get_one(Enterprise, second).name == "接着写"


def test_the_photo_and_its_folders_are_flushed_before_the_log_that_names_it(
    file_office: Office, tmp_path: Path
) -> None:
    desk = file_office.set_up()
    desk.store.close()
    task = {
        "folder": str(desk.store.folder), "state": str(file_office.root / "state"), "passphrase": PASSPHRASE,
        "id": str(uuid4()),
    }  # fmt: skip
    calls = tmp_path / "calls"
    subprocess.run(
        ["strace", "-f", "-y", "--seccomp-bpf", "-o", str(calls), "-e", "trace=fsync,rename",
         sys.executable, str(SCRIPT), json.dumps(task)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    lines = calls.read_text("utf-8", errors="replace").splitlines()
    flushed = [line for line in lines if "/store" in line or "-wal" in line]
    order = [_what(line) for line in flushed]
    assert order[:5] == ["folder above", "photo", "renamed", "folder", "log"]


def _what(line: str) -> str:
    if "rename(" in line:
        return "renamed"
    if ".tmp>" in line:
        return "photo"
    if "-wal>" in line:
        return "log"
    return "folder above" if line.split(">")[0].endswith("/store") else "folder"
