"""What a network allows to be said: pairs with fewer ties than expected, changes in time."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.claims import Direction, direction
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, Wording, register

type Ends = tuple[float | None, float | None]

_ONE_PAIR: Final = register(
    "network.pair_missing", _("Fewer ties than expected between %(a)s and %(b)s")
)
_PAIRS: Final = register(
    "network.pairs_missing",
    ngettext_noop(
        "%(n)s of %(all)s pair has fewer ties than expected, its uncertainty included",
        "%(n)s of %(all)s pairs have fewer ties than expected, their uncertainty included",
    ),
)
_NO_PAIR: Final = register("network.no_pair", _("No pair surely has fewer ties than expected"))
_CHANGES: Final[Mapping[Direction, Wording]] = {
    "higher": register("network.higher", _("%(what)s: higher in %(b)s than in %(a)s")),
    "lower": register("network.lower", _("%(what)s: lower in %(b)s than in %(a)s")),
    "not_clear": register("network.not_clear", _("%(what)s: no clear change from %(a)s to %(b)s")),
}


def missing(pairs: list[tuple[str, str]], n_compared: int, language: str) -> Claim | None:
    """Say between whom ties are missing; which of several lacks most is not told apart.

    Parameters
    ----------
    pairs : list of (str, str)
        Names of the pairs whose interval excludes what was expected.
    n_compared : int
        Pairs with an expectation, those that are not missing included.
    language : str

    Returns
    -------
    Claim or None
        None where nothing was expected of any pair.
    """
    if len(pairs) == 1:
        return _ONE_PAIR.claim(language, a=pairs[0][0], b=pairs[0][1])
    if pairs:
        return _PAIRS.claim(language, n=len(pairs), all=n_compared)
    return _NO_PAIR.claim(language) if n_compared else None


def change(
    what: str, before: tuple[str, Ends], after: tuple[str, Ends], language: str
) -> Claim | None:
    """Say whether the last two windows surely differ: only where their intervals are apart.

    Returns
    -------
    Claim or None
        None where an interval is missing.
    """
    found = direction(before[1], after[1])
    if found is None:
        return None
    return _CHANGES[found].claim(language, what=what, a=before[0], b=after[0])
