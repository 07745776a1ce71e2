"""Administrators say who runs the installation and answers for its data."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.fields import label_of
from alpclusters.platform.trust.domain.bodies import (
    FIELDS,
    NEEDED,
    PLAIN,
    TEXTS,
    change_body,
    missing_of,
    responsible_body,
)
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- What the body that runs the installation says of itself --------------------------------------


class ImprintForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when run
    """Imprint, controller, data protection officer; longer texts in five languages."""

    legal_basis = input_of(ResponsibleBody, "legal_basis", rows=3)
    supervision = input_of(ResponsibleBody, "supervision")
    data_authority = input_of(ResponsibleBody, "data_authority")
    notes = input_of(ResponsibleBody, "notes", rows=3)

    class Meta:
        model = ResponsibleBody
        fields = PLAIN
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instance: ResponsibleBody, **kwargs: Any) -> None:
        initial = {name: getattr(instance, name) for name in TEXTS}
        super().__init__(*args, **kwargs | {"instance": instance, "initial": initial})
        self.fields["representative"].help_text = _("Who acts for the body, such as its head.")
        self.fields["needs_no_officer"].help_text = _("Public bodies always have to name one.")
        # It may be saved in parts; what the law asks for is not called optional meanwhile.
        for name in (*NEEDED, "officer_name", "officer_email"):
            field = self.fields[name]
            for one in (field, *getattr(field, "inputs", {}).values()):
                one.is_awaited = True

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, ("legal_basis", "supervision", "data_authority", "notes"))

    def clean(self) -> dict[str, Any]:
        """Refuse an officer beside the statement that none is needed."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("needs_no_officer") and (data.get("officer_name") or data.get("officer_email")):
            error = ValidationError(_("Name an officer or tick that none is needed, not both."))
            self.add_error("needs_no_officer", error)
        return data

    def values(self) -> dict[str, Any]:
        """Return what `change_body` stores."""
        return {name: self.cleaned_data[name] for name in FIELDS}


# --- Administrators say who runs the installation and answers for its data ------------------------


@login_required
@permission_required("partnership.manage_installation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def imprint_edit(request: SignedInRequest) -> HttpResponse:
    """Show what the imprint and the privacy page say, and change it."""
    form = ImprintForm(request.POST or None, instance=responsible_body())
    if request.method == "POST" and form.is_valid():
        change_body(form.values(), by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:imprint")
    body = responsible_body()
    labels = [label_of(body, name) for name in missing_of(body)]
    context = {"form": form, "missing": labels}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/imprint/edit.html", context, status=status)


urlpatterns = [path("imprint/", imprint_edit, name="imprint")]
