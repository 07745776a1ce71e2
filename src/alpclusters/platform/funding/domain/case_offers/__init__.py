"""An offer of the catalogue and an offer of a case: the same terms, with days or with quarters.

The catalogue keeps what holds for everybody and names days; a case counts quarters from its own
start. Everything else is the same JSON, as ``alpclusters-case/1`` has it.
"""

from alpclusters.platform.funding.domain.case_offers.building import offer_data
from alpclusters.platform.funding.domain.case_offers.faults import TermFault, check_terms
from alpclusters.platform.funding.domain.case_offers.searching import SearchFields, search_fields
from alpclusters.platform.funding.domain.case_offers.terms import OWN, terms_of
from alpclusters.platform.funding.domain.case_offers.windows import first_and_last, window_of

__all__ = [
    "OWN",
    "SearchFields",
    "TermFault",
    "check_terms",
    "first_and_last",
    "offer_data",
    "search_fields",
    "terms_of",
    "window_of",
]
