"""The report of a mix: summary, partners, applications, time, scenarios; for those who apply."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Document
from alpclusters.reports.funding.allocation import allocation_blocks
from alpclusters.reports.funding.applications import application_sheets
from alpclusters.reports.funding.chances import chance_blocks
from alpclusters.reports.funding.front import front_blocks
from alpclusters.reports.funding.partners import partner_sheets
from alpclusters.reports.funding.proof import document
from alpclusters.reports.funding.scenarios import scenario_blocks
from alpclusters.reports.funding.sources import assumption_blocks
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding.timeline import time_blocks


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
        tuple(_blocks(subject, day)),
        kicker=text.gettext("Report · funding mix"),
        short_title=text.gettext("Report on a funding mix"),
        day=day,
    )


def _blocks(subject: MixSubject, day: dt.date) -> Iterator[Block]:
    yield from front_blocks(subject, day, with_figures=True)
    if subject.has_mix:
        yield from allocation_blocks(subject)
        yield from time_blocks(subject, today=day)
        yield from scenario_blocks(subject)
        yield from application_sheets(subject, today=day)
        yield from partner_sheets(subject)
        yield from chance_blocks(subject, today=day)
    yield from assumption_blocks(subject)
