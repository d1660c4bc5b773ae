"""The pages and figures that the packages bring."""

from __future__ import annotations

from flask import Blueprint

import taole.annual_report.figures
import taole.annual_report.views
import taole.attachments.views
import taole.boards.views
import taole.catalogue.views
import taole.check_sheets.views
import taole.dashboard.views
import taole.imports.views
import taole.information_requests.figures
import taole.information_requests.views
import taole.inspections.figures
import taole.inspections.views
import taole.notices.figures
import taole.notices.views
import taole.notifications.views
import taole.obligations.figures
import taole.obligations.views
import taole.organisation.figures
import taole.organisation.views
import taole.oversight.figures
import taole.oversight.views
import taole.rectification_lists.views
import taole.rectification_papers.figures
import taole.rectification_papers.views
import taole.registers.figures
import taole.registers.views
import taole.rounds.figures
import taole.rounds.views
import taole.schedule.views
from taole.core.figures import Figure

BLUEPRINTS: tuple[Blueprint, ...] = (
    taole.attachments.views.blueprint,  # opens files before anybody asks the database
    taole.organisation.views.blueprint,
    taole.catalogue.views.blueprint,
    taole.obligations.views.blueprint,
    taole.notices.views.blueprint,
    taole.boards.views.blueprint,
    taole.inspections.views.blueprint,
    taole.check_sheets.views.blueprint,
    taole.rectification_lists.views.blueprint,
    taole.rectification_papers.views.blueprint,
    taole.registers.views.blueprint,
    taole.information_requests.views.blueprint,
    taole.imports.views.blueprint,
    taole.annual_report.views.blueprint,
    taole.notifications.views.blueprint,
    taole.rounds.views.blueprint,
    taole.oversight.views.blueprint,
    taole.dashboard.views.blueprint,
    taole.schedule.views.blueprint,
)

FIGURES: tuple[Figure, ...] = (
    *taole.organisation.figures.FIGURES,
    *taole.obligations.figures.FIGURES,
    *taole.notices.figures.FIGURES,
    *taole.rectification_papers.figures.FIGURES,
    *taole.inspections.figures.FIGURES,
    *taole.registers.figures.FIGURES,
    *taole.information_requests.figures.FIGURES,
    *taole.rounds.figures.FIGURES,
    *taole.annual_report.figures.FIGURES,
    *taole.oversight.figures.FIGURES,
)
