"""Common denominators: proposed by the numbers, decided by people with a reason."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.scales import Scale
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.evaluation.domain.across import Across, across_project
from alpclusters.platform.evaluation.domain.science import FEWEST_COUNTRIES, FEWEST_REGIONS
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.domain.strengths import Rated, rated_of, weakest_of, with_evidence
from alpclusters.platform.policy.models import Recommendation

# --- Which recommendations the numbers propose as common denominators, and how sure that is -------


class Proposal(StrEnum):
    """What the numbers say of a recommendation as a common denominator."""

    PROPOSED = "proposed"
    OPEN = "open"
    REGIONAL = "regional"
    NOT_COMMON = "not_common"
    DIVIDED = "divided"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One recommendation with the verdict of the numbers."""

    recommendation: Recommendation
    proposal: Proposal
    rated: Rated | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """All recommendations of a project under one rule.

    Attributes
    ----------
    lines : tuple of ProposalLine
    expected_false : float
        Expected number of false ones among those proposed: the sum of 1 - P.
    scales : tuple of Scale
        What a value must reach, of each scale once.
    min_countries, min_regions : int
        The rule as applied on the pages of the evaluations.
    n_regions : int
        Regions that can be estimated.
    """

    lines: tuple[ProposalLine, ...]
    expected_false: float
    scales: tuple[Scale, ...]
    min_countries: int
    min_regions: int
    n_regions: int

    @property
    def n_proposed(self) -> int:
        """How many the numbers propose."""
        return sum(line.proposal is Proposal.PROPOSED for line in self.lines)


def proposals_of(project: Project) -> Proposals:
    """Judge every recommendation of a project that is not for one region alone."""
    across = across_project(project)
    rows = with_evidence(project.recommendations.filter(region__isnull=True).order_by("pk"))
    lines = tuple(_line(one, across) for one in rows)
    return Proposals(
        lines=lines,
        expected_false=expected_false(lines),
        scales=_scales(across),
        min_countries=FEWEST_COUNTRIES,
        min_regions=max((line.rated.min_regions for line in lines if line.rated), default=0)
        or FEWEST_REGIONS,
        n_regions=len({region for one in across.criteria for region in one.regions}),
    )


def _scales(across: Across) -> tuple[Scale, ...]:
    """Return one scale for each bar; before anything was rated those of the usual criteria."""
    known = [one.scale for one in across.criteria]
    if not known:
        known = list(Criterion.objects.filter(is_default=True).values_list("scale", flat=True))
    bars = {(one.reached, one.ends): one for one in known if one.reached is not None}
    return tuple(bars[bar] for bar in sorted(bars))


def expected_false(lines: Collection[ProposalLine]) -> float:
    """Return how many of those proposed are expected to be none."""
    proposed = [line.rated for line in lines if line.proposal is Proposal.PROPOSED]
    return sum(
        1 - rated.probability for rated in proposed if rated and rated.probability is not None
    )


def proposal_of(rated: Rated | None) -> Proposal:
    """Turn a verdict into what is proposed."""
    if rated is None or rated.denominator is None or rated.denominator.verdict is None:
        return Proposal.UNDEFINED
    if rated.denominator.is_divided:
        return Proposal.DIVIDED
    match rated.denominator.verdict:
        case "common":
            return Proposal.PROPOSED
        case "not_common":
            return Proposal.REGIONAL if rated.fit_regions else Proposal.NOT_COMMON
        case _:
            return Proposal.OPEN


def _line(one: Recommendation, across: Across) -> ProposalLine:
    rated = weakest_of(rated_of(one.findings.all(), across))
    return ProposalLine(one, proposal_of(rated), rated)


# --- People confirm, decline or declare a common denominator; each time with a reason -------------


Decision = Recommendation.Denominator
# What a person can decide, by what the numbers say.
ALLOWED: Final = {
    Proposal.PROPOSED: (Decision.CONFIRMED, Decision.DECLINED),
    Proposal.OPEN: (Decision.DECLARED, Decision.DECLINED),
    Proposal.UNDEFINED: (Decision.DECLARED, Decision.DECLINED),
    Proposal.REGIONAL: (Decision.DECLINED,),
    Proposal.NOT_COMMON: (Decision.DECLINED,),
    Proposal.DIVIDED: (Decision.DECLINED,),
}


@transaction.atomic
def decide_denominator(
    recommendation: Recommendation, decision: str, *, reason: Reason, by: User | None
) -> Recommendation:
    """Confirm what the numbers propose, decline it, or declare one without numbers.

    An empty decision takes the earlier one back.

    Raises
    ------
    InputError
        No reason (``recommendation.no_reason``).
    StateError
        The numbers do not allow it (``denominator.refused``); ``expected`` lists what they do.
    """
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("project")
    current = rows.get(pk=recommendation.pk)
    if decision:
        _check(current, decision, reason)
    current.denominator = decision
    set_reason(current, "denominator_reason", reason if decision else "")
    sign(current, by)
    current.save()
    return current


def proposal_for(recommendation: Recommendation) -> Proposal:
    """Return what the numbers say of one recommendation."""
    findings = recommendation.findings.select_related("criterion").order_by("pk")
    across = across_project(recommendation.project)
    return proposal_of(weakest_of(rated_of(findings, across)))


def _check(current: Recommendation, decision: str, reason: Reason) -> None:
    if not text_of(reason):
        code = "recommendation.no_reason"
        raise InputError(code, where=Where(field="reason"))
    allowed = ALLOWED[proposal_for(current)]
    if decision not in allowed:
        code = "denominator.refused"
        raise StateError(code, found=decision, expected=", ".join(allowed))
