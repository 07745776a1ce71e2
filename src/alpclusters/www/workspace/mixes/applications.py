"""From a mix to an application: what is filled and missing, what one partner has to say."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import Partner
from alpclusters.platform.funding.domain.casework.copying import application_of, keep_application
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.reports.application import partner_answers
from alpclusters.reports.application.document import (
    build_application,
    missing_rows,
    n_of,
    shortened_answers,
)
from alpclusters.reports.application.fields import (
    SECTIONS,
    WHERES,
    answers_of,
    kinds_of,
    shares_of,
    total_of,
)
from alpclusters.reports.application.offer_document import AWARDS, award_of, build_offer_application
from alpclusters.reports.application.package import write_application
from alpclusters.reports.application.reading import read_application
from alpclusters.reports.application.subject import ApplicationSubject, Talk
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.parts import Cell, Column, Crumb, Figure, Table
from alpclusters.www.forms import put_sent
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, written
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.mixes.mix_frame import Shown, euros, frame, language, own_run

# --- From a mix to an application: how much is filled, what is missing, and the package -----------


KIND = "application"


@login_required
@require_safe
def mix_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how much of an application is filled and what is missing, with the package."""
    shown = own_run(request, pk)
    subject = subject_of(shown)
    if not subject.funding.has_mix:
        raise Http404
    way = [Crumb(_("Mix"), reverse("workspace:mix", args=[pk])), Crumb(_("Application"))]
    context = frame(request, shown, "mix", *way) | _filled(subject)
    context["offers"] = _offers(shown, subject)
    context["partners"] = _partners(shown, subject, may_write=context["may_write"])
    context["files"] = [
        (ending.upper(), reverse("workspace:mix_file", args=[pk, f"{KIND}.{ending}"]))
        for ending in ("zip", "docx")
    ]
    return render(request, "workspace/mixes/application.html", context)


def application_file(shown: Shown, ending: str) -> TakenAway:
    """Write the package, or the document alone."""
    subject, day = subject_of(shown), timezone.localdate()
    if ending == "docx":
        return written(build_application(subject, language(), day=day), ending)
    name = f"{KIND}-{slugify(shown.run.case.title)[:60] or 'case'}-{shown.run.pk}.zip"
    data = write_application(subject, language=language(), day=day)
    return TakenAway(name, CONTENT_TYPES["zip"], data)


def offer_file(shown: Shown, place: int) -> TakenAway:
    """Write the application to one offer; one that the mix does not use has none."""
    subject, offer = subject_of(shown), shown.offer_at(place)
    if offer.id not in {one.id for one in subject.funding.used}:
        raise Http404
    day = timezone.localdate()
    return written(build_offer_application(subject, offer, language(), day=day), "docx")


def subject_of(shown: Shown) -> ApplicationSubject:
    """Read all that the application is filled from."""
    return read_application(
        shown.run.case, shown.case, shown.mix, today=timezone.localdate(), language=language()
    )


def _offers(shown: Shown, subject: ApplicationSubject) -> Table:
    """List the used offers, each with its own document."""
    places = {one.id: place for place, one in enumerate(shown.case.offers)}
    funding = subject.funding
    rows = []
    for one in funding.used:
        name = f"{KIND}-{places[one.id]}.docx"
        file = reverse("workspace:mix_file", args=[shown.run.pk, name])
        rows.append(
            [
                Cell(funding.offer_name(one.id), file, funding.programme_name(one.id)),
                euros(funding.applications[one.id]["grant_ct"], 0),
                _(AWARDS[award_of(one)]),
            ]
        )
    return Table(
        _("One application for each offer of this mix"),
        [
            Column(_("Offer")),
            Column(pgettext("amount", "Grant"), is_number=True),
            Column(_("How it is awarded")),
        ],
        rows,
    )


def _partners(shown: Shown, subject: ApplicationSubject, *, may_write: bool) -> Table:
    """Say of each partner how much of section B is filled; whoever may write gets to its form."""
    talk = Talk(subject, language())
    asked = [one for one in answers_of(subject, language()) if one.field.section == "B"]
    rows = []
    for place, partner in enumerate(shown.case.partners):
        own = [one for one in asked if one.place == partner.id]
        form = reverse("workspace:mix_application_partner", args=[shown.run.pk, place])
        is_open = may_write and find(shown.run.case.data, "partners", partner.id) is not None
        name = Cell(partner.name, form if is_open else "")
        rows.append([name, n_of(talk, sum(one.is_filled for one in own), len(own))])
    return Table(
        _("Data of the partners"),
        [Column(_("Partner")), Column(_("Filled"), is_number=True)],
        rows,
    )


def _filled(subject: ApplicationSubject) -> dict[str, Any]:
    talk = Talk(subject, language())
    answers = answers_of(subject, language())
    shares, kinds = shares_of(answers), kinds_of(answers)
    total = total_of(shares)
    return {
        "sums": [
            Figure(
                _("of the fields filled"),
                format_percent(total.share, language()),
                n_of(talk, total.filled, total.asked),
            ),
            Figure(
                _("of the questions answered for all"),
                format_percent(kinds.share, language()),
                n_of(talk, kinds.filled, kinds.asked),
            ),
        ],
        "table": Table(
            _("Fields filled by section"),
            [Column(_("Section")), Column(_("Filled"), is_number=True)],
            [[_(SECTIONS[one.section]), n_of(talk, one.filled, one.asked)] for one in shares],
        ),
        "missing": Table(
            _("What nobody has entered yet"),
            [
                Column(_("Field")),
                Column(_("For")),
                Column(_("What is asked")),
                Column(_("Where to enter it")),
            ],
            [list(row) for row in missing_rows(talk, answers)],
        ),
        "shortened": [
            (
                _(one.field.label),
                one.name,
                _("Characters: %(n)s, limit: %(limit)s")
                % {
                    "n": format_integer(len(one.whole), language()),
                    "limit": format_integer(one.field.limit or 0, language()),
                },
            )
            for one in shortened_answers(answers)
        ],
    }


# --- What an application asks of one partner and neither case nor directory say: a form -----------


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
