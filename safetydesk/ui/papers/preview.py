"""The page as it will print: drawn beside the window's thread, at the sharpness of the screen, page by page as seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from safetydesk.ui.papers.page_view import PageView, Sheets
from safetydesk.ui.press import image_of
from safetydesk.ui.shell import Latest, Shell
from safetydesk.ui.text import tr
from safetydesk.ui.theme import Space
from safetydesk.ui.widgets.buttons import icon_button
from safetydesk.ui.widgets.labels import muted_label

if TYPE_CHECKING:
    from safetydesk.workflows.paper_pages import PageImage

POINTS = 72.0
SCREEN_DPI = 96.0
_STEP = 1.2
_LEAST, _MOST = 0.3, 3.0
_LATER = 40  # ms after the last scroll or resize
_KEPT_AROUND = 1  # pages beside the visible ones that stay drawn


class Zoom(Enum):
    WIDTH = "width"
    PAGE = "page"
    ACTUAL = "actual"
    FREE = "free"


@dataclass(frozen=True)
class _Drawn:
    generation: int
    index: int
    dpi: float
    image: PageImage = field(repr=False)


class PagePreview(QWidget):
    """All pages of one PDF below each other, with the zoom above them."""

    page_changed = Signal(int, int)  # the page in view from 1, of how many
    trouble = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._latest = Latest(shell, self)
        self._pdf = b""
        self._stamp = ""
        self._generation = 0
        self._pages: list[PageView] = []
        self._zoom = Zoom.WIDTH
        self._scale = 1.0  # of real size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        self.scroller = Sheets(self)
        self.scroller.setAccessibleName(tr("文书的页面"))
        self._sheets = QWidget(self.scroller)
        self._sheets.setProperty("look", "sunken")
        self._sheets.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QVBoxLayout(self._sheets)
        self._stack.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._stack.setSpacing(Space.L)
        self._stack.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.scroller.setWidget(self._sheets)
        column.addWidget(self.scroller, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later_timeout)
        self.scroller.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.scroller.resized.connect(self._on_scroll_resized)
        self.scroller.zoom_stepped.connect(self.step_zoom)

    @property
    def page_count(self) -> int:
        return len(self._pages)

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    def is_sharp(self) -> bool:
        """Whether every page in view shows its own picture, at the sharpness of the screen."""
        return bool(self._pages) and all(self._pages[at].dpi == self._wanted_dpi() for at in self._visible())

    def show_pdf(self, pdf: bytes, stamp: str = "") -> None:
        """Show this from the top; the same paper, laid out anew, stays where it was scrolled to."""
        self._pdf, self._stamp = pdf, stamp
        self._latest.pool(_Sizes(pdf), self._on_sizes_known, self._on_failed)

    def set_stamp(self, stamp: str) -> None:
        """The same pages, but what they are worth has changed."""
        self._stamp = stamp
        for page in self._pages:
            page.stamp = stamp
            page.update()

    def clear(self) -> None:
        self._latest.drop()
        self._pdf = b""
        self._generation += 1
        self._rebuild(())

    def set_zoom(self, zoom: Zoom) -> None:
        self._zoom = zoom
        if zoom is Zoom.ACTUAL:
            self._scale = 1.0
        for one, button in self._zoom_buttons.items():
            button.setChecked(one is zoom)
        self._lay_out()

    @Slot(int)
    def step_zoom(self, step: int) -> None:
        scale = self._scale * (_STEP if step > 0 else 1 / _STEP)
        self._scale = min(max(scale, _LEAST), _MOST)
        self.set_zoom(Zoom.FREE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._later.start(_LATER)

    def _make_bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setProperty("look", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        row.setSpacing(Space.XS)
        self.page_label: QLabel = muted_label("", bar)
        row.addWidget(self.page_label)
        row.addStretch()
        self._zoom_buttons: dict[Zoom, QPushButton] = {}
        group = QButtonGroup(bar)
        group.setExclusive(False)
        for zoom, text in ((Zoom.WIDTH, tr("适合宽度")), (Zoom.PAGE, tr("整页")), (Zoom.ACTUAL, "100%")):
            button = QPushButton(text, bar)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setChecked(zoom is self._zoom)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            group.addButton(button)
            row.addWidget(button)
            self._zoom_buttons[zoom] = button
        group.buttonClicked.connect(self._on_zoom_clicked)
        self.smaller_button = icon_button("zoom-out", tr("缩小 Ctrl+-"), bar)
        self.larger_button = icon_button("zoom-in", tr("放大 Ctrl+="), bar)
        self.smaller_button.clicked.connect(self._on_smaller_clicked)
        self.larger_button.clicked.connect(self._on_larger_clicked)
        row.addWidget(self.smaller_button)
        row.addWidget(self.larger_button)
        return bar

    def _rebuild(self, sizes: tuple[tuple[float, float], ...]) -> None:
        if [page.points for page in self._pages] != list(sizes):
            for page in self._pages:
                self._stack.removeWidget(page)
                page.deleteLater()
            self._pages = [PageView(size, self._stamp, self._sheets) for size in sizes]
            for page in self._pages:
                self._stack.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
                page.show()
            self.scroller.verticalScrollBar().setValue(0)
        for page in self._pages:
            page.stamp = self._stamp
            page.asked = 0.0
            page.dpi = 0.0  # the picture stays until the new one is there
        self._lay_out()

    def _lay_out(self) -> None:
        if not self._pages:
            self._say_page()
            return
        widest = max(page.points[0] for page in self._pages) / POINTS * SCREEN_DPI
        highest = max(page.points[1] for page in self._pages) / POINTS * SCREEN_DPI
        room = self.scroller.viewport().size() - QSize(2 * Space.L, 2 * Space.L)
        if self._zoom is Zoom.WIDTH:
            self._scale = room.width() / widest
        elif self._zoom is Zoom.PAGE:
            self._scale = min(room.width() / widest, room.height() / highest)
        self._scale = min(max(self._scale, _LEAST), _MOST)
        for page in self._pages:
            width, height = (round(side / POINTS * SCREEN_DPI * self._scale) for side in page.points)
            page.setFixedSize(width, height)
        self._say_page()
        self._later.start(_LATER)

    def _wanted_dpi(self) -> float:
        return round(SCREEN_DPI * self._scale * self.devicePixelRatioF(), 2)

    def _visible(self) -> list[int]:
        top = self.scroller.verticalScrollBar().value()
        bottom = top + self.scroller.viewport().height()
        return [at for at, page in enumerate(self._pages) if page.y() < bottom and page.y() + page.height() > top]

    def _say_page(self) -> None:
        seen = self._visible()
        if not self._pages or not seen:
            self.page_label.setText("")
            return
        middle = self.scroller.verticalScrollBar().value() + self.scroller.viewport().height() / 2
        at = min(seen, key=lambda n: abs(self._pages[n].geometry().center().y() - middle))
        self.page_label.setText(tr("第 {page} 页 / 共 {pages} 页", page=at + 1, pages=len(self._pages)))
        self.page_changed.emit(at + 1, len(self._pages))

    @Slot(object)
    def _on_sizes_known(self, sizes: tuple[tuple[float, float], ...]) -> None:
        self._generation += 1
        self._rebuild(sizes)

    @Slot()
    def _on_later_timeout(self) -> None:
        """Ask for the pages in view, and let go of those far away."""
        seen = self._visible()
        dpi = self._wanted_dpi()
        for at in seen:
            page = self._pages[at]
            if page.dpi != dpi and page.asked != dpi:
                page.asked = dpi
                self._shell.pool(_Draw(self._generation, self._pdf, at, dpi), self._on_page_drawn, self._on_failed)
        if seen:
            for at, page in enumerate(self._pages):
                if not seen[0] - _KEPT_AROUND <= at <= seen[-1] + _KEPT_AROUND and page.dpi:
                    page.set_picture(None, 0.0)

    @Slot(object)
    def _on_page_drawn(self, drawn: _Drawn) -> None:
        if drawn.generation != self._generation or drawn.index >= len(self._pages):
            return
        if drawn.dpi == self._wanted_dpi():
            self._pages[drawn.index].set_picture(QPixmap.fromImage(image_of(drawn.image)), drawn.dpi)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.trouble.emit(error)

    @Slot()
    def _on_scrolled(self) -> None:
        self._say_page()
        self._later.start(_LATER)

    @Slot()
    def _on_scroll_resized(self) -> None:
        self._lay_out()

    @Slot(object)
    def _on_zoom_clicked(self, button: QPushButton) -> None:
        self.set_zoom(next(zoom for zoom, one in self._zoom_buttons.items() if one is button))

    @Slot()
    def _on_smaller_clicked(self) -> None:
        self.step_zoom(-1)

    @Slot()
    def _on_larger_clicked(self) -> None:
        self.step_zoom(1)


class _Sizes:
    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    def __call__(self, _progress: Any) -> tuple[tuple[float, float], ...]:
        from safetydesk.workflows.paper_pages import page_sizes

        return page_sizes(self._pdf)


class _Draw:
    def __init__(self, generation: int, pdf: bytes, index: int, dpi: float) -> None:
        self._generation, self._pdf, self._index, self._dpi = generation, pdf, index, dpi

    def __call__(self, _progress: Any) -> _Drawn:
        from safetydesk.workflows.paper_pages import render_page

        return _Drawn(self._generation, self._index, self._dpi, render_page(self._pdf, self._index, self._dpi))
