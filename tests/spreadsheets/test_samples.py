"""The shipped sample data: invented, consistent, and fit for the checklists it goes with."""

from __future__ import annotations

import re

import pytest
import yaml
from PIL import Image

from safetydesk.catalog.checklists import shipped_checklist
from safetydesk.catalog.codes import industry_rules, size_sectors
from safetydesk.catalog.resources import resource
from safetydesk.domain import uscc
from safetydesk.domain.checklist import When
from safetydesk.domain.enterprise_size import above_threshold, size_class
from safetydesk.domain.industry import supervised_industry
from safetydesk.domain.limits import limit_for
from safetydesk.spreadsheets.ledger_reader import read_ledger

TEMPLATES = ["confined-space", "dust-explosion", "hot-work"]
UNASSIGNED = re.compile(r"1940000\d{4}|026-6\d{7}")


@pytest.fixture(scope="module")
def rows():
    return read_ledger(resource("samples", "ledger.xlsx")).rows


@pytest.fixture(scope="module")
def visits():
    loaded = yaml.safe_load(resource("samples", "visits.yaml").read_text(encoding="utf-8"))
    return {visit["template"]: visit for visit in loaded["visits"]}


def test_no_register_can_hold_the_codes_and_no_operator_the_phones(rows):
    for row in rows:
        assert row.uscc[:8] == "91000000"
        assert not uscc.has_odd_organisation_part(row.uscc)
        phones = [str(value) for key, value in row.values.items() if key == "phone" or key.endswith("_phone")]
        assert all(UNASSIGNED.fullmatch(number) for cell in phones for number in cell.split("、"))


def test_every_person_is_plainly_invented(rows):
    people = [row.values.get(key) for row in rows for key in ("legal_person", "principal", "safety_manager", "contact")]
    assert all(person[1] == "例" for person in people)


def test_what_is_derived_agrees_with_the_tables(rows):
    for row in rows:
        values = row.values
        figures = {"code": values["industry_code"], "industry": None, "revenue": values["revenue"]}
        assert supervised_industry(values["industry_code"], industry_rules()).industry == values["industry"]
        found = size_class(**figures, headcount=values["headcount"], sectors=size_sectors())
        assert found.size == values["size"]
        assert bool(above_threshold(**figures, sectors=size_sectors()).above) == values["above_threshold"]


def test_landlords_and_tenants_belong_together(rows):
    names = {row.name: row for row in rows}
    tenants = [row for row in rows if row.values["premises"] == "租赁"]
    assert len(tenants) == 12
    for tenant in tenants:
        landlord = names[tenant.values["landlord"]]
        assert landlord.values["address"] == tenant.values["address"]
        assert "厂中厂" in landlord.values["flags"]
        assert "厂中厂" in tenant.values["flags"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_visit_answers_every_item_of_its_checklist(template, visits):
    answers = [answer["item"] for answer in visits[template]["answers"]]
    assert sorted(answers) == sorted(item.id for item in shipped_checklist(template).items)


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_visit_belongs_to_the_row_it_names(template, visits, rows):
    visit = visits[template]
    row = next(one for one in rows if one.row == visit["row"])
    assert (row.uscc, row.name) == (visit["uscc"], visit["enterprise"])


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_visit_has_findings_with_notes_and_a_major_hazard(template, visits):
    items = {item.id: item for item in shipped_checklist(template).items}
    failed = [answer for answer in visits[template]["answers"] if answer["result"] == "fail"]
    assert 4 <= len(failed) <= 6
    assert all(answer["note"] for answer in failed)
    assert any(rule.when is When.ALONE for answer in failed for rule in items[answer["item"]].major)
    assert {answer["result"] for answer in visits[template]["answers"]} == {"pass", "fail", "na", "unchecked"}


def test_readings_are_in_a_unit_of_their_item(visits):
    for template, visit in visits.items():
        items = {item.id: item for item in shipped_checklist(template).items}
        for answer in visit["answers"]:
            if "value" in answer:
                assert answer["unit"] in {limit.unit for limit in items[answer["item"]].limits}


def test_every_photo_is_there_with_its_time_and_place_and_used(visits):
    used = {photo for visit in visits.values() for answer in visit["answers"] for photo in answer.get("photos", ())}
    there = {f"photos/{path.name}" for path in resource("samples", "photos").iterdir()}
    assert used == there
    assert len(there) == 8
    for photo in there:
        path = resource("samples", *photo.split("/"))
        assert path.stat().st_size <= 150 << 10
        with Image.open(path) as picture:
            assert picture.size == (1600, 1200)
            exif = picture.getexif()
            assert exif.get_ifd(0x8769)[0x9003].startswith("2026:11:")
            longitude = exif.get_ifd(0x8825)[4]
        assert 122.5 < longitude[0] + longitude[1] / 60 + longitude[2] / 3600 < 122.65


def test_every_reading_belongs_to_one_limit(visits):
    """Two limits in metres or volts: without its name a reading would not be judged."""
    for template, visit in visits.items():
        checklist = shipped_checklist(template)
        for answer in visit["answers"]:
            if "value" in answer:
                item = checklist.item(answer["item"])
                assert limit_for(item.limits, answer.get("gas"), answer.get("unit")) is not None, answer["item"]
