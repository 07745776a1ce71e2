"""In which vintage a code of a region is recorded."""

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.platform.territory.models import CURRENT_VINTAGE


def vintage_of(code: str, territory: Territory) -> int | None:
    """Return the vintage in which new things are recorded, else the last that has a code, or None.

    Parameters
    ----------
    code : str
        Of NUTS, in capitals.
    territory : Territory
    """
    if code in territory.codes.get(CURRENT_VINTAGE, ()):
        return CURRENT_VINTAGE
    return max((year for year, codes in territory.codes.items() if code in codes), default=None)
