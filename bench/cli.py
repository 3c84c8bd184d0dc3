"""Start of `safetydesk --json today` beside `python -c pass` and the imports that it cannot avoid.

The data folder holds one office with the sample ledger; the passphrase is derived as at any start.
"""

from __future__ import annotations

import os
import subprocess
import sys

from common import PASSPHRASE, row, scratch_desk, timed

from safetydesk.catalog.resources import resource
from safetydesk.models import keys
from safetydesk.workflows import ledger_import

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
IMPORTS = (
    "import sqlalchemy.orm, sqlcipher3.dbapi2, cryptography.hazmat.primitives.ciphers.aead, argon2.low_level, msgspec"
)


def main() -> None:
    desk = scratch_desk()
    with desk.store.writing() as session:
        sheet = ledger_import.read(resource("samples", "ledger.xlsx"), None, {})
        ledger_import.apply(session, desk, sheet)
    folder, state = desk.store.folder, desk.store.folder.parent / "state"
    desk.store.close()
    key_file = keys.read_key_file(folder)
    derivation = [timed(lambda: keys.unwrap(key_file, PASSPHRASE)) for _ in range(5)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"SAFETYDESK_PASSPHRASE": PASSPHRASE, "XDG_STATE_HOME": str(state.parent)}
    state.rename(state.parent / "safetydesk")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "the imports it cannot avoid": [sys.executable, "-c", IMPORTS],
        "safetydesk --json today": [sys.executable, "-m", "safetydesk", "--data", str(folder), "--json", "today"],
        "safetydesk --version": [sys.executable, "-m", "safetydesk", "--version"],
        "safetydesk checklist list (no key needed)": [
            sys.executable,
            "-m",
            "safetydesk",
            "--data",
            "none",
            "checklist",
            "list",
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(ROUNDS + 1):
        for name, command in commands.items():
            took = timed(
                lambda command=command: subprocess.run(command, check=True, env=environment, capture_output=True)
            )
            if turn:
                times[name].append(took)
    for name, taken in times.items():
        print(row(name, taken))
    print(row("of this, the key derivation (in parallel)", derivation))


if __name__ == "__main__":
    main()
