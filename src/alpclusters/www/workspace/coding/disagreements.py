"""The fields in which two coders differ, and one of them: both codes side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.coding import (
    Disagreement,
    disagreements_of,
    settle,
    unsettle,
)
from alpclusters.platform.evidence.domain.coding import disagreements as find_disagreements
from alpclusters.platform.evidence.domain.coding.answers import ASKED
from alpclusters.platform.evidence.domain.corpora import activities_of
from alpclusters.platform.evidence.models import Coding, Corpus, Quotation, Settlement
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.coding.coding_form import (
    FieldView,
    QuotationView,
    quotation_views,
    read_fields,
    reader_of,
    value_words,
)
from alpclusters.www.workspace.evidence.corpora import corpus_crumbs, own_corpus
from alpclusters.www.workspace.sentences import sentence

# --- The list of fields in which two coders differ, sorted by field -------------------------------


@dataclass(frozen=True)
class DisagreementRow:
    """One disagreement in words."""

    found: Disagreement
    first: str
    second: str
    settled: str


@dataclass(frozen=True)
class FieldGroup:
    """All disagreements of one field."""

    name: str
    label: Any
    rows: Sequence[DisagreementRow]


@login_required
@require_safe
def disagreements(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what is to settle, and what was settled."""
    corpus = own_corpus(request, slug)
    rows = [_row(found) for found in find_disagreements(corpus, with_settled=True)]
    waiting = [row for row in rows if row.found.settlement is None]
    context = {
        "corpus": corpus,
        "groups": _grouped(waiting),
        "n_waiting": len(waiting),
        "settled": [row for row in rows if row.found.settlement is not None],
        "crumbs": corpus_crumbs(corpus, Crumb(_("Disagreements"))),
        "simulated": any(row.found.activity.is_simulated for row in rows),
    }
    return render(request, "workspace/coding/disagreements.html", context)


def _row(found: Disagreement) -> DisagreementRow:
    name, codebook = found.field.name, found.first.codebook
    first, second = found.values
    decided = found.settlement
    return DisagreementRow(
        found,
        value_words(name, first, codebook),
        value_words(name, second, codebook),
        value_words(name, decided.value, codebook) if decided else "",
    )


def _grouped(rows: Sequence[DisagreementRow]) -> list[FieldGroup]:
    by_field = groupby(rows, key=lambda row: row.found.field)
    return [FieldGroup(field.name, field.label, list(group)) for field, group in by_field]


# --- One disagreement: both codes side by side with their quotations, then the choice -------------


class ReasonForm(forms.Form):
    """Why this code shall stand, and whether both decided together."""

    reason = input_of(
        Settlement,
        "reason",
        required=True,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One sentence: which place in the source decides it?"),
    )
    is_joint = forms.BooleanField(
        label=gettext_lazy("The two coders decided together"), required=False
    )
    without_place = forms.BooleanField(
        label=gettext_lazy("No place in a source can be quoted for it"), required=False
    )


@dataclass(frozen=True)
class CodingSide:
    """One coder's answer with what it rests on."""

    title: str
    is_own: bool
    answer: str
    note: str
    quotations: Sequence[QuotationView]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disagreement(request: SignedInRequest, slug: str, pk: int, field: str) -> HttpResponse:
    """Show both codes; store the decision; take one back."""
    corpus = own_corpus(request, slug)
    found = _found(corpus, pk, field)
    if request.method != "POST":
        return _page(request, corpus, found, ReasonForm(initial=_initial(found)))
    if request.POST.get("do") == "unsettle":
        unsettle(found.activity, field, by=request.user, now=timezone.now())
        messages.success(request, _("Decision taken back."))
        return redirect("workspace:disagreement", slug=slug, pk=pk, field=field)
    form = ReasonForm(request.POST)
    if not (form.is_valid() and _is_settled(request, found, form)):
        return _page(request, corpus, found, form, status=422)
    messages.success(request, _("Settled. Both original codes stay as they are."))
    return redirect("workspace:disagreements", slug=slug)


def _found(corpus: Corpus, pk: int, field: str) -> Disagreement:
    activity = activities_of(corpus).select_related("initiative").filter(pk=pk).first()
    rows = disagreements_of([activity]) if activity else []
    found = next((row for row in rows if row.field.name == field), None)
    if found is None:
        raise Http404
    return found


def _initial(found: Disagreement) -> dict[str, Any]:
    decided = found.settlement
    return {"reason": decided.reason, "is_joint": decided.is_joint} if decided else {}


def _is_settled(request: SignedInRequest, found: Disagreement, form: ReasonForm) -> bool:
    name = found.field.name
    sent = request.POST.getlist(name) if found.field.is_many else request.POST.get(name, "")
    try:
        settle(found.activity, name, sent, by=request.user, now=timezone.now(), **form.cleaned_data)
    except AlpClustersError as error:
        form.add_error(
            None, _unquoted(found) if error.code == "coding.unquoted" else sentence(error)
        )
        return False
    return True


def _unquoted(found: Disagreement) -> str:
    said = _(
        "Nobody has quoted a place for “%(field)s”. Quote it in the document on the page of the "
        "activity, or say below that there is none."
    )
    return said % {"field": found.field.label}


def _page(
    request: HttpRequest,
    corpus: Corpus,
    found: Disagreement,
    form: ReasonForm,
    *,
    status: int = 200,
) -> HttpResponse:
    documents = list(found.activity.initiative.documents.order_by("title", "pk"))
    context = {
        "corpus": corpus,
        "found": found,
        "activity": found.activity,
        "sides": _sides(request, found),
        "field": _choice(request, found),
        "form": form,
        "asks_place": found.field.name in ASKED,
        "is_coder": request.user.pk in (found.first.coder_id, found.second.coder_id),
        "documents": documents,
        "reader": reader_of(request, documents),
        "crumbs": corpus_crumbs(corpus, Crumb(_("Disagreements"))),
        "simulated": found.activity.is_simulated,
    }
    return render(request, "workspace/coding/disagreement.html", context, status=status)


def _choice(request: HttpRequest, found: Disagreement) -> FieldView:
    name = found.field.name
    if request.method == "POST":
        sent = request.POST.getlist(name)
        value: Any = sent if found.field.is_many else next(iter(sent), "")
    else:
        value = found.settlement.value if found.settlement else None
    [view] = read_fields(found.first.codebook, {name: value}, [name])
    return view


def _sides(request: HttpRequest, found: Disagreement) -> list[CodingSide]:
    quotations = list(
        found.activity.quotations.select_related("document").order_by("document", "page", "pk")
    )
    return [
        _side(request, coding, title, found.field.name, quotations)
        for coding, title in (
            (found.first, _("First coding")),
            (found.second, _("Second coding")),
        )
    ]


def _side(
    request: HttpRequest, coding: Coding, title: str, name: str, quotations: Sequence[Quotation]
) -> CodingSide:
    return CodingSide(
        title=title,
        is_own=coding.coder_id == request.user.pk,
        answer=value_words(name, coding.values.get(name), coding.codebook),
        note=coding.note,
        quotations=quotation_views(
            [one for one in quotations if one.made_by_id == coding.coder_id], request.user.pk
        ),
    )
