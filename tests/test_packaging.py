"""What is packaged: every file of the package, nothing that is not true, and one way to build."""

import importlib.util
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def check_wheel():
    spec = importlib.util.spec_from_file_location("check_wheel", ROOT / ".ci" / "check_wheel.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_a_wheel_lacks_or_has_too_much_is_told(check_wheel):
    inside = ["caseload_balancer/a.py", "tests/b.py", "caseload_balancer-0.1.dist-info/METADATA"]
    assert list(check_wheel.differences(inside, ["caseload_balancer/a.py"])) == [
        "tests/b.py: does not belong in the wheel"
    ]
    assert list(check_wheel.differences([], ["caseload_balancer/page.css"])) == [
        "caseload_balancer/page.css: is not in the wheel"
    ]


def test_templates_styles_scripts_and_settings_are_files_of_the_package(check_wheel):
    kinds = {Path(name).suffix for name in check_wheel.files_of_the_package()}
    assert kinds >= {".py", ".jinja", ".css", ".js", ".toml", ".typed"}


def test_no_file_of_the_package_is_left_out_of_a_build(check_wheel):
    """The build leaves out what git ignores."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout to know which files it ignores")
    names = "\n".join(check_wheel.files_of_the_package())
    done = subprocess.run(  # noqa: S603 - the git that was found
        [git, "check-ignore", "--stdin"],
        cwd=ROOT,
        input=names,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["caseload_balancer"]
    assert set(wheel) == {"packages", "force-include"}
    assert all((ROOT / name).is_file() for name in wheel["force-include"])


def test_no_address_is_made_up():
    assert "urls" not in PROJECT["project"]


def test_classifiers_are_sorted_and_name_the_versions_that_are_tested():
    classifiers = PROJECT["project"]["classifiers"]
    assert classifiers == sorted(classifiers)
    minors = [one for one in classifiers if one.startswith("Programming Language :: Python :: 3.")]
    assert minors[0].endswith(PROJECT["project"]["requires-python"].removeprefix(">="))


def test_the_builder_of_the_site_is_pinned_exactly():
    docs = PROJECT["project"]["optional-dependencies"]["docs"]
    (pin,) = [one for one in docs if one.startswith("zensical")]
    assert pin in (ROOT / "constraints" / "tested.txt").read_text(encoding="utf-8").splitlines()
