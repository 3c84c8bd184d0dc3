"""The passphrase: how easily somebody else would come upon it, and changing it.

The measure is of what a colleague or a finder of the laptop tries first: what everybody takes, the names in the room,
keys beside each other, dates and telephone numbers. It estimates, it promises nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.numbering import short_unit
from safetydesk.models import keys
from safetydesk.models.errors import WeakPassphrase
from safetydesk.workflows.changes import Changes

if TYPE_CHECKING:  # the first screen judges passphrases before the database is loaded
    from sqlalchemy.orm import Session

    from safetydesk.workflows.desk import Desk
    from safetydesk.workflows.folders import Place

LEAST_CHARACTERS = keys.LEAST_CHARACTERS
_USABLE_BITS, _GOOD_BITS = 36, 48  # at some hundred guesses a second: many months, and longer than anybody lives


class GuessablePassphrase(SafetyDeskError):
    """Others would come upon it. facts: why."""

    code = "guessable_passphrase"


class Level(IntEnum):
    WEAK = 0
    USABLE = 1
    GOOD = 2

    @property
    def label(self) -> str:
        return ("弱", "可用", "好")[self]


class Advice(StrEnum):
    """What would make it better, in one sentence. Never quotes what was typed."""

    SHORT = "再长一些：至少 8 个字，最好是一句只有自己知道的话。"
    COMMON = "里面有人人先试的写法（如 12345678、woaini1314），请换成别的。"
    NAME = "里面有单位或本人的名字（或它的拼音、首字母），请换成别的。"
    RUN = "里面有键盘上挨着的一串键，请打乱或换成词。"
    REPEAT = "里面有重复的字，重复不会更难猜，请换成别的。"
    NUMBER = "里面有日期、电话或证件号码，认识您的人会先试，请换成别的。"
    DIGITS = "只有数字太容易猜，请加上几个字或字母。"
    LONGER = "再加一两个不相干的词，就更难猜。"
    FINE = "别人很难猜到。"


@dataclass(frozen=True)
class Strength:
    level: Level
    advice: Advice


@dataclass(frozen=True)
class _Piece:
    """A stretch that is guessed as a whole."""

    start: int
    end: int
    bits: float
    advice: Advice


_BITS = {"digit": 3.3, "letter": 4.0, "chinese": 6.0, "sign": 4.0}
_FREE_LETTERS, _LETTER_OF_WORD = 3, 2.5  # after three letters one can guess how it goes on
_SWITCH = 1.5  # to another kind of character
_MOST_JUDGED = 256  # what lies beyond makes it no weaker

# What leaked lists and offices have most of. Longer ones are found by their parts as well.
_COMMON_WORDS = """
woaini woaiwo iloveyou aini lovely mylove 521 520 5201314 1314 1314520 147258 147258369 159357 123321 112233 123123
456456 147852 789456 666 888 168 518 999 123 1234 5678 110 119 120 12350 a123456 q123456 123456a abc123 abc abcd
password passwd pass admin administrator root user guest test login welcome letmein qwerty asdf zxcv qazwsx
mima kouling anquan shengchan anquanshengchan yingji yingjiban yingjiju anjian anjianban anjianju guanli
zhengfu renmin bangongshi jiedao zhongguo beijing shanghai china hello dragon monkey sunshine wangluo diannao
computer windows microsoft huawei lenovo xiaomi safetydesk safety office desk wps excel
安全 生产 安全生产 应急 应急办 应急局 应急管理 安监 安监办 网格 网格员 安全员 人民政府 办公室 街道 密码 口令 用户 管理员
我爱你 中国 中华 平安 发财 您好 你好 测试 电脑 台账 检查 隐患
"""
_COMMON = tuple(_COMMON_WORDS.split())
_KEYS = (
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()", "abcdefghijklmnopqrstuvwxyz"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol", "qazwsxedcrfvtgbyhnujm", "147258369", "789456123", "741852963"),
    "一二三四五六七八九十",
)
_LOOKALIKES = str.maketrans("@013$57!", "aolesstl")
_REPEATED = re.compile(r"(.)\1{2,}|(.{2,}?)\2+")
_NUMBERS = (
    (re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dx]"), 14.0),  # an identity card
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), 12.0),  # a mobile phone, of those people know
    (re.compile(r"(?:19[4-9]|20[0-4])\d(?:0?[1-9]|1[0-2])(?:[12]\d|3[01]|0?[1-9])"), 12.0),
    (re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"), 12.0),
    (re.compile(r"(?<!\d)(?:19[4-9]|20[0-4])\d(?!\d)"), 6.0),
)


def judge(passphrase: str, known: Collection[str] = ()) -> Strength:
    """How hard it is to come upon; `known` are the names of `familiar`. Quick: called at every key."""
    typed = unicodedata.normalize("NFKC", passphrase[:_MOST_JUDGED])
    said = typed.lower() if len(typed.lower()) == len(typed) else typed
    bits, saved = _least_bits(said, _costs(typed), list(_pieces(said, known)))
    worst = max(saved, key=lambda piece: saved[piece], default=None)
    if len(passphrase) < LEAST_CHARACTERS:
        return Strength(Level.WEAK, Advice.SHORT)
    level = Level.GOOD if bits >= _GOOD_BITS else Level.USABLE if bits >= _USABLE_BITS else Level.WEAK
    if level is Level.GOOD:
        return Strength(level, Advice.FINE)
    if worst is not None:
        return Strength(level, worst.advice)
    return Strength(level, Advice.DIGITS if said.isdigit() else Advice.LONGER)


@cache
def familiar(unit: str, *names: str) -> frozenset[str]:
    """The unit's and people's names as somebody would type them: as they are, in pinyin, by initials.

    Slow the first time (pinyin is loaded): not for the window's thread.
    """
    units = {unit.strip(), short_unit(unit)} if unit.strip() else set()
    persons = {name.strip() for name in names if name.strip()}
    forms = {form for text in units | persons for form in _forms(text)}
    forms |= {form for text in persons for form in _halves(text)}
    return frozenset(form for form in forms if len(form) >= (2 if not form.isascii() else 3))


def check(passphrase: str, known: Collection[str] = ()) -> None:
    """Raises WeakPassphrase where it is too short, GuessablePassphrase where others would come upon it."""
    if len(passphrase) < LEAST_CHARACTERS:
        raise WeakPassphrase(least=LEAST_CHARACTERS)
    strength = judge(passphrase, known)
    if strength.level is Level.WEAK:
        raise GuessablePassphrase(why=strength.advice.value)


def change_passphrase(
    place: Place, old: str, new: str, known: Collection[str] = (), *, kdf: keys.Kdf | None = None
) -> None:
    """Close the data with another passphrase. Backups made before still open with the old one.

    Raises WrongPassphrase, WeakPassphrase, GuessablePassphrase, PassphraseUnchanged, and what the disk says;
    then the old one holds.
    """
    from safetydesk.models.faults import understood

    check(new, known)
    with understood(place.folder):
        keys.rewrap(place.folder, old, new, kdf or keys.calibrated_kdf())


def change_own(desk: Desk, old: str, new: str, *, kdf: keys.Kdf | None = None) -> None:
    """Change the passphrase of what is open, and leave a line in the audit trail. Opens sessions of its own.

    Raises what `change_passphrase` raises. That the line could not be written takes nothing back.
    """
    from safetydesk.workflows.folders import Place

    with desk.store.reading() as session:
        known = known_names(session, desk)
    change_passphrase(Place(desk.store.folder, desk.store.folder), old, new, known, kdf=kdf)
    with suppress(SafetyDeskError), desk.store.writing() as session:
        note_change(session, desk)


def known_names(session: Session, desk: Desk) -> frozenset[str]:
    """The names that whoever finds this laptop would try first."""
    from safetydesk.models.tables import Officer, Unit

    officer = session.get_one(Officer, desk.officer_id)
    return familiar(session.get_one(Unit, desk.unit_id).name, officer.name, officer.badge or "")


def note_change(session: Session, desk: Desk) -> Changes:
    """A line in the audit trail: that, never what."""
    from safetydesk.models import clock as clocks

    clocks.record(session, "passphrase.changed", f"officer:{desk.officer_id.hex}", {})
    return Changes(settings=True)


def _pieces(said: str, known: Collection[str]) -> Iterator[_Piece]:
    yield from _words(said, known, 4, Advice.NAME)
    yield from _words(said, _COMMON, 6, Advice.COMMON)
    yield from _runs(said)
    for found in _REPEATED.finditer(said):
        unit = found.group(1) or found.group(2)
        yield _Piece(*found.span(), sum(_costs(unit)) + 2, Advice.REPEAT)
    for pattern, bits in _NUMBERS:
        for found in pattern.finditer(said):
            yield _Piece(*found.span(), bits, Advice.NUMBER)


def _words(said: str, words: Collection[str], bits: float, advice: Advice) -> Iterator[_Piece]:
    """Wherever a word stands, also with digits in the place of letters (p@ssw0rd)."""
    for text in dict.fromkeys((said, said.translate(_LOOKALIKES))):
        for word in words:
            at = text.find(word)
            while at >= 0:
                yield _Piece(at, at + len(word), bits, advice)
                at = text.find(word, at + 1)


def _runs(said: str) -> Iterator[_Piece]:
    """Three or more keys as they lie, forwards or backwards."""
    for row in (*_KEYS, *(row[::-1] for row in _KEYS)):
        start = 0
        while start < len(said) - 2:
            end = start + 1
            while end < len(said) and said[start : end + 1] in row:
                end += 1
            if end - start >= 3:
                yield _Piece(start, end, 5, Advice.RUN)
            start = max(end - 1, start + 1)


def _least_bits(said: str, costs: Sequence[float], pieces: Sequence[_Piece]) -> tuple[float, dict[_Piece, float]]:
    """The cheapest way to come upon the whole, and what each piece of it saves."""
    ending: dict[int, list[_Piece]] = {}
    for piece in pieces:
        ending.setdefault(piece.end, []).append(piece)
    best: list[tuple[float, _Piece | None]] = [(0.0, None)]
    for at in range(1, len(said) + 1):
        least: tuple[float, _Piece | None] = (best[at - 1][0] + costs[at - 1], None)
        for piece in ending.get(at, ()):
            bits = best[piece.start][0] + piece.bits
            if bits < least[0]:
                least = (bits, piece)
        best.append(least)
    saved: dict[_Piece, float] = {}
    at = len(said)
    while at:
        taken = best[at][1]
        if taken is not None:
            saved[taken] = sum(costs[taken.start : taken.end]) - taken.bits
        at = taken.start if taken is not None else at - 1
    return best[-1][0], saved


def _costs(typed: str) -> list[float]:
    """Bits of each character. Long rows of letters are words or pinyin; where kinds alternate, it is more like dice."""
    costs: list[float] = []
    before = ""
    for kind, group in groupby(typed, _kind):
        for at, character in enumerate(group):
            bits = _LETTER_OF_WORD if kind == "letter" and at >= _FREE_LETTERS else _BITS[kind]
            changes = character.isupper() and before.islower()
            costs.append(bits + (_SWITCH if at == 0 and before else 0) + changes)
            before = character
    return costs


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isascii():
        return "letter" if character.isalpha() else "sign"
    return "chinese" if character.isalpha() else "sign"


def _forms(text: str) -> Iterator[str]:
    from pypinyin import Style, lazy_pinyin

    bare = unicodedata.normalize("NFKC", text).casefold().replace(" ", "")
    syllables = [one.casefold() for one in lazy_pinyin(bare)]
    first_letters = [one.casefold() for one in lazy_pinyin(bare, style=Style.FIRST_LETTER)]
    yield from (bare, "".join(syllables), "".join(first_letters))


def _halves(name: str) -> Iterator[str]:
    """A person's given name and family name, each alone, and the family name with the initials of the other."""
    from pypinyin import lazy_pinyin

    bare = name.replace(" ", "")
    if bare.isascii() or not 2 <= len(bare) <= 4:
        return
    syllables = [one.casefold() for one in lazy_pinyin(bare)]
    initials = "".join(one[0] for one in syllables[1:])
    yield from (bare[1:], "".join(syllables[1:]), syllables[0], syllables[0] + initials)
