"""rectification

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _year() -> str:
    if op.get_bind().dialect.name == "sqlite":
        return "CAST(strftime('%Y', submitted_on) AS INTEGER)"
    return "CAST(EXTRACT(YEAR FROM submitted_on) AS INTEGER)"


def upgrade() -> None:
    op.create_table(
        "rectification_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "problem_list",
                "notice",
                "checklist",
                "ledger",
                "report",
                name="paperkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("issued_by_name", sa.String(length=60), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_rectification_paper_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_rectification_paper_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_paper")),
        sa.UniqueConstraint(
            "township_id",
            "kind",
            "year",
            "number",
            name=op.f("uq_rectification_paper_township_id_kind_year_number"),
        ),
    )
    with op.batch_alter_table("rectification_paper", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rectification_paper_township", ["township_id", "issued_on"], unique=False
        )

    op.create_table(
        "rectification_list",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspection.id"],
            name=op.f("fk_rectification_list_inspection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_rectification_list_township_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["attachment.id"], name=op.f("fk_rectification_list_file_id")
        ),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_rectification_list")),
        sa.UniqueConstraint(
            "township_id",
            "fingerprint",
            name=op.f("uq_rectification_list_township_id_fingerprint"),
        ),
    )
    op.create_table(
        "check_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["attachment.id"], name=op.f("fk_check_sheet_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_check_sheet_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_sheet")),
    )
    with op.batch_alter_table("check_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_check_sheet_township", ["township_id", "from_on"], unique=False)

    op.create_table(
        "check_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("problem_kind", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("is_veto", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["check_sheet.id"], name=op.f("fk_check_line_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_check_line_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_line")),
        sa.UniqueConstraint("sheet_id", "position", name=op.f("uq_check_line_sheet_id_position")),
    )
    op.create_table(
        "check_line_tie",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=24), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "equal",
                "part_of",
                "covers",
                "overlaps",
                name="relation",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["check_line.id"], name=op.f("fk_check_line_tie_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_check_line_tie_township_id")
        ),
        sa.PrimaryKeyConstraint("line_id", "item_code", name=op.f("pk_check_line_tie")),
    )
    op.create_table(
        "check_mark",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "fine",
                "problem",
                "not_seen",
                "not_applicable",
                name="lineresult",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("proof", sa.String(length=80), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_check_mark_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_check_mark_inspection_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["check_line.id"], name=op.f("fk_check_mark_line_id")),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_check_mark_township_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_check_mark_unit_id")),
        sa.PrimaryKeyConstraint("inspection_id", "unit_id", "line_id", name=op.f("pk_check_mark")),
    )
    op.create_table(
        "finding_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_name", sa.String(length=60), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by_name", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_finding_extension_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_extension_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_finding_extension_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_extension")),
    )
    with op.batch_alter_table("finding_extension", schema=None) as batch_op:
        batch_op.create_index(
            "ix_finding_extension_finding", ["finding_id", "asked_on"], unique=False
        )
        batch_op.create_index(
            "uq_finding_extension_open",
            ["finding_id"],
            unique=True,
            sqlite_where=sa.text("is_granted IS NULL"),
            postgresql_where=sa.text("is_granted IS NULL"),
        )

    op.execute(
        "INSERT INTO rectification_paper (id, township_id, unit_id, kind, year, number, title,"  # noqa: S608 - words of our own
        " recipient, issued_on, submitted_on, content, issued_by_name, entered_at)"
        f" SELECT id, township_id, township_id, 'report', {_year()},"
        f" row_number() OVER (PARTITION BY township_id, {_year()} ORDER BY submitted_on, id),"
        " title, recipient, submitted_on, submitted_on, '{}', '', entered_at"
        " FROM rectification_report"
    )
    with op.batch_alter_table("rectification_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rectification_report_township"))

    op.drop_table("rectification_report")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("recurs_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("subject", sa.String(length=120), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "channel",
                sa.Enum(
                    "公示栏",
                    "村居通",
                    "查询机",
                    "政府网站",
                    "微信公众号",
                    "微博",
                    name="channel",
                    native_enum=False,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("basis", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("evidence_link", sa.String(length=300), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("owner_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("extended_to", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("mended_photos", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.create_index("ix_finding_recurs", ["recurs_id"], unique=False)
        batch_op.create_index(
            "ix_finding_township_found", ["township_id", "found_on"], unique=False
        )
        batch_op.create_index(
            "uq_finding_open_subject",
            ["unit_id", "subject"],
            unique=True,
            sqlite_where=sa.text("subject <> '' AND closed_on IS NULL"),
            postgresql_where=sa.text("subject <> '' AND closed_on IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_finding_recurs_id"), "finding", ["recurs_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_finding_owner_id"), "person", ["owner_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_finding_line_id"), "check_line", ["line_id"], ["id"]
        )

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("people", sa.String(length=120), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_inspection_follows_id"), "inspection", ["follows_id"], ["id"]
        )

    with op.batch_alter_table("inspection_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "answer",
                sa.Enum(
                    "none_found", "found", name="selfcheckanswer", native_enum=False, length=32
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("answered_by_name", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("note", sa.String(length=400), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("inspection_visit", schema=None) as batch_op:
        batch_op.drop_column("note")
        batch_op.drop_column("answered_by_name")
        batch_op.drop_column("answered_on")
        batch_op.drop_column("answer")
        batch_op.drop_column("due_on")

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_inspection_follows_id"), type_="foreignkey")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("people")
        batch_op.drop_column("until_on")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_finding_line_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_finding_owner_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_finding_recurs_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_finding_open_subject",
            sqlite_where=sa.text("subject <> '' AND closed_on IS NULL"),
            postgresql_where=sa.text("subject <> '' AND closed_on IS NULL"),
        )
        batch_op.drop_index("ix_finding_township_found")
        batch_op.drop_index("ix_finding_recurs")
        batch_op.drop_column("mended_photos")
        batch_op.drop_column("extended_to")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("evidence_link")
        batch_op.drop_column("basis")
        batch_op.drop_column("channel")
        batch_op.drop_column("subject")
        batch_op.drop_column("recurs_id")
        batch_op.drop_column("line_id")

    op.create_table(
        "rectification_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("township_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["unit.id"], name=op.f("fk_rectification_report_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_report")),
    )
    with op.batch_alter_table("rectification_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rectification_report_township"),
            ["township_id", "submitted_on"],
            unique=False,
        )

    op.execute(
        "INSERT INTO rectification_report (id, township_id, submitted_on, recipient, title,"
        " entered_at) SELECT id, township_id, submitted_on, recipient, title, entered_at"
        " FROM rectification_paper WHERE kind = 'report' AND submitted_on IS NOT NULL"
    )
    with op.batch_alter_table("finding_extension", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_finding_extension_open",
            sqlite_where=sa.text("is_granted IS NULL"),
            postgresql_where=sa.text("is_granted IS NULL"),
        )
        batch_op.drop_index("ix_finding_extension_finding")

    op.drop_table("finding_extension")
    op.drop_table("check_mark")
    op.drop_table("check_line_tie")
    op.drop_table("check_line")
    with op.batch_alter_table("check_sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_check_sheet_township")

    op.drop_table("check_sheet")
    with op.batch_alter_table("rectification_paper", schema=None) as batch_op:
        batch_op.drop_index("ix_rectification_paper_township")

    op.drop_table("rectification_list")
    op.drop_table("rectification_paper")
