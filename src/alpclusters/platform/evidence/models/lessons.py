"""Lessons: what follows from activities, for and against, and how certain it is."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models.activities import Activity
from alpclusters.platform.fields import fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.worlds import same_world


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons in the words of the field."""

    def published(self) -> Self:
        """Those a visitor finds."""
        return self.filter(is_published=True)


LessonManager = models.Manager.from_queryset(LessonQuerySet)


class Lesson(models.Model):
    """A statement about a type of measure: it works, it does not, or it depends."""

    class Verdict(models.TextChoices):
        """What the lesson says of the measure."""

        WORKS = "works", _("works")
        DOES_NOT_WORK = "does_not_work", _("does not work")
        DEPENDS = "depends", _("depends")

    class Grade(models.TextChoices):
        """How certain it is (docs/methods/certainty.md)."""

        A = "A", _("well supported")
        B = "B", _("supported")
        C = "C", _("indications")
        D = "D", _("single case or disputed")
        NONE = "none", _("nothing to grade")

    key = models.SlugField(max_length=120, unique=True)
    statement = fact(TranslatedText(_("Lesson"), max_length=300), "texts")
    condition = fact(
        TranslatedText(_("Under which condition"), max_length=1000, blank=True), "texts"
    )
    # How a person answers evidence against it: under which condition that holds.
    answer = fact(
        TranslatedText(_("Answer to evidence against it"), max_length=1000, blank=True), "texts"
    )
    verdict = fact(models.CharField(_("It says"), max_length=16, choices=Verdict.choices), "what")
    measure_type = fact(models.SlugField(_("Type of measure"), max_length=60, blank=True), "what")
    is_published = fact(
        models.BooleanField(_("Published"), default=False), "decision", public=False, exported=False
    )
    measures = models.ManyToManyField(
        "measures.Measure", through="evidence.LessonMeasure", related_name="lessons"
    )
    # --- computed ------------------------------------------------------------------------------
    grade = models.CharField(
        _("Certainty"), max_length=4, choices=Grade.choices, default=Grade.NONE
    )
    # What the grade rests on: reasons, families, counts, convention, digest of the evidence.
    grading = models.JSONField(default=dict)
    graded_at = models.DateTimeField(null=True, blank=True)
    # --- set by a person, with a reason; ends when the evidence changes ------------------------
    own_grade = fact(
        models.CharField(_("Certainty as judged"), max_length=4, choices=Grade.choices, blank=True),
        "decision",
    )
    own_grade_reason = fact(models.CharField(_("Reason"), max_length=500, blank=True), "decision")
    own_grade_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    own_grade_at = models.DateTimeField(null=True, blank=True)
    own_grade_digest = models.CharField(max_length=64, blank=True)
    is_seeded = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[LessonManager["Lesson"]] = LessonManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.statement


class LessonMeasure(models.Model):
    """Why a measure is offered: the lesson that suggests it."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="suggestions")
    measure = models.ForeignKey(
        "measures.Measure", on_delete=models.CASCADE, related_name="suggestions"
    )
    note = fact(models.CharField(_("Note"), max_length=300, blank=True), "suggestion")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "measure"], name="lesson_measure_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.measure_id}"


class Stance(models.TextChoices):
    """Whether an activity speaks for a lesson."""

    SUPPORTS = "supports", _("supports it")
    CONTRADICTS = "contradicts", _("speaks against it")
    MIXED = "mixed", _("both")


class BearingQuerySet(models.QuerySet["Bearing"]):
    """Bearings in the words of the field."""

    def of_one_world(self) -> Self:
        """Those that tie simulated to simulated, real to real."""
        return self.filter(same_world(self.model, "activity", "lesson"))


class Bearing(models.Model):
    """An activity that speaks for or against a lesson; empty stance = coders still differ."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="bearings")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="bearings")
    stance = models.CharField(_("Stance"), max_length=12, choices=Stance.choices, blank=True)
    is_seeded = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Bearing"]] = BearingQuerySet.as_manager()

    class Meta:
        ordering = ["lesson", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "lesson"], name="bearing_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.stance} {self.lesson_id}"


class BearingVote(models.Model):
    """One coder's stance; as with the codes, both stay what they were."""

    bearing = models.ForeignKey(Bearing, on_delete=models.CASCADE, related_name="votes")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # First, second, or 3 for the one who settled it.
    place = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=12, choices=Stance.choices)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["bearing", "place"]
        constraints = [
            models.UniqueConstraint(fields=["bearing", "place"], name="bearing_vote_once")
        ]

    def __str__(self) -> str:
        return f"{self.bearing_id}: {self.place}"


keep_history(Lesson)
