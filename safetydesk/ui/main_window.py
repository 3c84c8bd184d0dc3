"""The one window: holds a page at a time, remembers its size, notices when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from safetydesk.ui.config import Config

if TYPE_CHECKING:
    from safetydesk.ui.idle import IdleWatch

_USUAL = QSize(1366, 728)
_LEAST = QSize(880, 480)  # a 1366x768 screen at 150 % has 911x512


class MainWindow(QMainWindow):
    """Pages come and go. `may_close` says whether what is typed allows to close now."""

    def __init__(self, config: Config, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self._config = config
        self._may_close = may_close
        self._idle: IdleWatch | None = None
        self._pages = QStackedWidget(self)
        self.setCentralWidget(self._pages)
        self.setMinimumSize(_LEAST)
        width, height = config.now.size or (_USUAL.width(), _USUAL.height())
        self.resize(width, height)

    def show_first(self) -> None:
        if self._config.now.maximised:
            self.showMaximized()
        else:
            self.show()

    def show_page(self, page: QWidget) -> None:
        """Show this page; it belongs to the window from now on."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def drop_page(self, page: QWidget) -> None:
        self._pages.removeWidget(page)
        page.deleteLater()

    def current_page(self) -> QWidget | None:
        return self._pages.currentWidget()

    def watch_idle(self, on_idle: Callable[[], object]) -> None:
        """Call this when nobody touched keys or mouse for the time that the settings say."""
        from safetydesk.ui.idle import IdleWatch

        if self._idle is None:
            self._idle = IdleWatch(self._config, self)
            self._idle.idled.connect(on_idle)
        self._idle.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        size = self.normalGeometry().size()
        self._config.change(size=(size.width(), size.height()), maximised=self.isMaximized())
        super().closeEvent(event)
