"""Inviting a person into a role; erasing one's own account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.partnership.domain.people import Post
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of, said_of


class InvitationForm(forms.Form):
    """Who is invited, in which role, where."""

    email = input_of(User, "email")
    name = input_of(User, "name")
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)
    role = input_of(RoleAssignment, "role", choices=Role.choices)
    project = forms.ModelChoiceField(
        **said_of(RoleAssignment, "project"),
        queryset=Project.objects.none(),
        empty_label=_("All projects"),
    )
    region = forms.ModelChoiceField(
        **said_of(RoleAssignment, "region"),
        queryset=Region.objects.none(),
        empty_label=_("All regions of the project"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        fields: dict[str, Any] = self.fields
        fields["project"].queryset = _projects_of(by)
        partners = Partner.objects.filter(project__in=_projects_of(by))
        fields["region"].queryset = Region.objects.filter(pk__in=partners.values("region"))

    def clean(self) -> dict[str, Any]:
        """Refuse a role that the inviting person may not give."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("role") == Role.DATA_OFFICER:
            # Whoever answers for personal data does so for all projects, or could not.
            data |= {"project": None, "region": None}
        wanted = RoleAssignment(
            role=data.get("role", ""), project=data.get("project"), region=data.get("region")
        )
        if not self.by.has_perm("partnership.grant_role", wanted):
            raise ValidationError(
                _("You can give roles in your own projects only. Choose one of them.")
            )
        return data

    def wanted_post(self) -> Post:
        """Return the role and where it counts."""
        data = self.cleaned_data
        return Post(Role(data["role"]), data["project"], data["region"])


def _projects_of(user: User) -> Any:
    wanted = project_ids(user, Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)
    every = Project.objects.running()
    return every if wanted is None else every.filter(pk__in=wanted)


class OwnAccountForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when run
    """Name and language of one's own account."""

    class Meta:
        model = User
        fields = ("name", "language")


class ErasureForm(forms.Form):
    """The address once more, so that nobody erases an account by a slip."""

    email = forms.EmailField(label=_("Your e-mail address, to confirm"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Compare with the account's address."""
        email: str = self.cleaned_data["email"].lower()
        if email != self.user.email:
            raise ValidationError(_("This is not the address of your account."))
        return email
