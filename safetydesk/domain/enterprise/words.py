"""Closed lists of the ledger and other ways of writing their members. Keys of the word lists are in upper case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

INDUSTRIES = ("冶金", "有色", "建材", "机械", "轻工", "纺织", "烟草", "商贸")
KINDS = ("生产", "仓储", "其他")
SIZES = ("大型", "中型", "小型", "微型", "待定")
STATES = ("在产", "停产", "半停产", "在建", "搬迁", "注销")
RISKS = ("红", "橙", "黄", "蓝")
FLAGS = (
    *("金属冶炼", "粉尘涉爆", "有限空间", "液氨制冷", "危险化工工艺", "危化品", "剧毒化学品", "重大危险源", "冶金煤气"),
    *("工业燃气", "劳动密集", "厂中厂", "高温熔融金属", "深井铸造", "喷涂", "锂电"),
)
LICENCES = (
    "企业法人",
    "营业执照",
    "个体工商户",
    "个人独资企业",
    "个人独资企业分支机构",
    "合伙企业",
    "合伙企业分支机构",
    "其他",
)
SUBORDINATIONS = ("中央", "省", "市", "县", "镇", "村", "其他")
PREMISES = ("自有", "租赁", "出租")
STANDARDIZATION_LEVELS = ("一级", "二级", "三级", "小微达标", "未创建")
CLASSES = ("A", "B", "C", "D", "未定级")
SOURCE_LEVELS = ("一级", "二级", "三级", "四级")
ACCIDENT_LEVELS = ("一般", "较大", "重大", "特别重大")
MODELS = ("示范", "标杆")
VERIFICATIONS = ("未核", "电话", "现场")


def _words(**groups: str) -> Mapping[str, str]:
    """`choice="word word"` turned round."""
    return {word.upper(): choice for choice, words in groups.items() for word in words.split()}


def _with_endings(choices: Iterable[str], *endings: str) -> Mapping[str, str]:
    return {(choice + ending).upper(): choice for choice in choices for ending in endings}


INDUSTRY_WORDS = {
    **_with_endings(INDUSTRIES, "行业", "企业", "业", "类"),
    **_words(
        有色="有色金属 有色冶金", 冶金="钢铁 冶金工业 黑色冶金", 机械="机械制造 机械制造业 机械加工", 建材="建筑材料"
    ),
    **_words(轻工="轻工业", 纺织="纺织服装", 商贸="商业贸易 贸易"),
}
KIND_WORDS = {
    **_with_endings(KINDS[:2], "类", "型", "企业", "类企业", "型企业"),
    **_words(其他="其它", 生产="制造 加工"),
}
SIZE_WORDS = {
    **_words(大型="大 大型企业", 中型="中 中型企业", 小型="小 小型企业", 微型="微 微型企业 小微", 待定="待核"),
}
del SIZE_WORDS["小微"]  # small or very small: not one of the four
STATE_WORDS = _words(
    在产="正常 正常生产 生产 生产中 营业 在营 正常经营 经营 存续 开业 有效 运行",
    停产="停业 停工 歇业 长期停产",
    半停产="部分停产 间歇生产 季节性生产",
    在建="建设中 筹建 新建 试生产",
    搬迁="已搬迁 搬走 迁出 已搬离",
    注销="已注销",
)
RISK_WORDS = _words(
    红="红色 重大 重大风险 一级 1 Ⅰ I",
    橙="橙色 较大 较大风险 二级 2 Ⅱ II",
    黄="黄色 一般 一般风险 三级 3 Ⅲ III",
    蓝="蓝色 低 低风险 较低 较低风险 四级 4 Ⅳ IV",
)
FLAG_WORDS = {
    **_with_endings(FLAGS, "企业", "作业企业", "单位"),
    **_words(
        金属冶炼="冶金企业 冶炼",
        粉尘涉爆="涉爆粉尘 涉爆粉尘企业 爆炸性粉尘 爆炸性粉尘企业 粉尘爆炸 粉尘防爆 涉粉",
        有限空间="有限空间作业 受限空间 受限空间作业",
        液氨制冷="液氨 涉氨 涉氨制冷 涉氨制冷企业 氨制冷 氨制冷企业 液氨制冷企业",
        危险化工工艺="重点监管危险化工工艺 危险工艺",
        危化品="危险化学品 危化品使用 危化品储存 使用危化品 危险化学品使用",
        剧毒化学品="剧毒 剧毒品",
        冶金煤气="煤气",
        工业燃气="燃气 天然气 使用燃气",
        劳动密集="劳动密集型 劳动密集型企业",
        厂中厂="厂中厂企业 厂房出租 出租厂房",
        高温熔融金属="熔融金属 高温熔融金属吊运 熔融金属吊运",
        深井铸造="铝深井铸造",
        喷涂="涂装 喷漆 喷塑",
        锂电="锂电池 锂离子电池",
    ),
}
LICENCE_WORDS = {
    **{f"0{number}": name for number, name in enumerate(LICENCES[:7], start=1)},
    **{str(number): name for number, name in enumerate(LICENCES[:7], start=1)},
    **_words(其他="99 其它", 企业法人="法人 企业法人营业执照", 个体工商户="个体 个体户", 个人独资企业="个独 个人独资"),
    **_words(合伙企业="合伙", 个人独资企业分支机构="个独分支", 合伙企业分支机构="合伙分支"),
}
SUBORDINATION_WORDS = _words(
    中央="央企 国家", 省="省属", 市="市属 地市", 县="县属 区 区属 县区", 镇="乡镇 街道 镇属", 其他="其它"
)
PREMISES_WORDS = _words(自有="自有厂房 自建", 租赁="租用 承租 租赁厂房 租", 出租="出租厂房 对外出租")
STANDARDIZATION_WORDS = _words(
    一级="1 1级 一级达标 国家一级",
    二级="2 2级 二级达标",
    三级="3 3级 三级达标",
    小微达标="小微 小微企业达标 达标 小微标准化",
    未创建="无 否 未 未达标 未开展 没有 未定级 未评级",
)
CLASS_WORDS = {**_with_endings("ABCD", "级", "类"), **_words(未定级="无 未定 未评级")}
SOURCE_LEVEL_WORDS = _words(一级="1 1级 Ⅰ级", 二级="2 2级 Ⅱ级", 三级="3 3级 Ⅲ级", 四级="4 4级 Ⅳ级")
ACCIDENT_WORDS = _with_endings(ACCIDENT_LEVELS, "事故", "级")
MODEL_WORDS = {**_with_endings(MODELS, "企业"), **_words(示范="示范点")}
VERIFICATION_WORDS = _words(
    未核="未核实 否 未 无",
    电话="电话核实 已电话核实",
    现场="现场核实 已核实 已现场核实 上门 实地",
)
