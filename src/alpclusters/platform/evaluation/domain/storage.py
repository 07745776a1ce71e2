"""Evaluation records to JSON and back, in one canonical form with a digest."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from hashlib import sha256
from typing import Any, Final

from alpclusters.analysis.consensus import (
    Coarse,
    Description,
    GroupCell,
    Interval,
    MeasureDescription,
    Summary,
)
from alpclusters.analysis.decisions import Decisions
from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.evaluation.domain.arriving import stored_arrivals, stored_top_three
from alpclusters.platform.evaluation.domain.coarsening import stored_opinion
from alpclusters.platform.evaluation.domain.plain import (
    from_plain,
    read_conventions,
    to_plain,
    tupled,
)
from alpclusters.platform.evaluation.domain.records import (
    FORMAT,
    READABLE,
    SPLITS,
    Again,
    CriterionResult,
    Evaluation,
    Group,
    Item,
    PersonItem,
    Protection,
    Words,
)
from alpclusters.platform.evaluation.domain.science import (
    AgreementResult,
    CombinedResult,
    CommonResult,
    RankingResult,
    RegionalResult,
    SecondRoundResult,
)
from alpclusters.platform.evaluation.domain.weighting_results import Weighting

DECIMALS: Final = 9
"""Figures are stored to 9 decimals: the last bits differ between builds of NumPy."""

type Json = dict[str, Any]
_INTERVALS: Final = ("mean_interval", "median_interval", "agree_interval")


def to_json(evaluation: Evaluation) -> Json:
    """Return what is stored of an evaluation."""
    record: Json = {
        "format": FORMAT,
        "title": dict(evaluation.title),
        "held_on": evaluation.held_on,
        "project": evaluation.project,
        "region": dict(evaluation.region),
        "n_people": evaluation.n_people,
        "n_ratings": evaluation.n_ratings,
        "n_cannot_judge": evaluation.n_cannot_judge,
        "measures": [asdict(item) for item in evaluation.measures],
        "criteria": [_criterion(result) for result in evaluation.criteria],
        "groups": {
            split: [asdict(group) for group in groups]
            for split, groups in evaluation.groups.items()
        },
        "is_simulated": evaluation.is_simulated,
        "combined": to_plain(evaluation.combined),
        "opinion": to_plain(evaluation.opinion),
        "rounds": list(evaluation.rounds),
        "again": [asdict(item) for item in evaluation.again],
        "arrivals": to_plain(evaluation.arrivals),
        "top_three": to_plain(evaluation.top_three),
        "protection": to_plain(evaluation.protection),
        **({} if evaluation.best_k is None else {"best_k": evaluation.best_k}),
    }
    if evaluation.persons:
        record["persons"] = [asdict(one) for one in evaluation.persons]
    stored: Json = _plain(record)
    return stored


def from_json(data: Mapping[str, Any]) -> Evaluation:
    """Return the evaluation that was stored.

    Raises
    ------
    InputError
        Stored by a newer version of the program.
    """
    if data.get("format") not in READABLE:
        code = "snapshot.format"
        raise InputError(
            code, where=Where(field="format"), found=str(data.get("format")), expected=str(FORMAT)
        )
    return Evaluation(
        title=data["title"],
        held_on=data["held_on"],
        project=data["project"],
        region=data["region"],
        n_people=data["n_people"],
        n_ratings=data["n_ratings"],
        n_cannot_judge=data["n_cannot_judge"],
        measures=tuple(Item(**item) for item in data["measures"]),
        criteria=tuple(_read_criterion(record) for record in data["criteria"]),
        groups={
            split: tuple(Group(**group) for group in groups)
            for split, groups in _by_split(data["groups"])
        },
        is_simulated=data["is_simulated"],
        combined=from_plain(CombinedResult, data.get("combined")),
        opinion=stored_opinion(data.get("opinion")),
        # Until format 3 all figures were of one round.
        rounds=tuple(data.get("rounds") or (data.get("round", 1),)),
        again=tuple(Again(**item) for item in data.get("again", ())),
        arrivals=stored_arrivals(data.get("arrivals")),
        top_three=stored_top_three(data.get("top_three")),
        protection=from_plain(Protection, data.get("protection")),
        # Since statements about the person stand apart.
        persons=tuple(
            PersonItem(Item(**one["item"]), one["status"]) for one in data.get("persons", ())
        ),
        best_k=data.get("best_k"),
    )


def canonical(data: Mapping[str, Any]) -> bytes:
    """Write JSON so that equal content gives equal bytes: sorted keys, NFC, no spaces."""
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return unicodedata.normalize("NFC", text).encode()


def digest_of(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal digits."""
    return sha256(canonical(data)).hexdigest()


