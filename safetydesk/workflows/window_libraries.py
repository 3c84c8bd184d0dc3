"""Why the window cannot open: which piece of the system is missing, and which Debian package holds it.

No Qt here: this is asked when Qt could not be loaded, or has just given up. Nothing is looked at before that.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from safetydesk.domain.errors import SafetyDeskError


class WindowLibraryMissing(SafetyDeskError):
    """`libraries` that do not load, and the `packages` that hold them."""

    code = "window_library_missing"


class WindowNotInstalled(SafetyDeskError):
    """The package that draws windows is not there, or not whole."""

    code = "window_not_installed"


class NoDisplay(SafetyDeskError):
    """Nowhere to open a window: no display is named, or it does not answer."""

    code = "no_display"


ALWAYS: dict[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""What Qt is linked with, display or not."""
ON_X: dict[str, str] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_LIBRARY = re.compile(r"([\w.+-]+\.so(?:\.\d+)*): ")


def import_trouble(error: ImportError, environment: Mapping[str, str]) -> SafetyDeskError | None:
    """What the person can mend behind this import error; None where it is a mistake of ours."""
    if isinstance(error, ModuleNotFoundError):
        missing = (error.name or "").partition(".")[0]
        return WindowNotInstalled() if missing in ("PySide6", "shiboken6") else None
    named = _LIBRARY.search(str(error))
    if named is None:
        return None
    expected = ALWAYS | (ON_X if _wants_x(environment) else {})
    return _missing(expected) or WindowLibraryMissing(libraries=named[1], packages=_package(named[1]))


def display_trouble(environment: Mapping[str, str]) -> SafetyDeskError:
    """Qt was loaded and found no display: a library that only a display needs, or the display itself."""
    return (_missing(ON_X) if _wants_x(environment) else None) or NoDisplay()


def _wants_x(environment: Mapping[str, str]) -> bool:
    platform = environment.get("QT_QPA_PLATFORM", "")
    return (
        sys.platform.startswith("linux") and (platform or "xcb").startswith("xcb") and bool(environment.get("DISPLAY"))
    )


def _missing(expected: Mapping[str, str]) -> SafetyDeskError | None:
    """All at once: who installs one after the other loses patience."""
    if not sys.platform.startswith("linux"):
        return None
    missing = [library for library in expected if not _loads(library)]
    if not missing:
        return None
    packages = dict.fromkeys(expected[library] for library in missing)
    return WindowLibraryMissing(libraries="、".join(missing), packages=" ".join(packages))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _package(library: str) -> str:
    """The usual name of the package that holds a library, for one that nobody foresaw."""
    name, _, version = Path(library).name.partition(".so")
    version = version.lstrip(".").partition(".")[0]
    known = (ALWAYS | ON_X).get(Path(library).name)
    return known or f"{name}{'-' if name[-1:].isdigit() else ''}{version}".lower()
