"""The shape of a case, part by part: the format ``alpclusters-case/1``."""

from typing import Final

from alpclusters.analysis.funding.case_files.format_offers import OFFER
from alpclusters.analysis.funding.case_files.format_pieces import (
    AMOUNT,
    ARTICLE,
    COST,
    COUNT,
    FACTS,
    ID,
    MAX_LINES,
    MAX_OFFERS,
    NAME,
    NUTS,
    PERIOD,
    STATE,
    TITLE,
    VINTAGE,
    WORD,
    WORDS,
    optional,
    refs,
)
from alpclusters.analysis.funding.case_files.shapes import (
    END,
    Day,
    Flag,
    Fraction,
    ListOf,
    Members,
    OneOf,
    Text,
    TupleOf,
    Whole,
    may,
    need,
)

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
