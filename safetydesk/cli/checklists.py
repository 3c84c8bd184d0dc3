"""checklist and law. Listing and showing work without a data folder, on what ships."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from safetydesk.catalog.law import law_index
from safetydesk.cli.context import Context, existing
from safetydesk.cli.output import Answer, table


def list_all(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows import checklists

    with _session(context) as session:
        rows = checklists.all_checklists(session)
    value = [
        {"id": row.id, "title": row.title, "version": row.version, "items": row.items, "origin": row.origin}
        for row in rows
    ]
    return Answer(value, table([(row.id, row.title, row.version, f"{row.items} 项") for row in rows], "没有检查表。"))


def show(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import checklists, law_view

    with _session(context) as session:
        checklist = checklists.known(session, arguments.id)
        corrections = law_view.corrections(session)
    items = [law_view.item_value(item, corrections) for item in checklist.items]
    value = {
        "id": checklist.id,
        "title": checklist.title,
        "version": checklist.version,
        "sections": [{"key": one.key, "title": one.title} for one in checklist.sections],
        "items": items,
    }
    lines = [f"{checklist.title}（{checklist.version}，{len(items)} 项）"]
    for item, shown in zip(checklist.items, items, strict=True):
        marks = "、".join(shown["major"])
        lines.append(f"{item.id}  {item.text}{f'【{marks}】' if marks else ''}")
        lines += [f"        {one['text']}{'' if one['verified'] else '〔待核〕'}" for one in shown["basis"]]
    return Answer(value, lines)


def validate(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.catalog.checklists import validate_checklist
    from safetydesk.workflows.desk import local_date
    from safetydesk.workflows.error_texts import words_for

    found = validate_checklist(existing(arguments.file), local_date(context.clock.now()))
    warnings = [words_for(one).message for one in found.warnings]
    if found.problems:
        for one in found.problems[1:]:
            context.say(words_for(one).message)
        raise found.problems[0]
    assert found.checklist is not None
    value = {"ok": True, "id": found.checklist.id, "items": len(found.checklist.items), "warnings": warnings}
    return Answer(value, [f"检查表没有问题：{found.checklist.title}，{len(found.checklist.items)} 项", *warnings])


def import_file(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import checklists

    with context.desk.store.writing() as session:
        checklist = checklists.import_checklist(session, existing(arguments.file))
    return Answer(
        {"id": checklist.id, "version": checklist.version}, [f"已导入：{checklist.title}（{checklist.version}）"]
    )


def law_list(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows import law_view

    with _session(context) as session:
        corrections = law_view.corrections(session)
    rows = [law_view.law_value(law, corrections) for law in law_index()]
    shown = [(row["key"], row["title"], row["number"], "" if row["verified"] else "待核") for row in rows]
    return Answer(rows, table(shown, ""))


def law_show(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import law_view

    with _session(context) as session:
        corrections = law_view.corrections(session)
    law = law_index()[arguments.key]
    value = law_view.law_value(law, corrections)
    value["articles"] = law_view.article_values(law.key, corrections)
    lines = [f"《{value['title']}》{value['number'] or ''}{'' if value['verified'] else '〔待核〕'}"]
    lines += [f"  {one['article']}  {one['gist']}{'' if one['verified'] else '〔待核〕'}" for one in value["articles"]]
    return Answer(value, lines)


def law_correct(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import law_view

    desk = context.desk
    fields = {
        "title": arguments.title,
        "number": arguments.number,
        "effective_from": arguments.effective_from,
        "effective_to": arguments.effective_to,
        "note": arguments.note,
    }
    with desk.store.writing() as session:
        law_view.correct(
            session, desk, arguments.key, arguments.article, verified=arguments.verified == "yes", fields=fields
        )
    return Answer(
        {"law": arguments.key, "article": arguments.article, "verified": arguments.verified == "yes"}, ["已保存更正。"]
    )


@contextmanager
def _session(context: Context) -> Iterator[Any]:
    """A reading session where there is a data folder, none where there is not."""
    if not context.is_set_up:
        yield None
        return
    with context.desk.store.reading() as session:
        yield session
