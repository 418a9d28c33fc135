"""What docs/input.md says is what happens."""

import re
from pathlib import Path

import pytest

from caseload_balancer.errors import DataError
from caseload_balancer.intake import read
from caseload_balancer.intake.columns import ALL_TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "input.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[tuple[str, str]]:
    """Return title and content of each fenced block."""
    return re.findall(rf'```{language}(?: title="([^"]*)")?\n(.*?)```', PAGE, flags=re.DOTALL)


def write(folder: Path, files: list[tuple[str, str]]) -> None:
    for name, content in files:
        (folder / name).write_text(content, encoding="utf-8")


def test_the_first_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, [*blocks("csv")[:2], *blocks("toml")])
    snapshot = read(tmp_path)
    assert [case.case_id for case in snapshot.cases] == ["0001", "0002"]
    assert len(snapshot.workers) == 2


def test_the_broken_files_give_the_messages_shown(tmp_path: Path) -> None:
    write(tmp_path, [*blocks("csv")[2:], *blocks("toml")])
    with pytest.raises(DataError) as caught:
        read(tmp_path)
    (_, messages), (_, for_a_log) = blocks("text")
    assert messages.strip() == str(caught.value)
    assert for_a_log.strip() == caught.value.problems[0].without_values()


@pytest.mark.parametrize("table", ALL_TABLES)
def test_every_column_is_explained_with_its_words(table: str) -> None:
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (text,) = (part for part in section if part.startswith(f"{table}\n"))
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("|")][2:]
    assert [row[0].strip() for row in rows] == [c.name for c in ALL_TABLES[table].columns]
    for row, column in zip(rows, ALL_TABLES[table].columns, strict=True):
        assert ("*needed*" in row[2]) == column.required
        assert row[3].strip()
        if "case types" not in row[1]:
            assert all(word in row[1] for word in column.choices)
