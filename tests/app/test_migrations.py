"""The migrations make exactly the tables that the models speak of, and can be taken back."""

from __future__ import annotations

from datetime import date

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select

from taole.app.schema import current_revision, head_revision
from taole.core.database import db
from taole.paths import resource_folder
from taole.rectification_papers.issuing import submit_report
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.workflow import PaperKind


def test_an_upgrade_from_nothing_leaves_no_difference_to_the_models(app):
    assert current_revision() == head_revision()
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, db.metadata) == []


def test_the_indices_of_the_models_are_in_the_database(app):
    seen = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        made = {each["name"] for each in seen.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= made, table.name


def test_a_downgrade_to_nothing_leaves_no_table_and_an_upgrade_makes_them_again(app):
    folder = str(resource_folder("migrations"))
    flask_migrate.downgrade(directory=folder, revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade(directory=folder)
    assert current_revision() == head_revision()


def test_a_report_that_was_sent_up_before_papers_were_kept_is_one_of_them_afterwards(town):
    folder = str(resource_folder("migrations"))
    submit_report(
        town.township,
        submitted_on=date(2023, 11, 9),
        recipient="县政务公开办",
        title="整改报告",
        by=town.li,
    )
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0003")
    flask_migrate.upgrade(directory=folder)
    (paper,) = db.session.scalars(select(RectificationPaper))
    assert (paper.kind, paper.year, paper.number) == (PaperKind.REPORT, 2023, 1)
    assert (paper.title, paper.submitted_on) == ("整改报告", date(2023, 11, 9))
