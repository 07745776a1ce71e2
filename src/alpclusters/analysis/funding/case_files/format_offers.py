"""The shape of an offer."""

from typing import Final

from alpclusters.analysis.funding.case_files.format_expressions import EXPRESSION
from alpclusters.analysis.funding.case_files.format_pieces import (
    AMOUNT,
    ARTICLE,
    CATEGORY,
    COUNT,
    ID,
    NAME,
    PERIOD,
    RATE,
    STATE,
    TITLE,
    WORDS,
    optional,
)
from alpclusters.analysis.funding.case_files.shapes import (
    Day,
    ListOf,
    MapOf,
    Members,
    OneOf,
    Text,
    Whole,
    may,
    need,
)

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
