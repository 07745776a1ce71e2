"""An evaluation to take away: its rows as CSV and JSON, the report as XLSX, DOCX and PDF."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import override

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    SPLITS,
    CriterionResult,
    Evaluation,
    word,
)
from alpclusters.platform.evaluation.domain.science import Ranked, SecondRoundResult
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.storage import to_json
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.blocks import Document
from alpclusters.reports.captions import file_name
from alpclusters.reports.evaluation.decisions import decision_rows
from alpclusters.reports.evaluation.files import write_rows
from alpclusters.reports.evaluation.report import build_evaluation_document
from alpclusters.reports.stored_results import criterion_results, results_of
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, written
from alpclusters.www.public.evaluations.stored import descriptions_of, subject_of

# --- An evaluation as rows of one table: criteria, groups, all criteria together, the top three


COMBINED: Final = "combined"
TOP_THREE: Final = "top_three"
OPINIONS: Final = "opinions"
_FIGURES: Final = (
    *("n", "cannot_judge", "cannot_judge_share", "mean", "median", "lower_quartile"),
    *("upper_quartile", "sd", "consensus", "agree_share"),
)
_INTERVALS: Final = ("mean_interval", "median_interval", "agree_interval")
_WEIGHTED: Final = ("weighted", "weighted_low", "weighted_high", "raked")
_COLUMNS: Final = (
    *("criterion", "measure", "measure_name", "split", "group", "group_name", "state", "round"),
    *_FIGURES,
    *(f"{name}_{end}" for name in _INTERVALS for end in ("low", "high")),
    "answers",
    *("estimate", "estimate_low", "estimate_high", "rank_low", "rank_high", "top_1", "top_3"),
    *("tier", "borderline", "outcome", "outcome_probability"),
    *("n_paired", "mean_change", "change_low", "change_high", "p_adjusted"),
    *("raised", "lowered", "stable"),
    *("common", "common_low", "common_high"),
    *("survives", "breakdown", "worst_1_25", "worst_1_5", "worst_2"),
    *(f"{name}_{split}" for split in SPLITS for name in _WEIGHTED),
    *("points", "n_choosing", "verdict", "about_person", "simulated"),
)


def columns_of(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the columns of its rows: of the answers one for each step of any scale."""
    steps = sorted({step for result in evaluation.criteria for step in result.scale.steps})
    place = _COLUMNS.index("answers")
    answers = tuple(f"answer_{step}" for step in steps)
    return (*_COLUMNS[:place], *answers, *_COLUMNS[place + 1 :])


type Row = Mapping[str, Any]
"""Cells by column; a missing one is empty."""


def evaluation_rows(evaluation: Evaluation, language: str) -> Iterator[Row]:
    """Yield one row per measure and criterion and per group, then over all criteria."""
    rounds = "+".join(map(str, evaluation.rounds))
    for one in _all_rows(evaluation, language):
        mark = "simulated" if evaluation.is_simulated else ""
        yield {**one, "round": rounds, "simulated": mark}


def _all_rows(evaluation: Evaluation, language: str) -> Iterator[Row]:
    for result in evaluation.criteria:
        yield from _criterion_rows(evaluation, result, language)
    for ranked in evaluation.combined.ranking.measures if evaluation.combined else ():
        head = _head(COMBINED, evaluation, ranked.measure, language)
        # Its estimates run from 0 to 1.
        yield {**head, "state": "shown", "n": ranked.n, **_model(ranked)}
    for line in evaluation.top_three.lines if evaluation.top_three else ():
        head = _head(TOP_THREE, evaluation, line.measure, language)
        state = "withheld" if line.points is None else "shown"
        n = evaluation.top_three.n_people if evaluation.top_three else None
        yield {**head, "state": state, "points": line.points, "n_choosing": n}
    found = evaluation.opinion
    if found is not None and found.verdict is not None:
        yield {
            "criterion": OPINIONS,
            "state": "shown",
            "n": found.n_people,
            "verdict": found.verdict,
        }


