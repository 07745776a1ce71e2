"""What the outcomes of earlier initiatives allow to be said of types of measures."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.claims import Estimate, sole_leader
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.claims.wording import Claim, register

_MOST_OFTEN: Final = register(
    "synthesis.most_often",
    _("“%(name)s” goes on most often of the %(all)s types shown, as far as known"),
)
_NOT_APART: Final = register(
    "synthesis.not_apart",
    _("Which of the %(all)s types shown goes on most often is not told apart"),
)


def goes_on(types: Sequence[Estimate[str]], language: str) -> Claim | None:
    """Name the type that goes on most often where its interval clears every other.

    Returns
    -------
    Claim or None
        None where there are no others.
    """
    if len(types) < 2:  # noqa: PLR2004 - a superlative needs others
        return None
    first = sole_leader(types)
    if first is None:
        return _NOT_APART.claim(language, all=len(types))
    return _MOST_OFTEN.claim(language, name=first.item, all=len(types))
