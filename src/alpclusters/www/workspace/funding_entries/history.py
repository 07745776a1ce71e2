"""The versions of an entry, the newest first, each with what it changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.domain.entries import SEED, compare
from alpclusters.platform.funding.models import EntryVersion
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_entries.access import (
    entry_crumbs,
    entry_url,
    kept_entry,
    may_keep,
    public_url,
    seen_entry,
    title_of,
)
from alpclusters.www.workspace.funding_entries.differences import Difference, difference

PAGE_SIZE = 10


@dataclass(frozen=True)
class VersionView:
    """A version; ``by`` is empty for those who do not keep the catalogue."""

    number: int
    made_at: dt.datetime
    source: str
    by: str
    proposal: int | None
    is_first: bool
    changes: Sequence[Difference]


@login_required
@require_safe
def entry_history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show everybody signed in what an entry said, and keepers who wrote it."""
    keeps = may_keep(request)
    entry = kept_entry(request, kind, key) if keeps else seen_entry(kind, key)
    rows = EntryVersion.objects.filter(**{kind: entry}).select_related("made_by")
    page = Paginator(rows.order_by("-number"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "entry": entry,
        "name": title_of(entry),
        "page": page,
        "versions": _views(list(page.object_list), _before(rows, page), keeps=keeps),
        "kind": kind,
        "keeps": keeps,
        "edit_url": entry_url("funding_entry", entry),
        "propose_url": entry_url("funding_entry_propose", entry),
        "public_url": public_url(entry),
        "crumbs": entry_crumbs(entry, Crumb(_("History"))),
        "simulated": entry.is_simulated,
    }
    return render(request, "workspace/funding_entries/history.html", context)


def _before(rows: Any, page: Any) -> EntryVersion | None:
    """Return the version before the oldest one of the page."""
    shown = list(page.object_list)
    if not shown:
        return None
    older = rows.filter(number__lt=shown[-1].number)
    found: EntryVersion | None = older.order_by("-number").first()
    return found


def _views(
    versions: Sequence[EntryVersion], before: EntryVersion | None, *, keeps: bool
) -> list[VersionView]:
    olds = [*versions[1:], before]
    return [_view(new, old, keeps=keeps) for new, old in zip(versions, olds, strict=False)]


def _view(new: EntryVersion, old: EntryVersion | None, *, keeps: bool) -> VersionView:
    changes = compare(old.data, new.data) if old else ()
    is_seed = new.source == SEED
    return VersionView(
        number=new.number,
        made_at=new.made_at,
        source="" if is_seed else new.source,
        by=_by(new) if keeps else "",
        proposal=new.proposal_id,
        is_first=old is None,
        changes=[difference(one.path, one.before, one.after) for one in changes],
    )


def _by(version: EntryVersion) -> str:
    return str(version.made_by) if version.made_by else _("the program")
