"""What the catalogue keeps of an offer: the terms that hold for everybody."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.platform.funding.domain.case_offers.windows import first_and_last

# What an entry of the catalogue has fields of its own for.
OWN: Final = frozenset(
    {"id", "programme", "title", "level", "opens", "closes", "facts", "success_bp"}
)


def terms_of(data: Mapping[str, Any], periods: Periods) -> dict[str, Any]:
    """Return the terms of an offer of a case, with days instead of quarters.

    Parameters
    ----------
    data : mapping
        An offer of ``alpclusters-case/1``.
    periods : Periods
        The quarters of its case.

    Returns
    -------
    dict
        ``Offer.terms`` of the catalogue; nothing of the case is shared with it.
    """
    starts, ends = first_and_last((data["window"]["from"], data["window"]["to"]), periods)
    kept = {name: value for name, value in data.items() if name not in OWN | {"window"}}
    return {**deepcopy(kept), "starts": starts.isoformat(), "ends": ends.isoformat()}
