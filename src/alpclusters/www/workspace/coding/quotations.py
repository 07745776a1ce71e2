"""Quotations from the document beside the form; each coder sees the own ones until both close."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.evidence.domain.codebook.fields import field_named
from alpclusters.platform.evidence.domain.coding import is_revealed
from alpclusters.platform.evidence.domain.coding.places import ASKED, unquoted_fields
from alpclusters.platform.evidence.domain.documents.locators import place_words
from alpclusters.platform.evidence.domain.documents.quoting import quote, unquote
from alpclusters.platform.evidence.models import Activity, Coding, Quotation
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.documents.reader import quotation_from


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
