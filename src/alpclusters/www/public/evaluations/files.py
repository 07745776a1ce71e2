"""An evaluation to take away: data as CSV and JSON, the report as XLSX, DOCX and PDF."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    CriterionResult,
    Evaluation,
    word,
)
from alpclusters.platform.evaluation.domain.science import Ranked
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.blocks import Document
from alpclusters.reports.captions import file_name
from alpclusters.reports.evaluation import build_evaluation_document
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, written
from alpclusters.www.public.evaluations.blocks import with_methods
from alpclusters.www.public.evaluations.subjects import descriptions_of, subject_of

_FIGURES: Final = (
    "n",
    "cannot_judge",
    "cannot_judge_share",
    "mean",
    "median",
    "lower_quartile",
    "upper_quartile",
    "sd",
    "consensus",
    "agree_share",
)
_MODEL: Final = (
    "estimate",
    "estimate_low",
    "estimate_high",
    "rank_low",
    "rank_high",
    "top_1",
    "top_3",
    "tier",
    "borderline",
)
COMBINED: Final = "combined"
_INTERVALS: Final = ("mean_interval", "median_interval", "agree_interval")


def file_of(snapshot: Snapshot, kind: str, language: str) -> TakenAway:
    """Make one file of a snapshot; ``kind`` is one of `pages.FORMATS`."""
    document = document_of(snapshot, language)
    if kind in _DATA:
        content = _DATA[kind](snapshot, language)
        return TakenAway(file_name(document, kind), CONTENT_TYPES[kind], content)
    return written(document, kind)


def document_of(snapshot: Snapshot, language: str) -> Document:
    """Build the report of a snapshot."""
    evaluation = evaluation_of(snapshot)
    subject = subject_of(snapshot, evaluation, language)
    document = build_evaluation_document(
        descriptions_of(evaluation), subject=subject, language=language
    )
    return with_methods(document, evaluation, subject, language)


def _json(snapshot: Snapshot, language: str) -> bytes:  # noqa: ARG001 - holds all languages
    record = {
        "snapshot": snapshot.number,
        "made_at": snapshot.made_at.isoformat(),
        "digest": snapshot.digest,
        "simulated": snapshot.is_simulated,
        "evaluation": snapshot.data,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _csv(snapshot: Snapshot, language: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(_rows(evaluation_of(snapshot), language))
    # The mark at the start makes spreadsheets read the letters of five languages.
    return f"\ufeff{out.getvalue()}".encode()


def _rows(evaluation: Evaluation, language: str) -> Iterator[list[Any]]:
    steps = [f"answer_{step}" for step in range(1, 6)]
    ends = [f"{name}_{end}" for name in _INTERVALS for end in ("low", "high")]
    head = ["criterion", "measure", "measure_name", "split", "group", "group_name", "state"]
    yield [*head, *_FIGURES, *ends, *steps, *_MODEL, "simulated"]
    for result in evaluation.criteria:
        yield from _criterion_rows(evaluation, result, language)
    yield from _combined_rows(evaluation, language)


def _combined_rows(evaluation: Evaluation, language: str) -> Iterator[list[Any]]:
    """Write the ranking over all criteria; its estimates run from 0 to 1."""
    found = evaluation.combined
    mark = "simulated" if evaluation.is_simulated else ""
    for ranked in found.ranking.measures if found else ():
        item = evaluation.measure(ranked.measure)
        head = [COMBINED, item.key, word(item.names, language), "", "", "", "shown"]
        figures = [ranked.n, *_figures(None)[1:]]
        yield [*head, *figures, *_model(ranked), mark]


def _criterion_rows(
    evaluation: Evaluation, result: CriterionResult, language: str
) -> Iterator[list[Any]]:
    names = {
        (split, group.key or None): word(group.names, language)
        for split, groups in evaluation.groups.items()
        for group in groups
    }
    mark = "simulated" if evaluation.is_simulated else ""
    for described in result.description.measures:
        item = evaluation.measure(int(described.measure))
        head = [result.key, item.key, word(item.names, language)]
        ranked = result.ranking.of(item.pk) if result.ranking else None
        place: list[Any] = ["", "", "", described.state]
        yield [*head, *place, *_figures(described.summary), *_model(ranked), mark]
        for split, cells in described.splits.items():
            for cell in cells:
                group = names.get((split, cell.group), "")  # type: ignore[arg-type]
                place = [split, cell.group or "", group, cell.state]
                value = _regional(result, item.pk, split, cell.group)
                yield [*head, *place, *_figures(cell.summary), *value, mark]


def _model(ranked: Ranked | None) -> list[Any]:
    if ranked is None:
        return [""] * len(_MODEL)
    ends = [ranked.estimate, ranked.low, ranked.high, ranked.rank_low, ranked.rank_high]
    tops = [ranked.among_first(1), ranked.among_first(3)]
    edge = "" if ranked.tier is None else int(ranked.borderline)
    return [*(_or_empty(value) for value in (*ends, *tops, ranked.tier)), edge]


def _regional(result: CriterionResult, measure: int, split: str, group: Id | None) -> list[Any]:
    """Return the model's value in a region, then empty cells."""
    found = None
    if result.regional and split == REGION:
        found = result.regional.at(measure, str(group))
    values = [found.value, found.low, found.high] if found else []
    return [*values, *[""] * (len(_MODEL) - len(values))]


def _figures(summary: Summary | None) -> list[Any]:
    if summary is None:
        return [""] * (len(_FIGURES) + 2 * len(_INTERVALS) + 5)
    figures = [_or_empty(getattr(summary, name)) for name in _FIGURES]
    intervals = [getattr(summary, name) for name in _INTERVALS]
    ends = [value for i in intervals for value in ((i.low, i.high) if i else ("", ""))]
    return [*figures, *ends, *summary.counts]


def _or_empty(value: float | None) -> float | str:
    return "" if value is None else value


_DATA: Final[dict[str, Callable[[Snapshot, str], bytes]]] = {"csv": _csv, "json": _json}
