"""The findings behind a recommendation or an action, in figures with their source."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import EvidenceLine
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    format_percent,
)
from alpclusters.www.components.parts import Cell, Column, Table


def evidence_table(lines: Sequence[EvidenceLine]) -> Table | None:
    """Return the findings as a table; None without any."""
    if not lines:
        return None
    language = nearest_language(get_language())
    columns = [
        Column(_("Finding")),
        Column(_("Measure")),
        Column(_("Criterion")),
        Column(_("Estimate"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column("n", is_number=True),
        Column(_("I cannot judge this"), is_number=True),
        Column(_("AlpCafé")),
    ]
    released = released_snapshots(lines)
    rows = [_row(line, released, language) for line in lines]
    return Table(_("Findings"), columns, rows)


def interval_text(line: EvidenceLine, language: str) -> str:
    """Write the interval of a finding; a dash where there is none."""
    if line.low is None or line.high is None:
        return "–"
    return format_interval(line.low, line.high, language, 1)


def released_snapshots(lines: Sequence[EvidenceLine]) -> set[int]:
    """Return which snapshots behind the findings the public sees; a newer one may replace one."""
    wanted = {line.snapshot for line in lines}
    found = Snapshot.objects.released().filter(pk__in=wanted).order_by("pk")
    return set(found.values_list("pk", flat=True))


def source_address(line: EvidenceLine, released: Collection[int]) -> str:
    """Return the page of the evaluation, or of the AlpCafé where it is no longer public."""
    if line.snapshot in released:
        return reverse("public:evaluation", args=[line.snapshot])
    return reverse("public:cafe", args=[line.cafe_pk])


def _row(line: EvidenceLine, released: Collection[int], language: str) -> list[Any]:
    return [
        line.code,
        Cell(word(line.measure, language), url=reverse("public:measure", args=[line.measure_key])),
        word(line.criterion, language),
        "–" if line.estimate is None else format_number(line.estimate, language, 1),
        interval_text(line, language),
        format_integer(line.n, language),
        format_percent(line.cannot_judge_share, language),
        Cell(word(line.cafe, language), url=source_address(line, released)),
    ]
