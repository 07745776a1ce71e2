"""What others say about recommendations, what became of it, and which bodies endorse them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.languages.codes import language_choices
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.policy.models.plans import ActionPlan
from alpclusters.platform.policy.models.recommendations import Recommendation


def _shown[Column: models.Field[Any, Any]](field: Column, part: str) -> Column:
    return about(field, part=part, public=True)


class Consultation(models.Model):
    """A time in which the public, or those invited, comment on recommendations."""

    class State(models.TextChoices):
        """The states in their order."""

        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        ANSWERED = "answered", _("answered")
        PUBLISHED = "published", _("published")

    class Audience(models.TextChoices):
        """Who may comment."""

        PUBLIC = "public", _("everybody")
        INVITED = "invited", _("those invited")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="consultations"
    )
    title = _shown(TranslatedText(_("Title"), max_length=160), "texts")
    introduction = _shown(TranslatedText(_("Introduction"), max_length=2000, blank=True), "texts")
    audience = _shown(
        models.CharField(
            _("Who may comment"), max_length=7, choices=Audience.choices, default=Audience.PUBLIC
        ),
        "consultation",
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    opens_on = models.DateField(_("Opens on"), null=True, blank=True)
    closes_on = _shown(
        models.DateField(
            _("Closes on"),
            null=True,
            blank=True,
            help_text=_("The last day on which a comment is in time."),
        ),
        "consultation",
    )
    recommendations = models.ManyToManyField(
        Recommendation, related_name="consultations", verbose_name=_("Recommendations")
    )
    # Version of each text that is discussed: {"<pk>": version}, frozen when it opens.
    versions = models.JSONField(default=dict, blank=True)
    # The texts themselves as they stood then, with their paragraphs.
    texts = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-opens_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class ConsultationInvitation(models.Model):
    """The mail link by which somebody invited comments, without signing in."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = about(models.EmailField(_("E-mail")), part="invitation", privacy=Privacy.PERSONAL)
    language = about(
        models.CharField(
            _("Language of the mail"), max_length=2, choices=language_choices, default="en"
        ),
        part="invitation",
        privacy=Privacy.PERSONAL,
    )
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "email"], name="invited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"


class Comment(models.Model):
    """A comment on one paragraph, with its answer."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("comment", "open")
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly_accepted", _("accepted in part")
        REJECTED = "rejected", _("not accepted")
        OUT_OF_SCOPE = "out_of_scope", _("beyond this consultation")
        WITHDRAWN = "withdrawn", _("withdrawn")
        # By the project, with the reason in the answer; an answer of another kind shows it again.
        WITHHELD = "withheld", _("not shown")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="comments"
    )
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="comments"
    )
    # Where it points: the version, the field, the paragraph and its words then.
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=language_choices)
    paragraph = models.PositiveSmallIntegerField()
    quote = models.TextField(max_length=4000, blank=True)
    text = _shown(models.TextField(_("Comment"), max_length=2000), "comment")
    on_behalf_of = _shown(
        models.CharField(
            _("On behalf of"),
            max_length=200,
            blank=True,
            help_text=_("A body or a group, if you like; please no name of a person."),
        ),
        "comment",
    )
    # By the link that was shown after sending, its author sees what became of it.
    token_hash = models.CharField(max_length=64, unique=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = _shown(
        models.CharField(_("Decision"), max_length=15, choices=State.choices, default=State.OPEN),
        "answer",
    )
    answer = _shown(models.TextField(_("Answer"), max_length=2000, blank=True), "answer")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    # A new version no longer has a paragraph like the one it was about.
    is_orphaned = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["consultation", "state"])]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"


class Endorsement(models.Model):
    """A body that stands behind a recommendation or a plan, in part or not at all."""

    class State(models.TextChoices):
        """Where it stands."""

        INVITED = "invited", _("invited")
        SEEN = "seen", _("seen")
        ENDORSED = "endorsed", _("endorsed")
        WITH_RESERVATION = "reserved", _("endorsed with a reservation")
        DECLINED = "declined", pgettext_lazy("endorsement", "declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Applies(models.TextChoices):
        """Whether it applies to the body or region."""

        YES = "yes", _("applies to us")
        IN_PART = "in_part", _("applies to us in part")
        NO = "no", _("does not apply to us")

    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="endorsements",
    )
    plan = models.ForeignKey(
        ActionPlan, on_delete=models.CASCADE, null=True, blank=True, related_name="endorsements"
    )
    body = _shown(models.CharField(_("Body"), max_length=200), "asked")
    country = models.CharField(_("Country"), max_length=2, blank=True)
    region = _shown(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Region"),
        ),
        "asked",
    )
    # The function of the person who signed, never a name.
    mandate = _shown(
        models.CharField(
            _("Function and mandate"),
            max_length=200,
            blank=True,
            help_text=_("In which function you answer, for example head of unit; no name."),
        ),
        "endorsement",
    )
    state = _shown(
        models.CharField(
            _("Your decision"), max_length=9, choices=State.choices, default=State.INVITED
        ),
        "endorsement",
    )
    applies = _shown(
        models.CharField(
            _("Does it apply to you?"), max_length=7, choices=Applies.choices, blank=True
        ),
        "endorsement",
    )
    # In the words of the body, and in its language: nobody translates what a body decided.
    reservation = _shown(
        models.TextField(
            _("Reservation"),
            max_length=1000,
            blank=True,
            help_text=_("Needed if you endorse it with a reservation."),
        ),
        "endorsement",
    )
    reason = _shown(
        models.TextField(
            _("Reason"),
            max_length=1000,
            blank=True,
            help_text=_("Needed if you do not endorse it."),
        ),
        "endorsement",
    )
    language = models.CharField(max_length=2, choices=language_choices, blank=True)
    decided_on = _shown(
        models.DateField(_("Date of the decision"), null=True, blank=True), "endorsement"
    )
    document = _shown(
        models.URLField(_("Address of the decision"), max_length=500, blank=True), "endorsement"
    )
    # The text the body was asked about: version, since when it stands, hash; empty: not recorded.
    version = models.PositiveIntegerField(null=True, blank=True)
    text_on = models.DateField(null=True, blank=True)
    text_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recommendation__isnull=False, plan__isnull=True)
                | models.Q(recommendation__isnull=True, plan__isnull=False),
                name="endorsement_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "body"], name="recommendation_endorsed_once"
            ),
            models.UniqueConstraint(fields=["plan", "body"], name="plan_endorsed_once"),
        ]

    def __str__(self) -> str:
        return self.body
