"""Health and disability of a person (个人信息保护法 art 28); policies and matters are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.folding import SEP
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.people import speaks_of_a_person

_TRIGGER = re.compile(
    "癌|瘤|病|症|残(?!疾人)|障(?<!保障)|精神|裂|痫|肝|结核|梗|衰|脑(?<!电脑)|瘫|肾|透析|帕金|默|痴|聋|疮|炎|"
    "湿|坏死|骨(?!干)|肺|哮|尿毒|梅毒|椎|光眼|肢|智力|智障|视力|听力|言语|语言|合征|植物人|移植|化疗|放疗|失明|"
    "麻痹|痛风|结石|溃疡|甲亢|髓灰|精神|多重|高血|贫血|伤残"
)
_ILLNESS = (
    r"(?:淋巴|[肺肝胃肠乳腺食管道宫颈直结胰前列甲状鼻咽喉膀胱血骨舌卵巢]{1,3})癌(?:晚期|早期|中期)?|癌症(?:晚期)?|"
    r"(?:恶性|良性)?(?:脑膜|脑|肝|肺|骨|胃|子宫|血管|垂体|卵巢)?(?:肿瘤|瘤)|白血病|淋巴瘤|骨髓瘤|尿毒症|精神分裂症?|抑郁症|焦虑症|"
    r"双相(?:情感)?障碍|躁狂症|癫痫|艾滋病|[甲乙丙]肝|(?:急性|慢性)?[肝肾肺心胃肠胆][囊肌膜]?炎|再障|肝硬化|肝腹水|(?:肺)?结核病?|糖尿病|高血压(?:病?[（(]?[一二三1-3]级(?![综公建]))?|冠心病|"
    r"(?:先天性|风湿性)?心脏病|心肌梗[死塞]|心梗|心衰|心力衰竭|脑梗[死塞]?|脑出血|脑溢血|脑萎缩|脑中风|中风后遗症|"
    r"偏瘫|(?:高位)?截瘫|瘫痪(?:在床)?|植物人|肾衰竭?|肾功能(?:衰竭|不全)|肾病综合征|肾病|(?:长期)?(?:血液)?透析|帕金森"
    r"(?:氏?(?:综合)?[病症征])?|阿尔茨海默[病症]?|老年痴呆症?|痴呆症?|脑瘫|自闭症|孤独症|唐氏综合征|智力低下|智障|"
    r"聋哑|双目失明|失明|血友病|(?:系统性)?红斑狼疮|强直性脊柱炎|类风湿(?:性?关节炎)?|(?:双侧|左侧|右侧)?股骨头坏死|"
    r"(?:腿部|腰椎|颈椎|股骨|肋骨|胫骨|粉碎性|左腿|右腿|左臂|右臂)骨折|尘肺病?|矽肺|哮喘|肺气肿|慢阻肺|肺心病|"
    r"(?:再生障碍性|地中海)贫血|梅毒|精神(?:疾病|障碍|病)|腰椎间盘突出|肺纤维化|胰腺炎|重症肌无力|渐冻症|"
    r"包虫病|小儿麻痹症?|痛风|脑膜炎|肾结石|胆结石|胃溃疡|关节炎|甲亢|脊髓灰质炎|肝病|胃病|肺病|布病|布鲁氏菌病|甲状腺结节|白内障|青光眼|截肢|肢体残缺|化疗|放疗|(?:肝|肾|心脏|骨髓|器官)移植"
)
_GENERAL = (
    r"(?:身患|患有|罹患|患上|突发|突患|因患|查出|确诊)[^，。；、\s\x1e\x1f]{0,4}(?:重病|大病|重症|疾病|绝症|慢性病)|"
    r"重病(?:在身|卧床|住院)|卧病在床|因(?:重病|大病)(?:住院|致贫|手术|去世)?"
)
_DEGREE = r"[一二三四壹贰叁肆1-4１-４ⅠⅡⅢⅣ]\s?级"
_SENSE = r"(?:肢体|视力|听力|言语|语言|智力|精神|多重)"
_DISABILITY = (
    rf"{_SENSE}(?:残疾人?|障碍)?[（(：:，,、\s]{{0,2}}{_DEGREE}(?:残疾)?|"
    rf"残疾(?:等级|级别|程度)?(?:[：:为是\s]{{0,2}}|被?评定为){_SENSE}?{_DEGREE}|"
    rf"{_DEGREE}(?:重度)?{_SENSE}?(?:残疾|伤残)(?!人)|{_SENSE}残疾(?!人)|(?:重度|轻度)残疾(?!人)"
)
_WORDS = re.compile(f"(?P<degree>{_DISABILITY})|(?P<illness>{_ILLNESS})|(?P<general>{_GENERAL})")
_POLICY_AFTER = re.compile(
    r"(?:等)?(?:慢性病|疾病|重大疾病|慢病|两病|大病|特殊病)?(?:患者|病人|人群|人员|者|对象|儿童|妇女)?(?:的|等)?"
    r"(?:[、和及与][^，。；]{1,8}?)?(?:专项|免费|医疗|门诊|集中|早期|健康|规范)?"
    r"(?:(?:救助|补助|补贴)金?(?!\s?\d)|保险|保障|医保|筛查|防治|防控|预防|宣传|科普|知识|讲座|门诊|用药|签约|管理|政策|日|"
    r"关爱|服务|专项|项目|目录|随访|规范|普查|检查|检测|监测|疫苗|免疫|义诊|咨询|慢病卡|病种|报销|鉴定|评定|"
    r"评估|净化|检疫|疫情|护理|生活)"
)
_LIST_AFTER = re.compile(rf"[、，,和或至及]\s*(?:{_SENSE})?(?:残疾)?{_DEGREE}")
_POLICY_BEFORE = re.compile(
    r"(?:预防|防治|筛查|防控|抗击|宣传|关于|补贴对象|补助对象|救助对象|申请条件|符合|持有|凡|凡是|标准|包括|"
    r"如[：:]|例如|及其他|世界|全国|政策|规定|目录|动物|家畜|牛羊|羊)[^。；;\n]{0,14}\Z"
)
_CARD = re.compile(f"[0-9](?<![0-9][0-9])(?:{SEP}[0-9Xx]){{9,21}}(?:[Bb][0-9])?(?![0-9])")
_COLUMN_VALUE = re.compile(
    rf"{_DEGREE}|重度|重病|大病|慢性病|{_SENSE}(?:残疾)?|残疾|多病|体弱|瘫|长期(?:服药|患病|卧床)"
)


def find_health(ground: Ground) -> Iterator[Found]:
    """Illness and disability beside a person: in a clause that speaks of one, or in a table's row.

    Where the matter itself forbids such detail, or the column is of health, the word is enough.
    """
    text = ground.text
    in_row = ground.rows is not None
    for match in _words(text):
        if _is_policy(ground, match):
            continue
        if (
            in_row
            or "：" in match[0]
            or _is_asked(ground, match.start())
            or _beside_a_person(ground, match)
        ):
            confidence = 0.65 if match["general"] else 0.8
            yield Found(Kind.HEALTH, *match.span(), confidence)
    for start, cell in ground.cells_of(_is_health_column):
        for match in _COLUMN_VALUE.finditer(cell):
            yield Found(Kind.HEALTH, start + match.start(), start + match.end(), 0.75)


def find_labelled_disability_cards(ground: Ground, text: str) -> Iterator[Found]:
    """Numbers of a disabled person's card, after their label or under their column."""
    for match in _CARD.finditer(text):
        if ground.governing(match.start()) is Label.DISABILITY_CARD:
            yield Found(Kind.HEALTH, *match.span(), 0.85)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Words of illness and disability, looked for only around the signs that they are made of."""
    done = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        window = (max(done, trigger.start() - 9), trigger.start() + 16)
        for match in _WORDS.finditer(text, *window):
            yield match
            done = match.end()
        done = max(done, trigger.start() + 1)


def _is_asked(ground: Ground, place: int) -> bool:
    context = ground.context_at(place)
    if any(word in line for line in context.forbidden for word in ("健康", "残疾", "病")):
        return True
    return ground.governing(place) is Label.HEALTH


def _is_policy(ground: Ground, match: re.Match[str]) -> bool:
    text = ground.text
    if _POLICY_AFTER.match(text, match.end()):
        return True
    if match["degree"] and _LIST_AFTER.match(text, match.end()):
        return True
    return _POLICY_BEFORE.search(ground.sentence_before(match.start(), 24)) is not None


def _beside_a_person(ground: Ground, match: re.Match[str]) -> bool:
    before = re.split(r"[。；;\n]", ground.sentence_before(match.start(), 40))[-1]
    after = re.split(r"[。；;\n]", ground.text[match.end() : match.end() + 16])[0]
    return speaks_of_a_person(before) or speaks_of_a_person(after)


def _is_health_column(column: str) -> bool:
    return column_label(column) is Label.HEALTH
