"""What a verb changed: sent to every screen, and each decides whether it is concerned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    ledger: bool = False
    assignments: bool = False
    inspections: bool = False
    hazards: bool = False
    papers: bool = False
    settings: bool = False
    templates: bool = False
