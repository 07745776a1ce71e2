"""What waits for those who keep the catalogue, the way to entries, and whether they stand."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.entries import (
    Entry,
    bring_back,
    set_published,
    stale_entries,
    waiting_proposals,
)
from alpclusters.platform.funding.models import Call, ChangeProposal, EntryVersion, Offer, Programme
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.funding.asking import call_url, offer_url, programme_url
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.sentences import placed_sentence

# --- Fetch an entry, a right to keep the catalogue, and the place of its pages --------------------


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


# --- What waits for those who keep the catalogue, and the way to every entry ----------------------


PAGE_SIZE: Final = 50
MOST_WAITING: Final = 100
MOST_FOUND: Final = 10


@dataclass(frozen=True)
class EntryRow:
    """One entry with its addresses."""

    name: str
    kind: str
    checked_on: dt.date | None
    url: str
    edit_url: str
    checked_url: str
    source_url: str
    is_simulated: bool


@dataclass(frozen=True)
class ProposalRow:
    """A proposal that waits."""

    pk: int
    name: str
    kind: str
    source: str
    proposed_at: dt.datetime
    proposed_by: str
    n_fields: int


@login_required
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """List waiting proposals and stale entries; find any entry by its name."""
    require_keeper(request)
    words = request.GET.get("q", "").strip()[:200]
    stale = stale_entries(timezone.localdate())
    page = Paginator(stale, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = waiting_proposals().select_related("proposed_by")
    context = {
        "words": words,
        "found": [_row(entry) for entry in _find(words)] if words else [],
        "waiting": [_proposal(one) for one in waiting[:MOST_WAITING]],
        "page": page,
        "stale": [_row(entry) for entry in page.object_list],
        "new": [(kind_name(kind), reverse("workspace:funding_entry_new", args=[kind]))
                for kind in KINDS],
        "crumbs": keeper_crumbs(),
    }  # fmt: skip
    return render(request, "workspace/funding_entries/list.html", context)


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        name=title_of(entry),
        kind=kind_name(kind_of(entry)),
        checked_on=entry.checked_on,
        url=public_url(entry),
        edit_url=entry_url("funding_entry", entry),
        checked_url=entry_url("funding_entry_checked", entry),
        source_url=entry.source_url,
        is_simulated=entry.is_simulated,
    )


def _proposal(one: ChangeProposal) -> ProposalRow:
    return ProposalRow(
        pk=one.pk,
        name=title_of(one.entry),
        kind=kind_name(kind_of(one.entry)),
        source=one.source,
        proposed_at=one.proposed_at,
        proposed_by=str(one.proposed_by) if one.proposed_by else "",
        n_fields=len(one.patch),
    )


def _find(words: str) -> Sequence[Entry]:
    """Find entries that say every word in their name, in any language, or in their key."""
    found: list[Entry] = []
    for model in KINDS.values():
        rows: Any = model._default_manager.all()
        for word in words.split()[:8]:
            asked = [Q(**{f"{name}__icontains": word}) for name in _searched(model)]
            rows = rows.filter(reduce(or_, asked))
        found += rows.order_by("key")[:MOST_FOUND]
    return found


def _searched(model: type[Entry]) -> Iterator[str]:
    for field in fields_of(model, lambda one: one.words):
        if isinstance(field, TranslatedText):
            yield from (f"{field.name}__{code}" for code in LANGUAGE_CODES)
        else:
            yield field.name


# --- Withdraw an entry or publish it again, and bring a version of it back ------------------------


LONGEST = 300


@login_required
@require_POST
def entry_standing(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Withdraw an entry, with a reason, or publish it again."""
    entry = kept_entry(request, kind, key)
    is_published = request.POST.get("do") == "publish"
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST]
    if not is_published and not reason:
        messages.error(request, _("Say why it is withdrawn; the history keeps it."))
        return redirect(entry_url("funding_entry", entry))
    source = reason or _("Published again")
    try:
        set_published(
            entry, is_published=is_published, source=source, by=request.user, now=timezone.now()
        )
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    else:
        messages.success(
            request,
            _("The entry stands in the catalogue again.")
            if is_published
            else _("The entry is withdrawn. Cases that took it keep their copy."),
        )
    return redirect(entry_url("funding_entry", entry))


@login_required
@require_POST
def entry_back(request: SignedInRequest, kind: str, key: str, number: int) -> HttpResponse:
    """Let an entry say again what it said in one of its versions."""
    entry = kept_entry(request, kind, key)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0  # noqa: PLR2004 - no such version
    source = _("Version %(n)s brought back") % {"n": number}
    try:
        changed = bring_back(
            entry, number, version=version, source=source, by=request.user, now=timezone.now()
        )
    except EntryVersion.DoesNotExist as error:
        raise Http404 from error
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    else:
        is_new = changed.version != version
        messages.success(request, source if is_new else _("Nothing was changed."))
    return redirect(entry_url("funding_entry_history", entry))
