"""Notices for the tests of the papers. Every name is invented; the code passes no register."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

from PIL import Image

from safetydesk.documents.content import (
    Article,
    Basis,
    Enterprise,
    Finding,
    Notice,
    NoticeKind,
    Plate,
    Power,
    Remedy,
    Signer,
)

INSPECTED_ON = date(2026, 11, 20)
ISSUED_ON = date(2026, 11, 21)
QR = "SD1|（越）应急责改〔2026〕3号|2026-11-21|" + "a3f1" * 16 + "|" + "QmFzZTY0" * 11

_PROBLEMS = (
    (
        "3号木工车间",
        "干式除尘器未设置泄爆装置，箱体与内墙的距离不足0.5 m，压力传感器已被拆除。",
        "停用除尘器，加装泄爆片。",
    ),
    ("打磨工位", "作业现场积尘厚度超过3.2 mm，未见2026年11月以来的当班清扫记录。", "停机清扫，每班如实记录。"),
    (
        "污水处理站",
        "审批表缺少气体检测数据（氧含量应为19.5%～23.5%，硫化氢不超过10 mg/m³），检测仪检定有效期至2026年3月15日。",
        "重新检定检测仪，先通风、再检测、后作业。",
    ),
    ("化学品库", "乙醇存放约300 kg，超过核定量200 kg，与氧化剂混放——通风机没有启动……", "移出超量部分，分库存放。"),
    ("配电室", "柜门未接地，电缆沟盖板缺2块，绝缘垫过期；标牌写着“有电危险（380 V）”。", "补齐盖板，更换绝缘垫。"),
    ("焊接区", "动火未办审批，10米内堆放木托盘20余个，只配1具MFZ/ABC4型灭火器。", "停止动火，清理可燃物。"),
    ("2号门", "疏散通道堆放成品，净宽不足1.1 m，安全出口上锁。", "清空通道，拆除门锁。"),
    ("空压机房", "储气罐（容积1.0 m³）安全阀校验有效期至2025年12月31日，压力表0～1.6 MPa无标识。", "停用并送检。"),
    ("厂区", "焊工努尔·艾山的证书于2026年8月1日到期，没有复审，仍在上岗，违反GB 9448-1999第5.3条。", "停止其上岗。"),
    ("办公室", "没有组织2026年上半年的应急预案演练，缺演练记录、评估报告。", "组织一次演练并归档。"),
)


def jpeg(width: int = 320, height: int = 240, *, orientation: int | None = None, mode: str = "RGB") -> bytes:
    """A picture with a colour run, so that it is not one flat block."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    target = io.BytesIO()
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
        exif[0x010E] = "GEHEIM-ORT"
    image.save(target, "JPEG", quality=80, exif=exif)
    return target.getvalue()


def finding(ordinal: int, **changes: object) -> Finding:
    place, text, measure = _PROBLEMS[(ordinal - 1) % len(_PROBLEMS)]
    made = Finding(
        ordinal=ordinal,
        text=text,
        due_on=INSPECTED_ON + timedelta(days=10 + ordinal % 3),
        place=place,
        basis=(Basis("《中华人民共和国安全生产法》", (Article("第四十一条第二款", ordinal % 2 == 1),), True),),
        measure=measure,
        major=ordinal == 1,
        criterion="MH-13-02" if ordinal == 1 else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def rectification(count: int = 10, /, **changes: object) -> Notice:
    made = Notice(
        kind=NoticeKind.RECTIFICATION,
        power=Power.FULL,
        number="（越）应急责改〔2026〕3号",
        issuing_unit="云溪镇人民政府",
        enterprise=Enterprise(
            "越州云溪梧桐木业有限公司",
            "91330699MA0000000X",
            "越州市云溪镇工业园区二路18号3幢",
            "欧阳喆",
            None,
            "0575-00001234",
        ),
        inspected_on=INSPECTED_ON,
        issued_on=ISSUED_ON,
        findings=tuple(finding(ordinal) for ordinal in range(1, count + 1)),
        inspectors=(Signer("沈一鸣", "33060012345"), Signer("上官若水", "33060012346")),
        remedy=Remedy("越州市人民政府", "越州市人民法院"),
        qr=QR,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def advice(count: int = 3, /, **changes: object) -> Notice:
    made = rectification(
        count,
        kind=NoticeKind.ADVICE,
        power=Power.NONE,
        number="（越）安监整改〔2026〕东-3号",
        issuing_unit="云溪镇应急管理办公室",
        reporting_authority="越州市应急管理局",
        remedy=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def plates(count: int) -> tuple[Plate, ...]:
    return tuple(
        Plate(number, jpeg(), f"部位{number}的现状", f"2026年11月20日 9:{30 + number}")
        for number in range(1, count + 1)
    )
