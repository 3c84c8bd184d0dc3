"""Group 2 of the ledger: how safety is managed, and the details of each high-risk mark."""

from __future__ import annotations

from functools import partial

from safetydesk.domain.enterprise import words
from safetydesk.domain.enterprise.field import Field, Group, Kind, Stored

_text = partial(Field, group=Group.SAFETY, kind=Kind.TEXT, verified=True)
_long = partial(_text, kind=Kind.LONG_TEXT, max_length=2000)
_yes_no = partial(_text, kind=Kind.YES_NO)
_date = partial(_text, kind=Kind.DATE)
_count = partial(_text, kind=Kind.INTEGER, low=0, high=1_000_000)
_yuan = partial(_text, kind=Kind.NUMBER, unit="万元", low=0)

_ORGANISATION: tuple[Field, ...] = (
    _yes_no(key="safety_department", label="设有安全管理机构", source="安法 24；表甲"),
    _text(key="safety_department_name", label="安全管理机构名称", source="表甲"),
    _count(key="fulltime_safety_count", label="专职安全管理人员数", source="安法 24；表甲丙"),
    _count(key="parttime_safety_count", label="兼职安全管理人员数", source="表甲丙"),
    _count(key="certified_safety_count", label="安全管理人员持证数", source="表甲丙"),
    _count(key="registered_engineer_count", label="注册安全工程师数", source="表甲丙"),
    _count(key="emergency_staff_count", label="专职应急人员数", source="表甲丙"),
    _count(key="special_operation_count", label="特种作业人员数", source="安法 30；表甲乙丙"),
    _count(key="special_operation_certified_count", label="特种作业持证人数", source="安法 30；表甲乙丙"),
    _long(key="special_operation_list", label="特种作业人员名单", sensitive=True, source="安法 30"),
    _date(key="principal_certificate_until", label="主要负责人安全合格证有效期至", source="安法 27"),
    _date(key="safety_manager_certificate_until", label="安全管理员合格证有效期至", source="安法 27"),
    _yes_no(key="responsibility_system", label="全员安全生产责任制", source="安法 22；表乙"),
    _date(key="responsibility_system_on", label="全员安全生产责任制日期", source="表乙"),
    _yes_no(key="safety_rules", label="安全规章制度", source="安法 22；表乙"),
    _date(key="safety_rules_on", label="安全规章制度日期", source="表乙"),
    _yes_no(key="operating_procedures", label="安全操作规程", source="安法 22；表乙"),
    _date(key="operating_procedures_on", label="安全操作规程日期", source="表乙"),
    _yes_no(key="training_plan", label="年度培训计划", source="安法 28；S2 第10条"),
    _count(key="training_count", label="教育培训人次", source="安法 28；S2 第10条"),
    _yes_no(key="training_record", label="教育培训台账", source="安法 28；S2 第10条"),
    _text(key="plan_number", label="应急预案备案号", source="应急条例"),
    _date(key="plan_filed_on", label="应急预案备案日期", source="应急条例"),
    _count(key="drill_count", label="应急演练次数", source="应急条例 8"),
    _date(key="drilled_on", label="最近演练日期", source="应急条例 8"),
)

_STANDARDIZATION: tuple[Field, ...] = (
    _text(
        key="standardization_level",
        label="标准化等级",
        kind=Kind.CHOICE,
        choices=words.STANDARDIZATION_LEVELS,
        words=words.STANDARDIZATION_WORDS,
        source="S0 S3 S4；表甲",
    ),
    _text(key="standardization_certificate", label="标准化证书编号", source="表甲"),
    _date(key="standardization_issued_on", label="标准化发证日期", source="表甲"),
    _date(key="standardization_valid_until", label="标准化有效期至", source="表甲"),
    _text(key="standardization_reviewer", label="标准化评审单位", source="表甲"),
    _date(key="self_assessed_on", label="标准化自评日期", source="S3"),
    _text(
        key="self_assessment_score", label="标准化自评得分", kind=Kind.NUMBER, unit="分", low=0, high=1000, source="S3"
    ),
)