def _head(criterion: str, evaluation: Evaluation, measure: int, language: str) -> dict[str, Any]:
    item = evaluation.measure(measure)
    return {
        "criterion": criterion,
        "measure": item.key,
        "measure_name": word(item.names, language),
    }


def _criterion_rows(
    evaluation: Evaluation, result: CriterionResult, language: str
) -> Iterator[Row]:
    names: dict[tuple[str, Id | None], str] = {
        (split, group.key or None): word(group.names, language)
        for split, groups in evaluation.groups.items()
        for group in groups
    }
    for described in result.description.measures:
        measure = int(described.measure)
        head = _head(result.key, evaluation, measure, language)
        yield {
            **head,
            "state": described.state,
            **_figures(described.summary, result.scale),
            **_model(result.ranking.of(measure) if result.ranking else None),
            **_decision(result, measure),
            **_change(result.second_round, measure),
            **_common(result, measure),
            **_survived(result, measure),
            **_weighted(result, measure),
        }
        for split, cells in described.splits.items():
            for cell in cells:
                place = {"split": split, "group": cell.group or "", "state": cell.state}
                name = names.get((split, cell.group), "")
                value = _regional(result, measure, cell.group) if split == REGION else {}
                yield {
                    **head,
                    **place,
                    "group_name": name,
                    **_figures(cell.summary, result.scale),
                    **value,
                }
    for described in result.persons:
        measure = int(described.measure)
        yield {
            **_head(result.key, evaluation, measure, language),
            "state": described.state,
            **_figures(described.summary, result.scale),
            "about_person": evaluation.about_person(measure),
        }


def _figures(summary: Summary | None, scale: Scale) -> Row:
    if summary is None:
        return {}
    ends = {
        f"{name}_{end}": getattr(interval, end)
        for name in _INTERVALS
        for interval in [getattr(summary, name)]
        if interval
        for end in ("low", "high")
    }
    counted = zip(scale.steps, summary.counts, strict=True)
    answers = {f"answer_{step}": n for step, n in counted}
    return {**{name: getattr(summary, name) for name in _FIGURES}, **ends, **answers}


def _model(ranked: Ranked | None) -> Row:
    if ranked is None:
        return {}
    return {
        "estimate": ranked.estimate,
        "estimate_low": ranked.low,
        "estimate_high": ranked.high,
        "rank_low": ranked.rank_low,
        "rank_high": ranked.rank_high,
        "top_1": ranked.among_first(1),
        "top_3": ranked.among_first(3),
        "tier": ranked.tier,
        "borderline": None if ranked.tier is None else int(ranked.borderline),
    }


def _decision(result: CriterionResult, measure: int) -> Row:
    """Return the answer and its probability; of an open measure that of the likeliest class."""
    found = result.decisions.measures if result.decisions else ()
    item = next((one for one in found if one.measure == measure), None)
    if item is None:
        return {}
    chances = [part.value for part in item.probabilities]
    return {"outcome": item.outcome, "outcome_probability": max(chances, default=None)}


def _regional(result: CriterionResult, measure: int, group: Id | None) -> Row:
    """Return the model's value in a region."""
    found = result.regional.at(measure, str(group)) if result.regional else None
    if found is None:
        return {}
    return {
        "estimate": found.value,
        "estimate_low": found.low,
        "estimate_high": found.high,
    }


def _change(second: SecondRoundResult | None, measure: int) -> Row:
    """Return the change of the same people, what is withheld left empty."""
    compared = second.comparison.measures if second and second.comparison else ()
    item = next((one for one in compared if one.measure == measure), None)
    if item is None or item.change is None:
        return {}
    ends = item.change.interval
    moved = ("raised", "lowered", "stable")
    return {
        "n_paired": item.attendance.n_paired,
        "mean_change": item.change.mean,
        "change_low": ends.low if ends else None,
        "change_high": ends.high if ends else None,
        "p_adjusted": item.change.p_adjusted,
        **{name: getattr(item.migration, name, None) for name in moved},
    }


