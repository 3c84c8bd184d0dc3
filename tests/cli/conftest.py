"""The program as a clerk's script calls it: words in, one JSON value and an exit code out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from safetydesk.cli import main
from safetydesk.models.keys import Kdf

PASSPHRASE = "四个字 plus 9 words"
CODE = "91000000MA00006133"  # of the shipped ledger


@dataclass(frozen=True)
class Said:
    """What one command said."""

    exit_code: int
    value: Any
    out: str
    err: str


class Desk:
    """One data folder and the commands on it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, read: Callable[[], Any]) -> None:
        self.folder = folder
        self.out = folder.parent / "打印"
        self._patch = patch
        self._read = read

    def run(self, *words: object, passphrase: str | None = PASSPHRASE) -> Said:
        """Exactly these words."""
        if passphrase is None:
            self._patch.delenv("SAFETYDESK_PASSPHRASE", raising=False)
        else:
            self._patch.setenv("SAFETYDESK_PASSPHRASE", passphrase)
        self._read()
        exit_code = main([str(word) for word in words])
        out, err = self._read()
        assert "Traceback" not in out + err
        value = json.loads(out) if "--json" in words and out else None
        return Said(exit_code, value, out, err)

    def __call__(self, *words: object, exit_code: int = 0, passphrase: str | None = PASSPHRASE) -> Any:
        """A command on this folder; its one JSON value, with nothing beside it."""
        said = self.run("--data", self.folder, "--json", *words, passphrase=passphrase)
        assert said.exit_code == exit_code, (words, said)
        assert said.out.endswith("\n")
        assert len(said.out.splitlines()) == 1
        return said.value

    def refused(self, *words: object, exit_code: int = 1, passphrase: str | None = PASSPHRASE) -> str:
        """The code of a refusal; its words are one line on standard error and again in the JSON."""
        said = self.run("--data", self.folder, "--json", *words, passphrase=passphrase)
        assert said.exit_code == exit_code, (words, said)
        assert list(said.value) == ["error"]
        error = said.value["error"]
        assert list(error) == ["code", "message", "hint"]
        assert error["message"]
        assert error["hint"]
        assert said.err.splitlines()[-1] == error["message"] + error["hint"]
        return str(error["code"])

    def text(self, *words: object, exit_code: int = 0) -> list[str]:
        """The lines for people."""
        said = self.run("--data", self.folder, *words)
        assert said.exit_code == exit_code, (words, said)
        return said.out.splitlines()

    def answers(self, *answers: object, name: str = "answers.json") -> Path:
        path = self.folder.parent / name
        path.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
        return path

    def visit(self, *answers: dict[str, Any], code: str = CODE, template: str = "confined-space") -> str:
        """A whole check with two inspectors, ended."""
        second = ("--second", "李示例", "--second-badge", "A-002")
        started = self("inspection", "start", "--enterprise", code, "--template", template, *second)
        inspection: str = started["inspection"]
        self("inspection", "answer", inspection, "--answers", self.answers(*answers))
        self("inspection", "finish", inspection)
        return inspection

    def issue(self, inspection: str, kind: str = "advice") -> dict[str, Any]:
        issued: dict[str, Any] = self("paper", "issue", "--inspection", inspection, "--kind", kind, "--out", self.out)
        return issued


def failed(*items: str, **more: Any) -> Sequence[dict[str, Any]]:
    return [{"item": item, "result": "fail", **more} for item in items]


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safetydesk.models.keys.calibrated_kdf", lambda: Kdf(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cheap_keys: None
) -> Desk:
    """A folder where nothing was set up yet."""
    return Desk(tmp_path / "安监办 台账", monkeypatch, capsys.readouterr)


@pytest.fixture
def desk(no_desk: Desk) -> Desk:
    """An office that was just set up."""
    no_desk("setup", "--role", "office", "--unit", "云溪镇应急管理办公室", "--name", "王示例", "--badge", "A-001")
    return no_desk


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """An office with the shipped ledger."""
    samples = Path(__file__).parents[2] / "resources" / "samples"
    desk("ledger", "import", samples / "ledger.xlsx")
    return desk
