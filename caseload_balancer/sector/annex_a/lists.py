"""The lists we read, and their headings in both dialects and as people change them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseload_balancer.sector.sources import SourceSpec

DAY_FORMAT: Final = "%d/%m/%Y"
"""Days that are text; in Excel most are real days."""

CHILD, TEAM, WORKER = "Child Unique ID", "Allocated Team", "Allocated Worker"
BORN: Final = "Date of Birth"
_COMMON: Final[Mapping[str, tuple[str, ...]]] = {
    CHILD: ("Child ID", "Unique Child ID", "Child Unique Identifier", "Person ID"),
    TEAM: ("Team", "Case Team", "Allocated Team Name", "Allocated Assessment Team"),
    WORKER: (
        "Allocated Worker Name",
        "Allocated Social Worker",
        "Allocated Case Worker",
        "Allocated Practitioner",
        "Allocated SW",
        "Allocated Assessment Worker",
        "Case Holder",
        "Case Worker",
        "Social Worker",
        "Key Worker",
        "Lead Professional",
        "Lead Worker",
        "Worker Name",
        "Worker",
    ),
    BORN: ("DOB", "Birth Date"),
}
_OF_LIST: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "List 3": {
        "Date of referral": ("Referral Date",),
        "Referral NFA?": ("Referral NFA",),
    },
    "List 4": {
        "Continuous Assessment Start Date": (
            "Continuous Assessment Start",
            "Assessment Start Date",
        ),
        "Continuous Assessment Date of Authorisation": (
            "Continuous Assessment Auth Date",
            "Assessment Authorisation Date",
        ),
    },
    "List 5": {
        "Strategy discussion initiating Section 47 Enquiry Start Date": (
            "Strat Discussion Date",
            "Strategy Discussion Date",
            "Section 47 Enquiry Start Date",
        ),
        "Was an Initial Child Protection Conference deemed unnecessary?": (
            "Initial CP Conf Unnecessary",
            "ICPC deemed unnecessary",
        ),
        "Date of Initial Child Protection Conference": ("Initial CP Conf Date", "ICPC Date"),
    },
    "List 6": {
        "CIN Start Date": ("Child in Need Start Date",),
        "Date Child Was Last Seen": ("Date Child Last Seen",),
        "CIN Closure Date": ("Child in Need Closure Date", "CIN End Date"),
        "Case Status": (),
    },
    "List 7": {
        "Child Protection Plan Start Date": ("CP Plan Start Date",),
        "Date of the Last Statutory Visit": ("Date of Last Statutory Visit",),
        "Date of latest review conference": ("Date Of Latest Review Conf",),
        "Child Protection Plan End Date": ("CP Plan End Date",),
    },
    "List 8": {
        # Three o's: as the tool that writes it spells it.
        "Date Started to be Looked After": ("Loooked After Start Date", "Looked After Start Date"),
        "Child's Legal Status": ("Legal Status", "Childs Legal Status"),
        "Date of Latest Statutory Review": ("Latest Statutory Review Date",),
        "Date of Last Social Work Visit": ("Last Social Work Visit Date",),
        "Date Ceased to be Looked After": ("Ceased Looked After Date",),
    },
    "List 9": {
        "Eligibility Category": (),
        "LA in Touch": ("LA In Touch",),
        "Latest Pathway Plan": ("Date of Latest Pathway Plan",),
    },
}
SPECS: Final[Mapping[str, SourceSpec]] = MappingProxyType(
    {
        name: SourceSpec(name, {**_COMMON, **headings}, (CHILD,))
        for name, headings in _OF_LIST.items()
    }
)
CASE_LISTS: Final = ("List 6", "List 7", "List 8", "List 9")
"""Lists of children with an open case; lists 3 to 5 are of what happened in six months."""

_NUMBER: Final = re.compile(
    r"(?:list|annex\s*a|\baa|^a)[\s_\-.]*0*([0-9]{1,2})(?![0-9])|^l[\s_\-.]*0*([0-9]{1,2})$",
    re.IGNORECASE,
)


def list_name(title: str) -> str | None:
    """Return the list a sheet, file or frame is of: ``List 6``, ``list06``, ``AA_6`` or ``L6``."""
    found = _NUMBER.search(title.strip())
    return None if found is None else f"List {int(found[1] or found[2])}"
