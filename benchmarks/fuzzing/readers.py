"""Every reader of the package, each with sound documents to break."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import caseload_balancer as cb
from benchmarks.fuzzing.mutations import VALUES, mutated
from caseload_balancer.arrays import read_arrays, write_arrays
from caseload_balancer.arrays.gap_files import gap_as_arrays, read_gap
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.intake.surveying import propose_mapping
from caseload_balancer.sector.ssd.dialects import DIALECTS
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.workbooks.decision_sheet import PACK_NAME
from caseload_balancer.workbooks.template import template

AS_OF: Final = "2026-11-23"
WEEK: Final[Mapping[str, str]] = {
    "cases": "case_id,case_type,worker_id,team_id,family_id,may_separate,opened_on,in_court,"
    "points,area,needs,next_due_on,expected_weeks,locked,excluded_worker_ids,closed_on,status\n"
    "0001,child_protection,W1,T1,F1,no,2026-03-02,yes,8,North,Urdu;Polish,2026-12-01,26,no,W2,,\n"
    "0002,child_in_need,,T1,F1,,2026-11-18,,4.5,,,,,,,,Open\n"
    "0003,looked_after,W2,,,yes,2025-01-06,no,,,,,,yes,,,\n",
    "workers": "worker_id,employment,role,fte,team_ids,cap,points_capacity,available_from,"
    "leaves_on,area,skills,may_hold,max_new,holds_cases\n"
    "W1,permanent,senior,1,T1,20,72.5,,2027-12-18,North,Urdu,,1,yes\n"
    "W2,agency,,0.8,T1;T2,,,2026-01-05,,,,child_in_need;looked_after,,\n",
    "adjustments": "worker_id,kind,percent,from,to\nW1,phased,50,2026-11-01,2026-12-31\n",
    "teams": "team_id,name,parent_id,accepts,cap,target\nT1,North,L1,,22,15\nT2,South,L1,,,\n"
    "L1,,,,,\n",
    "spells": "case_id,worker_id,from,to,reason\n0001,W2,2025-09-01,2026-03-01,LEFTRL\n",
}
SERVICE: Final = f"as_of = {AS_OF}\n"
POLICY: Final = (
    'extends = "steady"\nname = "own"\n[cap]\nchildren_per_fte = 20\nasye_factor = 0.5\n'
    "[limits]\narrivals_a_week = 2\n[points.by_type]\nchild_protection = 6.5\n"
)
SCENARIOS: Final = (
    '[[scenario]]\nname = "one leaves"\nedits = [{ edit = "leaves", worker_id = "W1" }]\n'
    '[[scenario]]\nname = "more"\nedits = [\n  { edit = "referrals", percent = 10, seed = 1 },\n'
    '  { edit = "growth", case_type = "looked_after", percent = 40 },\n]\n'
)
DECISIONS: Final = (
    "case_id,decision,worker_id,reason\n0001,lock,,\n0002,pick,W2,MANAGE\n0003,accept,,\n"
)
MAPPING: Final = (
    'date_format = "%Y-%m-%d"\nblanks = ["NULL"]\n[header_rows]\ncases = 1\n[headings.cases]\n'
    '"Who" = "worker_id"\n[words.case_type]\n"Help" = "child_in_need"\n[teams]\n"North" = "T1"\n'
)

ANNEX_A: Final[Mapping[str, str]] = {
    "List 6": "Child Unique ID,Age,CIN Start Date,Date Child Was Last Seen,CIN Closure Date,"
    "Case Status,Allocated Team,Allocated Worker\n"
    "101,9.3,01/02/2026,,,d) Open assessment,Unit 1,#N/A\n"
    '103,9.3,09/06/2025,01/03/2026,,c) Child in need plan,Unit 2,"Hazlett, Dustin"\n'
    "104,9.3,09/06/2025,,,b) Child Protection plan,Unit 2,Duty\n",
    "List 7": "Child Unique ID,Child Protection Plan Start Date,Date of the Last Statutory Visit,"
    "Date of latest review conference,Child Protection Plan End Date,Allocated Team,"
    "Allocated Worker\n104,01/12/2025,10/03/2026,,,Unit 2,DUSTIN  HAZLETT\n",
}
EPISODES: Final = (
    "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n"
    "0001,05/12/2013,SW222,01/02/2026,03/09/2026,FCONTA\n"
    "0001,05/12/2013,SW111,03/09/2026,,MANAGE\n"
)
REGISTRATION: Final = "worker_id,registration\nW1,SW111\nW2,SW222\n"
RATES: Final = "[referrals]\nas_many_as_close_percent = 120\n[leaving]\nnotice_weeks = [2, 9]\n"


@dataclass(frozen=True)
class Reader:
    """One reader, and how often it is tried.

    Parameters
    ----------
    weight
        Its share of the inputs, beside the other readers' weights.
    try_one
        Breaks a document and reads it, in a folder that may be written to.
    """

    name: str
    weight: int
    try_one: Callable[[Random], object]


def readers(folder: Path) -> list[Reader]:
    """Return the readers, whose files go to `folder`."""
    return [
        *(Reader(f"{table}.csv", 4, _Folder(_week(folder / table), table)) for table in WEEK),
        Reader("service.toml", 4, _Folder(_week(folder / "service"), "service")),
        Reader("mapping.toml", 4, _Folder(_week(folder / "mapping"), "mapping")),
        Reader("map", 4, _Folder(_week(folder / "map"), read=_propose)),
        Reader("frames", 4, _read_frames),
        Reader("week.xlsx", 8, _Workbook(folder / "week.xlsx", template())),
        *_files(folder),
        *_of_the_sector(folder / "sector"),
    ]


def _week(folder: Path) -> Path:
    """Write a sound week; return its folder."""
    folder.mkdir(parents=True)
    for table, text in WEEK.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    (folder / "service.toml").write_text(SERVICE, encoding="utf-8")
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return folder


def _of_the_sector(folder: Path) -> list[Reader]:
    """Return the readers of the sector's own formats."""
    snapshot = cb.read(_week(folder / "week"))
    for dialect in DIALECTS:
        cb.datasets.ssd(snapshot, folder / dialect, dialect=dialect)
    lists = folder / "annex_a"
    lists.mkdir()
    for name, text in ANNEX_A.items():
        (lists / f"{name}.csv").write_text(text, encoding="utf-8")
    episodes = _week(folder / "episodes")
    (episodes / "spells.csv").unlink()
    (episodes / "sw_episodes.csv").write_text(EPISODES, encoding="utf-8")
    (episodes / "registration.csv").write_text(REGISTRATION, encoding="utf-8")
    return [
        *(Reader(f"ssd, {dialect}", 4, _Folder(folder / dialect)) for dialect in DIALECTS),
        Reader("annex a", 6, _Folder(lists, read=_read_annex_a)),
        Reader("sw_episodes.csv", 4, _Folder(episodes, "sw_episodes")),
    ]


