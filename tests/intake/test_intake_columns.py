"""The columns intake reads are those of the domain, no more and no fewer."""

import pytest

from caseload_balancer.intake.columns import ALL_TABLES, InputTable, Kind


@pytest.mark.parametrize("table", ALL_TABLES.values(), ids=ALL_TABLES)
def test_columns_are_those_of_the_row(table: InputTable) -> None:
    fields = table.row.model_fields
    assert [column.name for column in table.columns] == [
        field.alias or name for name, field in fields.items()
    ]
    assert [column.required for column in table.columns] == [
        field.is_required() for field in fields.values()
    ]


@pytest.mark.parametrize("table", ALL_TABLES.values(), ids=ALL_TABLES)
def test_choices_stand_where_a_list_is_closed(table: InputTable) -> None:
    for column in table.columns:
        assert bool(column.choices) == (column.kind in {Kind.CHOICE, Kind.CHOICES})
