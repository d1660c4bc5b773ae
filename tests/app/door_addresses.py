"""The addresses behind which something stands: what each person tries to open, and to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from taole.annual_report.queries import find_figure
from taole.core.figures import REGISTRY
from taole.notifications.short_links import shortened as short_address
from taole.registers.ledgers import REGISTERS
from tests.app.door_table import TOWNSHIP, VILLAGE


@dataclass(frozen=True)
class Behind:
    """The ids of what stands behind the doors: 东园村's notices and findings by state, its
    obligations by how they were answered, and one of everything else."""

    notices: Mapping[str, UUID]
    findings: Mapping[str, UUID]
    slots: Mapping[str, UUID]
    item: UUID
    photo: UUID
    upload: UUID
    look_alike: UUID
    board: UUID
    code: str
    request: UUID
    brought: UUID
    inspection: UUID
    check_line: UUID
    entry: UUID
    task: UUID
    circular: UUID
    listed: UUID
    extension: UUID
    self_check: UUID
    paper: UUID
    route: UUID
    delivery: UUID
    ask: UUID
    office_ask: UUID
    round: str
    posting: UUID
    sealed: UUID
    people: tuple[UUID, UUID]
    held: UUID


def pages_to_open(behind: Behind) -> dict[str, list[str]]:
    """For each endpoint that can be opened, where."""
    report = f"/reports/{TOWNSHIP}/2023"
    duty = f"/website-duty/{TOWNSHIP}"
    sheet = f"/inspections/check-sheet/{TOWNSHIP}"
    figures = [key for key, figure in REGISTRY.items() if figure.records and find_figure(key)]
    return {
        "annual_report.docx": [f"{report}/report.docx"],
        "annual_report.figure": [f"{report}/figures/{key}" for key in figures[::8]],
        "annual_report.html": [f"{report}/report.html"],
        "annual_report.index": ["/reports"],
        "annual_report.passages": [f"{report}/passages", f"/reports/{TOWNSHIP}/2025/passages"],
        "annual_report.show": [f"/reports/{TOWNSHIP}/{year}" for year in (2022, 2023, 2025)],
        "attachments.download": [f"/attachments/{behind.photo}"],
        "attachments.look_alikes": [
            "/attachments/look-alikes",
            "/attachments/look-alikes?answered=yes",
        ],
        "boards.board": [f"/villages/{VILLAGE}/board"],
        "boards.photographed": [f"/boards/{behind.board}"],
        "boards.picture": [f"/boards/{behind.board}/picture"],
        "boards.public_notice": [f"/n/{behind.code}", f"/n/{behind.code}?large=1&print=1"],
        "boards.sheet": [f"/notices/{behind.notices['approved']}/sheet"],
        "boards.sheet_as_pdf": [f"/notices/{behind.notices['approved']}/sheet.pdf?paper=a3"],
        "boards.sheet_as_word": [f"/notices/{behind.notices['approved']}/sheet.docx"],
        "boards.sheets": [f"/villages/{VILLAGE}/sheets"],
        "boards.sheets_as_pdf": [f"/villages/{VILLAGE}/sheets.pdf"],
        "boards.wall": [f"/villages/{VILLAGE}/wall"],
        "catalogue.download": ["/catalogue/download"],
        "catalogue.index": ["/catalogue"],
        "catalogue.item": [f"/catalogue/items/{behind.item}"],
        "catalogue.load": ["/catalogue/load"],
        "catalogue.template": [f"/catalogue/items/{behind.item}/template"],
        "catalogue.website": ["/catalogue/website"],
        "dashboard.home": ["/"],
        "dashboard.overview": ["/overview"],
        "dashboard.overview_sheet": [f"/overview/{TOWNSHIP}/overview.xlsx?on=2023-09-20"],
        "dashboard.overview_of": [
            f"/overview/{TOWNSHIP}",
            f"/overview/{TOWNSHIP}?on=2023-09-20&by=fortnight",
        ],
        "dashboard.village": [f"/villages/{VILLAGE}/", f"/villages/{VILLAGE}/?on=2023-09-20"],
        "imports.done": [f"/imports/ledger/{behind.brought}"],
        "imports.export": ["/imports/ledger.xlsx?year=2023"],
        "imports.ledger": ["/imports/ledger"],
        "imports.template": ["/imports/ledger/template.xlsx"],
        "information_requests.answer": [f"/requests/{behind.request}"],
        "information_requests.index": ["/requests"],
        "information_requests.new": ["/requests/new"],
        "information_requests.receipt": [f"/requests/{behind.request}/receipt"],
        "check_sheets.check_line_ties": [f"{sheet}/lines/{behind.check_line}/ties"],
        "check_sheets.check_sheet": ["/inspections/check-sheet"],
        "check_sheets.check_sheet_of": [sheet],
        "check_sheets.choose_visit": ["/inspections/visit"],
        "check_sheets.filled_sheet": [f"/inspections/check-sheet/{VILLAGE}/filled"],
        "check_sheets.filled_sheet_excel": [f"/inspections/check-sheet/{VILLAGE}.xlsx"],
        "check_sheets.inspected_sheet": [f"/inspections/{behind.inspection}/check-sheet"],
        "check_sheets.inspected_sheet_excel": [
            f"/inspections/{behind.inspection}/check-sheet.xlsx"
        ],
        "check_sheets.visit": [f"/inspections/visit/{VILLAGE}"],
        "rectification_papers.checklist": [f"/findings/checklist/{VILLAGE}"],
        "rectification_papers.checklist_excel": [f"/findings/checklist/{VILLAGE}.xlsx"],
        "rectification_papers.checklist_pdf": [f"/findings/checklist/{VILLAGE}.pdf"],
        "rectification_papers.checklist_word": [f"/findings/checklist/{VILLAGE}.docx"],
        "inspections.finding": [f"/findings/{each}" for each in behind.findings.values()],
        "inspections.findings": ["/findings", "/findings?state=closed&year=2023"],
        "inspections.inspection": [
            f"/inspections/{behind.inspection}",
            f"/inspections/{behind.listed}",
        ],
        "inspections.inspections": ["/inspections"],
        "rectification_lists.ledger": ["/findings/ledger"],
        "rectification_lists.ledger_excel": ["/findings/ledger.xlsx?year=2023"],
        "rectification_lists.load": ["/findings/load", "/findings/load?kind=circular"],
        "inspections.new_finding": ["/findings/new"],
        "inspections.new_inspection": ["/inspections/new"],
        "inspections.ask_self_check": [f"/inspections/{behind.inspection}/self-check"],
        "inspections.edit_finding": [f"/findings/{behind.findings['open']}/edit"],
        "inspections.grace": [f"/findings/grace/{TOWNSHIP}"],
        "inspections.self_check": [f"/inspections/{behind.self_check}/self-check/{VILLAGE}"],
        "inspections.statistics": ["/findings/statistics", "/findings/statistics?year=2023"],
        "rectification_papers.new_paper": [
            "/inspections/papers/new",
            "/inspections/papers/new?kind=report",
        ],
        "rectification_papers.paper": [f"/inspections/papers/{behind.paper}"],
        "rectification_papers.paper_file": [
            f"/inspections/papers/{behind.paper}.{suffix}" for suffix in ("docx", "xlsx", "pdf")
        ],
        "rectification_papers.papers": [
            "/inspections/papers",
            "/inspections/papers?kind=notice&year=2023",
        ],
        "rectification_papers.reports": ["/inspections/reports"],
        "rectification_lists.returned": [f"/inspections/{behind.listed}/returned.xlsx"],
        "notices.check": [f"/notices/{behind.notices['draft']}/check"],
        "notices.correct": [f"/notices/{behind.notices['posted']}/correct"],
        "notices.edit": [
            f"/notices/{behind.notices[state]}/edit" for state in ("draft", "returned")
        ],
        "notices.empty_workbook": [
            f"/villages/{VILLAGE}/notices/workbook.xlsx?obligation={behind.slots['open']}"
        ],
        "notices.filled_workbook": [f"/notices/{behind.notices['draft']}/workbook.xlsx"],
        "notices.index": ["/notices", "/notices?state=returned"],
        "notices.masking": [f"/townships/{TOWNSHIP}/masking"],
        "notices.new": [
            f"/villages/{VILLAGE}/notices/new",
            f"/villages/{VILLAGE}/notices/new?obligation={behind.slots['open']}",
        ],
        "notices.post_notice": [f"/notices/{behind.notices['approved']}/post"],
        "notices.review_settings": [f"/townships/{TOWNSHIP}/reviews"],
        "notices.sent": [f"/notices/{behind.notices['first_review']}/sent"],
        "notices.show": [f"/notices/{each}" for each in behind.notices.values()],
        "notices.showing": ["/notices/showing"],
        "notices.to_review": ["/notices/review"],
        "notifications.deliveries": [
            f"/deliveries/{TOWNSHIP}",
            f"/deliveries/{TOWNSHIP}?troubled=1",
        ],
        "notifications.inbox": ["/inbox"],
        "notifications.reminders": ["/reminders"],
        "notifications.reminders_of": [f"/reminders/{TOWNSHIP}"],
        "notifications.routes": [f"/routes/{TOWNSHIP}"],
        "notifications.short": [short_address(f"/notices/{behind.notices['approved']}")],
        "obligations.calendar": ["/calendar", "/calendar?start=2023-09-28&days=10&unit=working"],
        "obligations.card": [f"/obligations/{each}" for each in behind.slots.values()],
        "obligations.confirm_nothing": [f"/villages/{VILLAGE}/nothing"],
        "obligations.counted": [f"/completeness/{VILLAGE}/list?standing=missing&on=2023-09-20"],
        "obligations.item_change": [f"/catalogue/items/{behind.item}/change"],
        "obligations.matrix": ["/completeness"],
        "obligations.matrix_of": [f"/completeness/{VILLAGE}", f"/completeness/{VILLAGE}?year=2023"],
        "obligations.matrix_sheet": [f"/completeness/{VILLAGE}/matrix.xlsx?year=2023"],
        "obligations.new_event": [f"/villages/{VILLAGE}/events/new"],
        "organisation.close": [f"/units/{VILLAGE}/close"],
        "organisation.phone": [f"/units/{VILLAGE}/phone"],
        "organisation.new_unit": ["/units/new"],
        "organisation.newcomer": ["/people/new"],
        "organisation.password": ["/password"],
        "organisation.people": ["/people"],
        "organisation.person": [f"/people/{each}" for each in behind.people],
        "organisation.sign_in_page": ["/sign-in"],
        "organisation.trail": [f"/trail/{TOWNSHIP}"],
        "oversight.appraisal": [f"/appraisal/{TOWNSHIP}?year=2023"],
        "oversight.appraisal_as_sheet": [f"/appraisal/{TOWNSHIP}/sheet.xlsx?year=2023"],
        "oversight.appraisal_as_word": [f"/appraisal/{TOWNSHIP}/sheet.docx?year=2023"],
        "oversight.brief": ["/brief"],
        "oversight.brief_as_word": [f"/brief/{TOWNSHIP}/brief.docx"],
        "oversight.brief_of_township": [f"/brief/{TOWNSHIP}"],
        "oversight.website_of": [duty, f"{duty}?on=2023-11-20&standing=empty"],
        "oversight.website_clearing": [f"{duty}/clearing", f"{duty}/clearing?where=screens"],
        "oversight.website_column": [f"{duty}/columns/WZ-02"],
        "oversight.website_disclosures": [f"{duty}/disclosures?on=2023-11-20"],
        "oversight.website": ["/website-duty"],
        "oversight.website_ledger": [f"{duty}/ledger"],
        "oversight.website_ledger_excel": [f"{duty}/ledger.xlsx"],
        "oversight.circular": ["/circular"],
        "oversight.circular_as_sheet": [f"/circular/{TOWNSHIP}/circular.xlsx?quarter=2023Q3"],
        "oversight.circular_as_word": [f"/circular/{TOWNSHIP}/circular.docx?quarter=2023Q3"],
        "oversight.circular_of": [f"/circular/{TOWNSHIP}", f"/circular/{TOWNSHIP}?quarter=2023Q3"],
        "oversight.indicators": ["/indicators"],
        "oversight.indicators_as_sheet": [f"/indicators/{TOWNSHIP}/table.xlsx"],
        "oversight.indicators_of": [f"/indicators/{TOWNSHIP}"],
        "oversight.quarter": [f"/quarter/{TOWNSHIP}?quarter=2023Q3"],
        "oversight.quarter_as_sheet": [f"/quarter/{TOWNSHIP}/ledger.xlsx?quarter=2023Q3"],
        "oversight.quarter_as_word": [f"/quarter/{TOWNSHIP}/ledger.docx?quarter=2023Q3"],
        "oversight.received": [f"/circulars/{behind.circular}"],
        "registers.correct_entry": [f"/registers/trainings/{behind.entry}"],
        "registers.entries": [f"/registers/{key}?year=2023" for key in REGISTERS],
        "registers.index": ["/registers"],
        "registers.new": [f"/registers/{key}/new" for key in REGISTERS],
        "registers.look_back": ["/tasks/look-back?year=2024"],
        "registers.task": [f"/tasks/{behind.task}"],
        "registers.tasks": ["/tasks?year=2023"],
        "registers.tasks_sheet": ["/tasks/ledger.xlsx?year=2023"],
        "rounds.ask": [f"/asks/{behind.ask}"],
        "rounds.close_round": [f"{behind.round}/close"],
        "rounds.extend_unit": [f"/asks/{behind.ask}/extend"],
        "rounds.index": ["/rounds"],
        "rounds.index_of": [f"/rounds/{TOWNSHIP}"],
        "rounds.mine": ["/asks"],
        "rounds.minutes": [f"{behind.round}/minutes"],
        "rounds.minutes_word": [f"{behind.round}/minutes.docx"],
        "rounds.on_behalf": [f"/asks/{behind.ask}/on-behalf"],
        "rounds.piece": [f"/asks/{behind.office_ask}/piece"],
        "rounds.round_excel": [f"{behind.round}/round.xlsx"],
        "rounds.settings": [f"/rounds/{TOWNSHIP}/settings"],
        "rounds.show": [behind.round],
        "schedule.index": ["/schedule"],
        "schedule.runs": ["/schedule/runs", "/schedule/runs?job=end-notices&troubled=1"],
        "static": ["/static/app.css", "/static/bootstrap.min.css"],
    }
