"""Every command: its JSON keys as the contract names them, and what it says to people."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

CODE = "91000000MA00006133"
NAME = "样溪知秋印染有限公司（示例）"
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FAILED = [{"item": "CS-03", "result": "fail"}, {"item": "CS-05", "result": "fail", "deadline": "2026-11-23"}]


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFETYDESK_NOW", "2026-11-21T09:30:00+08:00")


def keys_of(value: dict[str, Any]) -> set[str]:
    return set(value)


def test_setup_names_replica_and_fingerprint(no_desk: Any) -> None:
    made = no_desk("setup", "--role", "officer", "--unit", "云溪镇", "--name", "赵示例", "--badge", "B-7")
    assert keys_of(made) >= {"replica", "fingerprint"}
    assert UUID.fullmatch(made["replica"])
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", made["fingerprint"])
    assert no_desk("officer", "list")[0] | {"id": ""} == {
        "id": "",
        "name": "赵示例",
        "badge": "B-7",
        "mark": None,
        "role": "officer",
    }


def test_settings_are_listed_read_and_saved(desk: Any) -> None:
    assert desk("settings", "list")["unit.power"] == "none"
    assert desk("settings", "set", "unit.power", "full") == {"key": "unit.power", "value": "full"}
    assert desk("settings", "get", "unit.power") == {"key": "unit.power", "value": "full"}
    assert desk("settings", "set", "paper.copies", "3")["value"] == 3
    assert desk("settings", "set", "unit.power", "")["value"] == "none"
    assert set(desk("settings", "list")) >= {"paper.numbering", "unit.remedy_authority", "prevention.scheme"}


def test_a_ledger_is_imported_twice_and_the_second_time_changes_nothing(desk: Any) -> None:
    first = desk("ledger", "import", SAMPLES / "ledger.xlsx")
    assert keys_of(first) >= {"import", "rows", "created", "updated", "unchanged", "rejected", "columns", "notes"}
    assert (first["rows"], first["created"], first["rejected"]) == (120, 120, [])
    before = desk("ledger", "digest")
    second = desk("ledger", "import", SAMPLES / "ledger.xlsx")
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 120)
    assert desk("ledger", "digest") == before
    assert before["enterprises"] == 120


def test_a_dry_run_writes_nothing_and_says_so(desk: Any) -> None:
    lines = desk.text("ledger", "import", SAMPLES / "ledger.xlsx", "--dry-run")
    assert lines[0].startswith("试算（没有写入）：120 行，新增 120")
    assert desk("ledger", "import", SAMPLES / "ledger.xlsx", "--dry-run")["import"] is None
    assert desk("ledger", "digest")["enterprises"] == 0


def test_refused_cells_are_listed_and_written_to_a_file_that_imports_once_corrected(desk: Any) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["单位名称", "信用代码", "人数"],
        ["样溪甲厂（示例）", CODE[:17] + "4", 3],
        ["样溪乙厂（示例）", None, "若干"],
    ):
        book.active.append(row)
    book.save(desk.folder.parent / "台账.xlsx")
    rejects = desk.folder.parent / "退回.xlsx"
    said = desk("ledger", "import", desk.folder.parent / "台账.xlsx", "--rejects", rejects)
    assert (said["created"], len(said["rejected"])) == (1, 2)
    assert keys_of(said["rejected"][0]) >= {"row", "column", "value", "reason"}
    assert said["rejected"][0]["row"] == 2
    assert "末位应为 3" in said["rejected"][0]["reason"]
    fixed = openpyxl.load_workbook(rejects)
    row = next(row for row in fixed.active.iter_rows() if row[0].value == "样溪甲厂（示例）")
    row[1].value = CODE
    fixed.save(rejects)
    assert desk("ledger", "import", rejects)["created"] == 1
    assert desk("ledger", "show", CODE)["name"] == "样溪甲厂（示例）"


def test_a_rejects_file_that_cannot_be_written_keeps_the_import_from_happening(desk: Any) -> None:
    (desk.folder.parent / "台账.csv").write_text(
        f"企业名称,信用代码\n甲,{CODE}\n乙,91000000MA0000613X\n", encoding="utf-8"
    )
    nowhere = desk.folder.parent / "没有" / "退回.xlsx"
    assert desk.refused("ledger", "import", desk.folder.parent / "台账.csv", "--rejects", nowhere) == "file_not_written"
    assert desk("ledger", "digest")["enterprises"] == 0


def test_columns_are_mapped_by_hand(desk: Any) -> None:
    (desk.folder.parent / "台账.csv").write_text("叫什么,在哪儿\n样溪甲厂（示例）,样岭村\n", encoding="gb18030")
    said = desk("ledger", "import", desk.folder.parent / "台账.csv", "--map", "叫什么=name", "--map", "B=village")
    assert [(one["column"], one["field"]) for one in said["columns"]] == [("A", "name"), ("B", "village")]
    assert desk("ledger", "search", "样岭")[0]["name"] == "样溪甲厂（示例）"


def test_an_export_makes_the_same_ledger_elsewhere(ledger: Any, tmp_path: Path) -> None:
    said = ledger("ledger", "export", "--out", tmp_path / "导出.xlsx")
    assert said == {"file": str(tmp_path / "导出.xlsx"), "rows": 120}
    before = ledger("ledger", "digest")
    ledger.folder = tmp_path / "另一个办公室"
    ledger("setup", "--role", "office", "--unit", "云溪镇", "--name", "王示例")
    ledger("ledger", "import", tmp_path / "导出.xlsx")
    assert ledger("ledger", "digest") == before


def test_an_enterprise_is_added_searched_edited_and_shown(ledger: Any) -> None:
    field = lambda *given: [word for one in given for word in ("--field", one)]  # noqa: E731
    added = ledger(
        "ledger", "add", *field("name=样溪新厂（示例）", "村（社区）=样岭村", "headcount=12", "flags=有限空间")
    )
    assert keys_of(added) == {"id"}
    (found,) = ledger("ledger", "search", "新厂")
    assert found == {
        "id": added["id"],
        "uscc": None,
        "name": "样溪新厂（示例）",
        "village": "样岭村",
        "risk": None,
        "officer": None,
    }
    changed = ledger("ledger", "edit", added["id"], *field("headcount=15", "founded_on=2020-02-29", "officer=赵示例"))
    assert changed["changed"] == [
        {"field": "headcount", "before": 12, "after": 15},
        {"field": "founded_on", "before": None, "after": "2020-02-29"},
    ]
    shown = ledger("ledger", "show", added["id"])
    assert keys_of(shown) >= {"id", "derived", "open_hazards", "last_visit_on", "next_due_on", "history"}
    assert [shown[key] for key in ("name", "headcount", "founded_on", "flags", "officer", "uscc", "revenue")] == [
        *("样溪新厂（示例）", 15, "2020-02-29", ["有限空间"], "赵示例", None, None),
    ]
    assert {key for key in CONTRACT_KEYS if key not in shown} == set()
    assert {change["field"] for change in shown["history"]} == {"headcount", "founded_on"}


CONTRACT_KEYS = (
    *("uscc", "name", "short_name", "village", "zone", "address", "registered_address", "legal_person"),
    *("legal_person_phone", "principal", "principal_phone", "safety_manager", "safety_manager_phone", "contact"),
    *("phone", "industry", "industry_code", "kind", "headcount", "revenue", "founded_on", "above_threshold", "size"),
    *("operating_state", "longitude", "latitude", "risk", "flags", "officer", "grid", "verified_on", "note"),
)


def test_every_field_is_listed_with_its_kind_without_a_data_folder(no_desk: Any) -> None:
    listed = no_desk("ledger", "fields", passphrase=None)
    assert set(CONTRACT_KEYS) <= {one["key"] for one in listed}
    assert all(keys_of(one) >= {"key", "label", "group", "kind"} for one in listed)


def test_a_search_is_limited(ledger: Any) -> None:
    assert [len(ledger("ledger", "search", "样溪", "--limit", limit)) for limit in (1, 5, 1000)] == [1, 5, 120]
    assert ledger.text("ledger", "search", "没有这样的") == ["没有找到。换一个字、代码后几位或拼音首字母试试。"]


def test_high_risk_objects_are_rows_of_their_own(ledger: Any) -> None:
    added = ledger(
        "object", "add", CODE, "--kind", "有限空间", "--name", "调节池", "--field", "深度=3米", "--field", "a=b=c"
    )
    assert ledger("object", "list", CODE) == [
        {"id": added["id"], "kind": "有限空间", "name": "调节池", "fields": {"深度": "3米", "a": "b=c"}}
    ]
    assert ledger.refused("object", "add", CODE, "--kind", "x", "--name", "y", "--field", "z") == "bad_object_field"
    assert ledger.refused("object", "add", CODE, "--kind", " ", "--name", "y") == "bad_name"


def test_enterprises_are_given_to_officers_by_village_code_and_file(ledger: Any) -> None:
    by_village = ledger("assign", "set", "--officer", "赵示例", "--village", "样岭村")
    assert by_village["officer_created"]
    ledger("assign", "set", "--officer", "钱示例", "--enterprise", CODE, "--until", "2026-12-31")
    names = ledger.folder.parent / "名单.txt"
    names.write_text(f"# 代码,名称\n{CODE},样溪\n\n", encoding="gb18030")
    assert ledger("assign", "set", "--officer", "孙示例", "--file", names)["changed"] == 1
    coverage = ledger("assign", "coverage")
    assert keys_of(coverage) == {"enterprises", "assigned", "unassigned", "by_officer"}
    assert coverage["by_officer"]["孙示例"] == 1
    assert coverage["enterprises"] == coverage["assigned"] + len(coverage["unassigned"]) == 120
    assert keys_of(coverage["unassigned"][0]) >= {"id", "uscc", "name", "village"}


def test_officers_are_entered_and_listed(desk: Any) -> None:
    made = desk("officer", "add", "--name", "赵示例", "--badge", "B-7", "--mark", "赵")
    assert made["id"] in [one["id"] for one in desk("officer", "list")]
    assert desk.refused("officer", "add", "--name", "钱示例", "--mark", "赵") == "mark_taken"


def test_the_shipped_checklists_are_listed_and_shown_without_a_data_folder(no_desk: Any) -> None:
    listed = no_desk("checklist", "list", passphrase=None)
    assert [(one["id"], one["items"]) for one in listed[:3]] == [
        ("confined-space", 50),
        ("dust-explosion", 53),
        ("hot-work", 39),
    ]
    assert all(keys_of(one) >= {"id", "title", "version", "items"} for one in listed)
    shown = no_desk("checklist", "show", "confined-space", passphrase=None)
    assert keys_of(shown) >= {"id", "version", "items"}
    for item in shown["items"]:
        assert keys_of(item) >= {"id", "text", "method", "basis", "major", "measure", "days"}
        assert all(keys_of(one) >= {"law", "article", "verified"} for one in item["basis"])
    by_id = {item["id"]: item for item in shown["items"]}
    assert by_id["CS-30"]["major"] == ["MH-13-02"]
    assert by_id["CS-33"]["limits"][0]["unit"] == "%VOL"
    assert "limits" not in by_id["CS-03"]


def test_a_checklist_of_the_office_is_validated_imported_and_used(desk: Any, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "checklists" / "hot-work.yaml"
    own = tmp_path / "own.yaml"
    own.write_text(shipped.read_text("utf-8").replace("id: hot-work", "id: our-hot-work", 1), encoding="utf-8")
    assert desk("checklist", "validate", own) == {"ok": True, "id": "our-hot-work", "items": 39, "warnings": []}
    assert desk("checklist", "import", own)["id"] == "our-hot-work"
    assert desk("checklist", "list")[-1] | {"title": "", "version": ""} == {
        "id": "our-hot-work",
        "title": "",
        "version": "",
        "items": 39,
        "origin": "office",
    }
    assert desk("checklist", "show", "our-hot-work")["id"] == "our-hot-work"


def test_a_broken_checklist_is_refused_with_its_line(desk: Any, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "checklists" / "hot-work.yaml"
    broken = tmp_path / "broken.yaml"
    broken.write_text(shipped.read_text("utf-8").replace("law: ", "law: no-such-", 3), encoding="utf-8")
    for verb in ("validate", "import"):
        assert desk.refused("checklist", verb, broken) == "broken_reference"
    assert len(desk.run("checklist", "validate", broken).err.splitlines()) == 2
    assert desk.refused("checklist", "validate", tmp_path / "none.yaml") == "file_missing"
    assert desk("checklist", "list")[-1]["origin"] == "shipped"


def test_laws_are_listed_shown_and_corrected_by_the_office(desk: Any) -> None:
    listed = desk("law", "list")
    key = next(one["key"] for one in listed if not one["verified"])
    desk("law", "correct", key, "--verified", "yes", "--title", "更正后的名称", "--note", "见原件")
    shown = desk("law", "show", key)
    assert (shown["verified"], shown["corrected"], shown["title"]) == (True, True, "更正后的名称")
    assert desk.refused("law", "show", "no-such-law") == "unknown_law"


def test_an_officer_does_not_correct_the_law(no_desk: Any) -> None:
    no_desk("setup", "--role", "officer", "--unit", "云溪镇", "--name", "赵示例")
    assert no_desk.refused("law", "correct", "mem-13", "--verified", "yes") == "office_only"


def test_a_check_is_started_answered_finished_and_shown(ledger: Any) -> None:
    started = ledger("inspection", "start", "--enterprise", CODE, "--template", "confined-space", "--kind", "special")
    assert keys_of(started) == {"inspection"}
    inspection = started["inspection"]
    photo = str(SAMPLES / "photos" / "open-manhole.jpg")
    given = ledger.answers(
        {"item": "CS-03", "result": "fail", "note": "没有标志", "photos": [photo], "level": "general"},
        {"item": "CS-33", "result": "fail", "value": 18.2, "unit": "%VOL"},
        {"item": "CS-04", "result": "pass"},
        {"item": "CS-06", "result": "na"},
        {"item": "CS-07", "result": "unchecked"},
    )
    said = ledger("inspection", "answer", inspection, "--answers", given)
    assert said == {"answered": 5, "pass": 1, "fail": 2, "na": 1, "unchecked": 1}
    finished = ledger("inspection", "finish", inspection)
    assert keys_of(finished) == {"hazards"}
    assert len(finished["hazards"]) == 2
    shown = ledger("inspection", "show", inspection)
    assert shown["counts"] == {"pass": 1, "fail": 2, "na": 1, "unchecked": 46}
    assert (shown["kind"], shown["inspectors"]) == ("special", [{"name": "王示例", "badge": "A-001"}])
    assert set(shown["hazards"]) == set(finished["hazards"])
    by_item = {row["item"]: row for row in shown["answers"]}
    assert by_item["CS-03"]["photos"][0]["name"] == "open-manhole.jpg"
    assert by_item["CS-33"]["readings"][0]["verdict"] == "below"
    assert by_item["CS-08"]["result"] == "unchecked"


def test_photos_lie_beside_the_file_of_answers(ledger: Any) -> None:
    started = ledger("inspection", "start", "--enterprise", CODE, "--template", "confined-space")
    beside = ledger.folder.parent / "照片"
    beside.mkdir()
    (beside / "一.jpg").write_bytes((SAMPLES / "photos" / "open-manhole.jpg").read_bytes())
    given = ledger.answers({"item": "CS-03", "result": "fail", "photos": ["照片/一.jpg"]})
    ledger("inspection", "answer", started["inspection"], "--answers", given)
    gone = ledger.answers({"item": "CS-03", "result": "fail", "photos": ["照片/二.jpg"]})
    assert ledger.refused("inspection", "answer", started["inspection"], "--answers", gone) == "photo_missing"


def test_hazards_are_listed_narrowed_and_shown_with_their_events(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.issue(ledger.visit(*FAILED))
    ledger.visit({"item": "CS-30", "result": "fail"}, code="91000000MA00007957")
    listed = ledger("hazard", "list")
    assert keys_of(listed[0]) >= {"id", "enterprise", "item", "level", "state", "found_on", "deadline", "days_left"}
    by_item = {one["item"]: one for one in listed}
    assert [by_item["CS-05"][key] for key in ("enterprise", "state", "found_on", "deadline", "days_left", "level")] == [
        *(NAME, "notified", "2026-11-21", "2026-11-23", 2, "general"),
    ]
    assert [one["item"] for one in ledger("hazard", "list", "--major")] == ["CS-30"]
    assert [one["item"] for one in ledger("hazard", "list", "--state", "found")] == ["CS-30"]
    shown = ledger("hazard", "show", by_item["CS-05"]["id"])
    assert keys_of(shown) >= {*by_item["CS-05"], "events"}
    assert [event["kind"] for event in shown["events"]] == ["found", "notice_issued"]
    monkeypatch.setenv("SAFETYDESK_NOW", "2026-11-24T09:30:00+08:00")
    late = ledger("hazard", "list", "--overdue")
    assert ("CS-05", -1) in [(one["item"], one["days_left"]) for one in late]
    assert ledger.text("hazard", "list", "--state", "closed") == ["没有符合条件的隐患。"]


def test_a_paper_is_issued_listed_reprinted_verified_and_voided(ledger: Any) -> None:
    issued = ledger.issue(ledger.visit(*FAILED))
    assert keys_of(issued) >= {"number", "file", "sha256", "pages"}
    file = Path(issued["file"])
    assert hashlib.sha256(file.read_bytes()).hexdigest() == issued["sha256"]
    assert file.parent == ledger.out
    (row,) = ledger("paper", "list")
    assert row | {"pages": 0} == {
        "number": issued["number"],
        "kind": "advice",
        "enterprise": NAME,
        "issued_on": "2026-11-21",
        "state": "issued",
        "pages": 0,
    }
    assert ledger("paper", "verify", file) == {
        "authentic": True,
        "number": issued["number"],
        "why": "与登记簿封存的文件逐字节一致，签名有效",
        "state": "issued",
    }
    again = ledger("paper", "reprint", issued["number"], "--out", ledger.out)
    assert (again["file"], again["sha256"]) == (issued["file"], issued["sha256"])
    assert [path.name for path in ledger.out.iterdir()] == [file.name]
    assert ledger("paper", "void", issued["number"], "--reason", "写错了") == {
        "number": issued["number"],
        "state": "voided",
    }
    assert ledger("paper", "list")[0]["state"] == "voided"
    assert "已作废" in ledger("paper", "verify", file)["why"]


def test_an_altered_paper_is_integrity_and_a_foreign_one_is_not(ledger: Any) -> None:
    issued = ledger.issue(ledger.visit(*FAILED))
    altered = bytearray(Path(issued["file"]).read_bytes())
    altered[-2] ^= 1
    copy = ledger.out / "改过.pdf"
    copy.write_bytes(altered)
    said = ledger("paper", "verify", copy, exit_code=3)
    assert (said["authentic"], said["number"]) == (False, issued["number"])
    copy.write_bytes(b"hello")
    assert ledger.refused("paper", "verify", copy) == "not_a_pdf"


def test_the_unit_s_power_decides_which_paper_there_is(ledger: Any) -> None:
    inspection = ledger.visit(*FAILED)
    order = ("paper", "issue", "--inspection", inspection, "--kind", "rectification", "--out", ledger.out)
    assert ledger.refused(*order) == "not_empowered"
    ledger("settings", "set", "unit.power", "delegated")
    assert len(ledger(*order)["blanks"]) == 3


def test_a_folder_that_cannot_be_written_takes_no_number(ledger: Any) -> None:
    inspection = ledger.visit(*FAILED)
    ledger.out.write_text("一个文件，不是文件夹", encoding="utf-8")
    command = ("paper", "issue", "--inspection", inspection, "--kind", "advice", "--out", ledger.out)
    assert ledger.refused(*command) == "not_writable"
    assert ledger("paper", "list") == []
    ledger.out.unlink()
    assert ledger(*command)["number"].endswith("-1号")


def test_single_hazards_go_on_a_paper(ledger: Any) -> None:
    ledger.visit(*FAILED)
    one, two = (row["id"] for row in ledger("hazard", "list"))
    issue = ("--kind", "advice", "--out", ledger.out)
    ledger("paper", "issue", "--hazard", one, two, one, *issue)
    assert ledger.refused("paper", "issue", "--hazard", one, *issue) == "already_on_paper"


def test_today_has_what_is_due_in_order(ledger: Any) -> None:
    ledger.visit(*FAILED)
    open_one = ledger("inspection", "start", "--enterprise", CODE, "--template", "hot-work")["inspection"]
    said = ledger("today")
    assert keys_of(said) >= {"date", "overdue", "today", "week", "not_on_paper", "open_visits", "figures"}
    assert said["date"] == "2026-11-21"
    assert {row["item"] for row in said["today"] + said["week"]} == {"CS-03", "CS-05"}
    assert said["open_visits"] == [{"inspection": open_one, "enterprise": NAME, "started_on": "2026-11-21"}]
    assert said["figures"]["open_hazards"] == 2
    assert ledger.text("today")[0] == "2026年11月21日  企业 120 家，未闭环隐患 2 条，疑似重大 0 条"


def test_an_empty_day_says_so(desk: Any) -> None:
    assert desk.text("today") == [
        "2026年11月21日  企业 0 家，未闭环隐患 0 条，疑似重大 0 条",
        "今天没有到期的事。",
    ]


def test_the_digest_of_the_state_is_by_enterprise_and_by_officer(ledger: Any) -> None:
    ledger("assign", "set", "--officer", "赵示例", "--enterprise", CODE)
    whole = ledger("digest")
    assert keys_of(whole) == {"digest", "enterprises", "rows"}
    assert whole == ledger("digest")
    assert whole["rows"]["enterprise"] == 120
    his = ledger("digest", "--officer", "赵示例")
    assert len(his["enterprises"]) == 2
    assert his["rows"]["enterprise"] == 1
    assert ledger.refused("digest", "--officer", "无此人") == "unknown_officer"


def test_doctor_finds_everything_sound_and_names_what_is_not(ledger: Any) -> None:
    ledger.issue(
        ledger.visit({"item": "CS-03", "result": "fail", "photos": [str(SAMPLES / "photos/open-manhole.jpg")]})
    )
    said = ledger("doctor")
    assert said["ok"] is True
    assert {check["name"] for check in said["checks"]} >= {
        "database",
        "photos",
        "papers",
        "audit",
        "clock",
        "disk",
        "fonts",
    }
    assert all(keys_of(check) == {"name", "ok", "detail"} for check in said["checks"])
    blob = max(
        (path for path in (ledger.folder / "store").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size
    )
    blob.write_bytes(blob.read_bytes()[:-1])
    said = ledger("doctor", exit_code=3)
    assert said["ok"] is False
    assert {check["name"] for check in said["checks"] if not check["ok"]} in ({"photos"}, {"papers"})
