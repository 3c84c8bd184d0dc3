"""Site photos on their way in: turned upright, reduced, with time and place; whatever is no photo is refused."""

from __future__ import annotations

import io
import random
import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from safetydesk.documents import photos
from safetydesk.documents.photos import NotAPhoto, PhotoMissing, PhotoTooBig, SitePhoto, read_photo

ORIENTATION, DESCRIPTION, GPS, EXIF, TAKEN, ZONE = 0x0112, 0x010E, 0x8825, 0x8769, 0x9003, 0x9011


def quarters(width: int = 400, height: int = 200) -> Image.Image:
    """Red at the left, blue at the right, so that turning shows."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    image.paste((30, 30, 220), (width // 2, 0, width, height))
    return image


def exif(
    orientation: int | None = None, taken: str | None = None, zone: str | None = None, gps: object = None
) -> Image.Exif:
    made = Image.Exif()
    if orientation is not None:
        made[ORIENTATION] = orientation
    made[DESCRIPTION] = "SECRET-PLACE"
    detail = made.get_ifd(EXIF)
    if taken is not None:
        detail[TAKEN] = taken
    if zone is not None:
        detail[ZONE] = zone
    if isinstance(gps, dict):
        made.get_ifd(GPS).update(gps)
    return made


def saved(folder: Path, name: str = "现场 1.jpg", image: Image.Image | None = None, **options: object) -> Path:
    path = folder / name
    (image or quarters()).save(path, **options)
    return path


def colour(photo: SitePhoto, x: float, y: float) -> str:
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        red, _, blue = picture.getpixel((int(x * (picture.width - 1)), int(y * (picture.height - 1))))
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "HEIF", "MPO"])
def test_the_usual_kinds_of_pictures_become_small_jpegs(tmp_path: Path, kind: str) -> None:
    photos._with_heif()
    more = {"save_all": True, "append_images": [quarters()]} if kind == "MPO" else {}
    path = saved(tmp_path, f"照片.{kind.lower()}", format=kind, **more)
    photo = read_photo(path, 100)
    assert (photo.width, photo.height, photo.original_name) == (100, 50, path.name)
    assert photo.jpeg.startswith(b"\xff\xd8\xff")
    assert (colour(photo, 0.1, 0.5), colour(photo, 0.9, 0.5)) == ("red", "blue")


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
def test_pictures_of_every_colour_model_are_taken(tmp_path: Path, mode: str) -> None:
    image = Image.new("I;16", (40, 20)) if mode == "I;16" else quarters(40, 20).convert(mode)
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    assert read_photo(saved(tmp_path, "照片", image, format=kind), 100).width == 40


def test_the_extension_does_not_decide_what_a_file_is(tmp_path: Path) -> None:
    assert read_photo(saved(tmp_path, "其实是.jpg", format="PNG"), 100).width == 100


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    photo = read_photo(saved(tmp_path, image=quarters(40, 20)), 1600)
    assert (photo.width, photo.height) == (40, 20)


@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 200)), (3, (400, 200)), (6, (200, 400)), (8, (200, 400))])
def test_a_turned_camera_gives_an_upright_picture(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    photo = read_photo(saved(tmp_path, exif=exif(orientation)), 1600)
    assert (photo.width, photo.height) == size
    red_at = {1: (0.1, 0.5), 3: (0.9, 0.5), 6: (0.5, 0.1), 8: (0.5, 0.9)}[orientation]
    assert colour(photo, *red_at) == "red"


def test_nothing_of_the_cameras_own_notes_stays_in_the_picture(tmp_path: Path) -> None:
    gps = {1: "N", 2: (31.0, 39.0, 0.0), 3: "E", 4: (120.0, 45.0, 0.0)}
    photo = read_photo(saved(tmp_path, exif=exif(6, "2026:11:20 09:15:30", gps=gps)), 1600)
    assert b"SECRET" not in photo.jpeg
    assert b"Exif" not in photo.jpeg
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        assert dict(picture.getexif()) == {}


def test_time_and_place_of_taking_are_kept_beside_the_picture(tmp_path: Path) -> None:
    gps = {1: "N", 2: (31.0, 39.0, 18.0), 3: "E", 4: (120.0, 45.0, 36.0)}
    photo = read_photo(saved(tmp_path, exif=exif(taken="2026:11:20 09:15:30", zone="+08:00", gps=gps)), 1600)
    assert photo.taken_at == datetime(2026, 11, 20, 1, 15, 30, tzinfo=UTC)
    assert (photo.longitude, photo.latitude) == (120.76, 31.655)


def test_a_time_without_a_zone_is_local_time(tmp_path: Path) -> None:
    photo = read_photo(saved(tmp_path, exif=exif(taken="2026:11:20 09:15:30")), 1600)
    assert photo.taken_at is not None
    assert photo.taken_at.replace(tzinfo=None) == datetime(2026, 11, 20, 9, 15, 30)
    assert photo.taken_at.utcoffset() is not None


def test_south_and_west_are_negative(tmp_path: Path) -> None:
    gps = {1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 30.0, 0.0)}
    photo = read_photo(saved(tmp_path, exif=exif(gps=gps)), 1600)
    assert (photo.longitude, photo.latitude) == (-70.5, -33.5)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "2026:13:45 99:00:00", "昨天", "", "    :  :     :  :  "])
def test_a_time_that_is_none_is_left_out(tmp_path: Path, taken: str) -> None:
    assert read_photo(saved(tmp_path, exif=exif(taken=taken)), 100).taken_at is None


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (31.0, 39.0, 0.0)},
        {1: "N", 2: (99.0, 0.0, 0.0), 3: "E", 4: (120.0, 0.0, 0.0)},
        {1: "N", 2: (31.0,), 3: "E", 4: (120.0,)},
        {1: "N", 2: (0.0, 0.0), 3: "E"},
    ],
)
def test_half_a_place_or_an_impossible_one_is_left_out(tmp_path: Path, gps: dict[int, object]) -> None:
    photo = read_photo(saved(tmp_path, exif=exif(gps=gps)), 100)
    assert (photo.longitude, photo.latitude) == (None, None)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int) -> bytes:
    """A picture that claims to be this big and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def test_a_decompression_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    for side, error in ((11_000, PhotoTooBig), (13_000, PhotoTooBig), (60_000, (PhotoTooBig, NotAPhoto))):
        bomb = tmp_path / f"{side}.png"
        bomb.write_bytes(png_of(side, side))
        with pytest.raises(error):
            read_photo(bomb, 1600)