_PREVENTION: tuple[Field, ...] = (
    _text(
        key="risk",
        label="整体风险等级",
        kind=Kind.CHOICE,
        stored=Stored.COLUMN,
        choices=words.RISKS,
        words=words.RISK_WORDS,
        source="S3；表甲",
    ),
    _text(key="prevention_method", label="风险评估方法", source="S1；表丙"),
    _count(key="risk_count", label="风险总数", source="表丙"),
    _count(key="risk_major_count", label="重大风险数", source="表丙"),
    _count(key="risk_considerable_count", label="较大风险数", source="表丙"),
    _count(key="risk_general_count", label="一般风险数", source="表丙"),
    _count(key="risk_low_count", label="低风险数", source="表丙"),
    _yes_no(key="risk_map", label="风险四色图", source="S1"),
    _yes_no(key="risk_notice", label="风险告知卡", source="S1"),
    _text(key="prevention_result", label="双重预防评估结论", source="S1"),
    _date(key="prevention_assessed_on", label="双重预防评估日期", source="S1"),
    _yes_no(key="hazard_check_system", label="隐患排查制度", source="S2 第14条；表甲"),
    _yes_no(key="hazard_check_list", label="隐患排查清单", source="S2 第14条；表甲"),
    _text(key="self_check_frequency", label="隐患自查频次", source="S2 第14条；表甲"),
    _yes_no(key="hazard_reporting", label="隐患自查上报", source="S2 第14条；表甲"),
)

_MONEY_AND_CARE: tuple[Field, ...] = (
    _yes_no(key="liability_insurance", label="安责险", source="安法 51、109；表甲乙丙"),
    _text(key="liability_insurer", label="安责险承保公司", source="表甲乙丙"),
    _yuan(key="liability_amount", label="安责险保额", source="表甲乙丙"),
    _date(key="liability_from", label="安责险起始日期", source="表甲乙丙"),
    _date(key="liability_until", label="安责险到期日期", source="表甲乙丙"),
    _count(key="injury_insured_count", label="工伤保险参保人数", source="表甲"),
    _yuan(key="safety_cost_drawn", label="上年安全费用提取", source="S2 第21条"),
    _yuan(key="safety_cost_spent", label="上年安全费用使用", source="S2 第21条"),
    _yes_no(key="list_management", label="清单制管理", source="S1"),
    _yes_no(key="safety_code_used", label="安全码使用", source="S1"),
    _yes_no(key="red_line_system", label="安全红线制度", source="S1"),
    _yes_no(key="internal_reward", label="内部报告奖励", source="S1"),
    _text(key="occupational_factors", label="职业病危害因素", max_length=300, source="S2 第16条"),
    _date(key="occupational_declared_on", label="职业病危害申报日期", source="S2 第16条"),
    _date(key="occupational_tested_on", label="职业病危害检测日期", source="S2 第16条"),
    _date(key="occupational_examined_on", label="职业健康体检日期", source="S2 第16条"),
    _yes_no(key="fire_key_unit", label="消防重点单位", source="表乙"),
    _yes_no(key="micro_fire_station", label="微型消防站", source="表乙"),
    _count(key="boiler_count", label="锅炉数", verified=False),
    _date(key="boiler_due_on", label="锅炉检验到期", verified=False),
    _count(key="pressure_vessel_count", label="压力容器数", verified=False),
    _date(key="pressure_vessel_due_on", label="压力容器检验到期", verified=False),
    _count(key="crane_count", label="起重机械数", verified=False),
    _date(key="crane_due_on", label="起重机械检验到期", verified=False),
    _count(key="forklift_count", label="叉车数", verified=False),
    _date(key="forklift_due_on", label="叉车检验到期", verified=False),
)

