"""People in the hall: participants without a name, and those who were invited by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, language_choices


class Source(models.TextChoices):
    """How an answer or a card came in."""

    PHONE = "phone", _("phone")
    PROXY = "proxy", _("entered for somebody present")
    PAPER = "paper", _("paper")


class Participant(models.Model):
    """A person in the hall: a random token in a cookie, and what they chose to say of themselves.

    No name, no address. Only a keyed hash of the token is kept, so that nobody who reads the
    database can act as a participant; the key is destroyed when the AlpCafé is sealed.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="participants")
    # Empty after the seal.
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique
    recovery_hash = models.CharField(max_length=64, blank=True, default="")
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.PHONE)
    language = models.CharField(max_length=2, choices=language_choices, default=DEFAULT_LANGUAGE)
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    experience = models.CharField(max_length=20, blank=True)
    # Chosen by the person: the answers are in no file for research.
    no_research = models.BooleanField(default=False, db_default=False)
    # Rows of the measures as this person is asked them (``domain/orders.py``); nothing after the
    # seal.
    measure_order = models.JSONField(default=list, db_default=[])
    consented_at = models.DateTimeField()
    consent_version = models.CharField(max_length=16)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.pk}"


class Invitation(models.Model):
    """Somebody who was asked to come: the only place where an AlpCafé knows names.

    Never linked to a participant: who rated what stays unknown.
    """

    class State(models.TextChoices):
        """What became of it."""

        LISTED = "listed", _("on the list")
        INVITED = "invited", _("invited")
        REGISTERED = "registered", _("registered")
        DECLINED = "declined", _("declined")

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail"), blank=True)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("Organisation"), max_length=200, blank=True)
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    level = models.CharField(_("Level"), max_length=20, blank=True)
    helix = models.CharField(_("Sector"), max_length=20, blank=True)
    language = models.CharField(max_length=2, choices=language_choices, default=DEFAULT_LANGUAGE)
    languages = models.JSONField(_("Spoken languages"), default=list)
    needs = models.CharField(_("What we should know"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LISTED)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(_("Attended"), default=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Involvement(models.Model):
    """That an organisation was asked and came: what stays when the names are deleted.

    Of the organisation alone, yes or no: never who came, never how many.
    """

    cafe = models.ForeignKey(AlpCafe, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.CASCADE, related_name="involvements"
    )
    was_invited = models.BooleanField(default=False)
    has_registered = models.BooleanField(default=False)
    has_attended = models.BooleanField(default=False)

    class Meta:
        ordering = ["cafe", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "organisation"], name="involvement_once")
        ]

    def __str__(self) -> str:
        return f"{self.cafe}: {self.organisation}"
