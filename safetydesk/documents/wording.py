"""The fixed sentences of the papers: data of resources/papers, picked by power and province.

A sentence is plain text with places for values. Values never become markup and are never parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from safetydesk.catalog.resources import resource
from safetydesk.documents.content import NoticeKind, Power
from safetydesk.documents.errors import PaperWordingBroken
from safetydesk.documents.typeset.lines import Span, blank

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_ENTRY_KEYS: Final = frozenset({"key", "power", "province", "text", "verified", "source"})

_PLACES: Final[Mapping[str, frozenset[str]]] = {
    "category": frozenset(),
    "title": frozenset(),
    "opening": frozenset({"inspected_on", "unit", "issuer"}),
    "major": frozenset({"items"}),
    "order_single": frozenset({"items", "due_on", "unit"}),
    "order_each": frozenset({"items", "unit"}),
    "order_at_once": frozenset({"items", "unit"}),
    "safety": frozenset(),
    "remedy": frozenset({"organ", "court"}),
    "consequence": frozenset({"unit", "bureau"}),
    "inspector": frozenset(),
    "representative": frozenset(),
    "seal": frozenset(),
    "copies": frozenset({"copies", "keeper", "others"}),
}
"""Every sentence and the values that it may take."""

_ONLY_IN: Final[Mapping[str, NoticeKind]] = {"remedy": NoticeKind.RECTIFICATION, "consequence": NoticeKind.ADVICE}
"""Sentences that belong to one form: without power there is nothing to appeal against (行政复议法 2023)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry of the file. `power` and `province` are None where it serves all."""

    key: str
    text: str
    verified: bool
    source: str
    power: Power | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What is put into a place. `text` None is a blank `ems` wide; plain values are not underlined."""

    text: str | None
    underlined: bool = False
    ems: float = 10.0


@cache
def sentences(kind: NoticeKind) -> tuple[Sentence, ...]:
    """All sentences of a form. Raises PaperWordingBroken where the file does not fit the schema."""
    import yaml

    path = resource("papers", f"{kind}.yaml")
    try:
        data = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe
    except (OSError, yaml.YAMLError) as error:
        raise PaperWordingBroken(file=path.name, entry="", reason="文件读不出来") from error
    return read_sentences(data, kind, path.name)


def read_sentences(data: object, kind: NoticeKind, file: str) -> tuple[Sentence, ...]:
    """The sentences in the data of a file. Raises PaperWordingBroken."""
    if not isinstance(data, dict) or data.get("kind") != kind.value or not isinstance(data.get("texts"), list):
        raise PaperWordingBroken(file=file, entry="", reason="缺少 kind 或 texts，或种类不符")
    found = tuple(_sentence(entry, kind, file) for entry in data["texts"])
    general = {sentence.key for sentence in found if sentence.power is None and sentence.province is None}
    needed = {key for key in _PLACES if _ONLY_IN.get(key, kind) is kind}
    if missing := sorted(needed - general):
        raise PaperWordingBroken(file=file, entry="、".join(missing), reason="缺少通用写法")
    return found


def _sentence(entry: object, kind: NoticeKind, file: str) -> Sentence:
    if not isinstance(entry, dict):
        raise PaperWordingBroken(file=file, entry=str(entry)[:40], reason="不是一条文字")
    key = entry.get("key")
    if (
        not isinstance(key, str)
        or key not in _PLACES
        or _ONLY_IN.get(key, kind) is not kind
        or not set(entry) <= _ENTRY_KEYS
    ):
        raise PaperWordingBroken(file=file, entry=str(key), reason="不认识的名称，或不属于这种文书")
    text, source, verified = entry.get("text"), entry.get("source"), entry.get("verified")
    if not (isinstance(text, str) and text.strip() and isinstance(source, str) and isinstance(verified, bool)):
        raise PaperWordingBroken(file=file, entry=str(key), reason="缺少文字、依据或核对标记")
    unknown = set(_PLACE.findall(text)) - _PLACES[key]
    if unknown or "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        raise PaperWordingBroken(file=file, entry=str(key), reason="花括号里的名称不可用")
    power, province = entry.get("power"), entry.get("province")
    if power is not None and power not in {item.value for item in Power}:
        raise PaperWordingBroken(file=file, entry=str(key), reason="不认识的权限")
    if province is not None and not isinstance(province, str):
        raise PaperWordingBroken(file=file, entry=str(key), reason="省的名称应为文字")
    return Sentence(key, text, verified, source, Power(power) if power else None, province)


def sentence(kind: NoticeKind, key: str, power: Power, province: str) -> Sentence:
    """The most fitting sentence: the province decides before the power. An unknown province gets the general one."""
    fitting = [
        candidate
        for candidate in sentences(kind)
        if candidate.key == key and candidate.power in (None, power) and candidate.province in (None, province)
    ]
    return max(fitting, key=lambda candidate: (candidate.province is not None, candidate.power is not None))


def provinces(kind: NoticeKind) -> tuple[str, ...]:
    """The provinces with a wording of their own."""
    return tuple(sorted({found.province for found in sentences(kind) if found.province}))


def fill(text: str, values: Mapping[str, Value]) -> tuple[Span, ...]:
    """The sentence as spans with its values in place."""
    spans: list[Span] = []
    at = 0
    for match in _PLACE.finditer(text):
        if match.start() > at:
            spans.append(Span(text[at : match.start()]))
        value = values[match.group(1)]
        if value.text is None:
            spans.append(blank(value.ems))
        elif value.text:
            spans.append(Span(value.text, underlined=value.underlined))
        at = match.end()
    if at < len(text):
        spans.append(Span(text[at:]))
    return tuple(spans)