class _Folder:
    """A folder of sound files, of which one is broken at a time: always the same, or any."""

    def __init__(
        self, folder: Path, broken: str = "", read: Callable[[Path, Random], object] | None = None
    ) -> None:
        self._folder = folder
        self._read = _read if read is None else read
        files = (file for file in sorted(folder.iterdir()) if file.stem.startswith(broken))
        self._sound = {file: file.read_bytes() for file in files}

    def __call__(self, random: Random) -> object:
        file = random.choice([*self._sound])
        file.write_bytes(mutated(self._sound[file], random))
        try:
            return self._read(self._folder, random)
        finally:
            file.write_bytes(self._sound[file])


class _Workbook:
    """A workbook of which some bytes are broken, or one part of its archive."""

    def __init__(
        self, file: Path, sound: bytes, read: Callable[[Path, Random], object] | None = None
    ) -> None:
        self._file = file
        self._sound = sound
        self._read = _read if read is None else read
        self._parts = {
            name: zipfile.ZipFile(io.BytesIO(self._sound)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(self._sound)).namelist()
        }

    def __call__(self, random: Random) -> object:
        self._file.write_bytes(
            mutated(self._sound, random) if random.random() < 0.1 else self._with_a_part(random)
        )
        return self._read(self._file, random)

    def _with_a_part(self, random: Random) -> bytes:
        broken = random.choice([*self._parts])
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in self._parts.items():
                archive.writestr(name, mutated(content, random) if name == broken else content)
        return target.getvalue()


