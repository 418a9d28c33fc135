"""``caseload pseudonymise``: a week under pseudonyms, and back with the key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_file_writable, check_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import OutputError
from caseload_balancer.output.whole_files import write_together
from caseload_balancer.pseudonyms import Pseudonyms, ids_of, new_key, pseudonymise, read_key


def write_pseudonymised(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    *,
    key: Path,
    out: Path,
    makes_key: bool,
) -> ExitCode:
    """Read the week, replace its ids, write it to a new folder; every refusal comes before."""
    _refuse_beside(key, week.folder if week.folder.is_dir() else week.folder.parent, "data")
    _refuse_beside(key, out, "result")
    if out.is_dir() and any(out.iterdir()):
        # A file of names, or the week itself, would go along with the pseudonyms.
        raise OutputError(f"'{out}' is not empty. Name a new folder for the result.")
    check_writable(out)
    if makes_key:
        if key.is_file():
            raise OutputError(
                f"there is a key at '{key}' already. Leave out --new-key to use it: under another "
                "key nobody could tell that two weeks are about the same children."
            )
        check_file_writable(key)
    else:
        read_key(key)
    snapshot, _ = week.read(terminal)
    stops.hold()
    if makes_key:
        write_together(key.absolute().parent, {key.name: new_key()})
    written = pseudonymise(snapshot, read_key(key), policy)
    terminal.written = cb.write_folder(written, out)
    made = f"New key: {key}. Keep it apart from {out}, and do not lose it.\n" if makes_key else ""
    terminal.show(
        Text(
            f"{made}{counted(len(written.cases), 'case')} and "
            f"{counted(len(written.workers), 'worker')} written under pseudonyms to {out}."
        ),
        Text("These are still personal data: dates and figures are as they were."),
    )
    counts = {"cases": len(written.cases), "workers": len(written.workers)}
    terminal.finish(ExitCode.PLAN, {"out": str(out), "new_key": makes_key, **counts})
    return ExitCode.PLAN


def look_up(terminal: Terminal, week: WeekFolder, key: Path, pseudonyms: Sequence[str]) -> ExitCode:
    """Say which ids of the week pseudonyms stand for, to the person at the screen."""
    names = Pseudonyms(read_key(key))
    snapshot, _ = week.read(terminal)
    for kind, text in ids_of(snapshot):
        names.of(kind, text)
    found = {one: names.behind(one) for one in pseudonyms}
    for one, behind in found.items():
        said = "no id of this week" if behind is None else f"{behind[0]} {behind[1]}"
        terminal.show(Text(f"{one}  {said}"))
    code = ExitCode.BREACHES if None in found.values() else ExitCode.PLAN
    told = {one: None if behind is None else behind[1] for one, behind in found.items()}
    terminal.finish(code, {"ids": told})
    return code


def _refuse_beside(key: Path, folder: Path, what: str) -> None:
    if key.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            f"the key '{key}' is inside the folder of the {what}, so whoever gets the one has the "
            "other. Keep it somewhere else."
        )
