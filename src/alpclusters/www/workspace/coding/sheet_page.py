"""What the coding page shows: one's own answers, the document, how far the activity is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, field_named
from alpclusters.platform.evidence.domain.codebook.reading import code_label, current_codebook
from alpclusters.platform.evidence.domain.coding import (
    can_undo,
    coding_of,
    is_revealed,
    places_of,
)
from alpclusters.platform.evidence.domain.coding.values import missing_fields
from alpclusters.platform.evidence.models import Activity, Codebook, Coding, Corpus, Document
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.coding.access import coding_crumbs
from alpclusters.www.workspace.coding.options import read_fields
from alpclusters.www.workspace.coding.quotations import (
    quotation_views,
    quote_targets,
    visible_quotations,
)
from alpclusters.www.workspace.documents.reader import Reader, read_document


@dataclass(frozen=True)
class Standing:
    """How far one's own coding and the activity are."""

    is_closed: bool
    is_revealed: bool
    is_full: bool
    can_reopen: bool
    can_undo: bool
    n_answered: int
    n_missing: int


@dataclass(frozen=True)
class ComparedAnswer:
    """One field: what both chose and what stands."""

    label: Any
    first: str
    second: str
    stands: str

    @property
    def is_same(self) -> bool:
        """Whether both chose the same."""
        return self.first == self.second


class NoteForm(forms.Form):
    """What the coder tells the one who settles; `coding.js` saves it as it is written."""

    use_required_attribute = False
    note = input_of(Coding, "note", widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, coding: Coding | None, **kwargs: Any) -> None:
        initial = {"note": coding.note if coding else ""}
        super().__init__(*args, **kwargs | {"auto_id": "%s", "initial": initial})
        self.fields["note"].disabled = coding is not None and coding.closed_at is not None


def sheet_context(
    request: SignedInRequest, activity: Activity, *, problem: str = "", unquoted: Sequence[Any] = ()
) -> dict[str, Any]:
    """Return the whole context of the page; ``unquoted`` are the answers one is asked about."""
    coding = coding_of(activity, request.user)
    codebook = codebook_of(activity, coding)
    values = coding.values if coding else {}
    initiative = activity.initiative
    documents = list(initiative.documents.order_by("title", "pk"))
    address = reverse("workspace:coding-activity", args=[initiative.key, activity.number])
    return {
        "activity": activity,
        "initiative": initiative,
        "coding": coding,
        "note": NoteForm(coding=coding),
        "codebook": codebook,
        "fields": read_fields(codebook, values),
        "standing": _standing(activity, coding),
        "compared": compared_answers(activity),
        "missing": [field.label for field in missing_fields(values)],
        "quotations": quotation_views(
            visible_quotations(activity, request.user.pk), request.user.pk
        ),
        "documents": documents,
        "reader": reader_of(request, documents, quote_url=address, targets=quote_targets(coding)),
        "corpus": _corpus(request, activity),
        "problem": problem,
        "unquoted": unquoted,
        "crumbs": coding_crumbs(initiative, Crumb(activity.name)),
        "simulated": activity.is_simulated,
    }


def codebook_of(activity: Activity, coding: Coding | None) -> Codebook:
    """Return the codebook of one's own coding, else the one that a new coding would take."""
    if coding is not None:
        return coding.codebook
    before = activity.codings.select_related("codebook").order_by("place").first()
    if before is not None:
        return before.codebook
    corpus = activity.initiative.corpora.select_related("codebook").order_by("pk").first()
    return corpus.codebook if corpus else current_codebook()


def reader_of(
    request: HttpRequest,
    documents: Sequence[Document],
    *,
    quote_url: str = "",
    targets: Sequence[tuple[str, str]] = (),
) -> Reader | None:
    """Return the document asked for, else the first with pages, else the first, as one reads it."""
    asked = request.GET.get("document", "")
    chosen = [document for document in documents if document.key == asked]
    with_pages = [document for document in documents if document.n_pages]
    first = next(iter([*chosen, *with_pages, *documents]), None)
    return read_document(request, first, quote_url=quote_url, targets=targets) if first else None


def words_of(coding: Coding, name: str) -> str:
    """Return an answer in words."""
    return value_words(name, coding.values.get(name), coding.codebook)


def value_words(name: str, value: Any, codebook: Codebook | None) -> str:
    """Return a value of a field in words; nothing for no answer."""
    if value in (None, "", []):
        return ""
    field = field_named(name)
    if field.is_number:
        return format_integer(value, get_language() or "en")
    keys = value if field.is_many else [value]
    return ", ".join(code_label(name, key, codebook) for key in keys)


def answers_in_words(values: Mapping[str, Any], codebook: Codebook) -> dict[str, str]:
    """Return all answers in words."""
    return {f.name: value_words(f.name, values.get(f.name), codebook) for f in FIELDS}


def compared_answers(activity: Activity) -> list[ComparedAnswer]:
    """Return both codings side by side, once both are closed; nothing before."""
    if not is_revealed(activity):
        return []
    codings = [c for c in activity.codings.select_related("codebook") if c.closed_at is not None]
    if len(codings) < 2:  # noqa: PLR2004 - there are two sides
        return []
    first, second = codings[:2]
    stands = {field.name: getattr(activity, field.name) for field in FIELDS}
    words = [
        answers_in_words(values, first.codebook) for values in (first.values, second.values, stands)
    ]
    return [
        ComparedAnswer(field.label, *(answers[field.name] for answers in words)) for field in FIELDS
    ]


def _standing(activity: Activity, coding: Coding | None) -> Standing:
    values = coding.values if coding else {}
    is_closed = coding is not None and coding.closed_at is not None
    revealed = coding is not None and is_revealed(activity)
    n_begun = activity.codings.count()
    missing = missing_fields(values)
    return Standing(
        is_closed=is_closed,
        is_revealed=revealed,
        is_full=coding is None and n_begun >= places_of(activity),
        can_reopen=is_closed and not (n_begun > 1 and revealed),
        can_undo=coding is not None and can_undo(coding),
        n_answered=len(values),
        n_missing=len(missing),
    )


def _corpus(request: HttpRequest, activity: Activity) -> Corpus | None:
    own = corpora_of(request.user).filter(initiatives=activity.initiative)
    return own.order_by("pk").first()
