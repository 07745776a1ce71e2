"""Work on evidence that takes longer than a page may."""

from django.tasks import task

from alpclusters.platform.evidence.domain.documents.reading import read_document
from alpclusters.platform.evidence.models import Document


@task
def read_file(document_id: int) -> None:
    """Take the text out of the file of a document."""
    document = Document.objects.filter(pk=document_id).first()
    # Deleted, or read by somebody else, since it was asked for.
    if document is not None and document.state == Document.State.WAITING:
        read_document(document)
