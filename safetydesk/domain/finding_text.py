"""The sentence of a finding (问题描述) that stands on a notice.

A checklist's sentence has gaps such as 〔部位〕 for what only the visit knows. A notice states facts, so a gap that
nobody filled is never printed and never guessed: then the item's bare sentence stands, which says no more than that
the item failed, or, in a checklist without one, the item itself is named as not met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

PLACE = "部位"
HERE = "现场"
MEASURED = "气体和数值"
_GAP = re.compile(r"〔([^〔〕]*)〕")
_LEADING_PLACE = re.compile(rf"^〔{PLACE}〕")
_LOOSE_END = "。．.；;，,、：: "
_CLOSED = tuple("！？!?…")
_LONGEST_LABEL = 6


def finding_text(
    sentence: str,
    question: str,
    *,
    filled: Mapping[str, str],
    bare: str | None = None,
    place: str | None = None,
    measured: Sequence[str] = (),
    breached: bool = True,
    note: str | None = None,
) -> str:
    """The statement of fact, one or more sentences. A bare sentence does not hold the place: print it beside.

    `filled` answers gaps by their words; `measured` are readings with their verdicts, of which at least one is out of
    its limits if `breached` (else they cannot stand as the result that failed); `note` is the inspector's own.
    """
    known = {gap: text for gap, said in filled.items() if (text := _phrase(said))}
    if place and _phrase(place):
        known.setdefault(PLACE, _phrase(place))
    readings = "；".join(measured)
    in_gap = bool(readings) and breached and MEASURED in gaps(sentence) and MEASURED not in known
    if in_gap:
        known[MEASURED] = readings
    whole = _filled(sentence, known, bare)
    if whole is None:
        in_gap = False
        beside = _phrase(place or "")
        said = {gap: text for gap, text in known.items() if gap in filled and (gap, text) != (PLACE, beside)}
        parts = [bare or f"经查，“{question.strip().rstrip('？?。')}”一项不符合要求", _particulars(sentence, said)]
    else:
        parts = [whole]
    parts += ["" if in_gap or not readings else f"实测：{readings}", _line(note or "")]
    return "".join(map(_closed, parts))


def gaps(sentence: str) -> tuple[str, ...]:
    """What a sentence leaves to be filled, for the form that asks for it."""
    return tuple(dict.fromkeys(_GAP.findall(sentence)))


def needs_bare(sentence: str) -> bool:
    """Whether a sentence cannot be printed when nobody filled anything. A 〔部位〕 at its head can: it becomes 现场."""
    return _GAP.search(_LEADING_PLACE.sub("", sentence.strip())) is not None


def _filled(sentence: str, known: Mapping[str, str], bare: str | None) -> str | None:
    """The sentence without gaps; None if one stays.

    现场 stands for an unknown place at the head, unless that is all there was to fill and a bare sentence reads better.
    """
    sentence = sentence.strip()
    if _LEADING_PLACE.match(sentence) and (bare is None or needs_bare(sentence)):
        known = {PLACE: HERE, **known}
    if any(gap not in known for gap in gaps(sentence)):
        return None
    return _GAP.sub(lambda gap: known[gap[1]], sentence)


def _particulars(sentence: str, said: Mapping[str, str]) -> str:
    """What was filled into a sentence that is not printed: typed facts are not lost because another gap stayed open.

    A short gap is the name of its value (距离米数：8); the words of a long one are examples and stay away.
    """
    told = ((gap, said[gap]) for gap in gaps(sentence) if gap in said)
    return "；".join(f"{gap}：{text}" if _is_label(gap) else text for gap, text in told)


def _is_label(gap: str) -> bool:
    return len(gap) <= _LONGEST_LABEL and "、" not in gap and "或者" not in gap


def _line(text: str) -> str:
    return " ".join(text.split())


def _phrase(text: str) -> str:
    """Typed text as it can stand inside a sentence: one line, without its own full stop."""
    return _line(text).rstrip(_LOOSE_END)


def _closed(part: str) -> str:
    """One sentence with one mark at its end; nothing stays nothing."""
    text = part.rstrip(_LOOSE_END)
    return text if not text or text.endswith(_CLOSED) else f"{text}。"
