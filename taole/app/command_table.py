"""Which commands there are, and in which group."""

from __future__ import annotations

import click

import taole.annual_report.commands
import taole.app.doctor
import taole.app.serving
import taole.catalogue.commands
import taole.demonstration.commands
import taole.imports.commands
import taole.obligations.commands
import taole.organisation.commands
import taole.privacy.commands
import taole.rectification_papers.commands
import taole.schedule.commands

GROUPS: dict[str, tuple[str, tuple[click.Command, ...]]] = {
    "catalogue": ("目录：载入、列出、比较。", taole.catalogue.commands.COMMANDS),
    "organisation": ("单位和人员。", taole.organisation.commands.COMMANDS),
    "obligations": ("应公示事项。", taole.obligations.commands.COMMANDS),
    "workdays": ("工作日。", taole.obligations.commands.WORKDAYS),
    "notices": ("公示台账。", taole.imports.commands.COMMANDS),
    "privacy": ("个人信息：查文件、遮盖文件。", taole.privacy.commands.COMMANDS),
    "report": ("年度报告。", taole.annual_report.commands.COMMANDS),
    "schedule": ("定时任务。", taole.schedule.commands.COMMANDS),
}

SINGLE: tuple[click.Command, ...] = (
    *taole.demonstration.commands.SINGLE,
    *taole.obligations.commands.SINGLE,
    *taole.rectification_papers.commands.SINGLE,
    taole.app.serving.serve,
    taole.app.doctor.doctor,
)
