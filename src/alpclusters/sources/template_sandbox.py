"""The child that fills a foreign DOCX template: limits first, then gates, then the tags.

Tags run in Jinja's immutable sandbox without a loader; a name that is not there is an error with
its paragraph. Macros, embedded files and parts that load something from elsewhere are refused.
"""

import io
import json
import re
import sys
import zipfile
from typing import Any, Final
from xml.parsers import expat

from alpclusters.sources.pdf_sandbox import leave_network
from alpclusters.sources.sandbox import limit_process

MOST_PARTS: Final = 1_000
MOST_BYTES: Final = 60_000_000
MOST_PLACE: Final = 160
_PART: Final = "word/document.xml"
_XML: Final = (".xml", ".rels")
# Pictures of the template are its own; what else it holds could run or be fetched elsewhere.
_FORBIDDEN: Final = re.compile(r"vbaProject|/embeddings/|/activeX/|\.bin$", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]+>")


class RefusedError(Exception):
    """The template is not filled; the arguments are a code, what was found and where."""


def main() -> None:
    """Read a JSON line with the values and a DOCX; write a JSON line and the filled DOCX."""
    leave_network()
    limit_process()
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    wish = json.loads(line)
    out = sys.stdout.buffer
    try:
        filled = fill(data, wish["values"], mark=wish["mark"])
    except RefusedError as error:
        code, found, place = error.args
        answer = {"code": code, "found": found[:MOST_PLACE], "place": place[:MOST_PLACE]}
        out.write(json.dumps(answer).encode() + b"\n")
        return
    out.write(json.dumps({"code": ""}).encode() + b"\n" + filled)


def fill(data: bytes, values: dict[str, Any], *, mark: str = "") -> bytes:
    """Return the filled document.

    Parameters
    ----------
    data : bytes
        The template.
    values : dict
        What its tags may name.
    mark : str
        Set into each page head if not empty: what is simulated says so on every page.

    Raises
    ------
    RefusedError
        ``template.not_docx``, ``template.too_large``, ``template.forbidden_part``,
        ``template.syntax``, ``template.unknown_name``, ``template.forbidden_tag``.
    """
    check_parts(data)
    document = _rendered(data, values)
    if mark:
        _mark(document, mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def check_parts(data: bytes) -> None:
    """Look through the container before anything reads it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive)
            for part in archive.infolist():
                if part.filename.endswith(_XML):
                    _check_xml(archive.read(part), part.filename)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise RefusedError("template.not_docx", "", "") from error
    except expat.ExpatError as error:
        raise RefusedError("template.not_docx", str(error), "") from error


def _check_names(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise RefusedError("template.too_large", str(len(parts)), "")
    archive.getinfo(_PART)
    for part in parts:
        if _FORBIDDEN.search(part.filename):
            raise RefusedError("template.forbidden_part", part.filename, "")


def _check_xml(data: bytes, name: str) -> None:
    def refuse(*_facts: object) -> None:
        raise RefusedError("template.not_docx", name, "")

    def begin(_tag: str, attributes: dict[str, str]) -> None:
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if attributes.get("TargetMode") == "External" and not is_link:
            raise RefusedError("template.forbidden_part", attributes.get("Target", ""), name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    if name.endswith(".rels"):
        parser.StartElementHandler = begin
    parser.Parse(data, True)  # noqa: FBT003 - the interface of expat


def _rendered(data: bytes, values: dict[str, Any]) -> Any:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError  # noqa: PLC0415 - after the limits
    from jinja2.exceptions import (  # noqa: PLC0415 - after the limits
        SecurityError,
        TemplateSyntaxError,
        UndefinedError,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - after the limits

    class Template(DocxTemplate):  # type: ignore[misc]  # it has no types
        """Keeps the text it is at, so that an error can say where."""

        source = ""

        def render_xml_part(self, src_xml: str, *rest: Any) -> Any:
            self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
            return super().render_xml_part(src_xml, *rest)

    document = Template(io.BytesIO(data))
    tags = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document.render(values, tags, autoescape=True)
    except SecurityError as error:
        raise RefusedError("template.forbidden_tag", str(error), _place(document, error)) from error
    except UndefinedError as error:
        raise RefusedError("template.unknown_name", str(error), _place(document, error)) from error
    except TemplateSyntaxError as error:
        place = _line(document.source, error.lineno)
        raise RefusedError("template.syntax", error.message or "", place) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise RefusedError("template.syntax", str(error), _place(document, error)) from error
    return document


def _place(document: Any, error: BaseException) -> str:
    """Return the text of the paragraph where a tag failed; Jinja names its line in the trace."""
    number, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            number = trace.tb_lineno
        trace = trace.tb_next
    return _line(document.source, number)


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    if not 1 <= number <= len(lines):
        return ""
    return " ".join(_TAG.sub(" ", lines[number - 1]).split())


def _mark(document: Any, mark: str) -> None:
    for section in document.docx.sections:
        section.header.is_linked_to_previous = False
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if document.docx.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            head.is_linked_to_previous = False
            paragraphs = head.paragraphs
            first = paragraphs[0] if paragraphs else head.add_paragraph()
            first.insert_paragraph_before().add_run(mark).bold = True
