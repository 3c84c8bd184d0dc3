"""What the settings screen shows: all values at once, what the powers mean, which laws nobody has checked yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.domain.kinds import LABELS, Power, Role
from safetydesk.domain.numbering import Series, letters_of
from safetydesk.models.tables import Clock, Device, Officer, Unit
from safetydesk.workflows import backups, settings
from safetydesk.workflows.backups import LastBackup
from safetydesk.workflows.desk import Desk


@dataclass(frozen=True)
class SettingsView:
    """`own_mark` and `letters` enter every number of this computer."""

    role: Role
    unit: str
    officer: str
    badge: str | None
    own_mark: str
    letters: str
    values: Mapping[str, Any]
    today: date
    folder: str
    is_on_server: bool
    is_restored: bool  # a copy: it can only be read until it takes a new series
    backup_beside_data: bool  # on the disk that it should outlive
    last_backup: LastBackup | None

    def series(self, unit_mark: str) -> Series:
        return Series(unit_mark, self.own_mark, self.letters)


@dataclass(frozen=True)
class Source:
    """A legal basis as it is shown. Unverified: nobody has held it beside the text of the law."""

    name: str
    verified: bool


@dataclass(frozen=True)
class PowerChoice:
    """One of the three powers: what it lets a unit issue, what must be there for it, and where that stands."""

    power: Power
    title: str
    papers: str
    condition: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class UnverifiedLaw:
    """A law with something unchecked: the law as a whole, its dates, or some of its articles."""

    name: str
    is_itself: bool
    dates: bool
    articles: int
    since: date | None
    caveat: str


_POWERS = (
    (
        Power.NONE,
        "出限期整改意见书：提出问题和建议，没有强制力；逾期不改的，报告或移送有权部门。",
        "拿不准时选这一种。不出责令类文书，不写复议和诉讼。",
        (("work-safety-law", "第九条"),),
    ),
    (
        Power.DELEGATED,
        "出责令限期整改指令书，以委托机关的名义；也可以出限期整改意见书。",
        "要有委托机关的书面委托，并在委托的范围以内；不得再委托，也不能作行政强制措施。",
        (("admin-penalty-law", "第二十条"), ("admin-coercion-law", "第十七条")),
    ),
    (
        Power.FULL,
        "以镇人民政府、街道办事处自己的名义出责令限期整改指令书；也可以出限期整改意见书。",
        "要有省级的决定，写明交给哪些镇街、哪些事项，并已公布。没有列入的事项，仍按无执法权办。",
        (("admin-penalty-law", "第二十四条"),),
    ),
)


def read(session: Session, desk: Desk) -> SettingsView:
    officer = session.get_one(Officer, desk.officer_id)
    unit = session.get_one(Unit, desk.unit_id)
    replica = session.scalars(select(Clock.replica)).one()
    values = settings.all_values(session)
    letters = session.scalars(select(Device.series).where(Device.replica == replica)).first()
    return SettingsView(
        role=desk.role,
        unit=unit.name,
        officer=officer.name,
        badge=officer.badge,
        own_mark=officer.mark or officer.name,
        letters=letters or letters_of(replica),
        values=values,
        today=desk.today(),
        folder=str(desk.store.folder),
        is_on_server=not desk.store.is_file,
        is_restored=not desk.store.mark()[3],
        backup_beside_data=_are_on_one_disk(desk.store.folder, values["backup.folder"]),
        last_backup=backups.last_backup(session),
    )


def _are_on_one_disk(data: Path, backup: str | None) -> bool:
    """False where nobody can tell."""
    if not backup:
        return False
    try:
        return data.stat().st_dev == Path(backup).stat().st_dev
    except OSError:
        return False


def power_choices(session: Session) -> tuple[PowerChoice, ...]:
    """The three powers with their sources, as the office has checked them."""
    from safetydesk.catalog.law import law_index
    from safetydesk.workflows import law_view

    known = law_view.corrections(session)
    laws = law_index()

    def source(key: str, article: str) -> Source:
        gist = laws.articles(key).get(article)
        said = known.get((key, article))
        verified = said.verified if said else gist is not None and gist.verified
        whole = known.get((key, ""))
        return Source(f"{laws[key].name}{article}", verified and (whole.verified if whole else laws[key].verified))

    return tuple(
        PowerChoice(power, LABELS[power], papers, condition, tuple(source(*one) for one in sources))
        for power, papers, condition, sources in _POWERS
    )


def unverified_laws(session: Session) -> list[UnverifiedLaw]:
    """Everything in the law index that carries 待核 somewhere, laws as a whole first."""
    from safetydesk.catalog.law import law_index
    from safetydesk.workflows import law_view

    known = law_view.corrections(session)
    laws = law_index()
    found = []
    for law in laws:
        whole = known.get((law.key, ""))
        is_itself = not (whole.verified if whole else law.verified)
        dates = not (whole is not None and whole.verified) and not law.dates_verified
        articles = sum(not one["verified"] for one in law_view.article_values(law.key, known))
        if is_itself or dates or articles:
            caveat = (whole.note if whole else None) or law.caveat or ""
            name = law_view.law_name(law, known)
            found.append(UnverifiedLaw(name, is_itself, dates, articles, law.effective_from, caveat))
    return sorted(found, key=lambda one: (not one.is_itself, -one.articles, one.name))
