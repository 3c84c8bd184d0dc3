"""paper."""

from __future__ import annotations

from argparse import Namespace

from safetydesk.cli.context import Context, existing
from safetydesk.cli.output import Answer, table
from safetydesk.domain.kinds import LABELS, PaperKind

STATES = {"issued": "已签发", "served": "已送达", "voided": "已作废"}


def issue(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import finding, outgoing, papers

    desk = context.desk
    kind = PaperKind(arguments.kind)
    staged = None
    try:
        with desk.store.writing() as session:
            if arguments.inspection:
                found = papers.of_inspection(session, finding.inspection(session, arguments.inspection), kind)
            else:
                found = [finding.hazard(session, one) for one in dict.fromkeys(arguments.hazard)]
            issued = papers.issue(session, desk, kind, found)
            staged = outgoing.stage(arguments.out, issued.file_name, issued.pdf)
    except BaseException:
        if staged is not None:
            staged.discard()
        raise
    file = staged.publish()
    value = {"number": issued.number, "file": str(file), "sha256": issued.sha256, "pages": issued.pages}
    notes = [f"纸上留空待手填：{blank}" for blank in issued.blanks]
    lines = [f"已签发 {LABELS[kind]} {issued.number}，{issued.pages} 页", str(file)]
    return Answer(value | {"blanks": list(issued.blanks)}, lines, notes)


def void(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import papers

    desk = context.desk
    with desk.store.writing() as session:
        papers.void(session, desk, arguments.number, arguments.reason)
    return Answer(
        {"number": arguments.number, "state": "voided"}, [f"已作废 {arguments.number}，文号不再使用，登记簿留有原因。"]
    )


def reprint(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import outgoing, papers

    desk = context.desk
    with desk.store.writing() as session:
        issued = papers.reprint(session, desk, arguments.number)
        state = papers.state_of(session, issued.number)
        staged = outgoing.stage(arguments.out, issued.file_name, issued.pdf)
    file = staged.publish()
    value = {"number": issued.number, "file": str(file), "sha256": issued.sha256, "pages": issued.pages, "state": state}
    notes = ["注意：这份文书已经作废，不能再交给企业。"] if state == "voided" else []
    return Answer(value, [f"已重印 {issued.number}：{file}"], notes)


def list_all(context: Context, _arguments: Namespace) -> Answer:
    from safetydesk.workflows import papers

    with context.desk.store.reading() as session:
        rows = papers.register(session)
    value = [
        {
            "number": row.number,
            "kind": row.kind,
            "enterprise": row.enterprise,
            "issued_on": row.issued_on,
            "state": row.state,
            "pages": row.pages,
        }
        for row in rows
    ]
    shown = [
        (row.issued_on, row.number, LABELS[PaperKind(row.kind)], row.enterprise, STATES[row.state]) for row in rows
    ]
    return Answer(value, table(shown, "登记簿是空的：还没有签发过文书。"))


def verify(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows import papers

    with context.desk.store.reading() as session:
        verdict = papers.verify(session, existing(arguments.file))
    value = {"authentic": verdict.authentic, "number": verdict.number, "why": verdict.why, "state": verdict.state}
    said = "是真的" if verdict.authentic else "不能认定为真"
    lines = [f"{said}：{verdict.number or '没有文号'}", verdict.why]
    return Answer(value, lines, exit_code=3 if verdict.tampered else 0)
