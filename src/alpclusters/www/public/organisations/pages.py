"""What the page of an organisation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.contacts import contacts_of
from alpclusters.platform.actors.models import (
    Alias,
    ClusterOrganisation,
    Identifier,
    Organisation,
)
from alpclusters.platform.actors.models import Person as Contact
from alpclusters.platform.funding.domain.fitting.settings import fitting_offers
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Fact
from alpclusters.www.public.fitting.pages import FittingSection, read_section
from alpclusters.www.public.organisations.changes import ChangeView, read_changes
from alpclusters.www.public.organisations.checks import (
    ChecksView,
    LabelView,
    read_checks,
    read_labels,
)
from alpclusters.www.public.organisations.facts import (
    identity_facts,
    international_facts,
    life_facts,
    management_facts,
    source_words,
    what_facts,
)
from alpclusters.www.public.organisations.linked_data import linked_data
from alpclusters.www.public.organisations.members import MembersView
from alpclusters.www.public.organisations.members import read_members as read_counts
from alpclusters.www.public.organisations.ties import (
    Body,
    Ties,
    read_members,
    read_memberships,
    read_parents,
    read_similar,
    read_ties,
    read_units,
)
from alpclusters.www.public.regions.maps import seat_map
from alpclusters.www.site.logos import LogoView, logo_of

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
