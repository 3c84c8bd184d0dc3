"""The command line as an interface: options, exit codes, what is said about mistakes."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from safetydesk.cli import arguments, main
from safetydesk.cli.arguments import UsageError

CODE = "91000000MA00006133"
ENGLISH = re.compile(r"[A-Za-z]{4,}")


def test_global_options_stand_before_or_after_the_command(desk: Any) -> None:
    folder = desk.folder
    for words in (
        ("--data", folder, "--json", "ledger", "digest"),
        ("ledger", "--data", folder, "--json", "digest"),
        ("ledger", "digest", "--json", "--data", folder),
        ("--json", "ledger", "digest", "--data", folder),
    ):
        said = desk.run(*words)
        assert (said.exit_code, said.value["enterprises"]) == (0, 0)


def test_the_data_folder_may_come_from_the_environment_or_the_platform(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.run("today").exit_code == 1
    monkeypatch.setenv("SAFETYDESK_DATA", str(desk.folder))
    assert desk.run("today").exit_code == 0
    nowhere = desk.folder.parent / "别处"
    assert desk.run("--data", nowhere, "--json", "today").value["error"]["code"] == "not_set_up"


def test_quiet_says_nothing_but_the_json(ledger: Any) -> None:
    said = ledger.run("--data", ledger.folder, "assign", "set", "--officer", "赵示例", "--enterprise", CODE, "--quiet")
    assert (said.exit_code, said.out, said.err) == (0, "", "")
    said = ledger.run("--data", ledger.folder, "--quiet", "--json", "backup", "--out", ledger.out)
    assert (said.exit_code, said.value["verified"], said.err) == (0, True, "")


def test_notes_for_people_go_to_standard_error(ledger: Any) -> None:
    said = ledger.run("--data", ledger.folder, "--json", "assign", "set", "--officer", "赵示例", "--enterprise", CODE)
    assert said.err == "名单里没有 赵示例，已登记为新的安全员。\n"


WRONG = [
    ["ledger"],
    ["paper", "issue"],
    ["no-such-command"],
    ["ledger", "no-such-command"],
    ["ledger", "search"],
    ["ledger", "search", "a", "b"],
    ["ledger", "search", "a", "--limit", "x"],
    ["ledger", "search", "a", "--limit"],
    ["ledger", "search", "a", "--lim", "3"],
    ["setup", "--role", "king", "--unit", "a", "--name", "b"],
    ["paper", "issue", "--inspection", "a", "--hazard", "b", "--kind", "advice", "--out", "c"],
    ["paper", "issue", "--inspection", "a", "--kind", "love-letter", "--out", "c"],
    ["assign", "set", "--officer", "a", "--village", "b", "--until", "2026-13-40"],
    ["hazard", "list", "--state", "x"],
    ["--json=1", "today"],
    ["--data"],
    ["ledger", "import", "a.xlsx", "--map", "没有等号"],
]


@pytest.mark.parametrize("words", WRONG, ids=lambda words: " ".join(words) or "nothing")
def test_wrong_usage_is_said_in_chinese_with_exit_2(desk: Any, words: list[str]) -> None:
    (desk.folder.parent / "a.xlsx").write_bytes(b"")
    data = [] if words == ["--data"] else ["--data", str(desk.folder)]
    for as_json in ([], ["--json"]):
        said = desk.run(*as_json, *data, *words)
        assert said.exit_code == 2
        assert said.err.startswith("命令用法不对：")
        assert len(said.err.splitlines()) == 1
        told = said.err.partition("：")[2].partition("用法见")[0]
        spoken = re.sub(r"可用：.*", "", told)
        for word in words:
            spoken = spoken.replace(word, "")
        spoken = re.sub(r"--?[a-z-]+|[A-Z_]{2,}", "", spoken)
        assert not ENGLISH.search(spoken), told
        if as_json:
            assert said.value["error"]["code"] == "usage"


def test_every_message_of_argparse_is_translated() -> None:
    parser = arguments._parser()
    with pytest.raises(UsageError) as caught:
        parser.error("something nobody thought of")
    assert caught.value.facts["why"] == "写法不对"


@pytest.mark.parametrize("words", [["--help"], ["ledger", "--help"], ["paper", "issue", "-h"], ["--version"]])
def test_help_and_version_are_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "usage:" not in said
    assert "show this" not in said
    assert said.startswith(("用法：safetydesk", "safetydesk "))


REFUSED = [
    (["ledger", "show", CODE], "unknown_enterprise"),
    (["ledger", "show", CODE[:17] + "4"], "bad_uscc"),
    (["ledger", "add"], "name_missing"),
    (["ledger", "add", "--field", "name=甲", "--field", "uscc=91000000MA00006134"], "bad_value"),
    (["ledger", "add", "--field", "name=甲", "--field", "没有=1"], "unknown_field"),
    (["ledger", "add", "--field", "name=甲", "--field", "grid=1"], "field_is_computed"),
    (["ledger", "edit", CODE, "--field", "name=甲"], "unknown_enterprise"),
    (["ledger", "import", "没有.xlsx"], "file_missing"),
    (["ledger", "export", "--out", "没有/导出.xlsx"], "file_not_written"),
    (["object", "list", CODE], "unknown_enterprise"),
    (["assign", "set", "--officer", "赵", "--village", "无此村"], "nothing_to_assign"),
    (["assign", "set", "--officer", "", "--enterprise", CODE], "bad_name"),
    (["assign", "set", "--officer", "赵", "--file", "没有.txt"], "file_missing"),
    (["checklist", "show", "x"], "unknown_checklist"),
    (["inspection", "start", "--enterprise", CODE, "--template", "hot-work"], "unknown_enterprise"),
    (["inspection", "show", "x"], "unknown_inspection"),
    (["inspection", "finish", "00000000-0000-0000-0000-000000000000"], "unknown_inspection"),
    (["hazard", "show", "x"], "unknown_hazard"),
    (["paper", "issue", "--hazard", "x", "--kind", "advice", "--out", "o"], "unknown_hazard"),
    (["paper", "issue", "--inspection", "x", "--kind", "advice", "--out", "o"], "unknown_inspection"),
    (["paper", "void", "1号", "--reason", "x"], "unknown_paper"),
    (["paper", "reprint", "1号", "--out", "o"], "unknown_paper"),
    (["paper", "verify", "没有.pdf"], "file_missing"),
    (["settings", "get", "x"], "unknown_setting"),
    (["settings", "set", "unit.power", "all"], "bad_setting"),
    (["settings", "set", "paper.copies", "0"], "bad_setting"),
    (["restore", "没有.sdbackup"], "file_missing"),
    (["setup", "--role", "office", "--unit", "a", "--name", "b"], "already_set_up"),
]


def test_every_refusal_is_one_line_with_a_code_and_exit_1(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder.parent)
    before = desk("digest")
    for words, code in REFUSED:
        assert desk.refused(*words) == code, words
        said = desk.run("--data", desk.folder, *words)
        assert (said.exit_code, said.out, len(said.err.splitlines())) == (1, "", 1)
    assert desk("digest") == before
    assert not (desk.folder.parent / "o").exists()


def test_an_unknown_enterprise_in_a_list_assigns_nobody_and_makes_no_officer(ledger: Any) -> None:
    command = ("assign", "set", "--officer", "赵示例", "--enterprise", CODE, "91000000MA000061XX")
    assert ledger.refused(*command) == "bad_uscc"
    assert ledger("assign", "coverage")["assigned"] == 0
    assert [one["name"] for one in ledger("officer", "list")] == ["王示例"]


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


HOSTILE = {
    "nothing": "",
    "no JSON": "{",
    "no list": '{"item": "CS-03", "result": "fail"}',
    "a text": '"CS-03"',
    "nested lists": nested(100_000),
    "nested in an answer": '[{"item":"CS-03","result":"fail","filled":' + nested(100_000) + "}]",
    "nested in an unknown key": '[{"item":"CS-03","result":"fail","x":' + nested(100_000) + "}]",
    "nested objects": '[{"item":' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}]",
    "an unknown key": '[{"item":"CS-03","result":"fail","severity":"x"}]',
    "no result": '[{"item":"CS-03"}]',
    "an unknown result": '[{"item":"CS-03","result":"maybe"}]',
    "a number for an item": '[{"item":3,"result":"fail"}]',
    "a text for a value": '[{"item":"CS-33","result":"fail","value":"18.2"}]',
    "no number": '[{"item":"CS-33","result":"fail","value":NaN}]',
    "an endless number": '[{"item":"CS-33","result":"fail","value":1e999}]',
    "a day that is none": '[{"item":"CS-03","result":"fail","deadline":"2026-02-30"}]',
    "half a surrogate": '[{"item":"CS-03","result":"fail","note":"\\ud800"}]',
    "too many photos": json.dumps([{"item": "CS-03", "result": "fail", "photos": ["a.jpg"] * 51}]),
    "too many answers": json.dumps([{"item": "CS-03", "result": "pass"}] * 5001),
    "too big": "[" + " " * (10 << 20) + "]",
    "no text": "\xff\xfe\x00",
}


def test_hostile_files_of_answers_are_refused_in_words_and_nothing_is_taken(ledger: Any) -> None:
    inspection = ledger("inspection", "start", "--enterprise", CODE, "--template", "confined-space")["inspection"]
    path = ledger.folder.parent / "answers.json"
    for name, content in HOSTILE.items():
        path.write_bytes(content.encode("latin-1" if name == "no text" else "utf-8"))
        assert ledger.refused("inspection", "answer", inspection, "--answers", path) == "bad_answers", name
    for missing in (path.parent / "没有.json", path.parent):
        assert ledger.refused("inspection", "answer", inspection, "--answers", missing) == "file_missing"
    counts = ledger("inspection", "show", inspection)["counts"]
    assert counts == {"pass": 0, "fail": 0, "na": 0, "unchecked": 50}


def test_a_bad_answer_is_named_by_its_place_in_the_file(ledger: Any) -> None:
    inspection = ledger("inspection", "start", "--enterprise", CODE, "--template", "confined-space")["inspection"]
    good = {"item": "CS-03", "result": "pass"}
    path = ledger.answers(good, good, {"item": "CS-04", "result": "maybe"})
    said = ledger.run("--data", ledger.folder, "inspection", "answer", inspection, "--answers", path)
    assert "answers.json（第 3 条 result 只能是 pass、fail、na、unchecked）" in said.err
    path.write_text("[" + " " * (9 << 20) + "]", encoding="utf-8")
    said = ledger.run("--data", ledger.folder, "inspection", "answer", inspection, "--answers", path)
    assert "超过 8 MB" in said.err


def test_answers_with_a_byte_order_mark_from_a_windows_editor_are_read(ledger: Any) -> None:
    inspection = ledger("inspection", "start", "--enterprise", CODE, "--template", "confined-space")["inspection"]
    path = ledger.answers({"item": "CS-03", "result": "pass"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert ledger("inspection", "answer", inspection, "--answers", path)["answered"] == 1


def test_a_bug_is_one_line_exit_1_and_a_log_without_anybodys_data(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_session: object, text: str, _limit: int) -> None:
        raise LookupError(f"秘密 {text} 13800001234")

    monkeypatch.setattr("safetydesk.workflows.searching.find", broken)
    monkeypatch.setenv("XDG_STATE_HOME", str(ledger.folder.parent / "state"))
    assert ledger.refused("ledger", "search", "样溪知秋") == "bug"
    said = ledger.run("--data", ledger.folder, "ledger", "search", "样溪知秋")
    (log,) = (ledger.folder.parent / "state").rglob("*.log")
    assert str(log) in said.err
    written = log.read_text("utf-8")
    assert "LookupError" in written
    assert "test_command_line.py" in written
    for secret in ("秘密", "样溪", "1380000"):
        assert secret not in written + said.err


def test_a_bug_in_the_middle_of_a_write_leaves_nothing_behind(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = ledger.visit({"item": "CS-03", "result": "fail"})
    before = ledger("digest")

    def broken(*_given: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("safetydesk.workflows.outgoing.stage", broken)
    issue = ("paper", "issue", "--inspection", inspection, "--kind", "advice", "--out", ledger.out)
    assert ledger.refused(*issue) == "bug"
    assert ledger("digest") == before
    assert ledger("paper", "list") == []


def test_a_paper_whose_transaction_fails_leaves_no_file(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = ledger.visit({"item": "CS-03", "result": "fail"})
    from safetydesk.models import clock

    def broken(*_given: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clock, "_write_hand", broken)
    issue = ("paper", "issue", "--inspection", inspection, "--kind", "advice", "--out", ledger.out)
    assert ledger.refused(*issue) == "disk_full"
    assert list(ledger.out.iterdir()) == []


def test_stopping_a_command_is_silent_but_for_one_line(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("safetydesk.workflows.searching.find", stopped)
    said = ledger.run("--data", ledger.folder, "ledger", "search", "a")
    assert (said.exit_code, said.err) == (130, "已停止，没有保存未完成的操作。\n")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_a_terminal_without_the_characters_never_ends_a_command(
    desk: Any, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    name = "样溪😀𬭎厂"
    added = desk("ledger", "add", "--field", f"name={name}")["id"]
    for words in (["--json"], []):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setenv("SAFETYDESK_PASSPHRASE", "四个字 plus 9 words")
        assert main(["--data", str(desk.folder), *words, "ledger", "show", added]) == 0
        out.flush()
        said = out.buffer.getvalue()  # type: ignore[attr-defined]
        if words:
            assert json.loads(said.decode("utf-8"))["name"] == name
        else:
            assert said


def test_an_argument_that_is_no_text_is_refused_like_any_other(desk: Any) -> None:
    broken = b"\xff\xfe".decode("utf-8", "surrogateescape")
    for words in (
        ["ledger", "show", broken],
        ["ledger", "search", broken],
        ["ledger", "add", "--field", "name=甲", "--field", f"note={broken}"],
        ["officer", "add", "--name", "赵示例", "--badge", broken],
        ["settings", "set", "unit.mark", broken],
        ["assign", "set", "--officer", "赵示例", "--enterprise", CODE, broken],
    ):
        assert desk.refused(*words, exit_code=2) == "usage"


def test_files_whose_names_are_no_text_are_read_and_written(desk: Any) -> None:
    folder = desk.folder.parent / b"\xc9\xcf\xb4\xab".decode("utf-8", "surrogateescape")  # GBK, from an old stick
    folder.mkdir()
    ledger = folder / b"\xcc\xa8\xd5\xcb.csv".decode("utf-8", "surrogateescape")
    ledger.write_text(f"企业名称,信用代码\n样溪甲厂（示例）,{CODE}\n", encoding="utf-8")
    assert desk("ledger", "import", ledger)["created"] == 1
    assert desk("ledger", "export", "--out", folder / "导出.xlsx")["rows"] == 1
    inspection = desk("inspection", "start", "--enterprise", CODE, "--template", "hot-work")["inspection"]
    answers = folder / "answers.json"
    answers.write_text('[{"item":"HW-01","result":"fail"}]', encoding="utf-8")
    desk("inspection", "answer", inspection, "--answers", answers)
    desk("inspection", "finish", inspection)
    issued = desk("paper", "issue", "--inspection", inspection, "--kind", "advice", "--out", folder)
    assert desk("paper", "verify", issued["file"])["authentic"]


def test_every_command_of_the_parser_leads_to_a_function() -> None:
    from importlib import import_module

    def targets(parser: Any) -> list[str]:
        found = [parser.get_default("command")] if parser.get_default("command") else []
        for action in parser._actions:
            if isinstance(action.choices, dict):
                found += [target for one in action.choices.values() for target in targets(one)]
        return found

    listed = targets(arguments._parser())
    assert len(listed) > 40
    for target in listed:
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(f"safetydesk.cli.{module}"), name)), target


def test_the_contract_names_no_command_that_is_missing_from_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    commands = set(re.findall(r"`((?:[a-z]+ )?[a-z]+)(?= (?:--|[A-Z（(]|[\u4e00-\u9fff])|`)", documented))
    heads = ("ledger", "paper", "inspection", "hazard", "checklist", "assign", "law", "officer", "object", "settings")
    for command in sorted(one for one in commands if one.startswith(heads) and " " in one):
        with pytest.raises(SystemExit) as ended:
            main([*command.split(), "--help"])
        assert ended.value.code == 0
    capsys.readouterr()
