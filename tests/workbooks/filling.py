"""A pack filled in as a person would: cells, order of rows and columns, filters."""

import warnings

from openpyxl import load_workbook

from caseload_balancer.workbooks.decision_sheet import COLUMNS, DECISIONS

PLACE = {name: number for number, name in enumerate(COLUMNS, start=1)}


def opened(path):
    """The workbook as openpyxl has it; bars and drop-downs are lost when it saves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path)


def fill(path, decisions, *, order=(), hidden=()):
    """Fill in cells by child and column, put rows into another order, hide some, and save."""
    book = opened(path)
    sheet = book[DECISIONS]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for child, cells in decisions.items():
        for column, value in cells.items():
            sheet.cell(rows[child], PLACE[column], value)
    if order:
        old = list(sheet.iter_rows(min_row=2, values_only=True))
        for row, position in enumerate(order, start=2):
            for column, value in enumerate(old[position], start=1):
                sheet.cell(row, column).value = value
    for row in hidden:  # as a filter does
        sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


def edit(path, place, value, *, sheet=DECISIONS):
    """Change one cell by its place, as ``A2``."""
    book = opened(path)
    book[sheet][place] = value
    book.save(path)
    return path
