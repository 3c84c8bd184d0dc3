"""Papers on real paper: the system's dialog, pages drawn beside the window's thread, painted one at a time in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from safetydesk.workflows.paper_pages import PageImage

MOST_DPI = 300  # what a page drawn as a picture needs: more takes memory and nobody sees it
MOST_COPIES = 9


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


@dataclass(frozen=True)
class _Order:
    """What was asked of the printer."""

    jobs: tuple[PrintJob, ...]
    on_printed: Callable[[Printed], object]
    on_not_printed: Callable[[], object] | None


class PaperPrinter(QObject):
    """What screens print and save with. One dialog at a time; nothing here waits."""

    def __init__(self, shell: Shell, window: QWidget | None) -> None:
        super().__init__(shell)
        self._shell = shell
        self._window = window
        self._order: _Order | None = None
        self._saving: tuple[PrintJob, ...] = ()
        self._on_kept: Callable[[], object] | None = None
        self._dialog: Any = None
        self._printer: QPrinter | None = None

    def print_pdf(
        self,
        jobs: Sequence[PrintJob],
        copies: int,
        on_printed: Callable[[Printed], object],
        on_not_printed: Callable[[], object] | None = None,
    ) -> None:
        """Ask for the printer, then print every job. `on_not_printed`: the person thought better of it, or it failed.

        On a computer without a printer the person is told, and may save the papers instead.
        """
        self._order = _Order(tuple(jobs), on_printed, on_not_printed)
        if not self.has_printer():
            self._offer_file()
            return
        self._printer = self.make_printer(copies)
        self._dialog = self._make_dialog(self._printer)
        self._dialog.accepted.connect(self._on_dialog_accepted)
        self._dialog.rejected.connect(self._on_dialog_rejected)
        self._dialog.open()

    def save_pdf(self, jobs: Sequence[PrintJob], on_saved: Callable[[], object] | None = None) -> None:
        """Ask where to, and write there: one paper under a name, several into a folder."""
        self._saving, self._on_kept = tuple(jobs), on_saved
        if len(self._saving) == 1:
            name, kinds = f"{self._saving[0].title}.pdf", tr("PDF 文件 (*.pdf)")
            self._shell.files.save_file(tr("另存文书"), name, kinds, self._on_path_chosen)
        else:
            self._shell.files.open_folder(tr("把文书存到哪个文件夹"), self._on_folder_chosen)

    def has_printer(self) -> bool:
        from PySide6.QtPrintSupport import QPrinterInfo

        return bool(QPrinterInfo.availablePrinterNames())

    def make_printer(self, copies: int) -> QPrinter:
        """A4, whole sheet: the paper brings its own margins."""
        from PySide6.QtGui import QPageSize
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setCopyCount(max(1, min(copies, MOST_COPIES)))
        printer.setCollateCopies(True)
        return printer

    def _make_dialog(self, printer: QPrinter) -> Any:
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(tr("打印文书"))
        return dialog

    @Slot()
    def _on_dialog_accepted(self) -> None:
        printer, self._printer = self._printer, None
        self._drop_dialog()
        assert self._order is not None
        assert printer is not None
        printer.setFullPage(True)
        PrintRun(self._shell, printer, self._order.jobs, self._on_run_printed, self._on_run_failed, self).start()

    @Slot()
    def _on_dialog_rejected(self) -> None:
        self._drop_dialog()
        self._printer = None
        self._not_printed()

    def _drop_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        dialog.deleteLater()

    @Slot(object)
    def _on_run_printed(self, printed: Printed) -> None:
        order, self._order = self._order, None
        if order is not None:
            order.on_printed(printed)

    @Slot(object)
    def _on_run_failed(self, error: Exception) -> None:
        self._shell.messages.trouble(error)
        self._not_printed()

    @Slot()
    def _not_printed(self) -> None:
        order, self._order = self._order, None
        if order is not None and order.on_not_printed is not None:
            order.on_not_printed()

    def _offer_file(self) -> None:
        self._shell.asker.ask(
            tr("这台电脑上没有打印机"),
            tr("文书可以先存成 PDF，拷到有打印机的电脑上打印；内容和直接打印的完全一样。"),
            tr("存成 PDF"),
            self._on_file_wanted,
            on_no=self._not_printed,
        )

    @Slot()
    def _on_file_wanted(self) -> None:
        jobs = self._order.jobs if self._order is not None else ()
        self._not_printed()
        if jobs:
            self.save_pdf(jobs)

    @Slot(object)
    def _on_path_chosen(self, path: Path) -> None:
        self._shell.pool(_Save(path, self._saving[0].pdf), self._on_saved, title=tr("存文件"))

    @Slot(object)
    def _on_folder_chosen(self, folder: Path) -> None:
        self._shell.pool(_SaveAll(folder, self._saving), self._on_saved, title=tr("存文件"))

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        on_saved, self._on_kept, self._saving = self._on_kept, None, ()
        self._shell.messages.tell(tr("已存到 {path}", path=path))
        if on_saved is not None:
            on_saved()


_NEARLY = 1.01  # a sheet that is a rounding smaller than the page is the same sheet


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


class _Save:
    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def __call__(self, _progress: object) -> Path:
        from safetydesk.workflows.paper_pages import save

        return save(self._path, self._content)


class _SaveAll:
    def __init__(self, folder: Path, jobs: Sequence[PrintJob]) -> None:
        self._folder, self._jobs = folder, tuple(jobs)

    def __call__(self, _progress: object) -> Path:
        from safetydesk.workflows.paper_pages import save_into

        for job in self._jobs:
            save_into(self._folder, f"{job.title}.pdf", job.pdf)
        return self._folder
