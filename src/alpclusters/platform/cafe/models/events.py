"""The AlpCafé: one World Café of one region, from its preparation to its seal."""

from datetime import timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models.criteria import Criterion
from alpclusters.platform.cafe.models.phases import RATING_ROUNDS, Phase, Screen
from alpclusters.platform.fields import about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, TRANSLATED_LANGUAGES
from alpclusters.platform.languages.text import TranslatedText

# How long answers made offline are still taken after the input was stopped.
REPLAY_GRACE = timedelta(seconds=120)
# Parts of the form: without what there is no AlpCafé; what else is known of the day; how long it
# takes; the course that phones are made for and what is rated, which stay once it was opened.
NEEDED: Final = "needed"
EVENT: Final = "event"
HALL: Final = "hall"
COURSE: Final = "course"
RATED: Final = "rated"


def all_languages() -> list[str]:
    """Return the languages of an AlpCafé for which nobody chose any."""
    return [*TRANSLATED_LANGUAGES, DEFAULT_LANGUAGE]


def three_two_one() -> list[int]:
    """Return the points of the three places."""
    return [3, 2, 1]


class AlpCafeQuerySet(models.QuerySet["AlpCafe"]):
    """AlpCafés in the words of the field."""

    def public(self) -> Self:
        """AlpCafés a visitor may know of: announced or opened once, in a public project."""
        return self.filter(project__is_public=True).exclude(
            state=AlpCafe.State.DRAFT, open_registration=False
        )

    def for_list(self) -> Self:
        """Fetch project and region along and count measures and people."""
        return self.select_related("project", "region").annotate(
            n_measures=models.Count("cafe_measures", distinct=True),
            n_participants=models.Count("participants", distinct=True),
        )


class HeldManager(models.Manager["AlpCafe"]):
    """What everybody asks for: the AlpCafés that take place. A rehearsal is found by nobody."""

    def get_queryset(self) -> AlpCafeQuerySet:
        """Leave the rehearsals out."""
        return AlpCafeQuerySet(self.model, using=self._db).filter(rehearsal_of__isnull=True)

    def public(self) -> AlpCafeQuerySet:
        """Return the AlpCafés a visitor may know of."""
        return self.get_queryset().public()

    def for_list(self) -> AlpCafeQuerySet:
        """Return them with what a list shows."""
        return self.get_queryset().for_list()


