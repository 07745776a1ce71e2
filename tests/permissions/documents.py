"""Documents with a file and initiatives with a history for the table of rights."""

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alpclusters.platform.evidence.domain.documents.files import keep_file
from alpclusters.platform.evidence.models import Document, DocumentPage, Initiative
from tests.factories.evidence import make_document, make_initiative
from tests.factories.written import make_pdf


def document_things() -> dict[tuple[str, str], Any]:
    """Build them; addresses name a key, a page, a version."""
    hidden = make_initiative("written-own", is_published=False)
    shown = make_initiative("written-public")
    return {
        ("written_document", "own"): _addressed(_written("document-own", hidden, is_open=False)),
        ("written_document", "public"): _addressed(
            _written("document-public", shown, is_open=True)
        ),
        ("written_initiative", "own"): _addressed(hidden),
    }


def _written(key: str, initiative: Initiative, *, is_open: bool) -> Document:
    with tempfile.NamedTemporaryFile() as file:
        file.write(make_pdf([key]))
        file.flush()
        name, digest = keep_file(Path(file.name), "pdf")
    document = make_document(
        key,
        initiatives=[initiative],
        is_open=is_open,
        file=name,
        digest=digest,
        file_name="report.pdf",
        state=Document.State.READ,
        n_pages=1,
    )
    DocumentPage.objects.create(document=document, number=1, text=key)
    return document


def _addressed(thing: Document | Initiative) -> SimpleNamespace:
    return SimpleNamespace(key=thing.key, number=1, version=thing.history.latest().pk)
