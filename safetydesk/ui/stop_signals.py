"""Ctrl+C in the terminal, a terminal that is closed, and the end of the session close the window as a person would."""

from __future__ import annotations

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_MOST = 64  # bytes; each is one signal


class StopSignals(QObject):
    """`asked_to_stop` comes from the event loop: where a signal itself arrives, a window may be half painted.

    It comes at once, for the byte that Python writes wakes the loop; an idle one runs no Python for seconds.
    """

    asked_to_stop = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard, woken = _two_ends()
        self._notifier = QSocketNotifier(self._heard, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
                signal.signal(number, _note)

    @Slot()
    def _on_notifier_activated(self) -> None:
        _read(self._heard)
        self.asked_to_stop.emit()


def _note(_number: int, _frame: object) -> None:
    """What is to be done is done by the event loop."""


def _two_ends() -> tuple[int, int]:
    """To listen at, and to write to. Windows can wait for sockets only."""
    if os.name == "nt":
        import socket

        heard, woken = socket.socketpair()
        heard.setblocking(False)
        woken.setblocking(False)
        return heard.detach(), woken.detach()
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    return reading, writing


def _read(heard: int) -> None:
    if os.name == "nt":
        import socket

        one = socket.socket(fileno=heard)
        try:
            one.recv(_MOST)
        finally:
            one.detach()
    else:
        os.read(heard, _MOST)
