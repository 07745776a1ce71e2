"""What every page knows: its place in the site, its languages, and whether it shows simulations.

A view overrides any of these names through its own context: ``simulated``, ``section``,
``page_languages``, ``canonical_url``.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGES
from alpclusters.platform.trust.domain.bodies import owes_imprint

NOUNS: Final = (
    ("measures", "public:measures", _("Measures")),
    ("evidence", "public:evidence", pgettext_lazy("what earlier initiatives taught", "Experience")),
    ("cafes", "public:cafes", _("AlpCafés")),
    ("network", "public:network", _("Network")),
    ("plans", "public:plans", _("Action plans")),
    ("funding", "public:funding", _("Funding")),
)
# Pages that belong to a noun without lying below its address.
BELONGING: Final = {"network": ("public:directory",)}


@dataclass(frozen=True)
class NavItem:
    """One noun of the header; ``current`` is '', 'page' or 'true' as in aria-current."""

    key: str
    label: Any
    url: str
    current: str


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one language."""

    code: str
    name: str
    url: str
    is_current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs on every page."""
    return {
        "simulated": False,
        "section": "",
        "nav_items": SimpleLazyObject(lambda: navigation(request)),
        "page_languages": SimpleLazyObject(lambda: languages(request)),
        "canonical_url": request.build_absolute_uri(request.path),
        "has_component_page": getattr(settings, "COMPONENTS_PAGE", False),
        "current_language": get_language() or DEFAULT_LANGUAGE,
        "imprint_is_owed": SimpleLazyObject(lambda: imprint_is_owed(request)),
    }


def imprint_is_owed(request: HttpRequest) -> bool:
    """Say whether this page reminds an administrator that nobody answers for a public site.

    Only pages of the workspace do: others need not know who reads them.
    """
    view = request.resolver_match
    return (
        view is not None
        and view.namespace == "workspace"
        and settings.CONFIGURATION.is_public
        and request.user.has_perm("partnership.manage_installation")
        and owes_imprint()
    )


def navigation(request: HttpRequest) -> list[NavItem]:
    """Return the nouns of the header and which of them the page belongs to."""
    items = []
    for key, name, label in NOUNS:
        url = reverse(name)
        others = tuple(reverse(other) for other in BELONGING.get(key, ()))
        items.append(NavItem(key, label, url, _current(request.path, url, others)))
    return items


def _current(path: str, url: str, others: tuple[str, ...]) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith((url, *others)) else ""


def languages(request: HttpRequest) -> list[LanguageLink]:
    """Return the addresses of this page in the five languages, the query kept."""
    here, view = get_language(), _view_of(request)
    full = request.get_full_path()
    return [
        LanguageLink(code, name, _address_of(view, full, code), code == here)
        for code, name in LANGUAGES
    ]


def _view_of(request: HttpRequest) -> ResolverMatch | None:
    """Return what answers this address; it is looked up once and not for each language."""
    if request.resolver_match is not None:
        return request.resolver_match
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _address_of(view: ResolverMatch | None, full: str, language: str) -> str:
    if view is None:
        return full
    with override(language):
        try:
            path = reverse(view.view_name, args=view.args, kwargs=view.kwargs)
        except NoReverseMatch:
            return full
    return urlsplit(full)._replace(path=path).geturl()
