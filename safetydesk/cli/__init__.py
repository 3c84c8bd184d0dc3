"""The command line: the outermost shell, where clock, folders, passphrase and store come together.

Names, options, JSON keys and exit codes are a public interface (docs/command-line.md). Everything that costs time to
import is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from safetydesk.domain.errors import Cancelled, IntegrityError, SafetyDeskError

if TYPE_CHECKING:
    from safetydesk.cli.output import Answer

DONE, REFUSED, USAGE, DAMAGED, STOPPED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or open the window where none is named. Returns the exit code; never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    from safetydesk.cli import window

    if not window.is_asked(words):
        return _command(words)
    try:
        return window.open_window(words)
    except KeyboardInterrupt:  # before the window was there to be closed
        return STOPPED
    except SafetyDeskError as error:
        return _refuse(error, REFUSED, as_json=False)
    except Exception as error:
        return _bug(error, as_json=False)


def _command(words: list[str]) -> int:
    from safetydesk.cli.arguments import UsageError, parse
    from safetydesk.cli.output import show

    as_json = "--json" in words
    try:
        arguments = parse(words)
        answer = run(arguments)
        show(answer, as_json=as_json, quiet=arguments.quiet)
    except UsageError as error:
        return _refuse(error, USAGE, as_json=as_json)
    except IntegrityError as error:
        return _refuse(error, DAMAGED, as_json=as_json)
    except SafetyDeskError as error:
        return _refuse(error, REFUSED, as_json=as_json)
    except (KeyboardInterrupt, Cancelled):
        print("已停止，没有保存未完成的操作。", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return REFUSED
    except Exception as error:
        return _bug(error, as_json=as_json)
    return answer.exit_code


def run(arguments: object) -> Answer:
    """The command that was asked for. Raises SafetyDeskError."""
    from importlib import import_module

    from safetydesk.cli.context import Context

    module, _, name = arguments.command.partition(":")  # type: ignore[attr-defined]
    with Context.of(arguments) as context:
        context.prepare()
        command = getattr(import_module(f"safetydesk.cli.{module}"), name)
        answer: Answer = command(context, arguments)
        return answer


def _refuse(error: SafetyDeskError, exit_code: int, *, as_json: bool) -> int:
    from safetydesk.cli.output import say_error
    from safetydesk.workflows.error_texts import words_for

    say_error(error.code, words_for(error), as_json=as_json)
    return exit_code


def _bug(error: Exception, *, as_json: bool) -> int:
    """Not a known problem: details go to the log, without the values that were being worked on."""
    from safetydesk.cli.output import say_error
    from safetydesk.workflows.crash import note_crash
    from safetydesk.workflows.error_texts import Words

    if os.environ.get("SAFETYDESK_DEBUG"):
        import logging

        logging.getLogger(__name__).exception("bug")
    file = note_crash(error)
    words = Words(
        "程序内部出错，这一步没有完成，已有的数据没有改动。",
        f"请把日志交给维护人员：{file}" if file else "请重试一次。",
    )
    say_error("bug", words, as_json=as_json)
    return REFUSED
