"""The tables of the dataset that say who holds which case, and the columns we read of them.

Names, birth places and protected characteristics are in none of these lists, and never read; a
birth date is, for who is looked after is under 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from caseload_balancer.sector.sources import SourceSpec

_NAME: Final = re.compile(r"(?:^|[._])(ssd_(?!.*[._]ssd_).*)$")
_BLANKS: Final = re.compile(r"[\s-]+")
_DATED: Final = re.compile(r"[_.(]*(?:v?[0-9]+[_.)]*)+$")
"""A day, a version or the number of a copy behind a name."""


def _spec(name: str, columns: str, needed: str = "", **others: str) -> SourceSpec:
    """Return a table's columns from a list in one text; `others` are titles in other systems."""
    also = {column: tuple(titles.split()) for column, titles in others.items()}
    return SourceSpec(
        f"ssd_{name}",
        {column: also.get(column, ()) for column in columns.split()},
        tuple(needed.split()),
    )


_SPECS: Final = (
    _spec("person", "pers_person_id pers_dob pers_death_date", "pers_person_id"),
    _spec("family", "fami_table_id fami_family_id fami_person_id", "fami_family_id fami_person_id"),
    _spec(
        "cin_episodes",
        "cine_referral_id cine_person_id cine_referral_date cine_cin_primary_need_code "
        "cine_referral_nfa cine_close_date cine_referral_team cine_referral_worker_id",
        "cine_referral_id cine_person_id cine_referral_date cine_close_date",
    ),
    _spec(
        "cin_assessments",
        "cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date "
        "cina_assessment_auth_date cina_assessment_outcome_json cina_assessment_worker_id",
        "cina_person_id cina_assessment_auth_date",
    ),
    _spec(
        "s47_enquiry",
        "s47e_s47_enquiry_id s47e_person_id s47e_s47_start_date s47e_s47_end_date s47e_s47_nfa",
        "s47e_person_id s47e_s47_end_date",
    ),
    _spec(
        "initial_cp_conference",
        "icpc_icpc_id icpc_person_id icpc_s47_enquiry_id icpc_icpc_target_date icpc_icpc_date",
        "icpc_person_id",
    ),
    _spec(
        "cin_plans",
        "cinp_cin_plan_id cinp_person_id cinp_cin_plan_start_date cinp_cin_plan_end_date "
        "cinp_cin_plan_worker_id",
        "cinp_person_id cinp_cin_plan_end_date",
        cinp_cin_plan_id="cin_plan_id",
    ),
    _spec(
        "cp_plans",
        "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date "
        "cppl_cp_plan_ola",
        "cppl_person_id cppl_cp_plan_end_date",
    ),
    _spec(
        "cla_episodes",
        "clae_cla_episode_id clae_person_id clae_cla_id clae_cla_episode_start_date "
        "clae_cla_episode_ceased_date clae_entered_care_date",
        "clae_person_id clae_cla_episode_ceased_date",
        clae_cla_episode_ceased_date="clae_cla_episode_ceased",
    ),
    _spec(
        "legal_status",
        "lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date "
        "lega_legal_status_end_date",
        "lega_person_id lega_legal_status",
    ),
    _spec(
        "involvements",
        "invo_involvements_id invo_professional_id invo_professional_role_id "
        "invo_professional_team invo_person_id invo_involvement_start_date "
        "invo_involvement_end_date invo_worker_change_reason invo_referral_id",
        "invo_professional_id invo_professional_role_id invo_involvement_end_date",
    ),
    _spec(
        "professionals",
        "prof_professional_id prof_staff_id prof_professional_name "
        "prof_social_worker_registration_no prof_agency_worker_flag prof_professional_job_title "
        "prof_professional_department prof_full_time_equivalency",
    ),
    _spec(
        "department",
        "dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name",
        "dept_team_id",
    ),
    _spec("cin_visits", "cinv_cin_visit_id cinv_person_id cinv_cin_plan_id cinv_cin_visit_date"),
    _spec("cp_visits", "cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date"),
    _spec("cla_visits", "clav_cla_visit_id clav_person_id clav_cla_id clav_cla_visit_date"),
    _spec(
        "cp_reviews",
        "cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due cppr_cp_review_date",
        cppr_cp_review_id="workflow_step_id",
        cppr_person_id="person_id",
        cppr_cp_plan_id="registration_id",
        cppr_cp_review_due="due_date",
        cppr_cp_review_date="actual_date",
    ),
    _spec(
        "cla_reviews",
        "clar_cla_review_id clar_cla_id clar_cla_person_id clar_cla_review_due_date "
        "clar_cla_review_date clar_cla_review_cancelled",
    ),
    _spec(
        "care_leavers",
        "clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch "
        "clea_pathway_plan_review_date clea_care_leaver_allocated_team clea_care_leaver_worker_id",
        "clea_person_id clea_care_leaver_eligibility",
    ),
    _spec(
        "pre_proceedings",
        "prep_table_id prep_person_id prep_court_reference prep_la_final_care_plan",
        "prep_person_id",
    ),
    _spec("version_log", "version_number is_current"),
)
SPECS: Final[Mapping[str, SourceSpec]] = MappingProxyType({one.name: one for one in _SPECS})
"""Each table we read, under its name."""

NEEDED: Final = ("ssd_involvements", "ssd_cin_episodes")
"""Without these nobody is known to hold anything."""


def table_name(name: str) -> str | None:
    """Return the table a file, sheet or frame is of, whatever its case and schema, if any.

    ``ssd_development.SSD_Person`` is ``ssd_person``, and so is ``ssd_person_20261123 (1)``.
    """
    found = _NAME.search(_BLANKS.sub("_", name.strip().casefold()))
    if found is None:
        return None
    bare = _DATED.sub("", found[1])
    return bare if bare in SPECS else found[1]


def without_prefix(names: Iterable[str]) -> dict[str, SourceSpec]:
    """Return the tables that names without ``ssd_`` are of; none unless all needed are there."""
    tables = {name: table_name(f"ssd_{name.strip().rpartition('.')[2]}") for name in names}
    found = {name: SPECS[table] for name, table in tables.items() if table and table in SPECS}
    return found if {spec.name for spec in found.values()}.issuperset(NEEDED) else {}
