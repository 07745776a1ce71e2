"""Faults of a record put where they belong in the form."""

from collections.abc import Sequence
from typing import Any

from alpclusters.platform.funding.domain.entries import EntryFault
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import error_in
from alpclusters.www.workspace.funding_entries.figures import FigureForm
from alpclusters.www.workspace.funding_entries.forms import SUCCESS_FIELDS, EntryForm, OfferForm
from alpclusters.www.workspace.funding_entries.words import entry_fault_words


def add_faults(
    form: EntryForm, figures: Sequence[FigureForm], faults: Sequence[EntryFault]
) -> None:
    """Tell each fault at its field; what has none is told above the form."""
    for fault in faults:
        place, words = fault.pointer.split("/")[1:], entry_fault_words(fault)
        figure = _figure(place, figures)
        if figure is not None:
            figure.add_error(place[2] if len(place) > 2 else None, words)  # noqa: PLR2004 - 3 parts
            continue
        name, code = _field(place, form)
        told = f"{fault.pointer}: {words}" if name in {None, "terms"} and place else words
        form.add_error(name, error_in(code, told) if code else told)


def _figure(place: Sequence[str], figures: Sequence[FigureForm]) -> FigureForm | None:
    if len(place) > 1 and place[0] == "parameters" and place[1].isdecimal():
        number = int(place[1])
        return figures[number] if number < len(figures) else None
    return None


def _field(place: Sequence[str], form: EntryForm) -> tuple[str | None, str]:
    """Return the field that a fault is about, and the language of a text."""
    if not place:
        return None, ""
    name = place[0]
    if name == "terms" and len(place) > 1:
        return _term(place[1:], form), ""
    text, _dash, code = name.rpartition("_")
    if text in form.texts and code in LANGUAGE_CODES:
        return text, code
    return (name if name in form.fields else None), ""


def _term(place: Sequence[str], form: Any) -> str:
    name, *rest = place
    if name == "success" and "success" not in (form.cleaned_data.get("terms") or {}):
        return SUCCESS_FIELDS.get(rest[0] if rest else "", "success_granted")
    if name == "rates" and form.cleaned_data.get("rate") is not None:
        return "rate"
    return name if name in OfferForm.SIMPLE else "terms"
