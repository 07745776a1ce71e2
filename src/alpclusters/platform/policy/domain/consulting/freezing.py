"""The texts of a consultation as they stood when it opened, paragraph by paragraph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.models import Consultation, Recommendation

_NEEDED: Final = ("title", "text")

type Texts = Mapping[str, Mapping[str, Sequence[str]]]
"""Paragraphs by field and language."""


@dataclass(frozen=True, slots=True)
class FrozenText:
    """One text as it is discussed, in the language in which it is shown."""

    field: str
    language: str
    paragraphs: tuple[str, ...]


def freeze(recommendation: Recommendation) -> Texts:
    """Return the paragraphs of all texts in all languages."""
    return {
        field: {code: paragraphs_of(recommendation, field, code) for code in LANGUAGE_CODES}
        for field in RECOMMENDATION.texts
    }


def paragraphs_of(recommendation: Recommendation, field: str, language: str) -> list[str]:
    """Return the paragraphs of a text as it stands now."""
    from alpclusters.analysis.plans import split_paragraphs  # noqa: PLC0415 - NumPy comes with it

    return list(split_paragraphs(getattr(recommendation, field).inside(language)))


def frozen_texts(consultation: Consultation, pk: int, language: str) -> list[FrozenText]:
    """Return the texts of a recommendation, each in a language or the next one it has."""
    found = []
    for field in RECOMMENDATION.texts:
        kept = consultation.texts.get(str(pk), {}).get(field, {})
        for code in dict.fromkeys((language, DEFAULT_LANGUAGE, *LANGUAGE_CODES)):
            if kept.get(code):
                found.append(FrozenText(field, code, tuple(kept[code])))
                break
    return found


def paragraph_of(
    consultation: Consultation, pk: int, field: str, language: str, number: int
) -> str | None:
    """Return one paragraph as it is discussed, or None where there is none."""
    paragraphs = consultation.texts.get(str(pk), {}).get(field, {}).get(language, [])
    return paragraphs[number] if 0 <= number < len(paragraphs) else None


def common_languages(consultation: Consultation) -> list[str]:
    """List the languages in which the title and all the recommendations are complete."""
    titles = consultation.title.each()
    chosen = list(consultation.recommendations.all())
    return [
        code
        for code in LANGUAGE_CODES
        if titles[code].strip()
        and all(getattr(one, f).inside(code) for one in chosen for f in _NEEDED)
    ]
