"""How far people agree, per measure and over all measures that are shown."""

from alpclusters.analysis.consensus import agreement_summary
from alpclusters.platform.evaluation.domain.opened import Opened
from alpclusters.platform.evaluation.domain.science import AgreementLine, AgreementResult


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
