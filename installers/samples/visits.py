"""Three sample visits as lists of answers: a dyeing works, a polishing shop, a steel builder.

Most items pass; what an officer would not reach in one visit stays unchecked. Each visit has findings with notes, at
least one of them a major hazard by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from safetydesk.domain.enterprise_fields import Value

Answer = dict[str, Any]


def _fail(note: str, *photos: str, **reading: Any) -> Answer:
    answer: Answer = {"result": "fail", **reading, "note": note}
    if photos:
        answer["photos"] = [f"photos/{photo}" for photo in photos]
    return answer


def _pass(note: str = "", **reading: Any) -> Answer:
    return {"result": "pass", **reading, **({"note": note} if note else {})}


def _na(note: str) -> Answer:
    return {"result": "na", "note": note}


_UNCHECKED: Answer = {"result": "unchecked"}

_CONFINED_SPACE: dict[str, Answer] = {
    "CS-03": _fail("污水站调节池、厌氧池两处人孔旁没有安全警示标志。", "open-manhole.jpg"),
    "CS-05": _fail("调节池人孔盖板移开，未上锁，周围没有围挡，作业审批前人员可以直接进入。", "open-manhole.jpg"),
    "CS-11": _na("主要负责人本人审批，没有委托。"),
    "CS-15": _pass("今年4月培训一次，签到和试卷齐全。"),
    "CS-18": _UNCHECKED,
    "CS-20": _pass("风机两台，风管8米，通电试风正常。"),
    "CS-22": _fail("安全带、三脚架锁在仓库，没有摆到作业现场。"),
    "CS-30": _fail("11月17日上午清理调节池池壁，票上没有检测记录，现场人员承认进入前没有测气，仪器放在办公室。"),
    "CS-31": _na("进入前没有检测，见CS-30。"),
    "CS-32": _na("进入前没有检测，见CS-30。"),
    "CS-34": _na("进入前没有检测，见CS-30。"),
    "CS-36": _na("进入前没有检测，见CS-30。"),
    "CS-37": _UNCHECKED,
    "CS-27": _UNCHECKED,
    "CS-33": _fail(
        "在池口外上风侧用泵吸式仪器复测，氧含量低，池内有2人在作业，已当场叫停撤出。",
        "gas-detector.jpg",
        value=18.2,
        unit="%VOL",
    ),
    "CS-35": _na("进入前没有检测，见CS-30。"),
    "CS-40": _pass("池口有1名监护人，穿反光背心。"),
    "CS-41": _pass("对讲机试通正常。"),
    "CS-42": _fail("监护人回答池内有人晕倒时会先下去拉人，不清楚应先报警和通风。"),
    "CS-43": _UNCHECKED,
    "CS-44": _pass("行灯变压器输出电压现场测得。", value=12, unit="V", gas="voltage-wet"),
    "CS-46": _na("没有动火和涂刷作业。"),
    "CS-47": _UNCHECKED,
    "CS-48": _pass("污水处理设施已列入重点清单。"),
    "CS-50": _na("不是建材企业。"),
}
_DUST: dict[str, Answer] = {
    "DE-08": _UNCHECKED,
    "DE-10": _UNCHECKED,
    "DE-14": _fail("打磨车间东侧安全出口被成垛纸箱堵住，门从里面打不开。", "blocked-exit.jpg"),
    "DE-15": _UNCHECKED,
    "DE-19": _fail("1号干式除尘器箱体上没有泄爆片，也没有惰化、抑爆装置，企业拿不出设备资料。", "dust-collector.jpg"),
    "DE-22": _na("铝、镁以外的粉尘，现场为负压吸风。"),
    "DE-26": _fail("打磨区配电箱门敞开，箱底积尘，一根备用线线头外露。", "electric-box.jpg"),
    "DE-27": _na("没有粉碎、研磨、造粒设备。"),
    "DE-28": _na("不是木制品企业。"),
    "DE-29": _na("锌合金粉尘，不属遇湿自燃金属粉尘。"),
    "DE-30": _na("没有湿式除尘。"),
    "DE-31": _na("没有湿式除尘。"),
    "DE-32": _fail("车间墙上没有清灰制度，班组长说不出多久清一次。"),
    "DE-33": _fail(
        "三根横梁上表面积尘看不见本色，尺量约3毫米，清扫记录停在10月28日。", "dust-on-beam.jpg", value=3, unit="mm"
    ),
    "DE-36": _pass("停机后除尘继续运行，规程和现场一致。", value=12, unit="min"),
    "DE-43": _UNCHECKED,
    "DE-46": _na("检修由本厂人员完成。"),
    "DE-49": _na("没有铝镁粉尘和镁合金废屑。"),
    "DE-52": _UNCHECKED,
    "DE-53": _na("没有喷塑工序。"),
}
_HOT_WORK: dict[str, Answer] = {
    "HW-03": _UNCHECKED,
    "HW-08": _na("只有动火一项作业。"),
    "HW-09": _fail("电焊工1人拿不出特种作业操作证，查询平台也没有记录，已当场停止焊接。"),
    "HW-10": _pass("另一名焊工的证在有效期内。"),
    "HW-11": _fail("动火点下方3米内堆有纸箱和包装膜，没有清走也没有遮盖。", "combustibles.jpg"),
    "HW-13": _na("15米内没有易燃物料设备。"),
    "HW-14": _na("没有排放可燃气、可燃液体的地方。"),
    "HW-16": _fail("动火点旁没有灭火器，最近一具在30米外，压力指针已在红区。"),
    "HW-17": _na("露天厂房，周边没有易燃易爆介质。"),
    "HW-18": _na("不需要测气。"),
    "HW-19": _na("不需要测气。"),
    "HW-20": _na("没有旧容器切割。"),
    "HW-21": _fail("氧气瓶与乙炔瓶之间尺量3.2米。", "gas-cylinders.jpg", gas="distance-cylinders", value=3.2, unit="m"),
    "HW-22": _pass("乙炔瓶直立，有防回火装置。"),
    "HW-26": _pass("焊机放在动火点旁，尺量。", value=6, unit="m"),
    "HW-29": _na("没有高处动火。"),
    "HW-30": _na("不是粉尘场所。"),
    "HW-31": _na("不是粉尘设备。"),
    "HW-32": _na("不是特级动火。"),
    "HW-33": _pass("当日风力3级。"),
    "HW-34": _UNCHECKED,
    "HW-36": _na("没有外包动火。"),
    "HW-38": _UNCHECKED,
}

# Checklist, prefix and number of its items, the trade that is visited, the first day, and what is not simply right.
_VISITS: tuple[tuple[str, str, int, str, str, dict[str, Answer]], ...] = (
    ("confined-space", "CS", 50, "印染", "2026-11-17", _CONFINED_SPACE),
    ("dust-explosion", "DE", 53, "五金打磨", "2026-11-18", _DUST),
    ("hot-work", "HW", 39, "钢结构", "2026-11-19", _HOT_WORK),
)


def visited(rows: Sequence[dict[str, Value]]) -> dict[str, tuple[int, dict[str, Value]]]:
    """By checklist: the row's place in the sheet, and the row."""
    found = {}
    for template, _prefix, _count, trade, _day, _special in _VISITS:
        found[template] = next((place, row) for place, row in enumerate(rows, start=2) if trade in str(row["name"]))
    return found


def write(path: Path, rows: Sequence[dict[str, Value]]) -> None:
    """The visits with the sample enterprise each belongs to. Photo paths are relative to the file."""
    visits = []
    enterprises = visited(rows)
    for template, prefix, count, _trade, day, special in _VISITS:
        place, row = enterprises[template]
        items = [f"{prefix}-{number:02d}" for number in range(1, count + 1)]
        assert set(special) <= set(items), template
        visits.append(
            {
                "template": template,
                "uscc": row["uscc"],
                "enterprise": row["name"],
                "row": place,  # of the sample ledger
                "visited_on": day,
                "answers": [{"item": item, **special.get(item, {"result": "pass"})} for item in items],
            }
        )
    text = yaml.safe_dump({"visits": visits}, allow_unicode=True, sort_keys=False, width=110)
    head = "# Three invented visits to enterprises of ledger.xlsx. Photo paths are relative to this file.\n"
    path.write_text(head + text, encoding="utf-8", newline="\n")
