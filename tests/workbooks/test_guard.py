"""A workbook is gone through once before anything opens it: bombs never get further."""

import zipfile

import pytest

from caseload_balancer import DataError
from caseload_balancer.workbooks.guard import Area, WorkbookLimits, is_workbook, look_into
from tests.workbooks.raw_workbooks import parts, sheet, text_cell, write

PLAIN = sheet(f'<row r="1">{text_cell("A1", "case_id")}</row>')


def refused(path, **limits):
    with pytest.raises(DataError) as caught:
        look_into(path, WorkbookLimits(**limits))
    (problem,) = caught.value.problems
    return problem


def test_the_shape_of_a_sheet(tmp_path):
    rows = (
        f'<row r="1">{text_cell("A1", "a")}{text_cell("B1", "b")}</row>'
        '<row r="2" hidden="1"><c r="A2"><v>7</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="e"><f>VLOOKUP(1,2)</f><v>#N/A</v></c><c r="B3"><f>NOW()</f></c>'
        '<c r="C3" s="4"/></row>'
        '<row><c t="str"><f>""</f><v></v></c></row>'
        '<row r="1048576" hidden="true" s="3" customFormat="1"/>'
    )
    columns = '<cols><col min="2" max="16384" hidden="1"/><col min="1" max="1" width="9"/></cols>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    content = parts(
        sheet(rows, before=columns, after=merged),
        PLAIN,
        states=["visible", "veryHidden"],
        properties='<workbookPr date1904="1"/>',
    )
    found = look_into(write(tmp_path / "week.xlsx", content))
    first, second = found.sheets
    assert found.from_1904
    assert (first.title, first.hidden, first.rows, first.columns) == ("S1", False, 4, 2)
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {2})
    assert first.merged == (Area(1, 1, 1, 2),)
    assert first.formulas == {(2, 2), (3, 1), (3, 2), (4, 1)}
    assert first.formulas_without_value == {(3, 2)}
    assert first.errors == {(3, 1)}
    assert (second.title, second.hidden, second.rows) == ("S2", True, 1)
    assert found.sheet(" s2 ") is second
    assert found.sheet("S3") is None


@pytest.mark.parametrize(("place", "row"), [("XFD1048576", 1048576), ("A200001", 200001)])
def test_a_far_cell_is_refused_by_its_place(tmp_path, place, row):
    far = sheet(f'<row r="1">{text_cell("A1", "a")}</row><row>{text_cell(place, "x")}</row>')
    problem = refused(write(tmp_path / "far.xlsx", parts(far)))
    assert (problem.table, problem.row, problem.rule) == ("far.xlsx", row, "far_cell")
    assert f"sheet 'S1' has something in {place}" in problem.message
    assert "Delete that cell" in problem.message


def test_a_cell_below_many_blank_rows_is_far_and_so_is_a_wide_and_long_sheet(tmp_path):
    low = sheet(f'<row r="1">{text_cell("A1", "a")}</row><row>{text_cell("B9", "x")}</row>')
    path = write(tmp_path / "low.xlsx", parts(low))
    assert look_into(path).sheets[0].rows == 9
    problem = refused(path, rows_between=6)
    assert (problem.rule, problem.row, problem.column) == ("far_cell", 9, "B")
    assert "over 6 blank rows come before it" in problem.message
    assert "goes on to B9" in refused(path, area=17).message


def test_what_kind_a_workbook_is(tmp_path):
    macros = write(tmp_path / "m.xlsm", parts(PLAIN, more={"xl/vbaProject.bin": "x"}))
    assert look_into(macros).has_macros
    binary = write(tmp_path / "week.xlsb", {"xl/workbook.bin": "x"})
    assert ".xlsb" in refused(binary).message
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert refused(locked).rule == "workbook_password"
    assert Area(1, 1, 3, 28).name == "A1:AB3"


def test_formats_far_out_are_no_cells(tmp_path):
    far = sheet(f'<row r="1">{text_cell("A1", "a")}</row><row><c r="XFD1048576" s="1"/></row>')
    assert look_into(write(tmp_path / "week.xlsx", parts(far))).sheets[0].rows == 1


@pytest.mark.parametrize("where", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_refused_wherever_they_are_declared(tmp_path, where):
    content = parts(PLAIN, more={"xl/styles.xml": "<styleSheet/>"})
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    content[where] = declared + content[where]
    assert refused(write(tmp_path / "x.xlsx", content)).rule == "workbook_entities"


def test_a_part_by_another_name_is_looked_at_too(tmp_path):
    styled = '<Relationship Id="s" Type="x/styles" Target="styles.dat"/></Relationships>'
    content = parts(PLAIN, more={"xl/styles.dat": "<!DOCTYPE x><styleSheet/>"})
    relations = content["xl/_rels/workbook.xml.rels"]
    content["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", styled)
    assert refused(write(tmp_path / "x.xlsx", content)).rule == "workbook_entities"


def test_what_unpacks_to_very_much_is_refused_unread(tmp_path):
    zeros = {"xl/media/picture.bin": bytes(20_000_000)}
    problem = refused(write(tmp_path / "bomb.xlsx", parts(PLAIN, more=zeros)))
    assert (problem.rule, "300 times" in problem.message) == ("workbook_too_large", True)
    path = write(tmp_path / "week.xlsx", parts(PLAIN))
    assert "unpacks to more than" in refused(path, unpacked_bytes=100).message
    assert "has more than 0 MB" in refused(path, file_bytes=100).message


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"cells": 2}, "2 cells"),
        ({"strings": 1}, "1 different texts"),
        ({"sheets": 1}, "1 sheets"),
        ({"parts": 5}, "5 parts"),
        ({"blocks": 0}, "0 merged or hidden blocks"),
        ({"depth": 4}, "nested over 4 deep"),
    ],
)
def test_too_many_of_anything_is_refused(tmp_path, limits, says):
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (1, 2, 3))
    content = parts(sheet(cells, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'), PLAIN)
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>",
    )
    content["xl/sharedStrings.xml"] = "<sst><si><t>a</t></si><si><t>b</t></si></sst>"
    path = write(tmp_path / "week.xlsx", content)
    look_into(path)
    assert says in refused(path, **limits).message


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"case_id,worker_id\n", "not_a_workbook"),
        (b"", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "workbook_kind"),
        (b"PK\x03\x04 cut off", "damaged_workbook"),
    ],
)
def test_what_is_no_workbook(tmp_path, content, rule):
    path = tmp_path / "week.xlsx"
    path.write_bytes(content)
    assert refused(path).rule == rule
    assert is_workbook(path) == content.startswith((b"PK", b"\xd0"))


def test_a_zip_of_something_else_and_broken_parts(tmp_path):
    other = write(tmp_path / "other.xlsx", {"readme.txt": "no"})
    assert refused(other).rule == "not_a_workbook"
    empty = write(tmp_path / "empty.xlsx", parts())
    assert refused(empty).rule == "no_sheets"
    cut = write(tmp_path / "cut.xlsx", parts(PLAIN[:-20]))
    assert refused(cut).rule == "damaged_workbook"


def test_damage_within_a_part_is_told(tmp_path):
    path = tmp_path / "week.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts(PLAIN).items():
            archive.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"case_id", b"cese_id"))
    assert refused(path).rule == "damaged_workbook"
