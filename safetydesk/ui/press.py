"""A paper on its way through a printer: pages drawn beside the window's thread, painted one at a time in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QImage, QPainter

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from safetydesk.workflows.paper_pages import PageImage

MOST_DPI = 300  # what a page drawn as a picture needs: more takes memory and nobody sees it
_NEARLY = 1.01  # a sheet that is a rounding smaller than the page is the same sheet


class PrintFailed(SafetyDeskError):
    """The printer did not take it. facts: title, printer."""

    code = "print_failed"


@dataclass(frozen=True)
class PrintJob:
    """One paper on its way to the printer; `title` is what the queue of the printer shows."""

    title: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class Printed:
    """What left the printer: of every job so many copies."""

    titles: tuple[str, ...]
    copies: int


class Press:
    """A printer and the painter on it. The painter ends before its printer, whatever becomes of them."""

    def __init__(self, printer: QPrinter) -> None:
        self.printer = printer
        self._painter: QPainter | None = None

    def __del__(self) -> None:
        self.end()

    @property
    def dpi(self) -> int:
        return min(self.printer.resolution(), MOST_DPI)

    @property
    def name(self) -> str:
        return self.printer.printerName() or tr("打印机")

    @property
    def rounds(self) -> int:
        """How often the pages are sent: once where the printer makes the copies itself, or into a file."""
        is_file = self.printer.outputFormat() is type(self.printer).OutputFormat.PdfFormat
        return 1 if is_file or self.printer.supportsMultipleCopies() else self.printer.copyCount()

    def chosen_pages(self, count: int) -> list[int]:
        """The pages that the dialog left, from the first."""
        pages = list(range(count))
        if self.printer.printRange() is type(self.printer).PrintRange.PageRange and self.printer.fromPage() > 0:
            return pages[self.printer.fromPage() - 1 : self.printer.toPage()]
        return pages

    def begin(self, title: str) -> bool:
        self.printer.setDocName(title)
        painter = QPainter()
        if not painter.begin(self.printer):
            return False
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self._painter = painter
        return True

    def paint(self, drawn: PageImage) -> None:
        """In the middle of the sheet, as large as it is; smaller only where the sheet is."""
        assert self._painter is not None
        resolution = self.printer.resolution()
        sheet = QRectF(self.printer.pageLayout().fullRectPixels(resolution))
        size = QSizeF(drawn.width, drawn.height) * (resolution / self.dpi)
        if size.width() > sheet.width() * _NEARLY or size.height() > sheet.height() * _NEARLY:
            size.scale(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
        self._painter.drawImage(target, image_of(drawn))

    def new_page(self) -> bool:
        return self.printer.newPage()

    def end(self) -> bool:
        """False where the printer says that something went wrong."""
        painter, self._painter = self._painter, None
        is_sound = painter is None or painter.end()
        return is_sound and self.printer.printerState() is not type(self.printer).PrinterState.Error

    def abort(self) -> None:
        self.printer.abort()
        self.end()


class PrintRun(QObject):
    """Jobs on one printer, page by page: never more than one page is in memory. Ends by itself."""

    def __init__(
        self,
        shell: Shell,
        printer: QPrinter,
        jobs: Sequence[PrintJob],
        on_printed: Callable[[Printed], object],
        on_failed: Callable[[Exception], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._press = Press(printer)
        self._jobs = list(jobs)
        self._on_printed = on_printed
        self._on_failed = on_failed
        self._copies = printer.copyCount()
        self._at = 0
        self._left: list[int] = []

    def start(self) -> None:
        self._ask(_Count(self._jobs[self._at].pdf), self._on_pages_counted)

    def _ask(self, work: Callable[[Any], Any], on_done: Callable[..., object]) -> None:
        title = tr("打印 {title}", title=self._jobs[self._at].title)
        task = self._shell.pool(work, on_done, self._on_task_failed, title=title)
        task.stopped.connect(self._on_task_stopped)

    @Slot(object)
    def _on_pages_counted(self, count: int) -> None:
        self._left = self._press.chosen_pages(count) * self._press.rounds
        if not self._left or not self._press.begin(self._jobs[self._at].title):
            self._refuse()
            return
        self._next_page()

    def _next_page(self) -> None:
        self._ask(_Draw(self._jobs[self._at].pdf, self._left[0], self._press.dpi), self._on_page_drawn)

    @Slot(object)
    def _on_page_drawn(self, drawn: PageImage) -> None:
        self._press.paint(drawn)
        del self._left[0]
        if not self._left:
            self._end_job()
        elif self._press.new_page():
            self._next_page()
        else:
            self._refuse()

    def _end_job(self) -> None:
        if not self._press.end():
            self._refuse()
            return
        self._at += 1
        if self._at < len(self._jobs):
            self.start()
            return
        self.deleteLater()
        self._on_printed(Printed(tuple(job.title for job in self._jobs), self._copies))

    def _refuse(self) -> None:
        self._fail(PrintFailed(title=self._jobs[self._at].title, printer=self._press.name))

    def _fail(self, error: Exception) -> None:
        self._press.abort()
        self.deleteLater()
        self._on_failed(error)

    @Slot(object)
    def _on_task_failed(self, error: Exception) -> None:
        self._fail(error)

    @Slot()
    def _on_task_stopped(self) -> None:
        self._press.abort()
        self.deleteLater()


def image_of(drawn: PageImage) -> QImage:
    """The picture for Qt, sharing the bytes: keep `drawn` as long as it."""
    form = QImage.Format.Format_Grayscale8 if drawn.is_grey else QImage.Format.Format_RGB32
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, form)


class _Count:
    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    def __call__(self, _progress: object) -> int:
        from safetydesk.workflows.paper_pages import page_sizes

        return len(page_sizes(self._pdf))


class _Draw:
    def __init__(self, pdf: bytes, page: int, dpi: float) -> None:
        self._pdf, self._page, self._dpi = pdf, page, dpi

    def __call__(self, _progress: object) -> PageImage:
        from safetydesk.workflows.paper_pages import render_page

        return render_page(self._pdf, self._page, self._dpi, for_print=True)
