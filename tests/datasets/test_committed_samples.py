"""The folders in ``examples/data`` are what the generator makes today."""

from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.output.folders import write_folder

DATA = Path(__file__).parents[2] / "examples" / "data"
SAMPLES = {"team": cb.datasets.team, "worcestershire": cb.datasets.worcestershire}


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_a_sample_gives_what_the_generator_makes(name):
    assert cb.read(DATA / name) == SAMPLES[name]()


@pytest.mark.parametrize("name", SAMPLES)
def test_writing_again_changes_no_byte(name, tmp_path):
    written = write_folder(SAMPLES[name](), tmp_path / name)
    names = sorted(path.name for path in written.iterdir())
    assert names == sorted(path.name for path in (DATA / name).iterdir())
    for file in names:
        committed = (DATA / name / file).read_text(encoding="utf-8")
        assert (written / file).read_text(encoding="utf-8") == committed, file
