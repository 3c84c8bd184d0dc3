"""A store as it is after years: many enterprises, some visits, hazards that are due. Made once, kept in bench/.cache."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from common import CLOCK, PASSPHRASE

from safetydesk.domain.ids import derived_id
from safetydesk.domain.kinds import PaperKind, Role
from safetydesk.domain.uscc import check_character
from safetydesk.models import clock as clocks
from safetydesk.models import keys
from safetydesk.models.tables import Enterprise, EnterpriseFlag
from safetydesk.workflows import answering, enterprises, finding, inspections, papers, searching, settings
from safetydesk.workflows.desk import Desk
from safetydesk.workflows.opening import Place, open_desk
from safetydesk.workflows.sample_visits import SETTINGS, UNIT, visits
from safetydesk.workflows.setting_up import Person, set_up

CACHE = Path(__file__).parent / ".cache"
MADE_AS = 1  # another number where what is made here changes
VISITS = 40
_AT_ONCE = 5_000
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲鑫宇浩凯健俊帆雪梅云飞"
_PLACES = "样溪 例田 云岭 石桥 新塘 东湾 西坪 南坝 北渡 青峰 大榆 小河 白沙 红旗 前进 长岗".split()
_TRADES = "机械 五金 塑料 纺织 家具 化工 食品 电子 印刷 铸造 木业 包装 制鞋 玻璃 建材 仓储 喷涂 饲料 造纸 轴承".split()
_WORDS = "宏达 兴旺 永固 恒通 金源 瑞丰 鼎盛 华星 安泰 广益 四方 双龙 三友 联创 顺发 天成 嘉禾 百川 万里 同心".split()
_KINDS = "有限公司 厂 加工厂 经营部 合作社 有限责任公司".split()
_FLAGS = ("粉尘涉爆", "有限空间", "涉氨制冷", "喷涂", "危化使用")
_RISKS = ("红", "橙", "黄", "蓝", "蓝", "蓝", None)


def grown(count: int) -> Place:
    """An installation with that many enterprises, to be read only. Its passphrase is PASSPHRASE.

    Not a copy: a copied store knows that it is one, and says so on every screen.
    """
    kept = CACHE / f"{count}-{MADE_AS}-{_newest_schema()}"
    if not (kept / "made").exists():
        shutil.rmtree(kept, ignore_errors=True)
        print(f"a store with {count:,} enterprises is made once (bench/.cache)...", file=sys.stderr)
        _make(Place(kept / "data", kept / "state"), count)
        (kept / "made").touch()
    return Place(kept / "data", kept / "state")


def _newest_schema() -> str:
    folder = Path(sys.modules["safetydesk.models"].__path__[0]) / "migrations" / "versions"
    return max(path.stem for path in folder.glob("v*.py"))


def _make(place: Place, count: int) -> None:
    set_up(place, Person(Role.OFFICE, UNIT, "袁例办", "YX-000"), PASSPHRASE, CLOCK)
    desk = open_desk(place, keys.unwrap(keys.read_key_file(place.folder), PASSPHRASE), CLOCK)
    dice = random.Random(20261121)
    with desk.store.writing() as session:
        for setting, value in SETTINGS.items():
            settings.put(session, setting, value)
        rows: list[dict[str, Any]] = []
        for part in _parts(count):
            made = [_enterprise(dice, number) for number in part]
            clocks.insert_rows(session, Enterprise, made)
            flags = [enterprises.flag_row(one["id"], dice.choice(_FLAGS)) for one in made if dice.random() < 0.2]
            clocks.insert_rows(session, EnterpriseFlag, flags)
            rows += made
        searching.enter(session, rows)
    _visit(desk, [one["id"] for one in dice.sample(rows, VISITS)])
    desk.store.close()


def _parts(count: int) -> Iterator[range]:
    return (range(at, min(at + _AT_ONCE, count)) for at in range(0, count, _AT_ONCE))


def _enterprise(dice: random.Random, number: int) -> dict[str, Any]:
    body = f"9133{dice.randrange(10**4):04}MA{number:07}"
    code = body + check_character(body)
    row_id = derived_id("enterprise", code)
    village = dice.choice(_PLACES)
    name = (
        f"{dice.choice(_PLACES)}{dice.choice(_WORDS)}{dice.choice(_GIVEN)}{dice.choice(_TRADES)}{dice.choice(_KINDS)}"
    )
    return {
        "id": row_id,
        "enterprise_id": row_id,
        "uscc": code,
        "name": name,
        "village": f"{village}村",
        "address": f"{village}村{dice.choice(_WORDS)}路{dice.randrange(1, 999)}号",
        "legal_person": _person(dice),
        "principal": _person(dice),
        "principal_phone": f"1{dice.choice('3578')}{dice.randrange(10**9):09}",
        "safety_manager": _person(dice),
        "phone": f"1{dice.choice('3578')}{dice.randrange(10**9):09}",
        "industry": "轻工",
        "headcount": dice.randrange(3, 400),
        "risk": dice.choice(_RISKS),
        "operating_state": "在产",
    }


def _person(dice: random.Random) -> str:
    return dice.choice(_FAMILY) + "".join(dice.choice(_GIVEN) for _ in range(dice.choice((1, 2))))


def _visit(desk: Desk, wanted: list[Any]) -> None:
    """The sample visits, held at these enterprises on the last forty days; three in four with their paper."""
    shipped = visits()
    for number, row_id in enumerate(wanted):
        visit = shipped[number % len(shipped)]
        answers = [one for one in visit.answers_on(desk.today() - timedelta(days=number)) if not one.photos]
        with desk.store.writing() as session:
            enterprise = finding.enterprise(session, str(row_id))
            inspection_id = inspections.start(session, desk, enterprise, visit.template)
        with desk.store.writing() as session:
            answering.answer(session, desk, answering.visit_of(session, str(inspection_id)), answers)
        with desk.store.writing() as session:
            found = inspections.finish(session, desk, finding.inspection(session, str(inspection_id)))
        if number % 4 and found:
            with desk.store.writing() as session:
                hazards = [finding.hazard(session, str(one)) for one in found]
                papers.issue(session, desk, PaperKind.RECTIFICATION, hazards)
