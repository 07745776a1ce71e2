"""Pick sectors and target markets: search, choose, put in order, take away; no script needed."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.editing import change_profile
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.sectors import (
    DIVISIONS,
    SECTIONS,
    parse_sector,
    search_sectors,
    section_of,
    sector_label,
)
from alpclusters.platform.actors.domain.seeding import is_our_reading
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.profiles.access import own_profile, profile_context
from alpclusters.www.workspace.profiles.parts import BY_KEY, part_after
from alpclusters.www.workspace.profiles.parts_reach import MarketForm

MOST_SECTORS: Final = 5
MOST_MARKETS: Final = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_sectors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search sectors by words or code, or go through the sections, and choose up to five."""
    cluster = own_profile(request, slug)
    if request.method == "POST":
        _change_sectors(request, cluster)
        return redirect("workspace:profile-sectors", slug=slug)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    section = request.GET.get("section", "")
    context = _context(cluster, "sectors") | {
        "query": query,
        "section": section if section in SECTIONS else "",
        "chosen": _labelled(cluster.sectors),
        "is_our_reading": is_our_reading(cluster),
        "found": _labelled(_offered(query, section), without=cluster.sectors),
        "sections": _labelled(SECTIONS),
        "most": MOST_SECTORS,
        "is_full": len(cluster.sectors) >= MOST_SECTORS,
    }
    return render(request, "workspace/profiles/sectors.html", context)


def _offered(query: str, section: str) -> list[str]:
    if query:
        return [code for code in search_sectors(query, get_language()) if code not in SECTIONS]
    return [code for code in DIVISIONS if section_of(code) == section]


def _labelled(codes: Any, without: Any = ()) -> list[tuple[str, str]]:
    language = get_language()
    return [(code, sector_label(code, language)) for code in codes if code not in without]


def _change_sectors(request: SignedInRequest, cluster: ClusterOrganisation) -> None:
    code = parse_sector(request.POST.get("code", ""))
    if code is None or code in SECTIONS:
        messages.error(request, _("Choose a sector out of the list."))
        return
    rest = [one for one in cluster.sectors if one != code]
    order = {"add": [*rest, code], "main": [code, *rest], "remove": rest}
    wanted = order.get(request.POST.get("do", "add"), cluster.sectors)
    if len(wanted) > MOST_SECTORS:
        text = ngettext(
            "At most %(n)s sector. Take one away first.",
            "At most %(n)s sectors. Take one away first.",
            MOST_SECTORS,
        )
        messages.error(request, text % {"n": MOST_SECTORS})
        return
    if change_profile(cluster, {"sectors": wanted}, by=request.user, reason="edit"):
        messages.success(request, _("Saved"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_markets(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name countries one aims at and what for; a country named again is changed."""
    cluster = own_profile(request, slug)
    form = MarketForm(request.POST or None, initial=_market_to_change(request, cluster))
    if request.method == "POST" and "remove" in request.POST:
        _set_markets(request, cluster, _markets_without(cluster, request.POST["remove"]))
        return redirect("workspace:profile-markets", slug=slug)
    if request.method == "POST" and form.is_valid():
        country = form.cleaned_data["country"]
        market = {"country": country, "aims": form.cleaned_data["aims"]}
        wanted = [*_markets_without(cluster, country), market][:MOST_MARKETS]
        _set_markets(request, cluster, wanted)
        return redirect("workspace:profile-markets", slug=slug)
    context = _context(cluster, "markets") | {"form": form, "markets": _markets(cluster)}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/markets.html", context, status=status)


def _market_to_change(request: HttpRequest, cluster: ClusterOrganisation) -> dict[str, Any]:
    wanted = request.GET.get("country", "")
    return next((m for m in cluster.target_markets if m["country"] == wanted), {})


def _markets_without(cluster: ClusterOrganisation, country: str) -> list[dict[str, Any]]:
    return [one for one in cluster.target_markets if one["country"] != country]


def _set_markets(
    request: SignedInRequest, cluster: ClusterOrganisation, markets: list[dict[str, Any]]
) -> None:
    change_profile(cluster, {"target_markets": markets}, by=request.user, reason="edit")
    messages.success(request, _("Saved"))


def _markets(cluster: ClusterOrganisation) -> list[dict[str, Any]]:
    language = get_language()
    rows = [
        {
            "code": one["country"],
            "name": country_name(one["country"], language),
            "aims": ", ".join(choice_label("aim", aim, language) for aim in one["aims"]),
        }
        for one in cluster.target_markets
    ]
    return sorted(rows, key=lambda row: row["name"].casefold())


def _context(cluster: ClusterOrganisation, key: str) -> dict[str, Any]:
    part = BY_KEY[key]
    after = part_after(key)
    return profile_context(cluster, part.title) | {
        "part": part,
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }
