"""The report of a mix: summary, partners, applications, time, scenarios; for those who apply."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Document
from alpclusters.reports.funding.allocation import allocation_blocks
from alpclusters.reports.funding.applications import application_sheets
from alpclusters.reports.funding.ceilings import band, violation_blocks
from alpclusters.reports.funding.chances import chance_blocks
from alpclusters.reports.funding.front import finding, key_figures, notice
from alpclusters.reports.funding.law_in_time import law_blocks
from alpclusters.reports.funding.partners import partner_sheets
from alpclusters.reports.funding.proof import document
from alpclusters.reports.funding.scenarios import infeasible_blocks, scenario_blocks
from alpclusters.reports.funding.sources import assumption_blocks
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding.timeline import time_blocks


def build_report(case: Case, mix: Mapping[str, Any], language: str, *, day: dt.date) -> Document:
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

    Returns
    -------
    Document
        A mix that fails its check shows its violations instead of an allocation.
    """
    text = translator(language)
    subject = MixSubject(case, mix, language)
    return document(
        subject,
        tuple(_blocks(subject)),
        kicker=text.gettext("Report · funding mix"),
        short_title=text.gettext("Report on a funding mix"),
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
        yield from scenario_blocks(subject)
        yield from application_sheets(subject)
        yield from partner_sheets(subject)
        yield from chance_blocks(subject)
    yield from assumption_blocks(subject)
