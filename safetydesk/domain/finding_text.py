"""The sentence of a finding (问题描述) that stands on a notice.

A checklist's sentence has gaps such as 〔部位〕 for what only the visit knows. A notice states facts, so a gap that
nobody filled is never printed and never guessed: then the item itself is named as not met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

PLACE = "部位"
HERE = "现场"
_GAP = re.compile(r"〔([^〔〕]*)〕")
_MEASURED_GAPS = frozenset({"气体和数值", "数值"})


def finding_text(
    sentence: str,
    question: str,
    *,
    filled: Mapping[str, str],
    place: str | None = None,
    measured: Sequence[str] = (),
    note: str | None = None,
) -> str:
    """The statement of fact, one or more sentences.

    `filled` answers gaps by their words; `measured` are readings with their verdicts; `note` is the inspector's own.
    """
    known = {gap: _line(text) for gap, text in filled.items() if text.strip()}
    if place:
        known.setdefault(PLACE, _line(place))
    used = bool(measured) and any(gap in _MEASURED_GAPS for gap in gaps(sentence))
    if used:
        known |= {gap: "，".join(measured) for gap in _MEASURED_GAPS if gap not in known}
    sentence = sentence.strip()
    if sentence.startswith(f"〔{PLACE}〕"):
        known.setdefault(PLACE, HERE)
    whole = known.keys() >= set(gaps(sentence))
    text = _GAP.sub(lambda gap: known.get(gap[1], gap[0]), sentence)
    parts = [text if whole else f"经查，“{question.strip().rstrip('？?。')}”一项不符合要求"]
    if measured and not (used and whole):
        parts.append("实测" + "，".join(measured))
    if note and note.strip():
        parts.append(_line(note))
    return "".join(f"{said}。" for part in parts if (said := part.rstrip("。")))


def gaps(sentence: str) -> tuple[str, ...]:
    """What a sentence leaves to be filled, for the form that asks for it."""
    return tuple(dict.fromkeys(_GAP.findall(sentence)))


def _line(text: str) -> str:
    return " ".join(text.split())
