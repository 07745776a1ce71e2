"""What the fields of an entry are called, their values in words, before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.case_files import CaseFault
from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.entries import EntryFault
from alpclusters.platform.funding.domain.parameters import parameter_label
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme, Status
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.reports.error_texts.case_faults import fault_sentence
from alpclusters.reports.numbers import format_money
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.public.funding.asking import ORIGINS, category_name, theme_name
from alpclusters.www.public.funding.terms import AWARDS, rate_words, success_words

# --- What the fields of an entry are called, and their values in words ----------------------------


TERM_NAMES: Final[Mapping[str, Any]] = {
    "starts": gettext_lazy("Costs count from"),
    "ends": gettext_lazy("Costs count until"),
    "origin": gettext_lazy("Whose money"),
    "grants_from": gettext_lazy("De minimis account of the state"),
    "categories": gettext_lazy("Kinds of cost"),
    "themes": gettext_lazy("Themes"),
    "cap_ct": gettext_lazy("Highest grant"),
    "floor_ct": gettext_lazy("Lowest grant"),
    "award": gettext_lazy("Award"),
    "success": gettext_lazy("Applications that succeed"),
    "rates": gettext_lazy("Funding rates"),
    "eligibility": gettext_lazy("Who may apply"),
    "articles": gettext_lazy("Rules of State aid"),
    "article": gettext_lazy("Rules of State aid"),
}
SUCCESS_NAMES: Final[Mapping[str, Any]] = {
    "granted": gettext_lazy("Applications granted"),
    "applied": gettext_lazy("Applications handed in"),
    "share_bp": gettext_lazy("Share of applications granted"),
    "source": gettext_lazy("Source of the chance"),
    "checked_on": gettext_lazy("Chance read on"),
}
# A column is called alike in every kind of entry.
_COLUMNS: Final[Mapping[str, Any]] = {
    column.name: column for model in (Programme, Call, Offer) for column in fields_of(model)
}
_CHOICES: Final[Mapping[str, Mapping[str, Any]]] = {
    **{name: dict(column.choices) for name, column in _COLUMNS.items() if column.choices},
    "origin": ORIGINS,
    "award": AWARDS,
}
_SENTENCES: Final[Mapping[str, Any]] = {
    "nothing_changed": gettext_lazy("Nothing differs from the entry. Change what is wrong in it."),
    "not_a_number": gettext_lazy("This unit needs a number with a point: 12500.5"),
    "unknown_field": gettext_lazy("No entry has a field of this name. Leave it out."),
    "wrong_type": gettext_lazy("The value has the wrong form. Correct it."),
    "unsourced_chance": gettext_lazy(
        "A chance without source is not taken. Enter who publishes it and the day on which you "
        "read it, or leave all fields of the chance empty."
    ),
    "own_estimate": gettext_lazy(
        "An estimate of your own belongs into a case. Leave it out here, or enter what the "
        "programme publishes, with source and day."
    ),
}


def field_title(path: str) -> str:
    """Return what the place of a JSON Pointer is called; a deeper one keeps its path."""
    first, *rest = path[1:].split("/")
    if first == "terms" and rest:
        name = str(TERM_NAMES.get(rest[0], rest[0]))
        if rest[0] == "success" and rest[1:]:
            return str(SUCCESS_NAMES.get(rest[1], rest[1]))
        return " / ".join([name, *rest[1:]])
    code = _language_of(first)
    title = _title(first.removesuffix(f"_{code}") if code else first)
    title = f"{title}, {dict(LANGUAGES)[code]}" if code else title
    return " / ".join([title, *rest])


def field_language(path: str) -> str:
    """Return the language of a text of an entry; empty where it has none."""
    return _language_of(path[1:])


def value_words(path: str, value: Any) -> str:
    """Say what stands in a field; nothing is a dash."""
    last = path.rsplit("/", 1)[-1]
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _number_words(last, value)
    if isinstance(value, str):
        return str(_CHOICES.get(last, {}).get(value, value))
    return _list_words(path, last, value)


def _number_words(last: str, value: int) -> str:
    if last.endswith("_ct"):
        return format_money(value, "EUR", _language())
    return rate_words(value) if last == "share_bp" else str(value)


def _list_words(path: str, last: str, value: Any) -> str:
    if path == "/terms/success" and isinstance(value, dict):
        return success_words(value)
    if path == "/parameters":
        return "\n".join(_figure(row) for row in value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        names = {"themes": theme_name, "categories": category_name}.get(last, str)
        return ", ".join(names(one) for one in value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def entry_fault_words(fault: EntryFault) -> str:
    """Say what is wrong in the reader's language."""
    if fault.message:
        return fault.message
    if fault.code in _SENTENCES:
        return str(_SENTENCES[fault.code])
    return fault_sentence(CaseFault(fault.pointer, fault.code, fault.params), _language())


def _figure(row: Mapping[str, Any]) -> str:
    name = parameter_label(row["name"], get_language())
    unit = dict(Parameter.Unit.choices).get(row["unit"], row["unit"])
    status = dict(Status.choices).get(row["status"], row["status"])
    about = ", ".join(str(one) for one in (unit, row.get("period"), status) if one)
    source = f" – {row['source']}" if row.get("source") else ""
    return f"{name}: {row['value'] or '–'} ({about}){source}"


def _title(name: str) -> str:
    if name == "parameters":
        return _("Figures and terms")
    return str(_COLUMNS[name].verbose_name) if name in _COLUMNS else name


def _language_of(name: str) -> str:
    code = name.rsplit("_", 1)[-1]
    return code if "_" in name and code in dict(LANGUAGES) else ""


def _language() -> str:
    return nearest_language(get_language())


# --- One field before and after, word by word -----------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A field with both sides."""

    title: str
    before: Side
    after: Side


def difference(path: str, before: Any, after: Any) -> Difference:
    """Put the change of a field into words."""
    left, right = compare(value_words(path, before), value_words(path, after))
    code = field_language(path)
    return Difference(
        field_title(path), Side(_("Before"), left, code), Side(_("After"), right, code)
    )
