"""What waits for those who keep the catalogue, and the way to every entry."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.entries import Entry, stale_entries, waiting_proposals
from alpclusters.platform.funding.models import ChangeProposal
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.www.workspace.funding_entries.access import (
    KINDS,
    entry_url,
    keeper_crumbs,
    kind_name,
    kind_of,
    public_url,
    require_keeper,
    title_of,
)

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
