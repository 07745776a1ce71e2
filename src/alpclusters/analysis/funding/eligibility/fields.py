"""What a condition may ask, each with its question, and the facts of a case that answer it."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from alpclusters.analysis.funding.case import (
    Case,
    Kind,
    Level,
    Offer,
    Origin,
    Partner,
    Size,
    Undertaking,
)

# --- What a condition may ask: each field with its type, unit, values and question ----------------


type FieldType = Literal["text", "enum", "count", "money", "date", "bool", "code", "texts", "items"]

ORDERED: Final = frozenset({"count", "money", "date"})
LISTS: Final = frozenset({"texts"})
LABELS: Final = ("gold", "silver", "bronze", "none")
# A yes or no that one offer asks and no other: "partner.condition_listed_in_cluster_database".
_OWN_QUESTION: Final = re.compile(r"(partner|it|project|offer)\.condition_[a-z0-9_]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a condition may ask.

    Attributes
    ----------
    path : str
        Where it stands: ``partner.size``, ``project.start``, ``offer.closes``; inside ``where`` of
        a count the partner counted is ``it``.
    type : str
        ``count`` and ``money`` are whole numbers from 0 (money in cents), ``date`` is an ISO day,
        ``code`` a code of NUTS with its vintage beside it, ``texts`` a list of words, ``items`` a
        list of records that ``count`` goes through.
    unit : str
        ``ct``, ``years``, ``months`` or empty.
    values : tuple of str
        All values of an ``enum``; suggestions for the others are none.
    question : str
        Key of the question to the partnership, in five languages elsewhere.
    root, name : str
        Whose field it is (partner, it, project, offer), and its name without its owner.
    """

    path: str
    type: FieldType
    unit: str = ""
    values: tuple[str, ...] = ()
    question: str = ""

    root: str = field(init=False)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        """Take the path apart once: conditions are asked thousands of times."""
        root, _, name = self.path.partition(".")
        object.__setattr__(self, "root", root)
        object.__setattr__(self, "name", name)


def _field(path: str, kind: FieldType, unit: str = "", values: tuple[str, ...] = ()) -> Field:
    return Field(path, kind, unit, values, question=path)


_PARTNER: Final = (
    _field("partner.kind", "enum", values=get_args(Kind.__value__)),
    _field("partner.size", "enum", values=get_args(Size.__value__)),
    _field("partner.nuts", "code"),
    _field("partner.sites[*].nuts", "code"),
    _field("partner.sites", "items"),
    _field("partner.country", "text"),
    _field("partner.lead", "bool"),
    _field("partner.own_ct", "money", "ct"),
    _field("partner.credit_ct", "money", "ct"),
    _field("partner.vat_recoverable", "bool"),
    _field("partner.turnover_ct", "money", "ct"),
    _field("partner.balance_ct", "money", "ct"),
    _field("partner.employees", "count"),
    _field("partner.staff", "count"),
    _field("partner.founded", "count"),
    _field("partner.age", "count", "years"),
    _field("partner.legal_form", "text"),
    _field("partner.non_profit", "bool"),
    _field("partner.independent", "bool"),
    _field("partner.in_difficulty", "bool"),
    _field("partner.recovery_order", "bool"),
    _field("partner.label", "enum", values=LABELS),
    _field("partner.recognised", "bool"),
    _field("partner.members", "count"),
    _field("partner.sme_members", "count"),
    _field("partner.large_members", "count"),
    _field("partner.research_members", "count"),
    _field("partner.public_members", "count"),
    _field("partner.members_abroad", "count"),
    _field("partner.international_strategy", "bool"),
    _field("partner.themes", "texts"),
    _field("partner.sectors", "texts"),
    _field("partner.technologies", "texts"),
    _field("partner.languages", "texts"),
)
_PROJECT: Final = (
    _field("project.start", "date"),
    _field("project.end", "date"),
    _field("project.months", "count", "months"),
    _field("project.total_cost_ct", "money", "ct"),
    _field("project.themes", "texts"),
    _field("project.categories", "texts"),
    _field("project.levels", "texts"),
    _field("project.trl", "count"),
    _field("project.seal", "bool"),
    _field("project.previous_phase", "bool"),
    _field("project.transnational", "bool"),
    _field("project.outside_area", "bool"),
)
_OFFER: Final = (
    _field("offer.programme", "text"),
    _field("offer.level", "enum", values=get_args(Level.__value__)),
    _field("offer.origin", "enum", values=get_args(Origin.__value__)),
    _field("offer.grants_from", "text"),
    _field("offer.opens", "date"),
    _field("offer.closes", "date"),
    _field("offer.applied_on", "date"),
    _field("offer.decided_on", "date"),
    _field("offer.grant_date", "date"),
    _field("offer.cap_ct", "money", "ct"),
    _field("offer.conditions_coded", "bool"),
)

FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {one.path: one for one in (*_PARTNER, *_PROJECT, *_OFFER, _field("partners", "items"))}
)


def field_of(path: str) -> Field | None:
    """Find what a path asks; None where the catalogue does not have it.

    Parameters
    ----------
    path : str
        A path of the catalogue, ``it.NAME`` for what ``partner.NAME`` asks of the judged one, or a
        question of one's own, ``partner.condition_SLUG``: a yes or a no.

    Returns
    -------
    Field or None
        The field, under the path that was asked.

    Examples
    --------
    >>> field_of("it.turnover_ct").type
    'money'
    >>> field_of("partner.condition_listed").type
    'bool'
    >>> field_of("partner.shoe_size")
    """
    if found := FIELDS.get(path):
        return found
    if _OWN_QUESTION.fullmatch(path):
        return _field(path, "bool")
    root, _, name = path.partition(".")
    asked = FIELDS.get(f"partner.{name}") if root == "it" else None
    return Field(path, asked.type, asked.unit, asked.values, asked.question) if asked else None


# --- The facts of a case as conditions ask them: its partners, its project, its offers ------------


type Facts = Mapping[str, object]

_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Facts of all partners and of the project; an offer's are added to them."""

    partners: Mapping[str, Facts]
    project: Facts

    def of(self, partner_id: str, offer: Facts) -> dict[str, object]:
        """Return what one partner's judgement of one offer may ask."""
        return {
            "partner": self.partners[partner_id],
            "project": self.project,
            "offer": offer,
            "partners": tuple(self.partners.values()),
        }


def case_facts(case: Case) -> CaseFacts:
    """Return the facts of a case; own facts of a partner come first, then what the format has."""
    undertakings = {one.id: one for one in case.undertakings}
    partners = {one.id: _partner(one, undertakings.get(one.undertaking)) for one in case.partners}
    return CaseFacts(partners, _project(case))


def offer_facts(offer: Offer) -> Facts:
    """Return what a condition may ask of its offer."""
    return {
        "programme": offer.programme,
        "level": offer.level,
        "origin": offer.origin,
        "grants_from": offer.grants_from,
        "place": offer.place,
        "cap_ct": offer.cap_ct,
        **{
            name: _iso(getattr(offer, name))
            for name in ("opens", "closes", "applied_on", "decided_on", "grant_date")
        },
    }


def _partner(partner: Partner, undertaking: Undertaking | None) -> Facts:
    return {
        **{name: value for name, value in partner.facts.items() if value is not None},
        "id": partner.id,
        "kind": partner.kind,
        "size": undertaking.size if undertaking else None,
        "nuts": partner.nuts,
        "vintage": partner.vintage,
        "sites": tuple({"nuts": code, "vintage": vintage} for code, vintage in partner.sites),
        "country": partner.country,
        "lead": partner.lead,
        "own_ct": partner.own_ct,
        "credit_ct": partner.credit_ct,
        "vat_recoverable": partner.vat_recoverable,
    }


def _project(case: Case) -> Facts:
    start, last = case.periods.start, case.periods.last_day(case.periods.count - 1)
    told = {
        "start": _iso(start),
        "end": _iso(last),
        "months": (last.year - start.year) * _MONTHS + last.month - start.month + 1,
        "total_cost_ct": sum(line.cost_ct for line in case.lines),
        "themes": tuple(sorted({theme for one in case.work_packages for theme in one.themes})),
        "categories": tuple(sorted({line.category for line in case.lines})),
    }
    return {**told, **{name: value for name, value in case.project.items() if value is not None}}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# --- Offers with a condition that nobody entered: the source says more than the catalogue ---------


NOT_ENTERED: Final[Mapping[str, Any]] = {"eq": ["offer.conditions_coded", True]}


def lacks_conditions(expression: object) -> bool:
    """Say whether a condition has a part that nobody entered.

    Parameters
    ----------
    expression : object
        A condition as a document has it: nested mappings and lists, never cyclic.

    Returns
    -------
    bool
        True where ``NOT_ENTERED`` stands anywhere in it.
    """
    return any(part == NOT_ENTERED for part in _parts(expression))


def _parts(expression: object) -> Iterator[object]:
    yield expression
    if isinstance(expression, Mapping):
        for operand in expression.values():
            yield from _parts(operand)
    elif isinstance(expression, list | tuple):
        for part in expression:
            yield from _parts(part)
