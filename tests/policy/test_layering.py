import pytest

from caseload_balancer.errors import MissingInputError, PolicyError
from caseload_balancer.policy import GOALS, Policy
from caseload_balancer.policy.layers import laid_over


def problems_of(content):
    with pytest.raises(PolicyError) as caught:
        Policy.layered(content, name="ours")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])  # as Notepad may save it
def test_a_file_changes_only_what_it_says(tmp_path, encoding):
    path = tmp_path / "ours.toml"
    path.write_text(
        'extends = "least-moves"\n[cap]\nchildren_per_fte = 22\n[points.by_type]\nother = 3\n',
        encoding=encoding,
    )
    ours, base = Policy.read(path), Policy.profile("least-moves")
    assert ours.name == "ours"
    assert ours.cap.children_per_fte == 22
    assert ours.cap.target_per_fte == base.cap.target_per_fte
    assert ours.points.by_type["other"] == 3
    assert ours.points.by_type["child_in_need"] == base.points.by_type["child_in_need"]
    assert ours.goals == base.goals


def test_a_policy_and_a_profile_name_are_read_as_they_are():
    policy = Policy.profile("even-out")
    assert Policy.read(policy) is policy
    assert Policy.read("even-out") == policy


def test_numbers_are_read_exactly():
    assert str(Policy.layered({"handover": {"per_day": 0.1}}).handover.per_day) == "0.1"


def test_every_problem_is_named_at_once_with_the_nearest_setting():
    found = problems_of(
        {
            "cap": {"children_per_ft": 20, "asye_factor": 3},
            "churns": {},
            "churn": {"move": "much"},
        }
    )
    assert len(found) == 4
    assert any("cap.asye_factor: Input should be less than or equal to 1" in p for p in found)
    expected = "cap.children_per_ft is not a setting. Did you mean 'children_per_fte'?"
    assert any(expected in p for p in found)
    assert any("churns is not a setting. Did you mean 'churn'?" in p for p in found)
    assert any("churn.move" in p for p in found)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"extends": "stedy"}, "no profile 'stedy'; there are steady, even-out, least-moves."),
        ({"points": {"fixed_work": 100}}, "points.fixed_work leaves no points for cases"),
        ({"imbalance": {"gap_percent": 4}}, "imbalance.gap_percent must be a gap"),
        (
            {"goals": {"churn": {"tier": 3, "slack_rel": 0.1}}},
            "share a tier, so also one slack_rel",
        ),
        ({"goals": {"chrn": {"tier": 3}}}, "goals"),
        ({"next_change": {"after_weeks": [4, 4]}}, "must be numbers of weeks that rise"),
        ({"next_change": {"after_weeks": [4, 13]}}, "assessment must have 2 shares"),
        (
            {"next_change": {"still_open": {"other": [0.5, 0.6, 0.5, 0.3, 0.1]}}},
            "still_open.other must not rise with the weeks",
        ),
        (
            {"goals": {goal: {"tier": 1, "weight": 0} for goal in GOALS}},
            "nothing is left to aim for",
        ),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(content, message):
    assert any(message in problem for problem in problems_of(content))


def test_a_goal_of_weight_zero_is_left_out():
    policy = Policy.layered({"goals": {"fit": {"weight": 0}}})
    assert "fit" not in [goal for tier in policy.tiers for goal in tier]


def test_none_switches_a_limit_off_and_a_number_on():
    off = Policy.layered({"limits": {"arrivals_a_week": "none"}})
    assert off.limits.arrivals_a_week is None
    assert Policy.layered({"limits": {"move_budget": 10}}).limits.move_budget == 10


def test_a_missing_file_names_the_profiles(tmp_path):
    with pytest.raises(MissingInputError, match="neither a file nor a profile"):
        Policy.read(tmp_path / "no.toml")
    with pytest.raises(MissingInputError, match="Did you mean 'steady'"):
        Policy.read("staedy")


@pytest.mark.parametrize("content", [b"cap = [", b"\xff\xfe\x00"])
def test_a_file_that_is_not_toml_is_a_policy_error(tmp_path, content):
    path = tmp_path / "ours.toml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match="not a TOML file"):
        Policy.read(path)


def test_laying_over_goes_down_key_by_key_and_changes_neither():
    below = {"a": {"x": 1, "y": {"z": 2}}, "b": (1,)}
    above = {"a": {"y": {"w": 3}}, "b": (2,), "c": {"d": 4}}
    assert laid_over(below, above) == {
        "a": {"x": 1, "y": {"z": 2, "w": 3}},
        "b": (2,),
        "c": {"d": 4},
    }
    assert below == {"a": {"x": 1, "y": {"z": 2}}, "b": (1,)}
    assert laid_over({"a": {"x": 1}}, {"a": None}) == {"a": None}
