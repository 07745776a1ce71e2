"""A partnership of regions: the project, the facts known of it, who works in it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.history import keep_history
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.territory.models import Standing


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects in the words of the field."""

    def public(self) -> Self:
        """Projects a visitor sees."""
        return self.filter(is_public=True)

    def running(self) -> Self:
        """Projects in which people work: not the historic ones."""
        return self.exclude(kind=Project.Kind.HISTORIC)


class Project(models.Model):
    """A project of several regions with start, end, programme and contact."""

    class Kind(models.TextChoices):
        """What the record stands for."""

        ACTIVE = "active", _("active")
        HISTORIC = "historic", _("historic")
        DEMONSTRATION = "demonstration", _("demonstration")

    slug = models.SlugField(unique=True)
    acronym = about(models.CharField(_("Short name"), max_length=60), part="project", public=True)
    name = about(TranslatedText(_("Name"), max_length=200), part="project", public=True)
    summary = about(
        TranslatedText(_("Summary"), max_length=2000, blank=True), part="project", public=True
    )
    kind = models.CharField(_("Kind"), max_length=14, choices=Kind.choices, default=Kind.ACTIVE)
    programme = about(
        models.CharField(_("Programme"), max_length=160, blank=True), part="project", public=True
    )
    starts_on = about(
        models.DateField(_("Start"), null=True, blank=True), part="project", public=True
    )
    ends_on = about(models.DateField(_("End"), null=True, blank=True), part="project", public=True)
    # The seed of the historic project names months, no days: the page must not invent one.
    is_precise_to_day = models.BooleanField(default=True)
    contact_name = about(
        models.CharField(
            _("Contact"),
            max_length=120,
            blank=True,
            help_text=_("A name or an office. It is public: write no telephone number."),
        ),
        part="project",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    contact_role = about(
        TranslatedText(_("Role of the contact"), max_length=160, blank=True),
        part="project",
        public=True,
    )
    is_public = about(
        models.BooleanField(
            _("Public"),
            default=True,
            help_text=_("Without the tick only people with a role in the project see it."),
        ),
        part="project",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Project"]] = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "acronym", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.acronym

    @property
    def is_simulated(self) -> bool:
        """Say whether people, ratings and amounts of this project are invented."""
        return self.kind == self.Kind.DEMONSTRATION

    @property
    def is_historic(self) -> bool:
        """Say whether the project lies in the past and is only told about."""
        return self.kind == self.Kind.HISTORIC


class ProjectFact(models.Model):
    """One statement about a project with its source: verified, unverified or unknown."""

    class Section(models.TextChoices):
        """Where the fact stands on the page; audience and beneficiaries are two sections."""

        NAME = "name", _("Name")
        DURATION = "duration", _("Duration")
        PROGRAMME = "programme", _("Programme")
        AIM = "aim", _("Aims")
        TARGET_GROUP = "target_group", _("Target groups")
        BENEFICIARY = "beneficiary", _("Beneficiaries of the results")
        ACTIVITY = "activity", _("Activities")
        PRODUCT = "product", _("Results")
        REPORTED = "reported", _("Reported in public sources")
        UNKNOWN = "unknown", _("Not known")
        CONTACT = "contact", _("Contact")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="facts")
    section = models.CharField(max_length=14, choices=Section.choices)
    key = models.SlugField()
    label = TranslatedText(_("Label"), max_length=160, blank=True)
    # People write it for three of the sections, each under its name.
    value = about(
        TranslatedText(_("Text"), max_length=4000, blank=True), part="statements", public=True
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Standing.choices, default=Standing.UNVERIFIED)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="project_fact_once")]

    def __str__(self) -> str:
        return f"{self.project}: {self.key}"


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Roles with what a list shows."""

    def for_list(self) -> Self:
        """Fetch person, project and region along, in a total order."""
        related = self.select_related("user", "project", "region")
        return related.order_by("user__email", "role", "pk")


class RoleAssignment(models.Model):
    """One role of one person, everywhere or in one project or in one region of it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = about(
        models.CharField(_("Role"), max_length=24, choices=Role.choices),
        part="invitation",
        privacy=Privacy.PERSONAL,
    )
    project = about(
        models.ForeignKey(
            Project,
            on_delete=models.CASCADE,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Project"),
        ),
        part="invitation",
        privacy=Privacy.PERSONAL,
    )
    region = about(
        models.ForeignKey(
            "territory.Region",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name="+",
            verbose_name=_("Region"),
        ),
        part="invitation",
        privacy=Privacy.PERSONAL,
    )
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["RoleAssignment"]] = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # An empty project or region is a value here: SQLite takes each NULL for another.
                "user",
                "role",
                Coalesce("project", 0),
                Coalesce("region", 0),
                name="one_role_once",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def covers(self, *, project_id: int | None, region_id: int | None) -> bool:
        """Say whether the role counts for this project and region."""
        project_fits = self.project_id is None or self.project_id == project_id
        region_fits = self.region_id is None or region_id is None or self.region_id == region_id
        return project_fits and region_fits


keep_history(Project)
keep_history(ProjectFact)
