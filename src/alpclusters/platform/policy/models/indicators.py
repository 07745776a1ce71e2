"""What is measured, what is aimed at and what was reported."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.actions import Action
from alpclusters.platform.policy.models.plans import ActionPlan


class Indicator(models.Model):
    """A yardstick of an action, or of the plan as a whole."""

    class Direction(models.TextChoices):
        """Where the value should go."""

        INCREASE = "increase", _("should rise")
        DECREASE = "decrease", _("should fall")
        HOLD_MIN = "hold_min", _("should stay at least there")
        HOLD_MAX = "hold_max", _("should stay at most there")

    class Path(models.TextChoices):
        """How the value is expected to move between two targets."""

        LINEAR = "linear", _("evenly")
        STEP = "step", _("in steps")

    class Stage(models.TextChoices):
        """Its place in the logic of the plan."""

        INPUT = "input", _("input")
        OUTPUT = "output", _("output")
        RESULT = "result", _("result")
        IMPACT = "impact", _("impact")

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="indicators")
    # Empty: of the plan as a whole.
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="indicators"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    code = fact(models.CharField(_("Code"), max_length=12, blank=True), "row")
    name = fact(TranslatedText(_("Indicator"), max_length=200), "row")
    unit = fact(TranslatedText(_("Unit"), max_length=40, blank=True), "row")
    direction = fact(
        models.CharField(
            _("Direction"), max_length=8, choices=Direction.choices, default=Direction.INCREASE
        ),
        "row",
    )
    stage = fact(
        models.CharField(_("Stage"), max_length=6, choices=Stage.choices, default=Stage.OUTPUT),
        "row",
    )
    path = fact(
        models.CharField(
            _("Path to the target"), max_length=6, choices=Path.choices, default=Path.LINEAR
        ),
        "row",
    )
    baseline = fact(
        models.DecimalField(_("Baseline"), max_digits=18, decimal_places=4, null=True, blank=True),
        "row",
    )
    baseline_on = fact(models.DateField(_("Baseline of"), null=True, blank=True), "row")
    source = fact(TranslatedText(_("Source of the values"), max_length=200, blank=True), "row")
    frequency_days = fact(
        models.PositiveSmallIntegerField(_("Days between two values"), default=365), "row"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """A value that is aimed at by a date."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    due = fact(models.DateField(_("Date")), "row")
    value = fact(models.DecimalField(_("Target"), max_digits=18, decimal_places=4), "row")

    class Meta:
        ordering = ["due"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "due"], name="target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.due}: {self.value}"


class IndicatorValue(models.Model):
    """A value that somebody reported; it counts once it is confirmed."""

    class Status(models.TextChoices):
        """Whether it counts."""

        REPORTED = "reported", _("reported")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    round = models.ForeignKey(
        "policy.MonitoringRound",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="values",
    )
    refers_to = about(models.DateField(_("As of")), part="value", public=True)
    value = about(
        models.DecimalField(_("Value"), max_digits=18, decimal_places=4), part="value", public=True
    )
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = about(
        models.CharField(_("Source of the value"), max_length=300, blank=True),
        part="value",
        public=True,
    )
    note = about(models.CharField(_("Note"), max_length=500, blank=True), part="value", public=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.REPORTED)

    class Meta:
        ordering = ["refers_to", "pk"]
        indexes = [models.Index(fields=["indicator", "status", "refers_to"])]

    def __str__(self) -> str:
        return f"{self.refers_to}: {self.value}"


keep_history(Indicator)
