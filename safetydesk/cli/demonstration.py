"""demo."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from safetydesk.cli.context import Context
from safetydesk.cli.output import Answer, table
from safetydesk.workflows.folders import state_folder


def demo(context: Context, arguments: Namespace) -> Answer:
    from safetydesk.workflows.demonstration import PASSPHRASE, Demonstration

    out: Path = arguments.out
    made = Demonstration(out, state_folder(), context.clock, arguments.officers, context.say).run()
    value = {
        "files": [str(file) for file in made.files],
        "steps": [{"name": step.name, "seconds": step.seconds, "figures": dict(step.figures)} for step in made.steps],
    }
    rows = [
        (step.name, f"{step.seconds:6.2f} 秒", "，".join(f"{name} {figure}" for name, figure in step.figures.items()))
        for step in made.steps
    ]
    total = sum(step.seconds for step in made.steps)
    return Answer(
        value,
        [
            "",
            *table([("步骤", "  用时", "结果"), *rows, ("合计", f"{total:6.2f} 秒", "")], ""),
            "",
            "做出的文件：",
            *(f"  {file}" for file in made.files),
            "",
            f"样例数据的口令是“{PASSPHRASE}”。接着可以试：",
            f"  SAFETYDESK_PASSPHRASE='{PASSPHRASE}' .venv/bin/safetydesk --data {out / 'officer-1'} today",
        ],
    )
