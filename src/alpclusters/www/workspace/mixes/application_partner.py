"""What an application asks of one partner and neither case nor directory say: a form."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case.records import Partner
from alpclusters.platform.funding.domain.casework.application import (
    application_of,
    keep_application,
)
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.reports.application import partner_answers
from alpclusters.reports.application.fields import WHERES
from alpclusters.reports.application.subject import ApplicationSubject
from alpclusters.reports.application.talk import Talk
from alpclusters.www.components.parts import Crumb
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.application import subject_of
from alpclusters.www.workspace.mixes.words import language

WRITE: Final = "funding.write_case"
UNPROCESSABLE: Final = 422
TEXTS: Final = ("competence", "part", "experience")
_NACE: Final = RegexValidator(
    r"^[A-Z]?\d{2}(\.\d{1,2})?$", gettext_lazy("A code of NACE looks like this: 72.19.")
)
_VAT: Final = RegexValidator(
    r"^[A-Za-z]{2,3}[A-Za-z0-9 .+*-]*\d[A-Za-z0-9 .+*-]*$",
    gettext_lazy("A VAT number begins with the letters of its country: ATU12345678."),
)
_PIC: Final = RegexValidator(r"^\d{9}$", gettext_lazy("The participant code has nine digits."))


def _text(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=2000, widget=widget, required=False)


class PartnerDataForm(forms.Form):
    """What is asked of a partner; nothing is required, and no persons are named."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=100, required=False)
    short_name = forms.CharField(
        label=gettext_lazy("Abbreviation of the partner"), max_length=15, required=False
    )
    legal_status = forms.ChoiceField(label=gettext_lazy("Legal status"), required=False)
    vat_number = forms.CharField(
        label=gettext_lazy("VAT number"), max_length=50, validators=[_VAT], required=False
    )
    nace = forms.CharField(
        label=gettext_lazy("Economic sector (NACE)"),
        max_length=10,
        validators=[_NACE],
        required=False,
    )
    pic = forms.CharField(
        label=gettext_lazy("Participant code of the EU (PIC)"),
        max_length=9,
        validators=[_PIC],
        required=False,
    )
    department = forms.CharField(
        label=gettext_lazy("Department to be contacted"), max_length=200, required=False
    )
    street = forms.CharField(
        label=gettext_lazy("Street and house number"), max_length=50, required=False
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    town = forms.CharField(label=gettext_lazy("Town"), max_length=50, required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=250, assume_scheme="https", required=False
    )
    competence = _text(gettext_lazy("Which competences does the partner bring?"))
    part = _text(gettext_lazy("What is the part of the partner in the project?"))
    experience = _text(
        gettext_lazy("Which experience with projects of the EU does the partner have?")
    )

    def __init__(self, *args: Any, hints: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses: Any = self.fields["legal_status"]
        words = partner_answers.STATUSES
        statuses.choices = [("", "–"), *((key, _(words[key])) for key in words)]
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def clean(self) -> dict[str, Any]:
        """Refuse addresses of persons: they do not belong in a case."""
        found = super().clean() or {}
        for name, text in list(found.items()):
            if name != "seen" and "@" in str(text):
                self.add_error(
                    name, ValidationError(_("Please leave out e-mail addresses and persons."))
                )
        return found

    @property
    def values(self) -> dict[str, str]:
        """What was entered, by the names of facts."""
        found = {name: str(text).strip() for name, text in self.cleaned_data.items()}
        del found["seen"]
        return {name: text.replace("\r\n", "\n") for name, text in found.items()}

    @property
    def seen_values(self) -> dict[str, str]:
        """What the person saw as stored; what is no such record is nothing that ever stood."""
        try:
            found = json.loads(self.cleaned_data["seen"] or "{}")
        except ValueError:
            return {"": ""}
        return found if isinstance(found, dict) else {"": ""}

    def accept(self, stored: Mapping[str, str]) -> None:
        """Let the next try begin from what is stored now."""
        put_sent(self, "seen", _record(stored))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mix_application_partner(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """Ask what an application wants to know of a partner, and keep it with the case."""
    shown = own_run(request, pk, WRITE)
    partner = shown.partner_at(place)
    case = shown.run.case
    if find(case.data, "partners", partner.id) is None or not shown.subject.has_mix:
        raise Http404
    stored = application_of(case, partner.id)
    form = PartnerDataForm(
        request.POST or None,
        initial={**stored, "seen": _record(stored)},
        hints=_hints(subject_of(shown), partner),
    )
    is_stale = False
    if request.method == "POST" and form.is_valid():
        is_stale = not _is_kept(request, shown, partner, form)
        if not is_stale:
            messages.success(request, _("Saved"))
            return redirect("workspace:mix_application", pk=pk)
    back = reverse("workspace:mix_application", args=[pk])
    way = [
        Crumb(_("Mix"), reverse("workspace:mix", args=[pk])),
        Crumb(_("Application"), back),
        Crumb(partner.name),
    ]
    context = frame(request, shown, "mix", *way)
    context |= {
        "form": form,
        "partner": partner,
        "long": TEXTS,
        "stored": _stored(form, shown, partner) if is_stale else [],
        "back": back,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/mixes/application_partner.html", context, status=status)


def _is_kept(
    request: SignedInRequest, shown: Shown, partner: Partner, form: PartnerDataForm
) -> bool:
    """Store the form; where somebody else was faster, say so."""
    case = shown.run.case
    try:
        keep_application(
            case,
            partner.id,
            form.values,
            seen=form.seen_values,
            by=request.user,
            now=timezone.now(),
        )
    except StateError:
        case.refresh_from_db()
        form.accept(application_of(case, partner.id))
        form.add_error(
            None,
            _(
                "Somebody changed this while you were writing. Their values stand beside yours "
                "below. Compare, then save again: what stands in the form then counts."
            ),
        )
        return False
    return True


def _stored(form: PartnerDataForm, shown: Shown, partner: Partner) -> list[tuple[Any, str]]:
    """After a conflict: the fields in which the form differs from what is stored."""
    now = application_of(shown.run.case, partner.id)
    return [
        (form[name].label, now.get(name) or "–")
        for name, text in form.values.items()
        if text != now.get(name, "")
    ]


def _hints(subject: ApplicationSubject, partner: Partner) -> dict[str, str]:
    """Say under each field what case, directory and project know, and where it is from."""
    without = _without(subject, partner)
    body = without.body(partner)
    talk = Talk(without, language())
    known = {name: getattr(body, name) for name in PartnerDataForm.base_fields if name != "seen"}
    sources = {name: without.source_of(partner, name) for name in known}
    status = partner_answers.legal_status(talk, partner)
    by_rule = {
        "legal_status": (status, sources["legal_status"] or "case"),
        "competence": (partner_answers.competence(talk, partner), "case"),
        "part": (body.part or talk.word(body.tasks), sources["part"] or "project"),
    }
    found = {name: (text, sources[name]) for name, text in known.items()} | by_rule
    return {
        name: _("Empty keeps: %(value)s (source: %(where)s).")
        % {"value": text.replace("\n", "; "), "where": _(WHERES[where])}
        for name, (text, where) in found.items()
        if text
    }


def _without(subject: ApplicationSubject, partner: Partner) -> ApplicationSubject:
    """Return the subject as it would be if nothing had been entered for a partner."""
    others = {key: told for key, told in subject.typed.items() if key != partner.id}
    return replace(subject, typed=others)


def _record(stored: Mapping[str, str]) -> str:
    return json.dumps(stored, ensure_ascii=False, sort_keys=True)
