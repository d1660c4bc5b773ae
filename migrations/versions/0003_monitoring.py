"""monitoring

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clock_mark",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_clock_mark")),
    )
    op.create_table(
        "job_ask",
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_ask")),
    )
    op.create_table(
        "collection_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scheduled_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_empty", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_name", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_collection_round_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_round")),
        sa.UniqueConstraint(
            "township_id", "scheduled_on", name=op.f("uq_collection_round_township_id_scheduled_on")
        ),
        sa.UniqueConstraint(
            "township_id",
            "year",
            "number",
            name=op.f("uq_collection_round_township_id_year_number"),
        ),
    )
    op.create_table(
        "indicator_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_indicator_table_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_table")),
    )
    with op.batch_alter_table("indicator_table", schema=None) as batch_op:
        batch_op.create_index(
            "ix_indicator_table_township", ["township_id", "from_on"], unique=False
        )

    op.create_table(
        "route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "企业微信群机器人",
                "钉钉群机器人",
                "飞书群机器人",
                "网络接口（JSON）",
                name="routekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("gateway", sa.String(length=200), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_route_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route")),
    )
    with op.batch_alter_table("route", schema=None) as batch_op:
        batch_op.create_index("ix_route_township", ["township_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("weight", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("is_veto", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"], ["indicator_table.id"], name=op.f("fk_indicator_table_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_indicator_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_table_id"), ["table_id"], unique=False)

    op.create_table(
        "key_task_progress",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("推进中", "已完成", name="taskstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_key_task_progress_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["key_task.id"], name=op.f("fk_key_task_progress_task_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_key_task_progress_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_task_progress")),
        sa.UniqueConstraint(
            "task_id", "quarter", name=op.f("uq_key_task_progress_task_id_quarter")
        ),
    )
    with op.batch_alter_table("key_task_progress", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_key_task_progress_township_id"), ["township_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("route_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "digest",
                "returned",
                "round",
                "brief",
                "summary",
                "system",
                name="messagekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_message_route_id")),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_message_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_message_person_id_key")),
        sa.UniqueConstraint("route_id", "key", name=op.f("uq_message_route_id_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_township_day", ["township_id", "day"], unique=False)

    op.create_table(
        "round_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extension_reason", sa.String(length=200), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("content", "nothing", name="askanswer", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_name", sa.String(length=60), nullable=False),
        sa.Column("is_on_behalf", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_round_ask_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["attachment.id"], name=op.f("fk_round_ask_paper_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["collection_round.id"], name=op.f("fk_round_ask_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_round_ask_township_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_round_ask_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_ask")),
        sa.UniqueConstraint("round_id", "unit_id", name=op.f("uq_round_ask_round_id_unit_id")),
    )
    with op.batch_alter_table("round_ask", schema=None) as batch_op:
        batch_op.create_index("ix_round_ask_unit", ["unit_id", "round_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "failed",
                "unsure",
                "dropped",
                name="deliverystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_delivery_message_id")
        ),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_delivery_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message_id", "target", name=op.f("uq_delivery_message_id_target")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_state", ["state", "next_try_at"], unique=False)
        batch_op.create_index("ix_delivery_township", ["township_id", "made_at"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_reminder_message_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_reminder_township_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "subject", "step", "person_id", name=op.f("uq_reminder_subject_step_person_id")
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_subject", ["subject"], unique=False)

    op.create_table(
        "round_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "目录事项", "网站栏目", "工作要点", name="linekind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("period_key", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["round_ask.id"], name=op.f("fk_round_line_ask_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_round_line_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_line")),
        sa.UniqueConstraint(
            "ask_id", "kind", "subject_id", name=op.f("uq_round_line_ask_id_kind_subject_id")
        ),
    )
    op.create_table(
        "round_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["round_ask.id"], name=op.f("fk_round_reminder_ask_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_round_reminder_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reminder")),
        sa.UniqueConstraint("ask_id", "place", name=op.f("uq_round_reminder_ask_id_place")),
    )
    op.create_table(
        "round_content",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["round_ask.id"], name=op.f("fk_round_content_ask_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["round_line.id"], name=op.f("fk_round_content_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_round_content_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_round_content_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_content")),
        sa.UniqueConstraint("ask_id", "notice_id", name=op.f("uq_round_content_ask_id_notice_id")),
    )
    with op.batch_alter_table("round_content", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_content_notice_id"), ["notice_id"], unique=False)

    with op.batch_alter_table("key_task", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("owner", sa.String(length=80), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("owner_unit_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("measure", sa.String(length=400), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("carried_from_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_key_task_owner_unit_id"), ["owner_unit_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_key_task_carried_from_id"), "key_task", ["carried_from_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_key_task_owner_unit_id"), "unit", ["owner_unit_id"], ["id"]
        )

    with op.batch_alter_table("ledger_submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quarter", sa.Integer(), nullable=True))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("formed_on", sa.Date(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("email", sa.String(length=120), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("email")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_column("formed_on")

    with op.batch_alter_table("ledger_submission", schema=None) as batch_op:
        batch_op.drop_column("quarter")
        batch_op.drop_column("year")

    with op.batch_alter_table("key_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_key_task_owner_unit_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_key_task_carried_from_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_key_task_owner_unit_id"))
        batch_op.drop_column("carried_from_id")
        batch_op.drop_column("due_on")
        batch_op.drop_column("measure")
        batch_op.drop_column("owner_unit_id")
        batch_op.drop_column("owner")

    with op.batch_alter_table("round_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_content_notice_id"))

    op.drop_table("round_content")
    op.drop_table("round_reminder")
    op.drop_table("round_line")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_subject")

    op.drop_table("reminder")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_township")
        batch_op.drop_index("ix_delivery_state")

    op.drop_table("delivery")
    with op.batch_alter_table("round_ask", schema=None) as batch_op:
        batch_op.drop_index("ix_round_ask_unit")

    op.drop_table("round_ask")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_township_day")

    op.drop_table("message")
    with op.batch_alter_table("key_task_progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_key_task_progress_township_id"))

    op.drop_table("key_task_progress")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_table_id"))

    op.drop_table("indicator")
    with op.batch_alter_table("route", schema=None) as batch_op:
        batch_op.drop_index("ix_route_township")

    op.drop_table("route")
    with op.batch_alter_table("indicator_table", schema=None) as batch_op:
        batch_op.drop_index("ix_indicator_table_township")

    op.drop_table("indicator_table")
    op.drop_table("collection_round")
    op.drop_table("job_ask")
    op.drop_table("clock_mark")
