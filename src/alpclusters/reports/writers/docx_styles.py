"""Named styles of a DOCX: whoever edits the text changes a style, not a thousand runs."""

import zipfile
from io import BytesIO
from typing import Any, Final

from alpclusters.reports.colours import COLOURS

# --- The few pieces of WordprocessingML that python-docx does not write itself --------------------


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


# --- Named styles of a DOCX: whoever edits the text changes a style, not a thousand runs ----------


FONT: Final = "Calibri"
LABEL: Final = "AC Label"
KEY_MESSAGE: Final = "AC Key Message"
NOTE: Final = "AC Note"
KEY_FIGURE: Final = "AC Key Figure"
SIMULATED: Final = "AC Simulated"
UNVERIFIED: Final = "AC Unverified"
WITHHELD: Final = "AC Withheld"
STATUS: Final = "AC Status"
TABLE: Final = "AC Table"
MATRIX: Final = "AC Matrix"
LABEL_TABLE: Final = "AC Label Table"
CELL: Final = "AC Cell"

# name: (size in points, bold, colour, space before, space after, keep with next)
_PARAGRAPHS: Final[dict[str, tuple[float, bool, str, float, float, bool]]] = {
    "Title": (28, True, "ink", 60, 8, False),
    "Subtitle": (15, True, "ink2", 0, 18, False),
    "Heading 1": (18, True, "ink", 0, 10, True),
    "Heading 2": (13, True, "ink", 15, 6, True),
    "Heading 3": (11, True, "ink", 9, 3, True),
    "Body Text": (10.5, False, "ink", 0, 7, False),
    "Caption": (10, True, "ink", 12, 4, True),
    "List Bullet": (10.5, False, "ink", 0, 3, False),
    "List Number": (10.5, False, "ink", 0, 3, False),
    "Header": (8.5, False, "ink2", 0, 0, False),
    "Footer": (8.5, False, "ink2", 0, 0, False),
    "toc 1": (10.5, True, "ink", 6, 2, False),
    "toc 2": (10.5, False, "ink2", 0, 2, False),
    LABEL: (9.5, True, "lake", 0, 2, True),
    KEY_MESSAGE: (12, True, "ink", 6, 8, False),
    NOTE: (8.5, False, "ink2", 3, 8, False),
    CELL: (9, False, "ink", 0, 0, False),
    KEY_FIGURE: (19, True, "lake", 0, 0, True),
}
# A sheet of few pages: type a little smaller, half the air, as the PDF has it.
_DENSE_SIZE: Final = 0.88
_DENSE_AIR: Final = 0.4
_CHARACTERS: Final = {
    SIMULATED: ("larch-ink", "larch-soft"),
    UNVERIFIED: ("ink2", "sunken"),
    WITHHELD: ("ink2", "line"),
    STATUS: ("ink", ""),
}


def set_styles(docx: Any, language: str, *, is_dense: bool = False) -> None:
    """Make or change every style that the writer uses, and the language of all text."""
    _set_defaults(docx, language)
    known = {style.name for style in docx.styles}
    for name, look in _PARAGRAPHS.items():
        chosen = _dense(look) if is_dense else look
        _paragraph_style(_known_or_new(docx, name, known), name, chosen)
    for name, (ink, fill) in _CHARACTERS.items():
        _character_style(docx, name, ink, fill)
    for name in (TABLE, MATRIX, LABEL_TABLE):
        _table_style(docx, name)


def _dense(
    look: tuple[float, bool, str, float, float, bool],
) -> tuple[float, bool, str, float, float, bool]:
    size, bold, colour, before, after, keep = look
    return (round(2 * size * _DENSE_SIZE) / 2, bold, colour, before * _DENSE_AIR,
            after * _DENSE_AIR, keep)  # fmt: skip


def _set_defaults(docx: Any, language: str) -> None:
    from docx.oxml.ns import qn

    normal = docx.styles["Normal"]
    _set_font(normal, 10.5, bold=False, colour="ink")
    defaults = docx.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(child("w:lang", val=language, eastAsia=language, bidi=language))


def _set_font(style: Any, size: float, *, bold: bool, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(COLOURS[colour].lstrip("#"))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    fonts.set(qn("w:hAnsi"), FONT)


def _known_or_new(docx: Any, name: str, known: set[str]) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in known:
        return docx.styles[name]
    return docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _paragraph_style(
    style: Any, name: str, look: tuple[float, bool, str, float, float, bool]
) -> None:
    from docx.shared import Pt

    size, bold, colour, before, after, keep = look
    _set_font(style, size, bold=bold, colour=colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = keep
    _drop_template_look(style)
    if name == KEY_MESSAGE:
        style.element.get_or_add_pPr().append(_left_bar())
        style.element.get_or_add_pPr().append(
            child("w:shd", val="clear", color="auto", fill=COLOURS["tint"].lstrip("#"))
        )


def _drop_template_look(style: Any) -> None:
    """Remove borders and tab stops that the template's own style brings."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:tabs"):
        for old in properties.findall(qn(name)):
            properties.remove(old)


def _left_bar() -> Any:
    border = child("w:pBdr")
    border.append(
        child("w:left", val="single", sz="24", space="6", color=COLOURS["lake"].lstrip("#"))
    )
    return border


def _character_style(docx: Any, name: str, ink: str, fill: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    style = docx.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    _set_font(style, 9, bold=True, colour=ink)
    if fill:
        shade = child("w:shd", val="clear", color="auto", fill=COLOURS[fill].lstrip("#"))
        style.element.get_or_add_rPr().append(shade)


def _table_style(docx: Any, name: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style = docx.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.font.name, style.font.size = FONT, Pt(9)
    style.paragraph_format.space_after = Pt(0)
    properties = child("w:tblPr")
    if name != LABEL_TABLE:
        properties.append(_rules())
    properties.append(_margins(name))
    style.element.append(properties)


def _rules() -> Any:
    ink, row = COLOURS["ink"].lstrip("#"), COLOURS["row"].lstrip("#")
    borders = child("w:tblBorders")
    for side, size, colour in (("top", "8", ink), ("bottom", "8", ink), ("insideH", "4", row)):
        borders.append(child(f"w:{side}", val="single", sz=size, space="0", color=colour))
    return borders


def _margins(name: str) -> Any:
    margins = child("w:tblCellMar")
    sides = (("top", "40"), ("left", "0" if name == LABEL_TABLE else "80"), ("bottom", "40"))
    for side, width in (*sides, ("right", "80")):
        margins.append(child(f"w:{side}", w=width, type="dxa"))
    return margins


def remember_styles(docx: Any) -> None:
    """Look each style up once: the library walks through all of them for every paragraph.

    Call it once the styles are set; from then on none may be added.
    """
    part, known = docx.part, {}
    look_up = part.get_style_id

    def get_style_id(style: Any, kind: Any) -> str | None:
        key = (getattr(style, "style_id", style), kind)
        if key not in known:
            known[key] = look_up(style, kind)
        found: str | None = known[key]
        return found

    part.get_style_id = get_style_id
