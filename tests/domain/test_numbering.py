"""Document numbers: unique without a network, and only on papers that the unit may issue."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydesk.domain.kinds import PaperKind, Power
from safetydesk.domain.numbering import NotEmpowered, Series, check_power, document_number, letters_of, short_unit

SERIES = Series("云溪", "王", "K7Q")


def test_a_number_has_six_cornered_brackets_and_no_leading_zeros() -> None:
    assert document_number(PaperKind.RECTIFICATION, SERIES, 2026, 7) == "（云溪）应急责改〔2026〕王K7Q-7号"


@given(st.sampled_from(PaperKind), st.integers(2026, 2099), st.integers(1, 9999))
def test_kind_year_and_running_number_can_be_read_back(kind: PaperKind, year: int, running: int) -> None:
    number = document_number(kind, SERIES, year, running)
    assert re.fullmatch(rf"（云溪）\w+〔{year}〕王K7Q-{running}号", number)


def test_no_two_kinds_of_one_visit_look_alike() -> None:
    assert len({document_number(kind, SERIES, 2026, 1) for kind in PaperKind}) == len(PaperKind)


@given(st.uuids())
def test_the_letters_of_a_replica_are_three_and_none_is_read_as_another(replica: UUID) -> None:
    assert re.fullmatch("[A-HJ-NP-Z2-9]{3}", letters_of(replica))
    assert letters_of(replica) == letters_of(UUID(replica.hex))


def test_the_letters_of_many_replicas_are_spread_over_all_there_are() -> None:
    assert len({letters_of(uuid4()) for _ in range(200)}) > 190


def test_series_of_different_officers_or_replicas_never_share_a_counter() -> None:
    others = [
        Series("云溪", "王K", "7Q"),
        Series("云溪", "李", "K7Q"),
        Series("云溪", "王", "K7R"),
        Series("云", "溪王", "K7Q"),
    ]
    assert SERIES.key not in {one.key for one in others}


@pytest.mark.parametrize("power", Power)
def test_advice_and_records_may_be_issued_by_any_unit(power: Power) -> None:
    check_power(PaperKind.ADVICE, power)
    check_power(PaperKind.RECORD, power)


@pytest.mark.parametrize(
    ("kind", "power"),
    [
        (PaperKind.RECTIFICATION, Power.NONE),
        (PaperKind.MEASURES, Power.NONE),
        (PaperKind.MEASURES, Power.DELEGATED),
    ],
)
def test_an_order_without_the_power_for_it_is_refused(kind: PaperKind, power: Power) -> None:
    with pytest.raises(NotEmpowered) as refused:
        check_power(kind, power)
    assert refused.value.facts == {"kind": kind, "power": power}


@pytest.mark.parametrize("power", [Power.DELEGATED, Power.FULL])
def test_an_order_is_issued_with_delegated_or_full_power(power: Power) -> None:
    check_power(PaperKind.RECTIFICATION, power)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("云溪镇人民政府", "云溪"),
        ("云溪镇应急管理办公室", "云溪"),
        ("某某省某某市云溪区石桥街道办事处", "石桥"),
        ("某某省云溪市石桥镇人民政府", "石桥"),
        ("某某自治区某某市云溪区石桥镇应急办", "石桥"),
        ("石桥工业园区管委会", "石桥"),
        ("石桥经济开发区管理委员会", "石桥"),
        ("石桥高新区", "石桥高新区"),
        ("云溪县应急管理局", "云溪县"),
        ("马市镇人民政府", "马市"),
        (" 云溪镇 ", "云溪"),
    ],
)
def test_the_abbreviation_of_a_unit_is_its_own_name_alone(name: str, mark: str) -> None:
    assert short_unit(name) == mark


@given(st.text(min_size=1).filter(str.strip))
def test_every_unit_has_some_abbreviation(name: str) -> None:
    assert short_unit(name)
