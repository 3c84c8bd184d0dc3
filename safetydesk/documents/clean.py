"""Text from people, made fit for paper: what cannot be seen is taken out, what can be seen stays as it is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[ \t\u1680\u2000-\u200a\u202f\u205f]+")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e01ef]"
)
_PLAIN: Final = re.compile("[\u0020-\u007e\u3000-\u9fff\uff01-\uff5e]*")
_COMBINED: Final = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def one_line(text: str) -> str:
    """The text on one line: line ends and blanks become single spaces; controls, direction marks, zero-width
    characters and variation selectors are dropped; a letter and its accent become one where Unicode has it."""
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text.strip(" ")
    text = _UNSEEN.sub("", _LINE_ENDS.sub(" ", text))
    text = _BLANKS.sub(" ", text)
    return _COMBINED.sub(lambda match: unicodedata.normalize("NFC", match.group()), text).strip(" ")


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines that a person typed, each cleaned, without empty ones."""
    return tuple(line for line in map(one_line, _LINE_ENDS.split(text)) if line)


def is_empty(text: str | None) -> bool:
    """Nothing that would show on paper."""
    return text is None or not one_line(text).replace("\u3000", "")
