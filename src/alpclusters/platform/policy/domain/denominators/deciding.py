"""People confirm, decline or declare a common denominator; each time with a reason."""

from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.across import across_project
from alpclusters.platform.history import sign
from alpclusters.platform.policy.domain.denominators.proposing import Proposal, proposal_of
from alpclusters.platform.policy.domain.reasons import Reason, set_reason, text_of
from alpclusters.platform.policy.domain.strengths.probabilities import rated_of, weakest_of
from alpclusters.platform.policy.models import Recommendation

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
