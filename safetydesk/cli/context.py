"""Folders, clock, passphrase and the open desk of one command."""

from __future__ import annotations

import os
import sys
from concurrent.futures import Future
from functools import cached_property
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any

from safetydesk.models import keys
from safetydesk.models.errors import PassphraseNeeded
from safetydesk.workflows.folders import data_folder, state_folder

if TYPE_CHECKING:
    from safetydesk.models.store import WallClock
    from safetydesk.workflows.desk import Desk
    from safetydesk.workflows.opening import Place


class Context:
    """What the commands share. The desk is opened when it is first asked for, and closed at the end."""

    def __init__(self, folder: Path, *, quiet: bool, needs_key: bool) -> None:
        self.folder = folder
        self.quiet = quiet
        self._needs_key = needs_key
        self._data_key: Future[keys.DataKey] | None = None
        self._opened: Desk | None = None
        self._passphrase: str | None = None

    @classmethod
    def of(cls, arguments: Any) -> Context:
        given = arguments.data or os.environ.get("SAFETYDESK_DATA")
        return cls(
            Path(given).expanduser() if given else data_folder(),
            quiet=arguments.quiet,
            needs_key=getattr(arguments, "needs_key", True),
        )

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is not None:
            self._opened.store.close()

    def prepare(self) -> None:
        """Begin to derive the key while the rest is still being imported; the passphrase leaves the environment now."""
        self._passphrase = keys.passphrase_from_environment()
        if not self._needs_key:
            return
        key_file = keys.read_key_file(self.folder)
        self._data_key = in_background(lambda: keys.unwrap(key_file, self.passphrase()))

    @property
    def is_set_up(self) -> bool:
        return (self.folder / keys.KEY_FILE).exists()

    @cached_property
    def clock(self) -> WallClock:
        """Raises BadClock."""
        from safetydesk.workflows.wall_clock import wall_clock

        return wall_clock(os.environ.get("SAFETYDESK_NOW"))

    @property
    def place(self) -> Place:
        from safetydesk.workflows.opening import Place

        return Place(self.folder, state_folder())

    @property
    def desk(self) -> Desk:
        """The open desk. Raises NoDataFolder, WrongPassphrase, NewerSchema ..."""
        if self._opened is None:
            from safetydesk.workflows.opening import open_desk

            if self._data_key is None:
                key_file = keys.read_key_file(self.folder)
                self._data_key = in_background(lambda: keys.unwrap(key_file, self.passphrase()))
            self._opened = open_desk(self.place, self._data_key, self.clock)
        return self._opened

    def passphrase(self, *, new: bool = False) -> str:
        """From the environment, or typed. Raises PassphraseNeeded where nobody can type."""
        if self._passphrase is None:
            self._passphrase = _typed(new=new)
        return self._passphrase

    def say(self, text: str) -> None:
        """Progress, for people."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)


def existing(file: Path) -> Path:
    """A file that somebody named. Raises FileMissing."""
    from safetydesk.spreadsheets.errors import FileMissing

    if not file.is_file():
        raise FileMissing(file=str(file))
    return file


def in_background(work: Any) -> Future[Any]:
    """Run in a thread of its own; the error, if any, comes out where the result is asked for."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def _typed(*, new: bool) -> str:
    if not sys.stdin.isatty():
        raise PassphraseNeeded
    import getpass

    while True:
        said = getpass.getpass("口令：", sys.stderr)
        if not new or said == getpass.getpass("再输一次：", sys.stderr):
            return said
        print("两次输入不一样，请重新输入。", file=sys.stderr)
