"""What each column of a ledger means, where the header row is, and what the office has laid down about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from safetydesk.domain.cleaning import clean_text, raw_text
from safetydesk.domain.enterprise import headers
from safetydesk.domain.enterprise_fields import (
    FLAGS,
    Field,
    UnknownField,
    field,
    match_flag,
    match_header,
)
from safetydesk.spreadsheets.errors import ColumnMissing

HEADER_ROWS = 15
_SERIAL = frozenset(["序号", "编号", "NO", "NO.", "序", "行号", "原行号", "原因", "退回原因", "拒收原因"])
IGNORE_WORDS = ("-", "忽略", "")


class How(StrEnum):
    """By what a column was understood."""

    MAPPING = "mapping"  # laid down by the person
    TITLE = "title"  # key, label or alias, word for word
    SIMILAR = "similar"  # the same but for brackets and words like 企业…, …情况
    NEIGHBOUR = "neighbour"  # 电话 and 负责人, settled by the columns beside it
    FLAG = "flag"  # a yes/no column of one high-risk mark
    COMPUTED = "computed"  # the program works it out: passed over
    IGNORED = "ignored"  # serial numbers, the reason of a list of refused rows
    DOUBLED = "doubled"  # another column has this field already: passed over
    UNKNOWN = "unknown"  # passed over


@dataclass(frozen=True)
class Column:
    """One column. `field` is its key (`flags` with `flag` for the column of one mark), None where it is passed over."""

    index: int  # from 0
    letter: str
    header: str
    field: str | None
    how: How
    flag: str | None = None
    unit: str | None = None


def understand(titles: Sequence[object], mapping: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """The columns of a header row. `mapping`: {title or letter: field, mark or "-"}.

    Raises UnknownField and ColumnMissing.
    """
    columns = [_column(index, clean_text(raw_text(title))) for index, title in enumerate(titles)]
    columns = _apply(columns, mapping or {})
    return tuple(_without_doubles(_settle_neighbours(columns)))


def letter_of(index: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def index_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def score(columns: Sequence[Column]) -> int:
    """How much a row looks like the header: known columns, if the name of the enterprise is among them."""
    known = sum(1 for column in columns if column.field is not None)
    return known if any(column.field == "name" for column in columns) else 0


def find_header(rows: Sequence[Sequence[object]], mapping: Mapping[str, str] | None) -> int | None:
    """The index of the header among the first rows: the first one in which most columns are known."""
    best, found = 0, None
    for index, row in enumerate(rows[:HEADER_ROWS]):
        plain = [_column(place, clean_text(raw_text(title))) for place, title in enumerate(row)]
        points = score(_apply(plain, mapping or {}, strict=False)) if any(cell not in ("", None) for cell in row) else 0
        if points > best:
            best, found = points, index
    return found


def _column(index: int, header: str) -> Column:
    letter = letter_of(index)
    plain = headers.plain_header(header)
    if not plain or plain in _SERIAL:
        return Column(index, letter, header, None, How.IGNORED)
    if len(header) > 40:  # a title row or a note, not a heading
        return Column(index, letter, header, None, How.UNKNOWN)
    known = match_header(header)
    if known is not None:
        exact = headers.is_exact(header, known)
        return _of_field(Column(index, letter, header, None, How.TITLE if exact else How.SIMILAR), known)
    flag = match_flag(header)
    if flag is not None:
        return Column(index, letter, header, "flags", How.FLAG, flag=flag)
    return Column(index, letter, header, None, How.UNKNOWN)


def _of_field(column: Column, known: Field) -> Column:
    if not known.accepted:
        return replace(column, field=None, how=How.COMPUTED)
    return replace(column, field=known.key, flag=None, unit=headers.header_unit(column.header, known))


def _apply(columns: list[Column], mapping: Mapping[str, str], *, strict: bool = True) -> list[Column]:
    done = list(columns)
    for name, target in mapping.items():
        places = _places(name, columns)
        if not places and strict:
            raise ColumnMissing(column=name, columns=tuple(one.header for one in columns if one.header))
        for place in places:
            done[place] = _mapped(done[place], name, target.strip())
    return done


def _places(name: str, columns: Sequence[Column]) -> list[int]:
    """Titles go before letters: a column headed A is meant by A."""
    plain = headers.plain_header(name)
    titled = [column.index for column in columns if column.header and headers.plain_header(column.header) == plain]
    if titled or not (name.isascii() and name.isalpha() and len(name) <= 3):
        return titled
    index = index_of(name)
    return [index] if index < len(columns) else []


def _mapped(column: Column, name: str, target: str) -> Column:
    if target in IGNORE_WORDS:
        return replace(column, field=None, flag=None, how=How.IGNORED)
    if target in FLAGS:
        return replace(column, field="flags", flag=target, how=How.MAPPING)
    try:
        known = field(target)
    except UnknownField:
        raise UnknownField(column=name, field=target) from None
    return _of_field(replace(column, how=How.MAPPING), known)


def _settle_neighbours(columns: list[Column]) -> list[Column]:
    """负责人 beside 法定代表人 is the principal; of several 电话 each belongs to the person before it."""
    done = list(columns)
    taken = {one.field for one in columns if not _is_ambiguous(one)}
    for place, one in enumerate(columns):
        if _is_ambiguous(one) and headers.is_bare_person(one.header) and "legal_person" in taken:
            done[place] = replace(one, field="principal", how=How.NEIGHBOUR)
    bare = [
        place for place, one in enumerate(columns) if one.how is not How.MAPPING and headers.is_bare_phone(one.header)
    ]
    if len(bare) + ("phone" in taken) < 2:
        return done
    for place in bare:
        person = done[place - 1].field if place else None
        phone = headers.PHONE_OF_PERSON.get(person or "")
        if phone is not None and phone not in taken:
            done[place] = replace(done[place], field=phone, how=How.NEIGHBOUR)
    return done


def _is_ambiguous(column: Column) -> bool:
    bare = headers.is_bare_phone(column.header) or headers.is_bare_person(column.header)
    return bare and column.how is not How.MAPPING


def _without_doubles(columns: list[Column]) -> list[Column]:
    """One column for each field: what the person laid down, then its own title, then the first. Marks may repeat."""
    order = (How.MAPPING, How.TITLE, How.NEIGHBOUR, How.SIMILAR, How.FLAG)
    keepers: dict[str, Column] = {}
    for one in columns:
        if one.field is None or one.flag is not None:
            continue
        kept = keepers.get(one.field)
        if kept is None or _rank(one, order) < _rank(kept, order):
            keepers[one.field] = one
    return [one if _keeps(one, keepers) else replace(one, field=None, how=How.DOUBLED) for one in columns]


def _keeps(column: Column, keepers: Mapping[str, Column]) -> bool:
    return column.field is None or column.flag is not None or keepers[column.field] is column


def _rank(column: Column, order: Sequence[How]) -> tuple[int, bool]:
    own = column.field is not None and headers.is_own_title(column.header, field(column.field))
    return order.index(column.how), not own
