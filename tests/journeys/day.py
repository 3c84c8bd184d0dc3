"""What lies in the store of a journey before and after it, and what its papers say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pypdfium2
from conftest import PASSPHRASE
from PIL import Image, ImageChops, ImageStat
from sqlalchemy import func, select

from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import Result
from safetydesk.domain.uscc import check_character
from safetydesk.models import clock
from safetydesk.models.tables import Answer, Enterprise, Hazard, Inspection, Paper, Photo, Reading
from safetydesk.workflows import enterprises, inspections, objects, searching, walking
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.folders import Place
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.wall_clock import wall_clock

VILLAGES = ("样溪", "例田", "云岭", "石桥", "新塘")
TRADES = ("机械", "五金", "木器", "食品")
ALIKE = 6.0  # letters drawn twice differ at their edges; another page differs by more
NOW = "2026-11-21T09:30:00+08:00"


@dataclass(frozen=True)
class Sealed:
    """A paper as it lies in the store, and how much of the visit it stands for."""

    number: str
    pdf: bytes
    pages: int
    hazards: int
    photos: int
    readings: int


@contextmanager
def opened(place: Place, passphrase: str = PASSPHRASE) -> Iterator[Desk]:
    """Beside the window, which must not be open meanwhile with something under way."""
    desk = unlock(place, passphrase, wall_clock(NOW))
    try:
        yield desk
    finally:
        desk.store.close()


def registered(place: Place, name: str, places: tuple[str, ...] = ()) -> UUID:
    """An enterprise that is in the ledger already, with its confined spaces."""
    with opened(place) as desk, desk.store.writing() as session:
        enterprise_id = enterprises.add(session, desk, {"name": name, "address": "样溪路1号"})
        session.flush()
        for one in places:
            objects.add(session, desk, session.get_one(Enterprise, enterprise_id), "有限空间", one, [])
    return enterprise_id


def begun(place: Place, enterprise_id: UUID, checklist: str = "confined-space") -> UUID:
    """A check that was begun, and has no answer yet."""
    with opened(place) as desk, desk.store.writing() as session:
        return inspections.start(session, desk, session.get_one(Enterprise, enterprise_id), checklist)


def papers_in(place: Place, passphrase: str = PASSPHRASE) -> list[Sealed]:
    with opened(place, passphrase) as desk, desk.store.reading() as session:
        found = session.scalars(select(Paper).order_by(Paper.seq)).all()
        return [
            Sealed(
                paper.number,
                desk.blobs.get(session, paper.file_digest),
                _pages(desk.blobs.get(session, paper.file_digest)),
                _count(session, Hazard),
                _count(session, Photo),
                _count(session, Reading),
            )
            for paper in found
        ]


def answers_in(place: Place) -> dict[str, Result]:
    """What is on disk, by item. What was taken back counts as not answered."""
    with opened(place) as desk, desk.store.reading() as session:
        rows = session.execute(select(Answer.item, Answer.result).where(Answer.result != Result.UNCHECKED))
        return {item: Result(result) for item, result in rows}


def items_of(place: Place, inspection_id: UUID) -> list[str]:
    """The items of a check, in the order in which the window shows them."""
    with opened(place) as desk, desk.store.reading() as session:
        return [item.id for item in walking.walk(session, desk, inspection_id).items]


def names_in(place: Place, passphrase: str = PASSPHRASE) -> list[str]:
    """Of the enterprises that are in the ledger, not of those that were taken out of it."""
    with opened(place, passphrase) as desk, desk.store.reading() as session:
        valid = select(Enterprise.name).where(Enterprise.voided_at.is_(None))
        return list(session.scalars(valid.order_by(Enterprise.seq)))


def addresses_in(place: Place) -> list[str | None]:
    with opened(place) as desk, desk.store.reading() as session:
        return list(session.scalars(select(Enterprise.address).order_by(Enterprise.seq)))


def inspections_in(place: Place) -> int:
    with opened(place) as desk, desk.store.reading() as session:
        return _count(session, Inspection)


def text_of(pdf: bytes) -> str:
    """All words of a paper, without the breaks of its lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    return "".join("".join(page.split()) for page in pages)


def pages_of(pdf: bytes) -> list[Image.Image]:
    """The pages as one sees them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=3).to_pil().convert("L") for page in document]


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pages lie apart, in shades of 255 on average."""
    return float(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean[0])


def _pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _count(session: Any, table: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(table)))


def many_registered(place: Place, count: int) -> list[str]:
    """A ledger as it is after an import: everything at once, past the verbs. Their names, in the order of the list."""
    with opened(place) as desk, desk.store.writing() as session:
        rows = [_row(number) for number in range(count)]
        for at in range(0, count, 5_000):
            clock.insert_rows(session, Enterprise, rows[at : at + 5_000])
        searching.enter(session, rows)
    return [row["name"] for row in rows]


def _row(number: int) -> dict[str, Any]:
    """Every number a name of its own, which a person can find by its number, its letters, its village or its phone."""
    code = f"91330000MA{number:07}"
    code += check_character(code)
    row_id = derived_id("enterprise", code)
    village, trade = VILLAGES[number % len(VILLAGES)], TRADES[number // len(VILLAGES) % len(TRADES)]
    return {
        "id": row_id,
        "enterprise_id": row_id,
        "uscc": code,
        "name": f"{village}{number:05}号{trade}厂（示例）",
        "village": f"{village}村",
        "address": f"{village}村东路{number % 300 + 1}号",
        "principal": "王示例",
        "phone": f"138{number:08}",
        "industry": "轻工",
        "risk": ("红", "橙", "黄", "蓝")[number % 4],
        "operating_state": "在产",
    }
