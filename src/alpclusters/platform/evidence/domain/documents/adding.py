"""Documents come in: an address, an upload, or both; a file that is there already is told."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding.answers import coders_needed
from alpclusters.platform.evidence.domain.documents.files import drop_file, keep_file
from alpclusters.platform.evidence.domain.documents.reading import State
from alpclusters.platform.evidence.domain.documents.tasks import read_file
from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.domain.versions import Version, values_of_version, versions_of
from alpclusters.platform.evidence.models import Activity, Document, Initiative, Quotation
from alpclusters.platform.fields import fields_of
from alpclusters.platform.files import file_digest
from alpclusters.platform.history import sign
from alpclusters.platform.worlds import check_one_world
from alpclusters.sources.written_documents import kind_of


@transaction.atomic
def add_document(
    *, title: str, by: User | None, initiatives: Iterable[Initiative] = (), **fields: Any
) -> Document:
    """Add a document without a file.

    Parameters
    ----------
    title : str
    by : User or None
        None for the program itself.
    initiatives : iterable of Initiative
        Which it is about.
    **fields
        Of `Document`: authors, year, source_type, language, licence, address ...

    Raises
    ------
    InputError
        About simulated and real initiatives at once (``worlds.mixed``); about simulated ones
        only, it is simulated itself.
    """
    key = free_key(Document, title, fallback="document")
    about = list(initiatives)
    fields.setdefault("is_simulated", any(one.is_simulated for one in about))
    document = Document(key=key, title=title, added_by=by, **fields)
    sign(document, by)
    document.save()
    check_one_world(document, about)
    document.initiatives.set(about)
    return document


def same_file(path: Path, *, but: Document | None = None) -> Document | None:
    """Return the document that has the same file already."""
    others = Document.objects.filter(digest=file_digest(path)).order_by("pk")
    return others.exclude(pk=but.pk).first() if but and but.pk else others.first()


def add_upload(document: Document, path: Path, *, name: str, by: User) -> Document:
    """Give a document its file; the worker reads it.

    Parameters
    ----------
    document : Document
    path : Path
        It is copied.
    name : str
        How the person calls the file.
    by : User

    Raises
    ------
    FileFormatError
        See `alpclusters.sources.written_documents.kind_of`.
    StateError
        ``document.known`` (another document has this file; ``values`` has its key),
        ``document.is_quoted`` (another file might have other pages).
    """
    name = PurePath(name).name[:200]
    kind = kind_of(path, name=name)
    known = same_file(path, but=document)
    if known is not None:
        raise StateError("document.known", found=known.title, values={"key": known.key})
    if document.file and document.quotations.exists():
        raise StateError("document.is_quoted", found=document.title)
    earlier = document.file
    document.file, document.digest = keep_file(path, kind)
    document.file_name, document.n_bytes = name, path.stat().st_size
    with transaction.atomic():
        sign(document, by, reason="file")
        begin_reading(document)
    if earlier != document.file:
        drop_file(earlier)
    return document


def begin_reading(document: Document) -> None:
    """Save a document and let the worker read its file, from the first page on."""
    document.state, document.error, document.n_pages = State.WAITING, {}, 0
    document.save()
    document.pages.all().delete()
    read_file.enqueue(document.pk)


# --- What people say about a document: changed with its history, deleted while nothing quotes it


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


# --- What rests on a document, as far as a person may know it yet ---------------------------------


def visible_quotations(document: Document, user_id: int | None) -> list[Quotation]:
    """Return the quotations of a document that a person may see, by page.

    Where another coder looked is a hint: until all who code an activity have closed, each sees
    only the own quotations for it, and those of the program.
    """
    related = document.quotations.select_related("document", "activity__initiative", "lesson")
    found = list(related.order_by("page", "pk"))
    revealed = _revealed({one.activity_id for one in found if one.activity_id})
    return [
        one
        for one in found
        if one.activity_id is None
        or one.activity_id in revealed
        or one.made_by_id in {user_id, None}
    ]


def _revealed(activity_ids: Collection[int]) -> set[int]:
    needed = coders_needed(activity_ids)
    closed = Count("codings", filter=Q(codings__closed_at__isnull=False))
    rows = Activity.objects.filter(pk__in=activity_ids).annotate(n_closed=closed).order_by()
    return {pk for pk, n in rows.values_list("pk", "n_closed") if n >= needed[pk]}