def test_a_picture_of_a_hundred_megapixels_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "大.png"
    path.write_bytes(png_of(10_000, 10_000))
    with pytest.raises(NotAPhoto):  # its data is missing, not its size wrong
        read_photo(path, 1600)


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.jpg"
    with path.open("wb") as file:
        file.truncate(photos.MOST_BYTES + 1)
    with pytest.raises(PhotoTooBig) as refused:
        read_photo(path, 1600)
    assert refused.value.facts == {"file": "大.jpg", "most": "64 MB"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n",
        "这不是照片".encode(),
        b"GIF89a" + b"\0" * 40,
        b"\xff\xd8\xff",
        b"<svg/>",
        b"II*\0" + b"\xff" * 60,
    ],
)
def test_what_is_no_photo_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(content)
    with pytest.raises(NotAPhoto) as refused:
        read_photo(path, 1600)
    assert refused.value.facts == {"file": "照片.jpg"}


def test_a_missing_file_a_folder_and_an_impossible_name_are_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.jpg", tmp_path, tmp_path / ("长" * 300), tmp_path / "a\0b"):
        with pytest.raises(PhotoMissing):
            read_photo(path, 1600)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_a_torn_or_altered_file_is_refused_or_read_but_never_a_crash(tmp_path: Path, kind: str) -> None:
    photos._with_heif()
    gps = {1: "N", 2: (31.0, 39.0, 18.0), 3: "E", 4: (120.0, 45.0, 36.0)}
    whole = saved(
        tmp_path, image=quarters(64, 48), format=kind, exif=exif(6, "2026:11:20 09:15:30", gps=gps)
    ).read_bytes()
    dice = random.Random(kind)
    path = tmp_path / "坏"
    for _ in range(120):
        torn = bytearray(whole[: dice.randrange(len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.randrange(1, 6)):
            if torn:
                torn[dice.randrange(min(len(torn), dice.choice((200, 10_000))))] = dice.randrange(256)
        path.write_bytes(torn)
        with suppress(NotAPhoto, PhotoTooBig):
            assert read_photo(path, 64).width <= 64


def test_a_name_that_is_no_text_is_kept_readable(tmp_path: Path) -> None:
    path = saved(tmp_path).rename(
        tmp_path / b"\xd5\xd5.jpg".decode("utf-8", "surrogateescape")
    )  # GBK, from an old stick
    assert read_photo(path, 100).original_name == "??.jpg"


def test_the_same_file_gives_the_same_bytes_and_names_its_original(tmp_path: Path) -> None:
    path = saved(tmp_path)
    one, two = read_photo(path, 300), read_photo(path, 300)
    assert one == two
    assert len(one.original_digest) == 64
    assert one.taken_at is None or one.taken_at - datetime.now(UTC) < timedelta(days=1)
