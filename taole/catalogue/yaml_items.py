"""One item of a YAML catalogue: a village matter, or a column of the township's web pages."""

from __future__ import annotations

from typing import Any

from taole.catalogue.channels import (
    CHANNELS,
    USUAL_CHANNELS,
    Channel,
    recognise_channels,
    usually_compulsory,
)
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule
from taole.catalogue.drafts import CatalogueFileKind, ItemDraft, read_frequency
from taole.catalogue.yaml_fields import Fields
from taole.core.errors import Refused
from taole.core.periods import Frequency
from taole.core.words import N_, sentence
from taole.core.workdays import DayUnit

_KNOWN_KEYS = (
    "code",
    "section",
    "title_zh",
    "title_en",
    "content_zh",
    "basis_zh",
    "publisher_zh",
    "frequency",
    "deadline",
    "deadline_source",
    "notice_period_days",
    "notice_period_unit",
    "notice_period_source",
    "minimum_board_days",
    "channels",
    "compulsory_channels",
    "personal_data",
    "provenance",
    "source",
    "verification",
    "note",
    "parent",
    "update_interval_days",
    "standing_page",
)
_PERSONAL_KEYS = ("risk", "may_publish_zh", "must_not_publish_zh")
_RISKS = ("none", "low", "high")


def read_item(fields: Fields, kind: CatalogueFileKind) -> ItemDraft | None:
    """The item, or None when a fatal fault leaves it without what every item needs."""
    fields.refuse_unknown(_KNOWN_KEYS)
    is_village = kind == "village"
    code = fields.text("code", required=True)
    title = fields.text("title_zh", required=True)
    section = fields.text("section", required=is_village)
    interval = fields.number("update_interval_days")
    frequency = _frequency(fields, kind)
    deadline = _deadline(fields, interval, frequency)
    notes = [fields.text("note")]
    channels = _channels(fields, notes) or _default_channels(fields, is_village)
    compulsory = _compulsory(fields) or usually_compulsory(channels)
    draft_parts = {
        "title_en": fields.text("title_en"),
        "content": fields.texts("content_zh"),
        "basis": fields.texts("basis_zh"),
        "publisher": fields.text("publisher_zh"),
        "notice_period_days": fields.number("notice_period_days"),
        "notice_period_unit": _unit(fields),
        "minimum_board_days": fields.number("minimum_board_days"),
        "personal_data": _personal_data(fields),
        "provenance": fields.text("provenance"),
        "parent": fields.text("parent"),
        "is_standing_page": fields.truth("standing_page"),
        "sources": fields.texts("source"),
        "verification": fields.text("verification"),
    }
    if not fields.is_sound or frequency is None or deadline is None:
        return None
    return ItemDraft(
        code=code,
        section=section,
        title_zh=title,
        frequency=frequency,
        deadline=deadline,
        channels=channels,
        compulsory_channels=compulsory,
        note="\n".join(note for note in notes if note),
        row=fields.row,
        update_interval_days=interval,
        **draft_parts,  # type: ignore[arg-type]
    )


def _frequency(fields: Fields, kind: CatalogueFileKind) -> Frequency | None:
    if kind == "website" and fields.raw("frequency") is None:
        return Frequency.INTERVAL
    written = fields.text("frequency", required=True)
    frequency = read_frequency(written)
    if written and frequency is None:
        fields.fault(
            sentence(
                N_("frequency 写成了“%(value)s”：应为 %(values)s。"),
                value=written[:20],
                values="、".join(Frequency),
            )
        )
    return frequency


def _deadline(
    fields: Fields, interval: int | None, frequency: Frequency | None
) -> DeadlineRule | None:
    written = fields.raw("deadline")
    try:
        if written is not None:
            return DeadlineRule.from_mapping(written)
        if interval is not None:
            return DeadlineRule(DeadlineKind.UPDATE_INTERVAL, days=interval)
    except Refused as refusal:
        for said in refusal.sentences:
            fields.fault(said)
        return None
    if frequency is Frequency.INTERVAL:
        fields.fault(sentence(N_("缺少 update_interval_days：请补上多少天更新一次。")))
    else:
        fields.fault(sentence(N_("缺少 deadline（公开时限）：请补上 rule 和天数或日期。")))
    return None


def _channels(fields: Fields, notes: list[str]) -> tuple[str, ...]:
    known, others = recognise_channels(fields.texts("channels"))
    if others:
        named_others = "、".join(other[:20] for other in others[:10])
        notes.append(f"其他公开渠道：{named_others}")
        fields.fault(
            sentence(
                N_("不认识渠道“%(others)s”，只记在备注里：可用%(channels)s。"),
                others=named_others,
                channels="、".join(CHANNELS),
            ),
            fatal=False,
        )
    return known


def _default_channels(fields: Fields, is_village: bool) -> tuple[str, ...]:
    if not is_village:
        return (Channel.WEBSITE,)
    fields.fault(
        sentence(
            N_("没有写公开渠道，按%(channels)s处理：如果不对，请补上。"),
            channels="、".join(USUAL_CHANNELS),
        ),
        fatal=False,
    )
    return USUAL_CHANNELS


def _compulsory(fields: Fields) -> tuple[str, ...]:
    known, others = recognise_channels(fields.texts("compulsory_channels"))
    for other in others:
        fields.fault(
            sentence(
                N_("不认识渠道“%(channel)s”：可用%(channels)s。"),
                channel=other[:20],
                channels="、".join(CHANNELS),
            )
        )
    return known


def _unit(fields: Fields) -> DayUnit | None:
    written = fields.text("notice_period_unit")
    if not written:
        return None
    try:
        return DayUnit(written)
    except ValueError:
        fields.fault(
            sentence(
                N_("notice_period_unit 写成了“%(value)s”：应为 %(values)s。"),
                value=written[:20],
                values="、".join(DayUnit),
            )
        )
        return None


def _personal_data(fields: Fields) -> dict[str, Any]:
    inner = fields.inner("personal_data")
    inner.refuse_unknown(_PERSONAL_KEYS)
    risk = inner.text("risk") or "none"
    if risk not in _RISKS:
        inner.fault(
            sentence(
                N_("个人信息风险写成了“%(value)s”：应为 %(values)s。"),
                value=risk[:20],
                values="、".join(_RISKS),
            )
        )
    read = {
        "risk": risk,
        "may_publish_zh": list(inner.texts("may_publish_zh")),
        "must_not_publish_zh": list(inner.texts("must_not_publish_zh")),
    }
    fields.is_sound = fields.is_sound and inner.is_sound
    return read
