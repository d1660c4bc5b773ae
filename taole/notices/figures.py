"""Figures about notices and postings, each with the rule by which it counts."""

from __future__ import annotations

from functools import partial

from taole.core.figures import Counted, Figure
from taole.core.words import N_
from taole.notices import counting


def _of_column(key: str, title: str, label: str, unit: str = N_("条")) -> Figure:
    return Figure(
        key,
        label,
        unit,
        Counted.POSTINGS,
        partial(counting.column_postings, title),
        rule=N_("政府网站上该栏目及其下级栏目的发布，每件计一次，重发不计"),
    )


def _of_section(key: str, label: str) -> Figure:
    return Figure(
        f"P6-board-{key}",
        label,
        N_("条"),
        Counted.NOTICES,
        partial(counting.board_notices, key),
        rule=N_("行政村当年首次在村居通或公示栏公示的公示，每件计一次"),
    )


WEB_PARTS = (
    _of_column("P1-web-doc", counting.DOCUMENTS, N_("政府网站“文件”栏目发布"), N_("件")),
    _of_column("P1-web-budget", counting.BUDGETS, N_("政府网站“预决算公开”栏目发布")),
    _of_column("P1-web-relief", counting.RELIEF, N_("政府网站“社会救助”栏目发布")),
    _of_column("P1-web-village", counting.VILLAGE_AFFAIRS, N_("政府网站“村（居）务公开”栏目发布")),
    _of_column("P1-web-emergency", counting.EMERGENCY, N_("政府网站“应急管理”栏目发布")),
    _of_column("P1-web-subsidy", counting.SUBSIDIES, N_("政府网站“涉农补贴”栏目发布")),
    _of_column("P1-web-revital", counting.REVITALISATION, N_("政府网站“乡村振兴”栏目发布")),
    _of_column("P1-web-welfare", counting.WELFARE, N_("政府网站“社会福利和养老服务”栏目发布")),
    _of_column(
        "P1-web-annual", counting.ANNUAL_REPORTS, N_("政府网站“政府信息公开年度报告”栏目发布")
    ),
)
BOARD_PARTS = (
    _of_section("social", N_("村居通和公示栏公开：社会保障")),
    _of_section("agri", N_("村居通和公示栏公开：强农惠农")),
    _of_section("service", N_("村居通和公示栏公开：服务管理")),
    _of_section("finance", N_("村居通和公示栏公开：财务管理")),
    _of_section("autonomy", N_("村居通和公示栏公开：自治管理")),
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "P1-web",
        N_("政府网站更新信息"),
        N_("条"),
        Counted.POSTINGS,
        counting.website_postings,
        rule=N_("政府网站上的发布，每件计一次；常设页面的修改不算发布"),
        parts=tuple(part.key for part in WEB_PARTS),
    ),
    *WEB_PARTS,
    Figure(
        "P1-leader",
        N_("领导信息、机构设置页面更新"),
        N_("次"),
        Counted.RECORDS,
        partial(counting.page_updates, counting.LEADERSHIP),
        rule=N_("常设页面的修改单独计，不在发布条数之内"),
    ),
    Figure(
        "P1-guide-month",
        N_("公开指南最近一次修改的月份"),
        N_("月"),
        Counted.NOTHING,
        partial(counting.page_updates, (counting.GUIDE,)),
        value=counting.guide_month,
        rule=N_("“政府信息公开指南”栏目当年最后一次页面更新所在的月份"),
    ),
    Figure(
        "P1-newmedia",
        N_("微信公众号和微博发布"),
        N_("条"),
        Counted.POSTINGS,
        counting.new_media_postings,
        rule=N_("两个渠道的发布，每件每渠道计一次"),
    ),
    Figure(
        "P1-screen",
        N_("村居通和查询机公示"),
        N_("条"),
        Counted.POSTINGS,
        counting.screen_postings,
        rule=N_("各村（社区）在村居通和查询机上的公示，每件每渠道计一次"),
    ),
    Figure(
        "P6-board",
        N_("村居通和公示栏公开"),
        N_("条"),
        Counted.NOTICES,
        partial(counting.board_notices, ""),
        rule=N_("行政村当年首次在村居通或公示栏公示的公示，每件计一次"),
        parts=tuple(part.key for part in BOARD_PARTS),
    ),
    *BOARD_PARTS,
    Figure(
        "P6-final-date",
        N_("部门决算公开日期"),
        N_("日期"),
        Counted.NOTHING,
        counting.final_accounts,
        value=counting.final_accounts_day,
        rule=N_("“部门决算”栏目当年发布的最近一个年度的决算，首次发布的日期"),
    ),
    Figure(
        "P6-final-year",
        N_("公开的是哪一年的决算"),
        N_("年"),
        Counted.NOTHING,
        counting.final_accounts,
        value=counting.final_accounts_year,
        rule=N_("“部门决算”栏目当年发布的最近一个年度"),
    ),
    Figure(
        "P6-update-freq",
        N_("每月更新网站的最少天数"),
        N_("次/月"),
        Counted.POSTINGS,
        counting.website_postings,
        value=counting.least_update_days,
        rule=N_("各月有发布的不同日期数，取最少的一个月"),
    ),
    Figure(
        "P6-clean-freq",
        N_("每月清理网站过时内容的最少次数"),
        N_("次/月"),
        Counted.POSTINGS,
        counting.website_take_downs,
        value=counting.least_take_downs,
        rule=N_("各月从网站撤下的条数，取最少的一个月"),
    ),
)
