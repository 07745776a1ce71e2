"""The page of a cluster organisation, and that of an organisation without a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.consent import contacts_of
from alpclusters.platform.actors.domain.logos import Size, had_logo, logo_path
from alpclusters.platform.actors.domain.merges import standing_of
from alpclusters.platform.actors.models import Alias, ClusterOrganisation, Identifier, Organisation
from alpclusters.platform.actors.models import Person as Contact
from alpclusters.platform.actors.rules import visible_to
from alpclusters.platform.funding.domain.fitting.settings import fitting_offers
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Fact
from alpclusters.www.public.fitting.fitting_pages import FittingSection, read_section
from alpclusters.www.public.organisations.checks import (
    ChangeView,
    ChecksView,
    LabelView,
    read_changes,
    read_checks,
    read_labels,
)
from alpclusters.www.public.organisations.facts import (
    identity_facts,
    international_facts,
    life_facts,
    linked_data,
    management_facts,
    source_words,
    what_facts,
)
from alpclusters.www.public.organisations.ties import (
    Body,
    MembersView,
    Ties,
    read_members,
    read_memberships,
    read_parents,
    read_similar,
    read_ties,
    read_units,
)
from alpclusters.www.public.organisations.ties import read_member_counts as read_counts
from alpclusters.www.public.regions.tile_maps import seat_map
from alpclusters.www.site.organisation_links import LogoView, logo_of, page_of

# --- What the page of an organisation shows -------------------------------------------------------


MOST_CONTACTS: Final = 5


@dataclass(frozen=True)
class ProfileView:
    """What only a cluster organisation has."""

    profile: ClusterOrganisation
    logo: LogoView | None
    what: Sequence[Fact]
    counts: MembersView | None
    named: Sequence[Body]
    management: Sequence[Fact]
    international: Sequence[Fact]
    life: Sequence[Fact]
    checks: ChecksView
    labels: Sequence[LabelView]
    changes: Sequence[ChangeView]
    may_edit: bool
    may_claim: bool


@dataclass(frozen=True)
class OrganisationPage:
    """Everything the template names."""

    kicker: str
    is_verified: bool
    facts: Sequence[Fact]
    map: ChartView | None
    numbers: Sequence[Fact]
    origin: Sequence[Fact]
    contacts: Sequence[Contact]
    ties: Ties
    memberships: Sequence[Body]
    parents: Sequence[Body]
    units: Sequence[Body]
    similar: Sequence[Body]
    view: ProfileView | None
    fitting: FittingSection | None
    data: SafeString
    simulated: bool


def read_page(
    user: Person, organisation: Organisation, profile: ClusterOrganisation | None, *, today: date
) -> OrganisationPage:
    """Read what the public may know of an organisation."""
    names = list(
        Alias.objects.filter(organisation=organisation)
        .order_by("name")
        .values_list("name", flat=True)
    )
    ties = read_ties(organisation, names)
    is_verified = organisation.status == Standing.VERIFIED
    return OrganisationPage(
        kicker=_("Cluster organisation") if profile else organisation.get_type_display(),
        is_verified=is_verified,
        facts=identity_facts(organisation, names),
        map=_map(organisation, profile),
        numbers=_numbers(organisation),
        origin=_origin(organisation),
        contacts=contacts_of(organisation, timezone.now())[:MOST_CONTACTS],
        ties=ties,
        memberships=read_memberships(organisation),
        parents=read_parents(organisation),
        units=read_units(organisation),
        similar=read_similar(organisation),
        view=_view(user, organisation, profile, today) if profile else None,
        fitting=_fitting(organisation, profile, today) if profile else None,
        data=linked_data(organisation, profile, names),
        simulated=organisation.is_simulated or ties.has_simulated,
    )


def _fitting(
    organisation: Organisation, profile: ClusterOrganisation, today: date
) -> FittingSection:
    url = reverse("public:organisation_fitting", args=[organisation.pk])
    return read_section(fitting_offers(organisation, profile, today=today), url)


def _view(
    user: Person, organisation: Organisation, profile: ClusterOrganisation, today: date
) -> ProfileView:
    return ProfileView(
        profile=profile,
        logo=logo_of(profile),
        what=what_facts(profile),
        counts=read_counts(profile),
        named=read_members(organisation),
        management=management_facts(profile),
        international=international_facts(profile),
        life=life_facts(profile),
        checks=read_checks(profile, today),
        labels=read_labels(profile, today),
        changes=read_changes(profile),
        may_edit=user.has_perm("actors.change_cluster", profile),
        may_claim=not user.has_perm("actors.change_cluster", profile),
    )


def _map(organisation: Organisation, profile: ClusterOrganisation | None) -> ChartView | None:
    if organisation.region is None:
        return None
    catchment = [str(code) for code in profile.catchment] if profile else []
    caption = _("Seat of %(name)s") % {"name": organisation.name}
    return seat_map(
        organisation.region.code, catchment, what=_("What the region is to it"), caption=caption
    )


def _numbers(organisation: Organisation) -> list[Fact]:
    """Return the numbers under which others know it, each with who gave it."""
    rows = Identifier.objects.filter(organisation=organisation).exclude(scheme="import")
    return [
        Fact(row.get_scheme_display(), row.value, source=row.source)
        for row in rows.order_by("scheme", "value")
    ]


def _origin(organisation: Organisation) -> list[Fact]:
    source = source_words(organisation.source, is_simulated=organisation.is_simulated)
    facts = [
        Fact(_("Source"), SafeString(urlize(source, autoescape=True))),
        Fact(_("Licence"), organisation.licence),
        Fact(_("Code in the source"), organisation.given_code),
    ]
    return [fact for fact in facts if fact.value]


# --- The file of a logo, for those who may see it -------------------------------------------------


SIZES: Final[dict[str, Size]] = {"large": "large", "small": "small"}
# An address names what the file holds and never shows another; a logo that is taken off is gone
# from all caches within a week.
PUBLIC: Final = "public, max-age=604800, immutable"
PRIVATE: Final = "private, max-age=604800, immutable"


@require_safe
def cluster_logo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Send the logo of a profile one may see; earlier ones to those who may change it."""
    rows = visible_to(request.user).select_related("organisation")
    cluster = get_object_or_404(rows, slug=slug)
    digest, _dash, size = name.rpartition("-")
    path = logo_path(digest, SIZES[size]) if size in SIZES else None
    if path is None or not _may_see(request, cluster, digest):
        raise Http404
    is_public = cluster.organisation.is_listed and cluster.logo == digest
    response = HttpResponse(path.read_bytes(), content_type="image/png")
    response.headers["Content-Disposition"] = 'inline; filename="logo.png"'
    response.headers["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response


def _may_see(request: HttpRequest, cluster: ClusterOrganisation, digest: str) -> bool:
    if cluster.logo == digest:
        return True
    return request.user.has_perm("actors.change_cluster", cluster) and had_logo(cluster, digest)


# --- The page of a cluster organisation, and that of an organisation without a profile ------------


@require_safe
def cluster_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the profile of a cluster organisation; an old address leads to the new one."""
    rows = ClusterOrganisation.objects.select_related("organisation__region", "manager")
    profile = get_object_or_404(rows.prefetch_related("labels"), slug=slug)
    return _answer(request, profile.organisation, profile)


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation without a profile."""
    found = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    if found.merged_into_id is None and hasattr(found, "cluster"):
        _require_visible(request, found)
        return redirect(page_of(found))
    return _answer(request, found, None)


def _answer(
    request: HttpRequest, found: Organisation, profile: ClusterOrganisation | None
) -> HttpResponse:
    standing = standing_of(found)
    _require_visible(request, standing)
    if standing != found:
        # A merge can be undone: no browser may remember this for good.
        return redirect(page_of(standing))
    page = read_page(request.user, found, profile, today=timezone.localdate())
    context = {
        "page": page,
        "organisation": found,
        "simulated": page.simulated,
        "section": "network",
    }
    return render(request, "public/organisations/page.html", context)


def _require_visible(request: HttpRequest, found: Organisation) -> None:
    if not request.user.has_perm("actors.view_organisation", found):
        raise Http404


urlpatterns = [
    path("directory/organisations/<int:pk>/", organisation, name="organisation"),
    path("directory/<slug:slug>/logo/<slug:name>.png", cluster_logo, name="cluster-logo"),
    path("directory/<slug:slug>/", cluster_organisation, name="cluster-organisation"),
]
