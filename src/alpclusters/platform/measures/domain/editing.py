"""Change a measure's texts and go back to an earlier version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import differences
from alpclusters.platform.measures.models import Measure

TRANSLATED: Final = tuple(one.name for one in fields_of(Measure, lambda one: one.part == "texts"))
PLAIN: Final = tuple(one.name for one in fields_of(Measure, lambda one: one.part == "place"))
FIELDS: Final = (*TRANSLATED, *PLAIN)
OF_PICTURE: Final = tuple(one.name for one in fields_of(Measure, lambda one: one.part == "picture"))
# What the history keeps apart and can bring back.
KEPT: Final = (*FIELDS, "picture", *OF_PICTURE)


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; of a text one language."""

    field: str
    before: Any
    after: Any
    language: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state: who made it when, why, and what it changed."""

    number: int
    made_at: datetime
    made_by: str
    reason: str
    is_first: bool
    changes: tuple[Change, ...]


@transaction.atomic
def change_measure(
    measure: Measure, *, texts: Mapping[str, Any], by: User, reason: str = ""
) -> bool:
    """Change fields of a measure and keep the earlier version.

    Parameters
    ----------
    measure : Measure
        The measure as it was read.
    texts : mapping
        Fields of `KEPT` and their new values, of a text all languages; others are refused.
    by : User
        Who changes it.
    reason : str, default ""
        What the history says about it.

    Returns
    -------
    bool
        False if nothing differs; then nothing is stored.
    """
    unknown = set(texts) - set(KEPT)
    if unknown:
        message = f"not a field people edit: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    changed = [name for name, value in texts.items() if getattr(measure, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(measure, name, texts[name])
    sign(measure, by, reason=reason)
    measure.save()
    return True


def versions(measure: Measure) -> list[Version]:
    """Return all versions of a measure, newest first, each with what it changed."""
    records = list(
        history_of(measure).select_related("history_user").order_by("-history_date", "-history_id")
    )
    older = [*records[1:], None]
    return [_version(new, old) for new, old in zip(records, older, strict=True)]


def version_texts(measure: Measure, history_id: int) -> dict[str, Any] | None:
    """Return the fields of an earlier version; None if the measure has no such version."""
    record = history_of(measure).filter(pk=history_id).first()
    return {name: getattr(record, name) for name in KEPT} if record else None


def revert_measure(measure: Measure, *, history_id: int, by: User) -> bool:
    """Bring the texts of an earlier version back; the version in between stays in the history."""
    texts = version_texts(measure, history_id)
    if texts is None:
        return False
    return change_measure(measure, texts=texts, by=by, reason=f"revert:{history_id}")


def missing_languages(measure: Measure) -> list[str]:
    """Return the languages in which a name or a description is missing."""
    missing = {code for field in TRANSLATED for code in getattr(measure, field).missing()}
    return [code for code in LANGUAGE_CODES if code in missing]


def _version(new: Any, old: Any) -> Version:
    return Version(
        number=new.history_id,
        made_at=new.history_date,
        made_by=str(new.history_user) if new.history_user else "",
        reason=new.history_change_reason or "",
        is_first=old is None,
        changes=() if old is None else _changes(new, old),
    )


def _changes(new: Any, old: Any) -> tuple[Change, ...]:
    return tuple(
        Change(name, before, after, language)
        for name in KEPT
        for language, before, after in differences(getattr(old, name), getattr(new, name))
    )
