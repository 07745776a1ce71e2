"""What ratings, lessons, the network, funding or a consultation say."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import about
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText


class Finding(models.Model):
    """A statement with its source, its certainty and its uncertainty.

    A finding from ratings says what a snapshot shows of one measure and criterion; the others
    are statements by people about a lesson, a picture of the network, a funding mix or a
    consultation, which is named beside them.
    """

    class Kind(models.TextChoices):
        """Where it comes from."""

        RATING = "rating", _("ratings")
        LESSON = "lesson", _("lesson")
        NETWORK = "network", _("network")
        FUNDING = "funding", _("funding")
        CONSULTATION = "consultation", _("consultation")

    class Direction(models.TextChoices):
        """What it does to the recommendations that rest on it."""

        SUPPORTS = "supports", _("supports")
        AGAINST = "against", _("against")
        NEUTRAL = "neutral", _("neutral")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="findings"
    )
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.RATING)
    statement = about(
        TranslatedText(_("Statement"), max_length=1000, blank=True), part="finding", public=True
    )
    direction = about(
        models.CharField(
            _("Direction"), max_length=8, choices=Direction.choices, default=Direction.SUPPORTS
        ),
        part="finding",
        public=True,
    )
    # Exactly one source, by kind (constraint below); ratings name measure and criterion too.
    snapshot = models.ForeignKey(
        "evaluation.Snapshot", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    criterion = models.ForeignKey(
        "cafe.Criterion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    lesson = models.ForeignKey(
        "evidence.Lesson", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    network = models.ForeignKey(
        "network.NetworkSnapshot", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    mix = models.ForeignKey(
        "funding.MixRun", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    consultation = models.ForeignKey(
        "policy.Consultation", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    regions = about(
        models.ManyToManyField(
            "territory.Region",
            verbose_name=_("Where it holds"),
            related_name="+",
            blank=True,
            help_text=_("No region chosen: everywhere."),
        ),
        part="finding",
        public=True,
    )
    code = models.CharField(_("Code"), max_length=8)
    # Null where the finding is no number.
    n = models.PositiveIntegerField(null=True)
    cannot_judge_share = models.FloatField(null=True)
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    convention = models.CharField(max_length=60, blank=True)
    # A to D as the lesson had it when the finding was stated; ratings have none.
    certainty = models.CharField(max_length=1, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="supersedes"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "measure", "criterion"], name="finding_once"
            ),
            models.UniqueConstraint(fields=["project", "code"], name="finding_code_once"),
            models.CheckConstraint(
                condition=models.Q(
                    kind="rating",
                    snapshot__isnull=False,
                    measure__isnull=False,
                    criterion__isnull=False,
                    n__isnull=False,
                )
                | models.Q(kind="lesson", lesson__isnull=False)
                | models.Q(kind="network", network__isnull=False)
                | models.Q(kind="funding", mix__isnull=False)
                | models.Q(kind="consultation", consultation__isnull=False),
                name="finding_has_its_source",
            ),
        ]

    def __str__(self) -> str:
        return self.code


keep_history(Finding)
