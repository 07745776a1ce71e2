"""People and their roles; one's own data."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.domain.second_step import with_second_step
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.partnership import roles
from alpclusters.platform.partnership.domain.people import (
    Post,
    find_or_make_person,
    grant_role,
    send_invitation,
    withdraw_role,
)
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.territory.models import Region
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.signals import network_of
from alpclusters.reports.errors import phrase
from alpclusters.www.account.second_step import second_step_remove
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, said_of

# --- Inviting a person into a role; erasing one's own account -------------------------------------


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


# --- People and their roles; one's own data -------------------------------------------------------


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who has which role, as far as one may give roles."""
    _require_right_to_grant(request)
    assignments = roles.visible_to(request.user)
    is_administrator = request.user.has_perm("partnership.manage_installation")
    held = with_second_step(one.user for one in assignments) if is_administrator else set()
    context = {
        "assignments": assignments,
        "held": held,
        "labels": {name: label_of(RoleAssignment, name) for name in ("role", "project", "region")},
        "crumbs": _crumbs(gettext("People")),
    }
    return render(request, "workspace/people/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: SignedInRequest) -> HttpResponse:
    """Invite a person into a role."""
    _require_right_to_grant(request)
    form = InvitationForm(
        request.POST or None, by=request.user, initial={"language": request.user.language}
    )
    if request.method == "POST" and form.is_valid():
        _invite(request, form)
        return redirect("workspace:people")
    crumbs = [
        *_crumbs(),
        Crumb(gettext("People"), reverse("workspace:people")),
        Crumb(gettext("Invite")),
    ]
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "crumbs": crumbs}
    return render(request, "workspace/people/invite.html", context, status=status)


def _invite(request: SignedInRequest, form: InvitationForm) -> None:
    data = form.cleaned_data
    user = find_or_make_person(data["email"], name=data["name"], language=data["language"])
    grant_role(user, form.wanted_post(), by=request.user)
    address = request.build_absolute_uri(reverse("account_request_login_code"))
    send_invitation(user, sign_in_address=address, by=request.user)
    messages.success(request, gettext("Invitation sent to %(email)s.") % {"email": user.email})


@login_required
@require_POST
def role_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    assignment = get_object_or_404(roles.visible_to(request.user), pk=pk)
    if not request.user.has_perm("partnership.grant_role", assignment):
        raise PermissionDenied
    name = str(assignment)
    try:
        withdraw_role(assignment, by=request.user)
    except StateError as error:
        messages.error(request, phrase(error, nearest_language(get_language())))
    else:
        messages.success(request, gettext("Role withdrawn: %(name)s") % {"name": name})
    return redirect("workspace:people")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: SignedInRequest) -> HttpResponse:
    """Show what is kept about oneself; change name and language."""
    form = OwnAccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Saved"))
        return redirect("workspace:my_data")
    status = 422 if request.method == "POST" else 200
    return _my_data_page(request, form, ErasureForm(user=request.user), status=status)


def _my_data_page(
    request: SignedInRequest, form: OwnAccountForm, erasure: ErasureForm, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "erasure": erasure,
        "data": export_own_data(request.user),
        "assignments": request.user.role_assignments.select_related("project", "region"),
        "crumbs": _crumbs(gettext("My data")),
    }
    return render(request, "workspace/people/my_data.html", context, status=status)


@login_required
@require_POST
def my_data_export(request: SignedInRequest) -> HttpResponse:
    """Give out everything kept about oneself as one JSON file."""
    record(Kind.DATA_EXPORTED, actor=request.user, about=request.user, network=network_of(request))
    text = json.dumps(export_own_data(request.user), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="alpclusters-my-data.json"'
    return response


@login_required
@require_POST
def my_data_erase(request: SignedInRequest) -> HttpResponse:
    """Erase one's own account after the address was typed once more."""
    form = ErasureForm(request.POST, user=request.user)
    if not form.is_valid() or not _erase(form):
        own = OwnAccountForm(instance=request.user)
        return _my_data_page(request, own, form, status=422)
    logout(request)
    messages.success(request, gettext("Your account is erased."))
    return redirect("public:home")


def _erase(form: ErasureForm) -> bool:
    try:
        erase_person(form.user)
    except StateError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        return False
    return True


def _require_right_to_grant(request: HttpRequest) -> None:
    if not request.user.has_perm("partnership.grant_role"):
        raise PermissionDenied


def _crumbs(here: str = "") -> list[Crumb]:
    first = Crumb(gettext("Workspace"), reverse("workspace:dashboard"))
    return [first, Crumb(here)] if here else [first]


urlpatterns = [
    path("people/", people, name="people"),
    path("people/invite/", person_invite, name="person_invite"),
    path("people/roles/<int:pk>/withdraw/", role_withdraw, name="role_withdraw"),
    path("people/<int:pk>/second-step/", second_step_remove, name="second_step_remove"),
    path("my-data/", my_data, name="my_data"),
    path("my-data/export/", my_data_export, name="my_data_export"),
    path("my-data/erase/", my_data_erase, name="my_data_erase"),
]
