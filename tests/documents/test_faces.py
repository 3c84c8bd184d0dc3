"""The shipped faces: whole, small enough, with the characters that papers need."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from safetydesk.catalog.resources import resource
from safetydesk.documents.errors import FontBroken
from safetydesk.documents.typeset.faces import Style, face, face_for
from safetydesk.documents.typeset.truetype import Face

FOLDER = resource("fonts")


def two_byte(codec: str) -> set[str]:
    found = set()
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                found.add(bytes([first, second]).decode(codec))
            except UnicodeDecodeError:
                continue
    return found


def test_the_faces_are_those_of_the_checksums_and_stay_within_their_bytes():
    lines = (FOLDER / "SHA256SUMS").read_text().splitlines()
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    assert len(lines) == 4
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 25_000_000


def test_every_character_of_gbk_can_be_set():
    missing = {character for character in two_byte("gbk") if face_for(Style.BODY, character) is None}
    assert missing <= {"≒"}


def test_titles_have_all_of_gb_2312_in_bold():
    bold = face("song-bold.ttf")
    assert not [character for character in two_byte("gb2312") if not bold.glyph(character)]


def test_the_window_can_show_all_of_gb_2312_and_its_own_signs_with_digits_of_one_width():
    hei = face("hei.ttf")
    signs = "①②⑨⑩⑳▲■□●○✓✗→←↑↓℃㎡³²·…—“”《》〔〕↵喆堃滘垟"
    assert not [character for character in {*two_byte("gb2312"), *signs} if not hei.glyph(character)]
    assert len({hei.advance(hei.glyph(digit)) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("character", "喆堃㛃㺭𬭎𬬭㎡㎎㏑①⑳ⅠⅩ℃‰≥≤")
def test_names_and_units_can_be_set(character: str):
    assert face_for(Style.BODY, character) is not None


def test_no_character_is_set_as_nothing():
    """A glyph without an outline would print a name with a hole in it."""
    spaces = set(range(0x2000, 0x2010)) | {0x20, 0xA0, 0x3000, 0x202F, 0x205F, 0x3164, 0xFEFF, 0xFFA0, 0x2800}
    for name in ("fang.ttf", "song-light.ttf", "song-bold.ttf", "hei.ttf"):
        one = face(name)
        blank = [
            chr(code)
            for code in [*range(0x21, 0x3400), *range(0x4E00, 0xA000), *range(0xFF01, 0xFF5F)]
            if code not in spaces and one.glyph(chr(code)) and not one.outline(one.glyph(chr(code)))
        ]
        assert not blank, name


def test_licences_lie_beside_the_faces():
    assert "GNU GENERAL PUBLIC LICENSE" in (FOLDER / "GPL-3-FandolFang.txt").read_text(encoding="utf-8")
    for name in ("OFL-NotoSerifSC.txt", "OFL-NotoSansSC.txt"):
        assert "SIL OPEN FONT LICENSE" in (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [0, 11, 400, 5000])
def test_a_damaged_face_is_an_error_with_its_name(tmp_path: Path, size: int):
    path = tmp_path / "fang.ttf"
    path.write_bytes((FOLDER / "fang.ttf").read_bytes()[:size])
    with pytest.raises(FontBroken) as refused:
        Face(path)
    assert refused.value.facts == {"file": "fang.ttf"}


def test_a_missing_face_is_an_error_with_its_name(tmp_path: Path):
    with pytest.raises(FontBroken):
        Face(tmp_path / "none.ttf")
