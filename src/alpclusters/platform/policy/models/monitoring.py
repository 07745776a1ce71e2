"""Rounds in which bodies report, their reports, corrections by people, reports that stay."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.actions import Action
from alpclusters.platform.policy.models.plans import ActionPlan
from alpclusters.platform.policy.models.staying import Staying, StayingQuerySet


class MonitoringRound(models.Model):
    """A time in which the bodies of a plan are asked how their actions stand."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opens_on = about(models.DateField(_("Opens on")), part="round", public=True)
    closes_on = about(
        models.DateField(
            _("Closes on"),
            help_text=_("Bodies that have not reported are reminded 14 and 3 days before."),
        ),
        part="round",
        public=True,
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="monitoring_round_once"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("opens_on")),
                name="monitoring_round_closes_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class ReportLink(models.Model):
    """The mail link by which one body reports on one action, without signing in."""

    round = models.ForeignKey(MonitoringRound, on_delete=models.CASCADE, related_name="links")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="report_links")
    email = about(models.EmailField(_("E-mail")), part="address", privacy=Privacy.PERSONAL)
    language = about(
        models.CharField(
            _("Language of the mail"), max_length=2, choices=language_choices, default="en"
        ),
        part="address",
        privacy=Privacy.PERSONAL,
    )
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    # 30 days after the round; then the address is deleted.
    expires_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "action"], name="report_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.action_id}"


class ProgressReport(models.Model):
    """What a body said about an action on a date."""

    class Way(models.TextChoices):
        """How it came in."""

        LINK = "link", _("mail link")
        LOGIN = "login", _("signed in")
        IMPORT = "import", _("import")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reports")
    round = models.ForeignKey(
        MonitoringRound, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    confirmed_on = models.DateField(_("Date"))
    # 0 to 1; null: no figure was given, milestones speak.
    progress = about(
        models.FloatField(
            _("Progress"),
            null=True,
            blank=True,
            help_text=_(
                "How much of the work is done: 50 for half of it. Empty: the milestones speak."
            ),
        ),
        part="report",
        public=True,
    )
    language = models.CharField(max_length=2, choices=language_choices, default="en")
    text = about(
        models.TextField(
            _("What happened"),
            max_length=4000,
            blank=True,
            help_text=_("It will be public. Please name no persons."),
        ),
        part="report",
        public=True,
    )
    obstacles = about(
        models.TextField(_("What stands in the way"), max_length=2000, blank=True),
        part="report",
        public=True,
    )
    next_step = about(
        models.TextField(_("Next step"), max_length=2000, blank=True), part="report", public=True
    )
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.LOGIN)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["confirmed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True)
                | models.Q(progress__gte=0.0, progress__lte=1.0),
                name="progress_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.confirmed_on}"


class Override(models.Model):
    """A colour set by a person for an action, beside the computed one, with the reason."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="overrides")
    computed = models.CharField(max_length=6)
    shown = about(models.CharField(_("Status to show"), max_length=6), part="override", public=True)
    reason = about(
        TranslatedText(
            _("Reason"),
            max_length=500,
            help_text=_("It is printed beside the status, for everybody to read."),
        ),
        part="override",
        public=True,
    )
    # Lasts until this round closes: two rounds at most.
    until_round = models.PositiveSmallIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.shown}"


class PlanSnapshot(Staying):
    """A plan with all its figures as it was at one moment; nobody can change it.

    ``content`` is the canonical text that was hashed (analysis.plans.canonical); triggers of the
    database refuse every change, and every removal unless the plan is simulated.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="snapshots")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    number = models.PositiveIntegerField()
    round = models.ForeignKey(
        MonitoringRound, on_delete=models.PROTECT, null=True, blank=True, related_name="snapshots"
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    content = models.TextField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["PlanSnapshot"]] = StayingQuerySet["PlanSnapshot"].as_manager()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number} {self.digest[:12]}"
