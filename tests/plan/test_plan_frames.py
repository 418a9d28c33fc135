"""A plan as frames: one content, three libraries."""

import narwhals as nw
import pytest

from caseload_balancer.plan import frames
from tests.checker.small_weeks import case, cases, day, steady, week, worker
from tests.plan.planning import planned

SMALL = steady(cap={"children_per_fte": 2})
BUSY = planned(
    week(
        [
            *cases(3, "w"),
            case("x", "section_47"),
            case("y", worker_id="u", waiting_since=day(-9)),
        ],
        [worker("w"), worker("v", "agency", team_ids=("a", "b")), worker("u", leaves_on=day(-1))],
    ),
    {"c0": "v"},
    SMALL,
)
EMPTY = planned(week([], []))
BACKENDS = ("pandas", "polars", "pyarrow")


def content(frame):
    """Return the rows of a frame of any library, blanks as None."""
    rows = nw.from_native(frame, eager_only=True).rows()
    return [tuple(None if cell != cell else cell for cell in row) for row in rows]  # noqa: PLR0124 - NaN


@pytest.mark.parametrize("plan", [BUSY, EMPTY], ids=["busy", "empty"])
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_table_has_its_columns_and_their_types(plan, backend):
    made = plan.to_frames(backend)
    assert list(made) == list(frames.COLUMNS)
    for name, frame in made.items():
        assert type(frame).__module__.split(".")[0] == backend
        assert dict(nw.from_native(frame, eager_only=True).schema) == dict(frames.COLUMNS[name])


@pytest.mark.parametrize("backend", ["pandas", "pyarrow"])
def test_every_library_holds_the_same(backend):
    here, there = BUSY.to_frames(backend), BUSY.to_frames("polars")
    assert {name: content(frame) for name, frame in here.items()} == {
        name: content(frame) for name, frame in there.items()
    }


def test_the_tables_say_what_the_plan_says():
    made = {name: content(frame) for name, frame in BUSY.to_frames("polars").items()}
    assert made["allocations"][0] == (
        "c0",
        "v",
        "w",
        "moved",
        "Moves from w, who is over the cap of 2, to v (0 % load before).",
        "child_in_need",
        None,
        None,
    )
    assert made["moves"][0][:8] == ("c0", "child_in_need", "w", "v", False, False, 10.0, 1000)
    assert [row[0] for row in made["waiting"]] == ["x", "y"]
    assert made["workers"][1][:4] == ("v", "social_worker", "agency", "a;b")
    assert made["workers"][2][3] == ""
    assert [row[0] for row in made["breaches"]] == ["must-hold"]
    assert len(made["continuity"]) == 4


def test_weighted_terms_add_up_to_the_tiers():
    made = {name: content(frame) for name, frame in BUSY.to_frames("polars").items()}
    for tier in BUSY.tiers:
        assert sum(row[6] for row in made["terms"] if row[0] == tier.number) == tier.value
        assert {row[6] for row in made["tiers"] if row[0] == tier.number} == {tier.value}


def test_the_library_the_tables_came_in_as_is_the_one_they_go_out_as():
    came_as_polars = BUSY.model_copy(update={"backend": "polars"})
    assert type(came_as_polars.to_frames()["moves"]).__module__.startswith("polars")
    assert type(came_as_polars.to_frames("pandas")["moves"]).__module__.startswith("pandas")


def test_without_a_word_the_first_library_installed_is_taken(monkeypatch):
    assert type(BUSY.to_frames()["moves"]).__module__.startswith("pandas")
    only = {"pyarrow": "there"}
    monkeypatch.setattr("caseload_balancer.extras.find_spec", only.get)
    assert type(BUSY.to_frames()["moves"]).__module__.startswith("pyarrow")
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    with pytest.raises(ImportError, match="pandas, polars, pyarrow"):
        BUSY.to_frames()


def test_another_library_is_refused():
    with pytest.raises(ValueError, match="'modin' is none of pandas, polars, pyarrow"):
        BUSY.to_frames("modin")
