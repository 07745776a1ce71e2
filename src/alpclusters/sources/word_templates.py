"""DOCX templates of others, filled with values in a child with limits (`template_sandbox`)."""

import json
from collections.abc import Mapping
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.children import run_child

MOST_MEGABYTES: Final = 10
_MEGABYTE: Final = 1_000_000


def fill_template(data: bytes, values: Mapping[str, Any], *, name: str, mark: str = "") -> bytes:
    """Fill a template and return the document.

    Parameters
    ----------
    data : bytes
        The DOCX with its tags, such as ``{{ plan.title }}``.
    values : mapping
        Texts, numbers, lists and mappings that the tags may name.
    name : str
        How its owner calls the file; for the error.
    mark : str, default ""
        Set into every page head.

    Raises
    ------
    FileFormatError
        ``template.too_large``, ``template.not_docx``, ``template.forbidden_part``,
        ``template.syntax``, ``template.unknown_name``, ``template.forbidden_tag``,
        ``template.crashed`` (died or took longer than 10 seconds). Those about tags carry the
        paragraph in ``expected``.
    """
    where = Where(file=name)
    if len(data) > MOST_MEGABYTES * _MEGABYTE:
        code = "template.too_large"
        raise FileFormatError(code, where=where, found=str(len(data)))
    wish = json.dumps({"values": values, "mark": mark}).encode()
    answer = run_child("template_sandbox", wish + b"\n" + data)
    line, _, document = answer.partition(b"\n")
    try:
        told = json.loads(line)
    except ValueError as error:
        code = "template.crashed"
        raise FileFormatError(code, where=where) from error
    if told["code"]:
        raise FileFormatError(
            told["code"], where=where, found=told["found"] or None, expected=told["place"] or "–"
        )
    return document
