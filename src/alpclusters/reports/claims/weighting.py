"""What may be said of who was not in the room: whose figures, weighted to what, what survives."""

from collections.abc import Iterator, Mapping
from math import floor
from typing import Final

from alpclusters.analysis.claims import may_turn
from alpclusters.analysis.weighting import Breakdown
from alpclusters.platform.evaluation.domain.weighting_results import (
    MarginUse,
    Turn,
    WeighedItem,
    Weighting,
)
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.claims.wording import Claim, Wording, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, short
from alpclusters.reports.numbers import format_integer, format_number, format_percent

MAX_TURNS: Final = 1  # the group nearest to turning it; the data have all
MAX_NAME: Final = 70

_TOOK_PART: Final = register("weighting.took_part", _("All figures are of those who took part."))
_WEIGHTED: Final = register("weighting.weighted", _("Weighted to: %(sources)s."))
_WORTH: Final = register(
    "weighting.worth",
    _("Weighted to: %(sources)s. The %(n)s people are worth %(effective)s when weighted."),
)
_REFUSED: Final = register(
    "weighting.refused",
    _("Not weighted to %(sources)s: too few people answered, or too few groups are shown."),
)
_UNWEIGHTED: Final = register(
    "weighting.unweighted",
    _(
        "Nothing is weighted: no shares of groups outside the room were given. The "
        "figures are of those who took part, and of nobody else."
    ),
)
_RESTS_ABOVE: Final = register(
    "weighting.rests_above",
    _("Whether the rating lies above %(threshold)s rests on who came: %(names)s."),
)
_RESTS_AGREE: Final = register(
    "weighting.rests_agree", _("Whether more than half agree rests on who came: %(names)s.")
)
OBLIGATORY: Final = frozenset({_RESTS_ABOVE.kind, _RESTS_AGREE.kind})
"""Kinds that have to stand beside a headline where they are true."""
_SURVIVES: Final[Mapping[str, Wording]] = {
    "any": register("weighting.any", _("No weights up to 50 times for anybody would change this.")),
    "strong": register(
        "weighting.strong",
        _("Even a strong shift in who came would not change this (up to %(gamma)s times)."),
    ),
    "moderate": register(
        "weighting.moderate",
        _("This holds under a moderate shift in who came (up to %(gamma)s times)."),
    ),
    "rests_on_who_came": register(
        "weighting.rests_on_who_came",
        _("This rests on who came (it turns at weights of %(gamma)s times)."),
    ),
}
_AGREE: Final = register(
    "weighting.agree", _("More than half of those who took part agree (%(value)s).")
)
_NOT_AGREE: Final = register(
    "weighting.not_agree", _("Not more than half of those who took part agree (%(value)s).")
)
_ABOVE: Final = register(
    "weighting.above", _("Those who took part rate it above %(threshold)s (%(value)s).")
)
_NOT_ABOVE: Final = register(
    "weighting.not_above", _("Those who took part do not rate it above %(threshold)s (%(value)s).")
)
_WORST_SHARE: Final = register(
    "weighting.worst_share",
    _("In the worst case, with weights of up to %(gamma)s times, it is %(value)s."),
)
_WORST_MEAN: Final = register(
    "weighting.worst_mean", _("Weights of up to %(gamma)s times could bring the mean to %(value)s.")
)
_TURN: Final = register(
    "weighting.turn",
    _(
        "It would turn if %(share)s of the people belonged to “%(group)s” (%(split)s; here "
        "%(here)s)."
    ),
)


