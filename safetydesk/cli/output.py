"""What a command says: one JSON value, or plain Chinese lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TextIO
from uuid import UUID

if TYPE_CHECKING:
    from safetydesk.workflows.error_texts import Words


@dataclass(frozen=True)
class Answer:
    """`value` for --json, `lines` for people, `notes` for standard error."""

    value: Any
    lines: Sequence[str] = ()
    notes: Sequence[str] = field(default=())
    exit_code: int = 0


def show(answer: Answer, *, as_json: bool, quiet: bool) -> None:
    if not quiet:
        for note in answer.notes:
            _say(note, sys.stderr)
    if as_json:
        _say_json(plain(answer.value))
    elif not quiet:
        for line in answer.lines:
            _say(line, sys.stdout)
    sys.stdout.flush()


def say_error(code: str, words: Words, *, as_json: bool) -> None:
    """One line that says what is wrong and what to do."""
    _say(f"{words.message}{words.hint}", sys.stderr)
    if as_json:
        _say_json({"error": {"code": code, "message": words.message, "hint": words.hint}})


def _say(text: str, stream: TextIO) -> None:
    """A character that this terminal does not have is shown by its number; it never ends the command."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def _say_json(value: Any) -> None:
    """UTF-8 where standard output is; plain ASCII, which is the same JSON, where it is not."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        if (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8":
            text.encode()
            print(text)
            return
    except UnicodeEncodeError:  # half a surrogate pair, from a file name or an argument that is no text
        pass
    print(json.dumps(value))


def plain(value: Any) -> Any:
    """Ids, dates and times as text; tuples as lists."""
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


def table(rows: Sequence[Sequence[object]], empty: str) -> list[str]:
    """Columns lined up by their width on a terminal, where a Chinese character takes two places."""
    if not rows:
        return [empty]
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(_width(row[at]) for row in cells) for at in range(len(cells[0]))]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
