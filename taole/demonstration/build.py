"""The demonstration from an empty instance: scene after scene, all by the house's own actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files

from sqlalchemy import select

from taole.catalogue.actions import adopt, load_edition, override_item
from taole.catalogue.models import CatalogueKind, Edition
from taole.catalogue.queries import list_items_in_force
from taole.catalogue.reading import read_catalogue
from taole.core.calendar_store import EnteredDay, enter_year, work_calendar
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.settings_store import DEMONSTRATION, keep_setting
from taole.core.words import N_
from taole.demonstration.ledger_scene import play_ledgers
from taole.demonstration.monitoring_scene import play_monitoring
from taole.demonstration.office_scene import (
    clear_each_month,
    publish_articles,
    publish_village_notices,
    tell_stories,
    update_standing_pages,
)
from taole.demonstration.oversight_scene import play_oversight
from taole.demonstration.present_scene import Present, since
from taole.demonstration.stage import URGENT_ITEMS, Stage, set_stage
from taole.demonstration.village_scene import choose_for_website, close_the_year, play_villages
from taole.notices.actions import set_reviews
from taole.notices.ending import end_expired
from taole.notices.workflow import ALL_STEPS
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit

IN_FORCE_FROM, YEAR_OVER = date(2022, 10, 1), date(2024, 1, 1)
NOT_FOR_COMMUNITIES = ("QN", "CW")
AHEAD = timedelta(days=100)
TWENTY_WORKDAYS = timedelta(days=35)
"""At most as long as the longest deadline of an event around the turn of the year."""
FESTIVALS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
INVENTED_HOLIDAY = "演示：未核对"

Progress = Callable[[str], None]


def build(today: date, progress: Progress = lambda _scene: None) -> Stage:
    """Make Taole Town in the current session: 2023 whole, and the weeks up to ``today``."""
    if db.session.scalar(select(Unit.id).limit(1)) is not None:
        raise Refused(N_("这个实例里已经有数据，演示数据只能建在空实例里（换一个 TAOLE_INSTANCE）"))
    keep_setting(DEMONSTRATION, {"year": 2023})
    confirm_years(today)
    progress("单位和人员")
    stage = set_stage()
    progress("目录")
    _adopt_catalogues(stage, today)
    progress("应公示事项")
    open_obligations(stage.township, through=date(2024, 1, 31), by=SYSTEM)
    open_obligations(stage.township, through=today + AHEAD, by=SYSTEM)
    stage.items = {
        item.code: item for item in list_items_in_force(stage.township.id, date(2023, 6, 1))
    }
    progress("各村公示")
    years = play_villages(stage)
    progress("政府网站")
    publish_village_notices(stage, choose_for_website(years))
    articles = publish_articles(stage)
    update_standing_pages(stage)
    clear_each_month(stage, articles)
    progress("新媒体")
    tell_stories(stage)
    progress("督查整改")
    play_oversight(stage)
    progress("台账")
    play_ledgers(stage)
    progress("年终")
    close_the_year(stage)
    progress("本期")
    Present(stage, today).play()
    progress("征集和要点")
    play_monitoring(stage, today)
    end_expired(stage.township, on=today, by=SYSTEM)
    return stage


def confirm_years(today: date) -> None:
    """Years without which today's events have no due day get fixed festivals, marked as invented.

    A coming year that the calendar library does not know otherwise stays unknown: it is said.
    """
    for year in {today.year, (today + TWENTY_WORKDAYS).year} - work_calendar().confirmed_years:
        enter_year(
            year,
            [
                EnteredDay(date(year, month, day), False, INVENTED_HOLIDAY)
                for month, day in FESTIVALS
            ],
        )


def _adopt_catalogues(stage: Stage, today: date) -> None:
    """The proposed catalogue for 2023 and again for the present; the web columns throughout."""
    villages = _load("catalogue-proposed.yaml")
    website = _load("website-columns.yaml")
    adopt(stage.township, villages, from_on=IN_FORCE_FROM, until_on=YEAR_OVER, by=SYSTEM)
    adopt(stage.township, villages, from_on=since(today), by=SYSTEM)
    adopt(stage.township, website, from_on=IN_FORCE_FROM, by=SYSTEM)
    for code in URGENT_ITEMS:
        set_reviews(
            stage.township,
            steps=ALL_STEPS,
            from_on=IN_FORCE_FROM,
            item_code=code,
            is_urgent=True,
            by=SYSTEM,
        )
    for item in list_items_in_force(stage.township.id, IN_FORCE_FROM):
        if item.code.startswith(NOT_FOR_COMMUNITIES):
            for community in stage.communities:
                override_item(
                    stage.township,
                    item.code,
                    unit=community,
                    from_on=IN_FORCE_FROM,
                    applicable=False,
                    reason="社区没有集体土地和集体经济",
                    by=SYSTEM,
                )
    columns = list_items_in_force(stage.township.id, IN_FORCE_FROM, CatalogueKind.WEBSITE)
    stage.columns = {item.title: item for item in columns}


def _load(name: str) -> Edition:
    content = files("taole.catalogue").joinpath("data", name).read_bytes()
    draft = read_catalogue(content, name)
    return load_edition(draft, in_force_from=IN_FORCE_FROM, by=SYSTEM, source=name)
