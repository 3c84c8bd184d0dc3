"""What the pictures show: every screen, filled, empty, and with an error. Keys and targets as a person uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shots import PASSPHRASE, Camera, Taker, camera_on

from safetydesk.catalog.resources import resource
from safetydesk.ui.places import (
    ContinueInspection,
    ListHazards,
    OpenPlace,
    OpenSettings,
    PapersOfVisit,
    Place,
    ShowEnterprise,
    ShowHazard,
    ShowPaper,
    StartInspection,
)
from safetydesk.workflows import folders, sample_home

_SECTIONS = ("power", "papers", "looks", "lock", "backup", "law")


def take_all(taker: Taker, work: Path) -> None:
    sample = folders.Place(work / "home-样例", work / "home-state")
    new = folders.Place(work / "new", work / "new-state")
    nobody = folders.Place(work / "nobody", work / "nobody-state")
    with camera_on(taker, nobody) as camera:
        _first_start(camera)
    with camera_on(taker, new) as camera:
        camera.unlock(PASSPHRASE)
        _empty(camera)
    with camera_on(taker, sample) as camera:
        _lock(camera)
        camera.unlock(sample_home.PASSPHRASE)
        _lists(camera)
        _check(camera)
        _papers(camera)
        _around(camera)


def _first_start(camera: Camera) -> None:
    camera.settle()
    camera.shot("first-start")
    _press(Qt.Key.Key_Return)
    camera.settle()
    camera.shot("first-start-person")
    _type("样溪镇")
    _press(Qt.Key.Key_Tab)
    _type("张例安")
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Tab)
    _type("12345678")
    _press(Qt.Key.Key_Return)
    camera.settle()
    camera.shot("first-start-error")


def _lock(camera: Camera) -> None:
    camera.settle()
    camera.shot("lock")
    camera.app.lock_screen.passphrase_edit.setText("bu dui de kou ling")
    camera.app.lock_screen.passphrase_edit.returnPressed.emit()
    QTest.qWait(700)
    camera.settle()
    camera.shot("lock-error")


def _lists(camera: Camera) -> None:
    camera.go(OpenPlace(Place.TODAY))
    camera.shot("today")
    camera.go(OpenPlace(Place.ENTERPRISES))
    camera.shot("enterprises")
    camera.go(ShowEnterprise(_rows(camera)["enterprise"]))
    camera.shot("enterprise")
    camera.go(ListHazards("open"))
    camera.shot("hazards")
    camera.go(ShowHazard(_rows(camera)["overdue"], recheck=True))
    camera.shot("hazard-recheck")


def _check(camera: Camera) -> None:
    camera.go(StartInspection(_rows(camera)["enterprise"]))
    camera.shot("check-choose")
    screen = camera.go(ContinueInspection(_rows(camera)["unfinished"]))
    camera.shot("walk")
    _press(Qt.Key.Key_2)
    camera.settle()
    walk = screen.walk
    camera.frame.shell.files = _Chooser()
    walk.focus_first()
    _press(Qt.Key.Key_P)
    camera.settle()
    camera.shot("walk-finding")
    _gas(camera, walk)
    walk.leave()
    camera.settle()
    screen.choose.continue_requested.emit(_rows(camera)["unfinished"])
    camera.settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    camera.settle()
    camera.shot("check-finish")
    screen.go_back()
    camera.settle()


class _Chooser:
    """Stands for the system's dialog, which is not ours to picture."""

    def open_files(self, _title: str, _kinds: str, on_chosen: Callable[[list[Path]], object]) -> None:
        on_chosen(sorted(resource("samples").rglob("*.jpg"))[:2])


def _gas(camera: Camera, walk: Any) -> None:
    """An item with limits, and a reading out of them."""
    at = next((n for n, item in enumerate(walk.model.items) if item.limits), None)
    if at is None:
        return
    walk.model.request(at)
    camera.settle()
    _press(Qt.Key.Key_G)
    _type("9")
    camera.settle()
    camera.shot("walk-error")


def _papers(camera: Camera) -> None:
    camera.go(OpenPlace(Place.PAPERS))
    camera.shot("papers")
    camera.go(PapersOfVisit(_rows(camera)["visit"]))
    camera.shot("papers-visit")
    camera.go(ShowPaper(_rows(camera)["number"]))
    camera.shot("paper-sealed")


def _around(camera: Camera) -> None:
    for section in ("", *_SECTIONS):
        camera.go(OpenSettings(section))
        camera.shot(f"settings-{section}" if section else "settings")
    camera.frame.search_box.begin()
    _type("样")
    camera.settle()
    camera.shot("search")
    _press(Qt.Key.Key_Escape)
    camera.go(OpenPlace(Place.TODAY))
    camera.frame.show_help()
    camera.settle()
    camera.shot("help")


def _empty(camera: Camera) -> None:
    for place in (Place.TODAY, Place.ENTERPRISES, Place.INSPECTION, Place.HAZARDS, Place.PAPERS):
        camera.go(OpenPlace(place))
        camera.shot(f"{place}-empty")
    camera.frame.search_box.begin()
    _type("没有的企业")
    camera.settle()
    camera.shot("search-empty")


def _rows(camera: Camera) -> dict[str, Any]:
    """The rows of the sample data that the pictures are about."""
    from sqlalchemy import select

    from safetydesk.models.tables import Hazard, Inspection, Paper
    from safetydesk.workflows.today import today

    with camera.app.desk.store.reading() as session:
        unfinished = session.scalars(select(Inspection.id).where(Inspection.finished_at.is_(None))).first()
        papers = session.scalars(select(Paper).order_by(Paper.issued_at)).all()
        on_paper = {paper.inspection_id for paper in papers}
        hazards = session.scalars(select(Hazard).order_by(Hazard.due)).all()
        visit = next(row.inspection_id for row in hazards if row.inspection_id not in on_paper)
        due = today(session, camera.app.desk.today())
        return {
            "enterprise": due.overdue[0].enterprise_id,
            "overdue": due.overdue[0].id,
            "unfinished": unfinished,
            "visit": visit,
            "number": papers[-1].number,
        }


def _press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key)


def _type(text: str) -> None:
    """As keys where there are such keys, else as an input method gives it."""
    target = QApplication.focusWidget()
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
