"""Which funding fits an organisation, a measure, an action: on its page, and on one of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.merges import standing_of
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.funding.domain.fitting.fits import Fit, Fitting
from alpclusters.platform.funding.domain.fitting.settings import fitting_measure, fitting_offers
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.domain.funding_cases import fitting_action
from alpclusters.platform.policy.models import Action
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.dates import format_date_range
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.public.fitting.cards import FitCard, fit_card
from alpclusters.www.site.organisation_links import page_of

# --- What fits, for whom: the section on a subject's page, and the page with all of it ------------


SHOWN: Final = 30
IN_SECTION: Final = 3


@dataclass(frozen=True)
class Group:
    """Offers of one answer, with how many there are in all."""

    key: str
    title: str
    lead: str
    cards: Sequence[FitCard]
    n: int

    @property
    def counts(self) -> str:
        """What the number counts, as the key figures name it."""
        return f"offers.{self.key}"

    @property
    def n_more(self) -> int:
        """How many are not shown."""
        return self.n - len(self.cards)


@dataclass(frozen=True)
class FittingSection:
    """The short form on the page of a subject."""

    summary: str
    cards: Sequence[FitCard]
    url: str


@dataclass(frozen=True)
class FittingPage:
    """All offers, judged."""

    name: str
    kicker: str
    lead: str
    back_url: str
    figures: Sequence[Figure]
    groups: Sequence[Group]
    folded: Sequence[Group]
    crumbs: Sequence[Crumb]
    note: str
    simulated: bool
    day: date


@dataclass(frozen=True)
class Subject:
    """What the offers are judged for."""

    name: str
    kicker: str
    lead: str
    back_url: str
    note: str
    crumbs: Sequence[Crumb]
    simulated: bool
    profile_url: str = ""


def read_section(fitting: Fitting, url: str) -> FittingSection:
    """Read the short form: how many fit, and the first of them."""
    return FittingSection(
        summary=_summary(fitting),
        cards=[fit_card(fit) for fit in fitting.fits[:IN_SECTION]],
        url=url,
    )


def read_page(fitting: Fitting, subject: Subject, *, today: date) -> FittingPage:
    """Read the page with all offers."""
    return FittingPage(
        name=subject.name,
        kicker=subject.kicker,
        lead=subject.lead,
        back_url=subject.back_url,
        figures=_figures(fitting),
        groups=_groups(fitting, subject.profile_url),
        folded=_folded(fitting, subject.profile_url),
        crumbs=[*subject.crumbs, Crumb(_("Funding that fits"))],
        note=subject.note,
        simulated=subject.simulated,
        day=today,
    )


def _summary(fitting: Fitting) -> str:
    current = len(fitting.fits) + len(fitting.open) + len(fitting.not_fit)
    fits = ngettext(
        "%(k)s of %(n)s current offer of funding fits",
        "%(k)s of %(n)s current offers of funding fit",
        current,
    ) % {"k": len(fitting.fits), "n": current}
    is_open = ngettext("%(n)s is open", "%(n)s are open", len(fitting.open)) % {
        "n": len(fitting.open)
    }
    return _("%(fits)s, %(open)s.") % {"fits": fits, "open": is_open}


def _figures(fitting: Fitting) -> list[Figure]:
    current = len(fitting.fits) + len(fitting.open) + len(fitting.not_fit)
    of_all = ngettext("of %(n)s current offer", "of %(n)s current offers", current) % {"n": current}
    projects = sum(1 for fit in fitting.open if fit.needs_only_project)
    depends = ngettext(
        "%(n)s depends on the project alone",
        "%(n)s depend on the project alone",
        projects,
    ) % {"n": projects}
    return [
        _figure(_("Fit"), "fits", fitting.fits, of_all, current),
        _figure(_("Still open"), "open", fitting.open, f"{of_all}; {depends}", current),
        _figure(_("Do not fit"), "no", fitting.not_fit, of_all, current),
    ]


def _figure(label: str, group: str, fits: Sequence[Fit], sub: str, current: int) -> Figure:
    """Count the offers of a group; the figure leads to the group on the same page."""
    n, key = len(fits), f"offers.{group}"
    if not n:
        return Figure(label, str(n), sub, key=key, exact=n, n=current, why=_("nothing to list"))
    return Figure(label, str(n), sub, key=key, exact=n, n=current, url=f"#{group}")


def _groups(fitting: Fitting, profile_url: str) -> list[Group]:
    return [
        _group(
            "fits",
            _("What fits"),
            _("All conditions that the catalogue knows are met."),
            fitting.fits,
            profile_url,
        ),
        _group(
            "open",
            _("What is open"),
            _("Something is not known yet; each offer says what, and who can say it."),
            fitting.open,
            profile_url,
        ),
    ]


def _folded(fitting: Fitting, profile_url: str) -> list[Group]:
    groups = [
        _group("no", _("What does not fit"), "", fitting.not_fit, profile_url),
        _group(
            "earlier",
            _("Earlier offers"),
            _("These calls are over; they show what was possible."),
            fitting.earlier,
            profile_url,
        ),
    ]
    return [group for group in groups if group.n]


def _group(key: str, title: str, lead: str, fits: Sequence[Fit], profile_url: str) -> Group:
    cards = [fit_card(fit, profile_url=profile_url) for fit in fits[:SHOWN]]
    return Group(key, title, lead, cards, len(fits))


# --- Organisations, measures and actions as subjects of a page about funding ----------------------


def of_organisation(
    user: Person, organisation: Organisation, profile: ClusterOrganisation | None
) -> Subject:
    """Describe an organisation."""
    back = page_of(organisation)
    may_edit = profile is not None and user.has_perm("actors.change_cluster", profile)
    edit = reverse("workspace:profile-edit", args=[profile.slug]) if may_edit and profile else ""
    return Subject(
        name=organisation.name,
        kicker=_("Cluster organisation") if profile else organisation.get_type_display(),
        lead=_("Which offers of funding this organisation may use, and what is not known yet."),
        back_url=back,
        note=_(
            "Judged by what the entry says. The project and its partners are not known here, so "
            "conditions on them stay open."
        ),
        crumbs=[
            Crumb(_("Directory"), reverse("public:directory")),
            Crumb(organisation.name, back),
        ],
        simulated=organisation.is_simulated,
        profile_url=edit,
    )


def of_measure(measure: Measure) -> Subject:
    """Describe a measure."""
    back = reverse("public:measure", args=[measure.key])
    of_catalogue = _(
        "Judged for cluster organisations anywhere: their place, their project and their partners "
        "are not known here, so conditions on them stay open."
    )
    of_project = _("Judged for the partners of the project as they stand in its entry.")
    return Subject(
        name=measure.name,
        kicker=_("Measure"),
        lead=_("Which offers of funding may pay for this measure, and what is not known yet."),
        back_url=back,
        note=of_catalogue if measure.project is None else of_project,
        crumbs=[Crumb(_("Measures"), reverse("public:measures")), Crumb(measure.name, back)],
        simulated=measure.project is not None and measure.project.is_simulated,
    )


def of_action(action: Action) -> Subject:
    """Describe an action of a plan."""
    plan = action.plan
    back = reverse("public:plan-action", args=[plan.slug, action.code])
    return Subject(
        name=action.title,
        kicker=_("Action %(code)s") % {"code": action.code},
        lead=_("Which offers of funding may pay for this action, and what is not known yet."),
        back_url=back,
        note=" ".join([_("Judged for the partners of the project."), _period(action)]),
        crumbs=[
            Crumb(_("Action plans"), reverse("public:plans")),
            Crumb(plan.title, reverse("public:plan", args=[plan.slug])),
            Crumb(action.code, back),
        ],
        simulated=plan.is_simulated,
    )


def _period(action: Action) -> str:
    if action.starts_on is None or action.ends_on is None:
        return _("The time of the action is not known.")
    language = nearest_language(get_language())
    period = format_date_range(action.starts_on, action.ends_on, language)
    return _("Time of the action: %(period)s.") % {"period": period}


# --- Which funding fits an organisation, a measure, an action -------------------------------------


@require_safe
def organisation_fitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fits an organisation; one that was merged leads to the one that stands for it."""
    found = get_object_or_404(Organisation.objects.select_related("region"), pk=pk)
    standing = standing_of(found)
    if not request.user.has_perm("actors.view_organisation", standing):
        raise Http404
    if standing != found:
        return redirect("public:organisation_fitting", standing.pk)
    profile = (
        ClusterOrganisation.objects.filter(organisation=found).prefetch_related("labels").first()
    )
    today = timezone.localdate()
    fitting = fitting_offers(found, profile, today=today)
    return _answer(request, fitting, of_organisation(request.user, found, profile), "network")


