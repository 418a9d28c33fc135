"""Whatever stands in a file, reading gives a snapshot or one of our own errors."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import CaseloadError
from caseload_balancer.intake import Notice, read_with_notices
from tests.clock import now
from tests.examples import settings
from tests.intake.broken_weeks import HEADER, SOUND_CASE, Week

reused_folder = settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["C1", "W1", "W7", "other", "yes", "2026-01-05", "4.5", '"', '""', "a;b", "#N/A"]
    ),
    st.dates().map(str),
    st.floats().map(str),
    st.integers().map(str),
)
rows = st.lists(cells, min_size=5, max_size=9).map(",".join)


def outcome(week: Week) -> str:
    try:
        snapshot, notices = read_with_notices(week.folder)
    except CaseloadError:
        return "refused"
    assert isinstance(snapshot, Snapshot)
    assert all(isinstance(notice, Notice) for notice in notices)
    return "read"


@reused_folder
@given(content=st.binary(max_size=300))
@example(content=b"\xff\xfe")
@example(content=b"\xff\xfe\x00\x00a")
@example(content=b"\x00" * 50)
def test_any_bytes(week: Week, content: bytes) -> None:
    week.write("cases.csv", content)
    assert outcome(week) == "refused"


@reused_folder
@given(content=st.binary(max_size=100))
def test_any_bytes_as_the_service_file(week: Week, content: bytes) -> None:
    week.write("service.toml", content)
    assert outcome(week) == "refused"


@reused_folder
@given(text=st.text(max_size=300))
def test_any_text_below_a_header(week: Week, text: str) -> None:
    week.write("cases.csv", f"{HEADER}\n{SOUND_CASE}\n{text}".encode("utf-8", "replace"))
    assert outcome(week) in {"read", "refused"}


@reused_folder
@given(lines=st.lists(rows, max_size=5), header=st.sampled_from([HEADER, HEADER.title()]) | rows)
def test_any_cells(week: Week, lines: list[str], header: str) -> None:
    week.write("cases.csv", "\n".join([header, *lines]).encode("utf-8", "replace"))
    assert outcome(week) in {"read", "refused"}


@reused_folder
@given(row=st.tuples(*[cells] * 3).map(",".join), table=st.sampled_from(["workers", "teams"]))
def test_any_cells_in_another_table(week: Week, row: str, table: str) -> None:
    headers = {"workers": "worker_id,employment,fte", "teams": "team_id,name,parent_id"}
    lines = [headers[table], *(["W7,agency,1"] if table == "workers" else []), row]
    week.write(f"{table}.csv", "\n".join(lines).encode("utf-8", "replace"))
    assert outcome(week) in {"read", "refused"}


def test_a_county_with_all_ids_wrong_is_refused_in_seconds(tmp_path: Path) -> None:
    week = Week(tmp_path)
    day = date(2026, 1, 5)
    week.write(
        "workers.csv",
        "worker_id,employment\n" + "".join(f"W{n:03},permanent\n" for n in range(150)),
    )
    week.cases(*(f"C{n:05},other,X{n},{n},{day},," for n in range(2_800)))
    week.write(
        "spells.csv",
        "case_id,worker_id,from\n"
        + "".join(
            f"C{n % 2800:05},W{n % 150:03},{day - timedelta(n % 700)}\n" for n in range(10_000)
        ),
    )
    started = now()
    assert len(week.problems()) > 2_800
    # Quadratic work on this would take minutes.
    assert now() - started < 20
