"""Writing a lesson: what it says of which type of measure, under which condition."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding.following import follow_lessons
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES

TRANSLATED: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part == "texts"))
PLAIN: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part == "what"))
# What people write; certainty, stance and ties have their own verbs.
FIELDS: Final = (*TRANSLATED, *PLAIN)
LONGEST_KEY: Final = 100


@transaction.atomic
def save_lesson(
    lesson: Lesson | None = None,
    *,
    by: User | None,
    reason: str = "",
    is_simulated: bool = False,
    **fields: Any,
) -> Lesson:
    """Write a lesson or change it; every version stays in its history.

    Parameters
    ----------
    lesson : Lesson, optional
        The one to change; without it a new one, unpublished, with a key that never changes.
    by : User or None
        Who writes.
    reason : str
        For the history.
    **fields
        Fields of `FIELDS`; a text by language, or alone in the active language.

    Raises
    ------
    InputError
        No statement in any language, or no verdict.
    """
    _check_names(fields)
    kept = lesson or Lesson(created_by=by, is_simulated=is_simulated)
    changed = _apply(kept, fields)
    if not kept.statement:
        raise InputError("lesson.no_statement", where=Where(field="statement"))
    if kept.verdict not in Lesson.Verdict.values:
        raise InputError("lesson.no_verdict", where=Where(field="verdict"))
    if lesson is not None and not changed:
        return kept
    kept.key = kept.key or free_key(kept)
    sign(kept, by, reason=reason)
    kept.save()
    follow_lessons([kept.pk])
    kept.refresh_from_db()
    return kept


def free_key(lesson: Lesson) -> str:
    """Return a key after the English statement, else the first there is, that nobody has."""
    words = lesson.statement.read_in(DEFAULT_LANGUAGE)
    base = slugify(words)[:LONGEST_KEY].strip("-") or "lesson"
    taken = set(Lesson.objects.filter(key__startswith=base).values_list("key", flat=True))
    # The address evidence/lessons/new/ belongs to the form.
    taken.add("new")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def missing_languages(lesson: Lesson) -> list[str]:
    """Return the languages in which a text is missing that another language has."""
    written = [text for name in TRANSLATED if (text := getattr(lesson, name))]
    return [code for code in LANGUAGE_CODES if any(not text.inside(code) for text in written)]


def _apply(lesson: Lesson, fields: Mapping[str, Any]) -> bool:
    changed = [name for name, value in fields.items() if getattr(lesson, name) != value]
    for name in changed:
        setattr(lesson, name, fields[name])
    return bool(changed)


def _check_names(fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        message = f"not a field of a lesson: {', '.join(sorted(unknown))}"
        raise ValueError(message)
