"""Organisations, measures and actions as subjects of a page about funding."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.models import Action
from alpclusters.reports.dates import format_date_range
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.fitting.pages import Subject
from alpclusters.www.site.organisation_addresses import page_of


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
