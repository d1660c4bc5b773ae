"""The heads by which the columns of published rectification lists are known. Pure.

A head is compared without spaces, line breaks and what stands in brackets. Some heads tell for
certain what their column holds; others (完成时间, 整改内容) only what it may hold, and are asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from taole.documents.columns import plain_name
from taole.rectification_lists.fields import Field

_DAY = "(?:时间|日期|日|年月日)"
_MEND = "(?:整改|到位|最后|完成|办理|办结|限期|规定|要求|销号|整治|落实|任务|目标|工作|责任|问题)*"
_CERTAIN: tuple[tuple[Field, str], ...] = (
    (
        Field.UNUSED,
        r"(?:配合|协办|协助|协同|参与|填报|报送|上报|报告)(?:责任)?(?:单位|部门)|填报人|填表人|联系电话|电话"
        r"|联系方式|手机号码?|办公电话|(?:网站)?(?:域名|标识码)|首页网址|(?:逾期|未更新|更新|超期)天数|(?:公开|公示|更新)(?:方式|渠道|载体|形式|层级|对象|范围|时限|期限"
        r"|频率|周期)|(?:是否|有无)(?:符合|合格|达标|规范|公开|公示|(?:存在)?问题)|(?:自评|自查)得?分|[^未没无不缺]{0,8}(?:签字|签名|盖章|签收人?)"
        r"|(?:检查|督查)人(?:员)?|(?:存在|发现)?问题(?:数量?|个数|总数|条数|金额)|数量|排名|名次"
        r"|(?:填报|填表|(?:最后|最近)?(?:发布|公开|公示|更新))" + _DAY,
    ),
    (
        Field.NUMBER,
        r"序|号|序号|序列号|编号|编码号|问题(?:编号|序号|编码)|no|num|顺序号?|项次|行号|台账号|清单编号",
    ),
    (
        Field.KIND,
        r"(?:问题|错误|违规|扣分|异常)(?:类别|类型|分类|种类|性质|归类|大类)|类别|类型|问题所属类别",
    ),
    (
        Field.SEVERITY,
        r"(?:问题|错误)?(?:严重)?(?:程度|等级|性质程度|严重性|轻重|级别)|风险等级|整改难易程度",
    ),
    (Field.TOWN, r"(?:所属|所在|责任|被检查)?(?:乡镇|镇|乡|镇街|乡镇街道|乡镇名称|镇乡)(?:名称)?"),
    (
        Field.LEAD,
        r"(?:牵头|主办|主责|主管|行业主管|归口|督导|督办)(?:责任)?(?:单位|部门|科室)|牵头",
    ),
    (
        Field.SOURCE,
        r"(?:问题|信息|线索|反馈)?来源(?:渠道|类别|类型)?|发现(?:渠道|途径|方式|单位|部门)|检查(?:方式|类型|类别|单位|部门|组)"
        r"|(?:督查|通报|交办|反馈|巡查|评估|测评)(?:单位|部门|组|方式|类型|批次)",
    ),
    (
        Field.DOCUMENT,
        r"(?:来源|通报|文件|来文|交办|通知)?(?:文号|文件|文件名称|文件名)|(?:来源)?文号[和及与]"
        + _DAY
        + r"|通报(?:名称|标题)|来文名称|依据文件",
    ),
    (
        Field.FOUND_ON,
        r"(?:问题)?(?:发现|检查|督查|通报|反馈|交办|抽查|巡查|登记|来文|下发|监测|点名|采样|检测|扫描|自查"
        r"|暗访|走访|受理|接收|转办|派发|立项|反映|评估|测评|考核|采集|截图|留言|投诉"
        r"|举报|来信)" + _DAY,
    ),
    (Field.RECHECKED_ON, r"(?:复核|验收|核查|复查|销号|核销|审核|核验|核实)" + _DAY),
    (
        Field.RECHECKER,
        r"(?:复核|验收|核查|复查|销号|核销|审核|核验|核实)+(?:人|人员|单位|部门|责任人|领导)",
    ),
    (
        Field.VERDICT,
        r"(?:复核|验收|核查|复查|销号|核销|审核|核验|核实)(?:结论|意见|结果|情况|评价)|审定意见|回头看(?:情况|结果)",
    ),
    (
        Field.STATEMENT,
        r"(?:[^未没无]{0,6}(?:存在|发现|反映|查出|提出|指出|暴露|反馈)的?)?"
        r"(?:存在|发现|反馈|查出|查摆|检查|督查|巡查|排查|通报|主要|具体|突出|点名|指出|抽查|监测|涉及|整改|扣分|典型)*"
        r"(?:的|出的?)?(?:主要|具体|突出|共性|个性)?(?:的)?问题"
        r"(?:描述|表现|表现形式|内容|情况|说明|清单|线索|条目|要点|现状|事例|详细描述|简要情况|详情|概况|概述|简述|摘要|事实|现象|表述|隐患|点|事项|具体表现"
        r"|具体描述|具体情况|[一二三四五\d]|[及和与](?:不足|表现|短板|差距|描述|情况|隐患|扣分说明|扣分原因))*",
    ),
    (Field.STATEMENT, r"[^未没无是否]{0,8}问题"),
    (
        Field.STATEMENT,
        r"(?:主要|具体)?(?:扣分|失分|减分)(?:说明|原因|理由|缘由|事由|因素|情况|点|事项|内容|详情|项目说明|情况说明)|(?:存在|主要)(?:的)?不足|不足之处"
        r"|薄弱环节|短板弱项|短板[和及]?不足|差距[和及]不足|检查发现(?:情况)?|隐患(?:描述|内容)?|(?:疑似)?错误(?:描述|内容|表述|信息|情况|详情|文字)|错[敏别](?:字词?|词)|异常(?:情况|描述)"
        r"|不(?:合格|规范|符合|到位|达标)(?:情况|事项|说明|表现|情形|项|之处|问题)|违规情形|疑似错误|问题(?:情形|通报)",
    ),
    (
        Field.LEADER,
        r"(?:整改)?(?:责任|包抓|分管|牵头|包联|包村|包片|挂包|挂点|联系|主管|主要|带班|督办|包保|分管责任|镇包村)(?:的)?"
        r"(?:领导|县领导|镇领导|县级领导|科级领导|领导干部)",
    ),
    (
        Field.OWNER,
        r"(?:整改|直接|具体|第一|主要|问题|包抓|落实|牵头|单位|承办|栏目|网站|信息)?(?:责任|经办|承办|负责|联系|整改)人(?:员)?(?:姓名)?"
        r"|具体负责人|经办人员|(?:责任|包村|村)干部|信息员|网格员|村支书|村?(?:党(?:支部|总支|委))?书记|村(?:委会)?主任",
    ),
    (
        Field.UNIT,
        r"(?:整改)?(?:责任|承办|承接|整改|落实|主体|公开|实施|[镇村]级|[被受].{1,3}|涉及|所属|所在|问题|责任主体|办理|运营|开设|维护|内容|保障|栏目|供稿|信息|发布|更新|对应"
        r"|检查的|存在问题|扣分|具体)*(?:的)?"
        r"(?:单位|部门|村|村社|村居|行政村|社区|科室|处室|村?党支部|村级?党?组织|党组织|村(?:民委员|委)会|站所|村别|镇村|办|主体|村组|办所|站办|村部|办站|中心)"
        r"(?:名称|名|[或和及与](?:办|中心|单位|部门|社区|村|责任人|站所|科室|人))*",
    ),
    (
        Field.UNIT,
        r"责任清单|(?:检查|抽查|督查|考核|暗访|走访)(?:村|村居|社区)|村庄|村庄名称|村\(社区\)|乡镇[或和及]?部门|镇办",
    ),
    (
        Field.DUE,
        _MEND
        + r"(?:时限|期限|限期|时间节点|节点|时间要求|时限要求|到期日|截止日?|截止(?:时间|日期)"
        r"|限定(?:时间|日期))|限时|限改" + _DAY,
    ),
    (
        Field.DUE,
        r"(?:计划|拟|预计|最迟|目标|要求|应|限定|规定|力争|限期|限改|承诺)(?:整改)?(?:完成|办结|整改|销号)(?:整改)?"
        + f"(?:{_DAY}|时限|期限|节点)",
    ),
    (
        Field.DONE_ON,
        r"(?:实际|已)(?:整改)?(?:完成|办结|整改)(?:整改)?(?:的)?" + _DAY,
    ),
    (
        Field.STATE,
        r"(?:整改|当前|办理|销号|完成|目前|问题|现在)?状态|是否(?:已)?(?:完成|整改|销号|办结|到位|按期)"
        r"(?:整改|到位|完成|完毕|销号)*|(?:完成|整改|销号)与否",
    ),
    (
        Field.PROGRESS,
        r"(?:整改|落实|完成|办理|办结|工作|目前|最新|当前|任务|问题|销号)*(?:的)?(?:进展|进度|落实|完成|整改|办理|办结|销号|推进)"
        r"(?:情况|结果|成效|进展|进度)?(?:情况)?(?:说明)?|整改(?:情况|结果|成效|完成情况|落实情况)(?:说明)?|(?:取得|整改)?(?:成效|实效|成果)"
        r"|(?:处理|处置|回复|修改)(?:情况|结果)|整改(?:反馈(?:情况)?|回复|进程|效果)|工作成效|(?:序时|完成)进度|完成(?:比例|率)",
    ),
    (
        Field.MEASURES,
        r"(?:整改|改善|改进|主要|具体|工作|拟采取|已?采取|应对|解决|整治|落实|推进|下一?步|拟)*(?:的)?(?:整改)?"
        r"(?:措施|举措|办法|对策|做法|方案|计划|思路|路径|打算|措施清单|举措清单|工作措施)"
        r"(?:[及和与、](?:完成|整改)?(?:时限|期限|时间|目标|要求))?"
        r"|(?:整改)?(?:完成)?(?:时限|期限|时间)[及和与](?:整改)?(?:措施|举措)",
    ),
    (
        Field.DEMAND,
        r"(?:整改|工作|处理|办理|限期整改|反馈|修改|预期|具体|督办|落实|改进|审计|检查|督查|巡[察查]|评估|测评)*(?:的)?"
        r"(?:要求|建议|任务|目标|任务清单|目标任务|任务目标|工作任务|整改意见|意见建议)(?:[及和与、](?:完成|整改)?(?:时限|期限|时间))?|整改意见|处理意见"
        r"|目标要求|整改方向|预期成效|修改意见|(?:建议|推荐|应)(?:修?改)(?:为|内容)?|正确(?:表述|内容|写法)",
    ),
    (
        Field.EVIDENCE,
        r"(?:问题)?(?:证据|截图|取证|证据材料|证据链接|证据截图|佐证截图)|问题(?:链接|网址|url|照片|图片|页面|所在页面|佐证|位置)"
        r"|(?:存在|发现)?(?:问题|错误|原文|所在)?(?:所在)?(?:页面|网页)(?:链接|网址|地址|url)"
        r"|(?:存在)?(?:问题|错误|错链|死链|断链)(?:情况)?(?:所在)?(?:链接|网址|页面?|地址)+|所在页面?|(?:页面)?快照(?:链接|地址)?"
        r"|(?:页面|网页|文章|信息)标题|原文链接|整改前(?:的)?(?:照片|图片|截图|链接|佐证)",
    ),
    (
        Field.PROOF_LINK,
        r"整改(?:佐证|证明|地址)|(?:整改(?:情况|结果)?|修改|完成|更新|公开|公示|佐证|整改后|改善后|整改完成|印证|落实|证明|支撑)+(?:的)?(?:佐证|证明|印证|完成)?"
        r"(?:后)?(?:链接|网址|url|链接地址|网址链接|材料链接|资料链接|材料|资料|截图|照片|图片|页面)(?:链接)?|佐证",
    ),
    (
        Field.ITEM_CODE,
        r"(?:公开)?(?:事项|目录|领域|指标)(?:编码|代码|编号)|公开领域|目录号|编码|领域",
    ),
    (
        Field.ITEM_GROUP,
        r"(?:领域|试点领域)名称|试点领域|一级(?:事项|目录|指标|标题|类别|分类|栏目)|事项类别|公开类别|三级指标"
        r"|(?:问题)?(?:所属|涉及)?(?:板块|版块|方面|领域类别|所属领域)|问题所属领域|所属领域|涉及领域",
    ),
    (
        Field.ITEM,
        r"(?:二级|三级)(?:事项|目录|分类|栏目)|二级指标|(?:公开|网站|所在)栏目|(?:考评|测评)(?:项目|内容|指标)"
        r"|(?:评估|考评|测评|考核)要点|评分项目?|评估内容|(?:公开|目录|检查|考核|评估|涉及|村务公开)?(?:事项|内容名称|事项名称|项目)(?:名称)?"
        r"|(?:公开|内容)要素|公开目录|栏目(?:路径|位置)|信息类别|监测指标|公开内容|检查内容|考核内容|检查指标|评估指标|考核指标|评价指标|检查要点|指标|指标名称|所属栏目|栏目|栏目名称|涉及栏目",
    ),
    (
        Field.BASIS,
        r"(?:检查|政策|整改|公开|考核|考评|测评|评价|评分|评估|制度)?(?:依据|标准|细则)|扣分标准|违反(?:的)?(?:条款|规定|依据|制度).*|评分办法",
    ),
    (Field.WEIGHT, r"(?:分值)?权重|(?:标准)?分值|满分|标准分|配分|赋分|基础分|基准分|总分值|分数"),
    (
        Field.SCORE,
        r"(?:实际|最终|考核|考评|测评|检查|评估|核定)?(?:得分|评分|实得分|总得分|综合得分)(?:情况)?",
    ),
    (Field.LOST, r"(?:应)?(?:扣分|失分)(?:值|数|分值)?|扣分(?:小计|合计)"),
    (
        Field.NOTE,
        r"备注(?:说明|信息)?|其[他它]需要说明的.{2}|备考|其他(?:说明)?|其它|补充说明|附注|注",
    ),
    (Field.UNUSED, r"(?:是否|有无).{1,8}"),
)
_UNCERTAIN: tuple[tuple[tuple[Field, ...], str], ...] = (
    (
        (Field.DUE, Field.DONE_ON),
        r"(?:整改|完成|办结|办理|落实|销号|任务)*(?:的)?(?:完成|整改)?"
        + _DAY
        + r"|时间|日期|时间安排|进度安排",
    ),
    (
        (Field.EVIDENCE, Field.PROOF_LINK),
        r"链接|网址|url|链接地址|相关链接",
    ),
    ((Field.EVIDENCE, Field.PROOF_LINK, Field.NOTE), r"照片|图片"),
    ((Field.PROOF_LINK, Field.EVIDENCE), r"附件|证明材料|材料"),
    (
        (Field.EVIDENCE, Field.PROOF_LINK),
        r"(?:网站|栏目|信息|文章|稿件)(?:链接|网址|地址)",
    ),
    (
        (Field.STATEMENT, Field.DEMAND, Field.MEASURES),
        r"整改(?:内容|事项|项目|点|任务内容)|内容|工作内容|具体内容|任务内容",
    ),
    (
        (Field.STATEMENT, Field.DEMAND),
        r"(?:反馈|检查|督查|通报|巡查|指出|交办)(?:意见|内容|事项)|意见",
    ),
    ((Field.STATEMENT, Field.PROGRESS), r"(?:反馈|督查|通报|巡查|交办)(?:情况|结果)"),
    ((Field.STATEMENT, Field.NOTE), r"检查(?:情况|结果)"),
    ((Field.STATEMENT, Field.EVIDENCE), r"(?:具体|主要)表现(?:形式)?|问题标题"),
    ((Field.STATEMENT, Field.BASIS), r"(?:扣分|失分|减分)依据"),
    (
        (Field.STATEMENT, Field.PROGRESS, Field.NOTE),
        r"(?:具体|基本|相关)?情况(?:说明|描述|反映)?|说明|描述|现状",
    ),
    (
        (Field.UNIT, Field.OWNER),
        r"责任|责任方|责任者|责任落实|责任归属|负责|名称|对象",
    ),
    (
        (Field.UNIT, Field.ITEM),
        r"(?:检查|督查|考核|通报|监督)对象|(?:检查|督查|暗访|抽查|走访|问题)?(?:所在地|地点|点位|部位)|位置",
    ),
    ((Field.DUE, Field.NOTE), r"(?:反馈|报送|上报|回复)(?:时限|期限|截止时间)"),
    ((Field.EVIDENCE, Field.PROOF_LINK), r"整改前.*|.*整改前"),
    ((Field.PROOF_LINK, Field.PROGRESS), r"整改后.*|.*整改后"),
)
_LOOSE: tuple[tuple[tuple[Field, ...], str], ...] = (
    ((Field.STATEMENT,), r".*(?:问题|不足|隐患|扣分|差错|错误).*"),
    ((Field.MEASURES, Field.DEMAND), r".*(?:措施|举措|做法).*"),
    ((Field.DUE, Field.DONE_ON), r".*(?:整改|完成|办结|办理|到位|落实|销号).*(?:时间|日期).*"),
    ((Field.DUE, Field.NOTE), r".*(?:时限|期限|时间|日期|节点).*"),
    ((Field.UNIT, Field.LEAD), r".*(?:单位|部门|村(?!务)|社区).*"),
    (
        (Field.PROOF_LINK, Field.EVIDENCE),
        r".*(?:佐证|印证).*|.*(?:整改|完成|落实).*(?:链接|网址).*",
    ),
    ((Field.EVIDENCE, Field.PROOF_LINK), r".*(?:链接|网址).*"),
    ((Field.PROGRESS, Field.STATE), r".*(?:整改|落实|完成|进展).*"),
)
_CERTAIN_FORMS = tuple((field, re.compile(form)) for field, form in _CERTAIN)
_UNCERTAIN_FORMS = tuple((fields, re.compile(form)) for fields, form in _UNCERTAIN)
_LOOSE_FORMS = tuple((fields, re.compile(form)) for fields, form in _LOOSE)
_WRAPPED = re.compile(r"(?P<list>.+)清单|.{0,6}问题的?(?P<of>.+)")
_AND = re.compile(r"及其?|和|与|、|/|／")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
LONGEST_HEAD = 24
LONGEST_WRITTEN = 60


@lru_cache(maxsize=4096)
def certain_field(name: str) -> Field | None:
    """What a head says for certain; None when it does not."""
    if len(name) > LONGEST_WRITTEN:
        return None
    plain = plain_name(name)
    if not plain or len(plain) > LONGEST_HEAD:
        return None
    found = next((field for field, form in _CERTAIN_FORMS if form.fullmatch(plain)), None)
    if found is None and not _AND.search(name) and (inner := _WRAPPED.fullmatch(plain)) is not None:
        found = certain_field(inner["list"] or inner["of"])
    return found


@lru_cache(maxsize=4096)
def field_of_both(name: str) -> Field | None:
    """What a head of two names says (责任人及联系电话, 责任单位/责任人): the first that is used."""
    parts = _AND.split(_BRACKETED.sub("", name))
    if len(parts) < 2:
        return None
    fields = [certain_field(part) for part in parts]
    if None in fields:
        return None
    return next((field for field in fields if field is not Field.UNUSED), Field.UNUSED)


@lru_cache(maxsize=4096)
def possible_fields(name: str) -> tuple[Field, ...]:
    """What a head that is not certain may say, the likeliest first; empty when it says nothing."""
    plain = plain_name(name)
    if not plain or len(plain) > LONGEST_HEAD:
        return ()
    forms = (*_UNCERTAIN_FORMS, *_LOOSE_FORMS)
    return next((fields for fields, form in forms if form.fullmatch(plain)), ())


@lru_cache(maxsize=4096)
def is_head_word(name: str) -> bool:
    """Whether a name is one that heads columns: a certain one, or an uncertain one in full."""
    if len(name) > LONGEST_WRITTEN:
        return False
    plain = plain_name(name)
    return (certain_field(name) or field_of_both(name)) is not None or any(
        form.fullmatch(plain) for _fields, form in _UNCERTAIN_FORMS
    )
