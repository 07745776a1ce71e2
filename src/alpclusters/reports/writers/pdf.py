"""Documents as tagged PDF (PDF/UA-1) through typst: fonts embedded, same input, same bytes."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from alpclusters.reports.blocks import Document
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.typefaces import FONT_DIR
from alpclusters.reports.writers.pdf_data import PdfData

TEMPLATE_DIR: Final = Path(__file__).resolve().parents[1] / "typst"
_TEMPLATES: Final = ("document.typ", "shapes.typ")


class TypesettingError(Exception):
    """The PDF could not be set, or only with a warning; the text names what typst said."""


def write_pdf(document: Document) -> bytes:
    """Set a document as PDF/UA-1.

    Every warning of the typesetter is an error: a missing font or character would otherwise be
    replaced in silence.
    """
    data = PdfData(document)
    files = {"document.json": json.dumps(data.build(), ensure_ascii=False)}
    files |= data.figures
    return compile_typst("document.typ", files, output="pdf")


def write_png(svg: str, *, width: float, ppi: float = 300) -> bytes:
    """Render one stand-alone SVG, ``width`` points wide, as PNG for formats without SVG."""
    source = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "Source Sans 3")\n'
        f'#image("figure.svg", width: {width:.2f}pt)\n'
    )
    return compile_typst("main.typ", {"main.typ": source, "figure.svg": svg}, output="png", ppi=ppi)


def can_draw(jpeg: bytes) -> bool:
    """Say whether a JPEG can be decoded to the end, so that it stops no document."""
    files: dict[str, str | bytes] = {
        "main.typ": '#set page(width: 10pt, height: 10pt, margin: 0pt)\n#image("p.jpg")',
        "p.jpg": jpeg,
    }
    try:
        compile_typst("main.typ", files, output="png", ppi=10)
    except TypesettingError:
        return False
    return True


def compile_typst(
    main: str, files: Mapping[str, str | bytes], *, output: Literal["pdf", "png"], ppi: float = 300
) -> bytes:
    """Compile in a folder of its own, with our fonts only.

    Parameters
    ----------
    main : str
        Name of the template to start with.
    files : mapping of str to str or bytes
        What the template reads: data as JSON, pictures as SVG or JPEG. It sees nothing else.
    """
    with TemporaryDirectory(prefix="alpclusters-") as folder:
        root = Path(folder)
        for name in _TEMPLATES:
            (root / name).write_text((TEMPLATE_DIR / name).read_text("utf-8"), encoding="utf-8")
        (root / "colours.json").write_text(_colours(), encoding="utf-8")
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (root / name).write_bytes(data)
        return _run(root, main, output, ppi)


def _colours() -> str:
    return json.dumps({name: value for name, value in COLOURS.items() if value != "none"})


def _run(root: Path, main: str, output: Literal["pdf", "png"], ppi: float) -> bytes:
    import typst

    try:
        result, warnings = typst.compile_with_warnings(
            str(root / main), root=str(root), format=output, ppi=ppi if output == "png" else None,
            font_paths=[str(FONT_DIR)], ignore_system_fonts=True,
            pdf_standards="ua-1" if output == "pdf" else [], timestamp=0,
        )  # fmt: skip
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error
    if warnings:
        raise TypesettingError("; ".join(str(warning) for warning in warnings))
    if not isinstance(result, bytes):
        msg = f"expected one file, got {type(result).__name__}"
        raise TypesettingError(msg)
    return result
