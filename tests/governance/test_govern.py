"""The papers of a run: from the record its plan comes again, and no sentence says too much."""

import json
import re

import pytest

import caseload_balancer as cb
from caseload_balancer.governance import read_record
from caseload_balancer.governance.documents import TO_FILL_IN, Document, Grid, Section
from caseload_balancer.governance.papers import PAPERS
from caseload_balancer.governance.policy_words import rates_in_words, rules_in_words
from caseload_balancer.intake.source_files import digests_of
from caseload_balancer.output import plan_json
from tests.cli.conftest import case, caseload, met_week, week_of, worker

__all__ = ["caseload", "met_week"]

WEEK = week_of(
    [
        *(case(number, "W1", team_id="T1") for number in range(4)),
        case(4, None, team_id="T1"),
        case(5, "W2", next_due="review", next_due_on="2026-02-20"),
    ],
    [worker("W1", cap=3, team_ids=["T1"]), worker("W2", cap=3)],
).model_copy(
    update={
        "spells": [
            cb.Spell(case_id="C0", worker_id=who, starts_on=first, ends_on=last)
            for who, first, last in (
                ("W7", "2025-06-01", "2025-08-01"),
                ("W8", "2025-08-02", "2025-12-01"),
                ("W1", "2025-12-02", None),
            )
        ]
    }
)


@pytest.fixture(scope="module")
def plan():
    return cb.allocate(WEEK)


@pytest.fixture(scope="module")
def papers(plan, tmp_path_factory):
    decided = cb.Overrides().accept("C4").reject("C1")
    return cb.govern(WEEK, plan, tmp_path_factory.mktemp("papers") / "out", overrides=decided)


def test_a_record_makes_the_plan_again_byte_for_byte(plan, papers):
    record = read_record(papers / "record.json")
    answer = cb.reproduce(WEEK, papers / "record.json")
    assert answer.same
    assert answer.text == "The plan is the same, byte for byte."
    assert plan_json(answer.plan) == plan_json(plan)
    assert answer.tables()["differences"].rows == ()
    backwards = WEEK.model_copy(update={"cases": WEEK.cases[::-1]})
    assert cb.reproduce(backwards, record).same


def test_another_week_or_policy_is_named_and_nothing_is_searched(papers):
    record = read_record(papers / "record.json")
    other = cb.reproduce(WEEK.without_cases(["C1"]), record)
    assert (other.same, other.plan) == (False, None)
    assert "Input: the week is not as it was." in other.text
    policy = cb.Policy.profile("even-out")
    forged = cb.reproduce(WEEK, record.model_copy(update={"policy": policy}))
    assert forged.plan is None
    assert "Policy: its content is not what its hash says" in forged.text


def test_what_differs_is_named_where_the_plan_does(papers):
    record = read_record(papers / "record.json")
    changes = {
        "plan_hash": "0" * 64,
        "versions": {**record.versions, "ortools": "9.14"},
        "system": "Plan9 mips",
        "deterministic": False,
    }
    told = cb.reproduce(WEEK, record.model_copy(update=changes)).text
    assert "The same worker holds each case" in told
    assert re.search(r"Version: ortools is \S+; it was 9\.14\.", told)
    assert "it was Plan9 mips" in told
    assert "Clock: in the run then the clock" in told
    hashes = {"plan_hash": "0" * 64, "allocation_hash": "0" * 64}
    told = cb.reproduce(WEEK, record.model_copy(update=hashes)).text
    assert "not every case has the same worker" in told
    assert "Please report this" in told


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "x", "policy": {"name": 1}}'])
def test_what_is_no_record_is_refused(tmp_path, content):
    file = tmp_path / "record.json"
    with pytest.raises(cb.MissingInputError):
        read_record(file)
    file.write_text(content, encoding="utf-8")
    with pytest.raises(cb.DataError) as refused:
        read_record(file)
    for problem in refused.value.problems:
        assert "caseload govern" in problem.message
        assert "required" not in problem.message


def test_the_lock_of_an_open_workbook_and_a_list_of_names_have_no_hash(tmp_path):
    (tmp_path / "cases.csv").write_text("case_id\n", encoding="utf-8")
    (tmp_path / "~$week.xlsx").write_bytes(b"owner")
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "Names.csv").write_text("worker_id,name\n", encoding="utf-8")
    assert list(digests_of(tmp_path)) == ["cases.csv"]
    assert list(digests_of(tmp_path / "cases.csv")) == ["cases.csv"]


