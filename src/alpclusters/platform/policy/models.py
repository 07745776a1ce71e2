"""From findings to recommendations to the action plan."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of policy that acts."""

    EUROPEAN = "european", _("European")
    MACRO_REGIONAL = "macro_regional", _("macro-regional")
    NATIONAL = "national", _("national")
    REGIONAL = "regional", _("regional")


class Finding(models.Model):
    """What a snapshot says about one measure and criterion, with its uncertainty."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="findings"
    )
    snapshot = models.ForeignKey(
        "evaluation.Snapshot", on_delete=models.PROTECT, related_name="findings"
    )
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="findings"
    )
    criterion = models.ForeignKey("cafe.Criterion", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("Code"), max_length=8)
    n = models.PositiveIntegerField()
    cannot_judge_share = models.FloatField()
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    convention = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "measure", "criterion"], name="finding_once"
            ),
            models.UniqueConstraint(fields=["project", "code"], name="finding_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Recommendation(models.Model):
    """Who should do what, because of which findings."""

    class State(models.TextChoices):
        """Where the text stands."""

        DRAFT = "draft", _("draft")
        AGREED = "agreed", _("agreed")
        REJECTED = "rejected", _("rejected")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="recommendations"
    )
    code = models.CharField(_("Code"), max_length=8)
    title = models.CharField(_("Title"), max_length=160)
    text = models.TextField(_("Text"), max_length=4000, blank=True)
    rationale = models.TextField(_("Reasons"), max_length=4000, blank=True)
    level = models.CharField(_("Level"), max_length=14, choices=Level.choices)
    addressee = models.CharField(_("Addressed to"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    rejected_reason = models.CharField(_("Reason for the rejection"), max_length=500, blank=True)
    findings = models.ManyToManyField(Finding, related_name="recommendations")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Two editors: the form carries the number it was made from, a conflict shows both texts.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="recommendation_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    """Plans in the words of the field."""

    def published(self) -> Self:
        """Plans the public sees."""
        return self.filter(state=ActionPlan.State.PUBLISHED, project__is_public=True)


class ActionPlan(models.Model):
    """The political action plan of a project, at several levels."""

    class State(models.TextChoices):
        """Whether the public sees it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="plans"
    )
    slug = models.SlugField(unique=True)
    title = models.CharField(_("Title"), max_length=160)
    summary = models.TextField(_("Summary"), max_length=2000, blank=True)
    publisher = models.CharField(_("Publisher"), max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["ActionPlan"]] = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]

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


class Action(models.Model):
    """One line of a plan: who does what at which level, from when to when, because of what."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    code = models.CharField(_("Code"), max_length=8)
    title = models.CharField(_("Title"), max_length=160)
    description = models.TextField(_("Description"), max_length=4000, blank=True)
    level = models.CharField(_("Level"), max_length=14, choices=Level.choices)
    responsible = models.CharField(_("Responsible body"), max_length=200, blank=True)
    starts_on = models.DateField(_("Start"), null=True, blank=True)
    ends_on = models.DateField(_("End"), null=True, blank=True)
    recommendations = models.ManyToManyField(Recommendation, related_name="actions")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="action_code_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="action_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
