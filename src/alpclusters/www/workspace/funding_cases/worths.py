"""What an offer would bring a partner and what it would block, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alpclusters.analysis.funding.case.records import Case
from alpclusters.www.workspace.funding_cases.judging import BOUNDS, MISSING, amount_words
from alpclusters.www.workspace.funding_cases.words import euros

if TYPE_CHECKING:
    from alpclusters.analysis.funding.mix.worths import Worth


@dataclass(frozen=True)
class WorthWords:
    """Amounts as text, and the other offers by what they share with this one."""

    amount: str
    cost: str
    bounds: Sequence[Any]
    missing: Any
    # Empty where the offer uses no de minimis account.
    room: str
    excludes: Sequence[str]
    same_costs: Sequence[str]
    account_with: Sequence[str]


def worth_words(case: Case, worth: "Worth") -> WorthWords:
    """Put into words what an offer brings and blocks."""
    titles = {offer.id: offer.title or offer.id for offer in case.offers}

    def named(offers: Iterable[str]) -> list[str]:
        return [titles[key] for key in offers]

    return WorthWords(
        amount=amount_words(worth),
        cost=euros(worth.cost_ct),
        bounds=[BOUNDS[name] for name in worth.bounds],
        missing=MISSING.get(worth.missing, ""),
        room="" if worth.room_ct is None else euros(worth.room_ct),
        excludes=named(worth.excludes),
        same_costs=named(worth.same_costs),
        account_with=named(worth.account_with),
    )
