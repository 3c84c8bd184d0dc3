"""Makes resources/icons from the unpacked npm package: build.py PACKAGE_FOLDER OUT.

icons.txt says which: our name, and the set's name behind it where that differs. What comes out is one line an icon,
without the comment and the class of the source, so that a change of version is a change that one can read.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def wanted() -> dict[str, str]:
    """Our name of every icon, with the name it has in the set."""
    names = {}
    for line in (HERE / "icons.txt").read_text(encoding="utf-8").splitlines():
        ours, *theirs = line.partition("#")[0].split()[:2] or [""]
        if ours:
            names[ours] = theirs[0] if theirs else ours
    return names


def tidied(svg: str) -> str:
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace(" />", "/>").replace(" >", ">").strip()
    if 'stroke="currentColor"' not in svg or 'viewBox="0 0 24 24"' not in svg:
        raise ValueError(svg)
    return svg + "\n"


def main() -> int:
    package, out = Path(sys.argv[1]), Path(sys.argv[2])
    for ours, theirs in wanted().items():
        svg = (package / "icons" / f"{theirs}.svg").read_text(encoding="utf-8")
        (out / f"{ours}.svg").write_text(tidied(svg), encoding="utf-8")
    (out / "LICENSE").write_bytes((package / "LICENSE").read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
