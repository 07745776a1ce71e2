"""A plan: a mix whose offers are all applied for, and what its applications cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from alpclusters.analysis.funding.case.mixes import Allocation
from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.chances.remaining import Rest
from alpclusters.analysis.funding.mix.sheets import OfferSheet, objective_ct, offer_sheets


@dataclass(frozen=True)
class Plan:
    """A case with the mix that is applied for."""

    case: Case
    allocation: Allocation

    @cached_property
    def sheets(self) -> dict[str, OfferSheet]:
        """What is applied for, by offer, in the order of the case."""
        return grants_of(self.case, self.allocation)

    @cached_property
    def worth_ct(self) -> int:
        """Grants minus efforts if all is granted."""
        return objective_ct(self.case, self.allocation)

    @property
    def grants_ct(self) -> int:
        """All grants together."""
        return sum(sheet.grant_ct for sheet in self.sheets.values())

    def worth_of_ct(self, rest: Rest, refused: Iterable[str]) -> int:
        """Return what remains after refusals, minus all that applying has cost; at most the plan.

        The effort of each application is spent, granted or not; of a refused one also what its
        partners spent on taking part.
        """
        partners = sum(self.sheets[name].effort_ct - self._effort_ct[name] for name in refused)
        spent = sum(self._effort_ct[name] for name in self.sheets) + partners
        return min(self.worth_ct, rest.worth_ct - spent)

    @cached_property
    def _effort_ct(self) -> dict[str, int]:
        return {offer.id: offer.effort_ct for offer in self.case.offers}


def grants_of(case: Case, allocation: Allocation) -> dict[str, OfferSheet]:
    """Return the sheets of the offers that an allocation uses."""
    return {sheet.offer: sheet for sheet in offer_sheets(case, allocation) if sheet.is_used}
