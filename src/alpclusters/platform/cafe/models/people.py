"""People in the hall: participants without a name, and those who were invited by name."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models.events import AlpCafe
from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, language_choices

# Parts of the forms: what is said of somebody who is asked to come and, besides, what they say
# when they register; what became of it; what a phone says of its owner.
ASKED: Final = "asked"
TOLD: Final = "told"
LIST: Final = "list"
PROFILE: Final = "profile"


def _of_them[Column: models.Field[Any, Any]](field: Column, part: str) -> Column:
    return about(field, part=part, privacy=Privacy.PERSONAL)


def _of_phone[Column: models.Field[Any, Any]](field: Column) -> Column:
    return about(field, part=PROFILE, privacy=Privacy.PSEUDONYMOUS)


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
    region = _of_phone(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Your region"),
        )
    )
    role = _of_phone(models.CharField(_("Your role"), max_length=20, blank=True))
    level = _of_phone(models.CharField(_("The level you work at"), max_length=20, blank=True))
    experience = _of_phone(
        models.CharField(
            _("Your experience with cooperation across borders"), max_length=20, blank=True
        )
    )
    # Chosen by the person.
    no_research = _of_phone(
        models.BooleanField(
            _("Leave my answers out of files for research."), default=False, db_default=False
        )
    )
    # Rows of the measures as this person is asked them (``domain/answers.py``); nothing after the
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
    name = _of_them(models.CharField(_("Name"), max_length=120), ASKED)
    email = _of_them(models.EmailField(_("E-mail"), blank=True), ASKED)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation_name = _of_them(
        models.CharField(_("Organisation"), max_length=200, blank=True), ASKED
    )
    region = _of_them(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Region"),
        ),
        ASKED,
    )
    level = _of_them(models.CharField(_("Level"), max_length=20, blank=True), ASKED)
    helix = _of_them(models.CharField(_("Sector"), max_length=20, blank=True), ASKED)
    language = _of_them(
        models.CharField(
            _("Language of the mails"),
            max_length=2,
            choices=language_choices,
            default=DEFAULT_LANGUAGE,
        ),
        ASKED,
    )
    languages = _of_them(models.JSONField(_("Spoken languages"), default=list), TOLD)
    needs = _of_them(models.CharField(_("What we should know"), max_length=300, blank=True), TOLD)
    state = _of_them(
        models.CharField(_("State"), max_length=10, choices=State.choices, default=State.LISTED),
        LIST,
    )
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attended = _of_them(models.BooleanField(_("Came"), default=False), LIST)

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
