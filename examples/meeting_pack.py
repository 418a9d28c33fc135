"""A plan to the allocation meeting and back: write the pack, fill it in, plan again around it.

    python examples/meeting_pack.py [DIR] [OUT]

Needs the extra excel. A person fills the pack in with Excel or LibreOffice; here openpyxl does.
"""

import sys
import warnings
from pathlib import Path

from openpyxl import load_workbook

import caseload_balancer as cb

SAMPLE = Path(__file__).parent / "data" / "team"


def fill_in(pack: Path) -> None:
    """Accept the first row, refuse the second at a parent's wish, and leave the rest blank."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl drops load bars and drop-downs when it saves
        book = load_workbook(pack)
    sheet = book["To decide"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["decision"], "accept")
    sheet.cell(3, column["decision"], "reject")
    sheet.cell(3, column["reason"], "PCCHAN")
    sheet.cell(3, column["decided by"], "team manager")
    book.save(pack)


def run(folder: Path, out: Path) -> None:
    """Plan the week of `folder`, decide on it, and write what comes of it under `out`."""
    snapshot = cb.read(folder)
    plan = cb.allocate(snapshot)
    pack = out / "meeting.xlsx"
    pack.unlink(missing_ok=True)  # a pack with decisions on it is never written over
    cb.write_pack(plan, pack)
    fill_in(pack)

    overrides = cb.Overrides.read(pack)
    agreed = cb.reallocate(snapshot, plan, overrides)
    print(*agreed.agreed, sep="\n")
    print(len(overrides.sheet.blank), "children not decided about")
    print(cb.compare(plan, agreed).text)
    cb.write_pack(agreed, out / "agreed.xlsx")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    run(*[*given, *[SAMPLE, Path("out", "meeting")][len(given) :]])
