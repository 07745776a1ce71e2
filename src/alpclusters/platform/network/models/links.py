"""Links between two organisations, and what each side says of them over the years."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.history import keep_history


class LinkQuerySet(models.QuerySet["Link"]):
    """Links in the words of the field."""

    def counted(self) -> Self:
        """Those that count in a network: confirmed by the other side, or from a source."""
        return self.filter(standing__in=[Link.Standing.CONFIRMED, Link.Standing.SOURCE])

    def of(self, organisation_id: int) -> Self:
        """Those of one organisation, whichever end it is."""
        return self.filter(Q(first=organisation_id) | Q(second=organisation_id))


LinkManager = models.Manager.from_queryset(LinkQuerySet)


class Link(models.Model):
    """Two organisations that work together, under one funding or without any.

    The pair has no direction: the first is the one with the smaller number.
    """

    class Type(models.TextChoices):
        """What they do together."""

        JOINT_PROJECT = "joint_project", _("joint project")
        AGREEMENT = "agreement", _("cooperation agreement")
        JOINT_SERVICES = "joint_services", _("joint services")
        JOINT_STRATEGY = "joint_strategy", _("joint strategy")
        EXCHANGE = "exchange", _("exchange of experience")
        BUSINESS = "business", _("business between members")

    class Status(models.TextChoices):
        """Whether it is alive, and on whose money."""

        ACTIVE_FUNDED = "active_funded", _("active, funded")
        ACTIVE_SELF = "active_self", _("active, self-sustained")
        DORMANT = "dormant", _("dormant")
        ENDED = "ended", _("ended")
        UNKNOWN = "unknown", _("not known")

    class Standing(models.TextChoices):
        """Who says that the link exists."""

        ENTERED = "entered", _("waits for the other side")
        CONFIRMED = "confirmed", _("confirmed by both sides")
        REFUSED = "refused", _("the other side says no")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SOURCE = "source", _("from a published project")

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    type = about(
        models.CharField(
            _("Kind of link"), max_length=16, choices=Type.choices, default=Type.JOINT_PROJECT
        ),
        part="link",
        public=True,
    )
    topic = about(models.CharField(_("About what"), max_length=200, blank=True), part="link")
    started_on = about(
        models.DateField(_("Since"), null=True, blank=True), part="link", public=True
    )
    # When the work together ended, not the funding: a report says it.
    ended_on = about(models.DateField(_("Until"), null=True, blank=True))
    # The funding: an initiative of the evidence base, or words.
    initiative = about(
        models.ForeignKey(
            "evidence.Initiative",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="links",
            verbose_name=_("Funded by the initiative"),
        ),
        part="link",
    )
    funding = about(
        models.CharField(
            _("Funded by"),
            max_length=160,
            blank=True,
            help_text=_("In words, where it is no initiative of the list. Empty: without funding."),
        ),
        part="link",
    )
    funding_ends_on = about(
        models.DateField(
            _("End of the funding"),
            null=True,
            blank=True,
            help_text=_("From this day on it is counted how long the link lasts."),
        ),
        part="link",
    )
    # The partnership whose network it belongs to, where it is one of its own.
    project = about(
        models.ForeignKey(
            "partnership.Project",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="links",
            verbose_name=_("Partnership it belongs to"),
        ),
        part="link",
    )
    # Indicator RCR84 counts organisations with a formal agreement to go on.
    agreed_on = about(
        models.DateField(
            _("Formal agreement of"),
            null=True,
            blank=True,
            help_text=_("The day on which both signed that they go on working together."),
        ),
        part="link",
    )
    status = about(
        models.CharField(_("State"), max_length=16, choices=Status.choices, default=Status.UNKNOWN),
        part="link",
        public=True,
    )
    standing = models.CharField(
        _("Standing"), max_length=10, choices=Standing.choices, default=Standing.ENTERED
    )
    # The side that entered it; the other one confirms. Empty: derived from a source.
    entered_for = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # The introduction it came out of.
    introduction = models.ForeignKey(
        "network.Introduction",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="links",
    )
    note = about(
        models.CharField(
            _("Note"),
            max_length=500,
            blank=True,
            help_text=_("Both sides and their coordinators can read it."),
        ),
        part="link",
    )
    source = models.CharField(_("Source"), max_length=500, blank=True)
    licence = models.CharField(_("Licence"), max_length=300, blank=True)
    is_simulated = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[LinkManager["Link"]] = LinkManager()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_in_order"),
            # Derived again and again from the same project, it stays one link.
            models.UniqueConstraint(
                fields=["first", "second", "initiative"],
                condition=Q(standing="source"),
                name="link_of_project_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class LinkReport(models.Model):
    """What one side said of a link on one day; the survival of links is counted from these."""

    class How(models.TextChoices):
        """How it came in."""

        PAGE = "page", _("on the page")
        MAIL = "mail", _("by the link of a mail")
        FOLLOW_UP = "follow_up", _("in a follow-up of an introduction")
        IMPORT = "import", _("from a list")

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="reports")
    # The side that says it.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    status = about(
        models.CharField(_("State"), max_length=16, choices=Link.Status.choices), part="report"
    )
    # The day it speaks of; when it was written down is another thing.
    said_on = about(models.DateField(_("As of")), part="report")
    how = models.CharField(max_length=10, choices=How.choices, default=How.PAGE)
    note = about(
        models.CharField(_("Note"), max_length=300, blank=True),
        part="report",
        privacy=Privacy.PERSONAL,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["link", "said_on", "pk"]

    def __str__(self) -> str:
        return f"{self.link}: {self.get_status_display()}"


class LinkQuestion(models.Model):
    """That one side was asked in a year whether a link is still alive."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_questions"
    )
    year = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "organisation", "user", "year"], name="link_question_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.year}"


keep_history(Link)
