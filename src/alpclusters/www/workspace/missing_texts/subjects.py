"""The subjects whose texts people write, each with the address where a text is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.evidence.models import Initiative, Lesson
from alpclusters.platform.funding.models import Offer, Programme
from alpclusters.platform.languages.missing import texts_of
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action, ActionPlan, JointApproach, Recommendation
from alpclusters.platform.trust.models import ResponsibleBody


@dataclass(frozen=True)
class Subject:
    """Rows with texts: what they are called, and where their texts are written.

    Attributes
    ----------
    leaves : tuple of str
        Texts that the page at the address does not ask: said once, with a state or a picture.
    """

    key: str
    name: Any
    rows: Callable[[], QuerySet[Any]]
    address: Callable[[Any], str]
    leaves: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that the page at the address asks."""
        return tuple(name for name in texts_of(self.rows().model) if name not in self.leaves)


def _drafts() -> QuerySet[Any]:
    return ActionPlan.objects.filter(state=ActionPlan.State.DRAFT).order_by("pk")


def _actions() -> QuerySet[Any]:
    return Action.objects.filter(plan__in=_drafts().order_by()).order_by("plan", "pk")


def _profiles() -> QuerySet[Any]:
    every = ClusterOrganisation.objects.filter(organisation__merged_into=None)
    return every.select_related("organisation").order_by("slug")


def _by(name: str, attribute: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"workspace:{name}", args=[getattr(row, attribute)])


def _entry(kind: str) -> Callable[[Any], str]:
    return lambda row: reverse("workspace:funding_entry", args=[kind, row.key])


# Published plans are left out: their texts stand still until a new version is begun.
SUBJECTS: Final = (
    Subject(
        "measures",
        _("Measures"),
        lambda: Measure.objects.order_by("order", "pk"),
        _by("measure_edit", "key"),
        ("reported_note", "picture_alt"),
    ),
    Subject(
        "projects",
        _("Projects"),
        lambda: Project.objects.order_by("acronym", "pk"),
        _by("project_edit", "slug"),
    ),
    Subject(
        "profiles",
        _("Profiles of cluster organisations"),
        _profiles,
        _by("profile-edit", "slug"),
        ("logo_alt",),
    ),
    Subject(
        "lessons",
        _("Lessons"),
        lambda: Lesson.objects.order_by("key"),
        _by("lesson-edit", "key"),
    ),
    Subject(
        "initiatives",
        _("Initiatives"),
        lambda: Initiative.objects.order_by("key"),
        _by("initiative-edit", "key"),
    ),
    Subject(
        "recommendations",
        _("Recommendations"),
        lambda: Recommendation.objects.order_by("project", "code", "pk"),
        _by("recommendation_edit", "pk"),
        (
            "rejected_reason",
            "state_reason",
            "strength_reason",
            "denominator_reason",
            "no_action_reason",
        ),
    ),
    Subject("plans", _("Action plans"), _drafts, _by("plan_edit", "pk")),
    Subject("actions", _("Actions"), _actions, _by("action_edit", "pk"), ("reason_not_done",)),
    Subject(
        "approaches",
        _("Joint approaches"),
        lambda: JointApproach.objects.order_by("code", "pk"),
        _by("approach-edit", "pk"),
    ),
    Subject(
        "programmes",
        _("Funding programmes"),
        lambda: Programme.objects.order_by("key"),
        _entry("programme"),
    ),
    Subject("offers", _("Offers"), lambda: Offer.objects.order_by("key"), _entry("offer")),
    Subject(
        "imprint",
        _("Imprint and data protection"),
        lambda: ResponsibleBody.objects.order_by("pk"),
        lambda _row: reverse("workspace:imprint"),
    ),
)
