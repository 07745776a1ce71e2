"""What ratings allow to be said of the first places, and of how many are behind."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.claims import Estimate, Standing, sole_leader, standing, within_reach
from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.denominators import Denominators
from alpclusters.analysis.ranking import Ranking
from alpclusters.analysis.second_round import Comparison
from alpclusters.platform.evaluation.domain.science import TopThreeResult
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop, translator
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated, short
from alpclusters.reports.numbers import (
    Measured,
    format_change,
    format_interval,
    format_n,
    format_number,
    needed_decimals,
)

MOST_NAMED: Final = 3

_NOTHING_YET: Final = register("ratings.nothing_yet", _("No ratings yet"))
_BANDS: Final = register(
    "ratings.bands_only", _("Too few people rated for means: three bands are shown")
)
_PROTECTED: Final = register(
    "ratings.protected", _("No mean can be shown without telling what single people answered")
)
_PEOPLE: Final = register(
    "ratings.people", ngettext_noop("%(n)s person has rated.", "%(n)s people have rated.")
)
_TIERS: Final = register(
    "ratings.tiers",
    ngettext_noop("The ratings tell %(n)s tier apart", "The ratings tell %(n)s tiers apart"),
)
_NOT_APART: Final = register("ratings.not_apart", _("These ratings do not tell the measures apart"))
_BEHIND: Final = register(
    "ratings.behind",
    ngettext_noop(
        "%(k)s of %(n)s measures lies clearly behind the first",
        "%(k)s of %(n)s measures lie clearly behind the first",
    ),
    count="k",
)
_AT_LEAST_HALF: Final = register(
    "ratings.at_least_half", _("At least half of the people chose “%(anchor)s” or higher")
)
_HALF_OF: Final = register(
    "ratings.half_of",
    _("%(name)s: at least half of the people chose “%(anchor)s” or higher"),
)
_IN_CAFES: Final = register(
    "ratings.half_in_cafes",
    ngettext_noop(
        "In %(k)s of %(n)s AlpCafé with figures at least half of the people chose “%(anchor)s” or "
        "higher",
        "In %(k)s of %(n)s AlpCafés with figures at least half of the people chose “%(anchor)s” or "
        "higher",
    ),
)
_RATINGS_MEASURES: Final = {
    "alone": register(
        "ratings.alone", _("%(name)s is rated highest of the %(all)s measures shown")
    ),
    "ahead": register(
        "ratings.ahead",
        _("%(name)s is ahead, but not surely first of the %(all)s measures shown"),
    ),
    "group": register(
        "ratings.group",
        _("Rated highest of the %(all)s measures shown, but not told apart: %(names)s"),
    ),
    "many": register(
        "ratings.many",
        ngettext_noop(
            "%(n)s of the %(all)s measures shown is rated highest",
            "%(n)s of the %(all)s measures shown are rated highest and not told apart",
        ),
    ),
    "none": register("ratings.none", _("No measure stands out")),
}
_RATINGS_STATEMENTS: Final = {
    "alone": register(
        "statements.alone", _("%(name)s is rated highest of the %(all)s statements shown")
    ),
    "ahead": register(
        "statements.ahead",
        _("%(name)s is ahead, but not surely first of the %(all)s statements shown"),
    ),
    "group": register(
        "statements.group",
        _("Rated highest of the %(all)s statements shown, but not told apart: %(names)s"),
    ),
    "many": register(
        "statements.many",
        ngettext_noop(
            "%(n)s of the %(all)s statements shown is rated highest",
            "%(n)s of the %(all)s statements shown are rated highest and not told apart",
        ),
    ),
    "none": register("statements.none", _("No statement stands out")),
}


def standing_of_ranking(ranking: Ranking) -> Standing[Id]:
    """Return what the tiers allow to be said; they are of all items of the evaluation."""
    ranks = {item.measure: item.rank_interval for item in ranking.measures}
    first = ranking.tiers[0].measures if ranking.tiers else ()
    return standing(ranking.tiers, ranks.get(first[0]) if first else None)


def standing_of_means(items: Sequence[Rated]) -> Standing[Id]:
    """Return what means with their intervals allow to be said, where there are no tiers."""
    estimates = [estimate_of(item) for item in items]
    reached = within_reach(estimates)
    first = tuple(one.item for one in reached) if len(reached) < len(items) else ()
    is_alone = sole_leader(estimates) is not None
    return Standing(first, len(items), 2 if first else 1, is_alone)


def estimate_of(item: Rated) -> Estimate[Id]:
    """Return the mean of an item with its interval."""
    ends = item.summary.mean_interval
    low, high = (ends.low, ends.high) if ends else (None, None)
    return Estimate(item.id, item.summary.mean or 0.0, low, high, item.summary.n)


def leading(
    found: Standing[Id], subject: EvaluationSubject, language: str, *, is_vote: bool = False
) -> Claim:
    """Say what stands first, among how many, and whether that is sure: never more."""
    words = _RATINGS_STATEMENTS if is_vote else _RATINGS_MEASURES
    base = found.base
    if not base:
        return _NOTHING_YET.claim(language)
    if not found.first:
        return words["none"].claim(language)
    names = [_quoted(subject.item(item), language) for item in found.first]
    if len(names) == 1:
        return words["alone" if found.is_alone else "ahead"].claim(
            language, name=names[0], all=base
        )
    if len(names) <= MOST_NAMED:
        return words["group"].claim(language, names=", ".join(names), all=base)
    return words["many"].claim(language, n=len(names), all=base)


def stated(
    description: Description, items: Sequence[Rated], subject: EvaluationSubject, language: str
) -> Claim:
    """Say what leads by means; where no mean is shown, why not."""
    if items:
        return leading(standing_of_means(items), subject, language)
    if all(one.state == "empty" for one in description.measures):
        return nothing_yet(language)
    has_bands = any(one.coarse and one.coarse.counts for one in description.measures)
    return (_BANDS if has_bands else _PROTECTED).claim(language)


def nothing_yet(language: str) -> Claim:
    """Say that nobody rated."""
    return _NOTHING_YET.claim(language)


def people(n: int, language: str) -> Claim:
    """Say how many people rated."""
    return _PEOPLE.claim(language, n=n)


def tiers(ranking: Ranking, language: str) -> Claim:
    """Say how many tiers the ratings tell apart."""
    n = len(ranking.tiers)
    return _NOT_APART.claim(language) if n == 1 else _TIERS.claim(language, n=n)


def behind(items: Sequence[Rated], subject: EvaluationSubject, language: str) -> Claim:
    """Say how many measures lie clearly behind the first."""
    n_behind = len(items) - len(within_reach([estimate_of(item) for item in items]))
    if not n_behind:
        return leading(standing_of_means(items), subject, language)
    return _BEHIND.claim(language, k=n_behind, n=len(items))


def means_lead(items: Sequence[Rated], language: str) -> str:
    """Give the leading means with interval and n, at most three."""
    if not items:
        return _NOTHING_YET.say(language)
    by_id = {item.id: item for item in items}
    reached = within_reach([estimate_of(item) for item in items])[:MOST_NAMED]
    return "; ".join(_mean_words(by_id[one.item], language) for one in reached) + "."


def at_least_half(anchor: str, language: str, *, name: str = "") -> Claim:
    """Say from which step on at least half of the people chose: the lower median."""
    if not name:
        return _AT_LEAST_HALF.claim(language, anchor=anchor)
    return _HALF_OF.claim(language, name=name, anchor=anchor)


def half_in_cafes(n_high: int, n_all: int, anchor: str, language: str) -> Claim:
    """Say in how many AlpCafés at least half of the people chose a step or a higher one."""
    return _IN_CAFES.claim(language, k=n_high, n=n_all, anchor=anchor)


def _mean_words(item: Rated, language: str) -> str:
    summary, parts = item.summary, [format_number(item.summary.mean or 0.0, language, 2)]
    if summary.mean_interval:
        ends = summary.mean_interval
        parts.append(f"({format_interval(ends.low, ends.high, language, 2)})")
    return f"{short(item.name)}: {' '.join(parts)}, {format_n(summary.n, language)}"


def _quoted(name: str, language: str) -> str:
    return translator(language).gettext("“%(words)s”") % {"words": short(name)}


# --- What the points of the top three allow to be said: a count of those who chose, no estimate


_TOP_THREE_ONE: Final = register(
    "top_three.one", _("%(name)s has most points of the %(all)s measures shown")
)
_TOP_THREE_SEVERAL: Final = register(
    "top_three.several",
    ngettext_noop(
        "%(n)s of the %(all)s measures shown has most points",
        "%(n)s of the %(all)s measures shown have most points alike",
    ),
)


def most_points(found: TopThreeResult, subject: EvaluationSubject, language: str) -> Claim:
    """Name what has most points, or say how many share the first place."""
    shown = [line for line in found.lines if line.points is not None]
    most = shown[0].points
    first = [line for line in shown if line.points == most]
    if len(first) > 1:
        return _TOP_THREE_SEVERAL.claim(language, n=len(first), all=len(shown))
    words = {"words": short(subject.item(first[0].measure))}
    name = translator(language).gettext("“%(words)s”") % words
    return _TOP_THREE_ONE.claim(language, name=name, all=len(shown))


# --- What two rounds of the same people allow to be said of a change ------------------------------


_CHANCE: Final = register("rounds.chance", _("No change can be told from chance"))
_ROUNDS_ONE: Final = register(
    "rounds.one", _("“%(name)s” was rated differently (%(change)s), the others not surely")
)
_ROUNDS_SEVERAL: Final = register(
    "rounds.several",
    ngettext_noop(
        "%(n)s of %(all)s item changed more than by chance",
        "%(n)s of %(all)s items changed more than by chance",
    ),
)


def changed(
    comparison: Comparison, subject: EvaluationSubject, language: str, on: Measured | None = None
) -> Claim:
    """Say what changed beyond chance; which of several changed most is not told apart."""
    level = 1 - (comparison.conventions.level or LEVEL)
    tested = [item for item in comparison.measures if item.change is not None]
    moved = [
        (item.measure, item.change.mean)
        for item in tested
        if item.change and item.change.p_adjusted is not None and item.change.p_adjusted <= level
    ]
    if not moved:
        return _CHANCE.claim(language)
    if len(moved) > 1:
        return _ROUNDS_SEVERAL.claim(language, n=len(moved), all=len(tested))
    measure, mean = moved[0]
    change = format_change(mean, on, language, max(1, needed_decimals([mean])))
    if on is not None and on.is_share:
        text = translator(language).gettext("%(change)s percentage points")
        change = text % {"change": change}
    return _ROUNDS_ONE.claim(language, name=short(subject.item(measure)), change=change)


# --- What values by region allow to be said of what holds across borders --------------------------


_NOTHING: Final = register("across.nothing", _("Nothing can be proposed as a common denominator"))
_DENOMINATORS_ONE: Final = register(
    "across.one", _("“%(name)s” is proposed as a common denominator")
)
_DENOMINATORS_MEASURES: Final = register(
    "across.measures",
    ngettext_noop(
        "%(n)s of %(all)s measures is proposed as a common denominator",
        "%(n)s of %(all)s measures are proposed as common denominators",
    ),
)
_DENOMINATORS_STATEMENTS: Final = register(
    "across.statements",
    ngettext_noop(
        "%(n)s of %(all)s statements is proposed as a common denominator",
        "%(n)s of %(all)s statements are proposed as common denominators",
    ),
)


def across(found: Denominators | None, subject: EvaluationSubject, language: str) -> Claim:
    """Name the item that holds across borders by the rule, or count them."""
    common = found.common() if found else ()
    if not common or found is None:
        return _NOTHING.claim(language)
    if len(common) == 1:
        return _DENOMINATORS_ONE.claim(language, name=short(subject.item(common[0])))
    words = _DENOMINATORS_STATEMENTS if subject.item_word == "statement" else _DENOMINATORS_MEASURES
    return words.claim(language, n=len(common), all=len(found.measures))
