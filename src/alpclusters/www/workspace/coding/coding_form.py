"""What the coding page shows: fields and codes with their keys, one's answers, quotations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    CodeField,
    code_label,
    codes_of,
    current_codebook,
    field_named,
)
from alpclusters.platform.evidence.domain.coding import can_undo, coding_of, is_revealed, places_of
from alpclusters.platform.evidence.domain.coding.answers import (
    ASKED,
    MAY_BE_EMPTY,
    missing_fields,
    unquoted_fields,
)
from alpclusters.platform.evidence.domain.documents.files import place_words
from alpclusters.platform.evidence.domain.documents.quoting import quote, unquote
from alpclusters.platform.evidence.models import (
    Activity,
    Codebook,
    Coding,
    Corpus,
    Document,
    Quotation,
)
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.coding.desk import coding_crumbs
from alpclusters.www.workspace.documents.reader import Reader, quotation_from, read_document

# --- The coding form as the page shows it: fields, codes, the key that chooses each ---------------


DIGITS: Final = "1234567890"


@dataclass(frozen=True)
class Option:
    """One code: its key on the keyboard, its words, whether it is chosen."""

    value: str
    id: str
    stroke: str
    label: str
    definition: str
    example: str
    counter_example: str
    is_chosen: bool


@dataclass(frozen=True)
class FieldView:
    """One question of the form."""

    name: str
    number: int
    label: Any
    question: Any
    is_many: bool
    is_number: bool
    is_optional: bool
    options: Sequence[Option]
    value: Any
    has_letters: bool

    @property
    def is_answered(self) -> bool:
        """Whether something is chosen or written."""
        return self.value not in (None, "", [])


def read_fields(
    codebook: Codebook, values: Mapping[str, Any], names: Sequence[str] = ()
) -> list[FieldView]:
    """Return the questions with their codes; only some of them where names are given."""
    return [
        _view(number, field, codebook, values.get(field.name))
        for number, field in enumerate(FIELDS, start=1)
        if not names or field.name in names
    ]


def strokes(n: int) -> Sequence[str]:
    """Return the keys of n codes: digits as far as they reach, else letters.

    Examples
    --------
    >>> "".join(strokes(3)), "".join(strokes(12)), len(set(strokes(30)))
    ('123', 'abcdefghijkl', 27)
    """
    if n <= len(DIGITS):
        return DIGITS[:n]
    return [ascii_lowercase[place] if place < len(ascii_lowercase) else "" for place in range(n)]


def _view(number: int, field: CodeField, codebook: Codebook, value: Any) -> FieldView:
    codes = [] if field.is_number else codes_of(codebook, field.name)
    keys = strokes(len(codes))
    chosen = set(value or []) if field.is_many else {value}
    return FieldView(
        name=field.name,
        number=number,
        label=field.label,
        question=field.question,
        is_many=field.is_many,
        is_number=field.is_number,
        is_optional=field.name in MAY_BE_EMPTY,
        options=[
            Option(
                value=code.key,
                id=f"{field.name}-{code.key}",
                stroke=stroke,
                label=code.label,
                definition=code.definition,
                example=code.example,
                counter_example=code.counter_example,
                is_chosen=code.key in chosen,
            )
            for code, stroke in zip(codes, keys, strict=True)
        ],
        value=value,
        has_letters=len(codes) > len(DIGITS),
    )


# --- Quotations from the document beside the form; each coder sees the own ones until both close


@dataclass(frozen=True)
class QuotationView:
    """One quoted place; ``url`` opens it in the reader of the same page."""

    pk: int
    title: str
    place: str
    words: str
    url: str
    is_own: bool
    about: Any


def visible_quotations(activity: Activity, user_id: int | None) -> list[Quotation]:
    """Return the quotations a coder may see: where the other one looked is a hint as well."""
    found = activity.quotations.select_related("document").order_by("document", "page", "pk")
    if is_revealed(activity):
        return list(found)
    return [one for one in found if one.made_by_id in (user_id, None)]


def quotation_views(found: Iterable[Quotation], user_id: int | None) -> list[QuotationView]:
    """Return quotations in words."""
    return [
        QuotationView(
            pk=one.pk,
            title=one.document.title,
            place=place_words(one),
            words=one.words,
            url=f"?document={one.document.key}&page={one.page or 1}#reader",
            is_own=one.made_by_id == user_id,
            about=field_named(one.field).label if one.field else "",
        )
        for one in found
    ]


def quote_place(request: SignedInRequest, activity: Activity) -> str:
    """Store a quotation and say where it stands."""
    key = request.POST.get("document", "")
    document = activity.initiative.documents.filter(key=key).first()
    place = quotation_from(request.POST)
    if document is None or not (place["page"] or place["words"].strip()):
        raise InputError("coding.no_place", where=Where(field="page"))
    field = request.POST.get("target", "")
    made = quote(document, by=request.user, activity=activity, field=field, **place)
    said = place_words(made) or document.title
    if field:
        said = f"{field_named(field).label}, {said}"
    return _("Quoted: %(place)s") % {"place": said}


def quote_targets(coding: Coding | None) -> list[tuple[str, str]]:
    """Return what a place can show: answers still without one first, then the whole activity."""
    still = [field.name for field in unquoted_fields(coding)] if coding else []
    names = [*still, *(name for name in ASKED if name not in still)]
    whole = ("", _("the activity as a whole"))
    return [*((name, str(field_named(name).label)) for name in names), whole]


def take_quotation_back(request: SignedInRequest, activity: Activity) -> str:
    """Remove one of one's own quotations."""
    pk = request.POST.get("quotation", "")
    mine = activity.quotations.filter(made_by=request.user)
    found = mine.filter(pk=int(pk) if pk.isdecimal() else 0).first()
    if found is None:
        raise InputError("coding.no_quotation", where=Where(field="quotation"))
    unquote(found, request.user)
    return _("Quotation removed")


# --- What the coding page shows: one's own answers, the document, how far the activity is ---------


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
