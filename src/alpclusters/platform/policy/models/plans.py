"""Action plans and who drafted them."""

import uuid
from typing import ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.levels import Level


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    """Plans in the words of the field."""

    def published(self) -> Self:
        """Plans the public sees."""
        return self.filter(state=ActionPlan.State.PUBLISHED, project__is_public=True)

    def counted(self) -> Self:
        """Count actions, lines of funding and confirmed values of each plan.

        The columns are ``n_actions``, ``n_funding`` and ``n_values``; of a list of plans and of
        what they add up to, the same ones.
        """
        return self.annotate(
            n_actions=_count(apps.get_model("policy", "Action"), "plan"),
            n_funding=_count(apps.get_model("policy", "FundingLine"), "action__plan"),
            n_values=_count(
                apps.get_model("policy", "IndicatorValue"), "indicator__plan", status="confirmed"
            ),
        )


def _count(model: type[models.Model], plan: str, **only: str) -> Coalesce:
    """Count the rows of a plan by themselves: joined, they would multiply one another."""
    rows = model._default_manager.filter(**{plan: models.OuterRef("pk")}, **only)
    found = rows.order_by().values(plan).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(found, output_field=models.IntegerField()), 0)


class ActionPlan(models.Model):
    """The political action plan of a project or of one of its regions."""

    class State(models.TextChoices):
        """Whether the public sees it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    class Kind(models.TextChoices):
        """What it is, as the Interreg indicators count it."""

        ACTION_PLAN = "action_plan", _("action plan")
        STRATEGY = "strategy", _("strategy")

    class InstrumentType(models.TextChoices):
        """The kind of programme the plan wants to change."""

        GROWTH_AND_JOBS = "growth_jobs", _("programme of investment for growth and jobs")
        TERRITORIAL = "territorial", _("programme of territorial cooperation")
        REGIONAL = "regional", _("other regional instrument")
        NATIONAL = "national", _("national instrument")
        EUROPEAN = "european", _("European instrument")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="plans"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    slug = models.SlugField(unique=True)
    title = fact(TranslatedText(_("Title"), max_length=160), "texts")
    summary = fact(TranslatedText(_("Summary"), max_length=2000, blank=True), "texts")
    # Of its texts and those of its actions: what is missing there stops publication.
    source_language = fact(
        models.CharField(
            _("Language of the original"), max_length=2, choices=language_choices, default="en"
        ),
        "facts",
    )
    publisher = fact(models.CharField(_("Publisher"), max_length=200, blank=True), "facts")
    kind = fact(
        models.CharField(_("Kind"), max_length=11, choices=Kind.choices, default=Kind.ACTION_PLAN),
        "facts",
    )
    policy_instrument = fact(
        models.CharField(_("Policy instrument"), max_length=200, blank=True), "facts"
    )
    instrument_type = fact(
        models.CharField(
            _("Type of instrument"), max_length=12, choices=InstrumentType.choices, blank=True
        ),
        "facts",
    )
    # Empty: a plan with actions at several levels.
    level = fact(
        models.CharField(_("Level"), max_length=14, choices=Level.choices, blank=True), "facts"
    )
    regions = models.ManyToManyField(
        "territory.Region", related_name="+", blank=True, verbose_name=_("Regions")
    )
    parent = fact(
        models.ForeignKey(
            "self",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="children",
            verbose_name=_("Plan above it"),
        ),
        "facts",
    )
    starts_on = fact(models.DateField(_("Start"), null=True, blank=True), "facts")
    ends_on = fact(models.DateField(_("End"), null=True, blank=True), "facts")
    completed_on = fact(models.DateField(_("Completed on"), null=True, blank=True), "facts")
    # A report sent at 23:30 belongs to the date in the plan's time zone.
    time_zone = models.CharField(max_length=40, default="Europe/Vienna")
    reporting_days = fact(
        models.PositiveSmallIntegerField(_("Days between two reports"), default=182), "facts"
    )
    # Errors of the coverage checks that a policy maker lets pass; printed in the plan.
    signed_off_reason = models.CharField(max_length=500, blank=True)
    signed_off_keys = models.JSONField(default=list, blank=True)
    # Measures of the first tier that get no recommendation: {"<key>": reason}, printed.
    left_out = models.JSONField(default=dict, blank=True)
    state = fact(
        models.CharField(_("State"), max_length=9, choices=State.choices, default=State.DRAFT)
    )
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["ActionPlan"]] = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plan_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_simulated(self) -> bool:
        """Say whether it rests on invented people and ratings."""
        return self.project.is_simulated

    @property
    def is_published(self) -> bool:
        """Say whether the public sees it."""
        return self.state == self.State.PUBLISHED


class DraftingBody(models.Model):
    """A body that took part in drafting a plan; RCO83 counts their countries."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="drafting_bodies")
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = fact(models.CharField(_("Body"), max_length=200), "bodies")
    country = fact(models.CharField(_("Country"), max_length=2), "bodies")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="drafting_body_once"),
        ]

    def __str__(self) -> str:
        return self.name


keep_history(ActionPlan)
