"""The level of a hazard: what the inspector decided, or what the criteria say of everything that failed together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safetydesk.catalog.criteria import criterion
from safetydesk.domain.checklist import Checklist, When
from safetydesk.domain.kinds import Level
from safetydesk.domain.major_hazard import Suspicion, suspected


@dataclass(frozen=True)
class JudgedLevel:
    level: Level
    criteria: tuple[str, ...]
    reason: str | None


def judged_level(checklist: Checklist, item: str, failed: Iterable[str], decided: Level | None) -> JudgedLevel:
    """Suspected major where a criterion points at it alone or together; what merely depends on a fact is only named.

    The inspector's decision stands either way. It stays a suspicion: experts or the competent department confirm it.
    """
    pointing = [suspicion for suspicion in suspected(checklist, failed) if suspicion.item == item]
    strong = [suspicion for suspicion in pointing if suspicion.when is not When.DEPENDS]
    level = decided or (Level.MAJOR if strong else Level.GENERAL)
    named = strong if level is Level.MAJOR and strong else pointing
    criteria = tuple(dict.fromkeys(suspicion.criterion for suspicion in named)) if level is Level.MAJOR else ()
    return JudgedLevel(level, criteria, "；".join(map(_reason, named)) or None)


def _reason(suspicion: Suspicion) -> str:
    said = f"{suspicion.criterion} {criterion(suspicion.criterion).text}"
    if suspicion.together_with:
        said += f"（与 {'、'.join(suspicion.together_with)} 同时不符合）"
    if suspicion.premise:
        said += f"（须先确认：{suspicion.premise}）"
    return said
