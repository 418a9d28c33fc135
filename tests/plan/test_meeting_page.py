"""The page for a meeting: five questions answered, nothing fetched, nothing run but its own."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.output import html_report
from tests.checker.small_weeks import case, cases, day, team, week, worker
from tests.plan.meeting_weeks import NAMES, busy_plan
from tests.plan.planning import planned

HOSTILE = "a&b'(c)+@#/x"
SOLVER_WORDS = r"\b(tier|bound|gap|slack|objective|optimal|feasible|solver|seed)\b"
VOID = frozenset({"meta", "br", "input", "rect", "path", "link", "img"})


def in_one_piece(page):
    """Take off what keeps a date from being broken: it is no part of its own."""
    return re.sub(r'<span class="nb">(.*?)</span>', r"\1", page)


class Page(HTMLParser):
    """What a page has: tags that nest, text by the id of the nearest part, links and anchors."""

    def __init__(self, page):
        super().__init__()
        self.open, self.ids, self.links, self.attributes, self.raw = [], [], [], [], {}
        self.text = {}
        self.feed(in_one_piece(page))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.attributes += attrs
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag not in VOID:
            self.open.append((tag, found.get("id")))

    def handle_startendtag(self, _, attrs):
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tag = self.open[-1][0] if self.open else ""
        if tag in {"style", "script"}:
            self.raw[tag] = data
            return
        for _, part in self.open:
            self.text[part] = f"{self.text.get(part, '')} {' '.join(data.split())}".strip()


@pytest.fixture(scope="module")
def plan():
    return busy_plan()


@pytest.fixture(scope="module")
def page(plan):
    return Page(html_report(plan))


def card(page, plan, worker_id):
    number = [row.worker_id for row in plan.workers].index(worker_id)
    return page.text[f"w{number}"]


def test_who_leaves_me_and_when_does_she_go(page, plan):
    text = card(page, plan, "ann")
    assert "Leaves on 2026-03-06 (in 4 days)." in text
    assert "Gives s1 , s2 together, family f, to ben" in text
    assert "solo to cat" in text


def test_who_comes_to_me_and_which_siblings(page, plan):
    text = card(page, plan, "ben")
    assert "Leaves on 2026-04-11 (in 40 days)." in text
    assert "ben and cat swap: b1 goes to cat, c1 goes to ben." in text
    assert "Takes s1 , s2 together, family f, from ann" in text
    assert "Falls due: s1, visit on 2026-02-27, overdue" in text


def test_the_whole_caseload_is_there_to_open(page, plan):
    text = card(page, plan, "cat")
    assert "Whole caseload: keeps no children, has 3 after the plan" in text
    assert "new who had nobody" in text
    assert "Whole caseload: keeps 6 children" in card(page, plan, "dan")


def test_what_must_i_decide_comes_before_everything_else(page):
    text = page.text["main"]
    assert text.index("What to decide this week") < text.index("In short") < text.index("By worker")
    assert "urgent (section 47 case): dan could take it if a manager agrees" in text
    assert "wish: Stays with dan, though a change was asked for" in page.text["main"]


def test_loads_stand_beside_what_they_are_measured_by(page, plan):
    row = next(one for one in plan.workers if one.worker_id == "dan")
    text = card(page, plan, "dan")
    assert "6 of 5 children, over the cap (before: 6)." in text
    assert f"{row.after.points:g} points of work, of {row.points_available:g} there is time" in text
    assert "at 100 % all the time there is for cases is taken" in page.text["loads"]


def test_a_team_has_its_people_and_who_waits_for_it(page):
    assert page.text["t1"].startswith("u in North (l) 1 worker")
    assert "Waiting: urgent ." in page.text["t1"]
    assert "North (l)" in page.text["teams"]


def test_who_leaves_without_children_has_no_load_and_no_room_to_show():
    rows = [case("a", worker_id="goes"), case("b", worker_id="w")]
    made = planned(week(rows, [worker("goes", leaves_on=day(4)), worker("w")]), {"a": "w"})
    shown = Page(html_report(made))
    assert "No children (before: 1, " in card(shown, made, "goes")
    assert "0 of 25" not in card(shown, made, "goes")
    assert "cannot go on" in shown.text["loads"]
    assert "2 children of 25 the caps allow (before: 2)" in shown.text["t0"]


def test_every_row_of_the_plan_is_there(page, plan):
    for move in plan.moves:
        assert move.reason in page.text["changes"]
    for row in plan.waiting:
        assert row.reason in page.text["waiting"]
    for line in plan.summary.splitlines():
        assert line in page.text[None]
    for breach in plan.breaches:
        assert breach.sentence[1:] in page.text["undone"]
    for text in ("Staffing", "How to read this", "Watch list"):
        assert text in page.text[None]


def test_every_link_leads_somewhere_and_no_anchor_stands_twice(page):
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_nothing_is_fetched_and_no_style_or_handler_stands_in_a_tag(page, plan):
    names = {name for name, _ in page.attributes}
    assert not names & {"style", "src", "srcset", "action", "formaction", "ping", "poster"}
    assert not [name for name in names if name.startswith("on")]
    text = html_report(plan)
    assert not re.search(r"https?:|url\(|@import|//[a-z]", text.replace("// ", ""))


def test_the_policy_lets_this_style_and_script_run_and_no_other(page, plan):
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', html_report(plan))[1]
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in found
    assert "unsafe" not in found
    for rule in ("default-src", "base-uri", "form-action"):
        assert f"{rule} 'none'" in found


def test_planted_markup_is_text():
    rows = [*cases(3, HOSTILE), case(HOSTILE, "section_47"), case("m", worker_id=HOSTILE)]
    rows.append(case("z", worker_id=HOSTILE, next_due="</script><b>visit</b>", next_due_on=None))
    plan = planned(
        week(rows, [worker(HOSTILE, team_ids=(HOSTILE,)), worker("v")], teams=[team(HOSTILE)]),
        {"m": "v"},
    )
    text = html_report(
        plan, DisplayNames({"v": "<img src=x onerror=alert(1)>", HOSTILE: "</style><script>"})
    )
    page = Page(text)
    assert HOSTILE not in text
    assert HOSTILE in page.text[None]
    assert "<img" not in text
    assert text.count("<script") == 1
    assert "<img src=x onerror=alert(1)>" in page.text[None]


def test_names_stand_beside_ids_and_nowhere_else(plan):
    text = html_report(plan, NAMES)
    page = Page(text)
    assert card(page, plan, "ann").startswith("Ann Ash ann")
    assert "Ben <Birch> ben" in page.text["changes"]
    assert "Ann Ash" not in html_report(plan)
    assert plan.fingerprint == busy_plan().fingerprint


def test_the_same_plan_and_names_give_the_same_bytes(plan):
    backwards = DisplayNames(dict(reversed([*NAMES.items()])))
    assert html_report(plan, NAMES) == html_report(busy_plan(), backwards)


def test_no_solver_word_stands_outside_the_analysts_part(plan):
    before, analyst, _ = re.split(
        r'(?s)(<details class="analyst">.*?</details>)', html_report(plan)
    )
    text = Page(
        re.sub(r"(?s)<(style|script)>.*?</\1>", "", before) + "</section></main></body></html>"
    )
    assert not re.search(SOLVER_WORDS, text.text[None])
    assert "tier" in analyst


def test_points_are_of_work_and_a_cost_is_of_a_change(page):
    text = page.text[None].split("For analysts")[0]
    for found in re.finditer(r"\bpoints?\b.{0,9}", text):
        assert found[0].startswith(("points of work", "points available", "points-")), found[0]
    assert "cost points" not in text


def test_a_plan_that_may_be_bettered_says_so_at_the_top():
    plan = busy_plan(bounds=(-1, -1, -1, -1), stop_reason="time limit")
    text = Page(html_report(plan)).text[None]
    assert text.index("so a better plan may exist") < text.index("What to decide this week")


def test_an_empty_week_has_a_page_too():
    text = Page(html_report(planned(week([], [])))).text[None]
    for said in ("Nothing: every child stays", "Nobody waits.", "Nothing to watch."):
        assert said in text
