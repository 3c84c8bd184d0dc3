"""Passphrases: what others would come upon, and changing one without ever being without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, PASSPHRASE
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.models import keys
from safetydesk.models.errors import WeakPassphrase, WrongPassphrase
from safetydesk.models.tables import AuditEntry
from safetydesk.workflows import backups, passphrases
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import unlock
from safetydesk.workflows.passphrases import Advice, GuessablePassphrase, Level, familiar, judge

NEW = "老王家的狗叫旺财"
UNIT, NAME, BADGE = "云溪镇应急管理办公室", "王示例", "A-001"
KNOWN = familiar(UNIT, NAME, BADGE)


@pytest.mark.parametrize(
    ("passphrase", "advice"),
    [
        ("12345678", Advice.RUN),
        ("87654321", Advice.RUN),
        ("qwertyuiop", Advice.RUN),
        ("1qaz2wsx", Advice.RUN),
        ("asdf1234!@#$", Advice.RUN),
        ("woaini1314", Advice.COMMON),
        ("５２０１３１４５２０", Advice.COMMON),
        ("P@ssw0rd", Advice.COMMON),
        ("anquanshengchan", Advice.COMMON),
        ("安全生产安全生产", Advice.COMMON),
        ("应急管理安监办人民政府", Advice.COMMON),
        ("aaaaaaaaaaaa", Advice.REPEAT),
        ("niuniuniuniuniu", Advice.REPEAT),
        ("13812345678", Advice.NUMBER),
        ("19880412", Advice.NUMBER),
        ("330106198804121234", Advice.NUMBER),
        ("zhangwei1988", Advice.NUMBER),
        ("94715382", Advice.DIGITS),
        ("wangshili", Advice.NAME),
        ("WangShiLi88", Advice.NAME),
        ("yunxi2026", Advice.NAME),
        ("云溪镇应急管理办公室", Advice.NAME),
        ("yxzyjglbgs", Advice.NAME),
        ("a1b2", Advice.SHORT),
        ("", Advice.SHORT),
        ("三张桌子四把椅", Advice.SHORT),
    ],
)
def test_what_a_colleague_would_try_first_is_weak_and_says_why(passphrase: str, advice: Advice) -> None:
    judged = judge(passphrase, KNOWN)
    assert (judged.level, judged.advice) == (Level.WEAK, advice)


@pytest.mark.parametrize("passphrase", [NEW, "早上豆浆油条加辣", PASSPHRASE, "four plain words", "zaoshang doujiang"])
def test_a_phrase_of_ones_own_is_good(passphrase: str) -> None:
    assert judge(passphrase, KNOWN) == passphrases.Strength(Level.GOOD, Advice.FINE)


@pytest.mark.parametrize("passphrase", ["kX9#mQ2v", "kx9mq2vw", "门口老槐树1987", "correct horse"])
def test_what_is_neither_is_usable_with_a_way_to_better(passphrase: str) -> None:
    judged = judge(passphrase, KNOWN)
    assert judged.level is Level.USABLE
    assert judged.advice not in (Advice.FINE, Advice.SHORT)


def test_names_count_only_where_they_are_known() -> None:
    assert judge("wangshili 4 zhuo", KNOWN).level < judge("wangshili 4 zhuo").level


@pytest.mark.parametrize("advice", Advice)
def test_advice_is_one_plain_sentence(advice: Advice) -> None:
    assert advice.value.endswith("。")
    assert len(advice.value) < 45


@given(st.text(max_size=300))
def test_anything_that_can_be_typed_is_judged(passphrase: str) -> None:
    assert judge(passphrase, KNOWN).level in Level


def test_a_very_long_one_is_judged_like_its_beginning() -> None:
    assert judge("ab" * 50_000, KNOWN) == judge("ab" * 128, KNOWN)
    assert judge(NEW * 9_000, KNOWN).level is Level.GOOD


def test_familiar_forms_have_pinyin_and_initials_but_nothing_too_short() -> None:
    assert {"云溪", "yunxi", "王示例", "wangshili", "wsl", "wangsl", "shili"} <= KNOWN
    assert {"yx", "王", "w"} & KNOWN == set()
    assert familiar("", "", "") == frozenset()


def test_a_weak_one_is_refused_with_its_reason() -> None:
    with pytest.raises(WeakPassphrase):
        passphrases.check("短", KNOWN)
    with pytest.raises(GuessablePassphrase) as refused:
        passphrases.check("wangshili2026", KNOWN)
    assert refused.value.facts["why"] == Advice.NAME.value
    passphrases.check(NEW, KNOWN)


def test_after_a_change_the_new_one_opens_the_same_data_and_the_old_one_nothing(file_office: Any) -> None:
    desk = file_office.set_up()
    place = file_office.place()
    before = desk.store.key.derive("database")
    desk.store.close()
    passphrases.change_passphrase(place, PASSPHRASE, NEW, kdf=CHEAP)
    again = unlock(place, NEW, file_office.clock.wall())
    assert again.store.key.derive("database") == before
    again.store.close()
    with pytest.raises(WrongPassphrase):
        unlock(place, PASSPHRASE, file_office.clock.wall())


@pytest.mark.parametrize(("old", "new"), [("不是这一个口令啊", NEW), (PASSPHRASE, "12345678"), (PASSPHRASE, "短")])
def test_a_refused_change_leaves_the_key_file_byte_for_byte(file_office: Any, old: str, new: str) -> None:
    folder = file_office.set_up().store.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(("key", ".key"))}
    with pytest.raises(SafetyDeskError):
        passphrases.change_passphrase(file_office.place(), old, new, kdf=CHEAP)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.name.startswith(("key", ".key"))} == before


def test_one_changes_ones_own_while_it_is_open_and_the_audit_trail_says_so(file_desk: Desk, file_office: Any) -> None:
    passphrases.change_own(file_desk, PASSPHRASE, NEW, kdf=CHEAP)
    with file_desk.store.reading() as session:
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.action == "passphrase.changed")))
    assert len(entries) == 1
    assert NEW not in str(entries[0].detail) + entries[0].subject
    unlock(file_office.place(), NEW, file_office.clock.wall()).store.close()


def test_ones_own_name_is_known_when_one_changes(file_desk: Desk) -> None:
    with pytest.raises(GuessablePassphrase):
        passphrases.change_own(file_desk, PASSPHRASE, "wangshili2026", kdf=CHEAP)


def test_a_backup_from_before_still_opens_with_the_old_one(file_office: Any, tmp_path: Path) -> None:
    desk = file_office.set_up()
    made = backups.back_up(desk.store, tmp_path / "U 盘")
    passphrases.change_own(desk, PASSPHRASE, NEW, kdf=CHEAP)
    later = backups.back_up(desk.store, tmp_path / "U 盘")
    backups.lay_out(made.file, PASSPHRASE, tmp_path / "旧", "moment")
    backups.lay_out(later.file, NEW, tmp_path / "新", "moment")
    with pytest.raises(WrongPassphrase):
        backups.lay_out(made.file, NEW, tmp_path / "错", "moment")
    assert keys.read_key_file(tmp_path / "旧") != keys.read_key_file(tmp_path / "新")
