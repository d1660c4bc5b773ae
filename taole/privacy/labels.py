"""The words before a number, or above it, that say what the number is."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from taole.privacy.ground import Ground


class Label(StrEnum):
    """What a label or the name of a column announces."""

    IDENTITY = "identity"
    DISABILITY_CARD = "disability_card"
    SOCIAL = "social"
    ACCOUNT = "account"
    OFFICE_PHONE = "office_phone"
    OTHER = "other"
    BIRTH = "birth"
    HOME = "home"
    HEALTH = "health"
    MINOR = "minor"
    PHONE = "phone"
    NAME = "name"


_NUMBER = r"(?:号码|编号|编码|账号|卡号|号)?"
_WORDS: dict[Label, str] = {
    Label.DISABILITY_CARD: rf"残疾人?证{_NUMBER}",
    Label.SOCIAL: rf"(?:社会?保障?|社保|医保)(?:卡|号){_NUMBER}",
    Label.OFFICE_PHONE: (
        r"(?:监督|举报|咨询|办公|值班|投诉|服务|受理|信访|便民|维权|报修|求助|应急|救援|防汛|报警|"
        r"值守|公开|政务|工作|办理|业务|客服|质询|询问|反映|纪委|纪检|公示)"
        r"[^，。；、：:\d\n]{0,8}?(?:电话|手机|号码|方式|专线)|热线|专线|传真|总机|电话咨询"
    ),
    Label.OTHER: (
        r"(?:合同|订单|项目|文件|业务|业务办理|办理|受理|凭证|票据|发票|工单|档案|案卷|案件|流水|运单|快递|"
        r"批次|备案|许可证?|证书|公告|标段|招标|采购|设备|仪器|资产|地块|宗地|图斑|林权证?|土地证|房产证|"
        r"产权证?|不动产单元?|不动产权证?|执照|机构|区划|行政区划|统一社会|社会|信用|税务|纳税人识别|"
        r"产品|商品|物料|条形?|追溯|耳标|车架|发动机|表|电表|水表|户表|用户|交易|支付|转账|回单|缴款|"
        r"预算|指标|科目|会计|单据|登记|收件|处方|检测|报告|样品|批准|专利|书|刊|教师资格|准考|学籍|序列|"
        r"版本|国标|标准|任务|事项|目录|电子票|申请|公示|小票|派工|保单|监管)"
        r"(?:代码|编码|编号|单号|号码|号)|编号|编码|代码|单号|订单|文号|序号|邮编|邮政编码|批号|税号|"
        r"(?i:qq)群?号?|微信群|发票|IMEI|ISBN|ISSN|UUID|ICP备?|网安备|流水|宗地|图斑|总额|合计|金额|总计"
    ),
    Label.IDENTITY: rf"(?:居民)?(?:身份证件?|公民身份|身份|证件){_NUMBER}",
    Label.ACCOUNT: (
        rf"(?:惠民惠农)?(?:一卡通|一折通|银行卡|借记卡|储蓄卡|存折|账户|帐户|账号|帐号|卡号){_NUMBER}"
    ),
    Label.BIRTH: r"出生(?:日期|年月日|年月|时间)?|生日|生于|诞生",
    Label.HOME: (
        r"(?:家庭|详细|户籍|户口|居住|现|常住|通讯|联系)(?:住址|地址|住所|居住地)|住址|门牌号?|地址"
    ),
    Label.HEALTH: (
        r"健康状况|身体状况|病情|疾病|病种|病史|患病|残疾(?:等级|类别|类型|情况|程度|级别)|致贫原因|"
        r"诊断|病因|伤情|健康"
    ),
    Label.MINOR: (
        r"(?:学生|儿童|孩子|子女|未成年人|孤儿|婴儿|幼儿|小孩|被监护人|监护对象)(?:的)?(?:姓名|名字|名单)"
    ),
    Label.PHONE: (
        r"手机(?:号码?)?|移动电话|(?:联系|家庭|住宅|固定|本人|户主|个人|村民)?电话(?:号码)?|座机|固话|"
        r"联系方式|联系人|通讯方式|微信号?|(?i:tel|phone|mobile)"
    ),
    Label.NAME: (
        r"姓名|户主|申请人|救助对象|受益人|领取人|名单|承包人|家庭成员|被救助人|低保对象|人员"
    ),
}
_LABEL = re.compile("|".join(f"(?P<{label}>{words})" for label, words in _WORDS.items()))
_STRICT_GAP = re.compile(r"[^。；;，,！!？?\n\x1e\x1f]{0,18}|[\s：:]{0,6}")
_WIDE_GAP = re.compile(r"[^。；;！!？?\n\x1e\x1f]{0,44}|[\s：:]{0,6}")
_FOREIGN = re.compile(r"时间|日期|金额|编号|单号|代码|面积|人数|户数|共计|合计|截至|截止")


@lru_cache(maxsize=4096)
def column_label(name: str) -> Label | None:
    """What a column announces; its last telling word counts (户主身份证号 → identity)."""
    found = None
    for match in _LABEL.finditer(name):
        label = Label(str(match.lastgroup))
        if label is Label.NAME and found is not None:
            continue
        found = label
    return found


def governing(ground: Ground, start: int) -> Label | None:
    """The label that governs the number at ``start``: the nearest before it, else its column's.

    A label reaches to the end of its clause; that of an office's phones over a list of numbers.
    In a table the cell to the left counts too, as in forms (电话 | 0952…).
    """
    label = _label_in(ground.sentence_before(start))
    if label is not None:
        return label
    label = column_label(ground.context_at(start).column)
    if label is not None and label is not Label.NAME:
        return label
    left = ground.cell_before(start)
    return column_label(left) if 0 < len(left) <= 12 and not left.isdigit() else None


def _label_in(before: str) -> Label | None:
    matches = list(_LABEL.finditer(before))
    if not matches:
        return None
    last = matches[-1]
    label = Label(str(last.lastgroup))
    gap = before[last.end() :]
    pattern = _WIDE_GAP if label in (Label.OFFICE_PHONE, Label.PHONE) else _STRICT_GAP
    if not pattern.fullmatch(gap):
        return None
    if label is Label.ACCOUNT and _FOREIGN.search(gap):
        return None
    return label


def labels_present(ground: Ground) -> frozenset[Label]:
    """Every label that stands in the text or is announced by a column."""
    present = {column_label(context.column) for context in ground.contexts}
    present.update(Label(str(match.lastgroup)) for match in _LABEL.finditer(ground.text))
    return frozenset(label for label in present if label is not None)
