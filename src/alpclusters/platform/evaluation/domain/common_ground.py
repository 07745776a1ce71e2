"""What holds across borders within one AlpCafé, and how far people agree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from alpclusters.analysis.consensus import agreement_summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions, decide
from alpclusters.analysis.denominators import Denominators, common_denominators
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    is_clean,
    labels_of,
    open_groups,
)
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION
from alpclusters.platform.evaluation.domain.science import (
    FEWEST_COUNTRIES,
    FEWEST_REGIONS,
    AgreementLine,
    AgreementResult,
    CommonResult,
    RegionFigure,
)

if TYPE_CHECKING:
    from alpclusters.analysis.ranking import Ranking, RegionValues


# --- What holds across borders within one AlpCafé: regions that are shown, a stated rule ----------


LETTERS: Final = 2  # of the country in the code of a region
FEWEST_TO_COMPARE: Final = 2


def find_common(values: "RegionValues | None", opened: Opened) -> CommonResult:
    """Tell which measures reach the threshold in enough regions of enough countries.

    Regions of which anything is withheld are columns without figures: a verdict holds whether
    they reach the value or not.
    """
    shown = sorted(str(group) for group in open_groups([opened.description], REGION))
    hidden = sorted(_answering(opened) - set(shown))
    countries = {country_of(region) for region in shown}
    threshold = opened.scale.reached
    reasons = {
        "no_order": threshold is None,
        "too_few_in_regions": len(shown) < FEWEST_TO_COMPARE,
        "one_country": len(countries) < FEWEST_COUNTRIES,
        "too_few": values is None,
    }
    why = next((code for code, holds in reasons.items() if holds), "")
    people = {} if values is None else dict(zip(values.regions, values.n_raters, strict=True))
    return CommonResult(
        found=None
        if why or values is None or threshold is None
        else _judged(values, opened, threshold, hidden),
        reasons=(why,) if why else (),
        regions=tuple((r, country_of(r), people.get(r, 0)) for r in shown) if people else (),
        n_hidden=len(hidden),
        figures=() if values is None else tuple(_figures(values, opened)),
    )


def country_of(region: str) -> str:
    """Return the country of a region from its code.

    Examples
    --------
    >>> country_of("AT32")
    'AT'
    """
    return region[:LETTERS]


def _answering(opened: Opened) -> set[str]:
    """Return the regions with an answer, those that are not shown too."""
    return {
        str(cell.group)
        for item in opened.description.measures
        for cell in item.splits[REGION]
        if cell.group is not None and cell.state != "empty"
    }


def _judged(
    values: "RegionValues", opened: Opened, threshold: float, hidden: list[str]
) -> Denominators:
    regions: list[Id] = [*values.regions, *hidden]
    draws = values.draws()
    unknown = np.full((*draws.shape[:2], len(hidden)), np.nan)
    return common_denominators(
        np.concatenate([draws, unknown], axis=2),
        regions=regions,
        countries=[country_of(str(region)) for region in regions],
        threshold=threshold,
        min_countries=FEWEST_COUNTRIES,
        min_regions=min(FEWEST_REGIONS, len(values.regions)),
        # With whole columns open every measure of the ranking is a row of the model's table.
        measures=sorted(opened.measures),
    )


def _figures(values: "RegionValues", opened: Opened) -> Iterator[RegionFigure]:
    """Yield the values of the cells that are shown; the model knows open regions only."""
    measures, regions = sorted(opened.measures), [str(region) for region in values.regions]
    for row, column in np.argwhere((values.n > 0) & np.isfinite(values.values)):
        yield RegionFigure(
            measure=measures[row],
            region=regions[column],
            n=int(values.n[row, column]),
            value=float(values.values[row, column]),
            error=float(values.standard_errors[row, column]),
        )


# --- How far people agree, per measure and over all measures that are shown -----------------------


def agree_on(opened: Opened) -> AgreementResult:
    """Sum up the agreement on one criterion."""
    found = agreement_summary(opened.ratings)
    alpha, order = found.alpha_ordinal, found.concordance
    ends = alpha.interval if alpha else None
    return AgreementResult(
        measures=tuple(
            AgreementLine(int(line.measure), line.n or 0, line.consensus, line.ipr)
            for line in found.measures
            if line.state == "shown"
        ),
        alpha=alpha.value if alpha else None,
        alpha_low=ends.low if ends else None,
        alpha_high=ends.high if ends else None,
        alpha_reasons=alpha.reasons if alpha else (),
        w=order.w if order else None,
        n_raters=found.n_raters,
        status=found.status,
        reasons=found.reasons,
        conventions=found.conventions,
        summary=found,
    )


# --- One answer per measure on one criterion, from the answers of which the ranking is made -------
#
# Groups are the regions whose counts are told for every measure, everybody else together as one:
# answers that are dealt out anew within regions know of no camps, and of no stakeholder groups.


def decide_on(ranking: "Ranking", opened: Opened, regions: Labels) -> Decisions | None:
    """Put each measure into one of the classes, or call it open; None without a ranking."""
    if ranking.status == "undefined":
        return None
    return decide(ranking, opened.ratings, groups=_groups(opened, regions))


def _groups(opened: Opened, regions: Labels) -> dict[Id, Id | None]:
    """Return the group of each person; none where a region is withheld on any measure."""
    if not is_clean(opened.description, REGION):
        return {}
    named = open_groups([opened.description], REGION)
    found = labels_of(regions, named)
    return {who: found.get(who) or OTHERS for who in opened.ratings.rater_ids} if named else {}
