"""The shipped sample visits: what was answered where, for the demonstration and for the data to try."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from safetydesk.catalog.resources import resource
from safetydesk.domain.kinds import Level, Result
from safetydesk.workflows.answering import AnswerInput, ReadingInput

UNIT = "样溪镇人民政府（示例）"
SETTINGS = {
    "unit.power": "full",
    "unit.mark": "样溪",
    "unit.badge_kind": "enforcement",
    "unit.report_to": "样例县应急管理局",
    "unit.remedy_authority": "样例县人民政府",
    "unit.remedy_court": "样例县人民法院",
}
_DAY_IN_TEXT = re.compile(r"(\d{1,2})月(\d{1,2})日")


class Visit(msgspec.Struct, forbid_unknown_fields=True):
    template: str
    uscc: str
    enterprise: str
    row: int
    visited_on: date
    answers: list[dict[str, Any]]

    def answers_on(self, day: date | None = None) -> list[AnswerInput]:
        """The answers, as if the visit had been on `day`: the dates in their words move along."""
        later = (day or self.visited_on) - self.visited_on
        return [_answer(one, self.visited_on.year, later) for one in self.answers]


def visits() -> list[Visit]:
    import yaml

    said = yaml.safe_load(resource("samples", "visits.yaml").read_text("utf-8"))["visits"]
    return msgspec.convert(said, list[Visit])


def _answer(plain: Mapping[str, Any], year: int, later: timedelta) -> AnswerInput:
    """One answer: the shape of the command line's answers."""
    readings = [msgspec.convert(one, ReadingInput) for one in plain.get("readings", [])]
    if plain.get("value") is not None:
        readings.insert(0, ReadingInput(plain["value"], plain.get("unit"), plain.get("gas")))
    return AnswerInput(
        item=plain["item"],
        result=Result(plain["result"]),
        note=_moved(plain.get("note"), year, later),
        place=plain.get("place"),
        filled=plain.get("filled", {}),
        level=Level(plain["level"]) if plain.get("level") else None,
        readings=readings,
        photos=[resource("samples", *photo.split("/")) for photo in plain.get("photos", [])],
    )


def _moved(note: str | None, year: int, later: timedelta) -> str | None:
    def moved(found: re.Match[str]) -> str:
        day = date(year, int(found[1]), int(found[2])) + later
        return f"{day.month}月{day.day}日"

    return note and _DAY_IN_TEXT.sub(moved, note)
