"""The system below the window: the Qt that we pin, the libraries and faces that a bare Debian lacks."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from safetydesk.cli.qt_libraries import say_missing
from safetydesk.domain.errors import SafetyDeskError
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.window_libraries import ALWAYS, ON_X, NoDisplay, display_trouble, import_trouble
from tests.conftest import Office

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "installers" / "locks").glob("*.txt"))
QT = ("pyside6", "pyside6-essentials", "pyside6-addons", "shiboken6")
BROKEN = ("6.12.0", "6.12.0.1", "6.12.1", "6.12.9")
"""They end the process on Python 3.11: references to None and True are lost."""
BELOW = ("3.11", "3.11.15")
ESSENTIAL = {"libz.so.1", "libzstd.so.1"}  # Debian itself does not work without them


def broken_qt(lines: list[str]) -> list[str]:
    """The lines that let a broken Qt onto a Python below 3.12."""
    found = []
    for line in lines:
        wanted = Requirement(line)
        if wanted.name.lower().replace("_", "-") not in QT:
            continue
        for python in BELOW:
            here = dict(default_environment()) | {"python_version": "3.11", "python_full_version": python}
            applies = wanted.marker is None or wanted.marker.evaluate({key: str(value) for key, value in here.items()})
            if applies and any(wanted.specifier.contains(version, prereleases=True) for version in BROKEN):
                found.append(line)
                break
    return found


def required() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"] + [line for extra in project["optional-dependencies"].values() for line in extra]


def locked(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.rstrip("\\ ").strip() for line in lines if re.match(r"[A-Za-z]", line)]


@pytest.mark.parametrize(
    "line",
    [
        "PySide6-Essentials>=6.11.3",
        "PySide6-Essentials",
        "pyside6-essentials==6.12.0",
        "PySide6==6.12.*",
        "shiboken6>=6.12 ; python_full_version < '3.12'",
        "PySide6_Essentials>=6.11,!=6.12.0",
    ],
)
def test_the_guard_sees_a_qt_that_would_end_the_process(line: str):
    assert broken_qt([line]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "PySide6-Essentials==6.11.3",
        "PySide6-Essentials>=6.12 ; python_version >= '3.12'",
        "shiboken6<6.12",
        "Pillow>=6.12",
    ],
)
def test_the_guard_lets_a_sound_qt_pass(line: str):
    assert broken_qt([line]) == []


def test_qt_6_12_cannot_come_below_python_3_12():
    assert broken_qt(required()) == []
    assert any(Requirement(line).name.lower() == "pyside6-essentials" for line in required())


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_no_lock_file_brings_qt_6_12_below_python_3_12(path: Path):
    lines = locked(path)
    names = {Requirement(line).name for line in lines}
    assert {"pyside6-essentials", "shiboken6"} <= names
    assert "pyside6-addons" not in names  # 440 MB that nothing needs
    assert broken_qt(lines) == []


def test_the_qt_that_runs_here_is_a_sound_one():
    import PySide6
    import shiboken6

    for version in (PySide6.__version__, shiboken6.__version__):
        assert sys.version_info >= (3, 12) or tuple(map(int, version.split(".")[:2])) < (6, 12)


def packages() -> Mapping[str, str]:
    """What setup installs: the library or command that shows it, and the package."""
    lines = (ROOT / "installers" / "linux" / "packages.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("#")[0].split() for line in lines if line.partition("#")[0].strip()]
    return {proof: package for package, proof in pairs}


def test_setup_installs_every_package_that_the_window_may_name_as_missing():
    installed = packages().values()
    named = {package for library, package in (ALWAYS | ON_X).items() if library not in ESSENTIAL}
    assert named <= set(installed)


def test_setup_knows_every_library_that_qt_is_linked_with():
    """Qt's own plugins for displays tell by themselves what they need."""
    import PySide6

    if not sys.platform.startswith("linux") or shutil.which("readelf") is None:
        pytest.skip("readelf tells what a library is linked with")
    qt = Path(PySide6.__file__).parent / "Qt"
    files = [
        qt / "lib" / f"libQt6{name}.so.6"
        for name in ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "DBus", "XcbQpa")
    ]
    files += [qt / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen", "wayland")]
    said = subprocess.run(["readelf", "-d", *files], capture_output=True, text=True, check=True).stdout
    needed = {name for name in re.findall(r"NEEDED.*\[(.+?)\]", said) if not name.startswith(("libQt6", "libicu"))}
    of_the_system = {name for name in needed if not re.match(r"lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so|ld-", name)}
    assert of_the_system - ESSENTIAL <= set(packages()) | {"libglib-2.0.so.0"}  # in one package with libgthread


def paths_of(library: str) -> list[str]:
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    said = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in said.splitlines() if " => " in line]
    return sorted({str(Path(words[-1]).resolve()) for words in lines if words[0] == library})


def may_hide() -> bool:
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None or os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


