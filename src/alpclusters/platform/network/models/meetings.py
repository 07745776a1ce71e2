"""Bilateral meetings at an AlpCafé or a fair: who wants to meet whom, when and at which table."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models.matches import Introduction


class MeetingDay(models.Model):
    """A day of bilateral meetings: slots of equal length at numbered tables."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("wishes are taken")
        PLANNED = "planned", _("planned")
        PUBLISHED = "published", _("published")
        HELD = "held", _("held")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="meeting_days"
    )
    # At an AlpCafé; empty for a fair.
    cafe = models.ForeignKey(
        "cafe.AlpCafe",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting_days",
        verbose_name=_("AlpCafé"),
    )
    title = models.CharField(_("Title"), max_length=140)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Vienna")
    held_on = models.DateField(_("Day"))
    begins = models.TimeField(_("First meeting"))
    n_slots = models.PositiveSmallIntegerField(_("Meetings one after the other"))
    slot_minutes = models.PositiveSmallIntegerField(_("Minutes a meeting"), default=20)
    pause_minutes = models.PositiveSmallIntegerField(_("Minutes between"), default=5)
    # Numbers of slots that are a break for everybody, from 1.
    breaks = models.JSONField(default=list, blank=True)
    n_tables = models.PositiveSmallIntegerField(pgettext_lazy("to sit at", "Tables"))
    # How many meetings one organisation takes at most.
    most_each = models.PositiveSmallIntegerField(_("Most meetings each"), default=8)
    wishes_until = models.DateTimeField(_("Wishes until"), null=True, blank=True)
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
    shows_name = models.BooleanField(_("My name may stand on the plan"), default=False)
    languages = models.JSONField(_("Languages"), default=list)
    # Numbers of slots in which it cannot, from 1.
    away = models.JSONField(_("Cannot"), default=list, blank=True)
    looks_for = models.CharField(_("Looks for"), max_length=300, blank=True)
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
    # 1 to 3: how much it matters to the asking side.
    weight = models.PositiveSmallIntegerField(_("How much it matters"), default=2)
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
