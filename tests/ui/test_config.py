"""What the window remembers: useful while it is there, and of no weight when it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from faults.disks import small_disk

from safetydesk.ui.config import FILE, Appearance, Config, Remembered

DAMAGED: dict[str, bytes] = {
    "nothing": b"",
    "not json": b"{",
    "not text": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "an endless nest": b"[" * 200_000,
    "more than a file of ours holds": b'{"last_folder": "' + b"x" * (2 << 20) + b'"}',
    "a size that is no size": b'{"size": "large"}',
    "a size of one number": b'{"size": [800]}',
    "a size without end": b'{"size": [Infinity, 5]}',
    "a time without end": b'{"idle_minutes": 1e999}',
    "a time in words": b'{"idle_minutes": "ten"}',
    "a yes that is a word": b'{"maximised": "no"}',
    "a folder that is a number": b'{"last_folder": 7}',
    "a scheme that nobody knows": b'{"appearance": {"scheme": "pink"}}',
    "looks that are a list": b'{"appearance": ["dark"]}',
    "large type that is a word": b'{"appearance": {"large": "false"}}',
    "tables that are a list": b'{"tables": []}',
    "said that is a word": b'{"said": "hello"}',
}


def written(folder: Path, content: bytes) -> Config:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(content)
    return Config(folder)


def test_without_a_file_all_is_as_it_comes(tmp_path: Path) -> None:
    assert Config(tmp_path / "state").now == Remembered()


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_counts_as_absent(tmp_path: Path, content: bytes) -> None:
    config = written(tmp_path, content)
    assert config.now == Remembered()
    config.change(idle_minutes=5)
    assert Config(tmp_path).now.idle_minutes == 5


def test_a_folder_in_the_place_of_the_file_counts_as_absent(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    config = Config(tmp_path)
    config.change(idle_minutes=5)
    assert config.now.idle_minutes == 5


def test_what_a_newer_program_wrote_beside_what_we_know_does_not_matter(tmp_path: Path) -> None:
    plain = {"idle_minutes": 7, "new_thing": [1], "appearance": {"scheme": "dark", "contrast": "high"}}
    now = written(tmp_path, json.dumps(plain).encode()).now
    assert now.idle_minutes == 7
    assert now.appearance == Appearance("dark")


def test_every_change_is_there_when_the_program_starts_again(tmp_path: Path) -> None:
    config = Config(tmp_path / "还没有")
    config.change(appearance=Appearance("dark", large=True, touch=True), size=(1500, 900), rail_folded=True)
    config.change(last_folder="/照片/十一月")
    config.remember("second_inspector", "李示例")
    config.remember_table("enterprises", {"widths": {"name": 300}})
    again = Config(tmp_path / "还没有")
    assert again.now == config.now
    assert again.now.size == (1500, 900)
    assert again.recall("second_inspector") == "李示例"
    assert again.recall("nobody said this", "usual") == "usual"


@pytest.mark.parametrize(("kept", "used"), [(-3, 0), (0, 0), (10, 10), (100_000, 240)])
def test_the_time_until_it_locks_is_within_reason(tmp_path: Path, kept: int, used: int) -> None:
    assert written(tmp_path, json.dumps({"idle_minutes": kept}).encode()).now.idle_minutes == used


def test_a_window_is_never_larger_than_windows_can_be(tmp_path: Path) -> None:
    now = written(tmp_path, b'{"size": [1000000000, 700]}').now
    assert now.size is not None
    assert now.size[0] <= 16_384


def test_a_table_that_makes_no_sense_is_left_out(tmp_path: Path) -> None:
    tables: dict[str, Any] = {"a": 5, "b": {"widths": {}}, "c": None}
    assert written(tmp_path, json.dumps({"tables": tables}).encode()).now.tables == {"b": {"widths": {}}}


def test_on_a_full_disk_the_window_goes_on_and_what_was_kept_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "小盘", 64) as disk:
        Config(disk.folder).change(idle_minutes=5)
        disk.fill()
        config = Config(disk.folder)
        config.remember("words", "长" * 5000)
        config.change(idle_minutes=30)
        assert config.now.idle_minutes == 30
        again = Config(disk.folder)
        assert again.now.idle_minutes == 5
        assert {path.name for path in disk.folder.iterdir()} == {FILE, "ballast"}


def test_where_nothing_may_be_written_the_window_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "小盘", 64) as disk:
        disk.set_read_only(read_only=True)
        for folder in (disk.folder, disk.folder / "state"):
            config = Config(folder)
            config.change(idle_minutes=30)
            assert config.now.idle_minutes == 30
        disk.set_read_only(read_only=False)


def test_nobody_else_can_read_the_folder(tmp_path: Path) -> None:
    Config(tmp_path / "state").change(idle_minutes=3)
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
