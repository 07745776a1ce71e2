"""The evaluation as data: summary.json and CSV tables, with the same cells withheld."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from alpclusters.analysis.consensus import Description, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.reports.evaluation.across import denominator_rows
from alpclusters.reports.evaluation.decisions import decision_rows
from alpclusters.reports.evaluation.result_data import (
    agreement_rows,
    combined_records,
    item_records,
    opinion_rows,
    ranking_rows,
)
from alpclusters.reports.evaluation.results import EvaluationResults
from alpclusters.reports.evaluation.second_round_data import second_round_rows
from alpclusters.reports.evaluation_subject import is_vote

WITHHELD: Final = "withheld"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FIGURES: Final = (
    "n",
    "cannot_judge",
    "cannot_judge_share",
    "mean",
    "mean_low",
    "mean_high",
    "sd",
    "median",
    "median_low",
    "median_high",
    "lower_quartile",
    "upper_quartile",
    "median_interval_low",
    "median_interval_high",
    "median_interval_coverage",
    "consensus",
    "agree",
    "agree_share",
    "agree_share_low",
    "agree_share_high",
)

type ItemFacts = Mapping[Id, Mapping[str, object]]
type CsvRow = Sequence[object]


def summary_records(
    descriptions: Mapping[str, Description],
    facts: ItemFacts,
    results: EvaluationResults | None = None,
) -> list[dict[str, object]]:
    """Return one record per item; figures lie flat, or per criterion where there are several.

    Parameters
    ----------
    descriptions : mapping of str to Description
        Per criterion, all with the same items.
    facts : mapping
        Per item what is known besides figures, such as its words.
    results : EvaluationResults, optional
        Estimate, ranks, tier, agreement and opinion groups of each item.
    """
    first = next(iter(descriptions.values()))
    found = {name: item_records(results, name) for name in descriptions} if results else {}
    combined = combined_records(results) if results else {}
    return [
        {
            "item": item.measure,
            **facts.get(item.measure, {}),
            **_figures_by_criterion(place, descriptions, found),
            **({"all_criteria": combined.get(item.measure)} if combined else {}),
        }
        for place, item in enumerate(first.measures)
    ]


def _figures_by_criterion(
    place: int,
    descriptions: Mapping[str, Description],
    results: Mapping[str, Mapping[Id, Mapping[str, object]]],
) -> dict[str, object]:
    by_criterion = {
        name: {
            **_record(found.measures[place], found),
            **results.get(name, {}).get(found.measures[place].measure, {}),
        }
        for name, found in descriptions.items()
    }
    if len(by_criterion) == 1:
        return next(iter(by_criterion.values()))
    return {"criteria": by_criterion}


def _record(item: MeasureDescription, description: Description) -> dict[str, object]:
    record = item.as_record()
    figures = record.pop("summary") or {}
    record.pop("measure")
    if not record["splits"]:
        record.pop("splits")
    if is_vote(description) and item.summary:
        disagree, passed, _ = item.summary.counts
        record |= {"pass": passed, "disagree": disagree}
    return {**record, **figures}  # type: ignore[dict-item]


def write_json(path: Path, record: Mapping[str, object]) -> None:
    """Write a record as JSON that people can read too."""
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def write_tables(
    folder: Path,
    descriptions: Mapping[str, Description],
    facts: ItemFacts,
    results: EvaluationResults | None = None,
) -> None:
    """Write one table per part; groups, rounds and regions where there are some."""
    _write_csv(folder / "items.csv", _item_rows(descriptions, facts))
    _write_csv(folder / "distribution.csv", _distribution_rows(descriptions))
    if any(description.groups for description in descriptions.values()):
        _write_csv(folder / "groups.csv", _group_rows(descriptions))
    if results is not None:
        decisions = decision_rows(
            descriptions, results.by_criterion, lambda item: (item, _words(item, facts))
        )
        _write_csv(folder / "decisions.csv", decisions)
        _write_csv(folder / "ranking.csv", ranking_rows(results))
        _write_csv(folder / "agreement.csv", agreement_rows(results))
        _write_csv(folder / "opinion.csv", opinion_rows(results))
        if results.rounds:
            _write_csv(folder / "second_round.csv", second_round_rows(results))
        if any(found.common_ground for found in results.by_criterion.values()):
            _write_csv(folder / "denominators.csv", denominator_rows(results))


def _item_rows(descriptions: Mapping[str, Description], facts: ItemFacts) -> Iterable[CsvRow]:
    extra = list(dict.fromkeys(key for fact in facts.values() for key in fact))
    yield ("item", "criterion", *extra, "state", *_FIGURES)
    for criterion, description in descriptions.items():
        for item in description.measures:
            known = facts.get(item.measure, {})
            head = (item.measure, criterion, *(known.get(key) for key in extra), item.state)
            yield (*head, *_figures(item.summary))


def _distribution_rows(descriptions: Mapping[str, Description]) -> Iterable[CsvRow]:
    yield ("item", "criterion", "answer", "count")
    for criterion, description in descriptions.items():
        for item in description.measures:
            for answer, count in _answers(item, description):
                yield (item.measure, criterion, answer, count)


def _answers(item: MeasureDescription, description: Description) -> Iterable[tuple[object, object]]:
    points = [_plain_number(point) for point in description.conventions.scale]
    if item.summary is None:
        return [(answer, WITHHELD) for answer in (*points, "cannot_judge")]
    counts = (*item.summary.counts, item.summary.cannot_judge)
    return zip((*points, "cannot_judge"), counts, strict=True)


def _group_rows(descriptions: Mapping[str, Description]) -> Iterable[CsvRow]:
    yield ("item", "criterion", "split", "group", "state", *_FIGURES)
    for criterion, description in descriptions.items():
        for item in description.measures:
            for split, cells in item.splits.items():
                for cell in cells:
                    head = (item.measure, criterion, split, cell.group, cell.state)
                    yield (*head, *_figures(cell.summary))


def _figures(summary: Summary | None) -> tuple[object, ...]:
    if summary is None:
        return (None,) * len(_FIGURES)
    mean, median, agree = summary.mean_interval, summary.median_interval, summary.agree_interval
    values: dict[str, object] = {name: getattr(summary, name, None) for name in _FIGURES}
    values |= {
        "mean_low": mean and mean.low,
        "mean_high": mean and mean.high,
        "median_interval_low": median and median.low,
        "median_interval_high": median and median.high,
        "median_interval_coverage": median and median.coverage,
        "agree_share_low": agree and agree.low,
        "agree_share_high": agree and agree.high,
    }
    return tuple(values[name] for name in _FIGURES)


def _words(item: Id, facts: ItemFacts) -> str:
    return str(facts.get(item, {}).get("text") or "")


def _write_csv(path: Path, rows: Iterable[CsvRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_rows(stream, rows)


def write_rows(stream: TextIO, rows: Iterable[CsvRow], *, end: str = "\n") -> None:
    """Write rows as CSV, no cell of which a spreadsheet takes for a formula."""
    writer = csv.writer(stream, lineterminator=end)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; None stays empty."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return _plain_number(round(value, 12))
    return value


def _plain_number(value: float) -> int | float:
    return int(value) if value == int(value) else value
