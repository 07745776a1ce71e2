"""Why somebody decided: typed in one language, the others added later, read with a note.

A new reason empties the languages of the one before it: a translation of something else would
stand there. Reasons are no part of the text that is reviewed before it is published.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import get_language

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.languages.inputs import input_name, input_names
from alpclusters.platform.languages.text import write_input
from alpclusters.platform.policy.models import Recommendation

LONGEST: Final = 500
REASONS: Final = tuple(
    one.name for one in fields_of(Recommendation, lambda said: said.part == "reasons")
)

type Reason = str | Mapping[str, str]
"""A sentence in the language of the page, or several by language."""


def text_of(reason: Reason) -> str:
    """Return a reason in one language, to see whether there is one and how long it is."""
    texts = [reason] if isinstance(reason, str) else list(reason.values())
    return next((text.strip() for text in texts if text.strip()), "")


def set_reason(obj: Any, field: str, reason: Reason) -> None:
    """Set a reason; one that stands there in some language keeps its translations."""
    if isinstance(reason, str):
        text = reason.strip()
        if text and text in getattr(obj, field).each().values():
            return
        reason = {nearest_language(get_language()): text}
    setattr(
        obj,
        field,
        getattr(obj, field).put({code: reason.get(code, "").strip() for code in LANGUAGE_CODES}),
    )


def has_reason(obj: Any, field: str) -> bool:
    """Say whether a reason is there in any language."""
    return any(text.strip() for text in getattr(obj, field).each().values())


def missing_reasons(recommendation: Recommendation) -> tuple[str, ...]:
    """List the languages that lack a reason which another language has."""
    given = [getattr(recommendation, field).each() for field in REASONS]
    there = [texts for texts in given if any(texts.values())]
    return tuple(code for code in LANGUAGE_CODES if any(not texts[code] for texts in there))


@transaction.atomic
def translate_reasons(
    recommendation: Recommendation, texts: Mapping[str, str], *, by: User | None
) -> Recommendation:
    """Store reasons in other languages; columns that are not named stay as they are.

    Raises
    ------
    InputError
        Nothing would be left of a reason, or it was not given yet (``recommendation.no_reason``),
        or a text is too long (``recommendation.long_reason``).
    """
    rows = Recommendation.objects.select_for_update(of=("self",))
    current = rows.get(pk=recommendation.pk)
    before = {field: has_reason(current, field) for field in REASONS}
    for name in input_names(REASONS):
        if name in texts:
            write_input(current, name, _checked(name, texts[name]))
    for field, was_there in before.items():
        if was_there != has_reason(current, field):
            code = "recommendation.no_reason"
            raise InputError(code, where=Where(field=input_name(field, "en")))
    sign(current, by)
    current.save()
    return current


def _checked(name: str, text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        code = "recommendation.long_reason"
        raise InputError(code, where=Where(field=name), expected=str(LONGEST))
    return text
