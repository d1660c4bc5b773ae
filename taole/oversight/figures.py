"""Figures about the website duty, each with the rule by which it counts."""

from __future__ import annotations

from taole.core.figures import Counted, Figure
from taole.core.words import N_
from taole.notices.counting import website_take_downs

CLEARED = Figure(
    "W-cleared",
    N_("从网站撤下的过时内容"),
    N_("条"),
    Counted.POSTINGS,
    website_take_downs,
    rule=N_("期间内从政府网站撤下的发布，每件计一次；和“每月清理次数”同一口径"),
)

FIGURES: tuple[Figure, ...] = (CLEARED,)
