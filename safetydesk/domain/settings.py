"""Every setting, declared once: key, kind, default, label, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from safetydesk.domain.errors import SafetyDeskError
from safetydesk.domain.kinds import LABELS, Numbering, Power

LONGEST_TEXT = 200
_LONGEST_NUMBER = 9


class Owner(StrEnum):
    OFFICE = "office"  # synced, alike for all
    COMPUTER = "computer"  # this computer alone


class UnknownSetting(SafetyDeskError):
    """facts: key, keys."""

    code = "unknown_setting"


class BadSetting(SafetyDeskError):
    """facts: key, label, value, choices."""

    code = "bad_setting"


@dataclass(frozen=True)
class Setting:
    key: str
    label: str
    owner: Owner = Owner.OFFICE
    default: str | int | None = None
    choices: Sequence[str] = ()
    least: int | None = None  # set for numbers
    most: int | None = None

    def parse(self, text: str) -> str | int | None:
        """The value of what a person typed; empty means the default. Raises BadSetting."""
        text = text.strip()
        if not text:
            return self.default
        if self.choices and text not in self.choices:
            raise BadSetting(key=self.key, label=self.label, value=text, choices="、".join(self.choices))
        if self.choices and isinstance(self.default, int):
            return int(text)
        if self.least is not None and self.most is not None:
            return self._number(text, self.least, self.most)
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise BadSetting(
                key=self.key, label=self.label, value=text[:40], choices=f"不超过{LONGEST_TEXT}字的一行文字"
            )
        return text

    def _number(self, text: str, least: int, most: int) -> int:
        allowed = f"{least}–{most} 之间的整数"
        if len(text) > _LONGEST_NUMBER or not text.isdecimal() or not least <= int(text) <= most:
            raise BadSetting(key=self.key, label=self.label, value=text[:40], choices=allowed)
        return int(text)


SETTINGS = (
    Setting(
        "unit.power",
        f"执法权限（{'、'.join(f'{p}＝{LABELS[p]}' for p in Power)}）",
        default="none",
        choices=tuple(Power),
    ),
    Setting("unit.mark", "单位简称，印在文号的括号里（空着则取单位名称）"),
    Setting("unit.province", "文书措辞采用的省份", default="default"),
    Setting("unit.delegating_authority", "委托机关全称（受委托执法时文书以它的名义）"),
    Setting("unit.report_to", "逾期未改时上报的县级部门", default="县级应急管理部门"),
    Setting("unit.remedy_authority", "行政复议机关（镇街作出的行政行为一般是县级人民政府）"),
    Setting("unit.remedy_court", "受理诉讼的人民法院"),
    Setting(
        "unit.badge_kind",
        "检查人员证件种类（空着则责令类文书印执法证号，其他印工作证号）",
        choices=("work", "enforcement"),
    ),
    Setting(
        "paper.numbering", "文号规则：同一次检查共用序号，或每种文书各自流水", default="visit", choices=tuple(Numbering)
    ),
    Setting("paper.copies", "每份文书的份数", default=2, least=1, most=9),
    Setting("paper.photos_per_page", "照片附页每页张数", default=4, choices=("2", "4")),
    Setting("prevention.scheme", "双重预防风险评价方法", default="LEC", choices=("LEC", "LS")),
    Setting("photo.longest_side", "照片缩小后的最长边（像素）", default=1600, least=800, most=4000),
    Setting("backup.folder", "备份放在哪里（备份命令不写 --out 时）", owner=Owner.COMPUTER),
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


def setting(key: str) -> Setting:
    """Raises UnknownSetting."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise UnknownSetting(key=key, keys="、".join(BY_KEY)) from None
