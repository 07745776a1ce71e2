"""Ratings, top three, comments and feedback as they arrived."""

from django.conf import settings
from django.db import models

from alpclusters.platform.cafe import limits
from alpclusters.platform.cafe.models.criteria import Criterion
from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.cafe.models.people import Participant, Source
from alpclusters.platform.languages.codes import language_choices


class Rating(models.Model):
    """One answer as it arrived; the latest of a person, measure, criterion and round stands.

    Append-only: a change of mind is a new row. ``value`` empty with ``cannot_judge`` is an
    answer of its own; ``value`` empty without it withdraws the earlier answer. ``value`` is a
    step of the criterion's scale: the writer asks (`live.validation`), `doctor` looks.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="ratings")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="ratings"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    # Made by the phone when the input is made: a repeated key is the same answer, not a second.
    # Empty after the seal.
    key = models.CharField(max_length=32, null=True)  # noqa: DJ001 - unique
    seq = models.BigIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.PHONE)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Given after results of the first round were shown, or after the input was stopped.
    is_informed = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    value = models.SmallIntegerField(null=True, blank=True)
    cannot_judge = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "key"], name="rating_key_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(cannot_judge=False),
                name="rating_value_or_cannot_judge",
            ),
        ]
        indexes = [models.Index(fields=["participant", "measure", "criterion", "round", "id"])]

    def __str__(self) -> str:
        return f"{self.participant_id}/{self.measure_id}/{self.criterion_id}"


class Comment(models.Model):
    """Why somebody rated a measure so; the latest text of a person and measure stands."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="comments")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="comments")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField(max_length=limits.COMMENT)
    language = models.CharField(max_length=2, choices=language_choices)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "measure"], name="comment_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class TopThree(models.Model):
    """A person's choice of up to three measures as it arrived; the latest of a round stands."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="top_threes")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="top_threes"
    )
    key = models.CharField(max_length=32, null=True)  # noqa: DJ001 - unique
    seq = models.BigIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.PHONE)
    # Keys of measures, best first; empty takes the choice back.
    measures = models.JSONField(default=list)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cafe", "key"], name="top_three_key_once")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.measures}"


class Feedback(models.Model):
    """What a person says of the AlpCafé itself; the latest answer stands."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="feedback")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="feedback")
    # heard (I was heard), learned (I learned something), again (I would come again): 1 to 5.
    answers = models.JSONField(default=dict)
    text = models.TextField(max_length=limits.COMMENT, blank=True)
    language = models.CharField(max_length=2, choices=language_choices)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["participant"], name="feedback_once")]

    def __str__(self) -> str:
        return f"{self.participant_id}"


class PaperSheet(models.Model):
    """A rating sheet on paper: one person, drawn at random, entered later, twice above twenty.

    The second rating is a sheet of its own with the same number: the same person.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="paper_sheets")
    # Digits and a check character, printed before the event.
    number = models.CharField(max_length=8)
    round = models.PositiveSmallIntegerField(default=1)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_sheets"
    )
    first_entry = models.JSONField(default=dict)
    second_entry = models.JSONField(default=dict)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    after_release = models.BooleanField(default=False)
    n_invalid = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number", "round"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "number", "round"], name="paper_sheet_once")
        ]

    def __str__(self) -> str:
        return self.number
