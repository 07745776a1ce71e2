"""Needs and offers that an organisation posts, and who follows them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import Privacy, about, fact
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, language_choices


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings in the words of the field."""

    def open_on(self, day: object) -> Self:
        """Those that a visitor finds on a day: published and not expired."""
        return self.filter(
            state=Posting.State.PUBLISHED, expires_on__gte=day, organisation__merged_into=None
        )


PostingManager = models.Manager.from_queryset(PostingQuerySet)


class Posting(models.Model):
    """What an organisation looks for, or has to give, until a day."""

    class Kind(models.TextChoices):
        """Which of the two."""

        NEED = "need", _("need")
        OFFER = "offer", _("offer")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waits for the moderation")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("sent back")
        CLOSED = "closed", _("closed")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="postings"
    )
    kind = fact(models.CharField(_("Need or offer"), max_length=5, choices=Kind.choices), "said")
    # Written in one language and shown as written; found from all five.
    language = fact(
        models.CharField(
            _("Language of the text"),
            max_length=2,
            choices=language_choices,
            default=DEFAULT_LANGUAGE,
        ),
        "said",
    )
    title = fact(models.CharField(_("Title"), max_length=140), "said")
    text = fact(models.TextField(_("Text"), max_length=3000), "said")
    # Codes of NACE Rev. 2 and keys of the technologies, as in profiles.
    sectors = fact(models.JSONField(_("Sectors"), default=list, blank=True), "narrower")
    technologies = fact(models.JSONField(_("Technologies"), default=list, blank=True), "narrower")
    # Codes of countries or regions where a partner is looked for; empty is everywhere.
    territory = fact(
        models.JSONField(_("Where a partner is looked for"), default=list, blank=True), "narrower"
    )
    # Languages in which one can talk.
    languages = fact(models.JSONField(_("Working languages"), default=list, blank=True), "narrower")
    # A measure it belongs to, where it comes out of one.
    measure = fact(
        models.ForeignKey(
            "measures.Measure",
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="postings",
            verbose_name=_("Measure it comes out of"),
        ),
        "narrower",
    )
    expires_on = fact(models.DateField(_("Open until")), "said")
    state = fact(
        models.CharField(_("State"), max_length=10, choices=State.choices, default=State.DRAFT)
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # What the moderation asks for where it sends a posting back.
    reason = fact(
        models.CharField(_("Reason"), max_length=400, blank=True), public=False, exported=False
    )
    # When what visitors read last changed after the publication, and when it was closed: this is
    # what followers are told.
    revised_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The expiry of which the organisation was reminded; another one is asked about again.
    reminded_of = models.DateField(null=True, blank=True)
    is_simulated = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[PostingManager["Posting"]] = PostingManager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_on"])]

    def __str__(self) -> str:
        return self.title


class PostingChange(models.Model):
    """Another wording of a published posting: visitors read the old one until it is decided."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="change")
    # The facts as `PostingFacts.as_record` writes them.
    facts = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    is_refused = models.BooleanField(default=False)
    reason = models.CharField(_("Reason"), max_length=400, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self.posting)


class PostingReport(models.Model):
    """A reader tells the moderation that something is wrong with a posting."""

    class Cause(models.TextChoices):
        """What is wrong."""

        OUTDATED = "outdated", _("it is out of date")
        ADVERTISING = "advertising", _("it is advertising")
        PERSONAL = "personal", _("it names persons or addresses")
        UNLAWFUL = "unlawful", _("it is unlawful or insulting")
        OTHER = "other", _("something else")

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="reports")
    # Goes with the account: nothing else about the reader is kept.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posting_reports"
    )
    cause = about(
        models.CharField(_("What is wrong"), max_length=12, choices=Cause.choices), part="report"
    )
    note = about(
        models.CharField(
            _("In your words"),
            max_length=300,
            blank=True,
            help_text=_("Only if it helps. It is deleted with your account."),
        ),
        part="report",
        privacy=Privacy.PERSONAL,
    )
    made_at = models.DateTimeField()
    # When the moderation dealt with it, either way.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "user"],
                condition=models.Q(settled_at=None),
                name="posting_reported_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting}: {self.cause}"


class PostingFollower(models.Model):
    """Somebody who wants to hear what becomes of a posting."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="followers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_postings"
    )
    since = models.DateTimeField()
    # What happened up to then was told by mail; empty: nothing since it is followed.
    told_until = models.DateTimeField(null=True, blank=True)
    # The expiry that was told.
    told_expiry = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [models.UniqueConstraint(fields=["posting", "user"], name="follower_once")]

    def __str__(self) -> str:
        return f"{self.posting}: {self.user}"


class Digest(models.Model):
    """What new postings somebody wants by mail, and how often."""

    class Rhythm(models.TextChoices):
        """How often."""

        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest"
    )
    rhythm = about(
        models.CharField(
            _("How often"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY
        ),
        part="digest",
    )
    # Empty: needs and offers.
    kind = about(
        models.CharField(_("Only"), max_length=5, choices=Posting.Kind.choices, blank=True),
        part="digest",
    )
    # Codes of countries or regions of the organisations that post; empty is everywhere.
    territory = about(
        models.JSONField(
            _("Of organisations in"),
            default=list,
            blank=True,
            help_text=_("Nothing chosen: everywhere."),
        ),
        part="digest",
    )
    sectors = about(
        models.JSONField(
            _("Sectors"),
            default=list,
            blank=True,
            help_text=_("Codes of NACE or words, with commas between: 16, 28.4"),
        ),
        part="digest",
    )
    since = models.DateTimeField()
    # Postings published up to then were in a digest.
    sent_until = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.rhythm}"


keep_history(Posting)
