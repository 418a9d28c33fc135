"""Nothing that a person reads claims what only a finished search can know."""

import json

import pytest
from hypothesis import given

import caseload_balancer as cb
from caseload_balancer import edits
from caseload_balancer.output import html_report, plan_json
from caseload_balancer.workbooks.pack import pack_sheets
from tests.checker.small_weeks import case, cases, steady, week, worker
from tests.cut_short import claims, searches_cut_short
from tests.examples import settings
from tests.weeks import weeks

OVER = week(
    [
        *cases(6, "ann", "a"),
        *cases(2, "ben", "b"),
        case("x", "section_47"),
        case("y"),
        case("k", worker_id="ben", family_id="f"),
        case("l", worker_id="ann", family_id="f"),
    ],
    [worker("ann"), worker("ben"), worker("cat")],
)
TIGHT = steady(cap={"children_per_fte": 4})


def told(answer):
    """Return everything an answer says: in words, on a page, in its tables."""
    tables = [[table.title, *map(str, table.rows)] for table in answer.tables().values()]
    return "\n".join([str(answer), answer._repr_html_(), json.dumps(tables)])


def everything(plan):
    frames = plan.to_frames("polars")
    tables = [row for frame in frames.values() for row in frame.rows()]
    pack = [f"{sheet.about} {row}" for sheet in pack_sheets(plan) for row in sheet.rows]
    texts = [str(plan), plan.analysis, html_report(plan), plan_json(plan), str(tables)]
    return "\n".join([*texts, *pack])


@given(weeks())
@settings(max_examples=40)
def test_a_plan_that_was_cut_short_claims_nothing(problem):
    with searches_cut_short():
        plan = cb.allocate(problem.snapshot, problem.policy)
    assert plan.status == "feasible"
    assert not plan.deterministic
    assert not claims(everything(plan))


def test_a_plan_that_had_no_time_says_what_is_not_known():
    with searches_cut_short():
        plan = cb.allocate(OVER, TIGHT)
    assert plan.shortage_fte is None
    assert json.loads(plan_json(plan))["shortage_fte"] is None
    assert [row.exception for row in plan.waiting] == ["", ""]
    lines = plan.summary.splitlines()
    assert lines[0] == (
        "1 worker is over their cap, as far as the search came: ann (7 of 4). Before the plan 1 "
        "was."
    )
    assert "Of those who wait, as far as the search came, 1 may never wait: x." in lines[2]
    assert lines[4:] == [
        (
            "Not put right, as far as the search came: family f is spread over 2 workers: ann, "
            "ben. How many social workers are missing is not known: the search was not finished."
        ),
        (
            "The search reached its time limit, so a better plan may exist. Nothing better than "
            "the week as it stands was found by then."
        ),
        *lines[6:],
    ]


QUESTIONS = {
    "what_if": lambda: cb.what_if(
        OVER, [cb.Scenario(name="one leaves", edits=(edits.Leaves(worker_id="cat"),))], TIGHT
    ),
    "resilience": lambda: cb.resilience(OVER, TIGHT),
    "frontier": lambda: cb.frontier(OVER, TIGHT),
    "clashes": lambda: cb.clashes(OVER, TIGHT),
    "shortage": lambda: cb.shortage(OVER, TIGHT),
    "staffing": lambda: cb.staffing(OVER, TIGHT),
    "compare": lambda: cb.compare(cb.allocate(OVER, TIGHT), cb.allocate(OVER, "least-moves")),
    "why_not": lambda: cb.why_not(OVER, cb.allocate(OVER, TIGHT), "a0", "ben"),
    "explain": lambda: cb.explain(OVER, cb.allocate(OVER, TIGHT), "a0"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_of_a_search_that_was_cut_short_claims_nothing(question):
    with searches_cut_short():
        answer = QUESTIONS[question]()
    assert not claims(told(answer)), str(answer)


def test_decisions_are_not_called_impossible_for_want_of_time():
    with searches_cut_short():
        plan = cb.allocate(OVER, TIGHT)
        with pytest.raises(cb.DataError, match="was found before the search ended; one may exist"):
            cb.reallocate(OVER, plan, cb.Overrides().pick("a0", "ben").pick("a1", "ben"))
