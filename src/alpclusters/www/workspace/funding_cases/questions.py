"""Questions of a case: those still open, answers it has already, answers given now."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.eligibility import (
    DecidingField,
    Field,
    Judgements,
    field_of,
    rank_fields,
)
from alpclusters.platform.funding.domain.casework.conditions import OWN_FIELDS, answer, take_back
from alpclusters.platform.funding.domain.casework.documents import Document
from alpclusters.reports.funding_words.conditions import (
    field_label,
    field_question,
    theme_words,
    value_labels,
    value_words,
)
from alpclusters.sources.organisation_values import count_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import (
    WRITE,
    changed,
    language,
    own_case,
    refused,
    version_in,
)
from alpclusters.www.workspace.initiatives.initiative_forms import Money

# --- Questions that are still open, those that decide most offers first ---------------------------


MOST: Final = 8
OTHER: Final = "\0"
THEMES: Final = frozenset({"themes", "technologies"})


@dataclass(frozen=True)
class QuestionView:
    """One open question with the kind of its answer.

    ``owner`` is the partner it is about, empty for the project; ``kind`` is the type of the field
    in the catalogue of eligibility; ``is_form`` says that the form of the partner asks it.
    """

    owner: str
    owner_name: str
    name: str
    text: str
    label: str
    kind: str
    choices: Sequence[tuple[str, str]]
    hint: str
    n_offers: int
    n_decided: int
    offers: Sequence[str]
    is_form: bool
    was_asked: bool

    @property
    def key(self) -> str:
        """What its fields are called on the page."""
        return f"{self.owner or 'project'}-{self.name}"


@dataclass
class _Found:
    """A question as several partners' offers ask it."""

    owner: str
    name: str
    path: str
    fields: list[DecidingField] = field(default_factory=list)

    def rank(self) -> tuple[int, float, int, str, str]:
        """Sort: decided whatever the answer, on the mean, then by the money that hangs on it."""
        least = sum(one.least for one in self.fields)
        mean = float(sum(one.mean for one in self.fields))
        caps = sum(one.caps_ct for one in self.fields)
        return -least, -mean, -caps, self.name, self.owner


def questions_of(
    case: Case,
    judgements: Judgements,
    partners: Iterable[str],
    *,
    only: str = "",
    most: int = MOST,
) -> list[QuestionView]:
    """List the open questions of some partners.

    Parameters
    ----------
    case, judgements
        The case and its judgements.
    partners : iterable of str
    only : str
        An offer whose questions alone are wanted.
    most : int
        How many.
    """
    found: dict[tuple[str, str], _Found] = {}
    for partner in partners:
        for one in rank_fields(judgements, partner):
            if only and only not in one.offers:
                continue
            owner, name = _owner(one.path, partner)
            kept = found.setdefault((owner, name), _Found(owner, name, one.path))
            kept.fields.append(one)
    views = [_view(case, one) for one in sorted(found.values(), key=_Found.rank)]
    # What nobody knows stands last: it was asked before.
    return sorted(views, key=lambda view: view.was_asked)[:most]


def _owner(path: str, judged: str) -> tuple[str, str]:
    """Return whom a path is about, empty for the project, and the name of its field."""
    if path.startswith("partners["):
        owner, _, name = path.removeprefix("partners[").rpartition("].")
        return owner, name
    root, _, name = path.partition(".")
    return ("", name) if root == "project" else (judged, name)


def _view(case: Case, found: _Found) -> QuestionView:
    names = {partner.id: partner.name for partner in case.partners}
    titles = {offer.id: offer.title or offer.id for offer in case.offers}
    path = f"partner.{found.name}" if found.owner else f"project.{found.name}"
    asked = field_of(path)
    kind = asked.type if asked else "text"
    offers = list(dict.fromkeys(key for one in found.fields for key in one.offers))
    return QuestionView(
        owner=found.owner,
        owner_name=names.get(found.owner, ""),
        name=found.name,
        text=field_question(path, language()),
        label=field_label(path, language()),
        kind=kind,
        choices=_choices(found, path, kind),
        hint=_hint(found, path, kind),
        n_offers=len(offers),
        n_decided=max(sum(max(one.decided, default=0) for one in found.fields), 0),
        offers=[titles[key] for key in offers],
        is_form=bool(found.owner) and found.name in OWN_FIELDS,
        was_asked=_was_asked(case, found),
    )


def _was_asked(case: Case, found: _Found) -> bool:
    """Say whether somebody said that nobody knows: a fact that is null."""
    if not found.owner:
        return found.name in case.project
    partner = next(one for one in case.partners if one.id == found.owner)
    return found.name in partner.facts


def _choices(found: _Found, path: str, kind: str) -> list[tuple[str, str]]:
    if kind == "enum":
        return list(value_labels(path, language()).items())
    if kind == "texts":
        return [(word, _questions_word(found.name, word)) for word in _questions_words(found)]
    return []


def _hint(found: _Found, path: str, kind: str) -> str:
    """Name the values at which something is decided, for numbers, days and free words."""
    if kind not in {"count", "money", "date", "text"}:
        return ""
    values = list(dict.fromkeys(value for one in found.fields for value in one.values))
    asked = field_of(path)
    plain: list[Any] = [value for value in values if not isinstance(value, tuple)]
    return ", ".join(value_words(value, asked, language()) for value in plain if value != OTHER)


def _questions_words(found: _Found) -> list[str]:
    words = {
        str(word)
        for one in found.fields
        for value in one.values
        if isinstance(value, tuple)
        for word in value
        if word != OTHER
    }
    return sorted(words)


def _questions_word(name: str, word: str) -> str:
    return theme_words(word, language()) if name in THEMES else word


# --- Answers that a case has already: facts of its partners and of the project --------------------


@dataclass(frozen=True)
class GivenAnswer:
    """One fact; ``owner`` is empty for the project."""

    owner: str
    owner_name: str
    name: str
    label: str
    value: str


def answers_of(data: Mapping[str, Any]) -> list[GivenAnswer]:
    """List the facts of a case, those of the project first."""
    found = [_given("", "", name, value) for name, value in data.get("project", {}).items()]
    for partner in data.get("partners", []):
        for name, value in partner.get("facts", {}).items():
            found.append(_given(partner["id"], partner["name"], name, value))
    return found


def _given(owner: str, owner_name: str, name: str, value: Any) -> GivenAnswer:
    path = f"{'partner' if owner else 'project'}.{name}"
    label = field_label(path, language())
    return GivenAnswer(owner, owner_name, name, label, _given_words(path, field_of(path), value))


def _given_words(path: str, asked: Field | None, value: Any) -> str:
    if value is None:
        return _("nobody knows")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_given_word(path, asked, one) for one in value) or _("none")
    return _given_word(path, asked, value)


def _given_word(path: str, asked: Field | None, value: Any) -> str:
    if path.partition(".")[2] in THEMES:
        return theme_words(str(value), language())
    labels = value_labels(path, language())
    if value in labels:
        return labels[value]
    return value_words(value, asked, language())


# --- Answers to open questions: yes or no, a value, or that nobody knows --------------------------


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
        return _answering_words(request)
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


def _answering_words(request: HttpRequest) -> list[str]:
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
