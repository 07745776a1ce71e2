"""Partners that were proposed, marked and introduced, and what became of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, language_choices
from alpclusters.platform.network.models.postings import Posting


class MatchRun(models.Model):
    """One search for partners: what was asked, and who was proposed with which reasons."""

    class Start(models.TextChoices):
        """Where the search starts."""

        PROFILE = "profile", _("the profile")
        NEED = "need", _("a need in own words")
        OFFER = "offer", _("an offer in own words")
        POSTING = "posting", _("a posting")

    # The one for whom partners are looked for.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="match_runs"
    )
    start = models.CharField(max_length=8, choices=Start.choices, default=Start.PROFILE)
    posting = models.ForeignKey(
        Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=language_choices, default=DEFAULT_LANGUAGE)
    text = models.TextField(_("What you look for, or offer"), max_length=3000, blank=True)
    # Territory, types, languages, weights, bridging: what the form said.
    options = models.JSONField(default=dict)
    # Ranked: organisation, score, parts (value, weight, points), reasons with their facts.
    results = models.JSONField(default=list)
    # How many were left out for which reason.
    excluded = models.JSONField(default=dict)
    # Model of the text vectors, conventions, number of candidates.
    stamp = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_start_display()}"


class PartnerMark(models.Model):
    """A proposed partner that an organisation dismissed or wants to remember."""

    class Mark(models.TextChoices):
        """Which of the two."""

        DISMISSED = "dismissed", _("dismissed")
        REMEMBERED = "remembered", _("remembered")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="partner_marks"
    )
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark.choices)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="partner_mark_once"),
            models.CheckConstraint(
                condition=~Q(organisation=F("other")), name="partner_mark_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.other}"


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Introductions in the words of the field."""

    def accepted(self) -> Self:
        """Those both sides wanted."""
        return self.filter(state=Introduction.State.ACCEPTED)


IntroductionManager = models.Manager.from_queryset(IntroductionQuerySet)


class Introduction(models.Model):
    """One organisation asks to be introduced to another; no address passes before it agrees."""

    class State(models.TextChoices):
        """What the other side said."""

        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("without an answer")

    asking = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_asked"
    )
    asked = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_received"
    )
    # What it is about: a posting of the other side (interest in it), or a proposal.
    posting = models.ForeignKey(
        Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    run = models.ForeignKey(
        MatchRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    # As proposed at that time; the score is calibrated with what came of it.
    score = models.FloatField(null=True, blank=True)
    parts = models.JSONField(default=dict)
    message = about(
        models.TextField(
            _("Message"),
            max_length=1500,
            help_text=_(
                "What you would like to do together, in two or three sentences. Please write no "
                "addresses and no telephone numbers: they pass only when the other side agrees."
            ),
        ),
        part="asking",
        privacy=Privacy.PERSONAL,
    )
    language = about(
        models.CharField(
            _("Language of the message"),
            max_length=2,
            choices=language_choices,
            default=DEFAULT_LANGUAGE,
        ),
        part="asking",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = about(
        models.CharField(
            _("Answer"),
            max_length=600,
            blank=True,
            help_text=_("It goes to the organisation that asked."),
        ),
        part="answer",
        privacy=Privacy.PERSONAL,
    )
    is_simulated = models.BooleanField(default=False)

    objects: ClassVar[IntroductionManager["Introduction"]] = IntroductionManager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asking=F("asked")), name="introduction_of_two"),
            models.UniqueConstraint(
                fields=["asking", "asked"],
                condition=Q(state="asked"),
                name="introduction_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking} – {self.asked}"


class FollowUp(models.Model):
    """What one side says came of an introduction, 3 and 12 months after."""

    class Outcome(models.TextChoices):
        """The furthest it came."""

        NOTHING = "nothing", _("nothing yet")
        CONTACT = "contact", _("contact")
        AGREEMENT = "agreement", _("agreement")
        PROJECT = "project", _("joint project")

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="follow_ups"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField(choices=[(3, "3"), (12, "12")])
    # Empty until answered.
    outcome = about(
        models.CharField(_("What came of it"), max_length=10, choices=Outcome.choices, blank=True),
        part="outcome",
    )
    note = about(
        models.CharField(_("Note"), max_length=300, blank=True),
        part="outcome",
        privacy=Privacy.PERSONAL,
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["introduction", "months", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "organisation", "months"], name="follow_up_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.introduction}: {self.months}"


keep_history(Introduction)
