"""What people say about a document: changed with its history, deleted while nothing quotes it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.documents.files import drop_file
from alpclusters.platform.evidence.domain.versions import (
    Version,
    values_of_version,
    versions_of,
)
from alpclusters.platform.evidence.models import Document, Initiative
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.worlds import check_one_world

FIELDS: Final = tuple(one.name for one in fields_of(Document))
# Shown in the history; no earlier version brings them back.
SHOWN_TOO: Final = ("file_name",)


@transaction.atomic
def change_document(
    document: Document,
    fields: Mapping[str, Any],
    *,
    by: User,
    reason: str = "",
    initiatives: Iterable[Initiative] | None = None,
) -> bool:
    """Change what is said about a document.

    Parameters
    ----------
    document : Document
        As it was read.
    fields : mapping
        Of `FIELDS` and their new values; others are refused.
    by : User
    reason : str, default ""
        What the history says about it.
    initiatives : iterable of Initiative, optional
        Which it is about, instead of those it is now.

    Returns
    -------
    bool
        False if nothing differs.

    Raises
    ------
    InputError
        About an initiative of the other world (``worlds.mixed``).
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        message = f"not a field people edit: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    is_moved = initiatives is not None and _tie(document, initiatives)
    changed = [name for name, value in fields.items() if _differs(getattr(document, name), value)]
    if not changed and not is_moved:
        return False
    for name in changed:
        setattr(document, name, fields[name])
    sign(document, by, reason=reason or ("" if changed else "initiatives"))
    document.save()
    return True


def versions(document: Document) -> list[Version]:
    """Return the versions of a document, newest first."""
    return versions_of(document, (*FIELDS, *SHOWN_TOO))


def revert(document: Document, *, version: int, by: User) -> bool:
    """Bring back what an earlier version said; False if there is none or nothing differs."""
    values = values_of_version(document, version, FIELDS)
    return values is not None and change_document(
        document, values, by=by, reason=f"revert:{version}"
    )


@transaction.atomic
def delete_document(document: Document, *, by: User) -> None:
    """Delete a document with its pages and, where no other has it, its file.

    Raises
    ------
    StateError
        ``document.is_quoted``: an activity or a lesson rests on it.
    """
    if document.quotations.exists():
        raise StateError("document.is_quoted", found=document.title)
    name = document.file
    sign(document, by, reason="deleted")
    document.delete()
    transaction.on_commit(lambda: drop_file(name))


def _tie(document: Document, initiatives: Iterable[Initiative]) -> bool:
    initiatives = list(initiatives)
    check_one_world(document, initiatives)
    wanted = {initiative.pk for initiative in initiatives}
    if wanted == set(document.initiatives.values_list("pk", flat=True)):
        return False
    document.initiatives.set(wanted)
    return True


def _differs(now: Any, value: Any) -> bool:
    return (now or None) != (value or None)
