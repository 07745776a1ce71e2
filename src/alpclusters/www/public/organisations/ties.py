"""What an organisation takes part in, as far as the public may know, and its members by type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.directory.queries import Facet
from alpclusters.platform.actors.domain.directory.searching import (
    Reason,
    ReasonKind,
    similar_organisations,
)
from alpclusters.platform.actors.domain.judging import MEMBER_TYPES
from alpclusters.platform.actors.models import (
    ClusterMember,
    ClusterOrganisation,
    Organisation,
    Partner,
    PartOf,
)
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.models import Posting
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.territory.domain.tiles import NUTS_2_LENGTH
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.directory.filters import region_names, value_name
from alpclusters.www.site.organisation_links import page_of
from alpclusters.www.site.profile_words import name_of

# --- The members of a cluster organisation by type: a bar each, what is unknown said in words -----


@dataclass(frozen=True)
class MembersView:
    """The bars with the sentence above and what is missing below."""

    claim: str
    what: str
    chart: ChartView
    note: str


def read_member_counts(profile: ClusterOrganisation) -> MembersView | None:
    """Draw the known counts; None where no type was counted."""
    counts = {name: getattr(profile, f"n_{name}") for name in MEMBER_TYPES}
    known = {name: n for name, n in counts.items() if n is not None}
    if not known:
        return None
    language = nearest_language(get_language())
    total = sum(known.values())
    is_whole = len(known) == len(counts)
    claim = _claim(total, is_whole=is_whole, language=language)
    chart = BarChart(
        language=language,
        bars=tuple(
            Bar(name_of(name), n, _share(n, total, language) if is_whole else "")
            for name, n in known.items()
        ),
        label_title=_("Type of member"),
        value_title=_("Members"),
        title=claim,
    )
    view = view_of(chart, caption=claim, language=language)
    return MembersView(claim, _counted(profile, language), view, _note(profile, counts))


def _claim(total: int, *, is_whole: bool, language: str) -> str:
    n = format_integer(total, language)
    if is_whole:
        return ngettext("%(n)s member", "%(n)s members", total) % {"n": n}
    return ngettext("At least %(n)s member", "At least %(n)s members", total) % {"n": n}


def _share(n: int, total: int, language: str) -> str:
    return format_percent(n / total, language) if total else ""


def _counted(profile: ClusterOrganisation, language: str) -> str:
    if profile.counted_on is None:
        return _("Date of the count unknown")
    return _("Counted on %(date)s") % {"date": format_date(profile.counted_on, language)}


def _note(profile: ClusterOrganisation, counts: dict[str, int | None]) -> str:
    sentences = []
    unknown = [name_of(name) for name, n in counts.items() if n is None]
    if unknown:
        sentences.append(_("Not counted: %(types)s.") % {"types": ", ".join(unknown)})
    if profile.n_start_up is not None:
        words = {"n": profile.n_start_up}
        sentences.append(
            ngettext(
                "%(n)s start-up is among the small and medium-sized firms.",
                "%(n)s start-ups are among the small and medium-sized firms.",
                profile.n_start_up,
            )
            % words
        )
    return " ".join(sentences)


# --- What an organisation takes part in, as far as the public may know: never who was invited -----


MOST: Final = 12
MOST_REASONS: Final = 4


@dataclass(frozen=True)
class Ties:
    """Projects as a partner, and what came of them."""

    partnerships: Sequence[Partner]
    cafes: Sequence[AlpCafe]
    recommendations: Sequence[Recommendation]
    actions: Sequence[Action]
    postings: Sequence[Posting]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not (self.partnerships or self.actions or self.postings)

    @property
    def has_simulated(self) -> bool:
        """Say whether one of the projects is invented."""
        return any(p.project.is_simulated for p in self.partnerships) or any(
            a.plan.is_simulated for a in self.actions
        )


@dataclass(frozen=True)
class Body:
    """Another organisation with the address of its page and what is said of it."""

    name: str
    url: str
    words: Sequence[str] = ()
    simulated: bool = False


def read_ties(organisation: Organisation, names: Sequence[str]) -> Ties:
    """Read the public projects of an organisation and what was published in them."""
    partners = Partner.objects.filter(organisation=organisation, project__is_public=True)
    partnerships = list(partners.select_related("project", "region").order_by("project", "pk"))
    projects = [p.project_id for p in partnerships]
    return Ties(
        partnerships=partnerships,
        cafes=_cafes(projects) if projects else [],
        recommendations=_recommendations(projects) if projects else [],
        actions=_actions([organisation.name, *names]),
        postings=_postings(organisation),
    )


def _postings(organisation: Organisation) -> list[Posting]:
    rows = Posting.objects.open_on(timezone.localdate()).filter(organisation=organisation)
    return list(rows.order_by("expires_on", "pk")[:MOST])


def read_similar(organisation: Organisation) -> list[Body]:
    """Return organisations that are like this one, each with the reasons."""
    found = similar_organisations(organisation.pk)
    rows = Organisation.objects.listed().select_related("cluster")
    bodies = rows.in_bulk([pk for pk, _score, _reasons in found])
    shared = {r.value for _pk, _score, reasons in found for r in reasons}
    regions = region_names(v for v in shared if len(v) <= NUTS_2_LENGTH and v.isupper())
    return [
        _body(bodies[pk], [_reason(reason, regions) for reason in reasons[:MOST_REASONS]])
        for pk, _score, reasons in found
        if pk in bodies
    ]


def read_members(organisation: Organisation) -> list[Body]:
    """Return the members a cluster organisation names, as far as they are listed."""
    named = ClusterMember.objects.filter(
        cluster__organisation=organisation, organisation__is_listed=True
    )
    rows = named.select_related("organisation__cluster").order_by("organisation__name", "pk")
    return [_body(row.organisation) for row in rows[: MOST * 4]]


def read_memberships(organisation: Organisation) -> list[Body]:
    """Return the cluster organisations that name this one as a member."""
    rows = organisation.memberships.filter(
        cluster__organisation__is_listed=True, cluster__organisation__merged_into=None
    ).select_related("cluster__organisation")
    return [_body(row.cluster.organisation) for row in rows[:MOST]]


def read_parents(organisation: Organisation) -> list[Body]:
    """Return the larger body of which this one is a unit today, if it is listed."""
    rows = PartOf.objects.current().filter(unit=organisation, parent__is_listed=True)
    return [_body(row.parent) for row in rows.select_related("parent__cluster")]


def read_units(organisation: Organisation) -> list[Body]:
    """Return the units of an organisation today, as far as they are listed."""
    rows = PartOf.objects.current().filter(parent=organisation, unit__is_listed=True)
    named = rows.select_related("unit__cluster").order_by("unit__name", "pk")
    return [_body(row.unit) for row in named[: MOST * 4]]


def _reason(reason: Reason, regions: Mapping[str, str]) -> str:
    """Return what the two share in words; a shared word stands as it is compared."""
    if reason.kind is ReasonKind.WORD:
        return _("word “%(word)s”") % {"word": reason.value}
    return str(value_name(Facet(reason.kind.value), reason.value, regions))


def _body(organisation: Organisation, words: Sequence[str] = ()) -> Body:
    return Body(organisation.name, page_of(organisation), words, organisation.is_simulated)


def _cafes(projects: Sequence[int]) -> list[AlpCafe]:
    held = AlpCafe.objects.public().filter(project__in=projects)
    return list(held.select_related("project", "region").order_by("-held_on", "pk")[:MOST])


def _recommendations(projects: Sequence[int]) -> list[Recommendation]:
    plans = ActionPlan.objects.published().filter(project__in=projects)
    rows = Recommendation.objects.filter(actions__plan__in=plans).distinct()
    return list(rows.select_related("project").order_by("pk")[:MOST])


def _actions(names: Sequence[str]) -> list[Action]:
    """Return the published actions that name the organisation as the responsible body."""
    plans = ActionPlan.objects.published()
    rows = Action.objects.filter(plan__in=plans, responsible__in=names)
    return list(rows.select_related("plan__project").order_by("plan", "order", "pk")[:MOST])
