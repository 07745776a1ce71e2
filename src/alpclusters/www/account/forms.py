"""What an administrator who comes by a link says of themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.partnership.domain.administrator_link import Link


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