def test_the_same_run_gives_the_same_papers(plan, papers, tmp_path):
    decided = cb.Overrides().accept("C4").reject("C1")
    cb.govern(WEEK, plan, tmp_path / "again", overrides=decided)
    again = {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert again == {file.name: file.read_bytes() for file in papers.iterdir()}
    assert len(again) == 2 * len(PAPERS) + 1
    with pytest.raises(cb.DataError):
        cb.govern(WEEK.without_cases(["C1"]), plan, tmp_path / "other")


def test_the_inspection_pack_tells_the_date_and_the_plan(papers):
    text = (papers / "inspection.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    assert ["C0", "child-in-need case", "T1", "3"] in [row[:4] for row in rows]
    assert ["C5", "child-in-need case"] in [row[:2] for row in rows]
    assert ["W1", "T1", "3", "4"] in [row[:4] for row in rows]
    assert any(row[:4] == ["C4", "child-in-need case", "T1", "yes"] for row in rows)
    assert any(row[:2] == ["C1", "rejected"] for row in rows)
    assert "Given to this paper: 2 decisions about the plan." in text
    assert "Whether it was carried out is not recorded here." in text


def test_what_the_run_does_not_say_is_left_to_fill_in(papers):
    for name, least in (("transparency", 10), ("impact", 10), ("for-workers", 1)):
        text = (papers / f"{name}.md").read_text(encoding="utf-8")
        assert text.count(TO_FILL_IN) >= least
        assert not re.search(r"\b(complies|compliant|lawful basis is|anonymous)\b", text)
    steps = re.findall(r"^## Step (\d)", (papers / "impact.md").read_text("utf-8"), re.MULTILINE)
    assert steps == list("1234567")


def test_the_figures_are_those_of_the_policy_of_the_run():
    for name in ("steady", "even-out"):
        policy = cb.Policy.profile(name)
        rates = " ".join(rates_in_words(policy))
        assert f"costs {policy.churn.move:g}," in rates
        assert (
            f"points of load % with one ordinary case is worth {policy.imbalance.gap_worth:g}."
            in rates
        )
    limits = policy.limits.model_copy(update={"move_budget": 7, "arrivals_a_week": None})
    rules = " ".join(rules_in_words(policy.model_copy(update={"limits": limits})))
    assert "At most 7 children change worker" in rules
    assert "families in a week" not in rules


def test_no_table_has_a_column_that_the_papers_say_there_is_not():
    columns = {
        name for kind in (cb.Case, cb.Worker, cb.Adjustment, cb.Spell) for name in kind.model_fields
    }
    said = r"name|birth|dob|sex|gender|ethnic|religion|address|note|comment|score|risk|rating"
    assert [one for one in columns if re.search(said, one)] == []


def test_nothing_of_the_data_is_taken_for_a_mark():
    evil = "<script>x</script> | *b* [l](u) # `c`"
    paper = Document(
        "p", evil, evil, (Section(evil, (evil, f"- {evil}"), (Grid(evil, (evil,), ((evil,),)),)),)
    )
    assert "<script>" not in paper.html
    for line in paper.markdown.splitlines():
        bare = re.sub(r"\\.", "", line)
        assert "<" not in bare
        assert bare.count("|") in {0, 2}
        assert "*" not in bare


def test_the_commands_write_and_make_again(caseload, met_week, tmp_path):
    out = tmp_path / "papers"
    out.mkdir()
    (out / "minutes.txt").write_text("of the meeting", encoding="utf-8")
    done = caseload("govern", met_week, "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    files = json.loads(done.stdout)["files"]
    assert "record.json" in files
    assert "minutes.txt" not in files
    assert caseload("reproduce", met_week, "--record", out / "record.json").exit_code == 0
    other = tmp_path / "week"
    other.mkdir()
    for file in met_week.iterdir():
        (other / file.name).write_bytes(file.read_bytes().replace(b"2026-01-05", b"2026-01-06"))
    done = caseload("reproduce", other, "--record", out / "record.json")
    assert done.exit_code == 3
    assert "Input: cases.csv is not as it was." in done.stdout
    assert "workers.csv" not in done.stdout
