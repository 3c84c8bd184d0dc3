"""Is everything sound? Database, photos, papers, audit chain, clock, disk, fonts, folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.catalog.resources import resource
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.stamps import stamp_time
from safetydesk.models import clock as clocks
from safetydesk.models.dialect import sqlite
from safetydesk.models.errors import DamagedStore, MissingBlob
from safetydesk.models.store import database_path
from safetydesk.models.tables import AuditEntry, Clock, Paper, Photo
from safetydesk.workflows.desk import Desk

LEAST_FREE = 500 << 20
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Check:
    name: str
    label: str
    ok: bool
    detail: str


def checkup(desk: Desk) -> list[Check]:
    """Every check, whatever the others say."""
    return [
        _checked("database", "数据库", lambda: _database(desk)),
        _checked("photos", "照片", lambda: _in_session(desk, _photos)),
        _checked("papers", "文书", lambda: _in_session(desk, _papers)),
        _checked("audit", "操作记录", lambda: _in_session(desk, _audit)),
        _checked("clock", "时钟", lambda: _in_session(desk, _clock)),
        _checked("folder", "数据文件夹", lambda: _folder(desk)),
        _checked("disk", "磁盘空间", lambda: _disk(desk)),
        _checked("printer", "打印机", _printer),
        _checked("fonts", "文书字体", _fonts),
    ]


def _checked(name: str, label: str, check: Callable[[], tuple[bool, str]]) -> Check:
    try:
        ok, detail = check()
    except (SafetyDeskError, OSError) as error:
        return Check(name, label, False, f"检查时出错（{getattr(error, 'code', type(error).__name__)}）")
    return Check(name, label, ok, detail)


def _in_session(desk: Desk, check: Callable[[Desk, Session], tuple[bool, str]]) -> tuple[bool, str]:
    with desk.store.reading() as session:
        return check(desk, session)


def _database(desk: Desk) -> tuple[bool, str]:
    if not desk.store.is_file:
        return True, "在 PostgreSQL 服务器上，由服务器保证"
    found = sqlite.integrity_problems(database_path(desk.store.folder), desk.store.key.derive("database"))
    return not found, "每一页都完好" if not found else f"有 {len(found)} 处损坏，请从最近的备份恢复"


def _photos(desk: Desk, session: Session) -> tuple[bool, str]:
    return _contents(desk, session, list(session.scalars(select(Photo.digest).distinct())), "张照片")


def _contents(desk: Desk, session: Session, digests: list[str], what: str) -> tuple[bool, str]:
    lost = 0
    for digest in digests:
        try:
            desk.blobs.get(session, digest)
        except (MissingBlob, DamagedStore):
            lost += 1
    return not lost, f"{len(digests)} {what}，{'都读得回来' if not lost else f'{lost} 件缺失或损坏，请从备份补回'}"


def _papers(desk: Desk, session: Session) -> tuple[bool, str]:
    ok, detail = _contents(desk, session, list(session.scalars(select(Paper.file_digest))), "份文书")
    numbers = list(session.scalars(select(Paper.number)))
    doubled = len(numbers) - len(set(numbers))
    broken = sum(
        hashlib.sha256(content.encode()).hexdigest() != digest
        for content, digest in session.execute(select(Paper.content, Paper.content_digest))
    )
    if doubled or broken:
        return False, f"{detail}；重复文号 {doubled} 个，封存内容不符 {broken} 份"
    return ok, detail


def _audit(_desk: Desk, session: Session) -> tuple[bool, str]:
    last: dict[object, tuple[int, str]] = {}
    count = 0
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.replica, AuditEntry.position)):
        position, digest = last.get(entry.replica, (0, ""))
        follows = entry.position == position + 1 and (entry.previous == digest or position == 0)
        if not follows or clocks.audit_digest(entry) != entry.digest:
            return False, f"第 {count + 1} 条对不上，可能被改动过"
        last[entry.replica] = entry.position, entry.digest
        count += 1
    return True, f"{count} 条，前后相接"


def _clock(desk: Desk, session: Session) -> tuple[bool, str]:
    stamp = session.scalars(select(Clock.stamp)).one()
    ahead = stamp_time(stamp) - desk.now()
    if desk.now() < EARLIEST:
        return False, "电脑的日期早于本程序，请检查日期和主板电池"
    if ahead > timedelta(days=1):
        return False, f"数据里的时间比电脑快 {ahead.days} 天，请检查电脑的日期"
    return True, "与数据相符"


def _folder(desk: Desk) -> tuple[bool, str]:
    _, _, _, known = desk.store.mark()
    return known, "与本机记录相符" if known else "是恢复或复制来的：先运行 safetydesk replica renew 才能写入"


def _disk(desk: Desk) -> tuple[bool, str]:
    free = shutil.disk_usage(desk.store.folder).free
    return free >= LEAST_FREE, f"还有 {free / (1 << 30):.1f} GB"


def _printer() -> tuple[bool, str]:
    """Never a fault: a paper can be kept as PDF and printed elsewhere."""
    found = _printers()
    return True, "、".join(found[:5]) if found else "没有找到打印机，文书可先存成 PDF"


def _printers() -> list[str]:
    windows = ["powershell", "-NoProfile", "-Command", "(Get-Printer).Name"]
    command = windows if os.name == "nt" else ["lpstat", "-e"]
    program = shutil.which(command[0])
    if program is None:
        return []
    try:
        said = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return []
    return [line.strip() for line in said.stdout.splitlines() if line.strip()] if said.returncode == 0 else []


def _fonts() -> tuple[bool, str]:
    sums = resource("fonts", "SHA256SUMS").read_text("ascii").split("\n")
    named = [line.split(maxsplit=1) for line in sums if line.strip()]
    wrong = [
        name
        for digest, name in named
        if hashlib.sha256(resource("fonts", name.lstrip("*")).read_bytes()).hexdigest() != digest
    ]
    return not wrong, "齐全" if not wrong else f"损坏：{'、'.join(wrong)}"
