"""What is said when something is refused."""

import pytest

import caseload_balancer as cb


def refused(call):
    """Return the message of the error of ours that a call raises."""
    with pytest.raises(cb.CaseloadError) as caught:
        call()
    return str(caught.value)
