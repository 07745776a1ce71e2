"""The tables to take away: CSV and JSON with question, conventions and licence."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from alpclusters.analysis.certainty import OUTCOMES, RULES
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.keeping import flat_evidence
from alpclusters.platform.evidence.domain.synthesis.queries import Dimension, SynthesisQuery
from alpclusters.www.public.directory.exports import guarded
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway
from alpclusters.www.public.synthesis.names import Names
from alpclusters.www.public.synthesis.pages import conventions
from alpclusters.www.public.synthesis.tables import ordered_columns, ordered_types

ALL: Final = "*"
COLUMNS: Final = (
    "measure_type", "measure_type_name", "split", "value", "value_name",
    *(f"families_{outcome}" for outcome in OUTCOMES), "families",
    *(f"activities_{outcome}" for outcome in OUTCOMES), "activities",
    "known", "went_on", "share", "low_90", "high_90", "why_no_share",
)  # fmt: skip

type Record = dict[str, Any]


def file_of(query: SynthesisQuery, kind: str, *, url: str, today: date) -> TakenAway:
    """Write the answer to a question as a file, in the reader's language."""
    selection = Selection.of(flat_evidence(), query)
    everything = Selection.of(selection.flat, SynthesisQuery(is_simulated=query.is_simulated))
    places = {query.by} & {Dimension.NUTS1, Dimension.NUTS2}
    names = Names.load({code for level in places for code in everything.values(level)})
    found = list(_records(selection, query, names))
    content = _csv(found) if kind == "csv" else _json(found, _about(query, url, today))
    name = f"alpclusters-what-lasted-{today.isoformat()}.{kind}"
    return TakenAway(name, CONTENT_TYPES[kind], content)


def _records(selection: Selection, query: SynthesisQuery, names: Names) -> Iterator[Record]:
    """Give each cell, then each row and column in all, then everything."""
    by_type = selection.by(Dimension.TYPE)
    types = ordered_types(by_type, names)
    if query.by != Dimension.OUTCOME:
        columns = selection.by(query.by)
        ordered = ordered_columns(query.by, columns)
        cells = selection.by_two(Dimension.TYPE, query.by)
        for key in types:
            for value in ordered:
                if (key, value) in cells:
                    yield _record(key, value, cells[key, value], query, names)
        for value in ordered:
            yield _record(ALL, value, columns[value], query, names)
    for key in types:
        yield _record(key, ALL, by_type[key], query, names)
    yield _record(ALL, ALL, selection.total(), query, names)


def _record(key: str, value: str, found: Counts, query: SynthesisQuery, names: Names) -> Record:
    lasting = found.lasting
    return {
        "measure_type": key,
        "measure_type_name": "" if key == ALL else str(names.value(Dimension.TYPE, key)),
        "split": query.by.value,
        "value": value,
        "value_name": "" if value == ALL else str(names.value(query.by, value)),
        **_numbered("families", found.families),
        "families": found.n_families,
        **_numbered("activities", found.activities),
        "activities": found.n_activities,
        "known": lasting.n_known,
        "went_on": lasting.n_lasting,
        "share": _rounded(lasting.value),
        "low_90": _rounded(lasting.low),
        "high_90": _rounded(lasting.high),
        "why_no_share": ", ".join(lasting.reasons),
    }


def _numbered(name: str, counts: tuple[int, ...]) -> dict[str, int]:
    return {f"{name}_{outcome}": n for outcome, n in zip(OUTCOMES, counts, strict=True)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _about(query: SynthesisQuery, url: str, today: date) -> Mapping[str, Any]:
    return {
        "title": "AlpClusters: what lasted after the funding",
        "page": url,
        "exported_on": today.isoformat(),
        "split": query.by.value,
        "filters": {d.value: value for d, value in query.chosen.items()},
        "months": query.months,
        "simulated": query.is_simulated,
        "all": f"{ALL} in measure_type or value: all of them, each family once",
        "conventions": conventions(query),
        "rules": {"convention": RULES.convention, "level": RULES.level,
                  "fewest_known": RULES.fewest_known},
        "licence": (
            "Counts by AlpClusters, CC BY 4.0: name AlpClusters and the date. The initiatives "
            "behind them name their own sources and licences."
        ),
    }  # fmt: skip


def _csv(records: list[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([guarded(record[name]) for name in COLUMNS])
    # The mark at the start makes spreadsheets read the letters of five languages.
    return f"\ufeff{out.getvalue()}".encode()


def _json(records: list[Record], about: Mapping[str, Any]) -> bytes:
    text = json.dumps(
        {"about": about, "cells": records}, ensure_ascii=False, indent=1, allow_nan=False
    )
    return f"{text}\n".encode()
