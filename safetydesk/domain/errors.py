"""What can go wrong in a way that a person understands.

Errors carry a stable code and the facts, no prose: the words are in `workflows/error_texts.py`, for the window
and the command line alike. Anything that is not one of these is a bug.
"""

from __future__ import annotations

from typing import ClassVar


class SafetyDeskError(Exception):
    """A rule or the world forbids it. `facts` fill the words."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class IntegrityError(SafetyDeskError):
    """Damaged or tampered data: nothing of it was taken."""

    code = "integrity"


class Cancelled(Exception):
    """The person stopped it. Silent: the transaction is rolled back."""