_FLAGS: tuple[Field, ...] = (
    _text(
        key="flags",
        label="风险标志",
        kind=Kind.CHOICES,
        stored=Stored.FLAG,
        choices=words.FLAGS,
        words=words.FLAG_WORDS,
        max_length=200,
        source="S0 S1；表甲乙丙",
    ),
    _count(key="blast_furnace_count", label="高炉数", flag="金属冶炼", source="表丙"),
    _count(key="converter_count", label="转炉数", flag="金属冶炼", source="表丙"),
    _count(key="electric_furnace_count", label="电炉数", flag="金属冶炼", source="表丙"),
    _yes_no(key="deep_well_casting", label="深井铸造工艺", flag="金属冶炼", source="表丙"),
    _text(key="smelting_capacity", label="冶炼产能", flag="金属冶炼", source="表丙"),
    _text(key="dust_kinds", label="粉尘种类", flag="粉尘涉爆", source="表乙丙"),
    _count(key="dust_persons", label="涉粉作业人数", flag="粉尘涉爆", source="6 号令 11；表乙丙"),
    _count(key="dry_collector_count", label="干式除尘器数", flag="粉尘涉爆", source="表乙丙"),
    _count(key="wet_collector_count", label="湿式除尘器数", flag="粉尘涉爆", source="表乙丙"),
    _text(key="dust_cleaning", label="粉尘清扫次数", flag="粉尘涉爆", source="表乙丙"),
    _count(key="confined_space_count", label="有限空间数量", flag="有限空间", source="表乙"),
    _count(key="confined_space_persons", label="有限空间同时作业最大人数", flag="有限空间", source="表乙"),
    _long(key="confined_space_list", label="有限空间清单", flag="有限空间", source="表乙"),
    _yes_no(key="confined_space_toxic", label="有限空间有中毒风险", flag="有限空间", source="表乙"),
    _text(key="ammonia_use", label="液氨用途", flag="液氨制冷", source="S0；表乙"),
    _text(
        key="ammonia_quantity", label="储氨量", kind=Kind.NUMBER, unit="吨", low=0, flag="液氨制冷", source="S0；表乙"
    ),
    _text(key="ammonia_type", label="氨制冷类型", flag="液氨制冷", source="S0；表乙"),
    _text(key="hazardous_processes", label="危险化工工艺名称", max_length=300, flag="危险化工工艺", source="S1；表乙"),
    _long(key="chemicals", label="危化品品名", flag="危化品", source="表甲乙"),
    _text(key="chemicals_maximum", label="危化品最大储量", max_length=300, flag="危化品", source="表甲乙"),
    _text(key="chemicals_place", label="危化品场所", flag="危化品", source="表甲乙"),
    _text(
        key="major_source_level",
        label="重大危险源级别",
        kind=Kind.CHOICE,
        choices=words.SOURCE_LEVELS,
        words=words.SOURCE_LEVEL_WORDS,
        flag="重大危险源",
        source="表甲",
    ),
    _text(key="major_source_number", label="重大危险源备案号", flag="重大危险源", source="表甲"),
    _text(key="gas_kind", label="煤气或燃气种类", flag="工业燃气", source="表丁"),
    _yes_no(key="gas_alarm", label="燃气报警装置", flag="工业燃气", source="表丁"),
    _count(key="shift_persons", label="单班作业人数", flag="劳动密集", source="S0 S1"),
    _text(key="tenancy_counterparty", label="厂中厂对方企业", flag="厂中厂", source="S1；表丙"),
    _date(key="tenancy_agreement_on", label="厂中厂协议日期", flag="厂中厂", source="S1；表丙"),
    _text(key="molten_metal_lifting", label="熔融金属吊运方式", flag="高温熔融金属", source="S1 四(三)"),
    _text(key="other_risks", label="其他风险标签", max_length=300, verified=False),
)

SAFETY_FIELDS: tuple[Field, ...] = (*_ORGANISATION, *_STANDARDIZATION, *_PREVENTION, *_MONEY_AND_CARE, *_FLAGS)
