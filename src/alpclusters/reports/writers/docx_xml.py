"""The few pieces of WordprocessingML that python-docx does not write itself."""

import zipfile
from io import BytesIO
from typing import Any, Final

_DATE: Final = (2000, 1, 1, 0, 0, 0)


def child(name: str, **attributes: str) -> Any:
    """Return an element of the w: namespace with w: attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement(name)
    for key, value in attributes.items():
        found.set(qn(f"w:{key}"), value)
    return found


def add_field(paragraph: Any, instruction: str, shown: str = "1") -> None:
    """Add a field (PAGE, NUMPAGES, SEQ, TOC) with the text shown until it is updated."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            code = child("w:instrText")
            code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            code.text = f" {instruction} "
            paragraph.add_run()._r.append(code)  # noqa: SLF001 - python-docx has no public way
        paragraph.add_run()._r.append(child("w:fldChar", fldCharType=kind))  # noqa: SLF001
        if kind == "separate":
            paragraph.add_run(shown)


def set_language(run: Any, language: str) -> None:
    """Mark the language of a run."""
    run._r.get_or_add_rPr().append(child("w:lang", val=language))  # noqa: SLF001


def repeat_row(row: Any) -> None:
    """Repeat a head row on every page."""
    row._tr.get_or_add_trPr().append(child("w:tblHeader", val="true"))  # noqa: SLF001


def keep_row(row: Any) -> None:
    """Never break a row between pages."""
    row._tr.get_or_add_trPr().append(child("w:cantSplit", val="true"))  # noqa: SLF001


def shade_cell(cell: Any, fill: str, pattern: str = "clear", colour: str = "auto") -> None:
    """Shade a cell with a colour or a pattern such as ``thinDiagStripe``."""
    shade = child("w:shd", val=pattern, color=colour, fill=fill)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def describe_table(table: Any, caption: str, description: str) -> None:
    """Give a table its name and description for readers that do not see it."""
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.append(child("w:tblCaption", val=caption))
    properties.append(child("w:tblDescription", val=description))


def add_link(paragraph: Any, address: str) -> Any:
    """Add a hyperlink element; runs are put into it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    identifier = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = child("w:hyperlink")
    link.set(qn("r:id"), identifier)
    paragraph._p.append(link)  # noqa: SLF001
    return link


def restart_numbers(document: Any) -> int:
    """Return the id of a numbering that begins at 1 again, in the look of "List Number"."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    wanted = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    nums = {num.get(qn("w:numId")): num for num in numbering.findall(qn("w:num"))}
    abstract = nums[wanted].find(qn("w:abstractNumId")).get(qn("w:val"))
    fresh = str(max(int(number) for number in nums) + 1)
    num = child("w:num", numId=fresh)
    num.append(child("w:abstractNumId", val=abstract))
    override = child("w:lvlOverride", ilvl="0")
    override.append(child("w:startOverride", val="1"))
    num.append(override)
    numbering.append(num)
    return int(fresh)


def use_numbers(paragraph: Any, identifier: int) -> None:
    """Put a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = identifier


def same_bytes(package: bytes) -> bytes:
    """Pack a document again with one fixed date, so that the same content is the same file."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
