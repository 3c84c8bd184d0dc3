"""What papers and their states are called on the screen, and the shape beside each word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safetydesk.domain.kinds import LABELS, PaperKind
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Colour
from safetydesk.ui.widgets.dates import day_text
from safetydesk.workflows.papers import PaperState
from safetydesk.workflows.serving import METHOD_LABELS, Service


@dataclass(frozen=True)
class StateMark:
    """A word, a shape and a colour: never one of them alone."""

    word: str
    icon: str
    ink: Colour


def draft_mark() -> StateMark:
    return StateMark(tr("待签发"), "circle-dashed", Colour.ACCENT)


def state_mark(state: PaperState, *, is_printed: bool = True) -> StateMark:
    match state:
        case PaperState.VOIDED:
            return StateMark(tr("已作废"), "ban", Colour.MUTED)
        case PaperState.SERVED:
            return StateMark(tr("已送达"), "circle-check", Colour.DONE)
        case PaperState.ISSUED:
            return StateMark(tr("未送达") if is_printed else tr("未打印"), "circle-dot", Colour.LARGER)


def kind_name(kind: PaperKind) -> str:
    return tr(LABELS[kind])


def service_text(service: Service, today: date) -> str:
    """11 月 21 日（周六）直接送达，陈示例签收."""
    said = [f"{day_text(service.on, today)}{tr(METHOD_LABELS[service.method])}"]
    if service.refused:
        said.append(tr("拒绝签收"))
    elif service.receiver:
        said.append(tr("{name}签收", name=service.receiver))
    if service.witness:
        said.append(tr("见证人{name}", name=service.witness))
    if service.recorded:
        said.append(tr("有照片或录像"))
    if service.note:
        said.append(service.note)
    return "，".join(said)
