"""People of organisations with what they agreed to, and who matters to a project."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.models.organisations import Organisation


class Person(models.Model):
    """Somebody who works for an organisation and agreed to be listed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="people"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail"), blank=True)
    task = models.CharField(_("Task"), max_length=120, blank=True)
    role = models.CharField(_("Role"), max_length=20, blank=True)
    level = models.CharField(_("Level"), max_length=20, blank=True)
    languages = models.JSONField(_("Languages"), default=list)

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
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    version = models.CharField(max_length=16)
    how = models.CharField(_("How it was given"), max_length=200)
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
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stakes")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="stakes"
    )
    # Two fields on purpose: whom one addresses, and who gains, are not the same.
    audience = models.JSONField(default=list)
    benefits_from_results = models.BooleanField(_("Gains from the results"), null=True, blank=True)
    influence = models.PositiveSmallIntegerField(
        _("Influence"), choices=Grade.choices, null=True, blank=True
    )
    interest = models.PositiveSmallIntegerField(
        _("Interest"), choices=Grade.choices, null=True, blank=True
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    mapped_on = models.DateField(_("Mapped on"))
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
