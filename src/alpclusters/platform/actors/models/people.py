"""People of organisations with what they agreed to, and who matters to a project."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation
from alpclusters.platform.fields import Privacy, about


class Person(models.Model):
    """Somebody who works for an organisation and agreed to be listed."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("Organisation"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    # Public is what stands in the directory, with a consent for it.
    name = about(
        models.CharField(_("Name"), max_length=120),
        part="person",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    email = about(
        models.EmailField(_("E-mail"), blank=True),
        part="person",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    task = about(
        models.CharField(_("Task"), max_length=120, blank=True),
        part="person",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    role = about(
        models.CharField(_("Role"), max_length=20, blank=True),
        part="person",
        privacy=Privacy.PERSONAL,
    )
    level = about(
        models.CharField(_("Level"), max_length=20, blank=True),
        part="person",
        privacy=Privacy.PERSONAL,
    )
    languages = about(
        models.JSONField(_("Languages"), default=list, blank=True),
        part="person",
        privacy=Privacy.PERSONAL,
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """What a person agreed to, when and in which words; withdrawn, it stays as a record."""

    class Purpose(models.TextChoices):
        """What for."""

        DIRECTORY = "directory", _("shown in the public directory")
        INVITATIONS = "invitations", _("invitations to events")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = about(
        models.CharField(_("The person agreed to"), max_length=12, choices=Purpose.choices),
        part="consent",
        privacy=Privacy.PERSONAL,
    )
    version = models.CharField(max_length=16)
    how = about(
        models.CharField(
            _("How the consent was given"),
            max_length=200,
            help_text=_("For example: signed form of 3 May, or e-mail of 4 May."),
        ),
        part="consent",
        privacy=Privacy.PERSONAL,
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"


class Stakeholder(models.Model):
    """Who influences a project or is affected by it: mapped before anybody is invited."""

    class Grade(models.IntegerChoices):
        """A judgement of the mapper; empty is unknown."""

        LOW = 1, _("low")
        MIDDLE = 2, _("middle")
        HIGH = 3, _("high")

    class Audience(models.TextChoices):
        """Whom the project addresses."""

        LOCAL = "local", _("actors at local level")
        SUPRA_REGIONAL = "supra_regional", _("actors at supra-regional level")
        PUBLIC = "public", _("the general public")

    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, related_name="stakeholders"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="stakes",
        verbose_name=_("Organisation"),
    )
    person = about(
        models.ForeignKey(
            Person,
            on_delete=models.SET_NULL,
            null=True,
            blank=True,
            related_name="stakes",
            verbose_name=_("Contact person"),
        ),
        part="stake",
        privacy=Privacy.PERSONAL,
    )
    # Two fields on purpose: whom one addresses, and who gains, are not the same.
    audience = about(
        models.JSONField(
            _("Addressed as"),
            default=list,
            blank=True,
            help_text=_("Whom the project speaks to. Not the same as who gains from it."),
        ),
        part="judgement",
    )
    benefits_from_results = about(
        models.BooleanField(_("Gains from the results"), null=True, blank=True), part="judgement"
    )
    influence = about(
        models.PositiveSmallIntegerField(
            _("Influence"), choices=Grade.choices, null=True, blank=True
        ),
        part="judgement",
        privacy=Privacy.PERSONAL,
    )
    interest = about(
        models.PositiveSmallIntegerField(
            _("Interest"), choices=Grade.choices, null=True, blank=True
        ),
        part="judgement",
        privacy=Privacy.PERSONAL,
    )
    reason = about(
        models.CharField(
            _("Reason"),
            max_length=300,
            blank=True,
            help_text=_(
                "One sentence that the organisation may read: what the judgement rests on."
            ),
        ),
        part="judgement",
        privacy=Privacy.PERSONAL,
    )
    mapped_on = about(models.DateField(_("Mapped on")), part="stake")
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "person"], name="stakeholder_once"
            ),
            # Databases count two empty persons as different.
            models.UniqueConstraint(
                fields=["project", "organisation"],
                condition=models.Q(person=None),
                name="stakeholder_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
