"""How three case systems fill the dataset's tables: columns, and words for the same thing.

Columns: analysis/ddl_reference of ssd-data-model, commit 4987c73.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

from caseload_balancer.domain.words import SpellReason
from caseload_balancer.sector.legal_statuses import STATUS_WORDS
from caseload_balancer.sector.ssd.reasons import REASON_WORDS

Dialect = Literal["systemc", "mosaic", "eclipse"]
DIALECTS: Final[tuple[Dialect, ...]] = get_args(Dialect)

_COLUMNS: Final[Mapping[str, str]] = {
    "person": "pers_legacy_id pers_person_id pers_upn pers_forename pers_surname pers_sex "
    "pers_gender pers_ethnicity pers_dob pers_single_unique_id pers_upn_unknown pers_send_flag "
    "pers_expected_dob pers_death_date pers_is_mother pers_nationality",
    "family": "fami_table_id fami_family_id fami_person_id",
    "cin_episodes": "cine_referral_id cine_person_id cine_referral_date "
    "cine_cin_primary_need_code cine_referral_source_code cine_referral_source_desc "
    "cine_referral_outcome_json cine_referral_nfa cine_close_reason cine_close_date "
    "cine_referral_team cine_referral_worker_id",
    "cin_assessments": "cina_assessment_id cina_person_id cina_referral_id "
    "cina_assessment_start_date cina_assessment_child_seen cina_assessment_auth_date "
    "cina_assessment_outcome_json cina_assessment_outcome_nfa cina_assessment_team "
    "cina_assessment_worker_id",
    "s47_enquiry": "s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date "
    "s47e_s47_end_date s47e_s47_nfa s47e_s47_outcome_json s47e_s47_completed_by_team "
    "s47e_s47_completed_by_worker_id",
    "initial_cp_conference": "icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id "
    "icpc_person_id icpc_cp_plan_id icpc_referral_id icpc_icpc_transfer_in icpc_icpc_target_date "
    "icpc_icpc_date icpc_icpc_outcome_cp_flag icpc_icpc_outcome_json icpc_icpc_team "
    "icpc_icpc_worker_id",
    "cin_plans": "cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date "
    "cinp_cin_plan_end_date cinp_cin_plan_team cinp_cin_plan_worker_id",
    "cp_plans": "cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id "
    "cppl_cp_plan_start_date cppl_cp_plan_end_date cppl_cp_plan_ola "
    "cppl_cp_plan_initial_category cppl_cp_plan_latest_category",
    "cla_episodes": "clae_cla_episode_id clae_person_id clae_cla_placement_id "
    "clae_cla_episode_start_date clae_cla_episode_start_reason clae_cla_primary_need_code "
    "clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_cla_id clae_referral_id "
    "clae_cla_last_iro_contact_date clae_entered_care_date",
    "legal_status": "lega_legal_status_id lega_person_id lega_legal_status "
    "lega_legal_status_start_date lega_legal_status_end_date",
    "involvements": "invo_involvements_id invo_professional_id invo_professional_role_id "
    "invo_professional_team invo_person_id invo_involvement_start_date "
    "invo_involvement_end_date invo_worker_change_reason invo_referral_id",
    "professionals": "prof_professional_id prof_staff_id prof_professional_name "
    "prof_social_worker_registration_no prof_agency_worker_flag prof_professional_job_title "
    "prof_professional_caseload prof_professional_department prof_full_time_equivalency",
    "department": "dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name",
    "cin_visits": "cinv_cin_visit_id cinv_person_id cinv_cin_visit_date cinv_cin_visit_seen "
    "cinv_cin_visit_seen_alone cinv_cin_visit_bedroom",
    "cp_visits": "cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date "
    "cppv_cp_visit_seen cppv_cp_visit_seen_alone cppv_cp_visit_bedroom",
    "cla_visits": "clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date "
    "clav_cla_visit_seen clav_cla_visit_seen_alone",
    "cp_reviews": "cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due "
    "cppr_cp_review_date cppr_cp_review_meeting_id cppr_cp_review_outcome_continue_cp "
    "cppr_cp_review_quorate cppr_cp_review_participation",
    "cla_reviews": "clar_cla_review_id clar_cla_id clar_cla_review_due_date clar_cla_review_date "
    "clar_cla_review_cancelled clar_cla_review_participation",
    "care_leavers": "clea_table_id clea_person_id clea_care_leaver_eligibility "
    "clea_care_leaver_in_touch clea_care_leaver_latest_contact clea_care_leaver_accommodation "
    "clea_care_leaver_accom_suitable clea_care_leaver_activity clea_pathway_plan_review_date "
    "clea_care_leaver_personal_advisor clea_care_leaver_allocated_team "
    "clea_care_leaver_worker_id",
    "pre_proceedings": "prep_table_id prep_person_id prep_plo_family_id prep_court_reference "
    "prep_la_final_care_plan",
    "version_log": "version_number release_date description is_current",
}


@dataclass(frozen=True)
class DialectRules:
    """What one system's script does in its own way.

    Parameters
    ----------
    version
        Of the newest script.
    holder_role, other_role
        The role of the allocated worker, and of a reviewing officer.
    left_out
        Columns the script does not make.
    instead
        Columns it makes under another title, or has in place of another.
    no_tables
        Tables it does not make.
    team_by_name, worker_in_staff_id, reason_of_end
        How it names teams and workers, and which change of worker a reason is about.
    fills
        Columns of people that it fills in.
    """

    version: str
    holder_role: str
    other_role: str = "IRO"
    left_out: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)
    no_tables: frozenset[str] = frozenset()
    team_by_name: bool = False
    worker_in_staff_id: bool = False
    reason_of_end: bool = False
    fills: frozenset[str] = frozenset()

    def tables(self) -> Sequence[str]:
        """Return the names of the tables the script makes."""
        return tuple(name for name in _COLUMNS if name not in self.no_tables)

    def titles(self, table: str) -> Mapping[str, str]:
        """Return each column of a table that the script makes, with its title."""
        return {
            column: self.instead.get(column, column)
            for column in _COLUMNS[table].split()
            if column not in self.left_out
        }


_REGISTRATION: Final = "prof_social_worker_registration_no"
RULES_OF: Final[Mapping[Dialect, DialectRules]] = MappingProxyType(
    {
        "systemc": DialectRules(
            version="1.4.5",
            holder_role="CW",
            fills=frozenset(
                {_REGISTRATION, "prof_professional_job_title", "prof_full_time_equivalency"}
            ),
        ),
        "mosaic": DialectRules(
            version="1.4.4",
            holder_role="ALLOCATED CASE WORKER",
            left_out=frozenset(
                {
                    "invo_person_id",
                    "prof_professional_name",
                    "cppl_icpc_id",
                    "cppl_cp_plan_ola",
                    "cppv_person_id",
                    "cppr_person_id",
                    "cppr_cp_review_meeting_id",
                }
            ),
            instead={
                "cinp_cin_plan_id": "cin_plan_id",
                "cinv_person_id": "cinv_cin_plan_id",
                "clar_cla_review_participation": "clar_cla_person_id",
            },
            no_tables=frozenset({"family", "version_log"}),
            team_by_name=True,
            worker_in_staff_id=True,
            reason_of_end=True,
        ),
        "eclipse": DialectRules(
            version="1.4.4", holder_role="CW", fills=frozenset({_REGISTRATION})
        ),
    }
)

_SYSTEMC_WORDS: Final[Mapping[str, str]] = {
    "C1": "Interim care order Sec. 38(1)",
    "C2": "Care Order Sec. 31(a)",
    "V2": "Single placement acc. by LA S20(1) CA under 16",
}


def status_words(dialect: Dialect, code: str) -> str:
    """Return a legal status as a system writes it: Eclipse its code, the others words."""
    if dialect == "systemc":
        return _SYSTEMC_WORDS[code]
    return code if dialect == "eclipse" else f"{code} - {STATUS_WORDS[code]}"


def reason_words(dialect: Dialect, reason: SpellReason) -> str:
    """Return a reason for a change of worker as a system writes it: Mosaic in words."""
    return REASON_WORDS[reason] if dialect == "mosaic" else reason
