"""A stick or laptop that is found shows nobody's data: every file of the folder is searched for what must not be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import PASSPHRASE, UNIT, Office
from sqlalchemy import select

from safetydesk.domain.kinds import PaperKind, Result
from safetydesk.models.tables import Enterprise, Inspection, Photo
from safetydesk.workflows import answering, backups, enterprises, inspections, papers
from safetydesk.workflows.answering import AnswerInput
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.inspections import Second

SECRETS = {
    "enterprise": "样溪精密铸造厂",
    "phone": "13900000019",
    "code": "91000000MB00000197",
    "person": "欧阳示例",
    "inspector": "王示例",
    "note": "地坑里有积水和铁锈味",
    "unit": UNIT,
    "passphrase": PASSPHRASE,
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def found_in(root: Path) -> list[tuple[str, str, str]]:
    """Which secret stands in which file below `root`, and in which encoding."""
    return [
        (path.name, name, encoding)
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for name, secret in SECRETS.items()
        for encoding in ENCODINGS
        if secret.encode(encoding) in content
    ]


def work_of_a_day(desk: Desk, photo: Path) -> None:
    """An enterprise, a visit with a photo and a note, a hazard, a paper."""
    values = {
        "name": SECRETS["enterprise"], "uscc": SECRETS["code"], "phone": SECRETS["phone"],
        "principal": SECRETS["person"], "address": "样溪路1号",
    }  # fmt: skip
    with desk.store.writing() as session:
        row_id = enterprises.add(session, desk, values)
        row = session.get_one(Enterprise, row_id)
        visit = inspections.start(session, desk, row, "confined-space", second=Second(SECRETS["person"]))
        session.flush()
        inspection = session.get_one(Inspection, visit)
        failed = AnswerInput("CS-01", Result.FAIL, note=SECRETS["note"], photos=[photo])
        answering.answer(session, desk, inspection, [failed])
        session.flush()
        inspections.finish(session, desk, inspection)
        found = papers.of_inspection(session, inspection, PaperKind.ADVICE)
        papers.issue(session, desk, PaperKind.ADVICE, found)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture whose file name is telling too."""
    from PIL import Image

    path = tmp_path / "来自手机" / f"{SECRETS['enterprise']}.jpg"
    path.parent.mkdir()
    Image.radial_gradient("L").resize((320, 240)).save(path, comment=SECRETS["person"].encode())
    return path


@pytest.fixture
def worked(file_office: Office, photo: Path) -> Desk:
    """A folder after a day's work and a backup into it, still open: the log of the database is there too."""
    desk = file_office.set_up()
    work_of_a_day(desk, photo)
    backups.back_up(desk.store, desk.store.folder / "backups")
    with desk.store.writing() as session:
        session.scalars(select(Enterprise)).one().note = SECRETS["note"]
    return desk


def test_no_file_of_the_data_folder_shows_anything(worked: Desk, file_office: Office) -> None:
    there = {path.name for path in worked.store.folder.iterdir()}
    assert there >= {"safetydesk.db", "safetydesk.db-wal", "safetydesk.db-shm", "key.json", "keyring.bin", "store"}
    assert (worked.store.folder / "safetydesk.db-wal").stat().st_size > 0
    assert list((worked.store.folder / "backups").glob("*.sdbackup"))
    assert found_in(worked.store.folder) == []
    assert found_in(file_office.root / "state") == []


def test_nothing_is_a_plain_database_picture_or_paper(worked: Desk) -> None:
    for path in worked.store.folder.rglob("*"):
        if path.is_file():
            head = path.read_bytes()[:16]
            assert not head.startswith((b"SQLite format 3", b"\xff\xd8\xff", b"%PDF")), path.name


def test_the_search_would_have_found_each_of_them(tmp_path: Path) -> None:
    for name, secret in SECRETS.items():
        for encoding in ENCODINGS:
            (tmp_path / f"{name}-{encoding}").write_bytes(b"\x00\x01 before " + secret.encode(encoding) + b" after")
    found = {(name, encoding) for _, name, encoding in found_in(tmp_path)}
    assert found == {(name, encoding) for name in SECRETS for encoding in ENCODINGS}


def test_what_was_searched_for_is_really_in_the_store(worked: Desk) -> None:
    with worked.store.reading() as session:
        row = session.scalars(select(Enterprise)).one()
        assert (row.name, row.phone, row.uscc) == (SECRETS["enterprise"], SECRETS["phone"], SECRETS["code"])
        assert row.principal == SECRETS["person"]
        photo = session.scalars(select(Photo)).one()
        assert SECRETS["enterprise"] in photo.original_name
        assert worked.blobs.get(session, photo.digest)[:3] == b"\xff\xd8\xff"


def test_the_names_in_the_photo_store_are_not_hashes_that_anybody_could_compute(worked: Desk) -> None:
    with worked.store.reading() as session:
        digests = set(session.scalars(select(Photo.digest))) | set(session.scalars(select(Photo.original_digest)))
    names = {path.name for path in (worked.store.folder / "store").rglob("*") if path.is_file()}
    assert len(names) == 2, "the photo and the paper"
    assert not names & digests
