"""The report of a mix: summary, partners, applications, time, scenarios; for those who apply."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from alpclusters.analysis.funding.case import Case
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Document, Paragraph
from alpclusters.reports.funding.certificate import certificate_blocks, certificate_tables
from alpclusters.reports.funding.chances import chance_blocks
from alpclusters.reports.funding.front import front_blocks
from alpclusters.reports.funding.law_in_time import foot_note
from alpclusters.reports.funding.limits import ceiling_blocks, roomy_blocks
from alpclusters.reports.funding.reasons import reason_blocks, unused_blocks
from alpclusters.reports.funding.rules_used import (
    assumption_blocks,
    rule_blocks,
    rulebook_table,
    unverified_table,
)
from alpclusters.reports.funding.scenarios import binding_blocks, scenario_blocks
from alpclusters.reports.funding.sheets import (
    allocation_blocks,
    application_sheets,
    partner_sheets,
    used_blocks,
)
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding.timeline import in_cents, time_blocks
from alpclusters.reports.funding_words.rules import NOTICE
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.writers.docx import write_docx
from alpclusters.reports.writers.pdf import write_pdf
from alpclusters.reports.writers.xlsx import write_xlsx

# --- The proof sheet of a mix: what it gives, every limit with its room, and how to check it ------


def build_proof(
    case: Case, mix: Mapping[str, Any], language: str, *, day: dt.date, is_whole: bool = False
) -> Document:
    """Build the proof sheet of a mix: short for reading, or with everything.

    Parameters
    ----------
    case : Case
        The case it was computed for.
    mix : mapping
        The plain data of its ``mix.json``.
    language : str
        One of the five codes.
    day : date
        The day that stands on the sheet.
    is_whole : bool, default False
        Every limit, day and reason by itself, as the workbook has them; else what is alike is
        folded and the sheet points to the workbook.

    Returns
    -------
    Document
        A mix that fails its check shows its violations instead of an allocation.
    """
    text, subject = translator(language), MixSubject(case, mix, language)
    return document(
        subject,
        tuple(_proof_blocks(subject, day, is_whole=is_whole)),
        kicker=text.gettext("Proof sheet · funding mix"),
        short_title=text.gettext("Proof sheet of a funding mix"),
        day=day,
        is_dense=True,
    )


def _proof_blocks(subject: MixSubject, day: dt.date, *, is_whole: bool) -> Iterator[Block]:
    yield from front_blocks(subject, day, with_figures=is_whole)
    if subject.has_mix:
        yield from used_blocks(subject, today=day)
        yield from binding_blocks(subject)
        yield from _whole(subject, day) if is_whole else _short(subject)
        yield from rule_blocks(subject, today=day, is_whole=is_whole)
    yield from assumption_blocks(subject)
    yield from certificate_tables(subject) if is_whole else certificate_blocks(subject)


def _short(subject: MixSubject) -> Iterator[Block]:
    """Yield what is alike in one row, and where all of it stands."""
    yield from unused_blocks(subject)
    yield from roomy_blocks(subject)
    n = len(subject.mix["check"]["ceilings"])
    said = subject.text.ngettext(
        "The one limit, costs by partner and source, days and all reasons stand in the workbook "
        "of this proof (XLSX).",
        "All %(n)s limits one by one, costs by partner and source, days and all reasons stand in "
        "the workbook of this proof (XLSX).",
        n,
    )
    yield Paragraph(said % {"n": format_integer(n, subject.language)}, role="note")


def _whole(subject: MixSubject, day: dt.date) -> Iterator[Block]:
    """Yield everything by itself."""
    yield from allocation_blocks(subject)
    yield from time_blocks(subject, today=day)
    yield from reason_blocks(subject)
    yield from ceiling_blocks(subject)
    yield from rulebook_table(subject)
    yield from unverified_table(subject)


def document(
    subject: MixSubject,
    blocks: tuple[Block, ...],
    *,
    kicker: str,
    short_title: str,
    day: dt.date,
    is_dense: bool = False,
) -> Document:
    """Return a document about a mix: the notice in each foot, "simulated" where it is."""
    return Document(
        title=subject.title,
        language=subject.language,
        kind="funding",
        date=day,
        blocks=tuple(map(in_cents, blocks)),
        kicker=kicker,
        short_title=short_title,
        digest=subject.digest,
        simulated=subject.case.is_simulated,
        draft=not subject.has_mix,
        description=subject.text.gettext(NOTICE),
        foot_note=foot_note(subject.case.rulebook, subject.text),
        project=subject.digest[:8],
        is_dense=is_dense,
    )


# --- The report of a mix: summary, partners, applications, time, scenarios; for those who apply


def build_report(
    case: Case,
    mix: Mapping[str, Any],
    language: str,
    *,
    day: dt.date,
    programmes: Mapping[str, str] | None = None,
) -> Document:
    """Build the report of a mix.

    Parameters
    ----------
    case : Case
        The case it was computed for.
    mix : mapping
        The plain data of its ``mix.json``.
    language : str
        One of the five codes.
    day : date
        The day that stands on it.
    programmes : mapping, optional
        Names of the offers' programmes by their keys; without one the key stands there.

    Returns
    -------
    Document
        A mix that fails its check shows its violations instead of an allocation.
    """
    text = translator(language)
    subject = MixSubject(case, mix, language, programmes or {})
    return document(
        subject,
        tuple(_report_blocks(subject, day)),
        kicker=text.gettext("Report · funding mix"),
        short_title=text.gettext("Report on a funding mix"),
        day=day,
    )


def _report_blocks(subject: MixSubject, day: dt.date) -> Iterator[Block]:
    yield from front_blocks(subject, day, with_figures=True)
    if subject.has_mix:
        yield from allocation_blocks(subject)
        yield from time_blocks(subject, today=day)
        yield from scenario_blocks(subject)
        yield from application_sheets(subject, today=day)
        yield from partner_sheets(subject)
        yield from chance_blocks(subject, today=day)
    yield from assumption_blocks(subject)


# --- The files of a mix by kind and ending, for whoever writes or hands them out ------------------


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
