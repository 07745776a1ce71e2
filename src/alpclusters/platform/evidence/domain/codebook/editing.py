"""New versions of the codebook: begun from the current one, edited, published with a recode list.

A published version never changes. Codes are not deleted but retired: their names stay readable.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Count, QuerySet
from simple_history.utils import bulk_create_with_history

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import (
    CODED,
    CodeField,
    codes_of,
    current_codebook,
    forget,
)
from alpclusters.platform.evidence.domain.versions import values_of_version
from alpclusters.platform.evidence.models import Activity, Code, Codebook
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts

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


# --- What differs between two versions of the codebook --------------------------------------------


class Difference(StrEnum):
    """What happened to a code."""

    ADDED = "added"
    RETIRED = "retired"
    RESTORED = "restored"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """One code that differs.

    Attributes
    ----------
    field, key : str
    kind : Difference
    before, after : Code or None
        The code in both versions.
    texts : tuple of (str, str)
        Texts and languages whose words differ, such as ``("definition", "sl")``.
    into : tuple of str
        Which codes take the place of a retired one.
    """

    field: str
    key: str
    kind: Difference
    before: Code | None
    after: Code | None
    texts: tuple[tuple[str, str], ...] = ()
    into: tuple[str, ...] = ()


def differences(older: Codebook, newer: Codebook) -> list[CodeDifference]:
    """Return the codes that differ, in the order of fields and codes."""
    lines = {(line["field"], line["from"]): tuple(line["to"]) for line in newer.recodes}
    found: list[CodeDifference] = []
    for each in CODED:
        before = {code.key: code for code in codes_of(older, each.name, with_retired=True)}
        for code in codes_of(newer, each.name, with_retired=True):
            into = lines.get((each.name, code.key), ())
            found += _differences(before.get(code.key), code, into)
    return found


def _differences(before: Code | None, after: Code, into: tuple[str, ...]) -> list[CodeDifference]:
    kind = _kind(before, after)
    words = _words(before, after) if before else ()
    if kind is None:
        return []
    return [CodeDifference(after.field, after.key, kind, before, after, words, into)]


def _kind(before: Code | None, after: Code) -> Difference | None:
    if before is None:
        return None if after.is_retired else Difference.ADDED
    if before.is_retired != after.is_retired:
        return Difference.RETIRED if after.is_retired else Difference.RESTORED
    return Difference.REWORDED if _words(before, after) else None


def _words(before: Code, after: Code) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, language)
        for name in TEXTS
        for language in getattr(before, name).differing(getattr(after, name))
    )


# --- Version 1 of the codebook, from ``seeds/codes.csv`` and ``seeds/codebook.csv`` ---------------


SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
PUBLISHED_AT: Final = datetime(2026, 11, 25, tzinfo=UTC)
FIRST: Final = 1


def load() -> Codebook:
    """Store the first version and its codes; what people edited stays."""
    notes = read_rows(SEEDS / "codebook.csv")
    store_rows(Codebook, [_version(row) for row in notes], key=("number",))
    book = Codebook.objects.get(number=FIRST)
    rows = [_code(row, book) for row in read_rows(SEEDS / "codes.csv")]
    store_rows(Code, rows, key=("codebook_id", "field", "key"))
    return book


def _version(row: Row) -> dict[str, Any]:
    return {"number": int(row["number"]), "published_at": PUBLISHED_AT, **texts(row, "note")}


def _code(row: Row, book: Codebook) -> dict[str, Any]:
    return {
        "codebook_id": book.pk,
        "field": row["field"],
        "key": row["key"],
        "order": int(row["order"]),
        **texts(row, *TEXTS),
    }


# --- What use of the codebook suggests: codes nobody needed, and an "other" that is asked too often
#
# Nothing is changed by it: a person decides in the next version.


# Our rules: after so many initiatives whose coders answered the field a code nobody used may go.
ENOUGH_INITIATIVES: Final = 20
# "Other" chosen at least so often, and in this share of the answers to its field.
ENOUGH_OTHERS: Final = 10
FREQUENT_SHARE: Final = 0.2
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code to look at.

    Attributes
    ----------
    code : Code
    kind : str
        ``remove`` or ``split``.
    n_used : int
        In how many activities it was chosen.
    n_answered : int
        In how many activities its field was answered.
    """

    code: Code
    kind: Literal["remove", "split"]
    n_used: int
    n_answered: int


@dataclass(frozen=True, slots=True)
class Use:
    """How often the codes of a field were chosen.

    Attributes
    ----------
    chosen : Counter of str
        Activities by code.
    n_answered, n_initiatives : int
        Activities in which the field was answered, and their initiatives.
    """

    chosen: Counter[str]
    n_answered: int
    n_initiatives: int


def n_initiatives_coded() -> int:
    """Count initiatives that people coded at least one activity of."""
    return _coded().aggregate(n=Count("initiative", distinct=True))["n"] or 0


def proposals(book: Codebook) -> list[Proposal]:
    """Return what use suggests for a version; only of fields whose codes may change."""
    fields = [field for field in CODED if is_changeable(field.name)]
    return [found for field in fields for found in _of_field(book, field, use_of(field))]


def use_of(field: CodeField) -> Use:
    """Count the codes of a field in all coded activities, as far as they are open to all."""
    rows = _coded().values_list(field.name, "initiative").iterator()
    answers = [([keys] if isinstance(keys, str) else keys, of) for keys, of in rows if keys]
    return Use(
        Counter(key for keys, _of in answers for key in set(keys)),
        len(answers),
        len({of for _keys, of in answers}),
    )


def _coded() -> QuerySet[Activity]:
    """Return what people coded: neither the facts of the seed nor what is simulated."""
    done = Activity.objects.exclude(state=Activity.State.OPEN)
    return done.filter(is_seeded=False, is_simulated=False).order_by()


def _of_field(book: Codebook, field: CodeField, use: Use) -> list[Proposal]:
    found = []
    for code in codes_of(book, field.name):
        n_used = use.chosen[code.key]
        if code.key != OTHER and n_used == 0 and use.n_initiatives >= ENOUGH_INITIATIVES:
            found.append(Proposal(code, "remove", 0, use.n_answered))
        if code.key == OTHER and _is_frequent(n_used, use.n_answered):
            found.append(Proposal(code, "split", n_used, use.n_answered))
    return found


def _is_frequent(n_used: int, n_answered: int) -> bool:
    return n_used >= ENOUGH_OTHERS and n_used >= FREQUENT_SHARE * n_answered
