"""The preview: pages drawn as they are looked at, sharp at every zoom, stamped where they are no paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from safetydesk.ui.papers.preview import PagePreview, Zoom
from safetydesk.workflows.desk import Desk
from ui.visits import Window

from office_steps import PHOTO, add, failed, issue, visit  # isort: skip


@pytest.fixture
def pdf(file_desk: Desk) -> bytes:
    """Several pages, photos among them."""
    items = [
        failed(f"CS-{at:02}", note="现场没有看守。" * 8, photos=[PHOTO] if at == 3 else []) for at in (3, 5, 6, 7, 8)
    ]
    return issue(file_desk, visit(file_desk, add(file_desk), *items)).pdf


@pytest.fixture
def preview(qtbot: QtBot, window: Window) -> PagePreview:
    made = PagePreview(window.shell)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def shown(qtbot: QtBot, preview: PagePreview, pdf: bytes, stamp: str = "") -> None:
    preview.show_pdf(pdf, stamp)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)


def widths(preview: PagePreview) -> set[int]:
    return {page.width() for page in preview.findChildren(type(preview._pages[0]))}


def test_pages_fill_the_width_and_follow_the_window(qtbot: QtBot, preview: PagePreview, pdf: bytes) -> None:
    shown(qtbot, preview, pdf)
    assert preview.page_count >= 2
    (before,) = widths(preview)
    preview.resize(900, 600)
    qtbot.waitUntil(lambda: widths(preview) == {before + 200}, timeout=20_000)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)


def test_a_whole_page_fits_and_real_size_is_real(qtbot: QtBot, preview: PagePreview, pdf: bytes) -> None:
    shown(qtbot, preview, pdf)
    preview.set_zoom(Zoom.PAGE)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)
    assert preview._pages[0].height() <= preview.scroller.viewport().height()
    preview.set_zoom(Zoom.ACTUAL)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)
    assert abs(preview._pages[0].width() - 595 / 72 * 96) <= 2


def test_keys_zoom_and_scroll(qtbot: QtBot, preview: PagePreview, pdf: bytes) -> None:
    shown(qtbot, preview, pdf)
    (before,) = widths(preview)
    qtbot.keyClick(preview.scroller, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert min(widths(preview)) > before
    qtbot.keyClick(preview.scroller, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert widths(preview) == {before}
    qtbot.keyClick(preview.scroller, Qt.Key.Key_End)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)
    count = preview.page_count
    assert preview.page_label.text() == f"第 {count} 页 / 共 {count} 页"


def test_only_pages_near_what_is_seen_are_held(qtbot: QtBot, preview: PagePreview, pdf: bytes) -> None:
    preview.resize(900, 300)
    shown(qtbot, preview, pdf)
    qtbot.keyClick(preview.scroller, Qt.Key.Key_End)
    qtbot.waitUntil(preview.is_sharp, timeout=20_000)
    held = [page for page in preview._pages if page._picture is not None]
    assert len(held) <= 3


def test_a_stamp_lies_across_every_page_of_what_is_no_paper(qtbot: QtBot, preview: PagePreview, pdf: bytes) -> None:
    preview.set_zoom(Zoom.PAGE)
    shown(qtbot, preview, pdf)
    bare = preview._pages[0].grab().toImage()
    shown(qtbot, preview, pdf, "预 览")
    qtbot.waitUntil(lambda: preview._pages[0].stamp != "")
    stamped = preview._pages[0].grab().toImage()
    size = bare.size()
    points = [QPoint(x, y) for x in range(0, size.width(), 3) for y in range(0, size.height(), 3)]
    assert sum(bare.pixel(point) != stamped.pixel(point) for point in points) > len(points) / 200


def test_what_is_no_pdf_is_said(qtbot: QtBot, preview: PagePreview) -> None:
    with qtbot.waitSignal(preview.trouble, timeout=20_000):
        preview.show_pdf(b"torn")
