"""What an initiative did, and what became of it when the funding had ended."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models.codebook import Codebook
from alpclusters.platform.evidence.models.documents import SourceType
from alpclusters.platform.evidence.models.initiatives import Initiative
from alpclusters.platform.fields import about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class Corpus(models.Model):
    """A selection of initiatives that a project codes, alone or by two people each."""

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="corpora"
    )
    slug = models.SlugField(max_length=80, unique=True)
    name = about(models.CharField(_("Name"), max_length=120), part="frame")
    initiatives = models.ManyToManyField(Initiative, blank=True, related_name="corpora")
    codebook = about(models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="corpora"))
    n_coders = about(
        models.PositiveSmallIntegerField(_("Coders per activity"), default=2), part="frame"
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities in the words of the field."""

    def published(self) -> Self:
        """Those a visitor finds: of published initiatives, coded at least once."""
        return self.filter(initiative__is_published=True).exclude(state=Activity.State.OPEN)


ActivityManager = models.Manager.from_queryset(ActivityQuerySet)


class Activity(models.Model):
    """One thing an initiative did; its codes are what the coders agreed on.

    The codes stay empty until a coding is closed, so that a second coder cannot read the first
    one's choice.
    """

    class State(models.TextChoices):
        """How far the coding is."""

        OPEN = "open", _("not coded yet")
        ONCE = "once", _("coded once")
        DISPUTED = "disputed", _("two coders differ")
        SETTLED = "settled", _("coded twice, settled")

    class Outcome(models.TextChoices):
        """What became of it after the funding."""

        LASTING = "lasting", _("goes on")
        TRANSFORMED = "transformed", _("goes on in another form")
        ENDED = "ended", _("ended")
        UNKNOWN = "unknown", _("unknown")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="activities")
    # Counts within the initiative; part of the permanent address.
    number = models.PositiveSmallIntegerField()
    name = fact(TranslatedText(_("Name"), max_length=160), "texts")
    what = fact(TranslatedText(_("What was done"), max_length=2000, blank=True), "texts")
    output = fact(TranslatedText(_("Output"), max_length=300, blank=True), "texts")
    output_value = fact(models.FloatField(_("Number"), null=True, blank=True), "place")
    output_unit = fact(TranslatedText(_("Unit"), max_length=60, blank=True), "texts")
    result = fact(TranslatedText(_("Result"), max_length=1000, blank=True), "texts")
    regions = models.ManyToManyField(
        "territory.Region", blank=True, related_name="+", verbose_name=_("Where")
    )
    # --- codes, empty until a coding is closed -------------------------------------------------
    measure_type = models.SlugField(_("Type of measure"), max_length=60, blank=True)
    scope = models.CharField(_("Reach"), max_length=20, blank=True)
    audience = models.JSONField(_("For whom"), default=list, blank=True)
    outcome_status = models.CharField(
        _("After the funding"), max_length=12, choices=Outcome.choices, blank=True
    )
    # Months after the end of the funding at which it was last known alive or first known dead.
    outcome_months = models.PositiveSmallIntegerField(
        _("Months after the funding"), null=True, blank=True
    )
    payer_after = models.JSONField(_("Who pays now"), default=list, blank=True)
    source_type = models.CharField(
        _("Kind of source"), max_length=20, choices=SourceType.choices, blank=True
    )
    context = models.CharField(_("Context"), max_length=20, blank=True)
    success_factors = models.JSONField(_("What helped"), default=list, blank=True)
    failure_reasons = models.JSONField(_("What hindered"), default=list, blank=True)
    # --- how they came about -------------------------------------------------------------------
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    codebook = models.ForeignKey(
        Codebook, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Facts of the seed: coded once, from public pages, by the makers of the seed.
    is_seeded = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ActivityManager["Activity"]] = ActivityManager()

    class Meta:
        ordering = ["initiative", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="activity_number_once")
        ]
        indexes = [
            models.Index(fields=["measure_type", "outcome_status"]),
            models.Index(fields=["changed_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.name


keep_history(Activity)
