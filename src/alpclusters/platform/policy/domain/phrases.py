"""Sentences built from numbers in every language, for the reasons of a recommendation.

`reports.numbers` lies above this layer; the few figures of these sentences are written here,
by the same conventions (docs/methods/snapshots.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from gettext import NullTranslations
from typing import Final

from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES, language_row

_NOISE_DIGITS: Final = 9


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


def decimal_text(value: float, language: str, places: int = 1) -> str:
    """Write a figure with the decimal mark of the language.

    Examples
    --------
    >>> decimal_text(4.25, "sl"), decimal_text(4.25, "en")
    ('4,3', '4.3')
    """
    exact = Decimal(repr(round(value, _NOISE_DIGITS)))
    text = str(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    return text.replace(".", language_row(language).numbers.decimal)


def share_text(share: float, language: str) -> str:
    """Write a share as whole per cent.

    Examples
    --------
    >>> share_text(0.125, "en")
    '13%'
    """
    space = language_row(language).numbers.percent_space
    return f"{decimal_text(share * 100, language, 0)}{space}%"


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
        "first": decimal_text(evidence.scale.ends[0], language, 0),
        "last": decimal_text(evidence.scale.ends[1], language, 0),
        "n": evidence.n,
        "share": share_text(evidence.cannot_judge_share, language),
    }
    if evidence.estimate is None:
        return text.gettext("%(aspect)s: no rating, cannot judge: %(share)s.") % values
    shown = share_text if evidence.scale.is_share else decimal_text
    values["mean"] = shown(evidence.estimate, language)
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
    values["low"] = shown(evidence.low, language)
    values["high"] = shown(evidence.high, language)
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