def start_without(library: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program, on a system where this library is an empty file."""
    hide = "; ".join(f"mount --bind /dev/null '{path}'" for path in paths_of(library))
    command = f"set -e; {hide}; exec '{sys.executable}' -m safetydesk --data '{data}'"
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", command],
        env=kept | {"PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=ROOT,
    )


def assert_one_clear_line(said: subprocess.CompletedProcess[str], package: str) -> None:
    assert said.returncode == 1, said.stderr
    assert said.stdout == ""
    assert len(said.stderr.splitlines()) == 1, said.stderr
    assert said.stderr.startswith("窗口打不开：")
    assert package in said.stderr.split()


@pytest.mark.parametrize("library", sorted(ALWAYS.keys() - ESSENTIAL))
def test_without_a_library_of_the_system_the_program_says_which_package_to_install(library: str, tmp_path: Path):
    if not may_hide() or not paths_of(library):
        pytest.skip("needs to be root and to have the library")
    assert_one_clear_line(start_without(library, tmp_path / "data", QT_QPA_PLATFORM="offscreen"), ALWAYS[library])


@pytest.mark.parametrize("library", ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxcb-icccm.so.4"])
def test_without_a_library_of_the_display_the_program_says_which_package_to_install(library: str, tmp_path: Path):
    if not may_hide() or not paths_of(library):
        pytest.skip("needs to be root and to have the library")
    assert_one_clear_line(start_without(library, tmp_path / "data", DISPLAY=":4711"), ON_X[library])


def test_without_a_display_the_program_says_so_and_ends(tmp_path: Path):
    said = subprocess.run(
        [sys.executable, "-m", "safetydesk", "--data", str(tmp_path / "data")],
        env={
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        }
        | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    assert_one_clear_line(said, "safetydesk")
    assert "没有找到显示器" in said.stderr


@pytest.mark.parametrize(
    ("message", "package"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
        ("/usr/lib/aarch64-linux-gnu/libxkbcommon.so.0: file too short", "libxkbcommon0"),
        ("libfuture-thing3.so.5: cannot open shared object file: No such file or directory", "libfuture-thing3-5"),
    ],
)
def test_the_loader_s_own_words_lead_to_the_package(message: str, package: str, capsys: pytest.CaptureFixture[str]):
    say_missing(ImportError(message))
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert package in said.split()


def test_a_missing_qt_is_said_and_a_mistake_of_ours_is_not_taken_for_one():
    gone = import_trouble(ModuleNotFoundError("No module named 'PySide6'", name="PySide6"), {})
    assert gone is not None
    assert gone.code == "window_not_installed"
    assert import_trouble(ModuleNotFoundError("No module named 'safetydesk.x'", name="safetydesk.x"), {}) is None
    with pytest.raises(ImportError, match="cannot import name"):
        say_missing(ImportError("cannot import name 'Nothing' from 'safetydesk.ui'"))


def test_where_the_display_does_not_answer_and_nothing_is_missing_that_is_said():
    trouble: SafetyDeskError = display_trouble({"QT_QPA_PLATFORM": "offscreen"})
    assert isinstance(trouble, NoDisplay)
    assert "显示器" in words_for(trouble).message


# The faces of the system


def words_of_the_window() -> str:
    """Every text of the source of the window and of the words that it shows."""
    folders = [ROOT / "safetydesk" / "ui", ROOT / "safetydesk" / "workflows"]
    found: set[str] = set("喆堃镕昇玥")  # names beyond GB 2312
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update(node.value)
    for path in (ROOT / "resources").rglob("*.yaml"):
        found.update(path.read_text(encoding="utf-8"))
    return "".join(sorted(character for character in found if character.isprintable()))


def latin_faces() -> Iterator[Path]:
    return Path("/usr/share/fonts/truetype/dejavu").glob("DejaVuSans*.ttf")


@pytest.fixture(params=["no face at all", "one Latin face", "no configuration"])
def bare_system(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """What a bare Debian has for faces: fontconfig is told so by its environment."""
    folder = tmp_path / "faces"
    folder.mkdir()
    if request.param == "one Latin face":
        latin = list(latin_faces())
        if not latin:
            pytest.skip("this system has no DejaVu")
        for path in latin:
            (folder / path.name).symlink_to(path)
    configuration = tmp_path / "fonts.conf"
    if request.param != "no configuration":
        configuration.write_text(
            f"<?xml version='1.0'?><fontconfig><dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
        )
    return {"FONTCONFIG_FILE": str(configuration), "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="faces come by fontconfig on Linux")
@pytest.mark.parametrize("is_set_up", [True, False], ids=["lock screen", "first start"])
def test_on_a_system_without_chinese_faces_every_character_is_drawn(
    bare_system: dict[str, str], is_set_up: bool, file_office: Office, tmp_path: Path
):
    if is_set_up:
        file_office.set_up()
    place = file_office.place()
    (tmp_path / "words.txt").write_text(words_of_the_window(), encoding="utf-8")
    script = Path(__file__).with_name("shown_without_fonts.py")
    said = subprocess.run(
        [sys.executable, script, place.folder, place.state, tmp_path / "words.txt"],
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)} | bare_system,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    shown = json.loads(said.stdout.splitlines()[-1])
    assert any("网格安全员" in text for text in shown["texts"]) or not is_set_up
    assert shown["ink"] > 500
    assert shown["boxes"] == []
    assert shown["boxes_in_words"] == []
    assert "Noto Sans SC" in shown["faces"]  # the shipped face, for the system has none
