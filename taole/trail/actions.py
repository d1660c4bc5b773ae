"""Adding a line, in the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.core.clock import now
from taole.core.database import db
from taole.privacy.screened import mask_all
from taole.trail.models import INSTANCE, TrailHead, TrailLine
from taole.trail.rules import FIRST, plain, seal


def record(
    verb: str,
    kind: str,
    object_id: UUID | None,
    *,
    by: Actor,
    township_id: UUID | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Tell that ``by`` did ``verb`` to an object, with the values that changed.

    Identity and card numbers in them are masked: a line can never be changed afterwards.
    """
    chain = township_id or INSTANCE
    head = _locked_head(chain)
    line = TrailLine(
        township_id=chain,
        number=head.number + 1,
        at=now(),
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        object_kind=kind,
        object_id=object_id,
        before=mask_all(plain(before or {})),
        after=mask_all(plain(after or {})),
        previous_hash=head.hash,
    )
    line.hash = seal(head.hash, content_of(line))
    head.number, head.hash = line.number, line.hash
    db.session.add(line)


def _locked_head(chain: UUID) -> TrailHead:
    """The end of a chain, read and locked once in a transaction."""
    session = db.session()
    kept_in, heads = session.info.get("trail", (None, {}))
    if kept_in is None or kept_in is not session.get_transaction():
        heads = {}
    if chain not in heads:
        heads[chain] = session.scalar(
            select(TrailHead)
            .where(TrailHead.township_id == chain)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if heads[chain] is None:
            heads[chain] = TrailHead(township_id=chain, number=0, hash=FIRST)
            session.add(heads[chain])
        session.info["trail"] = (session.get_transaction(), heads)
    head: TrailHead = heads[chain]
    return head


def content_of(line: TrailLine) -> dict[str, Any]:
    """What a line's hash covers."""
    return {
        "township": line.township_id,
        "number": line.number,
        "at": line.at,
        "actor": line.actor_id,
        "name": line.actor_name,
        "verb": line.verb,
        "kind": line.object_kind,
        "object": line.object_id,
        "before": line.before,
        "after": line.after,
    }
