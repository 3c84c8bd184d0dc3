"""The column titles by which each field is known besides its label: what offices and platforms really write.

One field a block: its key, then its titles. A title may stand under one field only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TITLES = """
name: 公司名称 单位名称 企业全称 生产经营单位名称 厂名 被检查单位 被检查单位名称 名称 企业名 单位全称 公司全称
    生产经营单位 企业单位名称 商户名称
uscc: 社会统一信用代码 社会信用代码 信用代码 统一信用代码 组织机构代码 工商登记证号 营业执照号 营业执照号码
    营业执照注册号 工商注册号 注册号 统一代码 机构代码
short_name: 企业简称 单位简称 公司简称
former_names: 原名称 旧名
licence_type: 执照类别 证照类别 执照类型
village: 村 社区 村居 村社区 所在村 所属村 所属村社区 所在村社区 村名 行政村 所属社区 村/社区 村居社区 村居名称
zone: 园区 工业园区 所在园区 工业小区 工业集中区 园区名称
division_code: 区划代码 行政区划码 区划码
division: 所属行政区划 所属区划
address: 地址 单位地址 实际地址 企业地址 详细地址 企业实际生产/经营地址 经营地址 坐落 厂址 生产地址 生产经营地址
    实际生产经营地址 实际生产地址 经营场所 生产经营场所 通讯地址 所在地址
registered_address: 工商注册地址 登记地址 住所 营业执照地址 企业注册地址
legal_person: 法人代表 法人 法定代表人姓名 负责人 法人姓名 法定代表人(负责人) 企业法人 负责人姓名
legal_person_phone: 法人电话 法人代表电话 法人联系电话 法人手机 法定代表人联系电话 法定代表人手机 负责人电话
    法人联系方式 法定代表人联系方式 负责人联系电话 法人手机号 负责人手机
principal: 单位负责人 老板 总经理 企业负责人 实际控制人 主要负责人姓名 企业主要负责人 厂长
principal_phone: 主要负责人手机 主要负责人联系电话 企业负责人电话 企业负责人联系电话 主要负责人联系方式
    单位负责人电话 总经理电话 企业负责人手机 主要负责人手机号
principal_landline: 主要负责人固定电话
principal_email: 电子邮箱 邮箱 电子邮件 EMAIL 企业邮箱
safety_manager: 安全负责人 分管安全负责人 安全员 安管员 安全管理人员 安环负责人 企业安全管理员 企业安全员
    安全分管负责人 安全主管 安全管理负责人 安全管理人员姓名 安全部门负责人
safety_manager_phone: 安全负责人电话 安全负责人联系电话 安全负责人手机 安全员电话 安全员联系电话 安管员电话
    安全管理员联系电话 安全管理人员电话 安全管理人员联系电话 分管安全负责人电话 安全员手机 安全管理员手机
safety_manager_landline: 安全负责人固话 安全负责人固定电话
contact: 日常联系人 企业联系人 联系人姓名 经办人
phone: 电话 手机 手机号码 手机号 联系人手机号 联系人电话 联系人手机 移动电话 联系方式 企业电话 单位电话
    日常联系人电话 企业联系电话 电话号码 联系人联系电话 联系人联系方式 日常联系人手机
contact_messenger: 微信 QQ 微信号 联系人微信 微信/QQ
ownership: 经济类型 企业类型 登记类型
industry: 行业类别 行业监管大类 监管行业大类 所属行业 行业领域 行业 八大行业 行业分类 行业大类
industry_code: 国民经济大类 国民经济行业 行业代码 国民经济行业分类 行业小类代码 国民经济行业类别 产业类别
    国民经济分类 国民经济行业分类代码
kind: 企业类别 生产/仓储 生产仓储 经营类别
products: 产品 主要产品名称
materials: 原辅材料 原料
processes: 生产工艺 工艺
equipment: 生产设备 设备
headcount: 从业人员数量 职工总人数 企业职工总人数 员工人数 从业人数 从业人员 职工人数 员工数 人数 从业人员总数
    员工总数 职工数 企业人数 用工人数
revenue: 年销售收入 上一年经营收入 上年经营收入 营业收入 主营业务收入 产值 年产值 销售收入 上年度营业收入 年营业收入
    上一年营业收入 年主营业务收入 营收
total_assets: 总资产 资产总计
fixed_assets: 固定资产总额
registered_capital: 注册资本 注册资本金
founded_on: 成立时间 注册日期 注册时间 登记日期 建厂时间 建厂日期 开业日期
above_threshold: 是否规上企业 规模情况 规上/规下 规上规下 规上 规上企业 是否规模以上 是否规模以上企业
size: 规模 大中小微 规模类型 企业划型
site_area: 用地面积
floor_area: 厂房面积
operating_state: 生产状态 经营状况 企业状态 生产经营状态 生产经营状况 目前状态
longitude: 企业经度 经度坐标 LNG LON
latitude: 企业纬度 纬度坐标 LAT
premises: 厂房情况 厂房权属 厂房归属
landlord: 出租方名称 房东 出租单位
building_floor: 楼层 所在楼层 楼栋
tenant_count: 承租企业数
parent_company: 集团 上级公司 所属集团
safety_department: 安全管理机构 是否设置安全管理机构 安全机构
fulltime_safety_count: 专职安全生产管理人员数 专职安全员数 安全管理人员数量 专职安管人员数
parttime_safety_count: 兼职安全员数 兼职安管人员数
certified_safety_count: 安管人员持证数
registered_engineer_count: 注安师数 注册安全工程师人数
emergency_staff_count: 专职应急人数
special_operation_count: 特种作业人员数量 特种作业人数 特种作业人员
special_operation_certified_count: 特种作业人员持证人数 特种作业人员持证数
special_operation_list: 特种作业名单 特种作业工种
responsibility_system: 全员责任制 责任制
safety_rules: 规章制度 安全生产规章制度
operating_procedures: 操作规程
training_plan: 教育培训计划 培训计划
training_count: 培训人次
training_record: 培训台账 培训档案
plan_number: 应急预案备案编号 预案备案号
plan_filed_on: 预案备案日期
drill_count: 演练次数
drilled_on: 演练日期 应急演练日期
standardization_level: 标准化达标等级 安全标准化等级 安全生产标准化建设情况 达标等级 安全生产标准化等级 标准化级别
    标准化情况 安全生产标准化
