"""Group 3 of the ledger: who supervises the enterprise, and what supervision has found."""

from __future__ import annotations

from functools import partial

from safetydesk.domain.enterprise import words
from safetydesk.domain.enterprise.field import Field, Group, Kind, Stored

_text = partial(Field, group=Group.SUPERVISION, kind=Kind.TEXT, verified=True)
_long = partial(_text, kind=Kind.LONG_TEXT, max_length=2000)
_yes_no = partial(_text, kind=Kind.YES_NO)
_date = partial(_text, kind=Kind.DATE)
_count = partial(_text, kind=Kind.INTEGER, low=0, high=1_000_000)
_wish = partial(_text, stored=Stored.DERIVED, max_length=50)  # from the assignment; a sheet can only ask for it
_computed_date = partial(_date, stored=Stored.DERIVED, accepted=False)
_computed_count = partial(_count, stored=Stored.DERIVED, accepted=False)

_WHO: tuple[Field, ...] = (
    _text(key="supervising_department", label="监管部门", source="S2 第4条"),
    _text(key="township", label="属地镇街", source="S0 三(一)"),
    _wish(key="grid", label="网格", required=True, source="S0 三(一)"),
    _wish(key="officer", label="网格安全员", required=True, sensitive=True, source="S0 三(一)"),
    _text(key="liaison_officer", label="联络员", sensitive=True, source="S1"),
    _computed_date(key="last_contact_on", label="上次联系日期", source="S1"),
    _computed_date(key="next_contact_on", label="下次联系日期", source="S1"),
    _text(
        key="supervision_class",
        label="安全监管等级",
        kind=Kind.CHOICE,
        choices=words.CLASSES,
        words=words.CLASS_WORDS,
        source="S0；表甲",
    ),
    _date(key="supervision_class_on", label="监管等级评定日期", source="S0；表甲"),
    _text(key="supervision_class_basis", label="监管等级评定依据", max_length=300, source="S0；表甲"),
    _yes_no(key="creation_deferred", label="暂不创建标准化", source="S0"),
    _text(key="creation_deferred_reason", label="暂不创建原因", max_length=300, source="S0"),
    _date(key="creation_deferred_review_on", label="暂不创建复核日期", source="S0"),
)

_WHAT_HAPPENED: tuple[Field, ...] = (
    _text(key="visit_frequency", label="检查计划频次", source="S2 第6条；表丙"),
    _computed_date(key="last_visit_on", label="上次检查日期", source="表丙"),
    _computed_date(key="next_due_on", label="下次检查日期", source="表丙"),
    _computed_count(key="visit_count", label="检查次数", source="表丙"),
    _computed_count(key="paper_count", label="文书数", source="表丙"),
    _computed_count(key="open_hazards", label="未整改隐患数", source="表丙"),
    _computed_count(key="general_hazard_count", label="一般隐患数", source="表丙"),
    _computed_count(key="major_hazard_count", label="重大隐患数", source="表丙"),
    _computed_count(key="overdue_hazard_count", label="超期隐患数", source="表丙"),
    _date(key="penalty_on", label="行政处罚日期", source="安法 78；表丙"),
    _text(key="penalty_number", label="行政处罚文号", source="安法 78；表丙"),
    _text(key="penalty_amount", label="行政处罚金额", kind=Kind.NUMBER, unit="万元", low=0, source="安法 78；表丙"),
    _text(key="penalty_reason", label="行政处罚事由", max_length=500, source="安法 78；表丙"),
    _date(key="blacklist_from", label="列入失信名单日期", source="S2 第19条；S4 五(一)"),
    _date(key="blacklist_until", label="失信名单截止日期", source="S2 第19条；S4 五(一)"),
    _text(key="blacklist_basis", label="列入失信名单依据", max_length=300, source="S2 第19条"),
    _text(key="credit_rating", label="信用等级", source="S2 第19条"),
    _date(key="accident_on", label="事故日期", source="事故条例 3"),
    _text(key="accident_kind", label="事故类型", source="事故条例 3"),
    _count(key="accident_deaths", label="事故死亡人数", source="事故条例 3"),
    _count(key="accident_serious_injuries", label="事故重伤人数", source="事故条例 3"),
    _count(key="accident_minor_injuries", label="事故轻伤人数", source="事故条例 3"),
    _text(key="accident_loss", label="事故直接经济损失", kind=Kind.NUMBER, unit="万元", low=0, source="事故条例 3"),
    _text(
        key="accident_level",
        label="事故等级",
        kind=Kind.CHOICE,
        choices=words.ACCIDENT_LEVELS,
        words=words.ACCIDENT_WORDS,
        source="事故条例 3",
    ),
    _long(key="complaint_note", label="举报情况", sensitive=True, source="S2 第19条"),
    _date(key="notice_served_on", label="告知书送达日期", source="S2 第4条"),
    _date(key="commitment_on", label="承诺书签订日期", source="S2 第4条"),
)

_CAMPAIGNS: tuple[Field, ...] = (
    _yes_no(key="permits_held", label="一必须：依法取得许可", source="S2 第4条", verified=False),
    _yes_no(key="responsibility_in_place", label="五到位：责任到位", source="S2 第4条", verified=False),
    _yes_no(key="management_in_place", label="五到位：管理到位", source="S2 第4条", verified=False),
    _yes_no(key="investment_in_place", label="五到位：投入到位", source="S2 第4条", verified=False),
    _yes_no(key="training_in_place", label="五到位：培训到位", source="S2 第4条", verified=False),
    _yes_no(key="emergency_in_place", label="五到位：应急到位", source="S2 第4条", verified=False),
    _long(key="five_in_place_note", label="一必须五到位问题和措施", source="S2 第4条", verified=False),
    _long(key="campaign_331_note", label="331整治记录", source="S0"),
    _long(key="look_back_note", label="回头看记录", source="S0"),
    _long(key="audit_note", label="审计记录", source="S0"),
    _long(key="call_note", label="走访记录", source="S0"),
    _long(key="summons_note", label="约谈记录", source="S0"),
    _long(key="supervised_note", label="挂牌督办记录", source="S0"),
    _text(
        key="model_kind",
        label="示范标杆企业",
        kind=Kind.CHOICE,
        choices=words.MODELS,
        words=words.MODEL_WORDS,
        source="S0 S1 S3",
    ),
    _text(key="model_year", label="示范标杆年份", kind=Kind.INTEGER, low=2000, high=2100, source="S0 S1 S3"),
    _text(
        key="verification",
        label="核实状态",
        kind=Kind.CHOICE,
        choices=words.VERIFICATIONS,
        words=words.VERIFICATION_WORDS,
        source="S4",
    ),
    _text(key="verified_by", label="核实人", max_length=50, sensitive=True, source="S4"),
    _date(key="verified_on", label="核实日期", stored=Stored.COLUMN, source="S4"),
    _long(key="note", label="备注", stored=Stored.COLUMN, verified=False),
)

SUPERVISION_FIELDS: tuple[Field, ...] = (*_WHO, *_WHAT_HAPPENED, *_CAMPAIGNS)
