"""By which other names villages know the columns of the unified templates. Pure.

The families are the names met in the verified forms of the handbook (3.4) and in the ledgers and
lists that accompany them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from taole.catalogue.template_names import forbidden_word
from taole.catalogue.unified_template import CellKind, Field
from taole.documents.columns import plain_name

LIKE_ENOUGH = 0.6
NUMBER_NAMES = frozenset({"序号", "编号", "号", "no", "序"})

_FAMILIES = """
name: 户主 户主姓名 户主名 姓名 名字 领取人 领取人姓名 领款人 申请人 申请人姓名 申请户 对象
name: 对象姓名 补贴对象 补助对象 救助对象 救助对象姓名 发放对象 受助人 农户 农户姓名 村民姓名
name: 享受人 受益人 受益户 人员姓名 购机者 购机者姓名 对象姓名或人数
amount: 金额 发放金额 补贴金额 补助金额 救助金额 保障金额 月保障金额 供养金额 救助供养金额 津贴金额
amount: 资金 补贴资金 发放资金 实发金额 应发金额 实发 应发 总金额 合计金额 金额合计 本期金额 数额
amount: 补贴额 补助额 发放额 元 钱数 保障金 救助金 付款金额 收款金额
group: 组 组别 组名 村组 村民组 村民小组 小组 所在组 所属组 队 队别 生产队 社 社别 自然村
village: 村 村名 村别 行政村 所在村 所属村 村居 社区 村委会
area: 面积 补贴面积 补助面积 种植面积 承包面积 确权面积 耕地面积 核定面积 实测面积 亩数 亩
standard: 标准 补贴标准 补助标准 发放标准 保障标准 救助标准 月标准 每亩标准 亩均标准 单价
people: 人数 人口 人口数 家庭人口 家庭人口数 家庭成员 家庭成员数 家庭成员数量 保障人数 保障人口
people: 享受人数 救助人数 发放人数 在册人数 人次 服务人次
households: 户数 户 受益户数 农户数 发放户数
day: 日期 时间 年月日 发放日期 发放时间 支出日期 收入日期 支付日期 付款日期 记账日期 发生日期
day: 审批日期 审批时间
period: 期间 月份 发放月份 发放期间 发放时段 所属期 补贴期间 救助期间
remark: 备注 说明 其他 附注
project: 项目 项目名称 事项 摘要 开支项目 支出项目 收入项目
handler: 经手人 经办人 负责人 项目负责人 责任人 经手人负责人
source: 来源 资金来源 款物来源
post: 职务 职位 任职 岗位
subsidy: 补贴名称 补贴项目 补助项目 补贴种类 津贴名称 救助项目
"""
_FAMILY_OF = {
    plain_name(name): family
    for family, _, names in (line.partition(": ") for line in _FAMILIES.strip().splitlines())
    for name in names.split()
}
_ENDINGS = (
    ("姓名", "name"),
    ("金额", "amount"),
    ("面积", "area"),
    ("标准", "standard"),
    ("日期", "day"),
    ("人数", "people"),
    ("户数", "households"),
    ("组别", "group"),
)
_PERSONAL = re.compile(
    r"身份证|证件号|身份号|社会保障号|银行|卡号|账号|帐号|账户|帐户|一卡通|存折|社保卡|电话|手机|"
    r"联系方式|住址|地址|门牌|残疾|病|健康|出生|年龄|户号|学校|班级|监护人|照片"
)
_SIGNED = re.compile(r"签字|签名|签章|盖章|手印|指印|签收")
_ROUND_BRACKETS = str.maketrans("（）【】〔〕［］", "()[][][]")


def whole_name(text: str) -> str:
    """A name for comparison with what stands in brackets: 金额（中央） is not 金额（省级）."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_ROUND_BRACKETS)
    return "".join(folded.split()).rstrip("*:")


def family_of(name: str) -> str:
    """The family of a column's name ("" for none): 户主姓名 and 领取人 are of one."""
    plain = plain_name(name)
    if plain in _FAMILY_OF:
        return _FAMILY_OF[plain]
    return next((family for ending, family in _ENDINGS if plain.endswith(ending)), "")


def is_number_column(name: str) -> bool:
    """Whether the column only counts the rows."""
    return plain_name(name) in NUMBER_NAMES


def is_personal(name: str, must_not: Sequence[str] = ()) -> bool:
    """Whether a column of this name holds what must not be published.

    Identity and account numbers, phones, addresses, health: Personal Information Protection Law,
    articles 6 and 25 (handbook, 4).
    ``must_not``: the template's own words.
    """
    return bool(_PERSONAL.search(plain_name(name)) or forbidden_word(name, must_not))


def is_signature(name: str) -> bool:
    """Whether the column is to be signed on paper."""
    return bool(_SIGNED.search(name))


def is_known(name: str) -> bool:
    """Whether a column of this name is met in villages' tables, in whatever template."""
    return bool(
        is_number_column(name) or family_of(name) or is_personal(name) or is_signature(name)
    )


def likest(name: str, fields: Sequence[Field]) -> Field | None:
    """The field whose name is most like this one, if any is like enough; never a phone."""
    plain = plain_name(name)
    candidates = [each for each in fields if each.kind is not CellKind.PHONE]
    if not plain or not candidates:
        return None
    best = max(candidates, key=lambda each: _likeness(plain, plain_name(each.name)))
    return best if _likeness(plain, plain_name(best.name)) >= LIKE_ENOUGH else None


def _likeness(one: str, other: str) -> float:
    if len(min(one, other, key=len)) >= 2 and (one in other or other in one):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()