def whose_figures(
    found: Weighting | None, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    """Say before any figure whose figures these are, and which finding rests on who came.

    The last is an obligation: a headline that weights below 1.5 turn has to say so beside it.
    """
    yield _TOOK_PART.claim(language)
    if found is None:
        return
    if is_weighted(found):
        yield _WEIGHTED.claim(language, sources=sources(found, subject))
    yield from resting(found, subject, language)


def resting(found: Weighting, subject: EvaluationSubject, language: str) -> Iterator[Claim]:
    """Name the first findings that rest on who came, if any."""
    quoted = translator(language).gettext("“%(words)s”")
    names = [
        quoted % {"words": short(subject.item(item.item), MAX_NAME)}
        for item in found.items
        if item.breakdown is not None and item.breakdown.word == "rests_on_who_came"
    ]
    if names and found.is_share:
        yield _RESTS_AGREE.claim(language, names=", ".join(names))
    elif names:
        threshold = format_number(found.threshold, language, 1)
        yield _RESTS_ABOVE.claim(language, threshold=threshold, names=", ".join(names))


def weighted_to(found: Weighting, subject: EvaluationSubject, language: str) -> Claim:
    """Say what was weighted to, and what people are worth then; or that it could not be done."""
    if not found.margins:
        return unweighted(language)
    named = sources(found, subject)
    if not is_weighted(found):
        return _REFUSED.claim(language, sources=named)
    return _WORTH.claim(language, sources=named, n=found.n, effective=effective(found, language))


def unweighted(language: str) -> Claim:
    """Say that nothing is known of those who were not in the room."""
    return _UNWEIGHTED.claim(language)


def survival(
    item: WeighedItem, found: Weighting, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    """Say of a headline what it is, which shift it survives, and which group could turn it."""
    if item.breakdown is None:
        return
    yield _finding(item, found, language)
    yield _survives(item.breakdown, language)
    if item.worst:
        yield _worst(*item.worst[-1], found, language)
    told = [turn for turn in item.turns if _may_tell(turn, item)]
    for turn in sorted(told, key=lambda turn: abs(turn.share - turn.here))[:MAX_TURNS]:
        yield _turning(turn, subject, language)


def is_weighted(found: Weighting) -> bool:
    """Say whether any figure of a criterion is weighted."""
    return bool(found.margins) and any(item.modelled for item in found.items)


def sources(found: Weighting, subject: EvaluationSubject) -> str:
    """Name the columns that were weighted to, with source and year."""
    return "; ".join(
        f"{column(one, subject)} ({one.source}, {one.date[:4]})" for one in found.margins
    )


def column(margin: MarginUse, subject: EvaluationSubject) -> str:
    """Name the column of a margin."""
    return subject.split_names.get(margin.split, margin.column)


def effective(found: Weighting, language: str) -> str:
    """Return what the people are worth when weighted."""
    return format_integer(round(found.effective_n), language)


def _survives(survived: Breakdown, language: str) -> Claim:
    # Cut and not rounded: 2.97 is no shift of 3, and what holds must hold at the figure told.
    gamma = survived.gamma
    told = format_number(floor(gamma * 10) / 10, language, 1) if gamma else ""
    return _SURVIVES[survived.word].claim(language, gamma=told)


def _finding(item: WeighedItem, found: Weighting, language: str) -> Claim:
    is_above = item.plain > found.threshold
    if found.is_share:
        value = format_percent(item.plain, language)
        return (_AGREE if is_above else _NOT_AGREE).claim(language, value=value)
    return (_ABOVE if is_above else _NOT_ABOVE).claim(
        language,
        value=format_number(item.plain, language, 1),
        threshold=format_number(found.threshold, language, 1),
    )


def _worst(gamma: float, value: float, found: Weighting, language: str) -> Claim:
    """Say what the greatest weights asked about could make of a mean or a share."""
    most = format_number(gamma, language, 0)
    if found.is_share:
        return _WORST_SHARE.claim(language, gamma=most, value=format_percent(value, language))
    return _WORST_MEAN.claim(language, gamma=most, value=format_number(value, language, 1))


def _may_tell(turn: Turn, item: WeighedItem) -> bool:
    n_group = round(turn.here * item.n)
    return may_turn(turn.share, n_group, item.n - n_group)


def _turning(turn: Turn, subject: EvaluationSubject, language: str) -> Claim:
    return _TURN.claim(
        language,
        group=subject.group_names.get((turn.split, turn.group)) or str(turn.group),
        split=subject.split_names.get(turn.split, turn.split),
        share=format_percent(turn.share, language),
        here=format_percent(turn.here, language),
    )
