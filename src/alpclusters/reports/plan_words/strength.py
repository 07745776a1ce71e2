"""Why a recommendation is as strong as it is: the keys of the computation as sentences."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import override

from alpclusters.analysis.plans import Reason, StrengthResult
from alpclusters.analysis.scales import Scale
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.numbers import format_integer, format_number, format_percent

_CERTAINTIES: Final[Mapping[str, str]] = {
    "A": _("The lessons behind it are well supported (A)."),
    "B": _("The lessons behind it are supported (B)."),
    "C": _("For the lessons behind it there are indications (C)."),
    "D": _("The lessons behind it rest on a single case or are disputed (D)."),
    "none": _("No finding behind it states a graded lesson."),
}
_RATINGS: Final[Mapping[str, str]] = {
    "rated": _(
        "With a probability of %(probability)s the ratings support it as a common denominator "
        "(n = %(n)s)."
    ),
    "too_few_raters": _("Too few people rated it to count (n = %(n)s)."),
    "not_rated": _("There is no probability from ratings."),
}
_CAPS: Final[Mapping[str, str]] = {
    "few_raters": _("Fewer than ten people rated (n = %(n)s): at most conditional."),
    "agreement_low": _("People disagree (agreement %(agreement)s): at most conditional."),
    "many_cannot_judge": _("%(share)s could not judge it: at most conditional."),
    "one_country": _("All who rated are from one country: at most conditional."),
    "conflict_open": _(
        "It conflicts with another adopted recommendation, unresolved: at most conditional."
    ),
    "contradiction_open": _(
        "Evidence speaks against it and nobody has answered: at most exploratory."
    ),
}


def strength_word(value: str, language: str) -> str:
    """Return the word of a strength; nothing where there is none."""
    if value not in Recommendation.Strength.values:
        return ""
    with override(language):
        return str(Recommendation.Strength(value).label)


def strength_sentences(result: StrengthResult, language: str) -> tuple[str, ...]:
    """Return the reasons of a strength: certainty, ratings, then what lowered it.

    Parameters
    ----------
    result : StrengthResult
    language : str
    """
    found: list[str] = []
    for reason in result.reasons:
        if reason.key in _RATINGS:
            found.append(_said(_CERTAINTIES[str(reason.params["certainty"])], {}, language))
        found.append(_sentence(reason, language))
    return tuple(found)


def _sentence(reason: Reason, language: str) -> str:
    sentence = _RATINGS.get(reason.key) or _CAPS.get(reason.key)
    if sentence is None:
        return reason.key.replace("_", " ")
    return _said(sentence, reason.params, language)


def _said(sentence: str, params: Mapping[str, Any], language: str) -> str:
    printed = {name: _printed(name, value, language) for name, value in params.items()}
    return translator(language).gettext(sentence) % printed


def _printed(name: str, value: Any, language: str) -> str:
    match value:
        case int():
            return format_integer(value, language)
        case float() if name == "agreement":
            return format_number(value, language, 2)
        case float():
            return format_percent(value, language)
        case _:
            return str(value)


def bar_text(scale: Scale, language: str) -> str:
    """Say what a mean has to reach on a scale: 3.5 of 5, of yes and no a share of yes."""
    bar = scale.reached or 0.0
    if scale.is_share:
        return format_percent(bar, language, 1)
    values = {
        "mean": format_number(bar, language),
        "high": format_integer(scale.ends[1], language),
    }
    return translator(language).gettext("%(mean)s of %(high)s") % values
