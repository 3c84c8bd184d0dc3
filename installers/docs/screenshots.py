"""Every screen, filled, empty and with an error: `make screenshots` (into docs/images).

One process for each scaling and appearance, because Qt reads the scaling once. The small set that the documentation
shows is kept in the repository, the rest is for looking at.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
SIZES = ("1366x768", "1920x1080")
SCALINGS = (100, 150)
SCHEMES = ("light", "dark")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES)
    parser.add_argument("--only", default="", help="part of a set or a picture: 1366x768-100-light, walk")
    asked = parser.parse_args()
    scratch = str(Path(tempfile.gettempdir()) / "safetydesk-pictures")  # it shows in some: always the same
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        Path(scratch).mkdir(mode=0o700)
        for scaling in SCALINGS:
            for scheme in SCHEMES:
                take = [sys.executable, str(Path(__file__).with_name("shots.py")), scratch, str(asked.out)]
                more = [str(scaling), scheme, ",".join(SIZES), asked.only]
                if _is_wanted(asked.only, scaling, scheme):
                    subprocess.run([*take, *more], check=True, env=_environment(scaling))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


def _is_wanted(only: str, scaling: int, scheme: str) -> bool:
    """Whether a set that is asked for by its name can be of this process at all."""
    named = [part for part in only.split("-") if part.isdigit() or part in SCHEMES]
    return all(part in (str(scaling), scheme) for part in named)


def _environment(scaling: int) -> dict[str, str]:
    """Without a display, with the shipped face and a time zone, so that the pictures are the same everywhere."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "TZ": "Asia/Shanghai",
        "PYTHONUTF8": "1",
        "PYTHONFAULTHANDLER": "1",
    }
    environment["QT_SCALE_FACTOR"] = str(scaling / 100)
    environment["QT_LOGGING_RULES"] = "qt.qpa.*=false"
    return environment


if __name__ == "__main__":
    sys.exit(main())
