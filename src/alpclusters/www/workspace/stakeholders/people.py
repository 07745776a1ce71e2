"""People of the organisations on a map: consent, withdrawal, export, erasure on request."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.consent import LASTS, Given, give, is_valid, wording
from alpclusters.platform.actors.domain.named_lists import level_choices
from alpclusters.platform.actors.domain.people import (
    add_person,
    change_person,
    erase_known_person,
    export_person,
    withdraw_consent,
)
from alpclusters.platform.actors.models import Consent, Person
from alpclusters.platform.cafe.domain.invitations import export_of
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.partnership.models import Project
from alpclusters.www.site.inputs import choice_of, input_of, several_of
from alpclusters.www.workspace.stakeholders.stakeholder_list import own_language, own_project, show
from alpclusters.www.workspace.stakeholders.stakeholder_page import CHANGE, own_stakeholder

# --- A person of an organisation, and the consent without which nobody is kept --------------------


class PersonForm(forms.Form):
    """What is known of a person."""

    name = input_of(Person, "name")
    email = input_of(Person, "email")
    task = input_of(Person, "task")
    role = choice_of(Person, "role")
    level = choice_of(Person, "level")
    languages = several_of(Person, "languages", LANGUAGES)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in self.base_fields} if person else {}
        super().__init__(*args, **kwargs | {"initial": known})
        role: Any = self.fields["role"]
        role.choices = [("", _("unknown")), *role_choices(get_language())]
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(get_language())]


class NewPersonForm(PersonForm):
    """A person with what they agreed to and how."""

    purposes = several_of(Consent, "purpose", Consent.Purpose.choices)
    how = input_of(Consent, "how")

    def consents(self) -> list[Given]:
        """Return the consents in the words of the domain."""
        data = self.cleaned_data
        return [Given(purpose, data["how"]) for purpose in data["purposes"]]

    def clean(self) -> dict[str, Any]:
        """Ask for an address where invitations are agreed to."""
        data: dict[str, Any] = super().clean() or {}
        wants = Consent.Purpose.INVITATIONS in data.get("purposes", [])
        if wants and not data.get("email") and "email" not in self.errors:
            text = _("Invitations need an e-mail address.")
            self.add_error("email", ValidationError(text))
        return data


class ConsentForm(forms.Form):
    """One more consent of a person who is known."""

    purpose = choice_of(Consent, "purpose", Consent.Purpose.choices)
    how = input_of(Consent, "how")


# --- People of the organisations on a map: consent, withdrawal, export, erasure on request --------


PAGE_SIZE = 50
HEADS = ("name", "organisation", "email", "languages")


def _people(project: Project) -> QuerySet[Person]:
    bodies = project.stakeholders.values("organisation")
    rows = Person.objects.filter(organisation__in=bodies).select_related("organisation")
    return rows.prefetch_related("consents").order_by("name", "pk")


@login_required
@require_safe
def stakeholder_people(request: HttpRequest, slug: str) -> HttpResponse:
    """List the people of the organisations on the map with their consents."""
    project = own_project(request, slug)
    now = timezone.now()
    page = Paginator(_people(project), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "template": "people",
        "page": page,
        "rows": [
            (one, [c.get_purpose_display() for c in one.consents.all() if is_valid(c, now)])
            for one in page
        ],
        "heads": {name: label_of(Person, name) for name in HEADS},
        "wordings": _wordings(),
    }
    return show(request, project, "stakeholder-people", context)


def _wordings() -> list[tuple[str, str]]:
    language = own_language()
    return [(str(label), wording(key, language)) for key, label in Consent.Purpose.choices]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_person_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a person of an organisation who agreed."""
    project = own_project(request, slug, CHANGE)
    body = own_stakeholder(project, pk).organisation
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = add_person(body, form.cleaned_data, form.consents(), now=timezone.now())
        messages.success(request, _("Kept with consent: %(name)s") % {"name": person.name})
        return redirect("workspace:stakeholder-person", slug=slug, pk=person.pk)
    context = {"template": "person_add", "form": form, "body": body, "wordings": _wordings()}
    context["status"] = 422 if request.method == "POST" else 200
    return show(request, project, "stakeholder-people", context, part=_("Add a person"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a person, note or end a consent, erase everything on request."""
    project = own_project(request, slug, CHANGE)
    person = get_object_or_404(_people(project), pk=pk)
    wish = request.POST.get("do", "")
    if wish == "erase":
        erase_known_person(person)
        messages.success(request, _("Erased, with everything that was known."))
        return redirect("workspace:stakeholder-people", slug=slug)
    if wish.startswith("withdraw-"):
        return _withdraw(request, slug, person, wish.removeprefix("withdraw-"))
    form = PersonForm(request.POST if wish == "save" else None, person=person)
    consent = ConsentForm(request.POST if wish == "consent" else None)
    if form.is_bound and form.is_valid():
        change_person(person, form.cleaned_data)
        return _back(request, slug, person)
    if consent.is_bound and consent.is_valid():
        data = consent.cleaned_data
        give(person, Given(data["purpose"], data["how"]), now=timezone.now())
        return _back(request, slug, person)
    context = _context(person, form, consent)
    context["status"] = 422 if request.method == "POST" else 200
    return show(request, project, "stakeholder-people", context, part=person.name)


def _context(person: Person, form: PersonForm, consent: ConsentForm) -> dict[str, Any]:
    now, language = timezone.now(), own_language()
    return {
        "template": "person",
        "person": person,
        "form": form,
        "consent": consent,
        "consents": [
            {
                "row": one,
                "is_valid": is_valid(one, now),
                "ends_at": one.given_at + LASTS,
                "wording": wording(one.purpose, language, one.version),
            }
            for one in person.consents.all()
        ],
    }


def _withdraw(request: HttpRequest, slug: str, person: Person, number: str) -> HttpResponse:
    pk = int(number[:9]) if number.isdigit() else 0
    consent = get_object_or_404(person.consents.filter(withdrawn_at=None), pk=pk)
    withdraw_consent(consent, now=timezone.now())
    messages.success(request, _("Consent ended; the person is off the lists it was for."))
    return redirect("workspace:stakeholder-person", slug=slug, pk=person.pk)


def _back(request: HttpRequest, slug: str, person: Person) -> HttpResponse:
    messages.success(request, _("Saved"))
    return redirect("workspace:stakeholder-person", slug=slug, pk=person.pk)


@login_required
@require_safe
def stakeholder_person_export(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give out everything kept about a person, to be handed over on request."""
    project = own_project(request, slug, CHANGE)
    person = get_object_or_404(_people(project), pk=pk)
    data = {**export_person(person), "invitations": export_of(person.email)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="person-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
