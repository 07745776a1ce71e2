"""Who works with the site and in which role; visitors and participants need no account."""

from typing import ClassVar, Protocol

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import Privacy, about
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


class HeldRole(Protocol):
    """A role somebody holds; the partnership knows in which project it counts."""

    role: str
    project_id: int | None
    region_id: int | None

    def covers(self, *, project_id: int | None, region_id: int | None) -> bool:
        """Say whether the role counts for this project and region."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: an address, a name to show, a language. Nothing else is kept."""

    email = about(models.EmailField(_("E-mail address"), unique=True), privacy=Privacy.PERSONAL)
    name = about(
        models.CharField(_("Name"), max_length=120, blank=True),
        part="own",
        privacy=Privacy.PERSONAL,
    )
    language = about(
        models.CharField(
            _("Language"), max_length=2, choices=language_choices, default=DEFAULT_LANGUAGE
        ),
        part="own",
        privacy=Privacy.PERSONAL,
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
    def assignments(self) -> list[HeldRole]:
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
