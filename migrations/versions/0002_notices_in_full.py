"""notices in full

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

from taole.core.ids import new_public_code

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_series",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_number_series")),
    )
    op.create_table(
        "item_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=24), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_item_template_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_item_template_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_template")),
    )
    with op.batch_alter_table("item_template", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_template_township", ["township_id", "item_code", "from_on"], unique=False
        )

    op.create_table(
        "review_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=24), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.Column("set_by_name", sa.String(length=60), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_review_setting_set_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_review_setting_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_setting")),
    )
    with op.batch_alter_table("review_setting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_review_setting_township", ["township_id", "item_code", "from_on"], unique=False
        )

    op.create_table(
        "board_photograph",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_board_photograph_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_board_photograph_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_board_photograph_township_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_board_photograph_unit_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_board_photograph_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_photograph")),
    )
    with op.batch_alter_table("board_photograph", schema=None) as batch_op:
        batch_op.create_index("ix_board_photograph_unit", ["unit_id", "taken_on"], unique=False)

    op.create_table(
        "look_alike",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("is_a_copy", sa.Boolean(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_look_alike_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_look_alike_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["attachment.id"], name=op.f("fk_look_alike_earlier_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_look_alike_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_alike")),
    )
    with op.batch_alter_table("look_alike", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_look_alike_attachment_id"), ["attachment_id"], unique=False
        )
        batch_op.create_index(
            "ix_look_alike_township", ["township_id", "answered_at"], unique=False
        )

    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_upload_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_upload_started_by_id")
        ),
        sa.ForeignKeyConstraint(["township_id"], ["unit.id"], name=op.f("fk_upload_township_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_upload_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index("ix_upload_owner", ["owner_id"], unique=False)

    op.create_table(
        "notice_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum("first", "second", "final", name="reviewstep", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum("passed", "returned", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("comment", sa.String(length=300), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_notice_review_by_id")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_review_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_notice_review_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_review")),
        sa.UniqueConstraint(
            "notice_id", "round", "step", name=op.f("uq_notice_review_notice_id_round_step")
        ),
    )
    with op.batch_alter_table("notice_review", schema=None) as batch_op:
        batch_op.create_index("ix_notice_review_person", ["by_id", "at"], unique=False)

    op.create_table(
        "sealed_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("masked", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("suggestion", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "masked",
                "dismissed",
                "gone",
                name="sealedstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_sealed_text_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_sealed_text_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_sealed_text_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_text")),
    )
    with op.batch_alter_table("sealed_text", schema=None) as batch_op:
        batch_op.create_index("ix_sealed_text_notice", ["notice_id", "state"], unique=False)

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "original_digest",
                sa.String(length=64),
                nullable=False,
                server_default=sa.text("''"),
            )
        )
        batch_op.add_column(
            sa.Column(
                "scan_state",
                sa.Enum(
                    "waiting",
                    "clean",
                    "found",
                    "masked",
                    "cleared",
                    "failed",
                    name="scanstate",
                    native_enum=False,
                    length=32,
                ),
                nullable=False,
                server_default=sa.text("'waiting'"),
            )
        )
        batch_op.add_column(
            sa.Column("scan_findings", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("scan_attempts", sa.Integer(), nullable=False, server_default=sa.text("'0'"))
        )
        batch_op.add_column(
            sa.Column("look", sa.String(length=16), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_index(batch_op.f("ix_attachment_look"), ["look"], unique=False)
        batch_op.create_index("ix_attachment_scan", ["scan_state", "uploaded_at"], unique=False)

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("number", sa.String(length=32), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("public_code", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("template", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
        batch_op.add_column(
            sa.Column("head", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
        batch_op.add_column(
            sa.Column("review_steps", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
        batch_op.add_column(
            sa.Column("review_round", sa.Integer(), nullable=False, server_default=sa.text("'0'"))
        )
        batch_op.add_column(sa.Column("review_by_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("corrects_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "correction_reason",
                sa.String(length=300),
                nullable=False,
                server_default=sa.text("''"),
            )
        )
        batch_op.add_column(
            sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("'1'"))
        )
        batch_op.create_index(batch_op.f("ix_notice_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_number"), ["number"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_corrects_id"), "notice", ["corrects_id"], ["id"]
        )

    _give_codes()
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.alter_column("public_code", existing_type=sa.String(length=16), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_notice_public_code"), ["public_code"])

    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_up_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("taken_down_proof_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_posting_taken_down_proof_id"),
            "attachment",
            ["taken_down_proof_id"],
            ["id"],
        )


_NOTICE = sa.table(
    "notice",
    sa.column("id", sa.Uuid()),
    sa.column("state", sa.String()),
    sa.column("public_code", sa.String()),
    sa.column("review_steps", sa.JSON()),
    sa.column("review_round", sa.Integer()),
)


def _give_codes() -> None:
    """Old notices get a code each; what waited for the one approving step waits for 复审."""
    bind = op.get_bind()
    for (notice_id,) in bind.execute(sa.select(_NOTICE.c.id)).all():
        one = _NOTICE.update().where(_NOTICE.c.id == notice_id)
        bind.execute(one.values(public_code=new_public_code()))
    waiting = _NOTICE.update().where(_NOTICE.c.state == "in_review")
    bind.execute(waiting.values(state="second_review", review_steps=["second"], review_round=1))


def downgrade() -> None:
    in_review = ("first_review", "second_review", "final_review")
    op.get_bind().execute(
        _NOTICE.update().where(_NOTICE.c.state.in_(in_review)).values(state="in_review")
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_posting_taken_down_proof_id"), type_="foreignkey")
        batch_op.drop_column("taken_down_proof_id")
        batch_op.drop_column("seen_up_on")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notice_corrects_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_notice_public_code"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_notice_number"))
        batch_op.drop_index(batch_op.f("ix_notice_corrects_id"))
        batch_op.drop_column("revision")
        batch_op.drop_column("correction_reason")
        batch_op.drop_column("corrects_id")
        batch_op.drop_column("review_by_on")
        batch_op.drop_column("review_round")
        batch_op.drop_column("review_steps")
        batch_op.drop_column("head")
        batch_op.drop_column("template")
        batch_op.drop_column("public_code")
        batch_op.drop_column("number")

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_scan")
        batch_op.drop_index(batch_op.f("ix_attachment_look"))
        batch_op.drop_column("look")
        batch_op.drop_column("scan_attempts")
        batch_op.drop_column("scanned_at")
        batch_op.drop_column("scan_findings")
        batch_op.drop_column("scan_state")
        batch_op.drop_column("original_digest")

    with op.batch_alter_table("sealed_text", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_text_notice")

    op.drop_table("sealed_text")
    with op.batch_alter_table("notice_review", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_review_person")

    op.drop_table("notice_review")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index("ix_upload_owner")

    op.drop_table("upload")
    with op.batch_alter_table("look_alike", schema=None) as batch_op:
        batch_op.drop_index("ix_look_alike_township")
        batch_op.drop_index(batch_op.f("ix_look_alike_attachment_id"))

    op.drop_table("look_alike")
    with op.batch_alter_table("board_photograph", schema=None) as batch_op:
        batch_op.drop_index("ix_board_photograph_unit")

    op.drop_table("board_photograph")
    with op.batch_alter_table("review_setting", schema=None) as batch_op:
        batch_op.drop_index("ix_review_setting_township")

    op.drop_table("review_setting")
    with op.batch_alter_table("item_template", schema=None) as batch_op:
        batch_op.drop_index("ix_item_template_township")

    op.drop_table("item_template")
    op.drop_table("number_series")
