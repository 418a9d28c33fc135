from pathlib import Path

import pytest

from tests.intake.broken_weeks import Week


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path)