class AlpCafe(models.Model):
    """One World Café of one region: measures presented, rated in private, closed, evaluated."""

    class State(models.TextChoices):
        """Where the event stands, coarsely; ``phase`` says it exactly."""

        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Round(models.IntegerChoices):
        """Which of the two rounds of AlpCafés of a project."""

        NEEDS = 1, _("Round 1: needs and expectations")
        MEASURES = 2, _("Round 2: measures presented and rated")

    project = fact(
        models.ForeignKey(
            "partnership.Project",
            on_delete=models.CASCADE,
            related_name="cafes",
            verbose_name=_("Project"),
        ),
        NEEDED,
    )
    round = fact(
        models.PositiveSmallIntegerField(
            _("What it is about"), choices=Round.choices, default=Round.MEASURES
        ),
        COURSE,
    )
    region = fact(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            related_name="cafes",
            verbose_name=_("Region"),
        ),
        NEEDED,
    )
    title = fact(
        TranslatedText(
            _("Title"),
            max_length=120,
            help_text=_("At least one language; the others show it where they lack their own."),
        ),
        NEEDED,
    )
    place = fact(models.CharField(_("Place"), max_length=120, blank=True), EVENT)
    directions = fact(
        models.CharField(_("How to get there"), max_length=200, blank=True), EVENT, exported=False
    )
    held_on = fact(models.DateField(_("Date")), NEEDED)
    starts_at = fact(models.TimeField(_("Begin"), null=True, blank=True), EVENT, exported=False)
    ends_at_time = fact(models.TimeField(_("End"), null=True, blank=True), EVENT, exported=False)
    languages = fact(models.JSONField(_("Languages"), default=all_languages), EVENT)
    welcome = fact(
        TranslatedText(
            _("Purpose"),
            max_length=600,
            blank=True,
            help_text=_(
                "One or two sentences for the public page, for invitations and for the protocol."
            ),
        ),
        EVENT,
        exported=False,
    )
    # Seen by everybody before the opening, with a page where anybody may register.
    open_registration = fact(
        models.BooleanField(_("Announce in public and let everybody register"), default=False),
        EVENT,
        exported=False,
    )
    code = models.CharField(_("Code"), max_length=8, unique=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    measures = fact(
        models.ManyToManyField(
            "measures.Measure",
            through="CafeMeasure",
            related_name="cafes",
            verbose_name=_("Measures"),
        ),
        RATED,
    )
    criteria = fact(
        models.ManyToManyField(
            Criterion, through="CafeCriterion", related_name="cafes", verbose_name=_("Criteria")
        ),
        RATED,
    )
    # ---- the course of the event; an AlpCafé without a hall only rates ----
    in_hall = about(
        models.BooleanField(
            _("Tables, rounds and a big screen"),
            default=False,
            help_text=_("Without tables people only rate the measures on their phones."),
        ),
        part=COURSE,
    )
    n_rounds = about(
        models.PositiveSmallIntegerField(
            _("Rounds at the tables"),
            default=3,
            validators=[MinValueValidator(1), MaxValueValidator(8)],
        ),
        part=COURSE,
    )
    minutes_per_round = about(
        models.PositiveSmallIntegerField(
            _("Minutes for each round"),
            default=20,
            validators=[MinValueValidator(1), MaxValueValidator(120)],
        ),
        part=HALL,
    )
    minutes_to_change = about(
        models.PositiveSmallIntegerField(
            _("Minutes for changing tables"), default=3, validators=[MaxValueValidator(30)]
        ),
        part=HALL,
    )
    has_presentation = about(
        models.BooleanField(_("Presentation of the measures"), default=True), part=COURSE
    )
    has_top_three = about(models.BooleanField(_("Top three"), default=True), part=COURSE)
    top_three_points = models.JSONField(default=three_two_one)
    has_second_rating = about(
        models.BooleanField(_("Second rating after the results"), default=False), part=COURSE
    )
    has_feedback = about(models.BooleanField(_("Feedback at the end"), default=True), part=COURSE)
    cloud_x = about(
        models.ForeignKey(
            Criterion,
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Across"),
        ),
        part=COURSE,
    )
    cloud_y = about(
        models.ForeignKey(
            Criterion,
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Upwards"),
        ),
        part=COURSE,
    )
    # How large groups are outside the room, by column; see cafe/domain/margins.py.
    margins = models.JSONField(default=dict, db_default={})
    shows_table_cards = about(
        models.BooleanField(_("Guests see the cards of their table"), default=True), part=HALL
    )
    # So many best measures are looked for (``domain/asking.py``); 0 asks all of as many people;
    # nothing where another order was used, as before there was a choice.
    best_k = about(
        models.PositiveSmallIntegerField(
            _("Best measures that are looked for"),
            null=True,
            default=0,
            validators=[MaxValueValidator(10)],
            help_text=_(
                "Empty: every measure is asked of as many people as any other. With a number, "
                "phones ask first about the measures that decide which are the best ones. "
                "Everybody may still rate all of them."
            ),
        ),
        part=COURSE,
    )
    # ---- where it stands ----
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    round_index = models.PositiveSmallIntegerField(default=0)
    # Goes up with everything a facilitator does; a command that saw an older one is refused.
    revision = models.PositiveIntegerField(default=1)
    # Goes up when the texts of the phone's page change: measures, criteria, questions, tables.
    content_revision = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_left_ms = models.PositiveIntegerField(null=True, blank=True)
    input_stopped_at = models.DateTimeField(null=True, blank=True)
    screen = models.CharField(max_length=10, choices=Screen.choices, default=Screen.AUTO)
    announcement = models.CharField(max_length=200, blank=True)
    # Goes up to make every printed or opened link of hosts and screens void.
    link_epoch = models.PositiveSmallIntegerField(default=1)
    grace_minutes = models.PositiveSmallIntegerField(
        _("Minutes in which a closed AlpCafé can be opened again"),
        default=15,
        validators=[MaxValueValidator(1440)],
    )
    # A copy to try the day out with simulated people. Lists, public pages and evaluations ask
    # ``objects``, which has no rehearsals; who runs one asks ``everything``.
    rehearsal_of = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="rehearsal"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    objects = HeldManager()
    everything: ClassVar[models.Manager["AlpCafe"]] = AlpCafeQuerySet.as_manager()

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
    def is_sealed(self) -> bool:
        """Say whether it is final: the key is destroyed and nothing can be opened again."""
        return self.sealed_at is not None

    @property
    def rating_round(self) -> int | None:
        """The round of rating whose answers are taken in this phase."""
        return RATING_ROUNDS.get(Phase(self.phase))

    @property
    def is_simulated(self) -> bool:
        """Say whether its people and ratings are invented."""
        return self.is_rehearsal or self.project.is_simulated

    @property
    def is_rehearsal(self) -> bool:
        """Say whether it is a copy to try the day out."""
        return self.rehearsal_of_id is not None

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
    # Says what somebody is, has or did (yes), or what should be (no); empty: nobody decided.
    is_about_person = models.BooleanField(null=True, blank=True)

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


keep_history(AlpCafe)
keep_history(CafeMeasure)
keep_history(CafeCriterion)
