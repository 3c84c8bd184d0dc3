"""What the sentence of a finding leaves to choose.

A checklist's sentence may name several faults at once (未通风，或者未使用清洁空气通风), and a gap may list examples
(〔未检测、漏测何种气体等具体情形〕). A notice that prints all of them says nothing, so the form asks which one it was.
Splitting goes by the words alone; what it offers is read by the inspector before it is printed, and he may write his own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SENTENCE = "问题描述"  # the key, among what was filled, of the sentence that the inspector chose or wrote himself
MEASURE = "整改措施"  # likewise of his own measure
RESERVED = (SENTENCE, MEASURE)

_OR = "，或者"
_GAP = re.compile(r"〔[^〔〕]*〕")
_FAULT = re.compile(r"未|无|不|没有|存在")  # where a sentence goes from what it is about to what is wrong with it
_MOMENT = re.compile(r"(?:时|前|后|中|期间)，?$")
_LISTED = re.compile(r"^存在(.+)的情形$")
_MADE = re.compile(r"未(?:按规定)?(?:制定|设置|建立|组织)")  # whose object the next fault may name in short
_CIRCUMSTANCES = re.compile(r"(?:等措施或者装备|等部位|等)?(?:具体情形)?$")
_NAMES = ("名称", "编号", "姓名", "米数", "分钟数", "人数", "伏数", "的具体情形")
_TO_NAME = re.compile(r"何(?:种|类|项)..|何处|何人|何方向|几点|多久")
_SHORTEST_NAME, _LONGEST_NAME = 2, 4


@dataclass(frozen=True)
class Alternative:
    """One fault of a sentence that names several: how it is offered, and the sentence that says only this."""

    label: str
    sentence: str


def alternatives(sentence: str) -> tuple[Alternative, ...]:
    """The faults that a sentence joins by 或者, each as a sentence of its own; none where it says one thing."""
    body = sentence.strip().rstrip("。")
    parts = _outside_gaps(body, _OR)
    if len(parts) < 2:
        return ()
    first, *others = parts
    subject = _subject(first)
    found = [Alternative(first[len(subject) :], f"{first}。")]
    for part in others:
        found += [Alternative(clause, f"{_before(first, subject, clause)}{clause}。") for clause in _listed(part)]
    return tuple(found)


def choices(gap: str) -> tuple[str, ...]:
    """The examples that the words of a gap give, to be taken by a key; none where only a name or number is asked."""
    if gap.endswith(_NAMES) or not re.search(r"[、，]", gap):
        return ()
    listed = _CIRCUMSTANCES.sub("", gap)
    separator = "，" if "，" in listed else "、"
    return tuple(one for part in listed.split(separator) if (one := part.strip()))


def still_to_name(text: str) -> tuple[int, int] | None:
    """Where a chosen example wants a fact (漏测何种气体): start and length, or none. It is not filled until said."""
    found = _TO_NAME.search(text)
    return (found.start(), found.end() - found.start()) if found else None


def is_open(gap: str, text: str) -> bool:
    """Whether a gap holds an example as it stands that still wants its fact: then nobody has filled it."""
    return not text.strip() or any(one in text for one in choices(gap) if still_to_name(one))


def own_sentence(text: str, sentence: str) -> str:
    """The inspector's own words as a sentence: brackets that are no gap of the item's are ordinary ones."""
    known = set(_GAP.findall(sentence))
    return _GAP.sub(lambda gap: gap[0] if gap[0] in known else f"（{gap[0][1:-1]}）", text)


def _outside_gaps(text: str, separator: str) -> list[str]:
    """Split where the separator stands outside 〔〕."""
    masked = _GAP.sub(lambda gap: "〔" * len(gap[0]), text)
    parts, start = [], 0
    while (at := masked.find(separator, start)) >= 0:
        parts.append(text[start:at])
        start = at + len(separator)
    return [*parts, text[start:]]


def _subject(clause: str) -> str:
    """What the clause is about: everything before its first word of fault. Gaps may contain such words themselves."""
    masked = _GAP.sub(lambda gap: "〔" * len(gap[0]), clause)
    found = _FAULT.search(masked)
    return clause[: found.start()] if found else ""


def _listed(clause: str) -> list[str]:
    """存在甲、乙的情形 is two."""
    found = _LISTED.match(clause)
    return [f"存在{one}的情形" for one in found[1].split("、")] if found else [clause]


def _before(first: str, subject: str, clause: str) -> str:
    """What must stand before a later fault so that it is a sentence of its own."""
    if _FAULT.match(clause):
        return subject
    named = _made(first, clause)
    if _MOMENT.search(subject):
        return subject
    head = _GAP.match(subject)
    return f"{head[0] if head else ''}{named}"


def _made(first: str, clause: str) -> str:
    """未制定现场处置方案，或者方案与实际不符: the second 方案 is the 现场处置方案 of the first."""
    verb = _MADE.search(first)
    if verb is None:
        return ""
    thing = first[verb.end() :]
    for length in range(_LONGEST_NAME, _SHORTEST_NAME - 1, -1):
        if thing.endswith(clause[:length]):
            return thing[:-length]
    return ""
