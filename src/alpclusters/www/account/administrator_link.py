"""The door for an administrator: a link from the terminal, and what is said of oneself."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.domain.second_step import has_second_step
from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.domain.administrator_link import Link, find_link, use_link
from alpclusters.platform.trust.domain.bodies import missing_of, responsible_body

# --- What an administrator who comes by a link says of themselves ---------------------------------


class AdministratorForm(forms.Form):
    """Address, name and password; the address is fixed where the link is for one person."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    is_phone_lost = forms.BooleanField(
        label=_("Phone or device lost: remove the second step this account has"), required=False
    )

    def __init__(self, *args: Any, link: Link, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not link.is_from_command:
            del self.fields["is_phone_lost"]
        if link.email:
            known = User.objects.filter(email=link.email).first()
            self.initial["email"] = link.email
            self.initial["name"] = known.name if known else ""
            self.fields["email"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are short, that are tried first or that rest on the own name."""
        data: dict[str, Any] = super().clean() or {}
        somebody = User(email=data.get("email", ""), name=data.get("name", ""))
        try:
            validate_password(data.get("password", ""), somebody)
        except ValidationError as error:
            if "password" in data:
                self.add_error("password", error)
        return data


# --- The door for an administrator: a link from the terminal, used once ---------------------------


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def administrator_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who the administrator is; the link is used up by the answer, not by looking."""
    link = find_link(settings.HOME, token, now=timezone.now())
    if link is None:
        return _answer(request, "account/administrator_used.html", {}, status=404)
    form = AdministratorForm(request.POST or None, link=link)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _answer(request, "account/administrator.html", {"form": form}, status=status)
    user = use_link(settings.HOME, **form.cleaned_data, language=get_language() or "en")
    if has_second_step(user):
        messages.success(request, gettext("Sign in with the new password and your second step."))
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password")
    messages.success(request, gettext("Welcome. You are an administrator of this site."))
    is_known = not missing_of(responsible_body())
    return redirect("workspace:dashboard" if is_known else "workspace:imprint")


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int
) -> HttpResponse:
    response = render(request, template, context, status=status)
    # The token stands in the address: no other page may learn it. "no-referrer" would make the
    # browser send the form with "Origin: null", which the check against foreign forms refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
