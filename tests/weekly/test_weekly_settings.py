"""Settings of the weekly run: everything wrong is told at once, before any work."""

from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.weekly.against import CODES, InputLimits
from caseload_balancer.weekly.settings import ReadingSettings, WeeklyFile, WeeklySettings
from tests.refusing import refused


@pytest.fixture
def read(tmp_path):
    def from_text(text):
        file = tmp_path / "weekly.toml"
        file.write_text(text, encoding="utf-8")
        return WeeklyFile.read(file)

    return from_text


def problems(call):
    with pytest.raises(cb.DataError) as error:
        call()
    return {one.column: one.message for one in error.value.problems}


def test_paths_start_from_the_folder_of_the_settings(read, tmp_path):
    file = read('input = "in"\nout = "w"\ndecisions = "w/{last}/meeting.xlsx"\n')
    assert file.out == tmp_path / "w"
    assert file.ledger == str(tmp_path / "ledger.db")
    assert file.policy == "steady"
    last = cb.datasets.team().as_of
    assert file.decisions(last) == tmp_path / "w" / last.isoformat() / "meeting.xlsx"
    there = read('input = "/x"\nout = "w"\nledger = "postgresql://h/db"\n')
    assert there.ledger == "postgresql://h/db"
    assert str(there.path(there.settings.input)) == "/x"


def test_everything_wrong_is_told_at_once(read):
    found = problems(
        lambda: read('inptu = "in"\nout = 3\ntime_limit = -1\n[limits]\nrows_gon = 0.5\n')
    )
    assert found["inptu"] == "inptu is not a setting. Did you mean 'input'?"
    assert found["input"] == ('input is missing. Say where the week is, as input = "this-week".')
    assert found["limits.rows_gon"].endswith("Did you mean 'rows_gone'?")
    assert found["out"].startswith("out must be text, not 3.")
    assert found["time_limit"] == "time_limit must be 0 or more, not -1."
    assert set(found) == {"inptu", "input", "out", "time_limit", "limits.rows_gon"}


def test_a_value_out_of_its_range_hides_nothing_that_is_looked_at_after_it(read):
    found = problems(
        lambda: read(
            'time_limit = -4\naccept = ["rows-gon"]\ndecided_by = "Ann Ash"\npolicy = "stedy"\n'
            '[limits]\nrows_gone = 2\n[reading]\ndate_format = ""\nencoding = "utf-99"\n'
        )
    )
    assert set(found) == {
        *("input", "out", "time_limit", "accept", "decided_by", "policy"),
        *("limits.rows_gone", "reading.date_format", "reading.encoding"),
    }


@pytest.mark.parametrize(
    "text", ["reading = 4", "limits = [1]", "accept = [1]", "[reading]\nx = 1"]
)
def test_no_settings_of_another_shape_end_in_anything_but_problems(read, text):
    found = problems(lambda: read(f"{text}\n"))
    assert {"input", "out"} < set(found)


def test_what_it_names_is_looked_for_before_the_week_is_read(read):
    found = problems(
        lambda: read(
            'input = "in"\nout = "w"\npolicy = "stedy"\naccept = ["rows-gon", "rows-gone:case"]\n'
            'decided_by = "Ann Ash"\n'
            '[reading]\ndate_format = "%d"\nmapping = "m.toml"\nunknown_holders = "x"\n'
        )
    )
    assert "Did you mean 'steady'?" in found["policy"]
    assert "must be one of manager" in found["decided_by"]
    assert set(found) == {
        "policy",
        "decided_by",
        "accept",
        "reading.date_format",
        "reading.mapping",
        "reading.unknown_holders",
    }


def test_settings_that_are_none(read, tmp_path):
    with pytest.raises(cb.MissingInputError, match="no settings"):
        cb.run_week(tmp_path / "nowhere.toml")
    assert "not a TOML file" in str(problems(lambda: read("input = ")))
    assert "must be a path" in refused(lambda: cb.run_week(3))
    assert "must be a list of codes" in refused(lambda: cb.run_week("x", accept="rows-gone"))


def test_an_unknown_finding_on_the_command_line_is_refused(service):
    with pytest.raises(cb.DataError, match="Did you mean 'rows-gone'"):
        service.run(accept=["rows-gon"])


def test_the_page_tells_every_setting_finding_and_limit():
    page = (Path(__file__).parents[2] / "docs" / "weekly.md").read_text(encoding="utf-8")
    names = (
        *WeeklySettings.model_fields,
        *ReadingSettings.model_fields,
        *InputLimits.model_fields,
        *CODES,
    )
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize("where", ["mysql://h/db", "sqlite:///ledger.db"])
def test_a_ledger_of_another_kind_is_refused_before_the_week_is_read(read, where):
    found = problems(lambda: read(f'input = "in"\nout = "w"\nledger = "{where}"\n'))
    assert found["ledger"].startswith("ledger: must be the path of a file, or a URL that begins")
    assert found["ledger"].endswith(f"not with {where.partition(':')[0]}://.")


def test_no_path_has_steps_back_in_it(tmp_path):
    (tmp_path / "settings").mkdir()
    file = tmp_path / "settings" / "weekly.toml"
    file.write_text('input = "../in"\nout = "../weeks"\nledger = "../l.db"\n', encoding="utf-8")
    found = WeeklyFile.read(file)
    there = tmp_path.resolve()
    assert (found.out, found.ledger) == (there / "weeks", str(there / "l.db"))
    assert found.path(found.settings.input) == there / "in"
