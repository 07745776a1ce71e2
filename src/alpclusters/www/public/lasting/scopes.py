"""Which links a page speaks of: scope and name, how they were counted, which lasted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.network.domain.links.lasting import Lasting, Scope
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_percent

# --- How it was counted, and what to be careful with ----------------------------------------------


FEW_ANSWERS = 0.5
FEW_PROJECTS = 20


def conventions() -> list[str]:
    """Say by which rules links are counted."""
    return [
        _(
            "Counted are links that both sides confirmed, or that a published project shows. Time "
            "begins with the end of the funding."
        ),
        _(
            "An end is a report “ended” or “dormant”; it lies half way between the last “active” "
            "and that report. Without an end a link is observed up to its last “active”, never up "
            "to today."
        ),
        _(
            "A link that somebody entered after its funding had ended is observed from that day "
            "on: its end could not have been reported before."
        ),
        _(
            "Share after Kaplan and Meier. Interval: 90%, whole projects resampled 500 times, "
            "because links of one project hang together; a link without a project stands alone."
        ),
        _(
            "The line ends where fewer than 5 links, or fewer than a tenth, are still observed. "
            "Groups with fewer than 5 links are not shown."
        ),
    ]


def cautions(lasting: Lasting, language: str) -> list[str]:
    """Say what the numbers of this page cannot carry."""
    found = []
    total = lasting.total
    if lasting.n_ended_funding and total.n < FEW_ANSWERS * lasting.n_ended_funding:
        rate = format_percent(total.n / lasting.n_ended_funding, language)
        found.append(
            _(
                "Only %(share)s of the links whose funding has ended have an answer. Who answers "
                "may differ from who does not."
            )
            % {"share": rate}
        )
    if not total.is_suppressed and total.n_projects < FEW_PROJECTS:
        found.append(
            ngettext(
                "The links come from %(n)s project only: the interval is rough.",
                "The links come from %(n)s projects only: the interval is rough.",
                total.n_projects,
            )
            % {"n": format_integer(total.n_projects, language)}
        )
    if lasting.n_reopened:
        found.append(
            ngettext(
                "%(n)s link was opened again after an end; that time is not in the curve.",
                "%(n)s links were opened again after an end; that time is not in the curve.",
                lasting.n_reopened,
            )
            % {"n": format_integer(lasting.n_reopened, language)}
        )
    return found


# --- Which links a page speaks of: its scope, its name, its addresses -----------------------------


@dataclass(frozen=True)
class ScopeView:
    """A scope with its words; ``about`` leads to the thing itself."""

    scope: Scope
    key: str = ""
    name: str = ""
    kind_label: str = ""
    about_url: str = ""

    @property
    def url(self) -> str:
        """The page."""
        if self.scope.kind == "all":
            return self._asked(reverse("public:lasting"))
        page = reverse(f"public:lasting-{self.scope.kind}", args=[self.key])
        return self._asked(page) if self.scope.kind == "programme" else page

    def file_url(self, kind: str) -> str:
        """The curve as a file."""
        url = self._asked(reverse("public:lasting-export", args=[kind]))
        if self.scope.kind == "all":
            return url
        return f"{url}{'&' if '?' in url else '?'}{self.scope.kind}={self.key}"

    def _asked(self, url: str) -> str:
        return f"{url}?simulated={int(self.scope.is_simulated)}"


def all_links(request: HttpRequest) -> ScopeView:
    """Speak of all links: the real ones, or, asked for, the simulated ones."""
    return ScopeView(Scope(is_simulated=_is_simulated(request)))


def of_project(request: HttpRequest, slug: str) -> ScopeView:
    """Speak of the links of a partnership."""
    project: Project = get_object_or_404(visible_to(request.user), slug=slug)
    return ScopeView(
        Scope("project", project.pk, project.is_simulated),
        slug,
        project.acronym,
        _("Project"),
        reverse("public:project", args=[slug]),
    )


def of_programme(request: HttpRequest, key: str) -> ScopeView:
    """Speak of the links that a funding programme paid for."""
    programme = get_object_or_404(Programme, key=key)
    scope = Scope("programme", programme.pk, _is_simulated(request))
    return ScopeView(scope, key, str(programme), _("Programme"))


def of_initiative(request: HttpRequest, key: str) -> ScopeView:
    """Speak of the links of one initiative."""
    initiative: Initiative = get_object_or_404(visible_initiatives(request.user), key=key)
    return ScopeView(
        Scope("initiative", initiative.pk, initiative.is_simulated),
        key,
        initiative.acronym,
        _("Initiative"),
        reverse("public:initiative", args=[key]),
    )


def asked_for(request: HttpRequest) -> ScopeView:
    """Read the scope of a file from its address."""
    readers: dict[str, Any] = {
        "project": of_project,
        "programme": of_programme,
        "initiative": of_initiative,
    }
    for name, reader in readers.items():
        if key := request.GET.get(name, ""):
            if "\x00" in key:
                raise Http404
            found: ScopeView = reader(request, key[:120])
            return found
    return all_links(request)


def _is_simulated(request: HttpRequest) -> bool:
    """Read what was asked for; else what is invented is shown only where nothing real is there."""
    if asked := request.GET.get("simulated"):
        return asked == "1"
    counted = Link.objects.counted()
    is_all_invented = not counted.filter(is_simulated=False).exists()
    return is_all_invented and counted.filter(is_simulated=True).exists()


# --- The links that lasted: named where both organisations are in the public directory ------------


MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class NamedLink:
    """A link that lasted a year or longer."""

    first: str
    first_url: str
    second: str
    second_url: str
    kind: str
    state: str
    months: int
    funding: str
    funding_ended: str
    is_alive: bool


@dataclass(frozen=True)
class NamedLinks:
    """Those with names, how many more have names, and how many have none."""

    shown: Sequence[NamedLink]
    n_more: int
    n_unnamed: int

    def __bool__(self) -> bool:
        return bool(self.shown or self.n_more or self.n_unnamed)


def named_links(lasted: Sequence[tuple[int, int]], language: str) -> NamedLinks:
    """Read the names as they are now: a body may have left the directory since."""
    listed = Link.objects.filter(
        pk__in=[pk for pk, _ in lasted[:_MOST_READ]],
        first__is_listed=True,
        second__is_listed=True,
        first__merged_into=None,
        second__merged_into=None,
    )
    rows = listed.select_related("first__cluster", "second__cluster", "initiative").order_by("pk")
    by_pk = {link.pk: link for link in rows}
    named = [(by_pk[pk], months) for pk, months in lasted if pk in by_pk]
    shown = [_named(link, months, language) for link, months in named[:MOST_SHOWN]]
    return NamedLinks(shown, len(named) - len(shown), len(lasted) - len(named))


_MOST_READ: Final = 500


def _named(link: Link, months: int, language: str) -> NamedLink:
    end = link.funding_ends_on
    return NamedLink(
        first=link.first.name,
        first_url=organisation_url(link.first),
        second=link.second.name,
        second_url=organisation_url(link.second),
        kind=link.get_type_display(),
        state=link.get_status_display(),
        months=months,
        funding=link.initiative.acronym if link.initiative else link.funding,
        funding_ended=format_date(end, language) if end else "",
        is_alive=link.status in {Link.Status.ACTIVE_FUNDED, Link.Status.ACTIVE_SELF},
    )


def organisation_url(organisation: Organisation) -> str:
    """Return the public page of an organisation, of its profile where it has one."""
    cluster = getattr(organisation, "cluster", None)
    if cluster is not None:
        return reverse("public:cluster-organisation", args=[cluster.slug])
    return reverse("public:organisation", args=[organisation.pk])
