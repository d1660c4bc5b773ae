"""What the lines of the trail say to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from taole.core.words import N_, Sentence, sentence
from taole.trail.models import TrailLine

_DONE: dict[tuple[str, str], str] = {
    ("unit", "found_unit"): N_("添加了单位"),
    ("unit", "change_phone"): N_("改了监督电话"),
    ("unit", "close_unit"): N_("记下了单位的撤销日期"),
    ("unit", "clear_website"): N_("清理了网站上过时的内容"),
    ("unit", "set_clearing_limit"): N_("改了多久以前的内容算过时"),
    ("unit", "open_obligations"): N_("生成了应公示事项"),
    ("person", "add_user"): N_("开通了账号"),
    ("person", "give_role"): N_("给了岗位"),
    ("person", "end_role"): N_("结束了岗位"),
    ("person", "change_email"): N_("改了收提醒的邮箱"),
    ("person", "retire"): N_("办了离岗"),
    ("person", "lock"): N_("连续输错密码，账号暂停登录"),
    ("person", "change_password"): N_("换了密码"),
    ("person", "reset_password"): N_("重设了密码"),
    ("edition", "load_edition"): N_("载入了目录"),
    ("adoption", "adopt_edition"): N_("采用了目录"),
    ("catalogue_item", "replace_item"): N_("修改了目录事项"),
    ("catalogue_item", "retire_item"): N_("停用了目录事项"),
    ("item_override", "override_item"): N_("调整了本镇的公开要求"),
    ("item_template", "keep_template"): N_("改了统一模板"),
    ("obligation", "record_event"): N_("登记了一件要公示的事"),
    ("obligation", "answer"): N_("完成了公示"),
    ("obligation", "unanswer"): N_("撤销了完成状态"),
    ("obligation", "declare_nothing"): N_("确认了无此事项"),
    ("obligation", "excuse"): N_("同意了不公示"),
    ("obligation", "move_due_day"): N_("调整了截止日期"),
    ("calendar_year", "enter_calendar_year"): N_("录入了放假安排"),
    ("edition", "follow_edition"): N_("以后的应公示事项改按新目录"),
    ("catalogue_item", "follow_item"): N_("按新的目录调整了以后的事项"),
    ("clock", "confirm_clock"): N_("确认了本机时钟"),
    ("key_task", "tell_progress"): N_("记了要点的季度进展"),
    ("key_task", "carry_over"): N_("把要点转到了下一年"),
    ("unit", "set_appraisal"): N_("改了效能情况表的设置"),
    ("unit", "keep_reminder_plan"): N_("改了提醒的设置"),
    ("message", "remind"): N_("提醒了一次"),
    ("unit", "keep_round_setting"): N_("改了征集的时间表"),
    ("collection_round", "open_round"): N_("发出了一期征集"),
    ("collection_round", "close_round"): N_("关闭了一期征集"),
    ("round_ask", "bring_content"): N_("报来了征集内容"),
    ("round_ask", "answer_ask"): N_("回复了征集"),
    ("round_ask", "extend_ask"): N_("延长了征集期限"),
    ("round_ask", "remind_ask"): N_("提醒了没回复的单位"),
    ("delivery", "send_again"): N_("再发了一次消息"),
    ("route", "add_route"): N_("添加了群机器人"),
    ("route", "switch_route"): N_("开关了群机器人"),
    ("indicator_table", "load_indicators"): N_("载入了考核指标"),
    ("unit", "set_ranking"): N_("开关了各村排序"),
    ("job", "ask_for_job"): N_("让任务现在运行"),
    ("ledger", "import_ledger"): N_("导入了公示台账"),
    ("notice", "end_notice"): N_("公示期满，结束了公示"),
    ("notice", "write_notice"): N_("写了公示"),
    ("notice", "revise_notice"): N_("修改了公示"),
    ("notice", "submit_notice"): N_("提交了公示"),
    ("notice", "approve_notice"): N_("通过了公示"),
    ("notice", "return_notice"): N_("退回了公示"),
    ("notice", "withdraw_notice"): N_("撤回了公示"),
    ("notice", "recall_notice"): N_("撤回了公示来修改"),
    ("notice", "admit_notice"): N_("从台账收下了审核过的公示"),
    ("notice", "correct_notice"): N_("开始更正公示"),
    ("notice", "supersede_notice"): N_("公示由更正代替"),
    ("review_setting", "set_reviews"): N_("定了要几审"),
    ("notice", "post_notice"): N_("登记了张贴或发布"),
    ("notice", "post_ahead"): N_("先公示后审核，登记了张贴或发布"),
    ("notice", "take_down"): N_("记下了撤下"),
    ("notice", "see_up"): N_("看到公示还挂着"),
    ("notice", "prove_posting"): N_("补了公示的照片"),
    ("notice", "mask_finding"): N_("遮盖了一处个人信息"),
    ("notice", "mask_all_findings"): N_("遮盖了全部个人信息"),
    ("notice", "dismiss_finding"): N_("说明一处不是个人信息，恢复了原文"),
    ("notice", "see_original"): N_("看了一处个人信息的原文"),
    ("unit", "set_masking"): N_("定了个人信息怎样遮盖"),
    ("board_photograph", "photograph_board"): N_("拍了公示栏"),
    ("board_photograph", "confirm_board"): N_("按照片确认了在栏的公示"),
    ("board_photograph", "skip_sheet"): N_("把照片上的一张纸记作不是公示"),
    ("attachment", "keep_file"): N_("上传了附件"),
    ("attachment", "scan_file"): N_("检查了附件里的个人信息"),
    ("attachment", "mask_file"): N_("遮盖了附件里的个人信息"),
    ("attachment", "clear_file"): N_("确认附件里不是个人信息"),
    ("attachment", "look_again"): N_("让系统重新检查附件"),
    ("attachment", "look_at_original"): N_("看了附件的原件"),
    ("attachment", "answer_look_alike"): N_("回答了照片是不是同一张"),
    ("upload", "begin_upload"): N_("开始上传文件"),
    ("upload", "abandon_upload"): N_("放弃了没传完的文件"),
    ("inspection", "record"): N_("登记了督查"),
    ("inspection", "answer_self_check"): N_("报了自查情况"),
    ("inspection", "go_on_to"): N_("督查又去了一个村"),
    ("check_sheet", "load_check_sheet"): N_("载入了检查表"),
    ("check_line", "tie_check_line"): N_("改了检查表对应的公开事项"),
    ("finding", "record"): N_("登记了问题"),
    ("finding", "amend"): N_("修改了问题"),
    ("finding", "start"): N_("开始整改"),
    ("finding", "prove"): N_("提交了整改情况"),
    ("finding", "send_back"): N_("退回了整改"),
    ("finding", "close"): N_("销号了问题"),
    ("unit", "set_grace"): N_("改了系统发现问题的天数"),
    ("finding", "ask_extension"): N_("申请了延期"),
    ("finding", "grant_extension"): N_("同意了延期"),
    ("finding", "refuse_extension"): N_("没有同意延期"),
    ("rectification_report", "submit"): N_("上报了整改报告"),
    ("rectification_paper", "issue"): N_("印发了整改文书"),
    ("rectification_paper", "submit"): N_("报送了整改文书"),
    ("information_request", "receive"): N_("收到了信息公开申请"),
    ("information_request", "decide"): N_("答复了信息公开申请"),
    ("information_request", "correct"): N_("更正了信息公开申请"),
    ("report_passages", "write"): N_("改写了年度报告的段落"),
}
_DONE_TO_ANYTHING = {
    "enter": N_("登记了台账"),
    "correct": N_("更正了台账"),
    "strike": N_("作废了一条台账"),
}
_SUBJECTS = (
    "title",
    "name",
    "statement",
    "subject",
    "filename",
    "edition",
    "item",
    "code",
    "unit",
    "channel",
    "recipient",
    "body",
)


@dataclass(frozen=True)
class Told:
    """A line with what was done in words, and to what as far as it says."""

    line: TrailLine
    done: Sentence
    about: str


def tell_all(
    lines: Iterable[TrailLine],
    first_lines: Mapping[UUID, TrailLine] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Told]:
    """Lines in words; what they are about comes from the object's first line where need be.

    ``names`` replaces codes of units by what they are called.
    """
    firsts, called = first_lines or {}, names or {}
    told = []
    for line in lines:
        first = firsts.get(line.object_id) if line.object_id else None
        what = about(line.before, line.after) or (about({}, first.after) if first else "")
        told.append(Told(line, tell(line.object_kind, line.verb), called.get(what, what)))
    return told


def tell(kind: str, verb: str) -> Sentence:
    """What was done, in words; an act that has no words yet is named as it is stored."""
    msgid = _DONE.get((kind, verb)) or _DONE_TO_ANYTHING.get(verb)
    return sentence(msgid) if msgid else sentence(N_("做了 %(verb)s"), verb=f"{kind} {verb}")


def about(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What it was done to, as far as the line itself says it ("" when it does not)."""
    for values in (after, before):
        for name in _SUBJECTS:
            if isinstance(values.get(name), str) and values[name]:
                return str(values[name])
    return ""
