"""The plan as HTML: whole, escaped, and nothing fetched."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from caseload_balancer.plan.html import html_fragment
from tests.checker.small_weeks import case, cases, day, steady, team, week, worker
from tests.plan.planning import planned

HOSTILE = "a&b'(c)+@#/x"
"""As hostile as an id may be; a quote and an ampersand would break out of badly made HTML."""


class Pages(HTMLParser):
    """Checks that tags nest, and collects what a page names."""

    VOID = frozenset({"meta", "br"})

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def parsed(page):
    reader = Pages()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture
def hostile():
    rows = [*cases(3, HOSTILE), case(HOSTILE, "section_47"), case("m", worker_id=HOSTILE)]
    workers = [worker(HOSTILE, team_ids=(HOSTILE,)), worker("v")]
    return planned(
        week(rows, workers, teams=[team(HOSTILE)]),
        {"m": "v"},
        steady(cap={"children_per_fte": 2}),
        bounds=(0, 0, 0, 0),
        stop_reason="work limit",
        phases=(("<b>exact</b>", 0.1, "a & b."),),
    )


def test_everything_from_the_input_is_escaped(hostile):
    page = html_fragment(hostile)
    reader = parsed(page)
    assert "&lt;b&gt;exact&lt;/b&gt;" in page
    assert HOSTILE not in page
    assert any(HOSTILE in text for text in reader.text)


def test_nothing_runs_and_nothing_is_fetched(hostile):
    reader = parsed(html_fragment(hostile))
    assert not {"script", "img", "link", "iframe", "object"} & set(reader.seen)
    assert not [
        name for name in reader.attributes if name.startswith("on") or name in {"src", "href"}
    ]
    assert "url(" not in html_fragment(hostile)
    assert reader.seen[0] == "div"


def test_the_notebook_shows_every_part(hostile):
    text = " ".join(parsed(hostile._repr_html_()).text)
    for part in (
        "Plan for the week of 2026-03-02",
        "Not met",
        "Waiting",
        "Changes of worker",
        "Workers, before and after",
        "For analysts",
        "must_hold_waiting",
        "may never wait",
        *hostile.summary.splitlines(),
    ):
        assert part in text


def test_what_is_due_late_or_about_to_change_is_on_the_page():
    rows = [
        case("late", worker_id="w", next_due_on=day(-3), next_due="<b>visit</b>"),
        case("soon", team_id="t", next_due_on=day(3)),
        case("old", "assessment", worker_id="w", opened_on=day(-200)),
    ]
    workers = [worker("w", "agency", team_ids=("t",), leaves_on=day(40)), worker("v")]
    plan = planned(week(rows, workers, teams=[team("l", name="North"), team("t", parent_id="l")]))
    page = html_fragment(plan)
    text = " ".join(" ".join(parsed(page).text).split())
    for part in (
        "Overdue",
        "t w 3 late child-in-need case <b>visit</b> 2026-02-27",
        "Due within 14 days: 1",
        "t waiting 3 soon child-in-need case 2026-03-05",
        "Longer than they should take: 1",
        "Who comes and goes within 8 weeks",
        "w t leaves , agency, 1 FTE 2026-04-11 40 2",
        "the service",
        "North (l)",
        "1,800 1,280",
    ):
        assert part in text, part
    assert "&lt;b&gt;visit" in page


def test_long_tables_are_cut_and_the_rest_is_counted():
    rows = cases(8, "w")
    plan = planned(week(rows, [worker("w"), worker("v")]), {row.case_id: "v" for row in rows})
    cut, whole = html_fragment(plan, most_rows=3), html_fragment(plan, most_rows=None)
    assert "and 5 more" in cut
    assert "more</p>" not in whole
    assert len(re.findall("Moves from w", cut)) == 3
    assert len(re.findall("Moves from w", whole)) == 8


def test_an_empty_week_is_shown_too():
    assert "Plan for the week" in " ".join(parsed(html_fragment(planned(week([], [])))).text)


def test_bars_are_no_wider_than_their_track():
    plan = planned(week(cases(60, "w", points="9"), [worker("w")]))
    assert plan.workers[0].before.percent > 600
    widths = [float(width) for width in re.findall(r"width:([0-9.]+)%", html_fragment(plan))]
    assert max(widths) == 100.0


def test_importing_plans_loads_neither_frames_nor_a_solver_nor_templates():
    code = (
        "import sys; import caseload_balancer.plan; "
        "print(sorted({'narwhals', 'pandas', 'polars', 'pyarrow', 'ortools', 'jinja2'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter, fixed code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
