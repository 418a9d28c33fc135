"""A small team through twenty weeks of referrals, closures, leavers and absence."""

from datetime import timedelta

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import caseload_balancer as cb
from caseload_balancer import datasets
from caseload_balancer.checker import check
from caseload_balancer.policy import Policy
from tests.examples import settings

POLICY = Policy.profile()
TYPES = ("assessment", "child_in_need", "child_protection", "looked_after", "care_leaver")


class TwentyWeeks(RuleBasedStateMachine):
    """Every week something happens, a plan is made and carried out."""

    @initialize(seed=st.integers(0, 20))
    def open_the_team(self, seed):
        self.week = datasets.service(4, 55, seed=seed, teams=1, localities=1)
        self.plan = None
        self.referrals = 0

    def carry_out(self, **tables):
        """Put the tables of the week in place, allocate, and go on to the next week."""
        names = ("cases", "workers", "adjustments", "teams", "spells")
        content = {name: getattr(self.week, name) for name in names} | tables
        before = cb.Snapshot(as_of=self.week.as_of, **content)
        self.plan = cb.allocate(before, POLICY, time_limit=5)
        self.before = before
        self.week = before.after(self.plan)

    @rule(case_type=st.sampled_from(TYPES), children=st.integers(1, 3))
    def a_family_is_referred(self, case_type, children):
        self.referrals += 1
        new = tuple(
            cb.Case(
                case_id=f"N{self.referrals}-{child}",
                case_type=case_type,
                family_id=f"NF{self.referrals}",
                opened_on=self.week.as_of,
            )
            for child in range(children)
        )
        self.carry_out(cases=self.week.cases + new)

    @rule(count=st.integers(1, 5), data=st.data())
    def cases_close(self, count, data):
        ids = sorted(case.case_id for case in self.week.cases)
        closed = set(data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=count)))
        kept = tuple(case for case in self.week.cases if case.case_id not in closed)
        self.carry_out(cases=kept)

    @rule(data=st.data())
    def somebody_gives_notice(self, data):
        ids = sorted(w.worker_id for w in self.week.workers if w.leaves_on is None)
        if len(ids) <= 3:
            return
        leaver = data.draw(st.sampled_from(ids))
        workers = tuple(
            w.model_copy(update={"leaves_on": self.week.as_of + timedelta(days=10)})
            if w.worker_id == leaver
            else w
            for w in self.week.workers
        )
        unlocked = tuple(
            c.model_copy(update={"locked": False}) if c.worker_id == leaver else c
            for c in self.week.cases
        )
        self.carry_out(workers=workers, cases=unlocked)

    @rule(data=st.data(), weeks=st.integers(1, 6))
    def somebody_falls_ill(self, data, weeks):
        worker_id = data.draw(st.sampled_from(sorted(self.week.worker_by_id)))
        absence = cb.Adjustment(
            worker_id=worker_id,
            kind="absence",
            percent=100,
            starts_on=self.week.as_of,
            ends_on=self.week.as_of + timedelta(weeks=weeks),
        )
        self.carry_out(adjustments=(*self.week.adjustments, absence))

    @invariant()
    def the_plan_keeps_every_rule(self):
        if getattr(self, "plan", None) is None:
            return
        report = check(self.before, POLICY, self.plan.allocation)
        assert report.ok
        assert sum(self.plan.changes.values()) == len(self.before.cases)

    @invariant()
    def nobody_at_or_under_the_cap_goes_over_it(self):
        for row in self.plan.workers if getattr(self, "plan", None) else ():
            assert row.after.children <= max(row.cap, row.before.children)


TestTwentyWeeks = TwentyWeeks.TestCase
TestTwentyWeeks.settings = settings(
    max_examples=3,
    stateful_step_count=20,
    suppress_health_check=list(HealthCheck),
)
