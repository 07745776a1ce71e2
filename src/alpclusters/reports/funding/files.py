"""The files of a mix by kind and ending, for whoever writes or hands them out."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from alpclusters.analysis.funding.case.records import Case
from alpclusters.reports.blocks import Document
from alpclusters.reports.funding.proof import build_proof
from alpclusters.reports.funding.report import build_report
from alpclusters.reports.writers.docx import write_docx
from alpclusters.reports.writers.pdf import write_pdf
from alpclusters.reports.writers.xlsx import write_xlsx

ENDINGS: Final[Mapping[str, Callable[[Document], bytes]]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "xlsx": write_xlsx,
}


def mix_file_document(
    case: Case,
    mix: Mapping[str, Any],
    *,
    kind: str,
    ending: str,
    language: str,
    day: dt.date,
    programmes: Mapping[str, str] | None = None,
) -> Document:
    """Return what a file holds: the proof is short on paper and has everything as a workbook."""
    if kind == "proof":
        return build_proof(case, mix, language, day=day, is_whole=ending == "xlsx")
    return build_report(case, mix, language, day=day, programmes=programmes)


def write_mix_file(
    case: Case, mix: Mapping[str, Any], *, kind: str, ending: str, language: str, day: dt.date
) -> bytes:
    """Return one file: ``proof`` or ``report``, as ``pdf``, ``docx`` or ``xlsx``."""
    document = mix_file_document(case, mix, kind=kind, ending=ending, language=language, day=day)
    return ENDINGS[ending](document)
