"""THE TIMETABLE: every job of the house, in Asia/Shanghai."""

from __future__ import annotations

import taole.attachments.jobs
import taole.inspections.jobs
import taole.notices.jobs
import taole.notifications.jobs
import taole.obligations.jobs
import taole.oversight.brief_jobs
import taole.oversight.circular_jobs
import taole.rounds.jobs
import taole.schedule.jobs
import taole.trail.jobs
from taole.core.jobs import Job
from taole.core.words import N_

TIMETABLE: tuple[Job, ...] = (
    Job(
        "open-obligations",
        N_("提前打开应公示事项"),
        "10 1 * * *",
        taole.obligations.jobs.open_ahead,
    ),
    Job(
        "find-problems",
        N_("发现没公示、没更新的问题，核对已改的"),
        "30 1 * * *",
        taole.inspections.jobs.find_problems,
    ),
    Job("end-notices", N_("结束到期的公示"), "20 1 * * *", taole.notices.jobs.end_notices),
    Job(
        taole.attachments.jobs.SCAN,
        N_("检查新传的文件有没有个人信息"),
        "* * * * *",
        taole.attachments.jobs.scan_files,
    ),
    Job(
        "tidy-files",
        N_("清理没传完的文件"),
        "0 2 * * *",
        taole.attachments.jobs.tidy_files,
    ),
    Job("open-rounds", N_("发出到期的征集"), "*/10 * * * *", taole.rounds.jobs.open_rounds),
    Job("send-messages", N_("发邮件和群消息"), "* * * * *", taole.notifications.jobs.send_messages),
    Job("send-digests", N_("发当天的提醒"), "*/10 * * * *", taole.notifications.jobs.send_digests),
    Job(
        "draft-circulars",
        N_("季度末前十天提醒通报预估"),
        "50 8 * * *",
        taole.oversight.circular_jobs.draft_circulars,
    ),
    Job(
        "weekly-briefs",
        N_("给分管领导发上周简报"),
        "40 8 * * mon",
        taole.oversight.brief_jobs.send_briefs,
    ),
    Job("verify-trail", N_("核对操作记录"), "40 2 * * *", taole.trail.jobs.verify),
    Job("tidy-runs", N_("清理旧的运行记录"), "50 2 * * *", taole.schedule.jobs.tidy_runs),
)

BY_NAME = {job.name: job for job in TIMETABLE}
EVERY_SECONDS = 20
RENEW_SECONDS = 30
