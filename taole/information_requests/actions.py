"""Taking in a request for information and answering it. Nothing here commits."""

from __future__ import annotations

from datetime import date, datetime

from taole.access.permissions import Actor
from taole.core.calendar_store import work_calendar
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.information_requests.models import InformationRequest
from taole.information_requests.rules import (
    ApplicantKind,
    Decision,
    RequestChannel,
    decision_fault,
    receipt_fault,
    reply_due_on,
)
from taole.organisation.models import Unit
from taole.trail.actions import record

MOST_CHARACTERS = 200


def receive(
    township: Unit,
    *,
    received_on: date,
    channel: RequestChannel,
    applicant_kind: ApplicantKind,
    subject: str,
    by: Actor,
    at: datetime | None = None,
) -> InformationRequest:
    """Take in a request; it is to be answered within 20 working days (条例 art 33).

    Refused for a day that lies ahead, an empty subject, or a year without known holidays.
    """
    _refuse_receipt(received_on)
    request = InformationRequest(
        township_id=township.id,
        received_on=received_on,
        channel=channel,
        applicant_kind=applicant_kind,
        subject=_subject(subject),
        due_on=reply_due_on(received_on, work_calendar()),
        entered_at=at or now(),
    )
    db.session.add(request)
    db.session.flush()
    record(
        "receive",
        "information_request",
        request.id,
        by=by,
        township_id=township.id,
        after=_receipt(request),
    )
    return request


def correct_receipt(
    request: InformationRequest,
    *,
    received_on: date,
    channel: RequestChannel,
    applicant_kind: ApplicantKind,
    subject: str,
    by: Actor,
) -> InformationRequest:
    """Put right what was written when the request came; another day moves the deadline."""
    before, trimmed = _receipt(request), _subject(subject)
    _refuse_receipt(received_on)
    if request.decided_on is not None:
        fault = decision_fault(received_on, request.decided_on, today())
        if fault is not None:
            raise Refused(fault)
    if received_on != request.received_on:
        request.due_on = reply_due_on(received_on, work_calendar())
    request.received_on = received_on
    request.channel = channel
    request.applicant_kind = applicant_kind
    request.subject = trimmed
    db.session.flush()
    after = _receipt(request)
    if after != before:
        record(
            "correct",
            "information_request",
            request.id,
            by=by,
            township_id=request.township_id,
            before=before,
            after=after,
        )
    return request


def decide(
    request: InformationRequest, *, decision: Decision, decided_on: date, by: Actor
) -> InformationRequest:
    """Answer a request, or put its answer right; Refused for a day before it came or ahead."""
    fault = decision_fault(request.received_on, decided_on, today())
    if fault is not None:
        raise Refused(fault)
    before = {"decision": request.decision, "decided_on": request.decided_on}
    after = {"decision": decision, "decided_on": decided_on}
    if after == before:
        return request
    request.decision, request.decided_on = decision, decided_on
    db.session.flush()
    record(
        "decide" if before["decision"] is None else "correct",
        "information_request",
        request.id,
        by=by,
        township_id=request.township_id,
        before=before,
        after=after,
    )
    return request


def _refuse_receipt(received_on: date) -> None:
    fault = receipt_fault(received_on, today())
    if fault is not None:
        raise Refused(fault)


def _subject(subject: str) -> str:
    trimmed = subject.strip()
    if not trimmed:
        raise Refused(N_("请填写“申请内容”"))
    if len(trimmed) > MOST_CHARACTERS:
        raise Refused(
            sentence(N_("“申请内容”最多 %(limit)s 个字，请写短一些"), limit=MOST_CHARACTERS)
        )
    return trimmed


def _receipt(request: InformationRequest) -> dict[str, object]:
    return {
        "received_on": request.received_on,
        "channel": request.channel,
        "applicant_kind": request.applicant_kind,
        "subject": request.subject,
        "due_on": request.due_on,
    }
