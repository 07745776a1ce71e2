"""What several regions do together, and who adopts what until when."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.fields import about
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.recommendations import Recommendation


class JointApproach(models.Model):
    """A shared aim of several regions, tracked region by region."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="joint_approaches"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    code = models.CharField(_("Code"), max_length=8)
    title = about(TranslatedText(_("Title"), max_length=160), part="texts", public=True)
    objective = about(
        TranslatedText(_("Shared aim"), max_length=2000, blank=True), part="texts", public=True
    )
    coordinator = about(
        models.CharField(_("Coordinating body"), max_length=200, blank=True),
        part="who",
        public=True,
    )
    recommendations = models.ManyToManyField(Recommendation, related_name="approaches", blank=True)
    is_public = about(models.BooleanField(default=False))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="approach_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Adoption(models.Model):
    """How far one region is with a joint approach."""

    class State(models.TextChoices):
        """The states in their order, then those beside it."""

        UNKNOWN = "unknown", _("not known")
        INFORMED = "informed", _("informed")
        UNDER_REVIEW = "under_review", _("under review")
        ADOPTED = "adopted", _("adopted")
        IMPLEMENTING = "implementing", _("being carried out")
        IMPLEMENTED = "implemented", _("carried out")
        NOT_APPLICABLE = "not_applicable", _("does not apply")
        DECLINED = "declined", pgettext_lazy("endorsement", "declined")
        DISCONTINUED = "discontinued", _("discontinued")

    approach = models.ForeignKey(JointApproach, on_delete=models.CASCADE, related_name="adoptions")
    region = models.ForeignKey("territory.Region", on_delete=models.PROTECT, related_name="+")
    body = about(models.CharField(_("Body"), max_length=200, blank=True), part="task", public=True)
    task = about(
        models.CharField(_("What it adopts"), max_length=300, blank=True), part="task", public=True
    )
    due = about(models.DateField(_("Until"), null=True, blank=True), part="task", public=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.UNKNOWN)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["approach", "region"], name="adoption_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approach_id}/{self.region_id}"


class AdoptionStep(models.Model):
    """One change of state, with its date, its document or its reason."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=14, choices=Adoption.State.choices)
    happened_on = about(models.DateField(_("Date")), part="step", public=True)
    document = about(
        models.URLField(_("Decision (address)"), max_length=500, blank=True),
        part="step",
        public=True,
    )
    reason = about(
        models.CharField(_("Reason"), max_length=500, blank=True), part="step", public=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.state}"


keep_history(JointApproach)
