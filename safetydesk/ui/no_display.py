"""Qt ends the process when it finds no display. In that moment this says why, so that a person can read it."""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

_REFUSED = 1


class DisplayWatch:
    """`with DisplayWatch():` around the making of the application, and no longer: it takes all that Qt says."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = qInstallMessageHandler(self._on_message)

    def __exit__(self, *_error: object) -> None:
        qInstallMessageHandler(self._before)
        for text in self._said:
            sys.stderr.write(f"{text}\n")

    def _on_message(self, kind: QtMsgType, _context: Any, text: str) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            self._said.append(text)
            return
        from safetydesk.workflows.error_texts import words_for
        from safetydesk.workflows.window_libraries import display_trouble

        words = words_for(display_trouble(os.environ))
        line = f"{words.message}{words.hint}\n"
        os.write(2, line.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "backslashreplace"))
        os._exit(_REFUSED)  # on return Qt would call abort()
