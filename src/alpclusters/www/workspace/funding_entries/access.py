"""Fetch an entry, a right to keep the catalogue, and the place of its pages."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.entries import Entry
from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.funding.addresses import call_url, offer_url, programme_url

UNPROCESSABLE: Final = 422
CONFLICT: Final = 409
KINDS: Final[Mapping[str, type[Entry]]] = {
    "programme": Programme,
    "call": Call,
    "offer": Offer,
}
_PAGES: Final = {Programme: programme_url, Call: call_url, Offer: offer_url}


def may_keep(request: HttpRequest) -> bool:
    """Say whether somebody keeps the catalogue."""
    return bool(request.user.has_perm("funding.keep_catalogue"))


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to people who do not keep the catalogue."""
    if not may_keep(request):
        raise PermissionDenied


def model_of(kind: str) -> type[Entry]:
    """Return the model of a word of an address."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def kind_of(entry: Entry) -> str:
    """Return the word that stands for an entry's model in addresses."""
    return next(kind for kind, model in KINDS.items() if isinstance(entry, model))


def kept_entry(request: HttpRequest, kind: str, key: str) -> Entry:
    """Return an entry that one may change, published or not."""
    model = model_of(kind)
    require_keeper(request)
    return _get(model._default_manager.all(), kind, key)


def seen_entry(kind: str, key: str) -> Entry:
    """Return a published entry."""
    rows: Any = model_of(kind)._default_manager.filter(is_published=True)
    if kind != "programme":
        rows = rows.filter(programme__is_published=True)
    return _get(rows, kind, key)


def entry_url(name: str, entry: Entry) -> str:
    """Return the address of a page of an entry: edit, propose, history, checked."""
    return reverse(f"workspace:{name}", args=[kind_of(entry), entry.key])


def public_url(entry: Entry) -> str:
    """Return the page that visitors see."""
    return _PAGES[type(entry)](entry.key)


def title_of(entry: Entry) -> str:
    """Return what an entry is called."""
    return str(entry)


def kind_name(kind: str) -> str:
    """Return what a kind of entry is called."""
    return {
        "programme": _("Programme"),
        "call": _("Call for proposals"),
        "offer": _("Offer of funding"),
    }[kind]


def keeper_crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of those who keep the catalogue."""
    here = Crumb(_("Keep the catalogue"), reverse("workspace:funding_entries") if steps else "")
    return [Crumb(_("Workspace"), reverse("workspace:dashboard")), here, *steps]


def entry_crumbs(entry: Entry, *steps: Crumb) -> list[Crumb]:
    """Return the way to a page of an entry for everybody signed in."""
    return [
        Crumb(_("Funding"), reverse("public:funding")),
        Crumb(title_of(entry), public_url(entry)),
        *steps,
    ]


def _get(rows: Any, kind: str, key: str) -> Entry:
    related = {"programme": ["area", "evidence"], "call": ["programme"]}
    with_them = related.get(kind, ["programme", "call"])
    found: Entry = get_object_or_404(rows.select_related(*with_them), key=key)
    return found
