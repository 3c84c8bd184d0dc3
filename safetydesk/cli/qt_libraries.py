"""Says in one line why the window cannot open, when Qt itself could not be loaded."""

from __future__ import annotations

import os

from safetydesk.cli.output import say_error
from safetydesk.workflows.error_texts import words_for
from safetydesk.workflows.window_libraries import import_trouble


def say_missing(error: ImportError) -> None:
    """Name what is missing. An import error that no person can mend is raised again."""
    trouble = import_trouble(error, os.environ)
    if trouble is None:
        raise error
    say_error(trouble.code, words_for(trouble), as_json=False)
