"""How many notices each village posted in 2023: an assignment whose sums are the real report's.

487 notices, each on 公示栏, 村居通 and 查询机; 427 of them by the five villages (360 + 40 + 2 + 5
+ 20) and 60 by two invented communities; 84 of them also on the county's website.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """One unit's notices by section, and how many of them went onto the website too."""

    social: int
    farming: int
    service: int
    organisation: int
    finance: int
    social_on_website: int
    service_on_website: int


SHARES: dict[str, Share] = {
    "640221106201": Share(82, 8, 1, 1, 4, 5, 1),
    "640221106202": Share(69, 8, 0, 1, 4, 5, 0),
    "640221106203": Share(75, 8, 0, 1, 4, 5, 0),
    "640221106204": Share(58, 8, 0, 1, 4, 5, 0),
    "640221106205": Share(76, 8, 1, 1, 4, 5, 1),
    "640221106001": Share(26, 0, 3, 1, 0, 2, 3),
    "640221106002": Share(26, 0, 3, 1, 0, 2, 3),
}

WEBSITE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("文件", 27),
    ("社会救助", 70),
    ("应急管理", 8),
    ("涉农补贴", 13),
    ("乡村振兴", 10),
    ("社会福利和养老服务", 40),
    ("政府信息公开年度报告", 1),
)
"""The township's own articles of 2023 by column; 预决算公开 (2) and the villages (84) make 255."""

NEW_MEDIA_STORIES = 389
"""Each posted on the 微信公众号 and on the 微博: 778."""

FINANCE_SHEET = ("CW-02", "CW-03", "CW-04", "CW-05", "CW-06", "CW-12", "CW-15")
"""What one quarterly finance sheet answers."""

SOCIAL_EVENTS = (
    ("SB-06", 10),
    ("SB-01", 6),
    ("SB-05", 2),
    ("SB-03", 2),
    ("SB-11", 1),
    ("SB-17", 1),
)
"""Event-driven matters of 社会保障 and how often they come, relative to each other."""
