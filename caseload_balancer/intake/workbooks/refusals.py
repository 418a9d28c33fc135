"""Why a workbook is not opened."""

from __future__ import annotations


class UnfitWorkbookError(Exception):
    """A file that is no workbook, or one that must not be opened.

    Parameters
    ----------
    rule
        Stable code.
    says
        What is wrong and the fix.
    """

    def __init__(self, rule: str, says: str) -> None:
        super().__init__(says)
        self.rule = rule
        self.says = says
