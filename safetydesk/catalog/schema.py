"""The JSON Schema of a checklist file: for editors that check while one types, and for the manual.

`python -m safetydesk.catalog.schema > resources/checklists/schema.json` writes it anew; a test holds it up to date.
"""

from __future__ import annotations

import sys

import msgspec

from safetydesk.catalog.shapes import ChecklistShape


def schema_text() -> str:
    """The schema as indented JSON with a line end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ChecklistShape)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=1).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
