"""What answers allow to be said of camps: the verdict first, then whether a cut comes back."""

from collections.abc import Collection, Mapping
from typing import Final

from alpclusters.analysis.claims import axis_word
from alpclusters.analysis.opinion import OpinionGroups, Verdict
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, Wording, register
from alpclusters.reports.numbers import format_integer

_NO_CAMPS: Final = register(
    "opinion.no_camps",
    _(
        "A cut that comes back does not show that there are camps: a gradual difference can be cut "
        "in two as well."
    ),
)
_CAMPS: Final = register("opinion.camps", _("Opinion camps: at least two"))
_GRADIENT: Final = register("opinion.gradient", _("Opinions along a gradient, no camps"))
_ONE: Final = register("opinion.one_opinion", _("Opinions hardly differ"))
_TOO_FEW: Final = register(
    "opinion.too_few", _("Too few answers to tell opinion camps from a gradient")
)
_YES_SAYING: Final = register(
    "opinion.yes_saying", _("People differ in how readily they agree; no camps are formed of that")
)
_FROM_TO: Final = register(
    "opinion.from_to",
    _("Opinions form a gradient from “%(first)s” to “%(last)s”; any cut in it would be ours."),
)
_STRICTNESS: Final = register(
    "opinion.strictness",
    _("People differ in how readily they agree, not in what they prefer."),
)
_UNJUDGED: Final = register(
    "opinion.unjudged",
    _(
        "These groups come from an earlier method, which cuts people into groups whether or not "
        "there are camps."
    ),
)
_POLIS: Final = register(
    "opinion.polis",
    ngettext_noop(
        "For comparison: Polis would leave all in %(n)s group (%(sizes)s people).",
        "For comparison: Polis would cut people into %(n)s groups (%(sizes)s people). Such a cut "
        "always finds groups; it does not show that there are camps.",
    ),
)
_UNASKED: Final = register("opinion.unasked", _("It was not asked whether there are camps."))
_BY_VERDICT: Final[Mapping[Verdict, Wording]] = {
    "camps": _CAMPS,
    "gradient": _GRADIENT,
    "one_opinion": _ONE,
    "too_few": _TOO_FEW,
}
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


def verdict(word: Verdict, language: str, *, is_yes_saying: bool = False) -> Claim:
    """Say whether there are camps; camps along the readiness to agree are none."""
    return (_YES_SAYING if is_yes_saying else _BY_VERDICT[word]).claim(language)


def along_axis(
    word: Verdict,
    ends: tuple[str, str] | None,
    language: str,
    *,
    is_strictness: bool,
    reasons: Collection[str],
) -> Claim | None:
    """Say what people differ in along the strongest axis; None where that may not be told.

    ``ends`` are what lies at both ends, None where one of them has nothing to name it.
    """
    axis = axis_word(word, is_strictness=is_strictness, reasons=reasons)
    if axis == "strictness":
        return _STRICTNESS.claim(language)
    if axis == "opinion" and ends is not None:
        return _FROM_TO.claim(language, first=ends[0], last=ends[1])
    return None


def unasked(language: str) -> Claim:
    """Say that nothing is known of camps."""
    return _UNASKED.claim(language)


def unjudged(language: str) -> Claim:
    """Say of groups that were stored before anybody asked for camps how they came about."""
    return _UNJUDGED.claim(language)


def polis_cut(groups: OpinionGroups, language: str) -> Claim:
    """Say how Polis would cut people, and what such a cut does not show."""
    sizes = ", ".join(format_integer(size, language) for size in groups.sizes)
    return _POLIS.claim(language, n=groups.k, sizes=sizes)


def opinion_title(groups: OpinionGroups, language: str) -> Claim:
    """Say whether there are camps; of a cut that was not judged, whether it comes back."""
    if groups.kind == "declared":
        return _DECLARED.claim(language)
    structure = groups.structure
    if structure is not None:
        is_yes_saying = "yes_saying" in structure.reasons
        return verdict(structure.verdict, language, is_yes_saying=is_yes_saying)
    if groups.k < 2:  # noqa: PLR2004 - groups
        return _NONE.claim(language)
    return cut(groups.k, groups.stability.word if groups.stability else "uncertain", language)


def no_camps(stability: str, language: str) -> Claim | None:
    """Say what a cut that comes back does not show; None where it does not come back."""
    return _NO_CAMPS.claim(language) if stability == "stable" else None


def cut(n: int, stability: str, language: str) -> Claim:
    """Say into how many groups people were cut and whether the cut comes back."""
    return _BY_STABILITY[stability].claim(language, n=n)
