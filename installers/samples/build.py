"""Make resources/samples: the ledger, the site photos and the sample visits. The same bytes on every run.

python installers/samples/build.py [--font FILE] [--out DIR]
"""

from __future__ import annotations

import argparse
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pictures
import township
import visits

from safetydesk.catalog.resources import resources_folder
from safetydesk.domain.enterprise_fields import Value, field
from safetydesk.spreadsheets.ledger_writer import write_ledger

_COLUMNS = (
    "name uscc short_name village zone address registered_address legal_person legal_person_phone principal "
    "principal_phone safety_manager safety_manager_phone contact phone industry industry_code kind products headcount "
    "revenue founded_on above_threshold size operating_state premises landlord tenant_count longitude latitude risk "
    "flags electric_furnace_count deep_well_casting molten_metal_lifting dust_kinds dust_persons dry_collector_count "
    "wet_collector_count confined_space_count confined_space_toxic ammonia_use ammonia_quantity chemicals gas_kind "
    "shift_persons fulltime_safety_count special_operation_count standardization_level standardization_valid_until "
    "liability_insurance verification verified_on note"
)
_MADE_AT = "2026-11-01T00:00:00Z"
_ZIP_TIME = (2026, 11, 1, 0, 0, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, help="a face with Chinese characters for the captions of the photos")
    parser.add_argument("--out", type=Path, default=resources_folder() / "samples")
    options = parser.parse_args()
    (options.out / "photos").mkdir(parents=True, exist_ok=True)
    rows = township.enterprises()
    write_ledger(options.out / "ledger.xlsx", [field(key) for key in _COLUMNS.split()], rows)
    settle(options.out / "ledger.xlsx")
    pictures.draw_all(options.out / "photos", options.font or pictures.shipped_font(), _places(rows))
    visits.write(options.out / "visits.yaml", rows)


def _places(rows: list[dict[str, Value]]) -> dict[str, tuple[float, float]]:
    places = {}
    for visit, (_place, row) in visits.visited(rows).items():
        longitude, latitude = row["longitude"], row["latitude"]
        assert isinstance(longitude, float)
        assert isinstance(latitude, float)
        places[visit] = (longitude, latitude)
    return places


def settle(path: Path) -> None:
    """Take the time of making out of a workbook, so that equal content is equal bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _MADE_AT.encode(), data)
            target.writestr(zipfile.ZipInfo(name, _ZIP_TIME), data, zipfile.ZIP_DEFLATED, 9)
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    main()
