"""A week by each door, and what is refused before any work."""

from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.weekly import locks, shares
from tests.weekly.conftest import first_week, next_week

MOUNTS = [
    "22 1 8:1 / / rw - ext4 /dev/sda1 rw",
    "40 22 0:44 / /srv/team rw shared:1 - cifs //server/team rw",
    "41 40 8:2 / /srv/team/local\\040disk rw - xfs /dev/sdb rw",
]


def test_a_mapped_export_and_titles_that_change(service):
    folder = service.folder / "in"
    cases = (folder / "cases.csv").read_text(encoding="utf-8")
    (folder / "cases.csv").write_text(cases.replace("case_id", "Pupil", 1), encoding="utf-8")
    (folder / "mapping.toml").write_text('[headings.cases]\nPupil = "case_id"\n', encoding="utf-8")
    first = service.run()
    assert first.outcome == "recorded"
    service.bring(next_week(first.plan))
    with pytest.raises(cb.DataError) as stopped:
        service.run()
    (odd,) = stopped.value.problems
    assert odd.rule == "headings-changed"
    assert "no longer there: 'Pupil'; not there last week: 'case_id'" in odd.message


def test_the_sectors_own_files_and_a_column_that_is_gone(service):
    snapshot = cb.datasets.service(2, 14, seed=3, teams=1, localities=1)
    folder = service.folder / "extract"
    cb.datasets.ssd(snapshot, folder, dialect="mosaic")
    settings = service.settings.read_text(encoding="utf-8").replace('"in"', '"extract"')
    service.settings.write_text(settings, encoding="utf-8")
    assert service.run().outcome == "recorded"
    later = snapshot.after({})
    cb.datasets.ssd(later, folder, dialect="mosaic")
    assert service.run().outcome == "recorded"
    cb.datasets.ssd(later.after({}), folder, dialect="mosaic")
    (file,) = folder.glob("*cin_episodes.csv")
    title, rest = file.read_text(encoding="utf-8").split("\n", 1)
    assert "cine_referral_nfa" in title
    file.write_text(title.replace("cine_referral_nfa", "nfa") + "\n" + rest, encoding="utf-8")
    with pytest.raises(cb.DataError, match="cine_referral_nfa") as stopped:
        service.run()
    assert {one.rule for one in stopped.value.problems} == {"headings-changed"}


@pytest.mark.parametrize(
    ("path", "is_share"),
    [("/data/ledger.db", False), ("/srv/team/l.db", True), ("/srv/team/local disk/l.db", False)],
)
def test_what_is_on_a_network_share(path, is_share):
    assert shares.share_among(MOUNTS, Path(path)) == is_share


def test_a_ledger_of_sqlite_on_a_share_is_refused(service, monkeypatch):
    monkeypatch.setattr(locks, "is_on_a_share", lambda _path: True)
    with pytest.raises(cb.OutputError, match="network share"):
        service.run()
    assert service.files() is None


def test_an_empty_ledger_file_beside_whole_folders_begins_anew(service):
    service.run()
    whole = service.files()
    (service.folder / "ledger.db").unlink()
    assert service.run().outcome == "recorded"
    assert service.files() == whole
    service.bring(first_week())
    assert service.run().outcome == "recorded before"
