"""Type, spacing, colour and shape: the one place where they have values. Screens name them by meaning."""

from __future__ import annotations

import sys
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from safetydesk.catalog.resources import resource
from safetydesk.ui.config import Appearance

RADIUS = 6
RAIL_WIDTH = 136
RAIL_FOLDED = 56
LONGEST_LINE = 760  # a form wider than this is hard to read
PANE_WIDTH = 360
ICON = 20


class Space(IntEnum):
    """The only distances there are, in logical pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


class Type(IntEnum):
    """The type scale, in logical pixels; large type multiplies by 1.25."""

    NOTE = 12
    TEXT = 14
    EMPHASIS = 16
    HEADING = 20
    FIGURE = 28


class Colour(StrEnum):
    """Colours by what they mean."""

    WINDOW = "window"  # behind everything
    SURFACE = "surface"  # what content stands on
    SUNKEN = "sunken"  # rail, table heads, quiet areas
    TEXT = "text"
    MUTED = "muted"  # second to the text, still 4.5:1
    HAIRLINE = "hairline"
    OUTLINE = "outline"  # the edge of what can be edited
    HOVER = "hover"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ON_ACCENT = "on_accent"
    ACCENT_SOFT = "accent_soft"
    MAJOR = "major"  # red: major hazard, overdue, refused
    MAJOR_SOFT = "major_soft"
    LARGER = "larger"  # orange
    LARGER_SOFT = "larger_soft"
    GENERAL = "general"  # yellow
    GENERAL_SOFT = "general_soft"
    LOW = "low"  # blue
    LOW_SOFT = "low_soft"
    DONE = "done"
    DONE_SOFT = "done_soft"


_LIGHT = {
    Colour.WINDOW: "#f5f6f8",
    Colour.SURFACE: "#ffffff",
    Colour.SUNKEN: "#eceff3",
    Colour.TEXT: "#1a1f26",
    Colour.MUTED: "#565f6b",
    Colour.HAIRLINE: "#d9dee5",
    Colour.OUTLINE: "#8c96a4",
    Colour.HOVER: "#e4e9ef",
    Colour.ACCENT: "#0b62c1",
    Colour.ACCENT_HOVER: "#09539f",
    Colour.ON_ACCENT: "#ffffff",
    Colour.ACCENT_SOFT: "#e0edfb",
    Colour.MAJOR: "#b3201b",
    Colour.MAJOR_SOFT: "#fdeceb",
    Colour.LARGER: "#a8470a",
    Colour.LARGER_SOFT: "#fdf0e4",
    Colour.GENERAL: "#7d5b00",
    Colour.GENERAL_SOFT: "#fbf4d9",
    Colour.LOW: "#1c5fae",
    Colour.LOW_SOFT: "#e6f0fb",
    Colour.DONE: "#1d7240",
    Colour.DONE_SOFT: "#e6f4ea",
}
_DARK = {
    Colour.WINDOW: "#15181c",
    Colour.SURFACE: "#1d2126",
    Colour.SUNKEN: "#121519",
    Colour.TEXT: "#e7eaee",
    Colour.MUTED: "#a6afba",
    Colour.HAIRLINE: "#333a43",
    Colour.OUTLINE: "#6a7480",
    Colour.HOVER: "#2a3038",
    Colour.ACCENT: "#6cb0ff",
    Colour.ACCENT_HOVER: "#8cc1ff",
    Colour.ON_ACCENT: "#07203c",
    Colour.ACCENT_SOFT: "#1c3450",
    Colour.MAJOR: "#ff9088",
    Colour.MAJOR_SOFT: "#43201f",
    Colour.LARGER: "#ffab70",
    Colour.LARGER_SOFT: "#3f2a1a",
    Colour.GENERAL: "#ecc94f",
    Colour.GENERAL_SOFT: "#383016",
    Colour.LOW: "#84bcff",
    Colour.LOW_SOFT: "#1b2f47",
    Colour.DONE: "#71cf93",
    Colour.DONE_SOFT: "#193524",
}
_FACES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
OWN_FACE = "hei.ttf"
RARE_FACE = "song-light.ttf"  # all of GBK: for the rare characters of names


class Theme(NamedTuple):
    """One look: its colours, how large its type is, how high its targets are."""

    colours: dict[Colour, str]
    dark: bool
    scale: float
    target: int  # the least height of what is clicked, in px
    families: tuple[str, ...]


class ThemeChanges(QObject):
    """Says that the look changed, to whatever paints by itself."""

    changed = Signal()


_now = Theme(_LIGHT, dark=False, scale=1.0, target=36, families=())
_changes: ThemeChanges | None = None


def apply(app: QApplication, appearance: Appearance, *, own_face: bool = False) -> None:
    """Give the whole window this look. `own_face`: use the shipped face even where the system has one."""
    global _now
    dark = appearance.scheme == "dark" or (appearance.scheme == "system" and _system_is_dark(app))
    families = _now.families if _now.families and not own_face else _find_families(own_face=own_face)
    _now = Theme(
        _DARK if dark else _LIGHT, dark, 1.25 if appearance.large else 1.0, 44 if appearance.touch else 36, families
    )
    app.setFont(font(Type.TEXT))
    app.setPalette(_palette())
    from safetydesk.ui import sheet

    app.setStyleSheet(sheet.style_sheet(_now))
    changes().changed.emit()


def changes() -> ThemeChanges:
    """Connect to `changed` here; made when it is first asked for."""
    global _changes
    if _changes is None:
        _changes = ThemeChanges()
    return _changes


def current() -> Theme:
    return _now


def colour(name: Colour) -> QColor:
    return QColor(_now.colours[name])


def pixels(kind: Type) -> int:
    return round(kind * _now.scale)


def font(kind: Type = Type.TEXT, *, bold: bool = False) -> QFont:
    """A face of the scale. Bold is for headings and for what stands out in a line."""
    made = QFont()
    if _now.families:
        made.setFamilies(list(_now.families))
    made.setPixelSize(pixels(kind))
    if bold:
        made.setWeight(QFont.Weight.Bold)
    return made


def scaled(size: int) -> int:
    """A width that must hold text, in the present type size."""
    return round(size * _now.scale)


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the looks that ui/sheet.py knows."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _find_families(*, own_face: bool) -> tuple[str, ...]:
    if not own_face:
        if sys.platform == "win32":
            return ("Microsoft YaHei UI", "Segoe UI")
        known = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
        found = next((face for face in _FACES if face in known), None)
        if found is not None:
            return (found,)
    return _own_families()


def _own_families() -> tuple[str, ...]:
    """The shipped face, for systems without a Chinese one. It is loaded into this program alone."""
    return _load(OWN_FACE) or _load(RARE_FACE)


def add_rare_face() -> None:
    """Characters of names that the first face lacks (㛃 䶮): without it a bare system shows boxes in their place.

    The file is mapped, not read, and only when such a character is drawn; so this costs next to nothing.
    """
    global _now
    if _now.families and sys.platform != "win32" and len(_now.families) == 1:
        _now = _now._replace(families=(*_now.families, *_load(RARE_FACE)))


@cache
def _load(name: str) -> tuple[str, ...]:
    path = resource("fonts", name)
    if not path.exists():
        return ()
    return tuple(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path))))


def _system_is_dark(app: QApplication) -> bool:
    from PySide6.QtCore import Qt  # its many enumerations cost 11 ms, and the lock screen needs none of them

    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: Colour.WINDOW,
        QPalette.ColorRole.WindowText: Colour.TEXT,
        QPalette.ColorRole.Base: Colour.SURFACE,
        QPalette.ColorRole.AlternateBase: Colour.WINDOW,
        QPalette.ColorRole.Text: Colour.TEXT,
        QPalette.ColorRole.Button: Colour.SURFACE,
        QPalette.ColorRole.ButtonText: Colour.TEXT,
        QPalette.ColorRole.Highlight: Colour.ACCENT,
        QPalette.ColorRole.HighlightedText: Colour.ON_ACCENT,
        QPalette.ColorRole.PlaceholderText: Colour.MUTED,
        QPalette.ColorRole.ToolTipBase: Colour.TEXT,
        QPalette.ColorRole.ToolTipText: Colour.SURFACE,
        QPalette.ColorRole.Link: Colour.ACCENT,
        QPalette.ColorRole.LinkVisited: Colour.ACCENT,
        QPalette.ColorRole.Mid: Colour.HAIRLINE,
        QPalette.ColorRole.Accent: Colour.ACCENT,
    }
    for role, name in roles.items():
        palette.setColor(role, colour(name))
    muted = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)
    for role in muted:
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour(Colour.MUTED))
    return palette
