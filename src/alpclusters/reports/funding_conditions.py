"""A condition of eligibility in plain words: what is asked, without saying of whom."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import Field, field_of
from alpclusters.platform.actors.domain.named_lists import ecosystem_label, technology_label
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.territory.domain.finding import country_name
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding_fields import field_label, value_labels
from alpclusters.reports.funding_places import place_name, territory_words
from alpclusters.reports.numbers import format_integer, format_money

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
