"""Collects garbage in the window's thread only: a QObject that died in a worker would take the program with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 2000  # ms
_WHOLE_EVERY = 15  # rounds


class WindowGarbage(QObject):
    """Switches Python's own collecting off and does it from a timer instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._round = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start(_EVERY)

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._round += 1
        gc.collect(2 if self._round % _WHOLE_EVERY == 0 else 0)
