"""Sample data say of themselves that they are: on the lock screen, in the frame, in the title of the window."""

from __future__ import annotations

from typing import Protocol

from safetydesk.ui.text import tr
from safetydesk.workflows import sample_home
from safetydesk.workflows.folders import Place


class Door(Protocol):
    """What the lock screen offers."""

    def say_where(self, text: str) -> None: ...
    def offer_other(self, text: str) -> None: ...


def mark_lock_screen(screen: Door, place: Place) -> None:
    """Say that these are sample data, what their passphrase is, and offer the way to one's own."""
    found = sample_home.sample_of(place.folder)
    if found is None:
        return
    screen.say_where(tr("这是样例数据，都是编造的，随便试。\n口令：{passphrase}", passphrase=found.passphrase))
    screen.offer_other(tr("用我自己的数据"))


def own_place(place: Place) -> Place:
    """Where one's own data lies, seen from the sample data. From elsewhere: the place itself."""
    found = sample_home.sample_of(place.folder)
    return place if found is None else place._replace(folder=found.home)


def title_of(place: Place) -> str:
    """What the title of the window says besides the name of the program."""
    return tr("样例数据") if sample_home.sample_of(place.folder) is not None else ""
