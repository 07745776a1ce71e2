"""The AlpCafé: regional actors rate measures on their phones, without an account."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGES


class Criterion(models.Model):
    """What a measure is rated for: a question and a written anchor for each of five steps."""

    key = models.SlugField(unique=True)
    name = models.CharField(_("Name"), max_length=60)
    question = models.CharField(_("Question"), max_length=200)
    anchor_1 = models.CharField(max_length=80)
    anchor_2 = models.CharField(max_length=80)
    anchor_3 = models.CharField(max_length=80)
    anchor_4 = models.CharField(max_length=80)
    anchor_5 = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    SCALE: ClassVar[tuple[int, int]] = (1, 5)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The steps of the scale with their words, lowest first."""
        low, high = self.SCALE
        return [(step, getattr(self, f"anchor_{step}")) for step in range(low, high + 1)]


class AlpCafeQuerySet(models.QuerySet["AlpCafe"]):
    """AlpCafés in the words of the field."""

    def public(self) -> Self:
        """AlpCafés a visitor may know of: opened at least once, in a public project."""
        return self.filter(project__is_public=True).exclude(state=AlpCafe.State.DRAFT)

    def for_list(self) -> Self:
        """Fetch project and region along and count measures and people."""
        return self.select_related("project", "region").annotate(
            n_measures=models.Count("cafe_measures", distinct=True),
            n_participants=models.Count("participants", distinct=True),
        )


class AlpCafe(models.Model):
    """One World Café of one region: measures presented, rated in private, closed, evaluated."""

    class State(models.TextChoices):
        """Where the event stands."""

        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open for rating")
        CLOSED = "closed", _("closed")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="cafes"
    )
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, related_name="cafes", verbose_name=_("Region")
    )
    title = models.CharField(_("Title"), max_length=120)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    held_on = models.DateField(_("Date"))
    code = models.CharField(_("Code"), max_length=8, unique=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    measures = models.ManyToManyField(
        "measures.Measure", through="CafeMeasure", related_name="cafes"
    )
    criteria = models.ManyToManyField(Criterion, through="CafeCriterion", related_name="cafes")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["AlpCafe"]] = AlpCafeQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Say whether ratings are taken."""
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        """Say whether the event has ended."""
        return self.state == self.State.CLOSED

    @property
    def is_simulated(self) -> bool:
        """Say whether its people and ratings are invented."""
        return self.project.is_simulated

    @property
    def shown_code(self) -> str:
        """The code as people read it: two groups of four."""
        return f"{self.code[:4]} {self.code[4:]}"


class CafeMeasure(models.Model):
    """A measure on the table of an AlpCafé."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="cafe_measures")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="cafe_measures"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "measure"], name="cafe_measure_once")
        ]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.measure}"


class CafeCriterion(models.Model):
    """A criterion of an AlpCafé's rating sheet."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="cafe_criteria")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="cafe_criteria")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "criterion"], name="cafe_criterion_once")
        ]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.criterion}"


class Participant(models.Model):
    """A person in the hall: a random token in a cookie, and what they chose to say of themselves.

    No name, no address. Only the hash of the token is kept, so that nobody who reads the
    database can act as a participant.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default=DEFAULT_LANGUAGE)
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField()
    consent_version = models.CharField(max_length=16)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.pk}"


class Rating(models.Model):
    """One answer as it arrived; the latest of a person, measure and criterion stands.

    Append-only: a change of mind is a new row. ``value`` empty with ``cannot_judge`` is an
    answer of its own; ``value`` empty without it withdraws the earlier answer.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="ratings")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="ratings"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    # Made by the phone when the input is made: a repeated key is the same answer, not a second.
    key = models.CharField(max_length=32)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    cannot_judge = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "key"], name="rating_key_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True)
                | models.Q(value__range=Criterion.SCALE, cannot_judge=False),
                name="rating_on_scale",
            ),
        ]
        indexes = [models.Index(fields=["participant", "measure", "criterion", "id"])]

    def __str__(self) -> str:
        return f"{self.participant_id}/{self.measure_id}/{self.criterion_id}"


class Comment(models.Model):
    """Why somebody rated a measure so; the latest text of a person and measure stands."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="comments")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="comments")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField(max_length=1000)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "measure"], name="comment_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]
