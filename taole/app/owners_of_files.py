"""Whose the files are: the records of the packages that take files."""

from __future__ import annotations

from uuid import UUID

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.attachments.owners import Owner, register_arrival, register_owners
from taole.boards.models import BoardPhotograph
from taole.check_sheets.visiting import OF_PROBLEM, photograph_arrived
from taole.core.database import db
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import FindingState
from taole.notices.actions import add_proof
from taole.notices.forms import PROOF
from taole.notices.models import Notice, Posting
from taole.notices.workflow import EDITABLE
from taole.rectification_papers.models import RectificationPaper
from taole.rounds.models import RoundAsk


def know_owners_of_files() -> None:
    register_owners("notices", _notice)
    register_owners("findings", _finding)
    register_owners("inspections", _inspection)
    register_owners("papers", _paper)
    register_owners("boards", _board_photograph)
    register_owners("postings", _posting)
    register_owners("asks", _ask)
    register_arrival(PROOF, _prove)
    register_arrival(OF_PROBLEM, photograph_arrived)


def _notice(notice_id: UUID) -> Owner | None:
    notice = db.session.get(Notice, notice_id)
    if notice is None:
        return None
    return Owner(notice.path, notice.state in EDITABLE, "notices.show", {"notice_id": notice.id})


def _finding(finding_id: UUID) -> Owner | None:
    finding = db.session.get(Finding, finding_id)
    if finding is None:
        return None
    return Owner(
        finding.unit.path,
        finding.state is not FindingState.CLOSED,
        "inspections.finding",
        {"finding_id": finding.id},
    )


def _inspection(inspection_id: UUID) -> Owner | None:
    inspection = db.session.get(Inspection, inspection_id)
    if inspection is None:
        return None
    named = {"inspection_id": inspection.id}
    return Owner(inspection.path, False, "inspections.inspection", named)


def _paper(paper_id: UUID) -> Owner | None:
    paper = db.session.get(RectificationPaper, paper_id)
    if paper is None:
        return None
    return Owner(paper.path, False, "rectification_papers.paper", {"paper_id": paper.id})


def _board_photograph(photograph_id: UUID) -> Owner | None:
    photograph = db.session.get(BoardPhotograph, photograph_id)
    if photograph is None:
        return None
    named = {"photograph_id": photograph.id}
    return Owner(photograph.path, False, "boards.photographed", named)


def _posting(posting_id: UUID) -> Owner | None:
    posting = db.session.get(Posting, posting_id)
    if posting is None:
        return None
    return Owner(posting.path, False, "notices.show", {"notice_id": posting.notice_id})


def _ask(ask_id: UUID) -> Owner | None:
    ask = db.session.get(RoundAsk, ask_id)
    if ask is None:
        return None
    return Owner(ask.path, ask.answer is None, "rounds.ask", {"ask_id": ask.id})


def _prove(posting_id: UUID, kept: Attachment, by: Actor) -> None:
    """The photograph of a posting has come; one that was there before stays."""
    posting = db.session.get(Posting, posting_id)
    if posting is not None and posting.proof_id is None:
        add_proof(posting, kept, by=by)
