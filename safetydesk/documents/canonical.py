"""The exact content of a paper as bytes: what is sealed, and whose SHA-256 the QR code carries.

Keys are sorted, nothing is indented, text is UTF-8 and unchanged, dates are `YYYY-MM-DD`, photos are named by their
SHA-256. There are no floats. The QR code itself is left out: it carries the hash of this.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date
from enum import StrEnum

from safetydesk.documents.content import Notice, Plate
from safetydesk.documents.errors import MissingGlyph, MissingGlyphs

FORMAT = "safetydesk-notice-1"


def canonical_content(notice: Notice) -> bytes:
    """The sealed bytes. Raises MissingGlyphs where the text holds half a surrogate pair, which is no character."""
    plain = _plain(notice)
    assert isinstance(plain, dict)
    del plain["qr"]
    text = json.dumps({"format": FORMAT, "notice": plain}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MissingGlyphs((MissingGlyph(text[error.start], "全文"),)) from None


def content_digest(notice: Notice) -> str:
    """SHA-256 of the canonical content, in lower-case hex."""
    return hashlib.sha256(canonical_content(notice)).hexdigest()


def _plain(value: object) -> object:
    match value:
        case Plate():
            named = {"ordinal": value.ordinal, "caption": value.caption, "taken_at": value.taken_at}
            return named | {"sha256": hashlib.sha256(value.jpeg).hexdigest()}
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
