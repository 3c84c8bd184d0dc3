"""The main job on the sample data, as `safetydesk demo` does it: from an empty folder to papers that stand up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from safetydesk.cli import main
from safetydesk.models import keys
from safetydesk.models.keys import Kdf
from safetydesk.workflows.demonstration import PASSPHRASE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One demonstration for all tests of this file."""
    root = tmp_path_factory.mktemp("演示 一")
    out = root / "结果"
    with pytest.MonkeyPatch.context() as patch, pytest.MonkeyPatch.context() as capture:
        patch.setenv("XDG_STATE_HOME", str(root / "state"))
        patch.setattr(keys, "calibrated_kdf", lambda: Kdf(8, 1, 1))
        said: list[str] = []
        capture.setattr("builtins.print", lambda *words, **_options: said.append(" ".join(map(str, words))))
        assert main(["demo", "--out", str(out), "--json", "--quiet"]) == 0
    return out, json.loads(said[-1])


def test_every_file_it_names_is_there(made: tuple[Path, dict[str, Any]]) -> None:
    _, value = made
    assert value["files"]
    assert all(Path(file).stat().st_size > 0 for file in value["files"])


def test_every_step_says_its_time_and_its_figures(made: tuple[Path, dict[str, Any]]) -> None:
    _, value = made
    assert len(value["steps"]) >= 7
    assert all(step["seconds"] >= 0 and step["figures"] for step in value["steps"])
    visits = [step for step in value["steps"] if step["name"].startswith("现场检查")]
    assert len(visits) == 3
    assert all(step["figures"]["隐患"] > 0 for step in visits)
    assert sum(step["figures"]["疑似重大"] for step in visits) >= 1


def test_nobody_is_missed(made: tuple[Path, dict[str, Any]]) -> None:
    _, value = made
    (assigned,) = [step["figures"] for step in value["steps"] if step["name"] == "划片包干"]
    assert assigned == {"企业": 120, "已划片": 120, "没人管": 0}


def test_every_paper_opens_with_its_fonts_inside(made: tuple[Path, dict[str, Any]]) -> None:
    papers = [Path(file) for file in made[1]["files"] if file.endswith(".pdf")]
    assert len(papers) >= 3
    for paper in papers:
        with pikepdf.open(paper) as pdf:
            assert pdf.check_pdf_syntax() == []
            fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
            assert fonts
            for font in fonts:
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in descriptor
                assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))


def test_every_finding_stands_on_its_paper_word_for_word(
    made: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, value = made
    monkeypatch.setenv("XDG_STATE_HOME", str(out.parent / "state"))
    text = "".join(_text(Path(file)) for file in value["files"] if file.endswith(".pdf"))
    for officer in ("officer-1", "officer-2"):
        monkeypatch.setenv("SAFETYDESK_PASSPHRASE", PASSPHRASE)
        assert main(["--data", str(out / officer), "--json", "hazard", "list"]) == 0
        hazards = json.loads(capsys.readouterr().out)
        assert hazards
        for hazard in hazards:
            assert "".join(hazard["text"].split()) in text


def test_it_refuses_a_folder_with_something_in_it(
    made: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--out", str(made[0]), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "folder_not_empty"


def _text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    return "".join("".join(_without_frame(page).split()) for page in pages)


def _without_frame(page: str) -> str:
    """The text of a page without the head and foot that stand between two halves of a sentence."""
    lines = page.splitlines()
    return "\n".join(
        line for line in lines if "续页" not in line and not line.startswith(("执法人员签名", "检查人员签名"))
    )
