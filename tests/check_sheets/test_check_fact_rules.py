"""What is proposed for a line from what the system knows: each fact, each relation."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from taole.check_sheets.fact_rules import (
    LineView,
    OpenFinding,
    OwedFact,
    Proposal,
    SeenFact,
    UnitFacts,
    propose,
)
from taole.check_sheets.rules import Concern
from taole.check_sheets.workflow import LineResult, Relation
from taole.core.words import sentence
from taole.inspections.rules import Owed

ON = date(2023, 11, 1)
LINE = uuid4()


def owed(code="CW-02", item="各项收入", due_on=date(2023, 10, 20), answered_on=None, number=""):
    told = Owed("东园村", item, "2023年第三季度", 2023, due_on)
    return OwedFact(code, told, f"obligation:{code}", answered_on, number)


def facts(*matters, **given):
    by_item = {}
    for matter in matters:
        by_item.setdefault(matter.code, []).append(matter)
    return UnitFacts(by_item, **given)


def proposed(known, title="各项收入", kind="", **ties) -> Proposal:
    tied = {code.replace("_", "-"): relation for code, relation in ties.items()}
    return propose(LineView(LINE, title, kind, tied), known, ON)


IN_TIME = owed(answered_on=date(2023, 10, 18), number="201-2310-001")
LATE = owed(answered_on=date(2023, 10, 27), number="201-2310-002")


def test_what_was_published_in_time_is_fine_with_the_number_of_its_notice():
    told = proposed(facts(IN_TIME), CW_02=Relation.EQUAL)
    assert (told.result, told.proof) == (LineResult.FINE, "201-2310-001")
    assert str(told.said) == "各项收入按时公示了"


def test_what_was_published_late_is_a_problem_that_names_the_days():
    told = proposed(facts(LATE), CW_02=Relation.EQUAL)
    assert (told.result, told.proof, told.kind) == (LineResult.PROBLEM, "201-2310-002", "late")
    assert "超期7天" in str(told.said)


def test_late_in_the_spring_and_in_time_in_the_autumn_is_fine_now():
    spring = owed(due_on=date(2023, 4, 20), answered_on=date(2023, 4, 30))
    assert proposed(facts(spring, IN_TIME), CW_02=Relation.EQUAL).result is LineResult.FINE


def test_what_is_missing_is_a_problem_with_the_subject_of_its_obligation():
    told = proposed(facts(owed()), CW_02=Relation.EQUAL)
    assert told.result is LineResult.PROBLEM
    assert told.subject == "obligation:CW-02"
    assert "未公示" in str(told.said)
    assert "超期12天" in str(told.said)


def test_what_is_not_due_yet_does_not_apply():
    told = proposed(facts(owed(due_on=date(2023, 11, 20))), CW_02=Relation.EQUAL)
    assert told.result is LineResult.NOT_APPLICABLE
    assert proposed(facts(), CW_02=Relation.EQUAL).result is LineResult.NOT_APPLICABLE


def test_a_part_of_what_is_missing_is_missing_and_of_what_hangs_somebody_looks():
    assert proposed(facts(owed()), CW_02=Relation.PART_OF).result is LineResult.PROBLEM
    told = proposed(facts(IN_TIME), CW_02=Relation.PART_OF)
    assert told.result is LineResult.NOT_SEEN
    assert "201-2310-001" in str(told.said)
    assert proposed(facts(LATE), CW_02=Relation.PART_OF).result is LineResult.NOT_SEEN


def test_what_covers_several_is_fine_only_if_all_are():
    other = owed("CW-03", "各项支出", answered_on=date(2023, 10, 19), number="201-2310-003")
    both = {"CW_02": Relation.COVERS, "CW_03": Relation.COVERS}
    told = proposed(facts(IN_TIME, other), **both)
    assert (told.result, str(told.said)) == (LineResult.FINE, "2 件都按时公示了")
    told = proposed(facts(IN_TIME, owed("CW-03", "各项支出")), **both)
    assert told.result is LineResult.PROBLEM
    assert told.code == "CW-03"
    told = proposed(facts(owed(), owed("CW-03", "各项支出")), **both)
    assert str(told.said).endswith("共 2 件")


def test_what_overlaps_only_hints():
    told = proposed(facts(owed()), CW_02=Relation.OVERLAPS)
    assert told.result is LineResult.NOT_SEEN
    assert str(told.said).startswith("可能有关：")
    assert proposed(facts(IN_TIME), CW_02=Relation.OVERLAPS).result is LineResult.NOT_SEEN


def test_a_line_about_being_in_time_looks_at_all_that_is_owed():
    told = proposed(facts(IN_TIME, owed("CW-03", "各项支出")), title="公开及时", kind="late")
    assert told.result is LineResult.PROBLEM
    assert proposed(facts(IN_TIME), title="公开及时", kind="late").result is LineResult.FINE


def seen(concern, kind=""):
    said = sentence("东园村“公示一”有毛病")
    return SeenFact(concern, "CW-02", said, "201-2310-001", kind, "posting:1:x")


def test_sheets_without_photograph_or_down_early_are_problems_with_their_numbers():
    for title, concern in (("公示有照片", Concern.PHOTOGRAPH), ("公示期够", Concern.HANGING)):
        known = facts(seen=[seen(concern)], notices=3)
        told = proposed(known, title=title)
        assert (told.result, told.proof) == (LineResult.PROBLEM, "201-2310-001")
        assert told.subject == "posting:1:x"
        assert proposed(facts(notices=3), title=title).result is LineResult.FINE
        assert proposed(facts(), title=title).result is LineResult.NOT_APPLICABLE


def test_personal_data_is_a_problem_of_its_kind_and_the_wall_is_still_looked_at():
    known = facts(seen=[seen(Concern.PERSONAL_DATA, "bank-account")], notices=3)
    assert proposed(known, "没有银行卡号", "bank-account").result is LineResult.PROBLEM
    assert proposed(known, "没有身份证号", "identity-number").result is LineResult.NOT_SEEN
    assert proposed(known, "保护个人信息").result is LineResult.PROBLEM


def test_a_notice_outside_the_template_is_a_problem_of_the_lines_about_its_item_only():
    known = facts(seen=[seen(Concern.TEMPLATE)], notices=2)
    assert proposed(known, "使用统一表格").result is LineResult.PROBLEM
    tied = proposed(known, "使用统一表格", CW_03=Relation.EQUAL)
    assert tied.result is LineResult.NOT_SEEN
    hint = proposed(known, "使用统一表格", CW_02=Relation.OVERLAPS)
    assert (hint.result, str(hint.said)[:5]) == (LineResult.NOT_SEEN, "可能有关：")


def test_an_open_finding_of_the_line_its_kind_or_its_item_is_named():
    base = {"id": uuid4(), "number": "2023-18", "statement": "公开栏破损"}
    of_line = facts(open=[OpenFinding(**base, line_id=LINE)])
    told = proposed(of_line, "公开栏完好", "board-damaged")
    assert (told.result, told.proof, told.finding_id) == (
        LineResult.PROBLEM,
        "2023-18",
        base["id"],
    )
    of_kind = facts(open=[OpenFinding(**base, kind="board-damaged")])
    assert proposed(of_kind, "公开栏完好", "board-damaged").proof == "2023-18"
    of_item = facts(IN_TIME, open=[OpenFinding(**base, code="CW-02")])
    assert proposed(of_item, CW_02=Relation.EQUAL).proof == "2023-18"
    assert proposed(of_item, CW_02=Relation.COVERS).result is LineResult.FINE


def test_what_only_eyes_can_tell_is_left_to_them():
    told = proposed(facts(IN_TIME), "公开栏在显眼的地方", "board-remote")
    assert (told.result, str(told.said)) == (LineResult.NOT_SEEN, "要到现场看")


def test_what_is_missing_bears_the_number_of_the_open_finding_about_it():
    known = OpenFinding(uuid4(), "2023-7", "未公示", "obligation:CW-02")
    told = proposed(facts(owed(), open=[known]), CW_02=Relation.COVERS)
    assert (told.result, told.proof, told.finding_id) == (LineResult.PROBLEM, "2023-7", known.id)
    assert "未公示" in str(told.said)
