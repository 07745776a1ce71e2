"""The way to everything of the evidence base that a person may write."""

from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.www.components.parts import Crumb

# Page, its words, the right it asks for.
PAGES: Final[tuple[tuple[str, Any, str], ...]] = (
    ("workspace:lessons", _("Lessons"), "evidence.change_evidence"),
    ("workspace:initiatives", _("Initiatives"), "evidence.change_evidence"),
    ("workspace:documents", _("Documents"), "evidence.change_evidence"),
    ("workspace:initiative-imports", _("Imported projects"), "evidence.import_initiatives"),
    ("workspace:codebook", _("Codebook"), "evidence.change_codebook"),
    ("public:evidence", _("What lasted (public page)"), "evidence.change_evidence"),
)


def base_links(user: User) -> list[Crumb]:
    """Return the pages a person may open."""
    allowed = [(name, label) for name, label, right in PAGES if user.has_perm(right)]
    links = [Crumb(label, _address(name)) for name, label in allowed]
    return [link for link in links if link.url]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
