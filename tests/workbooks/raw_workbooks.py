"""Workbooks written by hand, XML and zip, as no library would write them."""

import zipfile

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DEFLATED = zipfile.ZIP_DEFLATED


def sheet(rows, *, before="", after=""):
    """A sheet part around `rows`, which is XML of ``row`` elements."""
    return f"<worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def parts(*sheets, states=(), properties="", more=None):
    """The parts of a workbook, by path; `sheets` are XML."""
    tabs = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"'
        + (f' state="{states[n - 1]}"' if len(states) >= n else "")
        + "/>"
        for n in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{KINDS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return {
        "_rels/.rels": f"<Relationships {RELATIONS}><Relationship Id='r1' "
        f"Type='{KINDS}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook {NAMESPACE} xmlns:r='{KINDS}'>{properties}"
        f"<sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>{relations}</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, start=1)},
        **(more or {}),
    }


def write(path, content):
    """Write parts as a zip."""
    with zipfile.ZipFile(path, "w", DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path
