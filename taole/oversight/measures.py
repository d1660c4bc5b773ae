"""The measures that an indicator can name, each a reading of what every other page reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taole.core.words import N_
from taole.notices.showing_rules import ShowingProblem
from taole.oversight import office_measures as office
from taole.oversight import village_measures as villages
from taole.oversight.column_rules import Standing
from taole.oversight.measure_rules import Fix, Measured
from taole.oversight.quarter import Quarter


@dataclass(frozen=True)
class Measure:
    """A reading of our data that an indicator can name."""

    label: str
    run: Callable[[Quarter], Measured]


MEASURES: Mapping[str, Measure] = {
    "completeness": Measure(N_("各村公示完整率"), villages.completeness),
    "timeliness": Measure(N_("各村公示按时率"), villages.timeliness),
    "long_overdue": Measure(N_("超期一个月还没公示的"), villages.long_overdue),
    "no_photograph": Measure(
        N_("没有照片的公示"),
        villages.showing(
            ShowingProblem.NO_PHOTOGRAPH, Fix.PHOTOGRAPH, N_("%(unit)s《%(title)s》没有公示照片")
        ),
    ),
    "taken_down_early": Measure(
        N_("提前撤下的公示"),
        villages.showing(
            ShowingProblem.TAKEN_DOWN_EARLY, Fix.WRITE, N_("%(unit)s《%(title)s》公示期未满即撤下")
        ),
    ),
    "still_up": Measure(
        N_("到期没撤的公示"),
        villages.showing(
            ShowingProblem.STILL_UP, Fix.TAKE_DOWN, N_("%(unit)s《%(title)s》到期没有撤下")
        ),
    ),
    "columns_stale": Measure(
        N_("超期没更新的栏目"),
        office.columns(Standing.STALE, N_("镇政府网站“%(column)s”栏目更新不及时")),
    ),
    "columns_empty": Measure(
        N_("空栏目"), office.columns(Standing.EMPTY, N_("镇政府网站“%(column)s”为空栏目"))
    ),
    "updates_a_month": Measure(N_("每月最少更新次数"), office.updates),
    "messages_late": Measure(N_("超过答复期限的留言"), office.unanswered),
    "messages_three_months": Measure(N_("超过三个月没答复的留言"), office.three_months),
    "disclosed_late": Measure(N_("超过20个工作日公开的"), office.disclosures),
    "not_cleared": Measure(N_("网站上过期没清理的"), office.stale),
    "not_reviewed": Measure(N_("没有三审三校就公示的"), villages.reviews),
    "personal_data": Measure(N_("没处理个人信息就公示的"), villages.personal_data),
    "findings_overdue": Measure(N_("超期的整改"), office.findings_overdue),
    "findings_closed": Measure(N_("到期整改销号率"), office.findings_closed),
    "rounds_answered": Measure(N_("征集按时回复率"), office.rounds),
    "ledger_submitted": Measure(N_("本季度报送台账次数"), office.submitted),
    "trainings": Measure(N_("本年培训次数"), office.training),
}
