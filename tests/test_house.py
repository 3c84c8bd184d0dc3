"""The house itself: its walls, what a start costs, and what no file of it may hold."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import safetydesk

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "safetydesk"
PASSED_OVER = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
PASSED_OVER |= {".cache", "__pycache__", "dist", "build", "demo-out", "htmlcov"}
SLOW = ("reportlab", "openpyxl", "alembic", "pypinyin", "yaml", "pikepdf", "pypdfium2", "PIL", "PySide6")
SLASH = "/"  # so that this file does not hold what it forbids


def modules() -> list[str]:
    walked = pkgutil.walk_packages(safetydesk.__path__, "safetydesk.")
    return [one.name for one in walked if not one.name.endswith(("__main__", "migrations.env"))]


def sources() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [one for one in folders if one not in PASSED_OVER and not one.endswith(".egg-info")]
        for name in files:
            path = Path(folder) / name
            content = b"" if name == ".git" or name.startswith(".coverage") else path.read_bytes()
            if b"\0" not in content[:8192]:
                yield path.relative_to(ROOT), content.decode("utf-8", "replace")


def loaded_by(code: str, **environment: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after this code."""
    code += "\nimport sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return set(said.stdout.splitlines()[-1].split())


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert " 0 broken" in said.stdout


def test_every_module_can_be_imported() -> None:
    listed = modules()
    assert len(listed) > 100
    for name in listed:
        importlib.import_module(name)


def test_nothing_outside_the_window_knows_of_qt() -> None:
    for path in sources():
        if "ui" in path.relative_to(PACKAGE).parts[:1]:
            continue
        assert not re.search(r"^\s*(import|from)\s+(PySide6|PyQt|shiboken)", path.read_text("utf-8"), re.MULTILINE), (
            path
        )


def test_the_command_line_loads_nothing_that_takes_time() -> None:
    loaded = loaded_by("import safetydesk.cli")
    assert loaded & {"sqlalchemy", "sqlcipher3", "psycopg", "cryptography", *SLOW} == set()


def test_the_first_command_of_the_day_loads_only_the_store(tmp_path: Path) -> None:
    words = {"SAFETYDESK_PASSPHRASE": "four plain words", "SAFETYDESK_DATA": str(tmp_path / "data")}
    words |= {"XDG_STATE_HOME": str(tmp_path / "state")}
    command = "from safetydesk.cli import main\nassert main({}) == 0"
    loaded_by(command.format(["setup", "--role", "office", "--unit", "a", "--name", "b"]), **words)
    loaded = loaded_by(command.format(["--json", "today"]), **words)
    assert "sqlalchemy" in loaded
    assert loaded & set(SLOW) == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    folders = [SLASH + name + SLASH for name in ("work", "root", "tmp", "Users")]
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("golang", "org"))
    ]
    hosts += [f"mirrors{dot}" for dot in (".aliyun", ".tuna", ".ustc")] + [f"localhost{SLASH}simple"]
    found = [
        f"{path}: {mark}"
        for path, text in texts()
        for mark in [*folders, *hosts]
        if re.search(rf"(?<![\w.\-/~<>}}]){re.escape(mark)}" if mark in folders else re.escape(mark), text)
    ]
    assert found == []


def test_nothing_sleeps() -> None:
    for path in [*sources(), *(ROOT / "tests").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called != "sleep", path


def test_no_module_prints_but_the_command_line() -> None:
    for path in sources():
        if path.relative_to(PACKAGE).parts[0] == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"), path


def test_no_source_is_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [str(path) for path in sources() if marks.search(path.read_text("utf-8"))] == []


def test_the_table_of_duties_has_128_rows_and_counts_itself() -> None:
    text = (ROOT / "docs" / "duties.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| \d+ \|", line)
    ]
    head = next(rows.pop(0) for row in rows[:1] if len(row) == 4) if len(rows[0]) == 4 else []
    assert [int(row[0]) for row in rows] == list(range(1, 129))
    assert {len(row) for row in rows} == {7}
    states = Counter(row[5] for row in rows)
    assert set(states) <= {"已有", "部分", "尚未"}
    assert [int(cell) for cell in head] == [states["已有"], states["部分"], states["尚未"], 128]


def test_every_test_that_the_duties_name_is_there() -> None:
    text = (ROOT / "docs" / "duties.md").read_text("utf-8")
    named = set(re.findall(r"tests/[\w/]+\.py", text))
    assert named
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("name", ["README.md", "docs/command-line.md", "docs/architecture.md", "docs/duties.md"])
def test_no_page_links_to_a_file_that_is_missing(name: str) -> None:
    page = ROOT / name
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert {target for target in targets if not (page.parent / target).exists()} == set()


def test_the_data_that_ships_holds_no_code() -> None:
    kinds = {path.suffix for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert kinds.isdisjoint({".py", ".sh", ".js", ".pyc", ".exe", ".dll", ".so"})
