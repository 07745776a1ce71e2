"""The curve to take away: CSV and JSON with conventions and licence."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language

from alpclusters.analysis.survival import numbers_at_risk
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.lasting import Lasting, read_lasting
from alpclusters.platform.network.domain.links.survival import (
    FEWEST,
    LEVEL,
    MONTHS_OF_YEAR,
    GroupCurve,
)
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway
from alpclusters.www.public.lasting.scopes import ScopeView, cautions, conventions

COLUMNS: Final = (
    "part", "split", "group", "links", "answered", "ended", "months", "share", "low_90",
    "high_90", "earliest", "latest", "observed", "why_no_share",
)  # fmt: skip
LICENCE: Final = "Counts by AlpClusters, CC BY 4.0: name AlpClusters and the date."

type Record = dict[str, Any]


def file_of(view: ScopeView, kind: str, *, url: str, today: date) -> TakenAway:
    """Write the curve of a scope and those of its groups."""
    lasting = read_lasting(view.scope, today=today)
    records = list(_records(lasting))
    about = _about(view, lasting, url, today)
    content = _csv(records) if kind == "csv" else _json(records, about)
    name = "-".join(filter(None, ("alpclusters-lasting-links", view.key, today.isoformat())))
    return TakenAway(f"{name}.{kind}", CONTENT_TYPES[kind], content)


def _records(lasting: Lasting) -> Iterator[Record]:
    """Give the steps of the curve, then what is read from it, then the same of each group."""
    yield from _steps(lasting.total)
    yield from _readings("", lasting.total)
    splits = {
        "border": lasting.by_border.groups,
        "type": lasting.by_type.groups,
        "programme": lasting.by_programme.groups,
        "country": lasting.by_country,
    }
    for split, groups in splits.items():
        for group in groups:
            yield from _readings(split, group)


def _steps(group: GroupCurve) -> Iterator[Record]:
    if group.curve is None:
        return
    counts = numbers_at_risk(group.curve, [reading.time for reading in group.band])
    for reading, n in zip(group.band, counts, strict=True):
        yield _record(
            "step", "", group,
            months=round(reading.time * MONTHS_OF_YEAR, 2), share=_rounded(reading.value),
            low_90=_rounded(reading.low), high_90=_rounded(reading.high), observed=n,
        )  # fmt: skip


def _readings(split: str, group: GroupCurve) -> Iterator[Record]:
    if group.is_suppressed:
        yield _record("reading", split, group, why_no_share="too_few_answers")
    for reading, n, placed in zip(group.readings, group.at_risk, group.ranges, strict=True):
        yield _record(
            "reading", split, group,
            months=round(reading.time * MONTHS_OF_YEAR), share=_rounded(reading.value),
            low_90=_rounded(reading.low), high_90=_rounded(reading.high),
            earliest=_rounded(placed.left.survival), latest=_rounded(placed.right.survival),
            observed=n,
        )  # fmt: skip


def _record(part: str, split: str, group: GroupCurve, **values: Any) -> Record:
    is_small = group.is_suppressed
    counts = {
        "links": group.n_links if group.n_links >= FEWEST else None,
        "answered": None if is_small else group.n,
        "ended": None if is_small else group.n_events,
    }
    empty = dict.fromkeys(COLUMNS)
    return {**empty, "part": part, "split": split, "group": group.key, **counts, **values}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _about(view: ScopeView, lasting: Lasting, url: str, today: date) -> Record:
    language = nearest_language(get_language())
    total = lasting.total
    return {
        "title": "AlpClusters: how long links last after the funding",
        "of": view.scope.kind,
        "key": view.key,
        "page": url,
        "exported_on": today.isoformat(),
        "simulated": view.scope.is_simulated,
        "links": lasting.n_links,
        "funding_ended": lasting.n_ended_funding,
        "unanswered": lasting.n_unanswered,
        "reopened": lasting.n_reopened,
        "projects": total.n_projects,
        "level": LEVEL,
        "conventions": conventions(),
        "cautions": cautions(lasting, language),
        "method": total.curve.conventions.as_record() if total.curve else None,
        "tests": {
            name: split.test.as_record() if split.test else None
            for name, split in (("type", lasting.by_type), ("border", lasting.by_border))
        },
        "licence": LICENCE,
    }


def _csv(records: list[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([guarded(record[name]) for name in COLUMNS])
    # The mark at the start makes spreadsheets read the letters of five languages.
    return f"\ufeff{out.getvalue()}".encode()


def _json(records: list[Record], about: Record) -> bytes:
    text = json.dumps(
        {"about": about, "rows": records}, ensure_ascii=False, indent=1, allow_nan=False
    )
    return f"{text}\n".encode()
