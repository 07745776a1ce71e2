"""Cases of a project and the mixes computed for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about
from alpclusters.platform.history import keep_history


class FundingCase(models.Model):
    """Who wants to do what at which cost, and which offers are considered.

    ``data`` is a case of the format ``alpclusters-case/1``; it may still be incomplete while people
    work on it, and is checked as a whole before a mix is computed.
    """

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="funding_cases"
    )
    title = about(models.CharField(_("Title"), max_length=160), part="frame")
    data = models.JSONField(default=dict)
    # Beside the document: versions of the catalogue's offers that were taken over, bodies behind
    # partners, conditions that were entered, and what partners add for applications.
    taken = models.JSONField(default=dict, blank=True)
    # Two editors: the form carries the number it was made from.
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_simulated(self) -> bool:
        """Say whether it belongs to an invented project."""
        return self.project.is_simulated


class MixRun(models.Model):
    """One computation of a mix, from the wish for it to its proof."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits")
        RUNNING = "running", _("is computed")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    class Kind(models.TextChoices):
        """What was asked."""

        BEST = "best", _("best mix")
        SCENARIO = "scenario", _("what if an offer is rejected")
        MANUAL = "manual", _("changed by hand")

    case = models.ForeignKey(FundingCase, on_delete=models.CASCADE, related_name="runs")
    case_version = models.PositiveIntegerField()
    # The whole case as it was computed, and its SHA-256.
    case_data = models.JSONField()
    case_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.BEST)
    # Of a scenario or change by hand: the run it starts from, and what is different.
    base = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="derived"
    )
    changes = models.JSONField(default=dict, blank=True)
    label = models.CharField(_("Name"), max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    # phase, round, objective, bound and gap, as the worker told them last.
    progress = models.JSONField(default=dict, blank=True)
    cancel_asked = models.BooleanField(default=False)
    # A mix of the format ``alpclusters-mix/1``; None until done.
    result = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)
    # Why offers, partners and costs get nothing, as far as somebody asked: by subject.
    reasons = models.JSONField(default=dict, blank=True)
    # What it is worth if not all of it is granted, as far as somebody asked, with its state.
    chances = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["case", "state"])]

    def __str__(self) -> str:
        return f"{self.case}, {self.asked_at:%Y-%m-%d}"


class JointRun(models.Model):
    """Several cases of one project weighed together, from the wish for it to the answer."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="joint_runs"
    )
    # The cases as they were weighed (key, case, title, version, data), and who is one undertaking
    # in them; its SHA-256.
    asked = models.JSONField()
    asked_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=9, choices=MixRun.State.choices, default=MixRun.State.WAITING
    )
    progress = models.JSONField(default=dict, blank=True)
    cancel_asked = models.BooleanField(default=False)
    # An answer of the format ``alpclusters-joint/1``; None until done.
    result = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return " + ".join(case["title"] for case in self.asked["cases"])


keep_history(FundingCase)
