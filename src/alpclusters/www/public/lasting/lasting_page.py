"""What of links lasted after the funding: answer, curve, table, groups, those that lasted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.models import Programme
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.lasting import Lasting, read_lasting
from alpclusters.platform.network.domain.links.survival import FEWEST
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Figure, Table
from alpclusters.www.public.documents import sent
from alpclusters.www.public.lasting import scopes
from alpclusters.www.public.lasting.curves import (
    CURVE,
    SplitView,
    after,
    border_name,
    chart_of,
    country_view,
    in_months,
    interval,
    key_of,
    links,
    rests_on,
    rows_of,
    share,
    split_view,
    table_of,
    type_name,
)
from alpclusters.www.public.lasting.exports import file_of
from alpclusters.www.public.lasting.scopes import (
    NamedLinks,
    ScopeView,
    cautions,
    conventions,
    named_links,
)

# --- What the page shows: the answer in a sentence, curve and table, groups, and what lasted ------


FORMATS: Final = ("csv", "json")
MOST_SCOPES: Final = 12
YEAR: Final = 12


@dataclass(frozen=True)
class OtherScope:
    """A project or programme with its own page."""

    name: str
    url: str
    n: int


@dataclass(frozen=True)
class LastingPage:
    """Everything the template names."""

    view: ScopeView
    lasting: Lasting
    answer: str
    figures: Sequence[Figure]
    chart: ChartView | None
    table: Table | None
    range_note: str
    splits: Sequence[SplitView]
    named: NamedLinks
    projects: Sequence[OtherScope]
    programmes: Sequence[OtherScope]
    cautions: Sequence[str]
    conventions: Sequence[str]
    exports: Sequence[tuple[str, str]]
    other_url: str

    @property
    def has_curve(self) -> bool:
        """Whether enough links have an answer."""
        return not self.lasting.total.is_suppressed


def read_page(view: ScopeView, *, seen_by: Person, today: date) -> LastingPage:
    """Read what lasted of a scope, in the reader's language."""
    language = nearest_language(get_language())
    lasting = read_lasting(view.scope, today=today)
    return LastingPage(
        view=view,
        lasting=lasting,
        answer=answer(lasting, language),
        figures=_figures(lasting, language),
        chart=chart_of(lasting.total, language),
        table=table_of(lasting.total, language),
        range_note=_range_note(lasting, language),
        splits=_splits(lasting, language),
        named=named_links(lasting.lasted, language),
        projects=_projects(view, seen_by),
        programmes=_programmes(view),
        cautions=cautions(lasting, language),
        conventions=conventions(),
        exports=[(kind, view.file_url(kind)) for kind in FORMATS],
        other_url=_other_url(view),
    )


def answer(lasting: Lasting, language: str) -> str:
    """Say the answer in one sentence with its interval, or why there is none."""
    total = lasting.total
    if not lasting.n_ended_funding:
        return _("Nothing can be said yet: no link is known whose funding has ended.")
    if total.is_suppressed:
        return _(
            "Too few answers for a share: of %(all)s whose funding has ended, fewer than %(few)s "
            "have an answer since."
        ) % {"all": links(lasting.n_ended_funding, language), "few": FEWEST}
    reading = total.reading(YEAR)
    if reading is None:
        return _("Too few links were observed for a whole year after their funding.")
    said = {
        "share": share(reading, language),
        "interval": interval(reading, language),
        "rests": rests_on(total, language),
    }
    if not said["interval"]:
        return _("One year after the end of the funding %(share)s last (%(rests)s).") % said
    return (
        _(
            "One year after the end of the funding %(share)s last "
            "(90%% interval %(interval)s; %(rests)s)."
        )
        % said
    )


def _figures(lasting: Lasting, language: str) -> list[Figure]:
    total = lasting.total
    read = [r for r in total.readings if r.value is not None]
    figures = [
        Figure(
            _("last %(after)s") % {"after": after(in_months(reading.time))},
            share(reading, language),
            interval(reading, language) or _("interval not defined"),
            key=key_of(reading),
            exact=reading.value,
            url=f"#{CURVE}",
        )
        for reading in dict.fromkeys([*read[:1], *read[-1:]])
    ]
    if total.curve is not None:
        figures.append(_median(lasting))
    known = format_integer(lasting.n_ended_funding, language)
    figures.append(
        Figure(
            _("Links with an answer"),
            format_integer(total.n, language) if total.n >= FEWEST else f"< {FEWEST}",
            _("of %(n)s whose funding has ended") % {"n": known},
            key="answered",
            exact=total.n if total.n >= FEWEST else None,
            n=lasting.n_ended_funding,
            why=_("whose link has ended is not shown"),
        )
    )
    return figures


def _median(lasting: Lasting) -> Figure:
    curve = lasting.total.curve
    label = _("Months until half have ended")
    if curve is None or curve.median is None:
        told = _("more than half were alive at the end")
        return Figure(label, "–", told, key="median", why=_("the curve never comes down to half"))
    months = in_months(curve.median)
    told = _("median; ends between answers")
    why = _("read off the curve where half have ended")
    return Figure(label, str(months), told, key="median", exact=months, why=why)


