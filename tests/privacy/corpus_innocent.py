"""Texts of every day's notices that hold no personal data, and look as if they did."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID

from tests.privacy import corpus_values as values

_EACH = 36


def innocent_texts(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs of a text and the name of its column ("" for running text)."""
    for _ in range(_EACH):
        yield from ((text, "") for text in _texts(rng))
        yield from _cells(rng)


def _texts(rng: random.Random) -> Iterator[str]:
    day = f"2023-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    compact = day.replace("-", "")
    moment = f"{compact}{rng.randrange(24):02}{rng.randrange(60):02}{rng.randrange(60):02}"
    amount = f"{rng.uniform(1000, 99999999):,.2f}"
    large = rng.randrange(13 * 10**9, 19 * 10**9)
    phone, local, number = values.landline(rng), values.local_phone(rng), rng.randint(1, 300)
    long, short = rng.randint(16, 19), rng.randrange(10**4)
    page = f"t{compact}_{rng.randrange(10**6, 10**7)}.html"
    illness = rng.choice(("肺癌", "乳腺癌", "宫颈癌", "高血压", "糖尿病"))
    yield f"本月收入{amount}元，支出{rng.uniform(10, 9999):.2f}元，余额{large}元。"
    yield f"国办公开办函〔2021〕{number}号、宁政发〔2023〕{number}号、平党办发〔2022〕{number}号"
    yield f"公示时间：{day}至{day}，共7个工作日。"
    yield f"上传时间{moment}，编号{moment}{number}"
    yield f"陶乐镇行政区划代码640221106，东园村640221106{rng.randrange(1000):03}"
    yield f"通知编号{UUID(int=rng.getrandbits(128), version=4)}"
    yield f"合同编号：{rng.randrange(10**15, 10**18)}，承包期5年"
    yield f"订单号：{values.card(rng)}，发票号码：{rng.randrange(10**7, 10**8)}"
    yield f"项目编号640221{compact}{short:04}"
    yield f"档案640221-{day[:4]}-{compact[4:]}-{short:04}"
    yield f"合同号HT{moment}{short}，中标单位：平罗县某建筑公司"
    yield f"统一社会信用代码：{_credit_code(rng)}"
    yield f"经办单位平罗县某合作社（{_credit_code(rng)}）"
    yield f"宗地号640221106{rng.randrange(1000):03}GB{rng.randrange(10**5):05}，面积{number}.25亩"
    yield f"监督电话：{phone}、{local}，举报电话12317，咨询电话{values.mobile(rng)}"
    yield f"镇民生服务中心联系电话：{phone}"
    yield f"村委会办公电话 {phone}；值班电话：{local}；监督举报电话：{values.mobile(rng)}"
    yield f"{phone}（镇纪委），{phone}（村委会办公室）"
    yield "如有异议，请拨打12345、12317、12388或110反映。"
    yield f"详见http://www.pingluo.gov.cn/xxgk/{day[:4]}/{page}"
    yield f"流水号{values.not_luhn(rng, long)}"
    yield f"{number} 张某某 1{number + 300} {rng.randint(1000, 9999)} {rng.randint(100, 999)}"
    yield f"东园村{number % 12 + 1}组{number}户完成改厕，全村 15{number % 900 + 100} 136000"
    yield f"采伐许可证 64022100{day[:4]}{short:04}号、取水许可证640221{compact}{short:04}"
    yield "|".join(str(rng.randint(10, 999)) for _ in range(6))
    yield f"文件大小{large}字节，农商行贷款{number}00元，微信号wx{rng.randrange(10**8):08}"
    yield "海原县来访12人，买卖合同3份，常委会议纪要2份"
    yield f"设备{values.not_luhn(rng, long)}已安装"
    yield f"邮政编码753400，镇政府办公QQ：{rng.randrange(10**7, 10**10)}"
    yield f"东园村{number % 12 + 1}组道路硬化{number}米，马太沟村三组渠道清淤"
    yield f"庙庙湖村{number % 12 + 1}组{number}号机井维修，{number % 12 + 1}队{number}号地块流转"
    yield f"镇政府{number % 5 + 1}号楼{number}室便民大厅办理"
    yield f"地址：陶乐镇人民路{number}号镇民生服务中心"
    yield f"建设路{number}号商铺公开招租，阳光小区{number % 9 + 1}号楼外墙维修"
    yield "重度残疾人护理补贴、困难残疾人生活补贴名单公示"
    yield "补贴对象为残疾等级被评定为一级、二级且需要长期照护的重度残疾人"
    yield "城乡居民大病保险、大病医疗救助、重病患者医疗救助政策宣传"
    yield f"开展{illness}筛查，{illness}患者签约服务{number}人"
    yield "艾滋病防治宣传、结核病防治知识讲座、布病防控"
    yield "残疾人就业保障、精神障碍患者社区康复服务"
    yield f"留守儿童关爱服务、孤儿基本生活保障、学生资助共{number}人"
    yield f"小学三年级二班教室维修，学生营养餐{amount}元"
    yield f"合作社成立于{day[:4]}年3月5日，会议于{day}召开"
    yield f"出生登记{number}人，死亡{number % 7}人"
    yield f"1963年9月1日以后参加工作，{day}起执行"
    yield "张某某、刘某、王某等3户纳入低保，留守儿童王某某、学生李某"
    yield f"面积{number}.5亩 单价{number} 数量{short} 金额{amount}"
    yield f"1 {number} {short} {short + 7} {number + 1} {short * 3} {number * 5}"
    yield f"宁A类补助、宁B区，G{number}国道，S{number}省道，C{number}混凝土"
    yield f"水表号{rng.randrange(10**9, 10**12)}，电表编号{rng.randrange(10**11, 10**12)}"
    yield f"发票代码{rng.randrange(10**11, 10**12)}，凭证号{short}"
    yield f"资金{large}元，合计{large}.00，占地{large}平方米"
    yield f"监督电话：\n{phone}\n{values.mobile(rng)}"
    yield f"身份证号：640221********{number:04}，银行卡：6222***********{number:04}"
    yield f"户数{number} 人口{number * 3} 二〇二三年九月七日 二○二三年第三季度"
    yield f"IMG_{compact}_{moment[8:]}.jpg Screenshot_{day}-10-15-30-{number:03}.png"


def _cells(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield str(rng.randrange(1, 500)), "序号"
    yield f"{rng.uniform(1, 99999):,.2f}", "金额（元）"
    yield str(rng.randrange(10**10, 2 * 10**10)), "资金规模"
    yield values.landline(rng), "监督电话"
    yield values.mobile(rng), "举报电话"
    yield f"东园村{rng.randrange(1, 12)}组", "家庭住址"
    yield rng.choice(("无", "良好", "健康")), "健康状况"
    yield f"{rng.randrange(10**15, 10**18)}", "合同编号"
    yield f"640221{rng.randrange(10**12):012}", "项目编码"
    yield _credit_code(rng), "统一社会信用代码"
    yield "2023-09-07", "发放日期"
    yield "20230907101530", "打卡时间"
    yield rng.choice(("张某某", "王建国", "李秀英")), "户主姓名"
    yield rng.choice(("低保", "临时救助", "重度残疾人护理补贴", "大病救助")), "类别"


def _credit_code(rng: random.Random) -> str:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    front = rng.choice(("91640221", "52640221", "12640221", "N2640221", "54640221", "93640122"))
    front += rng.choice(("MA", "MJ", "", "")) + "".join(rng.choices(signs[:10], k=20))
    front = front[:17]
    total = sum(signs.index(sign) * 3**at for at, sign in enumerate(front))
    return front + signs[-total % 31]
