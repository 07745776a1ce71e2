"""The questions of the rounds, in the languages of the event, with proposals."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.questions import (
    MOST_WORDS,
    Proposal,
    is_long,
    proposals_at,
    questions_of,
    set_question,
)
from alpclusters.platform.cafe.models import AlpCafe, Question
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.text import Text
from alpclusters.www.workspace.cafes.prepare.common import back_to, show
from alpclusters.www.workspace.cafes.running import own_cafe


class QuestionForm(forms.Form):
    """One question, one field for each language of the event."""

    def __init__(self, *args: Any, cafe: AlpCafe, index: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": f"round{index}"})
        self.index = index
        for code, name in LANGUAGES:
            if code in cafe.languages:
                self.fields[code] = forms.CharField(
                    label=name,
                    required=False,
                    max_length=length_of(Question, "text"),
                    widget=forms.Textarea({"rows": 2, "lang": code}),
                )


@dataclass(frozen=True)
class RoundPart:
    """A round on the page: its form, what it might ask, what should be looked at."""

    index: int
    form: QuestionForm
    proposals: list[tuple[str, str]]
    has_long: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the questions and store them; a button takes a proposal in all languages."""
    cafe = own_cafe(request, pk)
    if request.method == "POST":
        taken = request.POST.get("proposal", "")
        if taken:
            return _take(request, cafe, taken)
        forms_ = [_form(cafe, index, None, request.POST) for index in _rounds(cafe)]
        if all(form.is_valid() for form in forms_):
            for form in forms_:
                _store(cafe, form)
            messages.success(request, _("Saved"))
            return back_to("cafe_questions", cafe)
    parts = _parts(cafe, request.POST if request.method == "POST" else None)
    context = {
        "parts": parts,
        "most_words": MOST_WORDS,
        "help": HELP,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_questions", context)


HELP = gettext_lazy(
    "Open, short, about something those present can change, one thing at a time, "
    "and no answer inside."
)


def _take(request: HttpRequest, cafe: AlpCafe, taken: str) -> HttpResponse:
    index, _mark, key = taken.partition(":")
    for proposal in proposals_at(cafe, int(index) if index.isdigit() else 1):
        if proposal.key == key and index.isdigit() and int(index) in _rounds(cafe):
            set_question(cafe, int(index), proposal.texts)
            messages.success(request, _("Question of round %(n)s changed.") % {"n": index})
    return back_to("cafe_questions", cafe, f"#round-{index}" if index.isdigit() else "")


def _rounds(cafe: AlpCafe) -> range:
    return range(1, cafe.n_rounds + 1)


def _parts(cafe: AlpCafe, data: Any) -> list[RoundPart]:
    asked = questions_of(cafe)
    return [_part(cafe, index, asked.get(index), data) for index in _rounds(cafe)]


def _part(cafe: AlpCafe, index: int, question: Question | None, data: Any) -> RoundPart:
    shown = nearest_language(get_language())
    others = [
        (f"{index}:{one.key}", one.texts[shown])
        for one in proposals_at(cafe, index)
        if not _is_asked(one, question)
    ]
    texts = [_texts(question)[code] for code in cafe.languages]
    return RoundPart(
        index, _form(cafe, index, question, data), others, any(is_long(text) for text in texts)
    )


def _is_asked(proposal: Proposal, question: Question | None) -> bool:
    return question is not None and _texts(question) == proposal.texts


def _form(cafe: AlpCafe, index: int, question: Question | None, data: Any) -> QuestionForm:
    return QuestionForm(data, cafe=cafe, index=index, initial=_texts(question))


def _texts(question: Question | None) -> dict[str, str]:
    return (question.text if question else Text({})).each()


def _store(cafe: AlpCafe, form: QuestionForm) -> None:
    # Languages that are not of this event keep what was written in them.
    kept = _texts(questions_of(cafe).get(form.index))
    texts = kept | form.cleaned_data
    if texts != kept:
        set_question(cafe, form.index, texts)
