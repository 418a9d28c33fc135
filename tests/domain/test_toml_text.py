"""Files that break the parser of TOML are broken files, and no error of ours."""

from decimal import Decimal

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.toml_text import NotTomlError, parse_toml
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.service_files import read_service

BREAKERS = {
    "5,000 digits": b"as_of = " + b"9" * 5000,
    "3,000 brackets": b"as_of = " + b"[" * 3000 + b"]" * 3000,
    "an exponent beyond all bounds": b"as_of = 1e999999999999999999999",
    "another encoding": b"as_of = 'Bronw\xeb'",
    "3,000 tables in one another": b"a." * 3000 + b"b = 1",
    "a megabyte": b"as_of = '" + b"x" * 2**20 + b"'",
    "half a line": b"as_of =",
    "a key twice": b"as_of = 1\nas_of = 2",
    "zeros": b"\0\0\0",
}
each_breaker = pytest.mark.parametrize("content", BREAKERS.values(), ids=BREAKERS)


@each_breaker
def test_the_parser_says_why_in_one_kind_of_error(content):
    with pytest.raises(NotTomlError) as said:
        parse_toml(content, parse_float=Decimal)
    assert str(said.value)


@each_breaker
def test_a_policy_and_scenarios_that_break_it_are_data_errors(tmp_path, content):
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(cb.PolicyError, match="not a TOML file") as said:
        cb.Policy.read(file)
    assert [problem.rule for problem in said.value.problems] == ["not_toml"]
    with pytest.raises(cb.DataError):
        cb.read_scenarios(file)


@pytest.mark.parametrize("name", [one for one in BREAKERS if "exponent" not in one])
def test_a_service_file_that_breaks_it_is_a_finding(name):
    findings = Findings()
    assert read_service(BREAKERS[name], findings) is None
    rule = "not_decodable" if name == "another encoding" else "not_toml"
    assert [problem.rule for problem in findings.problems] == [rule]


@pytest.mark.parametrize("base", ["5", "['steady']", "{ name = 'steady' }", "2026-11-23"])
def test_extends_names_a_profile(tmp_path, base):
    file = tmp_path / "own.toml"
    file.write_text(f"extends = {base}", encoding="utf-8")
    with pytest.raises(
        cb.PolicyError, match=r"extends must be the name of a profile: steady"
    ) as said:
        cb.Policy.read(file)
    assert said.value.problems[0].column == "extends"
