"""Names that people type: of persons, units, objects."""

from __future__ import annotations

from safetydesk.domain.errors import SafetyDeskError

LONGEST_NAME = 100


class BadName(SafetyDeskError):
    """A name that is empty, too long or not printable. facts: what, most."""

    code = "bad_name"


def named(what: str, text: str) -> str:
    """A name fit for papers. Raises BadName."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise BadName(what=what, most=LONGEST_NAME)
    return text
