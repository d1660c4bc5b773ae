"""The words before a number, or above it, that say what the number is."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


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
_PUBLIC_TAIL = (
    r"[^，。；、：:\d\n\x1e\x1f】］\])）」》卡账帐证身]{0,8}?(?:电话|手机|号码|方式|专线)"
)
_OFFICE_TAIL = _PUBLIC_TAIL.replace("[^", "[^人户对")
_CODE_TAIL = r"(?:代码|编码|编号|单号|号码|号)"
_CHILD_TAIL = r"(?:的)?(?:姓名|名字|名单)"
_HEADS: tuple[tuple[Label, str, str], ...] = (
    (Label.DISABILITY_CARD, "残疾证|残疾人证", _NUMBER),
    (
        Label.SOCIAL,
        "社会保障卡|社会保障号|社会保险卡|社会保险号|社保卡|社保号|医保卡|医保号|社会保障|社保账号",
        "(?:号码|编号|编码|账号|卡号|号|[，,的（(]{1,2}卡号)?",
    ),
    (
        Label.OFFICE_PHONE,
        "监督|咨询|办公|值班|投诉",
        _PUBLIC_TAIL,
    ),
    (
        Label.OFFICE_PHONE,
        "举报|服务|受理|信访|便民|维权|报修|求助|应急|救援|防汛|报警|值守|公开|政务|"
        "工作|办理|业务|客服|质询|询问|反映|纪委|纪检|公示",
        _OFFICE_TAIL,
    ),
    (Label.OFFICE_PHONE, "热线|专线|传真|总机", ""),
    (
        Label.OTHER,
        "合同|订单|项目|文件|业务|业务办理|办理|受理|凭证|票据|发票|工单|档案|案卷|案件|流水|运单|快递|批次|备案|"
        "许可|许可证|证书|公告|标段|招标|采购|设备|仪器|资产|地块|宗地|图斑|林权|林权证|土地证|房产证|产权|产权证|"
        "不动产|不动产单元|不动产权证|执照|机构|区划|行政区划|社会信用|信用|税务|纳税人识别|产品|商品|物料|条|条形|"
        "追溯|耳标|车架|发动机|表|电表|水表|户表|用户|交易|支付|转账|回单|缴款|预算|指标|科目|会计|单据|登记|收件|"
        "处方|检测|报告|样品|批准|专利|书|刊|教师资格|准考|学籍|序列|版本|国标|标准|任务|事项|目录|电子票|申请|公示|"
        "小票|派工|保单|监管",
        _CODE_TAIL,
    ),
    (
        Label.OTHER,
        "编号|编码|代码|单号|订单|许可证|文号|序号|邮编|邮政编码|批号|税号|微信群|发票|流水|宗地|图斑|总额|合计|金额|总计|"
        "QQ|qq|IMEI|ISBN|ISSN|UUID|ICP|网安备",
        "(?:群?号|备)?",
    ),
    (Label.IDENTITY, "身 份 证|身份证|公民身份|身份|证件", "件?" + _NUMBER),
    (
        Label.ACCOUNT,
        "账 号|账　号|卡 号|卡　号|"
        "银行账号|银行帐号|银行卡账号|一卡通|一折通|银行卡|借记卡|储蓄卡|存折|账户|帐户|账号|帐号|卡号",
        _NUMBER,
    ),
    (Label.BIRTH, "出生", "(?:日期|年月日|年月|时间)?"),
    (Label.BIRTH, "生日|生于|诞生", ""),
    (
        Label.HOME,
        "家庭|详细|户籍|户口|居住|现|常住|通讯|联系",
        "(?:住址|地址|住所|居住地)",
    ),
    (Label.HOME, "住 址|住　址|住址|门牌|地址", "号?"),
    (
        Label.HEALTH,
        "健康状况|身体状况|病情|疾病|病种|病史|患病|残疾等级|残疾类别|残疾类型|残疾情况|残疾程度|残疾级别|致贫原因|"
        "诊断|病因|伤情|健康",
        "",
    ),
    (
        Label.MINOR,
        "学生|儿童|孩子|子女|未成年人|孤儿|婴儿|幼儿|小孩|被监护人|监护对象",
        _CHILD_TAIL,
    ),
    (
        Label.PHONE,
        "手 机|电 话|电　话|"
        "手机|移动电话|联系电话|家庭电话|住宅电话|固定电话|本人电话|个人电话|电话|座机|固话|宅电|联系方式|联系人|通讯方式|"
        "微信|tel|Tel|TEL|phone|Phone|mobile",
        "(?:号码|号)?",
    ),
    (
        Label.NAME,
        "姓 名|姓　名|"
        "姓名|户主|申请人|救助对象|受益人|领取人|名单|承包人|家庭成员|被救助人|低保对象|人员",
        "",
    ),
)
_AMOUNT = re.compile(
    r"资金|规模|金额|收入|支出|余额|面积|单价|数量|经费|投资|造价|标准|元[）)]?$|工程量|时间"
)
_BY_LABEL = tuple((label, re.compile(f"(?:{heads}){tail}")) for label, heads, tail in _HEADS)
_LABEL = re.compile("|".join(head + tail for _, heads, tail in _HEADS for head in heads.split("|")))


@lru_cache(maxsize=4096)
def column_label(name: str) -> Label | None:
    """What a column announces; its last telling word counts (户主身份证号 → identity)."""
    found = None
    for _, _, label in label_spans("".join(name.split())):
        if label is not Label.NAME or found is None:
            found = label
    if found in (None, Label.NAME) and _AMOUNT.search(name):
        return Label.OTHER
    return found


def label_spans(text: str) -> list[tuple[int, int, Label]]:
    """Every label in a text: where it begins and ends, and what it announces."""
    return [(*match.span(), _label_of(match[0])) for match in _LABEL.finditer(text)]


@lru_cache(maxsize=4096)
def _label_of(written: str) -> Label:
    return next(label for label, pattern in _BY_LABEL if pattern.fullmatch(written))
