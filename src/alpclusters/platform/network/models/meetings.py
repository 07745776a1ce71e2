"""Bilateral meetings at an AlpCafé or a fair: who wants to meet whom, when and at which table."""

from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.network.models.matches import Introduction

MOST_SLOTS: Final = 40
MOST_TABLES: Final = 200


class MeetingDay(models.Model):
    """A day of bilateral meetings: slots of equal length at numbered tables."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("wishes are taken")
        PLANNED = "planned", _("planned")
        PUBLISHED = "published", _("published")
        HELD = "held", _("held")

    project = about(
        models.ForeignKey(
            "partnership.Project",
            on_delete=models.CASCADE,
            related_name="meeting_days",
            verbose_name=_("Project"),
        ),
        part="day",
    )
    # At an AlpCafé; empty for a fair.
    cafe = about(
        models.ForeignKey(
            "cafe.AlpCafe",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="meeting_days",
            verbose_name=_("AlpCafé"),
        ),
        part="day",
    )
    title = about(models.CharField(_("Title"), max_length=140), part="day")
    place = about(models.CharField(_("Place"), max_length=200, blank=True), part="day")
    time_zone = models.CharField(max_length=40, default="Europe/Vienna")
    held_on = about(models.DateField(_("Day")), part="day")
    begins = about(models.TimeField(_("First meeting")), part="day")
    n_slots = about(
        models.PositiveSmallIntegerField(
            _("Meetings one after the other"),
            validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)],
            help_text=_("Breaks counted too."),
        ),
        part="day",
    )
    slot_minutes = about(
        models.PositiveSmallIntegerField(
            _("Minutes a meeting"),
            default=20,
            validators=[MinValueValidator(5), MaxValueValidator(180)],
        ),
        part="day",
    )
    pause_minutes = about(
        models.PositiveSmallIntegerField(
            _("Minutes between"),
            default=5,
            validators=[MinValueValidator(0), MaxValueValidator(60)],
        ),
        part="day",
    )
    # Numbers of slots, from 1.
    breaks = about(
        models.JSONField(
            _("Breaks for everybody"),
            default=list,
            blank=True,
            help_text=_("Numbers of the meetings that are left out, for example 4, 8."),
        ),
        part="day",
    )
    n_tables = about(
        models.PositiveSmallIntegerField(
            pgettext_lazy("to sit at", "Tables"),
            validators=[MinValueValidator(1), MaxValueValidator(MOST_TABLES)],
        ),
        part="day",
    )
    # How many meetings one organisation takes at most.
    most_each = about(
        models.PositiveSmallIntegerField(
            _("Most meetings each"),
            default=8,
            validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)],
        ),
        part="day",
    )
    wishes_until = about(
        models.DateTimeField(
            _("Wishes until"),
            null=True,
            blank=True,
            help_text=_("Empty: until the plan is sent."),
        ),
        part="day",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # What the plan reached, its bound and seed.
    plan = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-held_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """An organisation that is asked to a day of meetings, or takes part in it."""

    class State(models.TextChoices):
        """What it says."""

        INVITED = "invited", _("invited")
        COMES = "comes", _("takes part")
        DECLINED = "declined", _("does not come")

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="attendances"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.COMES)
    # Who comes and gets the plan; the name stands on it only where this person agreed.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shows_name = about(
        models.BooleanField(
            _("My name may stand on the plan"),
            default=False,
            help_text=_(
                "Then those you meet see who comes. Thirty days after the day your name is deleted."
            ),
        ),
        part="attendance",
        privacy=Privacy.PERSONAL,
    )
    languages = about(
        models.JSONField(
            _("Languages"),
            default=list,
            help_text=_("Those in which you can talk with others."),
        ),
        part="attendance",
        privacy=Privacy.PERSONAL,
    )
    # Numbers of slots in which it cannot, from 1.
    away = about(
        models.JSONField(_("When you cannot"), default=list, blank=True), part="attendance"
    )
    looks_for = about(
        models.CharField(
            _("Looks for"),
            max_length=300,
            blank=True,
            help_text=_("The other organisations of this day can read it."),
        ),
        part="attendance",
        privacy=Privacy.PERSONAL,
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "organisation"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.organisation}"


class MeetingWish(models.Model):
    """One asks to meet another; they meet only where both want to."""

    class State(models.TextChoices):
        """What the other one says."""

        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("both want to")
        DECLINED = "declined", _("declined")

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="wishes")
    asking = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="wishes")
    asked = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="wished_by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # 1 to 3, to the asking side.
    weight = about(
        models.PositiveSmallIntegerField(_("How much it matters"), default=2), part="wish"
    )
    made_at = models.DateTimeField()
    # When the other side had a mail about it.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asking", "asked"], name="meeting_wish_once"),
            models.CheckConstraint(condition=~Q(asking=F("asked")), name="meeting_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.asking} – {self.asked}"


class Meeting(models.Model):
    """Two that meet in one slot at one table."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        MISSED = "missed", _("did not take place")

    day = models.ForeignKey(MeetingDay, on_delete=models.CASCADE, related_name="meetings")
    first = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="+")
    # From 1.
    slot = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, blank=True)
    # Set by a person: a new plan leaves it where it is.
    is_fixed = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    # Both were there: they are asked after 3 and 12 months what came of it.
    introduction = models.OneToOneField(
        Introduction, on_delete=models.SET_NULL, null=True, blank=True, related_name="meeting"
    )

    class Meta:
        ordering = ["day", "slot", "table"]
        constraints = [
            models.UniqueConstraint(fields=["day", "slot", "table"], name="table_taken_once"),
            models.UniqueConstraint(fields=["day", "slot", "first"], name="first_meets_once"),
            models.UniqueConstraint(fields=["day", "slot", "second"], name="second_meets_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="meeting_of_two_bodies"),
        ]

    def __str__(self) -> str:
        return f"{self.first.organisation} – {self.second.organisation}"