def _read(source: Any, random: Random, **options: Any) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cb.read(
            source,
            date_format=random.choice([None, None, "%d/%m/%Y"]),
            encoding=random.choice(["utf-8", "utf-8", "cp1252"]),
            header_row=random.choice([1, 1, 1, 2]),
            allow_empty=random.random() < 0.2,
            unknown_holders=random.choice(["refuse", "unallocated"]),
            repeated_rows=random.choice(["refuse", "drop"]),
            **options,
        )


def _read_annex_a(folder: Path, random: Random) -> object:
    given = random.choice([{"employment": "permanent", "fte": 1}, None])
    return _read(folder, random, as_of=AS_OF, assume=given)


def _propose(folder: Path, random: Random) -> object:
    return propose_mapping(random.choice([folder, folder / "cases.csv"]))


def _read_decisions(file: Path, _random: Random) -> object:
    return cb.Overrides.read(file)


def _read_frames(random: Random) -> object:
    frames: dict[str, Any] = {}
    for table, text in WEEK.items():
        titles, *rows = (line.split(",") for line in text.splitlines())
        frames[table] = {
            title: [row[place] or None for row in rows] for place, title in enumerate(titles)
        }
    for _ in range(random.randint(1, 4)):
        columns = frames[random.choice([*WEEK])]
        title = random.choice([*columns])
        cells = columns[title]
        cells[random.randrange(len(cells))] = random.choice(VALUES)
    return _read({name: _frame(columns) for name, columns in frames.items()}, random, as_of=AS_OF)


def _frame(columns: Mapping[str, Any]) -> object:
    import pandas as pd  # noqa: PLC0415 - the other readers need none

    try:
        return pd.DataFrame(columns)
    except (ValueError, OverflowError):  # pandas has no type of its own for such cells
        return pd.DataFrame(columns, dtype=object)


def _files(folder: Path) -> list[Reader]:
    """Return the readers of one file."""
    snapshot = cb.read(_week(folder / "sound"))
    plan = cb.allocate(snapshot, time_limit=5)
    cb.write_plan(plan, folder / "plan")
    write_arrays(folder / "arrays.json", gap_as_arrays(random_gap("d", 3, 6, seed=1)))
    documents: list[tuple[str, int, bytes, Callable[[Path], object]]] = [
        ("policy.toml", 14, POLICY.encode(), cb.Policy.read),
        ("scenarios.toml", 14, SCENARIOS.encode(), cb.read_scenarios),
        ("decisions.csv", 14, DECISIONS.encode(), cb.Overrides.read),
        ("rates.toml", 6, RATES.encode(), Rates.read),
        ("plan.json", 6, (folder / "plan" / "plan.json").read_bytes(), cb.read_plan_json),
        ("arrays.json", 8, (folder / "arrays.json").read_bytes(), read_arrays),
        ("gap.txt", 6, b"2 3\n1 2 3\n4 5 6\n1 1 1\n2 2 2\n3 4\n", read_gap),
    ]
    pack = (folder / "plan" / PACK_NAME).read_bytes()
    return [
        *(
            Reader(name, weight, _File(folder / f"broken-{name}", sound, read))
            for name, weight, sound, read in documents
        ),
        Reader(PACK_NAME, 6, _Workbook(folder / PACK_NAME, pack, _read_decisions)),
    ]


class _File:
    """One file that is broken and read."""

    def __init__(self, file: Path, sound: bytes, read: Callable[[Path], object]) -> None:
        self._file = file
        self._sound = sound
        self._read = read

    def __call__(self, random: Random) -> object:
        self._file.write_bytes(mutated(self._sound, random))
        return self._read(self._file)
