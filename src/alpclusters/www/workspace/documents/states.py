"""How the reading of a document stands, in words."""

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError, Where
from alpclusters.platform.evidence.domain.documents.reading import Reading
from alpclusters.platform.evidence.models import Document
from alpclusters.reports.numbers import format_integer
from alpclusters.www.workspace.sentences import placed_sentence

# state: (icon, tone) of its badge
LOOKS: Final = {
    Document.State.NO_FILE: ("link", ""),
    Document.State.WAITING: ("clock", "info"),
    Document.State.READ: ("check", "good"),
    Document.State.FAILED: ("circle-alert", "bad"),
}
_WHERE: Final = ("file", "sheet", "line", "column", "field", "path", "argument", "row")
_KNOWN: Final = {"code", "seen", "expected", "severity", *_WHERE}


def failure_of(document: Document) -> str:
    """Say why the file of a document could not be read; empty if it could."""
    if document.state != Document.State.FAILED or not document.error:
        return ""
    return placed_sentence(_error(document.error))


def told(reading: Reading) -> str:
    """Say how far the worker is, in one line."""
    if not reading.total:
        return _("The reading begins in a moment.")
    language = get_language() or "en"
    words = {
        "done": format_integer(reading.done, language),
        "total": format_integer(reading.total, language),
    }
    return _("%(done)s of %(total)s pages are read.") % words


def _error(record: dict[str, Any]) -> AlpClustersError:
    """Make the error again that was kept with the document."""
    return AlpClustersError(
        record["code"],
        where=Where(**{name: record[name] for name in _WHERE if name in record}),
        found=record.get("seen"),
        expected=record.get("expected"),
        values={name: value for name, value in record.items() if name not in _KNOWN},
    )
