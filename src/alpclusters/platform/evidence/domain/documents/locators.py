"""A place in a document as people write it: the printed page first, the leaf where it differs."""

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.documents.files import kind_of_file
from alpclusters.platform.evidence.models import Document, Quotation


def page_words(document: Document, number: int, label: str = "") -> str:
    """Return how a page is called.

    Parameters
    ----------
    document : Document
    number : int
        As one counts the leaves.
    label : str
        What is printed on it, if that differs.
    """
    if kind_of_file(document) in {"docx", "txt"}:
        return _("part %(n)s") % {"n": number}
    if label:
        return _("p. %(label)s (leaf %(n)s)") % {"label": label, "n": number}
    return _("p. %(n)s") % {"n": number}


def place_words(quotation: Quotation, labels: dict[int, str] | None = None) -> str:
    """Return the place of a quotation; empty where the source has no pages."""
    if quotation.page is None:
        return ""
    document, known = quotation.document, labels or {}
    start = page_words(document, quotation.page, known.get(quotation.page, ""))
    if quotation.page_end is None:
        return start
    end = page_words(document, quotation.page_end, known.get(quotation.page_end, ""))
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
