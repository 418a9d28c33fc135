"""A plan of six children, its pack, and what is wrong with a pack."""

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.display_names import NO_NAMES
from caseload_balancer.output.packs import pack_bytes
from caseload_balancer.workbooks.decision_sheet import DECISIONS
from caseload_balancer.workbooks.pack.decisions import decision_choices, decisions_sheet
from caseload_balancer.workbooks.pack.notes import settings_sheet
from caseload_balancer.workbooks.pack.writing import PackLabels, write_book
from tests.checker.small_weeks import case, steady, week, worker
from tests.plan.planning import planned
from tests.workbooks.filling import opened

CHILDREN = ["a", "b", "007", "d 1", "d  2", "_1"]
SNAPSHOT = week([case(one) for one in CHILDREN], [worker("ann"), worker("ben"), worker("cat  c")])
PLAN = planned(SNAPSHOT, dict.fromkeys(CHILDREN[:-1], "ann"), steady())
PACK = pack_bytes(PLAN)


def short_pack(plan):
    """The sheets of a pack that are read back, and no others: openpyxl is slow."""
    labels = PackLabels(run=plan.fingerprint, as_of=plan.as_of)
    sheets = (decisions_sheet(plan), settings_sheet(plan))
    return write_book(sheets, decision_choices(plan, NO_NAMES), labels)


def problems_of(path):
    with pytest.raises(cb.DataError) as raised:
        cb.Overrides.read(path)
    return raised.value.problems


def rules_of(path):
    return [(one.table, one.row, one.column, one.rule) for one in problems_of(path)]


def rows_by_child(path):
    sheet = opened(path)[DECISIONS]
    return {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
