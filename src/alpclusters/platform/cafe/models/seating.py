"""Tables, questions and seats: who talks with whom about what in which round."""

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.cafe.models.people import Participant
from alpclusters.platform.fields import Privacy, about, fact
from alpclusters.platform.languages.text import TranslatedText

# Parts of the forms.
TABLE: Final = "table"
GUEST: Final = "guest"


class Question(models.Model):
    """The question of one round; a table may have its own topic on top."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="questions")
    round_index = models.PositiveSmallIntegerField(_("Round"))
    text = fact(TranslatedText(_("Question"), max_length=300), "question")

    class Meta:
        ordering = ["round_index"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "round_index"], name="question_once")
        ]

    def __str__(self) -> str:
        return self.text


class Table(models.Model):
    """A table with its host, topic and languages."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("Number"))
    topic = fact(
        TranslatedText(
            _("Topic"),
            max_length=160,
            blank=True,
            help_text=_("Without a topic the table talks about the question of the round."),
        ),
        TABLE,
    )
    measure = fact(
        models.ForeignKey(
            "measures.Measure",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Measure"),
        ),
        TABLE,
    )
    host_name = about(
        models.CharField(_("Host"), max_length=120, blank=True),
        part=TABLE,
        privacy=Privacy.PERSONAL,
    )
    languages = fact(models.JSONField(_("Languages"), default=list), TABLE)
    # Where it stands, in words ("left wall, by the window"), and on the room plan in per cent.
    way = about(models.CharField(_("Where it stands"), max_length=120, blank=True), part=TABLE)
    x = about(
        models.PositiveSmallIntegerField(
            _("From the left, in per cent"), default=0, validators=[MaxValueValidator(100)]
        ),
        part=TABLE,
    )
    y = about(
        models.PositiveSmallIntegerField(
            _("From the front, in per cent"), default=0, validators=[MaxValueValidator(100)]
        ),
        part=TABLE,
    )
    is_quiet = about(models.BooleanField(_("Quiet table"), default=False), part=TABLE)
    is_accessible = about(
        models.BooleanField(_("Reachable with a wheelchair"), default=True), part=TABLE
    )
    is_open = about(models.BooleanField(_("In use"), default=True), part=TABLE)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cafe", "number"], name="table_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class SeatPlan(models.Model):
    """A plan of analysis.rotation with its certificate; the newest current one is used."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="seat_plans")
    made_at = models.DateTimeField()
    # SeatPlan.to_json of analysis.rotation, as it was computed.
    data = models.JSONField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.made_at}"


class Guest(models.Model):
    """A place in the rotation ("word"): a row of tables, one for each round.

    A guest has a number on a name card; a participant's phone takes a place when it joins or
    when the first round is seated. Spare places are for those who come late.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="guests")
    number = models.PositiveSmallIntegerField(_("Number"))
    # On the name card only, when the facilitator typed a list; emptied at the seal.
    name = about(
        models.CharField(_("Name"), max_length=120, blank=True),
        part=GUEST,
        privacy=Privacy.PSEUDONYMOUS,
    )
    languages = about(
        models.JSONField(_("Spoken languages"), default=list),
        part=GUEST,
        privacy=Privacy.PSEUDONYMOUS,
    )
    needs_access = about(
        models.BooleanField(_("Needs a table reachable with a wheelchair"), default=False),
        part=GUEST,
        privacy=Privacy.PSEUDONYMOUS,
    )
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="guest"
    )
    # Fixed tables by round: {"1": 3}; kept through every new plan.
    pins = about(models.JSONField(_("Fixed table"), default=dict), part=GUEST)
    is_spare = models.BooleanField(default=False)
    left_after = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cafe", "number"], name="guest_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Apart(models.Model):
    """Two guests who should not sit together."""

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="aparts")
    first = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Seat(models.Model):
    """Where a guest sits in a round: planned, and as it happened."""

    class State(models.TextChoices):
        """What the host or the phone said."""

        EXPECTED = "expected", _("expected")
        HERE = "here", _("here")
        MOVED = "moved", _("sits elsewhere")
        ABSENT = "absent", _("not here")

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="seats")
    round_index = models.PositiveSmallIntegerField()
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    planned_table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.EXPECTED)

    class Meta:
        ordering = ["round_index", "table__number", "guest__number"]
        constraints = [models.UniqueConstraint(fields=["guest", "round_index"], name="seat_once")]

    ARRIVED: ClassVar[tuple[str, ...]] = (State.HERE, State.MOVED)

    def __str__(self) -> str:
        return f"{self.guest}: {self.round_index} -> {self.table}"
