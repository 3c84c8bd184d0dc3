"""What the window remembers on this computer: its size, its looks, the width of columns. Never synced, nothing personal."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

FILE = "window.json"
_MOST_BYTES = 1 << 20
_MOST_PIXELS = 16_384


class Appearance(NamedTuple):
    """`scheme` is light, dark or system. `touch` makes every target 44 px high."""

    scheme: str = "light"
    large: bool = False
    touch: bool = False


class Remembered(NamedTuple):
    appearance: Appearance = Appearance()
    idle_minutes: int = 10
    size: tuple[int, int] | None = None
    maximised: bool = False
    rail_folded: bool = False
    last_folder: str = ""
    tables: dict[str, Any] = {}  # never changed in place
    said: dict[str, Any] = {}  # what a form offers again: the second inspector, ...


class Config:
    """Reads once; every change is written at once. A file that makes no sense counts as absent: it holds nothing dear."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self.now = _read(self._path)

    def change(self, **values: Any) -> None:
        self.now = self.now._replace(**values)
        self._write()

    def remember(self, key: str, value: Any) -> None:
        """Keep a plain value under a name of one's own."""
        self.change(said={**self.now.said, key: value})

    def recall(self, key: str, default: Any = None) -> Any:
        return self.now.said.get(key, default)

    def remember_table(self, name: str, value: Any) -> None:
        self.change(tables={**self.now.tables, name: value})

    def _plain(self) -> dict[str, Any]:
        return {**self.now._asdict(), "appearance": self.now.appearance._asdict()}

    def _write(self) -> None:
        """A full disk does not matter here: the window goes on without remembering."""
        import json

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return
        from PySide6.QtCore import QIODevice, QSaveFile

        file = QSaveFile(str(self._path))
        if file.open(QIODevice.OpenModeFlag.WriteOnly):
            file.write(json.dumps(self._plain(), ensure_ascii=False, indent=1).encode())
            file.commit()


def _read(path: Path) -> Remembered:
    import json

    try:
        with path.open("rb") as file:
            return _sound(json.loads(file.read(_MOST_BYTES)))
    except (OSError, ValueError, TypeError, OverflowError, RecursionError):
        return Remembered()


def _sound(plain: Any) -> Remembered:
    """Every value of its kind; what a newer program added is left out. Raises TypeError or ValueError."""
    values = _of_their_kinds(plain, Remembered())
    values["appearance"] = Appearance(**_of_their_kinds(plain.get("appearance", {}), Appearance()))
    if values["appearance"].scheme not in ("light", "dark", "system"):
        raise ValueError
    if values.get("size") is not None:
        width, height = values["size"]
        values["size"] = (min(int(width), _MOST_PIXELS), min(int(height), _MOST_PIXELS))
    found = Remembered(**values)
    tables = {name: table for name, table in found.tables.items() if isinstance(table, dict)}
    return found._replace(idle_minutes=min(max(found.idle_minutes, 0), 240), tables=tables)


def _of_their_kinds(plain: Any, usual: Any) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise TypeError
    found = {name: plain[name] for name in usual._fields if name in plain}
    for name, value in found.items():
        kind = type(getattr(usual, name))
        if kind in (str, bool, int, dict) and type(value) is not kind:
            raise TypeError
    return found
