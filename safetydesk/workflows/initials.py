"""Pinyin initials of names, for finding: 云溪长安铸造厂 by yxcazzc.

Some characters are read in several ways. Where a known phrase says how (重庆, 银行), that counts; elsewhere names are
entered under each way that occurs in names of people and firms, so that neither way of typing misses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import product

from safetydesk.models.dialect.grams import folded

_MOST_WAYS = 8
_LONGEST_PHRASE = 3
_SEVERAL = """
长cz 重zc 行xh 乐ly 调td 朝cz 盛sc 车cj 厦sx 会hk 都d 藏cz 传cz 弹td 贾jg 单ds 曾zc 查cz 解jx 仇cq 区qo 翟zd 覃tq
盖g 尉yw 系xj 校xj 省sx 降jx 角j 给gj 合hg 圈qj 卡kq 强q 泊bp 洗xs 涡wg 蔓mw 虹hj 畜xc 参sc 扎z 折zs 纤xq 轧zy 粘zn
铅qy 铛dc 镐gh 秘mb 屏pb 提td 壳kq 巷xh 番fp 暴bp 冯fp 俞ys 谷gy 郇xh 隗wk 石sd 叶yx 六lu 大dt 奇qj 召zs 种zc 适sk
"""  # the first is the usual one in names


def initials(text: str) -> str:
    """The initials of a name as it is most likely read: small letters, digits stay, everything else is left out."""
    return ways(text)[0]


@lru_cache(maxsize=8192)
def ways(text: str) -> tuple[str, ...]:
    """The initials in each way the name may be read, the likeliest first. Slow to load: on writing only."""
    choices = _choices(folded(text))
    several = [at for at, choice in enumerate(choices) if len(choice) > 1]
    for at in several[_MOST_WAYS.bit_length() - 1 :]:  # more than three such characters: the usual way has to do
        choices[at] = choices[at][0]
    return tuple("".join(way) for way in product(*choices))


def _choices(text: str) -> list[str]:
    """For each character the letters it may begin with."""
    letters, phrases, several = _letters(), _phrases(), _several()
    found: list[str] = []
    at = 0
    while at < len(text):
        for length in range(_LONGEST_PHRASE, 1, -1):
            if (known := phrases.get(text[at : at + length])) is not None:
                found += known
                at += length
                break
        else:
            character = text[at]
            letter = several.get(character) or letters.get(ord(character), "")
            found += [letter] if letter else [character] if character.isascii() and character.isalnum() else []
            at += 1
    return found


@cache
def _several() -> Mapping[str, str]:
    return {entry[0]: entry[1:] for entry in _SEVERAL.split()}


@cache
def _letters() -> Mapping[int, str]:
    """The first letter of every character, read alone."""
    from pypinyin.pinyin_dict import pinyin_dict

    return {code: _first(readings) for code, readings in pinyin_dict.items()}


@cache
def _phrases() -> Mapping[str, str]:
    """Short phrases that say how a character with several readings is read."""
    from pypinyin.phrases_dict import phrases_dict

    letters, several = _letters(), _several()
    known = {}
    for phrase, readings in phrases_dict.items():
        if len(phrase) > _LONGEST_PHRASE or len(readings) != len(phrase):
            continue
        read = "".join(_first(syllable[0]) for syllable in readings)
        if any(c in several or letters.get(ord(c)) != own for c, own in zip(phrase, read, strict=True)):
            known[phrase] = read
    return known


def _first(syllable: str) -> str:
    """Its first letter without the tone: ā is a."""
    return unicodedata.normalize("NFD", syllable[:1])[:1].lower()
