"""Cards and what was made of them: insights, summaries, proposals of what belongs together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe import limits
from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.cafe.models.people import Participant, Source
from alpclusters.platform.cafe.models.seating import Table
from alpclusters.platform.languages.codes import language_choices


class Card(models.Model):
    """A thought on a card, typed or photographed."""

    class State(models.TextChoices):
        """What became of it."""

        SHOWN = "shown", _("shown")
        GROUPED = "grouped", _("part of an insight")
        HIDDEN = "hidden", _("hidden")

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="cards")
    # Made by the phone with the card; the phone keeps it and finds the card again with it.
    public_id = models.CharField(max_length=limits.CARD_ID)
    seq = models.BigIntegerField(default=0)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="cards"
    )
    table = models.ForeignKey(
        Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="cards"
    )
    round_index = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("Text"), max_length=limits.CARD, blank=True)
    language = models.CharField(max_length=2, choices=language_choices)
    author = models.CharField(_("Name"), max_length=limits.AUTHOR, blank=True)
    # A file below the uploads of the installation, without metadata.
    photo = models.CharField(max_length=limits.PHOTO, blank=True)
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.PHONE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHOWN)
    hidden_reason = models.CharField(max_length=200, blank=True)
    # Says what somebody is, has or did (yes), or what should be (no); empty: nobody decided.
    is_about_person = models.BooleanField(null=True, blank=True)
    received_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cafe", "public_id"], name="card_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Support(models.Model):
    """A participant stands behind a card of somebody else."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="supports")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="supports")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["card", "participant"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.participant_id}"


class Insight(models.Model):
    """What several cards say together, in one sentence."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="insights")
    table = models.ForeignKey(
        Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="insights"
    )
    title = models.CharField(_("Insight"), max_length=200)
    language = models.CharField(max_length=2, choices=language_choices)
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cards = models.ManyToManyField(Card, related_name="insights", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Summary(models.Model):
    """What a host hands over to the guests of the next round."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="summaries")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="summaries")
    round_index = models.PositiveSmallIntegerField()
    text = models.TextField(_("Summary"), max_length=600, blank=True)
    language = models.CharField(max_length=2, choices=language_choices)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round_index", "table__number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "round_index"], name="summary_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SimilarCards(models.Model):
    """Two cards that may say the same; a rejected proposal does not return."""

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        TOGETHER = "together", _("together")
        REJECTED = "rejected", _("rejected")

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="similar_cards")
    first = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="similar_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
