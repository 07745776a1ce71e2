"""The shape of a case, part by part: the format ``alpclusters-case/1``."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.case_files.shapes import (
    END,
    Choice,
    Day,
    Flag,
    Fraction,
    ListOf,
    MapOf,
    Member,
    Members,
    Named,
    Null,
    OneMember,
    OneOf,
    Shape,
    Text,
    TupleOf,
    Whole,
    may,
    need,
)

# --- Shapes that several parts of a case share ----------------------------------------------------


VINTAGES: Final = (2006, 2010, 2013, 2016, 2021, 2024)
MAX_CT: Final = 10**13  # a hundred thousand million euros: all that exceeds it is a slip
MAX_WHOLE: Final = 10**15
MAX_OFFERS: Final = 1_000
MAX_LINES: Final = 10_000

ID: Final = Text(100, 1, r"^[A-Za-z0-9][A-Za-z0-9._:/+-]*" + END, code="bad_id")
TITLE: Final = Text(200)
NAME: Final = Text(200, 1)
WORD: Final = Text(60, 1, r"^[A-Za-z0-9][A-Za-z0-9 ._:/+'*-]*" + END, code="bad_id")
NUTS: Final = Text(5, 2, r"^[A-Z]{2}[A-Z0-9]{0,3}" + END, code="bad_nuts")
STATE: Final = Text(2, 2, r"^[A-Z]{2}" + END, code="bad_state")
# Identifiers of articles end in an apostrophe where a later text replaced the first one.
ARTICLE: Final = Text(40, 1, r"^[A-Za-z0-9][A-Za-z0-9.'-]*" + END, code="bad_id")
CATEGORY: Final = Text(60, 1, r"^([*]|[A-Za-z0-9][A-Za-z0-9 ._-]*)" + END, code="bad_id")
VINTAGE: Final = OneOf(VINTAGES)
AMOUNT: Final = Whole(0, MAX_CT, below="negative_amount", above="too_large")
COST: Final = Whole(0, MAX_CT, below="negative_cost", above="too_large")
RATE: Final = Whole(0, 10_000, below="negative_rate", above="rate_over_100")
PERIOD: Final = Whole(0, 39, above="period_outside", below="period_outside")
COUNT: Final = Whole(0, 1_000)
WORDS: Final = ListOf(WORD, 100)


def refs(longest: int, shortest: int = 0) -> ListOf:
    """Return a list of identifiers."""
    return ListOf(ID, longest, shortest)


_FORMAT_PIECES_VALUE: Final = Choice(
    (Text(), Whole(-MAX_WHOLE, MAX_WHOLE), Flag()),
    lambda data: 2 if isinstance(data, bool) else 1 if isinstance(data, int | float) else 0,
)
_KNOWN: Final[Shape] = Choice(
    (_FORMAT_PIECES_VALUE, ListOf(_FORMAT_PIECES_VALUE, 200)),
    lambda data: 1 if isinstance(data, list) else 0,
)
# A fact may be null: asked and still open.
FACT_KEY: Final = Text(60, 1, r"^[a-z][a-z0-9_]*" + END, code="bad_key")
FACTS: Final = MapOf(Choice((_KNOWN, Null()), lambda data: int(data is None)), FACT_KEY)
SCALAR: Final = _FORMAT_PIECES_VALUE


def optional(*names: str, shape: Shape) -> dict[str, Member]:
    """Return members of one shape that may be missing."""
    return {name: may(shape) for name in names}


# --- The shape of eligibility expressions; their meaning is the matter of ``eligibility`` ---------


LONGEST: Final = 500
EXPRESSION: Final = Named("expression")
PATH: Final = Text(120, 1, r"^[a-z][a-z0-9_]*(\[\*\])?(\.[a-z][a-z0-9_]*(\[\*\])?)*" + END)

_ALL: Final = ListOf(EXPRESSION, LONGEST)
_FIELD: Final = Members({"field": need(PATH)})
_FORMAT_EXPRESSIONS_VALUE: Final = Choice(
    (SCALAR, _FIELD), lambda data: int(isinstance(data, dict))
)
_COMPARED: Final = TupleOf((PATH, _FORMAT_EXPRESSIONS_VALUE))
_LISTED: Final = TupleOf((PATH, ListOf(SCALAR, LONGEST)))
_REGIONS: Final = Members(
    {
        "nuts": need(ListOf(NUTS, LONGEST)),
        "except": may(ListOf(NUTS, LONGEST)),
        "vintage": need(VINTAGE),
    }
)
_AREA: Final = Members({"area": need(ID)})
_TERRITORY: Final = Choice(
    (_REGIONS, _AREA), lambda data: int(isinstance(data, dict) and "area" in data)
)
_ATLEAST: Final = Members({"n": need(Whole(0, LONGEST)), "of": need(_ALL)})
_COUNT: Final = Members(
    {
        "of": need(PATH),
        "where": need(EXPRESSION),
        "ge": need(Whole(0, LONGEST)),
        "distinct": may(PATH),
    }
)
SHAPES: Final[Mapping[str, Shape]] = {
    "expression": OneMember(
        {
            **dict.fromkeys(("all", "any"), _ALL),
            "not": EXPRESSION,
            "const": Flag(),
            "known": PATH,
            "atleast": _ATLEAST,
            **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), _COMPARED),
            **dict.fromkeys(("in", "hasany", "hasall"), _LISTED),
            "within": TupleOf((PATH, _TERRITORY)),
            "count": _COUNT,
        }
    )
}


# --- The shape of an offer ------------------------------------------------------------------------


_FACT: Final = Members(
    {
        "name": need(NAME),
        "source": need(Text(500)),
        "checked_on": may(Day()),
        "status": may(OneOf(("verified", "unverified", "demonstration"))),
    }
)
_RATE: Final = Members({"bp": need(RATE), "when": may(EXPRESSION)})
MOST_APPLICATIONS: Final = 1_000_000
_SUCCESS: Final = Members(
    {
        "granted": may(Whole(0, MOST_APPLICATIONS)),
        "applied": may(Whole(1, MOST_APPLICATIONS)),
        "share_bp": may(RATE),
        "source": need(Text(500, 1)),
        "checked_on": may(Day()),
    }
)
OFFER: Final = Members(
    {
        "id": need(ID),
        "programme": need(NAME),
        "title": may(TITLE),
        "level": need(
            OneOf(("european", "macro_regional", "cross_border", "national", "regional"))
        ),
        "origin": need(
            OneOf(("union_central", "union_shared", "national", "regional", "ch", "private"))
        ),
        "grants_from": need(STATE),
        "window": need(Members({"from": need(PERIOD), "to": need(PERIOD)})),
        "rates": need(ListOf(_RATE, 50, 1)),
        "eligibility": need(EXPRESSION),
        "categories": may(WORDS),
        "themes": may(WORDS),
        # The second name is that of the method's paper; it is read, never written.
        **optional("articles", "article", shape=MapOf(ARTICLE, CATEGORY)),
        **optional("opens", "closes", "applied_on", "decided_on", "grant_date", shape=Day()),
        **optional("cap_ct", "floor_ct", "partner_cap_ct", "partner_floor_ct", shape=AMOUNT),
        "partner_floors_ct": may(MapOf(AMOUNT, ID)),
        **optional("effort_ct", "partner_effort_ct", shape=AMOUNT),
        **optional("min_countries", "min_member_states", shape=COUNT),
        **optional("min_partners", "max_partners", shape=COUNT),
        **optional("max_share_bp", "outside_bp", "success_bp", shape=RATE),
        **optional("private_match_bp", "prepay_bp", shape=RATE),
        "award": may(OneOf(("competitive", "by_right"))),
        "success": may(_SUCCESS),
        "lag_periods": may(Whole(0, 40)),
        "seal_of": may(ID),
        "place": may(OneOf(("seat", "site"))),
        "languages": may(WORDS),
        "facts": may(ListOf(_FACT, 100)),
    }
)


# --- The shape of a case, part by part: the format ``alpclusters-case/1`` -------------------------


SCHEMA: Final = "alpclusters-case/1"

_PAST_AID: Final = Members(
    {
        "state": need(STATE),
        "granted_on": need(Day()),
        "amount_ct": need(AMOUNT),
        "declared": may(OneOf(("register", "self", "planned"))),
    }
)
_EARLIER_AID: Final = Members(
    {"article": need(ARTICLE), "granted_on": need(Day()), "amount_ct": need(AMOUNT)}
)
UNDERTAKING: Final = Members(
    {
        "id": need(ID),
        "size": need(OneOf(("small", "medium", "large", "none"))),
        "de_minimis": may(ListOf(_PAST_AID, 200)),
        "earlier_aid": may(ListOf(_EARLIER_AID, 200)),
        "controlled_by": may(ID),
        "fiscal_year_start": may(Whole(1, 12)),
    }
)
_SITE: Final = Members({"nuts": need(NUTS), "vintage": need(VINTAGE)})
PARTNER: Final = Members(
    {
        "id": need(ID),
        "name": need(NAME),
        "undertaking": need(ID),
        "kind": need(OneOf(("public", "research", "cluster", "sme", "large", "other"))),
        "nuts": need(NUTS),
        "vintage": need(VINTAGE),
        "country": need(STATE),
        **optional("lead", "vat_recoverable", shape=Flag()),
        **optional("own_ct", "credit_ct", shape=AMOUNT),
        "sites": may(ListOf(_SITE, 50)),
        "facts": may(FACTS),
    }
)
WORK_PACKAGE: Final = Members(
    {
        "id": need(ID),
        "title": need(TITLE),
        # The second name is that of the method's paper; it is read, never written.
        **optional("themes", "theme", shape=WORDS),
        **optional("start", "end", shape=PERIOD),
    }
)
_BONUSES: Final = (
    *("collaboration", "dissemination", "licences", "a_area", "c_area", "joint_call"),
    *("disadvantaged", "cross_border", "sme_capacity"),
)
_CONVERSION: Final = Members(
    {
        "currency": need(OneOf(("CHF",))),
        "amount_ct": need(COST),
        "rate": need(Text(20, 1, r"^[0-9]{1,6}([.][0-9]{1,8})?" + END, code="bad_decimal")),
        "rate_on": need(Day()),
    }
)
LINE: Final = Members(
    {
        "id": need(ID),
        "partner": need(ID),
        "wp": need(ID),
        "category": need(WORD),
        "period": need(PERIOD),
        "cost_ct": need(COST),
        **optional("economic", "outside", shape=Flag()),
        "article": may(ARTICLE),
        "place": may(NUTS),
        "converted": may(_CONVERSION),
        "bonuses": may(ListOf(OneOf(_BONUSES), len(_BONUSES))),
    }
)
_LINK_TYPES: Final = ("exclusive", "exclusive_per_partner", "requires", "alternative", "paired")
LINK: Final = Members(
    {
        "type": need(OneOf(_LINK_TYPES)),
        "offers": need(refs(MAX_OFFERS, 2)),
        "ratio": may(TupleOf((Whole(1, 1_000_000), Whole(1, 1_000_000)))),
        "source": may(Text(500)),
    }
)
WISH: Final = Members(
    {
        "type": need(
            OneOf(("use", "avoid", "min_total", "min_partner", "max_offers", "fund_line"))
        ),
        **optional("offer", "partner", "line", shape=ID),
        "amount_ct": may(AMOUNT),
        "count": may(COUNT),
        "weight": may(AMOUNT),
    }
)
SCENARIO: Final = Members(
    {"id": need(ID), "rejected": need(refs(MAX_OFFERS, 1)), "title": may(TITLE)}
)
SOLVER: Final = Members(
    {
        "seed": may(Whole(0, 2**31 - 1)),
        "work_limit": may(Whole(1, 10**12)),
        "gap": may(Fraction(0, 1)),
        **optional("theme_filter", "assume_open", shape=Flag()),
    }
)
PERIODS: Final = Members(
    {
        "start": need(Day(first=True)),
        "length": need(OneOf(("quarter",))),
        "count": need(Whole(1, 40)),
    }
)
CASE: Final = Members(
    {
        "schema": need(OneOf((SCHEMA,))),
        "title": may(TITLE),
        "is_simulated": may(Flag()),
        "currency": need(OneOf(("EUR",))),
        "periods": need(PERIODS),
        "rulebook": may(ID),
        "project": may(FACTS),
        "undertakings": need(ListOf(UNDERTAKING, 1_000)),
        "partners": need(ListOf(PARTNER, 500)),
        "work_packages": need(ListOf(WORK_PACKAGE, 200)),
        "lines": need(ListOf(LINE, MAX_LINES)),
        "offers": need(ListOf(OFFER, MAX_OFFERS, code="too_many_offers")),
        "links": may(ListOf(LINK, 2_000)),
        "wishes": may(ListOf(WISH, 500)),
        "scenarios": may(ListOf(SCENARIO, 50)),
        "solver": may(SOLVER),
    }
)
