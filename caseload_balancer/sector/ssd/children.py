"""What is open for each child on the week's date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseload_balancer.sector.legal_statuses import status_code
from caseload_balancer.sector.sources import Line
from caseload_balancer.sector.ssd.extract import Extract, ended
from caseload_balancer.sector.ssd.extract_children import ExtractChild
from caseload_balancer.sector.ssd.outcomes import says_private_fostering

FINAL_PLAN_NOT_YET: Final = "H"
_NOT_IN_TOUCH: Final = frozenset({"DIED", "NREQ", "RHOM"})


def children_of(extract: Extract) -> Mapping[str, ExtractChild]:
    """Return every child of an extract by id, with what is open."""
    return _Gathering(extract).gathered()


class _Gathering:
    """One pass over each table, noting what becomes of every row."""

    def __init__(self, extract: Extract) -> None:
        self._extract, self._on, self._evidence = extract, extract.on, extract.evidence
        self._children: dict[str, ExtractChild] = {}
        self._person_known = extract.lines["ssd_person"].found

    def gathered(self) -> Mapping[str, ExtractChild]:
        for line in self._extract.table("person"):
            self._person(line)
        for table, take in (
            ("cin_episodes", self._referral),
            ("cla_episodes", self._care),
            ("cp_plans", self._cp_plan),
            ("s47_enquiry", self._enquiry),
            ("cin_plans", self._cin_plan),
            ("cin_assessments", self._assessment),
            ("care_leavers", self._leaver),
            ("legal_status", self._status),
            ("pre_proceedings", self._proceedings),
            ("family", self._family),
        ):
            for line in self._extract.table(table):
                take(line)
        return self._children

    def _person(self, line: Line) -> None:
        child_id = line.key("pers_person_id")
        if child_id is None:
            self._out(line, "no_key")
            return
        died = line.day("pers_death_date")
        self._children[child_id] = ExtractChild(
            child_id,
            line.number,
            born_on=line.day("pers_dob"),
            has_died=ended(died, self._on),
        )

    def _child(self, line: Line, column: str) -> ExtractChild | None:
        child_id = line.key(column)
        if child_id is None:
            self._out(line, "child_not_found")
            return None
        if child_id not in self._children:
            if self._person_known:
                self._out(line, "unknown_child", child_id)
                return None
            self._children[child_id] = ExtractChild(child_id, line.number)
        return self._children[child_id]

    def _out(self, line: Line, rule: str, detail: str = "") -> None:
        self._evidence.note("left out", line.table, line.number, rule, detail)

    def _used(self, line: Line) -> None:
        self._evidence.used(line.table, line.number)

    def _runs(self, line: Line, start: str, end: str) -> bool:
        """Say whether a row has begun and not ended, after noting it where not."""
        begun = line.day(start)
        if ended(line.day(end), self._on) or (begun is not None and begun > self._on):
            self._out(line, "not_open")
            return False
        return True

    def _referral(self, line: Line) -> None:
        child = self._child(line, "cine_person_id")
        if child is None or not self._runs(line, "cine_referral_date", "cine_close_date"):
            return
        if line.yes("cine_referral_nfa"):
            self._out(line, "no_further_action")
            return
        self._used(line)
        day = line.day("cine_referral_date")
        later = child.referred_on is None or (day is not None and day >= child.referred_on)
        if not child.is_referred or later:
            child.referral_id = line.key("cine_referral_id")
            child.referred_on = day
            child.referral_team = line.key("cine_referral_team")
            child.referral_worker = line.key("cine_referral_worker_id")
        child.is_referred = True

    def _care(self, line: Line) -> None:
        child = self._child(line, "clae_person_id")
        start, end = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
        if child is None or not self._runs(line, start, end):
            return
        self._used(line)
        child.in_care = True
        child.care_id = line.key("clae_cla_id") or child.care_id
        entered = line.day("clae_entered_care_date") or line.day(start)
        if entered is not None:
            earlier = child.entered_care
            child.entered_care = entered if earlier is None else min(earlier, entered)

    def _cp_plan(self, line: Line) -> None:
        child = self._child(line, "cppl_person_id")
        start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
        if child is None or not self._runs(line, start, end):
            return
        self._used(line)
        child.is_on_cp_plan = True
        if (plan := line.key("cppl_cp_plan_id")) is not None:
            child.cp_plans.add(plan)
        if line.yes("cppl_cp_plan_ola"):
            self._evidence.note(
                "assumed", line.table, line.number, "other_authority", child.child_id
            )

    def _enquiry(self, line: Line) -> None:
        child = self._child(line, "s47e_person_id")
        if child is None or not self._runs(line, "s47e_s47_start_date", "s47e_s47_end_date"):
            return
        if line.yes("s47e_s47_nfa"):
            self._out(line, "no_further_action")
            return
        self._used(line)
        child.is_enquired = True
        if (enquiry := line.key("s47e_s47_enquiry_id")) is not None:
            child.enquiries.add(enquiry)

    def _cin_plan(self, line: Line) -> None:
        child = self._child(line, "cinp_person_id")
        start, end = "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"
        if child is None or not self._runs(line, start, end):
            return
        self._used(line)
        child.on_cin_plan = True
        self._other_worker(child, "ssd_cin_plans", line.key("cinp_cin_plan_worker_id"))

    def _assessment(self, line: Line) -> None:
        child = self._child(line, "cina_person_id")
        if child is None:
            return
        referral = line.key("cina_referral_id")
        child.was_assessed |= referral is None or referral == child.referral_id
        start, end = "cina_assessment_start_date", "cina_assessment_auth_date"
        if says_private_fostering(line.text("cina_assessment_outcome_json")):
            child.private_fostering |= child.is_referred and referral == child.referral_id
        if not self._runs(line, start, end):
            return
        self._used(line)
        day = line.day(start)
        if day is None:
            self._evidence.note("missing", line.table, line.number, "no_start")
        child.assessments.append(day)
        self._other_worker(child, "ssd_cin_assessments", line.key("cina_assessment_worker_id"))

    def _leaver(self, line: Line) -> None:
        child = self._child(line, "clea_person_id")
        if child is None:
            return
        eligibility = (line.text("clea_care_leaver_eligibility") or "").casefold()
        in_touch = (line.text("clea_care_leaver_in_touch") or "").upper()[:4]
        if not eligibility or "no current" in eligibility or in_touch in _NOT_IN_TOUCH:
            self._out(line, "not_eligible")
            return
        self._used(line)
        child.is_leaver = True
        child.leaver_team = line.key("clea_care_leaver_allocated_team")
        if (reviewed := line.day("clea_pathway_plan_review_date")) is not None:
            child.pathway_plans.append(reviewed)
        self._other_worker(child, "ssd_care_leavers", line.key("clea_care_leaver_worker_id"))

    def _status(self, line: Line) -> None:
        child = self._child(line, "lega_person_id")
        start, end = "lega_legal_status_start_date", "lega_legal_status_end_date"
        if child is None or not self._runs(line, start, end):
            return
        words = line.text("lega_legal_status")
        code = None if words is None else status_code(words)
        if code is None:
            self._evidence.note(
                "missing", line.table, line.number, "unknown_legal_status", words or "blank"
            )
            return
        self._used(line)
        child.statuses.add(code)

    def _proceedings(self, line: Line) -> None:
        child = self._child(line, "prep_person_id")
        if child is None:
            return
        plan = (line.text("prep_la_final_care_plan") or "").upper()
        if line.text("prep_court_reference") is None or plan != FINAL_PLAN_NOT_YET:
            self._out(line, "not_open")
            return
        self._used(line)
        child.proceedings = True

    def _family(self, line: Line) -> None:
        child = self._child(line, "fami_person_id")
        if child is None:
            return
        family = line.key("fami_family_id")
        if family is None:
            self._out(line, "no_key")
            return
        self._used(line)
        child.families.add(family)

    @staticmethod
    def _other_worker(child: ExtractChild, table: str, worker: str | None) -> None:
        if worker is not None:
            child.other_workers.setdefault(table, worker)
