"""From a number of the report to the notice or the finding behind it."""

from __future__ import annotations

from datetime import date

import pytest

from taole.annual_report.queries import measure_all
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem, CatalogueKind, Edition
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.inspections.actions import add_finding
from taole.inspections.models import Finding
from taole.inspections.workflow import InspectionKind, Severity
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState

PAGE = "/reports/640221106/2023"
DAY = date(2023, 5, 8)


def a_notice_of_dongyuan(town) -> Notice:
    """高龄津贴 of May 2023, on the board, the village app and the kiosk."""
    edition = Edition(
        kind=CatalogueKind.VILLAGE,
        name="试用目录",
        in_force_from=date(2022, 1, 1),
        sections=["社会保障"],
        aliases={},
        fingerprint="trial",
        loaded_at=noon(DAY),
    )
    item = CatalogueItem(
        edition=edition,
        code="SB-08",
        position=1,
        section="社会保障",
        title="高龄津贴发放",
        content=[],
        basis=[],
        frequency=Frequency.MONTHLY,
        deadline={},
        channels=[],
        compulsory_channels=[],
        personal_data={},
        effective_from=date(2022, 1, 1),
    )
    village = town.villages[0]
    notice = Notice(
        township_id=town.township.id,
        unit=village,
        item=item,
        section="社会保障",
        period_key="2023-05",
        title="东园村2023年5月高龄津贴发放公示",
        state=NoticeState.APPROVED,
        author_name="陈某",
        written_at=noon(DAY),
        first_posted_on=DAY,
    )
    db.session.add_all([edition, item, notice])
    db.session.flush()
    for channel in (Channel.BOARD, Channel.VILLAGE_APP, Channel.KIOSK):
        db.session.add(
            Posting(
                township_id=town.township.id,
                unit_id=village.id,
                notice_id=notice.id,
                channel=channel,
                posted_on=DAY,
                entered_at=noon(DAY),
            )
        )
    db.session.flush()
    return notice


def a_finding_of_the_cross_check(town) -> Finding:
    return add_finding(
        town.villages[0],
        source=InspectionKind.CROSS_CHECK,
        statement="公示栏缺四月财务收支",
        severity=Severity.MINOR,
        found_on=DAY,
        by=town.li,
    )


def test_one_notice_on_three_channels_is_one_notice_and_two_screen_postings(town):
    notice = a_notice_of_dongyuan(town)
    measured = measure_all(town.township, 2023)
    assert measured["P6-board"].value == measured["P6-board-social"].value == 1
    assert [one.id for one in measured["P6-board"].records] == [str(notice.id)]
    assert measured["P1-screen"].value == len(measured["P1-screen"].records) == 2


@pytest.mark.parametrize(("key", "links"), [("P6-board", 1), ("P1-screen", 2)])
def test_notices_and_postings_lead_to_the_notice(town, sign_in, key, links):
    with transaction():
        notice = a_notice_of_dongyuan(town)
    text = sign_in("li").get(f"{PAGE}/figures/{key}").get_data(as_text=True)
    assert text.count(f'href="/notices/{notice.id}"') == links


def test_a_finding_of_the_cross_check_leads_to_its_story(town, sign_in):
    with transaction():
        finding = a_finding_of_the_cross_check(town)
    text = sign_in("li").get(f"{PAGE}/figures/P6-cross").get_data(as_text=True)
    assert f'href="/findings/{finding.id}"' in text
