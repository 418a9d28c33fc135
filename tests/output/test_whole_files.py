"""Files written together: the old ones or the new ones, whatever happens to the run."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from caseload_balancer.errors import OutputError
from caseload_balancer.output import exchanges, leftovers, whole_files, write_plan
from caseload_balancer.output.whole_files import write_together
from tests.checker.small_weeks import cases, week, worker
from tests.plan.planning import planned

OLD = {"a.txt": "old a", "b.txt": "old b", "c.txt": "old c"}
NEW = {"a.txt": "new a", "b.txt": "new b", "c.txt": "new c", "d.txt": "new d"}

KILLED = """
import ctypes, os, signal, sys
from pathlib import Path

sys.path[:] = {path!r}
from caseload_balancer.output.whole_files import write_together

OLD, NEW = {old!r}, {new!r}
os.fsync = lambda number: None  # what a killed run wrote is there without it
STEPS = {{"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
         "os.scandir", "os.listdir", "os.utime", "shutil.rmtree", "ctypes.dlsym"}}
folder = Path(sys.argv[1]) / "out"


def killed_at(step):
    child = os.fork()
    if child == 0:
        count = 0

        def hook(event, _given):
            nonlocal count
            if event not in STEPS:
                return
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        write_together(folder, NEW)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def found():
    return {{path.name: path.read_text() for path in folder.iterdir()}} if folder.exists() else None


def reset(before):
    if folder.exists():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    if before is not None:
        folder.mkdir()
        for name, text in before.items():
            (folder / name).write_text(text)


for before, after in ((None, NEW), (OLD, NEW), ({{**OLD, "mine": "x"}}, {{**NEW, "mine": "x"}})):
    seen, step, code = set(), 1, None
    while code != 0:
        reset(before)
        code, step = killed_at(step), step + 1
        here = found()
        assert here in (before, after), (before, step, here)
        seen.add("new" if here == after else "old")
    assert step > 15, step
    assert seen == {{"old", "new"}}
    write_together(folder, NEW)
    assert found() == after
    assert os.listdir(folder.parent) == ["out"], os.listdir(folder.parent)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders are exchanged elsewhere")
def test_a_run_that_is_killed_at_any_step_leaves_the_old_files_or_the_new(tmp_path):
    if exchanges.exchange_of_system() is None:
        pytest.skip("this system cannot exchange folders")
    script = KILLED.format(path=sys.path, old=OLD, new=NEW)
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)  # noqa: S603 - ours


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path):
    write_together(tmp_path / "out", OLD)
    return tmp_path / "out"


@pytest.mark.parametrize("in_one_step", [True, False])
def test_files_are_replaced_and_others_stay(folder, monkeypatch, in_one_step):
    (folder / "mine").write_text("x", encoding="utf-8")
    if not in_one_step:
        monkeypatch.setattr(whole_files, "can_be_exchanged", lambda _folder: False)
    write_together(folder, NEW)
    assert texts(folder) == {**NEW, "mine": "x"}
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_new_files_are_for_their_owner_only_and_old_ones_keep_what_they_had(folder):
    def mode(path):
        return stat.S_IMODE(path.stat().st_mode)

    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert mode(folder) == 0o700
    (folder / "a.txt").chmod(0o640)
    folder.chmod(0o750)
    write_together(folder, NEW)
    assert (mode(folder), mode(folder / "a.txt"), mode(folder / "d.txt")) == (0o750, 0o640, 0o600)


def test_a_folder_somebody_stands_in_stays_the_folder_it_was(folder, monkeypatch):
    monkeypatch.chdir(folder)
    before = folder.stat().st_ino
    write_together(Path(), NEW)
    assert folder.stat().st_ino == before
    assert texts(Path()) == NEW


def test_a_folder_that_holds_more_than_files_stays_the_folder_it_was(folder):
    (folder / "earlier").mkdir()
    before = folder.stat().st_ino
    write_together(folder, NEW)
    assert folder.stat().st_ino == before
    assert sorted(path.name for path in folder.iterdir()) == [*NEW, "earlier"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_a_folder_stays_a_link(folder):
    link = folder.with_name("link")
    link.symlink_to(folder, target_is_directory=True)
    write_together(link, NEW)
    assert link.is_symlink()
    assert texts(folder) == NEW


@pytest.mark.parametrize("fails", ["os.link", "os.fsync", "shutil.copystat"])
def test_where_the_one_step_fails_files_are_replaced_one_by_one(folder, monkeypatch, fails):
    (folder / "mine").write_text("x", encoding="utf-8")
    module, name = fails.split(".")
    real = getattr(sys.modules[module], name)
    left = [1]

    def refuse(*given, **named):
        if left:
            left.pop()
            raise OSError(1, "Operation not permitted")
        return real(*given, **named)

    monkeypatch.setattr(sys.modules[module], name, refuse)
    write_together(folder, NEW)
    assert texts(folder) == {**NEW, "mine": "x"}


def test_a_full_disk_leaves_everything_as_it_was(folder, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_together(folder, NEW)
    with pytest.raises(OutputError, match="No space left on device"):
        write_together(folder.with_name("other") / "out", NEW)
    assert texts(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_a_folder_above_that_may_be_written_and_not_read(folder, monkeypatch):
    real = os.open

    def refuse(path, *given, **named):
        if path == folder.parent:
            raise PermissionError(13, "Permission denied")
        return real(path, *given, **named)

    monkeypatch.setattr(os, "open", refuse)
    write_together(folder, NEW)
    write_together(folder.with_name("other"), NEW)
    assert texts(folder) == texts(folder.with_name("other")) == NEW


def test_leftovers_go_when_their_run_has_ended_and_not_before(folder, monkeypatch):
    mine = folder.with_name(leftovers.unused_name("out"))
    mine.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    dead = mine.name.replace(f"-{os.getpid()}-", f"-{ended.pid}-")
    (mine.with_name(dead)).mkdir()
    (mine.with_name(dead) / "a.txt").write_text("x", encoding="utf-8")
    (folder / dead.replace("out", "a.txt.new")).write_text("x", encoding="utf-8")
    write_together(folder, NEW)
    if sys.platform != "win32":
        assert texts(folder) == NEW
        assert sorted(path.name for path in folder.parent.iterdir()) == sorted([mine.name, "out"])


def test_two_runs_at_once_leave_the_files_of_one(folder):
    sets = [{name: f"{number} {name}" for name in NEW} for number in range(4)]
    threads = [threading.Thread(target=write_together, args=(folder, files)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts(folder) in sets


def test_a_manifest_tells_what_was_written_with_what(tmp_path):
    plan = planned(week(cases(3, "w"), [worker("w")]))
    write_plan(plan, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    there = {path.name: path for path in (tmp_path / "out").iterdir()}
    assert set(told["files"]) == set(there) - {"manifest.json"}
    assert told["files"].pop("run.json") is None
    for name, digest in told["files"].items():
        assert digest == hashlib.sha256(there[name].read_bytes()).hexdigest()
    assert (told["inputs_hash"], told["policy_hash"]) == (plan.inputs_hash, plan.policy_hash)
