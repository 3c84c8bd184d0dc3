"""Folders that were copied or restored, passphrases, clocks, backups; and the program as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CODE = "91000000MA00006133"
NAME = "样溪知秋印染有限公司（示例）"
PASSPHRASE = "四个字 plus 9 words"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
FAILED = {"item": "CS-03", "result": "fail", "photos": [str(SAMPLES / "photos" / "open-manhole.jpg")]}


def test_a_wrong_passphrase_opens_nothing(desk: Any) -> None:
    assert desk.refused("today", passphrase="别的口令 12345") == "wrong_passphrase"
    assert desk.refused("ledger", "digest", passphrase="") == "wrong_passphrase"
    assert desk("today")["figures"]["enterprises"] == 0


def test_without_a_passphrase_and_a_terminal_the_way_out_is_named(desk: Any) -> None:
    assert desk.refused("today", passphrase=None) == "passphrase_needed"


def test_the_passphrase_leaves_the_environment(desk: Any) -> None:
    desk("today")
    assert "SAFETYDESK_PASSPHRASE" not in os.environ


def test_the_same_passphrase_in_another_width_or_form_opens(desk: Any) -> None:
    assert desk("today", passphrase="四个字 ｐｌｕｓ ９ words")


def test_a_weak_passphrase_or_an_empty_name_makes_no_folder(no_desk: Any) -> None:
    setup = ("setup", "--role", "office", "--name", "王示例")
    assert no_desk.refused(*setup, "--unit", "云溪镇", passphrase="1234567") == "weak_passphrase"
    for unit in ("", "   ", "长" * 101):
        assert no_desk.refused(*setup, "--unit", unit) == "bad_name"
    assert not no_desk.folder.exists()


def test_setup_on_a_server_that_is_not_there_makes_no_folder(no_desk: Any) -> None:
    setup = ("setup", "--role", "office", "--unit", "云溪镇", "--name", "王示例", "--database")
    for url, code in (
        ("postgresql://127.0.0.1:1/none", "database_unreachable"),
        ("mysql://localhost/none", "database_unreachable"),
        ("总部", "database_unreachable"),
        ("postgresql://db.example.com/x?sslmode=disable", "insecure_connection"),
    ):
        assert no_desk.refused(*setup, url) == code
        assert not no_desk.folder.exists()


def test_setup_leaves_what_was_in_the_folder(no_desk: Any) -> None:
    no_desk.folder.mkdir()
    (no_desk.folder / "笔记.txt").write_text("我的", encoding="utf-8")
    setup = ("setup", "--role", "office", "--unit", "云溪镇", "--name", "王示例")
    assert no_desk.refused(*setup, "--database", "总部") == "database_unreachable"
    assert [path.name for path in no_desk.folder.iterdir()] == ["笔记.txt"]
    no_desk(*setup)
    assert (no_desk.folder / "笔记.txt").read_text("utf-8") == "我的"


def test_a_folder_that_is_a_file_or_does_not_exist_is_refused_in_words(no_desk: Any) -> None:
    assert no_desk.refused("today") == "not_set_up"
    no_desk.folder.write_text("", encoding="utf-8")
    assert no_desk.refused("today") == "not_set_up"
    assert no_desk.refused("setup", "--role", "office", "--unit", "云溪镇", "--name", "王") == "not_writable"


def test_a_damaged_key_file_or_database_is_integrity(desk: Any) -> None:
    key = desk.folder / "key.json"
    whole = key.read_bytes()
    for content in (b"", b"{}", b"[1]", whole.replace(b"argon2id", b"plain"), whole[:-20]):
        key.write_bytes(content)
        assert desk.refused("today", exit_code=3) == "damaged_key_file"
    key.write_bytes(whole)
    database = desk.folder / "safetydesk.db"
    desk.run("--data", desk.folder, "today")
    pages = bytearray(database.read_bytes())
    pages[4096:8192] = b"\0" * 4096
    database.write_bytes(pages)
    for beside in desk.folder.glob("safetydesk.db-*"):
        beside.unlink()
    assert desk.refused("ledger", "digest", exit_code=3) == "damaged_store"


def test_a_copied_folder_reads_but_does_not_write_until_it_is_renewed(ledger: Any, tmp_path: Path) -> None:
    ledger.issue(ledger.visit(FAILED))
    before = ledger("ledger", "digest")
    original, ledger.folder = ledger.folder, tmp_path / "复制"
    shutil.copytree(original, ledger.folder)
    for write in (("ledger", "add", "--field", "name=甲"), ("settings", "set", "unit.power", "full")):
        assert ledger.refused(*write) == "restored"
    assert ledger("ledger", "digest") == before
    assert ledger("today")["figures"]["open_hazards"] == 1
    assert len(ledger("paper", "list")) == 1
    folder = next(check for check in ledger("doctor")["checks"] if check["name"] == "folder")
    assert not folder["ok"]
    renewed = ledger("replica", "renew")
    assert set(renewed) == {"replica", "fingerprint"}
    ledger("ledger", "add", "--field", "name=样溪新厂（示例）")
    assert ledger("doctor")["ok"]


def test_after_a_renewal_numbers_begin_a_series_of_their_own(ledger: Any, tmp_path: Path) -> None:
    first = ledger.issue(ledger.visit(FAILED))["number"]
    ledger.folder = Path(shutil.copytree(ledger.folder, tmp_path / "复制"))
    ledger("replica", "renew")
    second = ledger.issue(ledger.visit(FAILED))["number"]
    assert first.endswith("-1号")
    assert second.endswith("-1号")
    assert first != second


def test_a_backup_restores_into_another_folder_with_everything_in_it(ledger: Any, tmp_path: Path) -> None:
    issued = ledger.issue(ledger.visit(FAILED))
    before = ledger("ledger", "digest")
    made = ledger("backup", "--out", tmp_path / "U 盘")
    assert set(made) == {"file", "size", "blobs", "new_blobs", "verified"}
    assert (made["blobs"], made["new_blobs"]) == (2, 2)
    ledger.folder = tmp_path / "新电脑"
    said = ledger("restore", made["file"])
    assert set(said) == {"replica", "kept"}
    assert said["kept"] is None
    assert ledger("ledger", "digest") == before
    assert ledger("paper", "verify", issued["file"])["authentic"]
    again = ledger("paper", "reprint", issued["number"], "--out", tmp_path / "重印")
    assert Path(again["file"]).read_bytes() == Path(issued["file"]).read_bytes()
    assert ledger("doctor")["ok"]


def test_a_second_backup_takes_only_what_is_new(ledger: Any, tmp_path: Path) -> None:
    ledger.issue(ledger.visit(FAILED))
    ledger("backup", "--out", tmp_path / "U 盘")
    ledger.visit({"item": "CS-05", "result": "fail", "photos": [str(SAMPLES / "photos" / "gas-cylinders.jpg")]})
    made = ledger("backup", "--out", tmp_path / "U 盘")
    assert (made["blobs"], made["new_blobs"]) == (3, 1)


def test_restoring_over_data_keeps_that_data_beside(ledger: Any, tmp_path: Path) -> None:
    made = ledger("backup", "--out", tmp_path / "U 盘")
    ledger("ledger", "add", "--field", "name=样溪后来厂（示例）")
    said = ledger("restore", made["file"])
    assert ledger("ledger", "digest")["enterprises"] == 120
    kept = Path(said["kept"])
    assert kept.parent == ledger.folder.parent
    ledger.folder = kept
    assert ledger("ledger", "digest")["enterprises"] == 121


def test_a_backup_that_is_torn_altered_foreign_or_locked_changes_nothing(ledger: Any, tmp_path: Path) -> None:
    ledger.visit(FAILED)
    made = Path(ledger("backup", "--out", tmp_path / "U 盘")["file"])
    before = ledger("digest")
    whole = made.read_bytes()
    assert ledger.refused("restore", made, passphrase="别的口令 12345") == "wrong_passphrase"
    (tmp_path / "照片.sdbackup").write_bytes(b"hello")
    assert ledger.refused("restore", tmp_path / "照片.sdbackup") == "not_a_backup"
    made.write_bytes(whole[: len(whole) // 2])
    assert ledger.refused("restore", made) == "not_a_backup"
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    made.write_bytes(altered)
    said = ledger.run("--data", ledger.folder, "--json", "restore", made)
    assert said.exit_code in (1, 3)
    assert said.value["error"]["code"] in ("damaged_backup", "backup_failed")
    made.write_bytes(whole)
    photos = [path for path in (tmp_path / "U 盘" / "photos").rglob("*") if path.is_file()]
    photos[0].unlink()
    said = ledger.run("--data", ledger.folder, "--json", "restore", made)
    assert said.value["error"]["code"] in ("damaged_backup", "backup_failed")
    assert ledger("digest") == before
    assert not [path.name for path in ledger.folder.parent.iterdir() if "restor" in path.name]


def test_a_set_clock_writes_only_where_it_was_set_from_the_start(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFETYDESK_NOW", "2035-01-01T08:00:00")
    assert desk.refused("ledger", "add", "--field", "name=甲") == "clock_not_allowed"
    assert desk("today")["date"] == "2035-01-01"
    monkeypatch.setenv("SAFETYDESK_NOW", "明天")
    assert desk.refused("today") == "bad_clock"
    monkeypatch.delenv("SAFETYDESK_NOW")
    desk("ledger", "add", "--field", "name=甲")


def process(*words: object, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The program as it is really started, with UTF-8 whatever the locale of the machine says."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SAFETYDESK")}
    environment |= {"SAFETYDESK_PASSPHRASE": PASSPHRASE, "SAFETYDESK_DATA": str(folder), "PYTHONUTF8": "1"} | more
    return subprocess.run(
        [sys.executable, "-m", "safetydesk", *map(str, words)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def test_the_program_as_a_process_does_the_job_and_speaks_by_exit_code(ledger: Any) -> None:
    folder = ledger.folder
    said = process("--json", "ledger", "search", "6133", folder=folder)
    assert (said.returncode, said.stderr) == (0, "")
    assert json.loads(said.stdout)[0]["name"] == NAME
    refused = process("--json", "ledger", "show", "0", folder=folder)
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (1, "unknown_enterprise")
    wrong = process("ledger", folder=folder)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("命令用法不对：")
    torn = folder / "key.json"
    torn.write_bytes(torn.read_bytes()[:40])
    assert process("today", folder=folder).returncode == 3


def test_a_process_without_a_terminal_and_passphrase_does_not_wait(ledger: Any) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "SAFETYDESK_PASSPHRASE"}
    said = subprocess.run(
        [sys.executable, "-m", "safetydesk", "--data", str(ledger.folder), "--json", "today"],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert said.returncode == 1
    assert json.loads(said.stdout)["error"]["code"] == "passphrase_needed"


def test_a_reader_that_goes_away_is_no_error_message(ledger: Any) -> None:
    command = [sys.executable, "-m", "safetydesk", "--data", str(ledger.folder), "ledger", "fields"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_the_installed_command_is_the_same_program(ledger: Any) -> None:
    script = Path(sys.executable).with_name("safetydesk")
    if not script.exists():
        pytest.skip("the console script is made by `make setup`")
    said = subprocess.run([script, "--version"], capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert said.stdout.startswith("safetydesk ")


def test_a_backup_goes_where_the_setting_says_when_nobody_says_otherwise(desk: Any, tmp_path: Path) -> None:
    assert desk.refused("backup") == "no_backup_folder"
    desk("settings", "set", "backup.folder", tmp_path / "U 盘")
    assert Path(desk("backup")["file"]).parent == tmp_path / "U 盘"
