"""A fresh pack for each test to fill in."""

import pytest

from tests.workbooks.small_packs import PACK


@pytest.fixture
def pack(tmp_path):
    """The pack of `PLAN` as a file."""
    path = tmp_path / "meeting.xlsx"
    path.write_bytes(PACK)
    return path
