"""Where the window can go: the places of the rail, and what to show there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """The screens, in the order of the rail."""

    TODAY = "today"
    ENTERPRISES = "enterprises"
    INSPECTION = "inspection"
    HAZARDS = "hazards"
    PAPERS = "papers"
    SETTINGS = "settings"


@dataclass(frozen=True)
class OpenPlace:
    """The place as it was left."""

    place: Place


@dataclass(frozen=True)
class ShowEnterprise:
    id: UUID
    place = Place.ENTERPRISES


@dataclass(frozen=True)
class ListEnterprises:
    """`filter` is a key of workflows.enterprise_list; `text` what they hold."""

    filter: str = "all"
    text: str = ""
    place = Place.ENTERPRISES


@dataclass(frozen=True)
class AddEnterprise:
    """Enter an enterprise by hand, of this name if one is known, or import a ledger where `import_ledger` says so."""

    import_ledger: bool = False
    name: str = ""
    place = Place.ENTERPRISES


@dataclass(frozen=True)
class StartInspection:
    enterprise_id: UUID | None = None
    place = Place.INSPECTION


@dataclass(frozen=True)
class ContinueInspection:
    inspection_id: UUID
    place = Place.INSPECTION


@dataclass(frozen=True)
class ShowHazard:
    """`recheck`: with the form for the re-inspection open."""

    id: UUID
    recheck: bool = False
    place = Place.HAZARDS


@dataclass(frozen=True)
class ListHazards:
    """`filter` is a key of workflows.hazard_list."""

    filter: str = "open"
    place = Place.HAZARDS


@dataclass(frozen=True)
class ShowPaper:
    number: str
    place = Place.PAPERS


@dataclass(frozen=True)
class PapersOfVisit:
    inspection_id: UUID
    place = Place.PAPERS


@dataclass(frozen=True)
class OpenSettings:
    """`section` is a key of ui.settings; empty for the first."""

    section: str = ""
    place = Place.SETTINGS


Target = (
    OpenPlace
    | ShowEnterprise
    | ListEnterprises
    | AddEnterprise
    | StartInspection
    | ContinueInspection
    | ShowHazard
    | ListHazards
    | ShowPaper
    | PapersOfVisit
    | OpenSettings
)
