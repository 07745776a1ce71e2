"""Where something was: codes of regions cut to country, NUTS 1 and NUTS 2."""

from collections.abc import Iterable
from typing import Final

from alpclusters.platform.evidence.domain.synthesis.queries import Dimension

LETTERS: Final = {Dimension.NUTS1: 3, Dimension.NUTS2: 4}
_COUNTRY_LETTERS: Final = 2
_ISO: Final = {"EL": "GR", "UK": "GB"}


def cut(codes: Iterable[str], level: Dimension) -> list[str]:
    """Cut codes of regions or countries to one level; rougher ones are left out.

    Examples
    --------
    >>> cut(["AT332", "AT33", "EL", "DE2"], Dimension.COUNTRY)
    ['AT', 'DE', 'GR']
    >>> cut(["AT332", "AT33", "EL", "DE2"], Dimension.NUTS2)
    ['AT33']
    """
    if level is Dimension.COUNTRY:
        countries = {code[:_COUNTRY_LETTERS] for code in codes if code}
        return sorted(_ISO.get(country, country) for country in countries)
    letters = LETTERS[level]
    return sorted({code[:letters] for code in codes if len(code) >= letters})