@require_safe
def measure_fitting(request: HttpRequest, key: str) -> HttpResponse:
    """Show what fits a measure."""
    found = get_object_or_404(visible_to(request.user).select_related("project"), key=key)
    fitting = fitting_measure(found, today=timezone.localdate())
    return _answer(request, fitting, of_measure(found), "measures")


@require_safe
def action_fitting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fits an action of a plan."""
    plans = visible_plans(request.user)
    actions = Action.objects.select_related("plan__project").filter(plan__in=plans)
    found: Action = get_object_or_404(actions, pk=pk)
    fitting = fitting_action(found, today=timezone.localdate())
    return _answer(request, fitting, of_action(found), "plans")


def _answer(request: HttpRequest, fitting: Fitting, subject: Subject, section: str) -> HttpResponse:
    page = read_page(fitting, subject, today=timezone.localdate())
    context = {"page": page, "simulated": page.simulated, "section": section}
    return render(request, "public/fitting/page.html", context)


urlpatterns = [
    path(
        "directory/organisations/<int:pk>/funding/",
        organisation_fitting,
        name="organisation_fitting",
    ),
    path("measures/<slug:key>/funding/", measure_fitting, name="measure_fitting"),
    path("plans/actions/<int:pk>/funding/", action_fitting, name="action_fitting"),
]
