"""Sentences built from numbers in every language, for the reasons of a recommendation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from gettext import NullTranslations

from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.numbers import format_number, format_percent


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one finding, with its scale; without an estimate nobody rated."""

    criterion: Words
    scale: Scale
    n: int
    cannot_judge_share: float
    estimate: float | None
    low: float | None
    high: float | None
    is_model: bool = False


def rationale(cafe: Words, number: int, evidence: Sequence[Evidence]) -> Words:
    """Return the reasons for a recommendation in all languages."""
    return {code: _rationale(code, cafe, number, evidence) for code in LANGUAGE_CODES}


def _rationale(language: str, cafe: Words, number: int, evidence: Sequence[Evidence]) -> str:
    text = translator(language)
    opening = text.gettext("Basis: ratings in the AlpCafé “%(cafe)s”, snapshot %(number)s.") % {
        "cafe": word(cafe, language),
        "number": number,
    }
    return " ".join([opening, *(_sentence(language, item) for item in evidence)])


def _sentence(language: str, evidence: Evidence) -> str:
    text = translator(language)
    values = {
        "aspect": word(evidence.criterion, language),
        "first": format_number(evidence.scale.ends[0], language, 0),
        "last": format_number(evidence.scale.ends[1], language, 0),
        "n": evidence.n,
        "share": format_percent(evidence.cannot_judge_share, language),
    }
    if evidence.estimate is None:
        return text.gettext("%(aspect)s: no rating, cannot judge: %(share)s.") % values
    shown = partial(_figure, evidence.scale, language)
    values["mean"] = shown(evidence.estimate)
    if evidence.low is None or evidence.high is None:
        if evidence.scale.is_share:
            sentence = text.gettext(
                "%(aspect)s: share of yes %(mean)s, n = %(n)s, cannot judge: %(share)s; "
                "no interval."
            )
            return sentence % values
        sentence = text.gettext(
            "%(aspect)s: mean %(mean)s on the scale from %(first)s to %(last)s, n = %(n)s, "
            "cannot judge: %(share)s; no interval."
        )
        return sentence % values
    values["low"] = shown(evidence.low)
    values["high"] = shown(evidence.high)
    if evidence.scale.is_share:
        return _share(text, is_model=evidence.is_model) % values
    if evidence.is_model:
        sentence = text.gettext(
            "%(aspect)s: estimate %(mean)s on the scale from %(first)s to %(last)s, 90%% interval "
            "%(low)s to %(high)s, n = %(n)s, cannot judge: %(share)s."
        )
        return sentence % values
    sentence = text.gettext(
        "%(aspect)s: mean %(mean)s on the scale from %(first)s to %(last)s, 90%% interval "
        "%(low)s to %(high)s, n = %(n)s, cannot judge: %(share)s."
    )
    return sentence % values


def _figure(scale: Scale, language: str, value: float) -> str:
    if scale.is_share:
        return format_percent(value, language)
    return format_number(value, language, 1)


def _share(text: NullTranslations, *, is_model: bool) -> str:
    if is_model:
        return text.gettext(
            "%(aspect)s: estimated share of yes %(mean)s, 90%% interval %(low)s to %(high)s, "
            "n = %(n)s, cannot judge: %(share)s."
        )
    return text.gettext(
        "%(aspect)s: share of yes %(mean)s, 90%% interval %(low)s to %(high)s, n = %(n)s, "
        "cannot judge: %(share)s."
    )
