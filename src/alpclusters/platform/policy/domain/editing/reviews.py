"""Translations of a text: missing, draft, outdated, reviewed by a person, or the source itself.

A translation is tied to the source text it was made from by that text's SHA-256; when the source
changes, the translation is outdated until somebody looks at it again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.policy.domain.editing.things import Editing, plain
from alpclusters.platform.policy.models import TextReview

LONGEST: Final = 4000


class TextStatus(StrEnum):
    """How far the text of one field in one language is."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    DRAFT = "draft"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FieldStatus:
    """The text of one field in one language.

    Attributes
    ----------
    field, language : str
    status : TextStatus
    made_from : str
        The source text it was made from, where it is outdated.
    source : str
        The source text now.
    n_words : int
        Of the source: what there is to translate.
    """

    field: str
    language: str
    status: TextStatus
    made_from: str
    source: str
    n_words: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is to be translated was reviewed, in fields and in words."""

    n_fields: int
    n_reviewed: int
    n_words: int
    n_words_reviewed: int

    @property
    def share(self) -> float | None:
        """Reviewed words of all words; None where there is nothing to translate."""
        return self.n_words_reviewed / self.n_words if self.n_words else None


def text_statuses(obj: Any, how: Editing) -> tuple[FieldStatus, ...]:
    """Return the status of every field in every language, in the order of the fields."""
    rows = TextReview.objects.filter(thing=how.thing, thing_id=obj.pk)
    known = {(row.field, row.language): row for row in rows}
    return tuple(
        _status(obj, field, language, known.get((field, language)))
        for field in how.texts
        for language in LANGUAGE_CODES
    )


def completeness_of(
    statuses: Collection[FieldStatus], languages: Collection[str] = LANGUAGE_CODES
) -> Completeness:
    """Count what is reviewed in some languages; fields without a source text count nowhere."""
    wanted = [
        s
        for s in statuses
        if s.language in languages and s.source and s.status is not TextStatus.SOURCE
    ]
    done = [s for s in wanted if s.status is TextStatus.REVIEWED]
    return Completeness(
        len(wanted), len(done), sum(s.n_words for s in wanted), sum(s.n_words for s in done)
    )


def reviewed_languages(statuses: Collection[FieldStatus]) -> tuple[str, ...]:
    """List the languages in which everything is source or reviewed."""
    by_language: dict[str, set[TextStatus]] = {}
    for status in statuses:
        if status.source:
            by_language.setdefault(status.language, set()).add(status.status)
    fine = {TextStatus.SOURCE, TextStatus.REVIEWED}
    return tuple(
        code for code in LANGUAGE_CODES if (found := by_language.get(code)) and found <= fine
    )


@transaction.atomic
def review_text(
    obj: Any, how: Editing, field: str, language: str, *, by: User | None, now: datetime
) -> None:
    """Mark a translation as read by a person and found right.

    Raises
    ------
    InputError
        No such text (``text.unknown``), the source itself (``text.is_source``), or nothing
        translated yet (``text.missing``).
    """
    if field not in how.texts or language not in LANGUAGE_CODES:
        code = "text.unknown"
        raise InputError(code, where=Where(field=field), found=language)
    if language == _source_language(obj):
        code = "text.is_source"
        raise InputError(code, where=Where(field=field), found=language)
    if not _text(obj, field, language):
        code = "text.missing"
        raise InputError(code, where=Where(field=field), found=language)
    _note(obj, how, field, language, is_reviewed=True, by=by, now=now)


def review_language(
    obj: Any, how: Editing, language: str, *, by: User | None, now: datetime
) -> int:
    """Mark every translated text of a language as reviewed; say how many."""
    found = [
        s
        for s in text_statuses(obj, how)
        if s.language == language and s.status in (TextStatus.DRAFT, TextStatus.OUTDATED)
    ]
    for status in found:
        review_text(obj, how, status.field, language, by=by, now=now)
    return len(found)


def note_translations(obj: Any, how: Editing, changed: Collection[str], *, now: datetime) -> None:
    """Tie translations that were just changed to the source text they were made from."""
    for field in how.texts:
        for language in LANGUAGE_CODES:
            is_own = input_name(field, language) in changed and language != _source_language(obj)
            if is_own and _text(obj, field, language):
                _note(obj, how, field, language, is_reviewed=False, by=None, now=now)
            elif is_own:
                _rows(obj, how).filter(field=field, language=language).delete()
        if input_name(field, _source_language(obj)) in changed:
            _tie_untied(obj, how, field, changed, now=now)


def _tie_untied(
    obj: Any, how: Editing, field: str, changed: Collection[str], *, now: datetime
) -> None:
    """Translations without a row were made from the source before it changed: that is outdated."""
    before = _source_before(obj, field)
    known = set(_rows(obj, how).filter(field=field).values_list("language", flat=True))
    for language in LANGUAGE_CODES:
        is_left = language not in known and input_name(field, language) not in changed
        if before and is_left and language != _source_language(obj) and _text(obj, field, language):
            _note(obj, how, field, language, is_reviewed=False, by=None, now=now, source=before)


def _source_before(obj: Any, field: str) -> str:
    """Return the source text of the version before the one just saved."""
    name = f"{field}__{_source_language(obj)}"
    earlier = obj.history.filter(version__lt=obj.version).order_by("-version", "-history_id")
    return plain(earlier.values_list(name, flat=True).first())


def _status(obj: Any, field: str, language: str, row: TextReview | None) -> FieldStatus:
    source = _text(obj, field, _source_language(obj))
    text = _text(obj, field, language)
    status = _judged(obj, language, source, text, row)
    made_from = row.source_text if row and status is TextStatus.OUTDATED else ""
    return FieldStatus(field, language, status, made_from, source, len(source.split()))


def _judged(obj: Any, language: str, source: str, text: str, row: TextReview | None) -> TextStatus:
    if not text:
        return TextStatus.MISSING
    if language == _source_language(obj):
        return TextStatus.SOURCE
    if row is None:
        return TextStatus.DRAFT
    if row.source_hash != digest_of_text(source):
        return TextStatus.OUTDATED
    is_read = row.is_reviewed and row.text_hash == digest_of_text(text)
    return TextStatus.REVIEWED if is_read else TextStatus.DRAFT


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text, with one kind of line end."""
    return sha256(plain(text).encode()).hexdigest()


def _note(  # noqa: PLR0913 - one per column of the row
    obj: Any,
    how: Editing,
    field: str,
    language: str,
    *,
    is_reviewed: bool,
    by: User | None,
    now: datetime,
    source: str | None = None,
) -> None:
    made_from = _text(obj, field, _source_language(obj)) if source is None else source
    values: Mapping[str, object] = {
        "source_hash": digest_of_text(made_from),
        "source_text": made_from[:LONGEST],
        "text_hash": digest_of_text(_text(obj, field, language)),
        "is_reviewed": is_reviewed,
        "reviewed_by": by,
        "reviewed_at": now,
    }
    TextReview.objects.update_or_create(
        thing=how.thing, thing_id=obj.pk, field=field, language=language, defaults=values
    )


def _rows(obj: Model, how: Editing) -> Any:
    return TextReview.objects.filter(thing=how.thing, thing_id=obj.pk)


def _text(obj: Any, field: str, language: str) -> str:
    return plain(getattr(obj, field).inside(language))


def _source_language(obj: Any) -> str:
    """Return the language of the original; that of an action is its plan's."""
    own = getattr(obj, "source_language", "") or ""
    return str(own or getattr(getattr(obj, "plan", None), "source_language", "") or "en")
