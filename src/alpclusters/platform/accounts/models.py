"""Who works with the site and in which role; visitors and participants need no account."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, language_choices


class Role(models.TextChoices):
    """What a person may be in a project, or in one region of it."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER_COORDINATOR = "partner_coordinator", _("Partner coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    EVIDENCE_CODER = "evidence_coder", _("Evidence coder")
    POLICY_MAKER = "policy_maker", _("Policy maker")
    CLUSTER_MANAGER = "cluster_manager", _("Cluster manager")
    MEMBER = "member", _("Member")
    # Of the installation and of no project: answers for personal data.
    DATA_OFFICER = "data_officer", _("Data protection officer")


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user; without a password only the code by mail opens the account."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user who may do everything everywhere."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: an address, a name to show, a language. Nothing else is kept."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(
        _("Language"), max_length=2, choices=language_choices, default=DEFAULT_LANGUAGE
    )
    is_active = models.BooleanField(default=True)
    is_staff = False
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name to show; allauth's mails ask for it."""
        return str(self)

    @cached_property
    def assignments(self) -> list["RoleAssignment"]:
        """All roles of this person, read once per request."""
        return list(self.role_assignments.all())

    def has_role(
        self, *roles: Role | str, project_id: int | None = None, region_id: int | None = None
    ) -> bool:
        """Say whether the person holds one of the roles for this project and region.

        A role without project counts in every project, a role without region in every region
        of its project; administrators of the installation hold every role.
        """
        if not self.is_active:
            return False
        if self.is_superuser:
            return True
        return any(
            a.covers(project_id=project_id, region_id=region_id)
            for a in self.assignments
            if a.role in roles
        )


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Roles with what a list shows."""

    def for_list(self) -> Self:
        """Fetch person, project and region along, in a total order."""
        related = self.select_related("user", "project", "region")
        return related.order_by("user__email", "role", "pk")


class RoleAssignment(models.Model):
    """One role of one person, everywhere or in one project or in one region of it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("Role"), max_length=24, choices=Role.choices)
    project = models.ForeignKey(
        "partnership.Project", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "territory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
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
