"""What lessons, outcomes, a network and a plan allow to be said."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import override

from alpclusters.analysis.claims import Direction, Estimate, direction, sole_leader
from alpclusters.platform.evidence.domain.grading import showing
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.platform.policy.domain.records import EvidenceLine, PlanRecord
from alpclusters.reports.claims.wording import Claim, Wording, find, register
from alpclusters.reports.numbers import format_figure, format_figures, format_integer, format_n

# --- Lessons: their reasons in numbers ------------------------------------------------------------


register("lesson.amount", showing.AMOUNT)
register("lesson.lasting", showing.LASTING)
register("lesson.source", showing.SOURCE)
register("lesson.relevance", showing.RELEVANCE)
register("lesson.against", showing.AGAINST)
register("lesson.nothing_against", showing.NOTHING_AGAINST)


def lesson_claims(grading: Mapping[str, Any], language: str) -> list[Claim]:
    """Return what may be said of a lesson.

    Parameters
    ----------
    grading : mapping
        As `grading_of` derives it from the evidence of this moment.
    language : str
    """
    with override(language):
        said = [
            showing.reason_words(reason["rule"], reason["numbers"], grading.get("coding", {}))
            for reason in grading.get("reasons", ())
        ]
    return [claim for text in said for claim in find(text, language)]


# --- What the outcomes of earlier initiatives allow to be said of types of measures ---------------


_MOST_OFTEN: Final = register(
    "synthesis.most_often",
    _("“%(name)s” goes on most often of the %(all)s types shown, as far as known"),
)
_NOT_APART: Final = register(
    "synthesis.not_apart",
    _("Which of the %(all)s types shown goes on most often is not told apart"),
)


def goes_on(types: Sequence[Estimate[str]], language: str) -> Claim | None:
    """Name the type that goes on most often where its interval clears every other.

    Returns
    -------
    Claim or None
        None where there are no others.
    """
    if len(types) < 2:  # noqa: PLR2004 - a superlative needs others
        return None
    first = sole_leader(types)
    if first is None:
        return _NOT_APART.claim(language, all=len(types))
    return _MOST_OFTEN.claim(language, name=first.item, all=len(types))


# --- What a network allows to be said: pairs with fewer ties than expected, changes in time -------


type Ends = tuple[float | None, float | None]

_ONE_PAIR: Final = register(
    "network.pair_missing", _("Fewer ties than expected between %(a)s and %(b)s")
)
_PAIRS: Final = register(
    "network.pairs_missing",
    ngettext_noop(
        "%(n)s of %(all)s pair has fewer ties than expected, its uncertainty included",
        "%(n)s of %(all)s pairs have fewer ties than expected, their uncertainty included",
    ),
)
_NO_PAIR: Final = register("network.no_pair", _("No pair surely has fewer ties than expected"))
_CHANGES: Final[Mapping[Direction, Wording]] = {
    "higher": register("network.higher", _("%(what)s: higher in %(b)s than in %(a)s")),
    "lower": register("network.lower", _("%(what)s: lower in %(b)s than in %(a)s")),
    "not_clear": register("network.not_clear", _("%(what)s: no clear change from %(a)s to %(b)s")),
}


def missing(pairs: list[tuple[str, str]], n_compared: int, language: str) -> Claim | None:
    """Say between whom ties are missing; which of several lacks most is not told apart.

    Parameters
    ----------
    pairs : list of (str, str)
        Names of the pairs whose interval excludes what was expected.
    n_compared : int
        Pairs with an expectation, those that are not missing included.
    language : str

    Returns
    -------
    Claim or None
        None where nothing was expected of any pair.
    """
    if len(pairs) == 1:
        return _ONE_PAIR.claim(language, a=pairs[0][0], b=pairs[0][1])
    if pairs:
        return _PAIRS.claim(language, n=len(pairs), all=n_compared)
    return _NO_PAIR.claim(language) if n_compared else None


def change(
    what: str, before: tuple[str, Ends], after: tuple[str, Ends], language: str
) -> Claim | None:
    """Say whether the last two windows surely differ: only where their intervals are apart.

    Returns
    -------
    Claim or None
        None where an interval is missing.
    """
    found = direction(before[1], after[1])
    if found is None:
        return None
    return _CHANGES[found].claim(language, what=what, a=before[0], b=after[0])


# --- What a plan allows to be said of its actions on a day ----------------------------------------


_BEGUN: Final = register(
    "plan.begun",
    ngettext_noop(
        "%(k)s of %(n)s action should have begun", "%(k)s of %(n)s actions should have begun"
    ),
)
_WAITING: Final = register(
    "plan.waiting",
    ngettext_noop(
        "%(k)s of %(n)s action waits for another", "%(k)s of %(n)s actions wait for others"
    ),
)
_FIGURES: Final = register(
    "finding.figures", _("%(mean)s of %(high)s, 90%% interval %(interval)s, %(n)s")
)
_MEAN: Final = register("finding.mean", _("%(mean)s of %(high)s, no interval, %(n)s"))
_SHARE: Final = register(
    "finding.share", _("share of yes %(mean)s, 90%% interval %(interval)s, %(n)s")
)
_SHARE_ALONE: Final = register(
    "finding.share_alone", _("share of yes %(mean)s, no interval, %(n)s")
)


def plan_claims(record: PlanRecord, language: str) -> list[Claim]:
    """Derive what may be said of a plan on the day of its record, findings behind it included."""
    starts = [line.starts_on for line in record.outlines]
    return [
        should_have_begun(starts, record.today, language),
        waiting(record.edges, len(record.outlines), language),
        *(said for line in record.evidence if (said := figures(line, language)) is not None),
    ]


def figures(line: EvidenceLine, language: str) -> Claim | None:
    """Write a rating behind a plan with its interval and n; None where there is no figure."""
    if line.estimate is None or line.n is None or line.scale is None:
        return None
    values = {
        "mean": format_figure(line.estimate, line.scale, language),
        "n": format_n(line.n, language),
    }
    has_interval = line.low is not None and line.high is not None
    if has_interval:
        values["interval"] = format_figures(line.low or 0, line.high or 0, line.scale, language)
    if line.scale.is_share:
        return (_SHARE if has_interval else _SHARE_ALONE).claim(language, **values)
    values["high"] = format_integer(line.scale.ends[1], language)
    return (_FIGURES if has_interval else _MEAN).claim(language, **values)


def should_have_begun(starts: Sequence[date | None], today: date, language: str) -> Claim:
    """Say how many of all actions of a plan have a start that is past."""
    begun = sum(1 for day in starts if day is not None and day <= today)
    return _BEGUN.claim(language, k=begun, n=len(starts))


def waiting(edges: Sequence[tuple[int, int, int]], n_actions: int, language: str) -> Claim:
    """Say how many actions of a plan come after another one; edges are (before, after, lag)."""
    return _WAITING.claim(language, k=len({after for _, after, _ in edges}), n=n_actions)
