"""Words on the screen. Chinese is the source; a translation file may replace it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

CONTEXT = "safetydesk"


def tr(text: str, /, **facts: Any) -> str:
    """`text` in the language of the window, its `{facts}` filled in."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**facts) if facts else said
