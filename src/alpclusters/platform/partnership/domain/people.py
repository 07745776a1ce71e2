"""Inviting people, giving and taking roles."""

from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.administrators import require_another_administrator
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.territory.models import Region
from alpclusters.platform.trust.domain.log import Kind, record


@dataclass(frozen=True, slots=True)
class Post:
    """A role and where it counts: everywhere, in a project, or in one region of it."""

    role: Role
    project: Project | None = None
    region: Region | None = None


def find_or_make_person(email: str, *, name: str, language: str) -> User:
    """Return the account of an address; make one without password where there is none."""
    address = User.objects.normalize_email(email).lower()
    known = User.objects.filter(email=address).first()
    return known or User.objects.create_user(address, name=name, language=language)


@transaction.atomic
def grant_role(user: User, post: Post, *, by: User) -> RoleAssignment:
    """Give a person a role; giving it twice changes nothing."""
    assignment, is_made = RoleAssignment.objects.get_or_create(
        user=user,
        role=post.role,
        project=post.project,
        region=post.region,
        defaults={"granted_by": by},
    )
    if is_made:
        record(Kind.ROLE_GIVEN, actor=by, about=user, **_post(assignment))
    return assignment


@transaction.atomic
def withdraw_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """Take a role away; what the person wrote stays.

    Raises
    ------
    StateError
        ``account.last_administrator``: nobody else could let people in any more.
    """
    if assignment.role == Role.ADMINISTRATOR and assignment.project_id is None:
        require_another_administrator(assignment.user)
    record(Kind.ROLE_WITHDRAWN, actor=by, about=assignment.user, **_post(assignment))
    assignment.delete()


def _post(assignment: RoleAssignment) -> dict[str, str]:
    project, region = assignment.project, assignment.region
    return {
        "role": assignment.role,
        "project": project.slug if project else "",
        "region": region.code if region else "",
    }


def send_invitation(user: User, *, sign_in_address: str, by: User) -> None:
    """Tell a person, in their language, how to sign in; the mail carries no secret."""
    with translation.override(user.language):
        subject = _("You are invited to AlpClusters")
        text = _(
            "%(by)s invites you to work in AlpClusters.\n\n"
            "Open this address and ask for a sign-in code for %(email)s:\n%(address)s"
        ) % {"by": by, "email": user.email, "address": sign_in_address}
    EmailMessage(subject=subject, body=text, to=[user.email]).send()
