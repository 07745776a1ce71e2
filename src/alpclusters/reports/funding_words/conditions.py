"""Conditions of eligibility in plain words: places, fields, and what is asked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import Field, field_of
from alpclusters.platform import territory
from alpclusters.platform.actors.domain.named_lists import ecosystem_label, technology_label
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_money

# --- Territories of conditions as people read them: countries, regions, programme areas -----------


_SEEDS: Final = Path(territory.__path__[0]) / "seeds"
_SHOWN: Final = 4
_MORE: Final = _("%(places)s and %(n)s more")
_WITHOUT: Final = _("%(places)s without %(excepted)s")
_COUNTRY: Final = 2


def territory_words(operand: Mapping[str, object], language: str) -> str:
    """Name a territory operand: its area, or its codes with names and exceptions."""
    gettext = translator(language).gettext
    if "area" in operand:
        return area_name(str(operand["area"]), language)
    included = places_words(_codes(operand.get("nuts")), language)
    excepted = _codes(operand.get("except"))
    if not excepted:
        return included
    told = {"places": included, "excepted": places_words(excepted, language)}
    return gettext(_WITHOUT) % told


def places_words(codes: Sequence[str], language: str) -> str:
    """List places by name, the first few of many."""
    names = [place_name(code, language) for code in codes]
    if len(names) <= _SHOWN + 1:
        return ", ".join(names) or "–"
    told = {"places": ", ".join(names[:_SHOWN]), "n": len(names) - _SHOWN}
    return translator(language).gettext(_MORE) % told


def place_name(code: str, language: str) -> str:
    """Name a country, or a region with its code."""
    if len(code) == _COUNTRY:
        return country_name(code, language)
    name = _regions().get(code, {}).get(nearest_language(language))
    return f"{name} ({code})" if name else code


def area_name(key: str, language: str) -> str:
    """Name a programme area; an unknown one names itself."""
    return _areas().get(key, {}).get(nearest_language(language), key)


@cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    return _named("region_names.csv", "code")


@cache
def _areas() -> Mapping[str, Mapping[str, str]]:
    return _named("programme_areas.csv", "key")


def _named(file: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: filled(row, "name") for row in read_rows(_SEEDS / file)}


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list | tuple) else []


# --- What conditions of eligibility ask, as people read it: names, questions and values of fields


# Name of the field; for what is answered by yes or no also the question.
LABELS: Final[Mapping[str, str]] = {
    "kind": _("Kind of body"),
    "size": _("Size of the undertaking"),
    "nuts": _("Seat"),
    "sites[*].nuts": _("Further sites"),
    "sites": _("Further sites"),
    "country": _("Country"),
    "lead": _("Lead partner"),
    "own_ct": _("Own means"),
    "credit_ct": _("Credit line"),
    "vat_recoverable": _("Recovery of value added tax"),
    "turnover_ct": _("Annual turnover"),
    "balance_ct": _("Balance sheet total"),
    "employees": _("Employees of the undertaking"),
    "staff": _("Staff of the office (full-time equivalents)"),
    "founded": _("Year of foundation"),
    "age": _("Age in years"),
    "legal_form": _("Legal form"),
    "non_profit": _("Non-profit body"),
    "independent": _("Independent undertaking"),
    "in_difficulty": _("Undertaking in difficulty"),
    "recovery_order": _("Aid to be paid back"),
    "label": _("Label of cluster excellence"),
    "recognised": _("Recognition by a cluster programme"),
    "members": _("Members"),
    "sme_members": _("Small and medium-sized firms among the members"),
    "large_members": _("Large firms among the members"),
    "research_members": _("Research bodies among the members"),
    "public_members": _("Public bodies among the members"),
    "members_abroad": _("Members abroad"),
    "international_strategy": _("Internationalisation strategy"),
    "themes": _("Themes"),
    "sectors": _("Sectors (NACE)"),
    "technologies": _("Technologies"),
    "languages": _("Working languages"),
    "partners": _("Partnership"),
    "project.start": _("Start of the project"),
    "project.end": _("End of the project"),
    "project.months": _("Duration in months"),
    "project.total_cost_ct": _("Total costs of the project"),
    "project.themes": _("Themes of the project"),
    "project.categories": _("Cost categories of the project"),
    "project.levels": _("Levels of the project"),
    "project.trl": _("Technology readiness level"),
    "project.seal": _("Seal of Excellence"),
    "project.previous_phase": _("Completed earlier phase"),
    "project.transnational": _("Partners from several countries"),
    "project.outside_area": _("Activities outside the programme area"),
    "offer.programme": _("Programme of the offer"),
    "offer.level": _("Level of the offer"),
    "offer.origin": _("Source of the money"),
    "offer.grants_from": _("Granting state"),
    "offer.opens": _("Opening of the call"),
    "offer.closes": _("Closing of the call"),
    "offer.applied_on": _("Day of the application"),
    "offer.decided_on": _("Day of the decision"),
    "offer.grant_date": _("Day of the grant"),
    "offer.cap_ct": _("Ceiling of the offer"),
    "offer.conditions_coded": _("Conditions of the offer"),
}
QUESTIONS: Final[Mapping[str, str]] = {
    "lead": _("Is it the lead partner?"),
    "vat_recoverable": _("Can it recover value added tax?"),
    "non_profit": _("Is it a non-profit body?"),
    "independent": _("Is it independent of other undertakings?"),
    "in_difficulty": _("Is it an undertaking in difficulty?"),
    "recovery_order": _("Does it still have to pay back aid after a decision of the Commission?"),
    "label": _("Which label of cluster excellence does it have?"),
    "recognised": _("Is it officially recognised by a cluster programme?"),
    "international_strategy": _("Does it have a written internationalisation strategy?"),
    "project.seal": _("Does the project have a Seal of Excellence?"),
    "project.previous_phase": _("Is the earlier phase of the project completed?"),
    "project.transnational": _("Does the project have partners from several countries?"),
    "project.outside_area": _("Are activities outside the programme area planned?"),
}
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "public": _("public body"),
        "research": _("research body"),
        "cluster": _("cluster organisation"),
        "sme": _("small or medium-sized firm"),
        "large": _("large firm"),
        "other": _("other body"),
    },
    "size": {
        "small": _("small"),
        "medium": _("medium-sized"),
        "large": _("large"),
        "none": _("no economic activity"),
    },
    "label": {
        "gold": _("gold"),
        "silver": _("silver"),
        "bronze": _("bronze"),
        "none": _("no label"),
    },
    "offer.level": {
        "european": _("European"),
        "macro_regional": _("macro-regional"),
        "cross_border": _("cross-border"),
        "national": _("national"),
        "regional": _("regional"),
    },
    "offer.origin": {
        "union_central": _("managed by the Commission"),
        "union_shared": _("Union money managed by the Member States"),
        "national": _("national money"),
        "regional": _("regional money"),
        "ch": _("Swiss money"),
        "private": _("private money"),
    },
}
_OF_PARTNER: Final = _("%(partner)s: %(field)s")
_OWN: Final = _("Question of this offer: %(name)s")
_OWN_QUESTION: Final = _("Does this hold: %(name)s?")
_WHAT: Final = _("What is this: %(field)s?")
_CONDITION: Final = "condition_"


def field_label(path: str, language: str, *, partners: Mapping[str, str] | None = None) -> str:
    """Name a field; ``partners`` gives the names of partners by their id."""
    gettext = translator(language).gettext
    owner, name = _taken_apart(path)
    if name.removeprefix("project.").removeprefix("offer.").startswith(_CONDITION):
        label = gettext(_OWN) % {"name": _slug(name)}
    else:
        label = gettext(LABELS.get(name, name))
    if owner is None:
        return label
    told = {"partner": (partners or {}).get(owner, owner), "field": label}
    return gettext(_OF_PARTNER) % told


def field_question(path: str, language: str) -> str:
    """Ask for a field: a yes or no as a question of its own, the rest by its name."""
    gettext = translator(language).gettext
    _owner, name = _taken_apart(path)
    if name in QUESTIONS:
        return gettext(QUESTIONS[name])
    if _CONDITION in name:
        return gettext(_OWN_QUESTION) % {"name": _slug(name)}
    return gettext(_WHAT) % {"field": gettext(LABELS.get(name, name))}


def value_labels(path: str, language: str) -> dict[str, str]:
    """Return the values of an enumeration with their words, in the order of the catalogue."""
    gettext = translator(language).gettext
    words = VALUES.get(_taken_apart(path)[1], {})
    asked = field_of(_plain(path))
    values = asked.values if asked else ()
    return {value: gettext(words.get(value, value)) for value in values}


def _taken_apart(path: str) -> tuple[str | None, str]:
    """Return whose field it is, None for the judged one, and its name; project and offer stay."""
    if path.startswith("partners["):
        owner, _, name = path.removeprefix("partners[").rpartition("].")
        return owner, name
    root, _, name = path.partition(".")
    if root == "partner" and name.startswith("sites[") and name.endswith("].nuts"):
        return None, "sites[*].nuts"
    return None, name if root in {"partner", "it"} else path


def _plain(path: str) -> str:
    owner, name = _taken_apart(path)
    return path if owner is None else f"partner.{name}"


def _slug(name: str) -> str:
    return name.partition(_CONDITION)[2].replace("_", " ")


# --- A condition of eligibility in plain words: what is asked, without saying of whom -------------


_OPPOSITE: Final = {
    "eq": "ne",
    "ne": "eq",
    "lt": "ge",
    "ge": "lt",
    "le": "gt",
    "gt": "le",
    "in": "not_in",
    "hasany": "not_hasany",
    "hasall": "not_hasall",
    "within": "not_within",
    "known": "not_known",
}
_WANTED: Final[Mapping[str, str]] = {
    "ne": _("not %(value)s"),
    "lt": _("less than %(value)s"),
    "le": _("at most %(value)s"),
    "gt": _("more than %(value)s"),
    "ge": _("at least %(value)s"),
    "not_in": _("none of: %(value)s"),
    "hasany": _("at least one of: %(value)s"),
    "not_hasany": _("none of: %(value)s"),
    "hasall": _("all of: %(value)s"),
    "not_hasall": _("not all of: %(value)s"),
    "within": _("a place in %(value)s"),
    "not_within": _("a place outside %(value)s"),
    "known": _("an answer"),
    "not_known": _("no answer"),
}
_DAYS: Final[Mapping[str, str]] = {
    "lt": _("before %(value)s"),
    "le": _("on %(value)s at the latest"),
    "gt": _("after %(value)s"),
    "ge": _("on %(value)s at the earliest"),
}
_YES: Final = _("yes")
_NO: Final = _("no")
_ASKED: Final = _("%(field)s: %(wanted)s")
_ANY: Final = _("one of these: %(conditions)s")
_ALL: Final = _("all of these: %(conditions)s")
_NONE: Final = _("not: %(conditions)s")
_ATLEAST: Final = _("at least %(n)s of these: %(conditions)s")
_COUNT: Final = _("at least %(n)s of the partners with this: %(conditions)s")
_FEWER: Final = _("fewer than %(n)s of the partners with this: %(conditions)s")
_COUNT_ANY: Final = _("a partnership of at least %(n)s")
# Translators: the last two of a list of possible values: "Austria, Italy or Slovenia".
_OR: Final = _("%(values)s or %(last)s")
_ALWAYS: Final = _("nothing else")
_NEVER: Final = _("cannot be met")
# The whole condition of an offer whose conditions nobody has entered.
NOT_CODED: Final = _(
    "The conditions of this offer are not entered in detail yet; read the source before you apply."
)


def expression_words(expression: Mapping[str, Any], language: str, *, negated: bool = False) -> str:
    """Say what a condition asks, with all conditions in it.

    Parameters
    ----------
    expression : mapping
        A condition without faults.
    language : str
        One of the five codes.
    negated : bool
        Whether its opposite is wanted.
    """
    ((op, operand),) = expression.items()
    gettext = translator(language).gettext
    if op == "not":
        return expression_words(operand, language, negated=not negated)
    if op == "const":
        return gettext(_ALWAYS if bool(operand) is not negated else _NEVER)
    if op in {"all", "any", "atleast"}:
        return _joined(op, operand, language, negated=negated)
    if op == "count":
        return count_words(operand, language, negated=negated)
    path = operand if op == "known" else operand[0]
    if path == "offer.conditions_coded":
        return gettext(NOT_CODED)
    told = {
        "field": field_label(path, language),
        "wanted": wanted_words(op, path, None if op == "known" else operand[1], language, negated),
    }
    return gettext(_ASKED) % told


def wanted_words(op: str, path: str, operand: Any, language: str, negated: bool = False) -> str:  # noqa: FBT001, FBT002 - whether a condition stands under "not"
    """Say what is wanted of one field: "less than 5", "one of: small, medium-sized"."""
    gettext = translator(language).gettext
    name = _OPPOSITE[op] if negated else op
    asked = field_of(path)
    if name in {"eq", "ne"} and isinstance(operand, bool):
        return gettext(_YES if operand is (name == "eq") else _NO)
    value = operand_words(operand, asked, language)
    if name == "eq":
        return value
    if name == "in":
        return _either([value_words(one, asked, language) for one in operand], language)
    is_day = asked is not None and asked.type == "date"
    pattern = _DAYS[name] if is_day and name in _DAYS else _WANTED[name]
    return gettext(pattern) % {"value": value}


def count_words(operand: Mapping[str, Any], language: str, *, negated: bool = False) -> str:
    """Say what a count asks of the partnership."""
    gettext = translator(language).gettext
    where = operand["where"]
    if where == {"const": True} and not negated and "distinct" not in operand:
        return gettext(_COUNT_ANY) % {"n": operand["ge"]}
    told = {"n": operand["ge"], "conditions": expression_words(where, language)}
    if "distinct" in operand and not negated:
        return _distinct(operand["ge"], language) % {
            **told,
            "field": field_label(operand["distinct"], language),
        }
    return gettext(_FEWER if negated else _COUNT) % told


def _distinct(n: int, language: str) -> str:
    return translator(language).ngettext(
        "at least %(n)s value (%(field)s) among the partners with this: %(conditions)s",
        "at least %(n)s different values (%(field)s) among the partners with this: %(conditions)s",
        n,
    )


def operand_words(operand: Any, asked: Field | None, language: str) -> str:
    """Write what a field is compared with."""
    if isinstance(operand, Mapping):
        if "field" in operand:
            return field_label(str(operand["field"]), language)
        return territory_words(operand, language)
    if isinstance(operand, list | tuple):
        return ", ".join(value_words(one, asked, language) for one in operand)
    return value_words(operand, asked, language)


def value_words(value: Any, asked: Field | None, language: str) -> str:
    """Write one value of a field."""
    gettext = translator(language).gettext
    if isinstance(value, bool):
        return gettext(_YES if value else _NO)
    if isinstance(value, int):
        return _number(value, asked, language)
    if isinstance(value, list | tuple):
        return ", ".join(value_words(one, asked, language) for one in value) or "–"
    return _word(str(value), asked, language) if value is not None else "–"


def _number(value: int, asked: Field | None, language: str) -> str:
    if asked is not None and asked.type == "money":
        return format_money(value, "EUR", language)
    if asked is not None and asked.name == "founded":
        return str(value)
    return format_integer(value, language)


def _word(value: str, asked: Field | None, language: str) -> str:
    if asked is None:
        return value
    if asked.type == "date":
        return format_date(dt.date.fromisoformat(value), language)
    if asked.type == "code":
        return place_name(value, language)
    if asked.name in {"country", "grants_from"}:
        return country_name(value, language)
    if asked.name in {"themes", "technologies"}:
        return theme_words(value, language)
    return value_labels(asked.path, language).get(value, value)


def theme_words(key: str, language: str) -> str:
    """Name a theme: an industrial ecosystem, a technology, or a word of somebody's own."""
    named = ecosystem_label(key, language)
    return named if named != key else technology_label(key, language)


def _joined(op: str, operand: Any, language: str, *, negated: bool) -> str:
    """Join conditions; under "not" each turns and all becomes any (De Morgan)."""
    gettext = translator(language).gettext
    parts = operand["of"] if op == "atleast" else operand
    if op == "atleast" and negated:
        told = {"conditions": expression_words({op: operand}, language)}
        return gettext(_NONE) % told
    is_all = (op == "all") is not negated
    words = [expression_words(part, language, negated=negated) for part in parts]
    if op != "atleast" and len(words) < 2:  # noqa: PLR2004 - one needs no list
        return words[0] if words else gettext(_ALWAYS if is_all else _NEVER)
    pattern = _ATLEAST if op == "atleast" else _ALL if is_all else _ANY
    n = operand["n"] if op == "atleast" else 0
    return gettext(pattern) % {"n": n, "conditions": _listed(words)}


def _either(words: Sequence[str], language: str) -> str:
    if len(words) < 2:  # noqa: PLR2004 - one or none needs no "or"
        return "".join(words) or "–"
    told = {"values": ", ".join(words[:-1]), "last": words[-1]}
    return translator(language).gettext(_OR) % told


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words)