def _range_note(lasting: Lasting, language: str) -> str:
    """Say how much depends on the days on which somebody was asked."""
    rows = [row for row in rows_of(lasting.total) if row.month == YEAR]
    if not rows or rows[0].earliest is None or rows[0].latest is None:
        return ""
    from_, to = sorted((rows[0].earliest, rows[0].latest))
    reading = lasting.total.reading(YEAR)
    if reading is None:
        return ""
    low, high = (share(replace(reading, value=end), language) for end in (from_, to))
    return _(
        "Nobody knows the day of an end, only the answers around it. Had all ends come as early or "
        "as late as the answers allow, %(low)s to %(high)s would last after one year."
    ) % {"low": low, "high": high}


def _splits(lasting: Lasting, language: str) -> list[SplitView]:
    if lasting.total.is_suppressed:
        return []
    found = (
        split_view(
            "border", _("Over borders and within one country"), lasting.by_border, border_name,
            _("Border"), language,
        ),
        split_view(
            "type", _("By kind of link"), lasting.by_type, type_name, _("Kind of link"), language
        ),
        split_view(
            "programme", _("By programme"), lasting.by_programme, str, _("Programme"), language
        ),
        country_view(lasting.by_country, language),
    )  # fmt: skip
    return [view for view in found if view is not None]


def _projects(view: ScopeView, user: Person) -> list[OtherScope]:
    if view.scope.kind != "all":
        return []
    counted = Q(
        links__standing__in=(Link.Standing.CONFIRMED, Link.Standing.SOURCE),
        links__is_simulated=view.scope.is_simulated,
    )
    rows = visible_to(user).annotate(n_links=Count("links", filter=counted))
    shown = rows.filter(n_links__gte=FEWEST).order_by("-n_links", "pk")[:MOST_SCOPES]
    # A simulated project speaks of simulated links only, a real one of real ones.
    return [
        OtherScope(p.acronym, reverse("public:lasting-project", args=[p.slug]), p.n_links)  # type: ignore[attr-defined]  # counted above
        for p in shown
        if p.is_simulated == view.scope.is_simulated
    ]


def _programmes(view: ScopeView) -> list[OtherScope]:
    if view.scope.kind != "all":
        return []
    counted = Q(
        initiatives__links__standing__in=(Link.Standing.CONFIRMED, Link.Standing.SOURCE),
        initiatives__links__is_simulated=view.scope.is_simulated,
    )
    rows = Programme.objects.annotate(n_links=Count("initiatives__links", filter=counted))
    shown = rows.filter(n_links__gte=FEWEST).order_by("-n_links", "pk")[:MOST_SCOPES]
    return [
        OtherScope(
            str(one),
            replace(view, scope=replace(view.scope, kind="programme", pk=one.pk), key=one.key).url,
            one.n_links,
        )
        for one in shown
    ]


def _other_url(view: ScopeView) -> str:
    """Return the same page with simulated links instead of real ones, or back, if there are any."""
    scope = view.scope
    if scope.kind in {"project", "initiative"}:
        return ""
    other = replace(view, scope=replace(scope, is_simulated=not scope.is_simulated))
    return other.url if other.scope.links().exists() else ""


# --- What of links lasted after the funding: all, and of a project, programme or initiative -------


@require_safe
def lasting(request: HttpRequest) -> HttpResponse:
    """Show how long links last."""
    return _show(request, scopes.all_links(request))


@require_safe
def of_project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how long the links of a partnership last."""
    return _show(request, scopes.of_project(request, slug))


@require_safe
def of_programme(request: HttpRequest, key: str) -> HttpResponse:
    """Show how long the links last that a programme paid for."""
    return _show(request, scopes.of_programme(request, key))


@require_safe
def of_initiative(request: HttpRequest, key: str) -> HttpResponse:
    """Show how long the links of one initiative last."""
    return _show(request, scopes.of_initiative(request, key))


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the curve as a file."""
    if kind not in FORMATS:
        raise Http404
    view = scopes.asked_for(request)
    url = request.build_absolute_uri(view.url)
    return sent(file_of(view, kind, url=url, today=timezone.localdate()))


def _show(request: HttpRequest, view: ScopeView) -> HttpResponse:
    page = read_page(view, seen_by=request.user, today=timezone.localdate())
    context = {"page": page, "simulated": view.scope.is_simulated, "section": "network"}
    return render(request, "public/lasting/page.html", context)


urlpatterns = [
    path("network/lasting/", lasting, name="lasting"),
    path("network/lasting/curve.<slug:kind>", export, name="lasting-export"),
    path("network/lasting/project/<slug:slug>/", of_project, name="lasting-project"),
    path("network/lasting/programme/<slug:key>/", of_programme, name="lasting-programme"),
    path("network/lasting/initiative/<slug:key>/", of_initiative, name="lasting-initiative"),
]
