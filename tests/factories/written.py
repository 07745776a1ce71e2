"""Documents for tests: small PDFs written by hand, with what is wrong with them; Word files."""

import io
import zipfile
import zlib
from collections.abc import Sequence

A4 = (0, 0, 595, 842)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_pdf(
    texts: Sequence[str] = ("One page.",),
    *,
    box: tuple[float, ...] = A4,
    labels: str = "",
    catalogue: str = "",
    content: bytes | None = None,
) -> bytes:
    """Write a PDF with a page for each text; each line of a text is a line on the page.

    ``content`` stands instead of all texts; ``catalogue`` and ``labels`` go into the catalogue.
    """
    n = len(texts)
    pages = " ".join(f"{4 + 2 * i} 0 R" for i in range(n))
    marks = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {marks} {catalogue} >>".encode(),
        f"<< /Type /Pages /Count {n} /Kids [{pages}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, text in enumerate(texts):
        sides = " ".join(str(side) for side in box)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{sides}] /Contents {5 + 2 * i} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(_drawn(text) if content is None else content))
    return _numbered(objects)


def make_bomb(megabytes: int) -> bytes:
    """Write a PDF whose one page unfolds to far more than its file; it draws without an end."""
    step = b"0 0 500 500 re f 1 0 0 1 0 0 cm q Q "
    return make_pdf(("",), content=step * (megabytes * 1_000_000 // len(step)))


def make_docx(pages: Sequence[Sequence[str]] = (("One page.",),), *, part: bytes = b"") -> bytes:
    """Write a Word document of paragraphs; ``part`` stands instead of its main part."""
    paragraphs = []
    for number, page in enumerate(pages):
        for place, text in enumerate(page):
            brk = '<w:r><w:br w:type="page"/></w:r>' if number and not place else ""
            paragraphs.append(f"<w:p>{brk}<w:r><w:t>{text}</w:t></w:r></w:p>")
    body = f"<w:body>{''.join(paragraphs)}</w:body>"
    main = part or f'<w:document xmlns:w="{WORD}">{body}</w:document>'.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", main)
    return target.getvalue()


def _drawn(text: str) -> bytes:
    lines = [
        line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        for line in text.split("\n")
    ]
    shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    return f"BT /F 12 Tf 60 780 Td {shown} ET".encode("cp1252")


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return (
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )


def _numbered(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    return bytes(out)
