"""Documents come in: an address, an upload, or both; a file that is there already is told."""

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.documents.files import drop_file, keep_file
from alpclusters.platform.evidence.domain.documents.reading import State
from alpclusters.platform.evidence.domain.documents.tasks import read_file
from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.models import Document, Initiative
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