def _common(result: CriterionResult, measure: int) -> Row:
    found = result.common.found.measures if result.common and result.common.found else ()
    item = next((one for one in found if one.measure == measure), None)
    if item is None:
        return {}
    return {"common": item.verdict, "common_low": item.low, "common_high": item.high}


def _survived(result: CriterionResult, measure: int) -> Row:
    """Return what a headline survives."""
    item = result.weighting.of(measure) if result.weighting else None
    if item is None or item.breakdown is None:
        return {}
    return {
        "survives": item.breakdown.word,
        "breakdown": item.breakdown.gamma,
        **{f"worst_{gamma:g}".replace(".", "_"): value for gamma, value in item.worst},
    }


def _weighted(result: CriterionResult, measure: int) -> Row:
    """Return the figures weighted to each column, as exact as they are told."""
    found: dict[str, Any] = {}
    for weighting in (result.weighting, *result.weighted_further):
        item = weighting.of(measure) if weighting else None
        if weighting is None or item is None or item.modelled is None:
            continue
        model, raked = item.modelled, item.raked
        values = (model.value, model.low, model.high, raked.value if raked else None)
        names = (f"{name}_{weighting.margins[0].split}" for name in _WEIGHTED)
        found |= dict(zip(names, map(weighting.rounded, values), strict=True))
    return found


# --- An evaluation to take away: data as CSV and JSON, the report as XLSX, DOCX and PDF -----------


def file_of(snapshot: Snapshot, kind: str, language: str) -> TakenAway:
    """Make one file of a snapshot; ``kind`` is one of `pages.FORMATS`."""
    document = document_of(snapshot, language)
    if kind not in _DATA:
        return written(document, kind)
    content = _DATA[kind](snapshot, language)
    ending = "json" if kind == "json" else "csv"
    name = file_name(document, ending)
    if kind == "decisions":
        name = name.replace(".csv", "_decisions.csv")
    return TakenAway(name, CONTENT_TYPES[ending], content)


def document_of(snapshot: Snapshot, language: str) -> Document:
    """Build the report of a snapshot."""
    evaluation = evaluation_of(snapshot)
    subject = subject_of(snapshot, evaluation, language)
    with override(language):
        results = results_of(evaluation, language)
    return build_evaluation_document(
        descriptions_of(evaluation), subject=subject, language=language, results=results
    )


def _json(snapshot: Snapshot, language: str) -> bytes:  # noqa: ARG001 - holds all languages
    record = {
        "snapshot": snapshot.number,
        "made_at": snapshot.made_at.isoformat(),
        "digest": snapshot.digest,
        "simulated": snapshot.is_simulated,
        "evaluation": to_json(evaluation_of(snapshot)),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _csv(snapshot: Snapshot, language: str) -> bytes:
    out = io.StringIO(newline="")
    evaluation = evaluation_of(snapshot)
    writer = csv.DictWriter(out, columns_of(evaluation), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(evaluation_rows(evaluation, language))
    return _marked(out.getvalue())


def _decisions(snapshot: Snapshot, language: str) -> bytes:
    evaluation = evaluation_of(snapshot)
    results = {r.key: one for r in evaluation.criteria if (one := criterion_results(r)) is not None}
    known = {item.pk: (item.key, word(item.names, language)) for item in evaluation.measures}
    rows = decision_rows(descriptions_of(evaluation), results, lambda item: known[int(item)])
    out = io.StringIO(newline="")
    write_rows(out, rows, end="\r\n")
    return _marked(out.getvalue())


def _marked(text: str) -> bytes:
    """Set the mark before it that makes spreadsheets read the letters of five languages."""
    return f"\ufeff{text}".encode()


_DATA: Final[dict[str, Callable[[Snapshot, str], bytes]]] = {
    "csv": _csv,
    "decisions": _decisions,
    "json": _json,
}
