"""Run by test_platform.py in a process of its own: opens the program's door and tells what of its text is drawn as a box.

Prints one JSON value: the faces that were used, the characters without a glyph (of the screen, and of all that the
arguments name), and how many pixels of the screen are ink.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from safetydesk.ui import theme
from safetydesk.ui.app import App
from safetydesk.workflows.folders import Place

SPACES = {" ", "\n", "\t", "\u00a0", "\u2002", "\u2003", "\u200b", "\u2009", "\u202f", "\u3000", "\ufeff"}


def boxes(text: str, font: QFont, faces: set[str]) -> set[str]:
    """The characters of the text that no face draws."""
    found = set()
    for character in set(text) - SPACES:
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = layout.glyphRuns()
        if not runs or any(glyph == 0 for run in runs for glyph in run.glyphIndexes()):
            found.add(character)
        faces.update(run.rawFont().familyName() for run in runs)
    return found


def texts(window: QWidget) -> list[tuple[str, QFont]]:
    shown: list[tuple[str, QFont]] = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QPushButton):
            shown.append((widget.text(), widget.font()))
        elif isinstance(widget, QLineEdit):
            shown.append((widget.placeholderText(), widget.font()))
    return [(text, font) for text, font in shown if text]


def main() -> None:
    place = Place(Path(sys.argv[1]), Path(sys.argv[2]))
    words = Path(sys.argv[3]).read_text(encoding="utf-8")
    app = QApplication(sys.argv[:1])
    program = App(place, None)
    program.open()

    QTimer.singleShot(0, app.quit)  # what was shown is painted by then
    app.exec()
    try:
        print(json.dumps(look(program.window, words)))
    finally:
        program.shut_down()


def look(window: QWidget, words: str) -> dict[str, object]:
    faces: set[str] = set()
    on_screen = texts(window)
    missing = set().union(*(boxes(text, font, faces) for text, font in on_screen))
    image = window.grab().toImage()
    background = image.pixel(0, 0)
    wide, high = range(0, image.width(), 2), range(0, image.height(), 2)
    theme.add_rare_face()
    return {
        "texts": [text for text, _font in on_screen],
        "faces": sorted(faces),
        "boxes": sorted(missing),
        "boxes_in_words": sorted(boxes(words, theme.font(), set())),
        "ink": sum(image.pixel(x, y) != background for x in wide for y in high),
    }


if __name__ == "__main__":
    main()