standardization_certificate: 标准化证号 标准化证书号
standardization_issued_on: 标准化发证日 标准化公告日期
standardization_valid_until: 标准化有效期 标准化证书有效期 标准化到期日期
standardization_reviewer: 评审单位
self_assessed_on: 自评日期
self_assessment_score: 自评得分 自评分
risk: 风险等级 风险颜色 红橙黄蓝 企业风险等级 安全风险等级 四色等级
prevention_method: 双重预防方法 评估方法
risk_count: 风险点数 风险点总数
risk_map: 四色图 安全风险四色图
risk_notice: 告知卡 岗位风险告知卡
prevention_result: 评估结论
prevention_assessed_on: 评估日期
hazard_check_system: 隐患排查治理制度
self_check_frequency: 自查频次
hazard_reporting: 隐患上报
liability_insurance: 是否投保安责险 安全生产责任保险
liability_insurer: 安责险公司 保险公司
liability_amount: 保额
liability_from: 安责险开始日期
liability_until: 安责险有效期 安责险有效期至
injury_insured_count: 工伤参保人数
safety_cost_drawn: 安全费用提取
safety_cost_spent: 安全费用使用
list_management: 清单制
safety_code_used: 安全码
red_line_system: 红线制度
internal_reward: 内部报告奖励机制
occupational_factors: 职业危害因素
occupational_examined_on: 职业病体检日期
fire_key_unit: 消防安全重点单位
boiler_count: 锅炉数量 锅炉
pressure_vessel_count: 压力容器数量 压力容器
crane_count: 起重机械数量 行车数量 起重机械
forklift_count: 叉车数量 叉车
flags: 高危标志 风险标签 重点领域 高风险标志 重点监管类型 高危领域 涉及高风险领域 高风险领域
electric_furnace_count: 中频炉数 熔炼炉数
smelting_capacity: 产能
dust_kinds: 粉尘类型 涉爆粉尘种类
dust_persons: 涉粉人数 单班最大涉粉人数 单班涉粉作业人数 粉尘作业人数
dry_collector_count: 干式除尘数
wet_collector_count: 湿式除尘数
dust_cleaning: 清扫次数 清扫频次
confined_space_count: 有限空间数 有限空间个数 有限空间处数
confined_space_list: 有限空间名称 有限空间名称清单
ammonia_quantity: 液氨储量 液氨储存量
chemicals: 危化品名称 危险化学品品名
chemicals_maximum: 最大储量
chemicals_place: 危化品储存场所 危化品使用场所
major_source_level: 重大危险源等级
gas_kind: 燃气种类 煤气种类
gas_alarm: 可燃气体报警 燃气报警
shift_persons: 单班人数 单班最大人数
tenancy_counterparty: 对方企业
tenancy_agreement_on: 安全协议日期
molten_metal_lifting: 吊运方式
other_risks: 其他风险
supervising_department: 监管主体 主管部门 行业主管部门
township: 镇街 所属镇街 乡镇 乡镇街道 所属乡镇 街道 镇
grid: 所属网格 网格名称 网格编号
officer: 网格员 专职安全员 包干人 责任人 监管人员 网格专职安全员 包干责任人 监管责任人
liaison_officer: 联系人员 挂钩联系人
last_contact_on: 上次联系日
next_contact_on: 下次联系日
supervision_class: 监管等级 分级监管等级 ABCD等级 监管级别 安全等级
supervision_class_on: 定级日期
supervision_class_basis: 定级依据
creation_deferred: 是否暂不创建 特殊原因暂不创建
visit_frequency: 检查频次 计划检查频次
last_visit_on: 最近检查日期 上次检查
next_due_on: 下次检查
paper_count: 文书份数
open_hazards: 未整改数
major_hazard_count: 重大事故隐患数
overdue_hazard_count: 逾期隐患数
penalty_on: 处罚日期
penalty_number: 处罚文号
penalty_amount: 处罚金额 罚款金额
penalty_reason: 处罚事由
blacklist_from: 黑名单起始日期
blacklist_until: 黑名单截止日期
blacklist_basis: 黑名单依据
credit_rating: 信用评级 安全信用等级
accident_kind: 事故类别
accident_deaths: 死亡人数
accident_serious_injuries: 重伤人数
accident_minor_injuries: 轻伤人数
accident_loss: 直接经济损失
accident_level: 事故级别
complaint_note: 举报记录 投诉举报
notice_served_on: 送达告知日期 承诺告知送达日期
commitment_on: 承诺书日期 承诺日期
campaign_331_note: 331整治
look_back_note: 回头看
call_note: 走访情况
summons_note: 约谈情况
supervised_note: 挂牌督办
model_kind: 示范企业 标杆企业 示范/标杆
model_year: 示范年份
verification: 核实情况 核实方式
verified_on: 现场核实日期 核实时间
note: 说明 备注说明 其他说明
"""


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    titles: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in text.strip().splitlines():
        first, colon, rest = line.partition(":")
        if colon and first.isidentifier() and first.isascii():
            key, line = first, rest
        titles[key] = (*titles.get(key, ()), *line.split())
    return MappingProxyType(titles)


TITLES = _read(_TITLES)
