"""New versions of the codebook: begun from the current one, edited, published with a recode list.

A published version never changes. Codes are not deleted but retired: their names stay readable.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.fields import CODED
from alpclusters.platform.evidence.domain.codebook.reading import current_codebook, forget
from alpclusters.platform.evidence.domain.versions import values_of_version
from alpclusters.platform.evidence.models import Activity, Code, Codebook
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import field_of

TEXTS: Final = tuple(one.name for one in fields_of(Code, lambda one: one.part == "texts"))
REQUIRED: Final = tuple(name for name in TEXTS if not field_of(Code, name).blank)
# The rules of certainty and the synthesis name these codes: they are described, not changed.
FIXED: Final = ("outcome_status", "payer_after", "source_type", "context")
LONGEST_KEY: Final = 40

_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")


def draft_of_codebook() -> Codebook | None:
    """Return the version that is being prepared, if there is one."""
    return Codebook.objects.filter(published_at__isnull=True).order_by("-number").first()


@transaction.atomic
def begin_draft(*, by: User | None) -> Codebook:
    """Begin a new version with all codes of the current one.

    Raises
    ------
    StateError
        There is a draft already.
    """
    there = draft_of_codebook()
    if there is not None:
        raise StateError("codebook.draft_exists", found=str(there.number))
    current = current_codebook()
    draft = Codebook.objects.create(number=Codebook.objects.latest("number").number + 1)
    codes = [_copy(code, draft) for code in Code.objects.filter(codebook=current).order_by("pk")]
    bulk_create_with_history(codes, Code, default_user=by, batch_size=200)
    return draft


def _copy(code: Code, draft: Codebook) -> Code:
    kept = ("field", "key", "order", "is_retired", *TEXTS)
    return Code(codebook=draft, **{name: getattr(code, name) for name in kept})


def set_note(draft: Codebook, texts: Mapping[str, str], *, by: User | None) -> None:
    """Say in five languages what is new."""
    _open(draft)
    draft.note = texts
    sign(draft, by)
    draft.save()


def change_code(
    code: Code, texts: Mapping[str, str | Mapping[str, str]], *, by: User | None
) -> bool:
    """Change names, definitions and examples of a code; return whether anything differs.

    ``texts`` has of each field of `TEXTS` all languages.
    """
    _open(code.codebook)
    different = {name: text for name, text in texts.items() if getattr(code, name) != text}
    for name, text in different.items():
        setattr(code, name, text)
    if different:
        _save(code, by)
    return bool(different)


@transaction.atomic
def add_code(
    draft: Codebook,
    field: str,
    key: str,
    texts: Mapping[str, Mapping[str, str]],
    *,
    by: User | None,
) -> Code:
    """Add a code to a field, after its others.

    Raises
    ------
    InputError
        The codes of the field are fixed, or the key cannot be used.
    """
    _open(draft)
    _changeable(field)
    _usable(draft, field, key)
    n = Code.objects.filter(codebook=draft, field=field).count()
    code = Code(codebook=draft, field=field, key=key, order=n + 1, **texts)
    _save(code, by)
    return code


@transaction.atomic
def retire_code(code: Code, into: Sequence[str], *, by: User | None) -> None:
    """Take a code out of use and say which codes take its place; none is an answer too."""
    _open(code.codebook)
    _changeable(code.field)
    known = Code.objects.filter(codebook=code.codebook, field=code.field, is_retired=False)
    keys = set(known.exclude(pk=code.pk).values_list("key", flat=True))
    for key in into:
        if key not in keys:
            where = Where(field=code.field)
            expected = ", ".join(sorted(keys))
            raise InputError("codebook.unknown_code", where=where, found=key, expected=expected)
    code.is_retired = True
    _save(code, by)
    _write_recode(code, list(into))


@transaction.atomic
def restore_code(code: Code, *, by: User | None) -> None:
    """Bring a retired code back into use."""
    _open(code.codebook)
    _changeable(code.field)
    code.is_retired = False
    _save(code, by)
    _write_recode(code, None)


@transaction.atomic
def publish_draft(draft: Codebook, *, by: User | None, now: datetime) -> None:
    """Make a draft the current version.

    Raises
    ------
    InputError
        A name or a definition is missing in a language, or a code was retired without saying
        what takes its place.
    """
    _open(draft)
    codes = list(Code.objects.filter(codebook=draft, is_retired=False).order_by("pk"))
    for code in codes:
        _complete(code)
    _recoded(draft, {(code.field, code.key) for code in codes})
    draft.published_at, draft.published_by = now, by
    draft.save(update_fields=["published_at", "published_by"])


@transaction.atomic
def discard_draft(draft: Codebook, *, by: User | None) -> None:
    """Throw a draft away; nothing was coded by it."""
    _open(draft)
    for code in Code.objects.filter(codebook=draft):
        sign(code, by)
        code.delete()
    draft.delete()


def missing_languages(code: Code) -> list[str]:
    """Return the languages in which a code has no name or no definition."""
    needed = [getattr(code, name) for name in REQUIRED]
    return [
        language
        for language in LANGUAGE_CODES
        if not all(text.inside(language).strip() for text in needed)
    ]


def is_changeable(field: str) -> bool:
    """Say whether codes may be added to a field or retired from it."""
    return field in {each.name for each in CODED} and field not in FIXED


def _open(book: Codebook) -> None:
    if book.published_at is not None:
        raise StateError("codebook.published", found=str(book.number))


def _changeable(field: str) -> None:
    if not is_changeable(field):
        raise InputError("codebook.fixed_field", where=Where(field=field))


def _usable(draft: Codebook, field: str, key: str) -> None:
    column: Any = Activity._meta.get_field(field)
    longest = min(LONGEST_KEY, column.max_length or LONGEST_KEY)
    if not _KEY.fullmatch(key) or len(key) > longest:
        raise InputError("codebook.bad_key", where=Where(field="key"), found=key)
    if Code.objects.filter(codebook=draft, field=field, key=key).exists():
        raise InputError("codebook.key_taken", where=Where(field="key"), found=key)


def _save(code: Code, by: User | None) -> None:
    sign(code, by)
    code.save()
    forget(code.codebook)


def _write_recode(code: Code, into: list[str] | None) -> None:
    """Put one line into the recode list, or take it out."""
    draft = Codebook.objects.get(pk=code.codebook_id)
    place = (code.field, code.key)
    lines = [line for line in draft.recodes if (line["field"], line["from"]) != place]
    if into is not None:
        lines.append({"field": code.field, "from": code.key, "to": into})
    draft.recodes = sorted(lines, key=lambda line: (line["field"], line["from"]))
    draft.save(update_fields=["recodes"])


def _complete(code: Code) -> None:
    missing = missing_languages(code)
    if missing:
        where = Where(field=code.field)
        values = {"languages": ", ".join(missing)}
        raise InputError("codebook.incomplete", where=where, found=code.key, values=values)


def _recoded(draft: Codebook, in_use: set[tuple[str, str]]) -> None:
    before = Code.objects.filter(codebook=current_codebook(), is_retired=False)
    gone = set(before.values_list("field", "key")) - in_use
    lines = {(line["field"], line["from"]): line["to"] for line in draft.recodes}
    for field, key in sorted(gone):
        targets = lines.get((field, key))
        if targets is None or any((field, target) not in in_use for target in targets):
            raise InputError("codebook.recode_missing", where=Where(field=field), found=key)


def revert_code(code: Code, number: int, *, by: User | None) -> bool:
    """Bring back the words of an earlier version of a code; return whether there is one."""
    words = values_of_version(code, number, TEXTS)
    return words is not None and change_code(code, words, by=by)
