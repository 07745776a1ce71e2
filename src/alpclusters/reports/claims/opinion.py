"""What groups of alike answers allow to be said: whether the cut comes back, and no more."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.opinion import OpinionGroups
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, Wording, register

_NO_CAMPS: Final = register(
    "opinion.no_camps",
    _(
        "A cut that comes back does not show that there are camps: a gradual difference can be cut "
        "in two as well."
    ),
)
_NONE: Final = register("opinion.none", _("Opinion groups: none found"))
_DECLARED: Final = register("opinion.declared", _("Groups as stated by the people"))
_BY_STABILITY: Final[Mapping[str, Wording]] = {
    "stable": register(
        "opinion.comes_back",
        ngettext_noop(
            "%(n)s group by alike answers; the cut comes back",
            "%(n)s groups by alike answers; the cut comes back",
        ),
    ),
    "uncertain": register(
        "opinion.in_part",
        ngettext_noop(
            "%(n)s group by alike answers; the cut comes back in part only",
            "%(n)s groups by alike answers; the cut comes back in part only",
        ),
    ),
    "not_stable": register(
        "opinion.not_back",
        ngettext_noop(
            "%(n)s group by alike answers; the cut does not come back",
            "%(n)s groups by alike answers; the cut does not come back",
        ),
    ),
}


def opinion_title(groups: OpinionGroups, language: str) -> Claim:
    """Say how many groups there are and whether people drawn anew are cut alike."""
    if groups.k < 2:  # noqa: PLR2004 - groups
        return _NONE.claim(language)
    if groups.kind == "declared":
        return _DECLARED.claim(language)
    return cut(groups.k, groups.stability.word if groups.stability else "uncertain", language)


def no_camps(stability: str, language: str) -> Claim | None:
    """Say what a cut that comes back does not show; None where it does not come back."""
    return _NO_CAMPS.claim(language) if stability == "stable" else None


def cut(n: int, stability: str, language: str) -> Claim:
    """Say into how many groups people were cut and whether the cut comes back."""
    return _BY_STABILITY[stability].claim(language, n=n)
