"""The migrations make exactly the tables that the models speak of, and can be taken back."""

from __future__ import annotations

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from taole.app.schema import current_revision, head_revision
from taole.core.database import db
from taole.paths import resource_folder


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