def _plain(value: Any) -> Any:
    """Reduce to what JSON knows; whole numbers stay whole, figures get nine decimals."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        # -0.0 and 0.0 are one number but two texts.
        return round(value, DECIMALS) + 0.0
    return value


def _criterion(result: CriterionResult) -> Json:
    persons = {"persons": [one.as_record() for one in result.persons]} if result.persons else {}
    return {
        **persons,
        "pk": result.pk,
        "key": result.key,
        "names": dict(result.names),
        "questions": dict(result.questions),
        "scale": result.scale.as_record(),
        "description": result.description.as_record(),
        "ranking": to_plain(result.ranking),
        "regional": to_plain(result.regional),
        "agreement": to_plain(result.agreement),
        "second_round": to_plain(result.second_round),
        "common": to_plain(result.common),
        "decisions": to_plain(result.decisions),
        "weighting": to_plain(result.weighting),
        "weighted_further": to_plain(result.weighted_further),
    }


def _by_split[T](record: Mapping[str, T]) -> list[tuple[str, T]]:
    """Return splits in the order of SPLITS: PostgreSQL stores shorter keys first."""
    return sorted(record.items(), key=lambda item: (*SPLITS, item[0]).index(item[0]))


def _read_scale(record: Mapping[str, Any]) -> Scale:
    """Read the scale; snapshots of before know the words of 1 to 5 only."""
    if "scale" in record:
        return Scale.read(record["scale"])
    words: Sequence[Words] = record["anchors"]
    return Scale(Kind.ORDERED, tuple(range(1, len(words) + 1)), tuple(words))


def _read_criterion(record: Mapping[str, Any]) -> CriterionResult:
    return CriterionResult(
        pk=record["pk"],
        key=record["key"],
        names=record["names"],
        questions=record["questions"],
        scale=_read_scale(record),
        description=_read_description(record["description"]),
        ranking=from_plain(RankingResult, record.get("ranking")),
        regional=from_plain(RegionalResult, record.get("regional")),
        agreement=from_plain(AgreementResult, record.get("agreement")),
        second_round=from_plain(SecondRoundResult, record.get("second_round")),
        common=from_plain(CommonResult, record.get("common")),
        decisions=from_plain(Decisions, record.get("decisions")),
        weighting=from_plain(Weighting, record.get("weighting")),
        weighted_further=from_plain(tuple[Weighting, ...], record.get("weighted_further")) or (),
        persons=tuple(_read_measure(item) for item in record.get("persons", ())),
    )


def _read_description(record: Mapping[str, Any]) -> Description:
    return Description(
        measures=tuple(_read_measure(item) for item in record["measures"]),
        groups={split: tuple(groups) for split, groups in _by_split(record["groups"])},
        n_raters=record["n_raters"],
        cast=record["cast"],
        standing=record["standing"],
        conventions=read_conventions(record["conventions"]),
        status=record["status"],
        reasons=tuple(record["reasons"]),
    )


def _read_measure(record: Mapping[str, Any]) -> MeasureDescription:
    splits = {
        split: tuple(
            GroupCell(
                cell["group"],
                cell["state"],
                _read_summary(cell["summary"]),
                _read_coarse(cell.get("coarse")),
            )
            for cell in cells
        )
        for split, cells in _by_split(record["splits"])
    }
    summary = _read_summary(record["summary"])
    coarse = _read_coarse(record.get("coarse"))
    return MeasureDescription(record["measure"], record["state"], summary, splits, coarse)


def _read_coarse(record: Mapping[str, Any] | None) -> Coarse | None:
    if record is None:
        return None
    counts = record["counts"]
    return Coarse(
        bands=tuple(tuple(band) for band in record["bands"]),
        counts=None if counts is None else tuple(counts),
        nearly_all=record["nearly_all"],
    )


def _read_summary(record: Mapping[str, Any] | None) -> Summary | None:
    if record is None:
        return None
    values = {name.name: tupled(record[name.name]) for name in fields(Summary)}
    for name in _INTERVALS:
        values[name] = Interval(**record[name]) if record[name] else None
    return Summary(**values)
