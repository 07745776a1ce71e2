"""Answers to open questions: yes or no, a value, or that nobody knows."""

import datetime as dt
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.eligibility import Field, field_of
from alpclusters.platform.funding.domain.casework.answers import answer, take_back
from alpclusters.platform.funding.domain.casework.documents import Document
from alpclusters.reports.funding_fields import field_label
from alpclusters.sources.organisation_values import count_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import (
    WRITE,
    changed,
    own_case,
    refused,
    version_in,
)
from alpclusters.www.workspace.funding_cases.words import language
from alpclusters.www.workspace.initiatives.initiative_forms import Money

LONGEST: Final = 200
MOST_WORDS: Final = 100
NOBODY_KNOWS: Final = "unknown"
TAKE_BACK: Final = "back"


@login_required
@require_POST
def funding_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep an answer as a fact of the partner or the project; the matrix is judged anew."""
    case = own_case(request, pk, WRITE)
    owner, name = request.POST.get("owner", ""), request.POST.get("field", "")
    path = f"{'partner' if owner else 'project'}.{name}"
    asked = field_of(path)
    if asked is None:
        messages.error(request, _("No offer asks this."))
        return redirect(_back(request, pk))
    wish = request.POST.get("say", "")
    try:
        value = None if wish in {NOBODY_KNOWS, TAKE_BACK} else _value(request, asked)
    except ValidationError as error:
        text = f"{field_label(path, language())}: {error.messages[0]}"
        messages.error(request, text)
        return redirect(_back(request, pk))

    def change(document: Document) -> None:
        if wish == TAKE_BACK:
            take_back(document, owner, name)
        else:
            answer(document, owner, name, value)

    try:
        changed(
            request,
            case,
            change,
            reason=f"answer:{name}",
            version=version_in(request),
            part=lambda _document: None,
        )
    except AlpClustersError as error:
        refused(request, error)
    else:
        messages.success(request, _("Saved"))
    return redirect(_back(request, pk))


def _value(request: HttpRequest, asked: Field) -> Any:
    """Read an answer by the type of its field.

    Raises
    ------
    ValidationError
        It is no value of this field.
    """
    if asked.type == "texts":
        return _words(request)
    text = request.POST.get("value", request.POST.get("say", "")).strip()[:LONGEST]
    if not text:
        raise ValidationError(_("Give an answer, or say that nobody knows."))
    if asked.type == "bool":
        return _flag(text)
    if asked.type == "enum" and text not in asked.values:
        raise ValidationError(_("Choose one of the values."))
    readers: dict[str, Any] = {"count": _count, "money": _money, "date": _day}
    return readers[asked.type](text) if asked.type in readers else text


def _flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValidationError(_("Answer yes or no."))
    return text == "yes"


def _count(text: str) -> int:
    number = count_of(text)
    if number is None:
        raise ValidationError(_("Write a whole number."))
    return number


def _money(text: str) -> int | None:
    return Money().clean(text)


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValidationError(_("Write a day of the calendar.")) from error


def _words(request: HttpRequest) -> list[str]:
    ticked = request.POST.getlist("value")
    further = request.POST.get("further", "").split(",")
    words = [word.strip()[:60] for word in (*ticked, *further)]
    return list(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def _back(request: HttpRequest, pk: int) -> str:
    """Return the page the question stood on."""
    partner, offer = request.POST.get("partner", ""), request.POST.get("offer", "")
    if partner and offer:
        query = urlencode({"partner": partner, "offer": offer})
        return f"{reverse('workspace:funding_fit', args=[pk])}?{query}"
    return f"{reverse('workspace:funding_case_fits', args=[pk])}#questions"
