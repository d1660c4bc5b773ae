"""The rows of a scored table: what lost points, and what is said of what lost none. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from taole.core.words import N_, quoted, sentence
from taole.documents.table_values import number_in
from taole.rectification_lists.fields import Field
from taole.rectification_lists.list_rows import LeftOut, ListRow, RowsRead, places_of
from taole.rectification_lists.tables import Columns, Option, Question


def _points(each: ListRow) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return (
        number_in(each.cells.get(Field.WEIGHT), None),
        number_in(each.cells.get(Field.SCORE), None),
        number_in(each.cells.get(Field.LOST), None),
    )


def lost_points(each: ListRow) -> bool:
    weight, score, lost = _points(each)
    return (weight is not None and score is not None and score < weight) or bool(lost)


def has_full_marks(each: ListRow) -> bool:
    weight, score, lost = _points(each)
    return lost == 0 or (weight is not None and score is not None and score >= weight)


def decide_full_marks(
    found: RowsRead, columns: Columns, rows: Sequence[ListRow], answers: Mapping[str, str]
) -> None:
    """Rows that lost no points but have words: only a person knows whether they are problems."""
    if not rows:
        return
    key = f"full-{columns.table.index}"
    question = Question(
        key,
        sentence(
            N_("%(places)s没有扣分，却写了“%(text)s”：算问题吗？"),
            places=places_of(row for each in rows for row in each.rows),
            text=quoted(rows[0].statement),
        ),
        (Option("no", sentence(N_("不算，没有扣分"))), Option("yes", sentence(N_("算，记下来")))),
        "no",
    )
    question = question.answered(answers)
    found.questions.append(question)
    match question.answer:
        case "yes":
            found.rows.extend(rows)
        case "no":
            for each in rows:
                found.left_out.append(
                    LeftOut(
                        columns.table.name,
                        each.rows[0],
                        quoted(each.statement, 40),
                        sentence(N_("没有扣分")),
                    )
                )
