"""Keeps SQLAlchemy from loading asyncio and TLS, which a program that never awaits does not need: 3 MB, 10 ms.

SQLAlchemy names `asyncio` at its start and uses of it nothing but `iscoroutine`. What it holds instead is a stand-in that
loads the real one when anything else of it is asked for. Nobody else sees the stand-in.
"""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "asyncio"


class _PutOff(ModuleType):
    """Stands for a module until something of it is wanted."""

    iscoroutine = staticmethod(inspect.iscoroutine)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)


def import_sqlalchemy() -> None:
    """Once, before anything else imports it; whoever has asyncio already keeps it."""
    if _NAME in sys.modules or "sqlalchemy" in sys.modules:
        return
    stand_in = _PutOff(_NAME)
    sys.modules[_NAME] = stand_in
    try:
        import_module("sqlalchemy.orm")
        import_module("sqlalchemy.dialects.sqlite")  # with its own way to await
    finally:
        if sys.modules.get(_NAME) is stand_in:
            del sys.modules[_NAME]
