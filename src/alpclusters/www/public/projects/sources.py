"""Sources in the reader's language where they are words of ours, else marked as English."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

KNOWN: Final = {
    "Project description of AlpClusters 2020 (German)": _(
        "Project description of AlpClusters 2020 (German)"
    ),
    "Invented for the demonstration project (simulated)": _(
        "Invented for the demonstration project (simulated)"
    ),
    "not stated in the project description nor in the public sources read in 2026": _(
        "not stated in the project description nor in the public sources read in 2026"
    ),
}


def source_words(source: str) -> SafeString | str:
    """Return what stands behind a fact as a page shows it."""
    if not source:
        return ""
    if source in KNOWN:
        return format_html("{}", KNOWN[source])
    return format_html('<span lang="en">{}</span>', source)
