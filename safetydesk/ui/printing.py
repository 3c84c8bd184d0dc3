"""Papers on real paper, or in a file: the system's dialogs, and what is said where there is no printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from safetydesk.ui.press import Printed, PrintJob, PrintRun
from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


MOST_COPIES = 9

__all__ = ["PaperPrinter", "PrintJob", "Printed"]


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
