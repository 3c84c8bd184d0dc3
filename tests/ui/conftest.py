"""The window's tests: without a display, and every test leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the application is made

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from safetydesk.ui.shell import Shell
from safetydesk.workflows.desk import Desk

PATIENCE = 5.0  # seconds until what is on its way out counts as leaked
QT_POOLED = "Thread (pooled)"  # Qt converts large pictures in threads of its own, which end by themselves
OWN_OF_QT = frozenset({"QTipLabel"})  # Qt makes one when it first needs it, and keeps it


def pytest_configure(config: pytest.Config) -> None:
    """What the screen that is none says of every window whose content grew."""
    config.addinivalue_line("qt_log_ignore", "propagateSizeHints")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Without a display nothing can be raised or grab the keyboard; where there is one, menus need it."""
    item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support "))


@pytest.fixture(autouse=True)
def nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Windows, threads, and Python's own collecting are after the test as they were before."""
    windows = set(map(id, _windows()))
    held = _windows()  # so that no id is given twice
    threads, native = set(threading.enumerate()), _native_threads()
    yield
    _deliver()
    if not _settled(windows, threads, native):
        gc.collect()  # a cycle is no leak
        _wait_for(windows, threads, native)
    assert gc.isenabled(), "the collecting of garbage was left switched off"
    assert not _new_windows(windows), "windows left behind"
    assert not [thread for thread in threading.enumerate() if thread not in threads], "threads left running"
    assert not _native_threads() - native, "threads of Qt or of a library left running"
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    del held


@pytest.fixture(autouse=True)
def garbage_is_collected_in_the_window_only() -> Iterator[None]:
    """As the program does it: what Qt owns must not die in a worker. Between two tests there is none."""
    usual = gc.get_threshold()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*usual)


@pytest.fixture
def shell(qapp: QApplication, file_desk: Desk, tmp_path: Path) -> Iterator[Shell]:
    """As screens get it, over a real store; `parts` says what stands in the place of dialogs."""
    from .parts import end_shell, make_shell

    made = make_shell(file_desk, tmp_path / "state")
    yield made
    end_shell(made)


def _windows() -> list[QWidget]:
    """What stands on the screen by itself. A window with a parent goes with it."""
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if one.parent() is None and one.metaObject().className() not in OWN_OF_QT]


def _new_windows(known: set[int]) -> list[str]:
    return [f"{one.metaObject().className()} {one.windowTitle()}" for one in _windows() if id(one) not in known]


def _native_threads() -> set[str]:
    """Also those that Python does not know, where the system tells: a QThread is one of them."""
    if not sys.platform.startswith("linux"):
        return set()
    tasks = {task.name: task / "comm" for task in Path("/proc/self/task").iterdir()}
    return {name for name, comm in tasks.items() if _said(comm) != QT_POOLED}


def _said(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:  # gone meanwhile
        return QT_POOLED


def _deliver() -> None:
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _settled(windows: set[int], threads: set[threading.Thread], native: set[str]) -> bool:
    return not (_new_windows(windows) or set(threading.enumerate()) - threads or _native_threads() - native)


def _wait_for(windows: set[int], threads: set[threading.Thread], native: set[str]) -> None:
    until = time.monotonic() + PATIENCE
    while not _settled(windows, threads, native) and time.monotonic() < until:
        for thread in set(threading.enumerate()) - threads:
            thread.join(0.05)
        _deliver()
