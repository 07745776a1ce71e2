"""Which costs of a case an offer could take at all."""

from collections.abc import Container

from alpclusters.analysis.funding.case.records import Case, Offer


def counting_ct(case: Case, offer: Offer, partners: Container[str]) -> int:
    """Return the costs of some partners in an offer's categories and time, in cents."""
    return sum(
        line.cost_ct
        for line in case.lines
        if line.partner in partners
        and offer.window[0] <= line.period <= offer.window[1]
        and (not offer.categories or line.category in offer.categories)
    )
