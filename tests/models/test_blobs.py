"""The store of photos and papers: put away once, given back exactly, and never quietly wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Office
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from safetydesk.models import keys
from safetydesk.models.blobs import Blobs, FolderShelf
from safetydesk.models.errors import DamagedStore, MissingBlob
from safetydesk.models.tables import BlobRow
from safetydesk.workflows.desk import Desk

PHOTO = b"\xff\xd8\xff a photo " * 400


@pytest.fixture
def desk(shared_desk: Desk) -> Iterator[Desk]:
    """The shared office, whose shelf is empty before and after."""
    yield shared_desk
    with shared_desk.store.writing() as session:
        for name in list(shared_desk.blobs.shelf.names(session)):
            shared_desk.blobs.shelf.drop(session, name)


def names(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return list(desk.blobs.shelf.names(session))


def put(desk: Desk, content: bytes = PHOTO) -> str:
    with desk.store.writing() as session:
        return desk.blobs.put(session, content)


def sealed(desk: Desk, digest: str) -> bytes:
    with desk.store.reading() as session:
        found = desk.blobs.shelf.read(session, desk.blobs.name(digest))
    assert found is not None
    return found


def overwrite(desk: Desk, digest: str, content: bytes) -> None:
    """Change what lies on the shelf, behind the store's back."""
    name = desk.blobs.name(digest)
    if isinstance(desk.blobs.shelf, FolderShelf):
        desk.blobs.shelf.path(name).write_bytes(content)
    else:
        with desk.store.writing() as session:
            session.execute(update(BlobRow).where(BlobRow.name == name).values(content=content))


@pytest.mark.parametrize("content", [b"", b"x", PHOTO, bytes(1 << 20)])
def test_a_content_comes_back_byte_for_byte(desk: Desk, content: bytes) -> None:
    digest = put(desk, content)
    assert digest == hashlib.sha256(content).hexdigest()
    with desk.store.reading() as session:
        assert desk.blobs.get(session, digest) == content


def test_the_same_content_is_stored_once_however_often_it_comes(desk: Desk) -> None:
    with desk.store.writing() as session:
        assert desk.blobs.put(session, PHOTO) == desk.blobs.put(session, PHOTO)
    put(desk)
    assert len(names(desk)) == 1


def test_what_lies_on_the_shelf_is_encrypted_and_its_name_gives_nothing_away(desk: Desk) -> None:
    digest = put(desk)
    assert b"photo" not in sealed(desk, digest)
    (name,) = names(desk)
    assert name != digest
    assert name not in {hashlib.sha256(sealed(desk, digest)).hexdigest(), hashlib.sha256(digest.encode()).hexdigest()}


def test_two_installations_name_the_same_picture_differently(file_office: Office) -> None:
    one, other = file_office.set_up("甲"), file_office.set_up("乙")
    put(one)
    put(other)
    assert set(names(one)).isdisjoint(names(other))


@pytest.mark.parametrize("at", [0, 5, 12, 100, -1])
def test_one_damaged_byte_is_noticed(desk: Desk, at: int) -> None:
    digest = put(desk)
    damaged = bytearray(sealed(desk, digest))
    damaged[at] ^= 1
    overwrite(desk, digest, bytes(damaged))
    with desk.store.reading() as session, pytest.raises(DamagedStore) as refused:
        desk.blobs.get(session, digest)
    assert refused.value.facts == {"what": digest}


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27, 500])
def test_a_torn_content_is_noticed(desk: Desk, length: int) -> None:
    digest = put(desk)
    overwrite(desk, digest, sealed(desk, digest)[:length])
    with desk.store.reading() as session, pytest.raises(DamagedStore):
        desk.blobs.get(session, digest)


def test_one_picture_in_the_place_of_another_is_noticed(desk: Desk) -> None:
    one, other = put(desk), put(desk, b"another")
    overwrite(desk, one, sealed(desk, other))
    with desk.store.reading() as session, pytest.raises(DamagedStore):
        desk.blobs.get(session, one)


def test_a_lost_content_is_named(desk: Desk) -> None:
    digest = put(desk)
    with desk.store.writing() as session:
        desk.blobs.shelf.drop(session, desk.blobs.name(digest))
    with desk.store.reading() as session, pytest.raises(MissingBlob) as refused:
        desk.blobs.get(session, digest)
    assert refused.value.facts == {"digest": digest}


def test_a_content_that_was_lost_is_put_away_again(desk: Desk) -> None:
    digest = put(desk)
    with desk.store.writing() as session:
        desk.blobs.shelf.drop(session, desk.blobs.name(digest))
    put(desk)
    with desk.store.reading() as session:
        assert desk.blobs.get(session, digest) == PHOTO


def test_a_file_is_on_disk_before_the_row_that_names_it_can_be_committed(file_desk: Desk) -> None:
    there: list[bool] = []

    def fail_after_putting() -> None:
        with file_desk.store.writing() as session:
            digest = file_desk.blobs.put(session, PHOTO)
            assert isinstance(file_desk.blobs.shelf, FolderShelf)
            there.append(file_desk.blobs.shelf.path(file_desk.blobs.name(digest)).exists())
            raise KeyError

    with pytest.raises(KeyError):
        fail_after_putting()
    assert there == [True]
    assert len(names(file_desk)) == 1, "a content that no row names does no harm"


@pytest.mark.postgres
def test_on_a_server_a_content_goes_with_its_transaction(server_office: Office) -> None:
    desk = server_office.set_up()

    def fail_after_putting() -> None:
        with desk.store.writing() as session:
            desk.blobs.put(session, PHOTO)
            raise KeyError

    with pytest.raises(KeyError):
        fail_after_putting()
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(BlobRow)) == 0
    assert not (desk.store.folder / "store").exists()


def test_unfinished_files_are_not_contents(file_desk: Desk) -> None:
    put(file_desk)
    (name,) = names(file_desk)
    (file_desk.store.folder / "store" / name[:2] / f".{name}.abcd.tmp").write_bytes(b"half")
    assert names(file_desk) == [name]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_bytes_but_the_sealed_ones_are_sound(content: bytes, other: bytes) -> None:
    blobs = Blobs(FolderShelf(Path("/nowhere")), keys.new_data_key())
    assert not blobs.is_sound(blobs.name(hashlib.sha256(content).hexdigest()), other)
