"""The programme of an AlpCafé: agenda with computed times, tables, questions of the rounds."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.cafe.domain.agendas import agenda_of, end_of, minutes_over
from alpclusters.platform.cafe.domain.tables import (
    DECIDED,
    MOST_TABLES,
    MOST_WORDS,
    Proposal,
    change_table,
    is_long,
    lay_tables,
    proposals_at,
    propose_number,
    questions_of,
    set_question,
    share_out_languages,
)
from alpclusters.platform.cafe.models import AlpCafe, Question, Table
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.text import Text
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, number_in, show
from alpclusters.www.workspace.cafes.running import own_cafe

# --- The agenda with computed times ---------------------------------------------------------------


@login_required
@require_safe
def cafe_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Show when each phase begins, and whether the day is long enough."""
    cafe = own_cafe(request, pk)
    slots = agenda_of(cafe)
    over = minutes_over(cafe, slots)
    asked = questions_of(cafe)
    rows = [(slot, asked.get(slot.round_index)) for slot in slots]
    context = {
        "rows": rows,
        "over": over,
        "left": -over,
        "ends": slots[-1].ends if slots else end_of(cafe),
        "minutes": sum(slot.minutes for slot in slots),
        "is_mixed": len(cafe.languages) > 1,
    }
    return show(request, cafe, "cafe_agenda", context)


# --- Tables: how many, with whom as host, what about, in which language, where they stand ---------


class TableForm(forms.Form):
    """One table; the first language is the one it works in."""

    host_name = input_of(Table, "host_name")
    language = forms.ChoiceField(
        label=gettext_lazy("Working language"), choices=[("", "–"), *LANGUAGES], required=False
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("The host also speaks"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measure = input_of(Table, "measure")
    way = input_of(
        Table,
        "way",
        widget=forms.TextInput({"placeholder": gettext_lazy("left wall, by the window")}),
    )
    x = input_of(Table, "x")
    y = input_of(Table, "y")
    is_quiet = input_of(Table, "is_quiet")
    is_accessible = input_of(Table, "is_accessible")
    is_open = input_of(Table, "is_open")
    topic = input_of(Table, "topic", legend=True)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        initial = {name: getattr(table, name) for name in DECIDED}
        initial |= {"language": (table.languages or [""])[0], "also": table.languages[1:]}
        super().__init__(*args, **kwargs | {"initial": initial})
        measure: Any = self.fields["measure"]
        measure.queryset = table.cafe.measures.all()

    def values(self) -> dict[str, Any]:
        """Return what was decided, by column."""
        data = self.cleaned_data
        own = [data["language"]] if data["language"] else []
        languages = [*own, *(code for code in data["also"] if code not in own)]
        return {name: data[name] for name in DECIDED if name in data} | {"languages": languages}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_tables(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tables; lay as many as the guests need, share out the languages."""
    cafe = own_cafe(request, pk)
    if request.method == "POST":
        _do(request, cafe)
        return back_to("cafe_tables", cafe)
    tables = list(cafe.tables.select_related("measure"))
    guests = cafe.guests.filter(is_spare=False).count()
    context = {
        "tables": tables,
        "n_tables": len(tables),
        "n_guests": guests,
        "proposed": propose_number(guests),
        "most": MOST_TABLES,
    }
    return show(request, cafe, "cafe_tables", context)


def _do(request: HttpRequest, cafe: AlpCafe) -> None:
    if request.POST.get("do") == "languages":
        share_out_languages(cafe)
        messages.success(request, _("Each table has a working language now."))
        return
    proposed = propose_number(cafe.guests.filter(is_spare=False).count())
    number = number_in(request.POST.get("number"), least=1, most=MOST_TABLES, default=proposed)
    attempt(request, lambda: lay_tables(cafe, number), _("Saved"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_table(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one table."""
    cafe = own_cafe(request, pk)
    table = get_object_or_404(cafe.tables.select_related("cafe"), number=number)
    form = TableForm(request.POST or None, table=table)
    if request.method == "POST" and form.is_valid():
        change_table(table, form.values())
        messages.success(request, _("Saved"))
        return back_to("cafe_tables", cafe)
    context = {
        "template": "table",
        "form": form,
        "table": table,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_tables", context, part=_("Table %(n)s") % {"n": number})


# --- The questions of the rounds, in the languages of the event, with proposals -------------------


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
