"""Re-inspection, extension and opening again, from the command line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Desk, failed

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "photos" / "open-manhole.jpg"
KEYS = [
    *("id", "enterprise", "enterprise_id", "item", "text", "level", "state"),
    *("found_on", "deadline", "days_left"),
]


@pytest.fixture
def hazard(ledger: Desk) -> str:
    """One hazard that a paper names, three days before its deadline."""
    due = (date.today() + timedelta(3)).isoformat()
    ledger.issue(ledger.visit(*failed("CS-03", deadline=due)))
    (found,) = ledger("hazard", "list")
    return str(found["id"])


def shown(desk: Desk, hazard: str) -> dict[str, Any]:
    value: dict[str, Any] = desk("hazard", "show", hazard)
    return value


def day(after: int) -> str:
    return (date.today() + timedelta(after)).isoformat()


def test_a_recheck_closes_with_note_and_photos(ledger: Desk, hazard: str) -> None:
    said = ledger("hazard", "recheck", hazard, "--result", "closed", "--note", "已补标志", "--photos", SAMPLE)
    assert list(said) == KEYS
    assert (said["state"], said["days_left"]) == ("closed", None)
    last = shown(ledger, hazard)["events"][-1]
    assert (last["kind"], last["note"], len(last["detail"]["photos"])) == ("closed_out", "已补标志", 1)
    assert ledger("doctor")["ok"]


def test_what_is_half_mended_may_get_a_further_deadline(ledger: Desk, hazard: str) -> None:
    words = ("--note", "还差告知牌", "--deadline", day(9))
    said = ledger("hazard", "recheck", hazard, "--result", "partial", *words)
    assert (said["state"], said["deadline"], said["days_left"]) == ("partial", day(9), 9)


def test_an_extension_says_the_new_deadline(ledger: Desk, hazard: str) -> None:
    said = ledger("hazard", "extend", hazard, "--to", day(10), "--reason", "备件未到货")
    assert (list(said), said["state"], said["deadline"]) == (KEYS, "notified", day(10))
    assert shown(ledger, hazard)["events"][-1]["detail"]["before"] == day(3)


def test_a_long_extension_is_remarked(ledger: Desk, hazard: str) -> None:
    said = ledger.run("--data", ledger.folder, "hazard", "extend", hazard, "--to", day(40), "--reason", "备件未到货")
    assert said.exit_code == 0
    assert "超过 30 天" in said.err


def test_what_was_closed_by_mistake_is_opened_again(ledger: Desk, hazard: str) -> None:
    ledger("hazard", "recheck", hazard, "--result", "closed", "--note", "已改")
    assert ledger("hazard", "reopen", hazard, "--reason", "销错了")["state"] == "open"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("recheck", "{id}", "--result", "open", "--note", " "), "recheck_note_missing"),
        (("recheck", "{id}", "--result", "closed", "--note", "x", "--on", "2020-01-01"), "recheck_day"),
        (("recheck", "{id}", "--result", "closed", "--note", "x", "--deadline", "2099-01-01"), "new_deadline"),
        (("recheck", "{id}", "--result", "closed", "--note", "x", "--photos", "没有.jpg"), "photo_missing"),
        (("recheck", "nobody", "--result", "closed", "--note", "x"), "unknown_hazard"),
        (("extend", "{id}", "--to", "2020-01-01", "--reason", "x"), "extension_not_later"),
        (("extend", "{id}", "--to", "2099-01-01", "--reason", ""), "extension_reason_missing"),
        (("reopen", "{id}", "--reason", "x"), "hazard_still_open"),
    ],
)
def test_what_is_not_allowed_is_refused_with_a_code(
    ledger: Desk, hazard: str, words: tuple[str, ...], code: str
) -> None:
    assert ledger.refused("hazard", *(word.format(id=hazard) for word in words)) == code


def test_a_closed_hazard_is_neither_looked_at_nor_extended(ledger: Desk, hazard: str) -> None:
    ledger("hazard", "recheck", hazard, "--result", "closed", "--note", "已改")
    assert ledger.refused("hazard", "recheck", hazard, "--result", "open", "--note", "x") == "hazard_closed"
    assert ledger.refused("hazard", "extend", hazard, "--to", day(9), "--reason", "x") == "hazard_closed"


def test_a_suspected_major_hazard_needs_a_consent_to_be_put_off(ledger: Desk) -> None:
    ledger.visit(*failed("CS-30"))
    (found,) = ledger("hazard", "list", "--major")
    words = ("hazard", "extend", found["id"], "--to", day(30), "--reason", "备件未到货")
    assert ledger.refused(*words) == "major_needs_consent"
    assert ledger(*words, "--consent", "样溪县应急管理局")["deadline"] == day(30)


@pytest.mark.parametrize(
    "words", [("recheck", "x", "--result", "closed"), ("recheck", "x", "--note", "n"), ("extend", "x", "--to", "soon")]
)
def test_wrong_words_are_wrong_usage(ledger: Desk, words: tuple[str, ...]) -> None:
    assert ledger.refused("hazard", *words, exit_code=2) == "usage"


def test_the_lines_for_people_say_what_was_saved(ledger: Desk, hazard: str) -> None:
    lines = ledger.text("hazard", "recheck", hazard, "--result", "partial", "--note", "还差告知牌")
    assert lines[0] == "复查结果已保存：部分整改。"
