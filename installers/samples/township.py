"""The sample township: 120 enterprises of the eight industries. All of it is invented, and can be seen to be.

* 样溪镇 and its villages do not exist; every name ends in （示例）; every person's second character is 例.
* Codes: 91, region 000000 (no region has it), so that no register can hold them; the check characters are right.
* Phones: 194 is a prefix that no operator has been given, 026 an area code that no area has; both have the right form.
* Coordinates: a box of open sea, some ten kilometres wide.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from safetydesk.catalog.codes import industry_rules, size_sectors
from safetydesk.domain import uscc
from safetydesk.domain.enterprise_fields import FLAGS, Value
from safetydesk.domain.enterprise_size import SizeClass, above_threshold, size_class
from safetydesk.domain.industry import supervised_industry

TOWNSHIP = "样溪镇"
ZONE = "样溪工业园"
VILLAGES = ("样桥村", "样塘村", "样湾村", "样庄村", "样浦村", "样岭村", "样港社区", "样新社区")
STREETS = ("示范路", "样板路", "例园路", "样工一路", "样工二路", "例河西路")
WEST, SOUTH, WIDTH, HEIGHT = 122.52, 31.21, 0.10, 0.08
SURVEYED_FROM = date(2026, 9, 1)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "安宁平顺和清明远志诚信达康健文武斌峰宇航晨曦岚宜兰静敏洁佳楠喆犇淼玥"
_BRANDS = (
    "青禾 远舟 晴川 拾光 云帆 恒石 北辰 南乔 松岭 竹径 梅坞 兰汀 海棠 木槿 朝露 晚枫 星野 月泉 霁雪 长风 "
    "飞檐 听涛 观澜 揽翠 凝霜 流萤 望舒 扶桑 白榆 丹桂 金穗 银杉 铁衣 铜铃 玉衡 天枢 开阳 摇光 瑶台 方舟 "
    "平野 高原 浅滩 深谷 沃土 良田 清溪 碧潭 紫藤 蓝湾 橙光 黄鹂 绿萝 赤松 墨竹 素笺 锦程 绣川 织云 裁月 "
    "知秋 迎春 半夏 立冬 谷雨 惊蛰 小满 芒种 寒露 白露 起点 转角 回廊 飞桥 石坊 瓦舍 木屋 砖窑 陶然 琉璃 "
    "百川 千帆 万木 十里 九曲 八荒 七弦 六合 五音 四方 三叠 双桥 单樯 独木 群山 众合 同舟 共济 齐心 协力 "
    "敏行 慎思 笃实 致远 明德 守拙 若谷 怀瑾 握瑜 含章 可贞 允执 厥中 率真 若水 上善 抱朴 见素 知止 有恒"
)


@dataclass(frozen=True)
class Trade:
    """A line of business: what stands in the name, its code, its marks and how many such enterprises there are."""

    name: str
    code: str
    products: str
    count: int
    flags: tuple[str, ...] = ()
    details: dict[str, Value] = field(default_factory=dict)
    kind: str = "生产"
    crew: int = 60  # about how many people


_DRY = {"dry_collector_count": 2, "wet_collector_count": 0}
_WET = {"dry_collector_count": 0, "wet_collector_count": 1}
TRADES: tuple[Trade, ...] = (
    # 冶金
    Trade(
        "铁合金",
        "3140",
        "硅锰合金",
        2,
        ("金属冶炼", "冶金煤气", "高温熔融金属"),
        {"electric_furnace_count": 2},
        crew=150,
    ),
    Trade("特钢", "3120", "合金钢锭", 1, ("金属冶炼", "高温熔融金属"), {"electric_furnace_count": 3}, crew=320),
    Trade("轧钢", "3130", "冷轧带钢", 2, ("工业燃气",), {"gas_kind": "天然气"}, crew=110),
    # 有色
    Trade("再生铝", "3216", "铝合金锭", 3, ("金属冶炼", "高温熔融金属"), {"electric_furnace_count": 2}, crew=90),
    Trade("铝材", "3252", "铝型材", 3, ("金属冶炼", "高温熔融金属", "深井铸造"), {"deep_well_casting": True}, crew=180),
    Trade("铜材", "3251", "铜管、铜棒", 3, ("工业燃气",), {"gas_kind": "天然气"}, crew=70),
    # 建材
    Trade("水泥制品", "3021", "预制构件", 3, ("有限空间",), {"confined_space_count": 4}),
    Trade("水泥", "3011", "通用水泥", 1, ("有限空间",), {"confined_space_count": 12}, crew=210),
    Trade("新型墙材", "3031", "烧结砖", 2, ("有限空间",), {"confined_space_count": 2}, crew=45),
    Trade("石材", "3032", "建筑板材", 3, crew=25),
    Trade("保温材料", "3034", "岩棉板", 3, crew=40),
    # 机械
    Trade("铝件抛光", "3360", "铝制品抛光加工", 4, ("粉尘涉爆",), {"dust_kinds": "铝粉", **_WET}, crew=36),
    Trade("五金打磨", "3399", "锌合金把手", 3, ("粉尘涉爆",), {"dust_kinds": "锌合金粉", **_DRY}, crew=42),
    Trade("静电喷塑", "3360", "金属件喷塑加工", 3, ("粉尘涉爆", "喷涂"), {"dust_kinds": "树脂粉末", **_DRY}, crew=28),
    Trade(
        "电镀",
        "3360",
        "镀锌、镀镍加工",
        3,
        ("有限空间", "危化品"),
        {"confined_space_count": 6, "chemicals": "盐酸、铬酐"},
    ),
    Trade("压铸", "3392", "铝压铸件", 4, ("高温熔融金属",), {"molten_metal_lifting": "叉车转运浇包"}, crew=85),
    Trade("钢结构", "3311", "钢梁、钢柱", 4, crew=95),
    Trade("精密机械", "3484", "机械零部件", 6, crew=55),
    Trade("阀门", "3443", "工业阀门", 3, crew=65),
    Trade("水泵", "3441", "离心泵", 2, crew=48),
    Trade("汽车部件", "3670", "制动支架", 5, ("喷涂",), crew=240),
    Trade("线缆", "3831", "电力电缆", 3, crew=75),
    Trade("锂电池", "3841", "锂离子电池组", 2, ("锂电", "危化品"), {"chemicals": "电解液"}, crew=160),
    # 轻工
    Trade("家具", "2110", "实木家具", 4, ("粉尘涉爆", "喷涂"), {"dust_kinds": "木粉", **_DRY}, crew=58),
    Trade(
        "饲料",
        "1329",
        "配合饲料",
        2,
        ("粉尘涉爆", "有限空间"),
        {"dust_kinds": "粮食粉尘", **_DRY, "confined_space_count": 5},
    ),
    Trade(
        "冷冻水产", "1361", "冻虾仁", 2, ("液氨制冷",), {"ammonia_use": "速冻、冷藏", "ammonia_quantity": 8.5}, crew=130
    ),
    Trade(
        "肉制品", "1353", "熟肉制品", 1, ("液氨制冷", "有限空间"), {"ammonia_quantity": 6.0, "confined_space_count": 3}
    ),
    Trade("酱菜", "1371", "腌渍蔬菜", 2, ("有限空间",), {"confined_space_count": 18}, crew=30),
    Trade("塑料制品", "2929", "注塑件", 5, crew=38),
    Trade("包装", "2231", "瓦楞纸箱", 3, ("有限空间",), {"confined_space_count": 2}, crew=44),
    Trade("制鞋", "1952", "皮鞋", 2, ("劳动密集",), {"shift_persons": 120}, crew=260),
    Trade("玻璃器皿", "3054", "日用玻璃杯", 2, ("工业燃气",), {"gas_kind": "天然气"}, crew=66),
    Trade("印刷", "2319", "包装印刷品", 1, ("危化品",), {"chemicals": "油墨、稀释剂"}, crew=33),
    # 纺织
    Trade(
        "印染",
        "1713",
        "棉布印染",
        3,
        ("有限空间", "危化品"),
        {"confined_space_count": 9, "chemicals": "双氧水"},
        crew=190,
    ),
    Trade("纺纱", "1711", "棉纱", 3, ("粉尘涉爆",), {"dust_kinds": "棉尘", **_DRY}, crew=140),
    Trade("服装", "1819", "工作服", 5, ("劳动密集",), {"shift_persons": 80}, crew=170),
    Trade("家纺", "1771", "床上用品", 3, ("劳动密集",), {"shift_persons": 45}, crew=90),
    # 烟草
    Trade("烟叶复烤", "1610", "复烤烟叶", 1, ("粉尘涉爆",), {"dust_kinds": "烟草粉尘", **_DRY}, crew=310),
    Trade("烟用材料", "1690", "烟用薄片", 1, crew=75),
    # 商贸
    Trade("仓储", "5920", "通用仓库租赁", 3, kind="仓储", crew=24),
    Trade(
        "冷链",
        "5930",
        "低温仓储",
        2,
        ("液氨制冷",),
        {"ammonia_use": "冷藏", "ammonia_quantity": 12.0},
        kind="仓储",
        crew=40,
    ),
    Trade("建材批发", "5165", "建筑材料批发", 3, kind="其他", crew=12),
    Trade("超市", "5212", "日用百货零售", 2, kind="其他", crew=55),
    Trade("酒楼", "6210", "餐饮服务", 2, ("工业燃气",), {"gas_kind": "液化石油气"}, kind="其他", crew=46),
)


def enterprises() -> list[dict[str, Value]]:
    """The rows of the sample ledger, the same on every run."""
    dice = random.Random(4754)
    trades = _mixed([trade for trade in TRADES for _ in range(trade.count)], dice)
    rows = [_enterprise(number, trade, dice) for number, trade in enumerate(trades, start=1)]
    _let_rooms(rows, dice)
    return rows


def code(number: int) -> str:
    body = f"MA{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(alphabet.index(one) * weight for one, weight in zip(body, weights, strict=True))
    first17 = f"91000000{body}{'0123456789X0'[11 - total % 11]}"
    return first17 + uscc.check_character(first17)


def _mixed(trades: list[Trade], dice: random.Random) -> list[Trade]:
    mixed = list(trades)
    dice.shuffle(mixed)
    return mixed


def _enterprise(number: int, trade: Trade, dice: random.Random) -> dict[str, Value]:
    people = _people(dice)
    headcount = max(4, round(trade.crew * dice.uniform(0.5, 1.6)))
    revenue = round(headcount * dice.uniform(18, 70), 0)
    village = VILLAGES[number % len(VILLAGES)]
    in_zone = dice.random() < 0.45
    address = f"{TOWNSHIP}{ZONE if in_zone else village}{dice.choice(STREETS)}{dice.randint(1, 188)}号"
    brand = _BRANDS.split()[number - 1]
    legal, principal, manager, contact = (next(people) for _ in range(4))
    row: dict[str, Value] = {
        "name": f"样溪{brand}{trade.name}有限公司（示例）",
        "uscc": code(number),
        "short_name": brand + trade.name,
        "village": village,
        "address": address,
        "registered_address": address if dice.random() < 0.8 else f"{TOWNSHIP}{dice.choice(STREETS)}{number}号",
        "legal_person": legal,
        "legal_person_phone": _phone(number, 1),
        "principal": legal if dice.random() < 0.6 else principal,
        "safety_manager": manager,
        "safety_manager_phone": _phone(number, 3),
        "contact": contact,
        "phone": _phone(number, 4) + (f"、026-6{number:03d}0{number % 10}{number % 7}6" if number % 9 == 0 else ""),
        "kind": trade.kind,
        "products": trade.products,
        "headcount": headcount,
        "revenue": revenue,
        "founded_on": date(2003, 1, 1) + timedelta(days=dice.randrange(7900)),
        "operating_state": "停产" if number % 40 == 0 else "半停产" if number % 27 == 0 else "在产",
        "premises": "自有",
        "longitude": round(WEST + dice.random() * WIDTH, 6),
        "latitude": round(SOUTH + dice.random() * HEIGHT, 6),
        "flags": [flag for flag in FLAGS if flag in trade.flags],
        **trade.details,
    }
    if in_zone:
        row["zone"] = ZONE
    row["principal_phone"] = row["legal_person_phone"] if row["principal"] == legal else _phone(number, 2)
    return row | _derived(trade.code, headcount, revenue) | _safety(trade, headcount, number, dice)


def _derived(code_: str, headcount: int, revenue: float) -> dict[str, Value]:
    found = supervised_industry(code_, industry_rules())
    assert found.industry is not None, code_
    sectors = size_sectors()
    size = size_class(code=code_, industry=None, headcount=headcount, revenue=revenue, sectors=sectors).size
    assert size is not SizeClass.UNDETERMINED
    above = above_threshold(code=code_, industry=None, revenue=revenue, sectors=sectors).above
    return {"industry": found.industry, "industry_code": code_, "size": size.value, "above_threshold": bool(above)}


def _safety(trade: Trade, headcount: int, number: int, dice: random.Random) -> dict[str, Value]:
    more: dict[str, Value] = {}
    if "粉尘涉爆" in trade.flags:
        more["dust_persons"] = max(3, min(headcount // 3, 46))
    if "有限空间" in trade.flags:
        more["confined_space_toxic"] = trade.name in ("印染", "酱菜", "电镀", "肉制品", "包装")
    more["fulltime_safety_count"] = max(1, headcount // 120) if headcount > 100 or "金属冶炼" in trade.flags else 0
    more["special_operation_count"] = headcount // 25
    more["standardization_level"] = dice.choice(("二级", "三级", "三级", "三级", "小微达标", "未创建"))
    if more["standardization_level"] != "未创建":
        more["standardization_valid_until"] = date(2026, 12, 1) + timedelta(days=dice.randrange(900))
    more["liability_insurance"] = bool({"金属冶炼", "粉尘涉爆", "液氨制冷"} & set(trade.flags)) or dice.random() < 0.4
    more["risk"] = _risk(trade.flags, more.get("dust_persons"), headcount)
    if number % 11:
        more["verification"] = "现场"
        more["verified_on"] = SURVEYED_FROM + timedelta(days=dice.randrange(70))
    else:
        more["verification"] = "电话"
    return more


def _risk(flags: tuple[str, ...], dust_persons: Value | None, headcount: int) -> str:
    """For the look of the sample only: the program has its own ways to a colour."""
    if "深井铸造" in flags or (isinstance(dust_persons, int) and dust_persons >= 30):
        return "红"
    if {"金属冶炼", "粉尘涉爆", "液氨制冷"} & set(flags):
        return "橙"
    return "黄" if flags or headcount > 150 else "蓝"


def _let_rooms(rows: list[dict[str, Value]], dice: random.Random) -> None:
    """厂中厂: four enterprises let rooms to three others each."""
    makers = [row for row in rows if row["kind"] == "生产"]
    chosen = dice.sample(makers, 16)
    for place, landlord in enumerate(chosen[:4]):
        _mark(landlord, premises="出租", tenant_count=3)
        for tenant in chosen[4 + place * 3 : 7 + place * 3]:
            _mark(tenant, premises="租赁", landlord=landlord["name"], address=landlord["address"])
            tenant["village"] = landlord["village"]


def _mark(row: dict[str, Value], **values: Value) -> None:
    marks = row["flags"]
    assert isinstance(marks, list)
    row.update(values)
    row["flags"] = [flag for flag in FLAGS if flag in {*marks, "厂中厂"}]


def _people(dice: random.Random) -> Iterator[str]:
    while True:
        yield dice.choice(_SURNAMES) + "例" + dice.choice(_GIVEN)


def _phone(number: int, place: int) -> str:
    return f"1940000{number:03d}{place}"
