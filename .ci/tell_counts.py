"""Print what tests counted: the properties in files of pytest's ``--junitxml``."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def told(files: list[str]) -> list[str]:
    """Return a line for each test that counted something.

    Raises
    ------
    SystemExit
        When no test did.
    """
    lines = []
    for file in files:
        document = ET.fromstring(Path(file).read_text(encoding="utf-8"))  # noqa: S314 - ours
        for test in document.iter("testcase"):
            counts = [f"{one.get('name')} {one.get('value')}" for one in test.iter("property")]
            if counts:
                lines.append(f"{test.get('name')}: {', '.join(counts)}")
    if not lines:
        sys.exit(f"no test counted anything: {', '.join(files)}")
    return lines


if __name__ == "__main__":
    print("\n".join(told(sys.argv[1:])))
