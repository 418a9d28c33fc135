"""A cell of a notebook in a real kernel: progress under it, and the stop button."""

import os
import queue
import sys
from pathlib import Path

import pytest

manager = pytest.importorskip(
    "jupyter_client.manager", reason="pip install 'caseload-balancer[dev]' has a notebook's kernel"
)
pytest.importorskip("ipykernel", reason="pip install 'caseload-balancer[dev]' has a kernel")

ROOT = Path(__file__).parent.parent
PATIENCE = 300
WEEK = """
import caseload_balancer as cb
week = cb.datasets.service(36, 600, teams=3, seed=2)
anyone = {"extends": "even-out", "eligibility": {"scope": "service"}}
first = cb.allocate(week, anyone, time_limit=0)
overrides = cb.Overrides().reject(first.moves[0].case_id)
"""
ALLOCATE = 'plan = cb.allocate(week, "even-out", time_limit=600, deterministic=False)'
REALLOCATE = "plan = cb.reallocate(week, first, overrides, time_limit=600)"
END = "print(plan.status, plan.why_stopped, len(plan.cases) == len(week.cases))"


@pytest.fixture
def kernel():
    """A kernel of this Python that imports this checkout, and a client of it."""
    folders = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))}
    started = manager.KernelManager(kernel_name="python3")
    started.kernel_spec.argv[0] = sys.executable
    started.start_kernel(env=environment)
    client = started.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield started, client
    finally:
        client.stop_channels()
        started.shutdown_kernel(now=True)


@pytest.mark.parametrize("searches", [ALLOCATE, REALLOCATE], ids=["allocate", "reallocate"])
def test_the_stop_button_gives_the_best_plan_so_far_with_its_progress_above(kernel, searches):
    started, client = kernel
    client.execute_interactive(WEEK, timeout=PATIENCE, output_hook=lambda _message: None)
    cell = client.execute(f"{searches}\n{END}")
    lines, printed = [], ""
    while True:
        try:
            message = client.get_iopub_msg(timeout=PATIENCE)
        except queue.Empty:
            pytest.fail(f"the kernel said nothing more; so far {lines}")
        if message["parent_header"].get("msg_id") != cell:
            continue
        content = message["content"]
        if message["msg_type"] in {"display_data", "update_display_data"}:
            if not lines:
                started.interrupt_kernel()
            lines.append(content["data"]["text/plain"])
        elif message["msg_type"] == "stream":
            printed += content["text"] if content["name"] == "stdout" else ""
        elif message["msg_type"] == "error":
            pytest.fail("\n".join(content["traceback"]))
        elif message["msg_type"] == "status" and content["execution_state"] == "idle" and printed:
            break
    stopped = "The search was interrupted, so a better plan may exist."
    assert printed.strip() == f"interrupted {stopped} True"
    assert lines[0].startswith("Searching: ")
    assert "so far" in lines[0]
    assert "s left at most" in lines[0]
    assert lines[-1].startswith("Searched for ")
