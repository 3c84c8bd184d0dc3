"""Prints the packages of packages.txt that do not show on this system, one a line, the indispensable ones first.

`missing.py --indispensable` leaves out those without which everything works that needs no virtual display.
"""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import sys
from pathlib import Path


def is_there(proof: str) -> bool:
    if proof == "venv":  # Debian splits it off: without ensurepip the module is there and makes nothing
        return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    if ".so" not in proof:
        return shutil.which(proof) is not None
    try:
        ctypes.CDLL(proof)
    except OSError:
        return False
    return True


def main() -> None:
    lines = (Path(__file__).parent / "packages.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.partition("#")[0].split() for line in lines if line.partition("#")[0].strip()]
    for package, proof in wanted:
        handy = proof in ("Xvfb", "xauth")
        if not (handy and "--indispensable" in sys.argv) and not is_there(proof):
            print(package)


if __name__ == "__main__":
    main()
