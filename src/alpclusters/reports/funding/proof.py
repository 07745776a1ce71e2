"""The proof sheet of a mix: what it gives, every limit with its room, and how to check it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Document
from alpclusters.reports.funding.allocation import allocation_blocks
from alpclusters.reports.funding.ceilings import band, ceiling_blocks, violation_blocks
from alpclusters.reports.funding.certificate import certificate_blocks
from alpclusters.reports.funding.front import finding, key_figures, notice
from alpclusters.reports.funding.law_in_time import SCENARIO, law_blocks
from alpclusters.reports.funding.money_tables import in_cents
from alpclusters.reports.funding.reasons import reason_blocks
from alpclusters.reports.funding.scenarios import infeasible_blocks
from alpclusters.reports.funding.sources import assumption_blocks, rulebook_table, unverified_table
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding.timeline import time_blocks
from alpclusters.reports.funding_notice import NOTICE


def build_proof(case: Case, mix: Mapping[str, Any], language: str, *, day: dt.date) -> Document:
    """Build the proof sheet of a mix.

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

    Returns
    -------
    Document
        A mix that fails its check shows its violations instead of an allocation.
    """
    text = translator(language)
    return document(
        MixSubject(case, mix, language),
        tuple(_blocks(MixSubject(case, mix, language))),
        kicker=text.gettext("Proof sheet · funding mix"),
        short_title=text.gettext("Proof sheet of a funding mix"),
        day=day,
    )


def _blocks(subject: MixSubject) -> Iterator[Block]:
    yield notice(subject)
    yield from law_blocks(subject)
    yield from band(subject)
    yield finding(subject)
    if subject.mix["status"] != "infeasible":
        yield key_figures(subject)
    yield from infeasible_blocks(subject)
    yield from violation_blocks(subject)
    if subject.has_mix:
        yield from allocation_blocks(subject)
        yield from time_blocks(subject)
        yield from reason_blocks(subject)
        yield from ceiling_blocks(subject)
        yield from rulebook_table(subject)
        yield from unverified_table(subject)
    yield from assumption_blocks(subject)
    yield from certificate_blocks(subject)


def document(
    subject: MixSubject,
    blocks: tuple[Block, ...],
    *,
    kicker: str,
    short_title: str,
    day: dt.date,
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
        foot_note=_foot(subject),
        project=subject.digest[:8],
    )


def _foot(subject: MixSubject) -> str:
    """Return what stands on each page: the notice, and whether the law is a scenario."""
    marks = (NOTICE, SCENARIO) if subject.case.rulebook == PROLONGED else (NOTICE,)
    return " ".join(subject.text.gettext(one) for one in marks)
