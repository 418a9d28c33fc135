"""The rules that rows of the sector's files are left out, missed or assumed by, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Whole tables and columns.
        "table_not_there": "the table is not there",
        "old_extract": "the extract is older than 1.4.5, whose keys and roles had known faults",
        "no_version": "the extract does not say its version",
        "two_titles": "two titles are of one column, and the first was read",
        "title_alike": "a title was taken for the one it is like",
        # Rows that are of no use for the week.
        "blank_row": "the row is blank",
        "no_key": "the row has no id",
        "not_a_row": "the row is a note or a total, and none of the table",
        "repeated_row": "the row repeats an earlier one of the same id",
        "unknown_child": "the row is of a child who is in no other table",
        "child_not_found": "the row leads to no child",
        "not_open": "it is closed, ended, or not begun",
        "closed_case": "nothing of the child is open",
        "child_died": "the child has died",
        "no_further_action": "it ended with no further action",
        "not_a_case": "the child is not in the lists of open cases",
        "other_role": "the role is not one of a holder",
        "not_looked_after": "short breaks, or 18 and over: not looked after",
        "not_eligible": "the young person is not eligible, or not to be in touch with",
        "not_the_latest": "a later row of the same child was taken",
        "not_a_worker": "the person holds no open case and is not in the HR table",
        "not_a_team": "no case and no worker is of the team",
        "not_in_the_week": "the id is of no case in the week",
        "unknown_status": "the words are no case status we know: taken as a child in need",
        "role_not_counted": "a role that may mean the allocated worker was not counted as one "
        "(holder_roles in sector.toml says which are)",
        "unknown_legal_status": "the words are no legal status we know",
        # What is missing.
        "no_worker_column": "the list has no column of workers",
        "no_worker": "nobody is named in the row: taken as held by nobody",
        "word_for_nobody": "the holder is a word for nobody, a team or a manager",
        "no_holder": "nobody holds the child's case",
        "no_start": "the day it began is missing",
        "dates_reversed": "it ends before it begins",
        "no_opened_on": "no day of opening is known",
        "no_team": "no team is known",
        "unknown_team_name": "the team is no team of the list, and its own words were taken",
        "no_family": "the child is in no family, or in more than one",
        "no_employment": "neither the HR table nor the extract says who employs the worker",
        "no_fte": "neither the HR table nor the extract has the worker's hours",
        "not_in_hr": "the worker holds cases and is not in the HR table",
        "no_reason": "the reason is none of the ten codes, and was left out",
        # What is assumed.
        "holder_assumed": "no involvement of a holder: the worker of another table was taken",
        "later_holder": "several hold the case, and the one who began last was taken",
        "overlapping_spells": "spells of different workers overlap, and both were kept",
        "spells_joined": "spells of one worker overlapped, and were made one",
        "two_tables_of_one_child": "the child is looked after and has a child protection plan",
        "other_authority": "the plan is another authority's",
        "lists_disagree": "the case status and the lists disagree, and the lists were believed",
        "holders_disagree": "the lists name different holders, and the list of the case was taken",
        "only_in_status": "only the case status says so, and it was believed",
        "computed_due": "the next date was worked out from the last one",
        "role_assumed": "no job title says the role: taken as a social worker",
        "team_of_cases": "no team of the worker is known: that of most of their cases was taken",
        "employment_assumed": "who employs the worker was assumed, as asked",
        "fte_assumed": "the hours were assumed, as asked",
        "id_from_name": "the id was made from a name",
        "names_alike": "names differ only in case, blanks or order, and were taken as one person",
        "local_value": "a value of the local table stands in place of what was derived",
        "registration_unknown": "the number is of no worker in the week, and stands as an id",
    }
)

TELL_ONLY: Final = frozenset(
    {
        "blank_row",
        "repeated_row",
        "unknown_child",
        "not_open",
        "closed_case",
        "child_died",
        "no_further_action",
        "not_a_case",
        "other_role",
        "not_looked_after",
        "not_eligible",
        "not_the_latest",
        "not_a_worker",
        "not_a_team",
        "not_in_the_week",
        "no_version",
        "no_family",
        "no_reason",
        "computed_due",
        "spells_joined",
        "employment_assumed",
        "fte_assumed",
        "id_from_name",
        "local_value",
        "registration_unknown",
        "two_tables_of_one_child",
        "no_holder",
        "no_worker",
        "word_for_nobody",
    }
)
"""Rules that happen in every good extract: told where the notices are, and no warning."""
