"""Small authorities as folders, and what a run left of them."""

import caseload_balancer as cb
from tests.checker.small_weeks import cases, week, worker

RUN_FILES = {"run.json"}
"""What differs from run to run."""


def authority(folder, name, held=5):
    """Write an authority of two workers, one with some children, and one child who waits."""
    snapshot = week(
        [*cases(held, "W-1", "SECRET-a"), *cases(1, None, "SECRET-n")],
        [worker("W-1"), worker("W-2")],
    )
    return cb.write_folder(snapshot, folder / name)


def authorities(folder, *names):
    for number, name in enumerate(names):
        authority(folder, name, held=4 + number)
    return folder


def broken(folder, name):
    """Write an authority with two holders nobody knows."""
    path = authority(folder, name)
    file = path / "cases.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",W-1", ",SECRET-x", 2))
    return path


def results(out):
    """Return every file that a run wrote, and what is in it; but for those of the run itself."""
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file() and file.name not in RUN_FILES
    }
