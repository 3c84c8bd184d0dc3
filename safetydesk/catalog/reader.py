"""Reading YAML that may come from anybody.

Values are built from the parser's events, and every scalar stays the text that was written: an article `5.10` is not
the number 5.1, `2026-11-21` not a date, `no` not false. The schema says what each text must be. Aliases, tags,
second documents and doubled keys are refused, sizes are capped before anything is kept, and the parser is left as soon
as a cap is passed, so that a hostile file costs next to nothing.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from safetydesk.catalog.errors import BadTemplate, Fault

Place: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = Mapping[Place, int]

MAX_BYTES = 1 << 20
MAX_DEPTH = 10
MAX_VALUES = 60_000
MAX_TEXT = 2_000

# The C parser is some fifteen times as fast; a PyYAML built without it still works.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})
# Line breaks, other controls, zero-width and direction marks: they would print as nothing, or turn a sentence around.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
# The C parser compares every %TAG with all before it: 40,000 of them take four seconds.
_DIRECTIVE = re.compile("(?:\\A|[\n\r\x85\u2028\u2029])%")
# Folding a long text over two lines leaves a blank that Chinese does not have.
_FOLD = re.compile("(?<=[\u2e80-\u9fff\uff01-\uff60\u2014\u2026]) (?=[\u2e80-\u9fff\uff01-\uff60\u2014\u2026])")


def is_clean(text: str) -> bool:
    return _INVISIBLE.search(text) is None


@dataclass
class _Open:
    """A list or a mapping that is being read. `key` waits for its value."""

    value: list[Any] | dict[str, Any]
    key: str | None = None
    path: Place = ()
    seen: set[str] = field(default_factory=set)


def read_capped(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The file's bytes, never more than the cap. Raises BadTemplate: unreadable, no plain file, too large."""
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadTemplate(file=path.name, what=Fault.NOT_A_FILE)
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise BadTemplate(file=path.name, what=Fault.UNREADABLE, got=error.strerror or "") from error
    if len(data) > max_bytes:
        raise BadTemplate(file=path.name, what=Fault.TOO_LARGE, got=f"> {max_bytes // 1024} KB")
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Opening a pipe must not wait for somebody to write into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def parse(data: bytes, file: str) -> Any:
    """One YAML document as dicts, lists, texts and None. Raises BadTemplate with line and field."""
    return _Builder(file).build(_decode(data, file))


def lines_of(data: bytes, file: str) -> Lines:
    """The line (from 1) of every value. Parses again, so for errors only; empty where the file cannot be parsed."""
    builder = _Builder(file, lines={})
    with suppress(BadTemplate):
        builder.build(_decode(data, file))
    return builder.lines or {}


def line_of(lines: Lines, path: Place) -> int | None:
    """The line of the value at `path`, or of its nearest parent that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTemplate(file=file, what=Fault.NOT_UTF8) from error
    if found := _DIRECTIVE.search(text):
        raise BadTemplate(file=file, what=Fault.DIRECTIVE, line=text.count("\n", 0, found.end()) + 1)
    return text


class _Builder:
    """Turns events into plain values. Written flat, without recursion: depth is counted, not trusted to the stack."""

    def __init__(self, file: str, lines: dict[Place, int] | None = None) -> None:
        self.file = file
        self.lines = lines
        self._stack: list[_Open] = []
        self._root: Any = None
        self._values = 0

    def build(self, text: str) -> Any:
        documents = 0
        for event in self._events(text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._start(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._stack.pop()
            elif kind is yaml.AliasEvent:
                raise self._error(event, Fault.ALIAS)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self._error(event, Fault.SEVERAL_DOCUMENTS)
        if self._root is None:
            raise BadTemplate(file=self.file, what=Fault.EMPTY)
        return self._root

    def _events(self, text: str) -> Iterator[Any]:
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise BadTemplate(
                file=self.file, what=Fault.NOT_YAML, where=self._where(), line=mark.line + 1 if mark else None
            ) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise BadTemplate(file=self.file, what=Fault.NOT_YAML, where=self._where()) from error

    def _start(self, event: Any, value: list[Any] | dict[str, Any]) -> None:
        self._check(event)
        if len(self._stack) >= MAX_DEPTH:
            raise self._error(event, Fault.TOO_DEEP)
        path = self._put(event, value)
        self._stack.append(_Open(value, path=path))

    def _scalar(self, event: Any) -> None:
        self._check(event)
        text: str = event.value
        if len(text) > MAX_TEXT:
            raise self._error(event, Fault.TOO_LONG, got=f"{len(text)}")
        text = text.strip()
        if not is_clean(text):
            raise self._error(event, Fault.CONTROL_CHARACTER)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            if text in top.seen:
                raise self._error(event, Fault.DUPLICATE_KEY, got=text)
            top.seen.add(text)
            top.key = text
            return
        plain_null = event.style in (None, "") and text in _NULLS
        self._put(event, None if plain_null else _FOLD.sub("", text))

    def _check(self, event: Any) -> None:
        """The C parser gives a plain scalar no tag but marks it implicit; only a written tag arrives here as one."""
        if event.anchor is not None:
            raise self._error(event, Fault.ALIAS)
        if event.tag is not None:
            raise self._error(event, Fault.TAG, got=str(event.tag)[:80])
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(event, Fault.TOO_MANY_VALUES)

    def _put(self, event: Any, value: Any) -> Place:
        if not self._stack:
            self._root = value
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            step: str | int = len(top.value)
            top.value.append(value)
        elif top.key is None:
            raise self._error(event, Fault.BAD_KEY)
        else:
            step, top.key = top.key, None
            top.value[step] = value
        path = (*top.path, step)
        if self.lines is not None:
            self.lines[path] = event.start_mark.line + 1
        return path

    def _where(self) -> str:
        if not self._stack:
            return ""
        top = self._stack[-1]
        step: Place = (top.key,) if top.key is not None else ()
        return show_path((*top.path, *step))

    def _error(self, event: Any, what: Fault, got: str = "") -> BadTemplate:
        return BadTemplate(file=self.file, what=what, where=self._where(), line=event.start_mark.line + 1, got=got)


def show_path(path: Place) -> str:
    """`items[3].days`; the index counts from 0, as in every JSON path."""
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{step}" if shown else str(step)
    return shown
