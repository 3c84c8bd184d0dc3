"""Checklists at work: the shipped ones, those that the office brought along, and the versions frozen by inspections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from safetydesk.catalog.checklists import (
    checklist_digest,
    checklist_from_plain,
    checklist_to_plain,
    load_checklist,
    shipped_checklist,
    shipped_checklists,
)
from safetydesk.domain.checklist import Checklist
from safetydesk.domain.ids import CATALOG_REPLICA, COMMON, derived_id
from safetydesk.domain.stamps import COUNTER_BITS
from safetydesk.models import clock as clocks
from safetydesk.models.tables import ReplicaNumber, Template, TemplateItem

SHIPPED, OFFICE = "shipped", "office"


@dataclass(frozen=True)
class TemplateRow:
    """One checklist as lists show it."""

    id: str
    title: str
    version: str
    items: int
    origin: str


def install_shipped(session: Session) -> None:
    """Put the shipped versions into the store, alike on every replica down to their stamps."""
    for checklist in shipped_checklists().values():
        _install(session, checklist, SHIPPED)


def current(session: Session, key: str) -> tuple[UUID, Checklist]:
    """The version to inspect with: the office's newest of that name, else the shipped one. Raises UnknownChecklist."""
    found = _office_template(session, key)
    if found is not None:
        return found.id, frozen(session, found.id)
    checklist = shipped_checklist(key)
    template_id = _template_id(checklist)
    if session.get(Template, template_id) is None:
        _install(session, checklist, SHIPPED)
    return template_id, checklist


def known(session: Session | None, key: str) -> Checklist:
    """What `checklist show` shows, with or without a data folder. Raises UnknownChecklist."""
    found = _office_template(session, key) if session is not None else None
    return frozen(session, found.id) if session is not None and found is not None else shipped_checklist(key)


_FROZEN: dict[UUID, Checklist] = {}  # a version never changes, and its id says which it is


def frozen(session: Session, template_id: UUID) -> Checklist:
    """The exact version that an inspection was made with."""
    if template_id not in _FROZEN:
        _FROZEN[template_id] = _rebuilt(session, template_id)
    return _FROZEN[template_id]


def _rebuilt(session: Session, template_id: UUID) -> Checklist:
    template = session.get_one(Template, template_id)
    items = session.scalars(
        select(TemplateItem.content).where(TemplateItem.template_id == template_id).order_by(TemplateItem.position)
    )
    return checklist_from_plain({**template.head, "items": list(items)})


def all_checklists(session: Session | None) -> list[TemplateRow]:
    """Every checklist by its id, the office's before the shipped one of the same name."""
    rows = {
        key: TemplateRow(key, checklist.title, checklist.version, len(checklist.items), SHIPPED)
        for key, checklist in shipped_checklists().items()
    }
    if session is not None:
        rows.update((row.id, row) for row in _office_rows(session))
    return list(rows.values())


def import_checklist(session: Session, path: Path) -> Checklist:
    """Take in a checklist of the office. Raises BadTemplate, BrokenReference: then nothing was taken."""
    checklist = load_checklist(path)
    _install(session, checklist, OFFICE)
    clocks.record(session, "checklist.imported", f"template:{checklist.id}", {"version": checklist.version})
    return checklist


def _office_rows(session: Session) -> Iterator[TemplateRow]:
    query = select(Template).where(Template.origin == OFFICE, Template.voided_at.is_(None)).order_by(Template.stamp)
    for template in session.scalars(query):
        yield TemplateRow(template.key, template.title, template.version, template.item_count, OFFICE)


def _office_template(session: Session, key: str) -> Template | None:
    query = select(Template).where(Template.key == key, Template.origin == OFFICE, Template.voided_at.is_(None))
    return session.scalars(query.order_by(Template.stamp.desc()).limit(1)).first()


def _template_id(checklist: Checklist) -> UUID:
    return derived_id("template", checklist.id, checklist_digest(checklist))


def _install(session: Session, checklist: Checklist, origin: str) -> None:
    template_id = _template_id(checklist)
    if session.get(Template, template_id) is not None:
        return
    plain = checklist_to_plain(checklist)
    items: list[Mapping[str, Any]] = plain.pop("items")
    shipped = origin == SHIPPED
    session.add(
        Template(
            id=template_id,
            enterprise_id=COMMON,
            key=checklist.id,
            version=checklist.version,
            title=checklist.title,
            digest=checklist_digest(checklist),
            origin=origin,
            head=plain,
            item_count=len(items),
            **(_shipped_stamp(session, checklist) if shipped else {}),
        )
    )
    for position, content in enumerate(items):
        session.add(
            TemplateItem(
                id=derived_id("template_item", template_id.hex, content["id"]),
                enterprise_id=COMMON,
                template_id=template_id,
                key=content["id"],
                position=position,
                content=content,
                **(_shipped_stamp(session, checklist) if shipped else {}),
            )
        )
    session.flush()


def _shipped_stamp(session: Session, checklist: Checklist) -> dict[str, int]:
    """The stamp of the version, written by the catalog: the month it names, the same on every computer."""
    number = session.scalars(select(ReplicaNumber.number).where(ReplicaNumber.replica == CATALOG_REPLICA)).one()
    year, _, month = checklist.version.partition(".")
    days = date(int(year), int(month), 1).toordinal() - date(1970, 1, 1).toordinal()
    return {"stamp": days * 86_400_000 << COUNTER_BITS, "writer": number}
