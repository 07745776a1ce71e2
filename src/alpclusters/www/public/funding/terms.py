"""What an offer gives, for what, to whom and when, in plain words; how sure that is."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.funding.domain.demonstration import demonstration_links
from alpclusters.platform.funding.domain.entries import check_of
from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call, Offer, Programme, Status
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.funding_words.conditions import expression_words
from alpclusters.reports.funding_words.rules import fact_words
from alpclusters.reports.numbers import format_integer, format_money, format_percent
from alpclusters.www.components.parts import KINDS, Fact
from alpclusters.www.public.funding.asking import (
    EVERYWHERE,
    ORIGINS,
    TIMING_LOOKS,
    TIMINGS,
    Timing,
    article_name,
    category_name,
    offer_url,
    place_name,
    theme_name,
)

# --- How sure an entry is, when somebody looked last, and whether that is too long ago ------------


# Who checked, without names: those stand for people who keep the catalogue.
_CHECKERS: Final[Mapping[str, Any]] = {
    "person": gettext_lazy("by those who keep the catalogue"),
    "import": gettext_lazy("taken from a file"),
    "delivered": gettext_lazy("delivered with AlpClusters"),
}


@dataclass(frozen=True)
class Badge:
    """A word with its look; ``kind`` is one of the fixed ones."""

    kind: str = ""
    text: object = ""
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True)
class StandingView:
    """What stands under an entry: where it is from and how fresh that is."""

    badge: Badge
    source: str
    source_url: str
    source_lang: str
    licence: str
    checked_on: dt.date | None
    checked_by: str
    is_simulated: bool
    is_stale: bool

    @property
    def is_unverified(self) -> bool:
        """Whether nobody confirmed it."""
        return self.badge.kind == "unverified"

    @property
    def badges(self) -> list[Badge]:
        """How sure it is, and whether that is old."""
        return [self.badge, stale_badge(self.checked_on)] if self.is_stale else [self.badge]


def standing_view(entry: Programme | Call | Offer, today: dt.date) -> StandingView:
    """Read where an entry is from; what the program itself wrote is said in the reader's words."""
    reader = nearest_language(get_language())
    source = fact_words(entry.source, reader)
    check = check_of(entry)
    return StandingView(
        badge=status_badge(entry.status),
        source=source,
        source_url=entry.source_url,
        source_lang=reader if source != entry.source else entry.source_language,
        licence=entry.licence,
        checked_on=entry.checked_on,
        checked_by=str(_CHECKERS[check.by]) if check else "",
        is_simulated=entry.is_simulated,
        is_stale=is_stale(entry, today),
    )


def status_badge(status: str) -> Badge:
    """Return the badge of a status; what is no known status is unverified."""
    if status == Status.DEMONSTRATION:
        return Badge("simulated")
    return Badge("verified" if status == Status.VERIFIED else "unverified")


def status_word(status: str) -> str:
    """Return the word of a status for a table."""
    return str(KINDS[status_badge(status).kind].text)


def stale_badge(checked_on: dt.date | None) -> Badge:
    """Return the badge of an entry that nobody checked lately, or nobody knows when."""
    text = _("not checked lately") if checked_on else _("day of check unknown")
    return Badge(text=text, tone="warn", icon="clock")


def timing_badge(timing: Timing) -> Badge:
    """Return the badge that says whether one can apply."""
    tone, icon = TIMING_LOOKS[timing]
    return Badge(text=TIMINGS[timing], tone=tone, icon=icon)


# --- How an offer is awarded, and how many applications succeed, in words -------------------------


AWARDS: Final[Mapping[str, Any]] = {
    "competitive": gettext_lazy("applications compete"),
    "by_right": gettext_lazy("by right: whoever meets the conditions gets it"),
}
_FULL_BP: Final = 10_000


def success_words(success: Mapping[str, Any]) -> str:
    """Say which share of applications succeeded, of how many, who says so and when it was read."""
    language = nearest_language(get_language())
    said = [_count_words(success, language), success["source"]]
    if day := success.get("checked_on"):
        words = _("read on %(day)s")
        said.append(words % {"day": format_date_short(dt.date.fromisoformat(day), language)})
    rest = "; ".join(one for one in said if one)
    return f"{format_percent(_share(success), language)} ({rest})"


def _share(success: Mapping[str, Any]) -> float:
    if "share_bp" in success:
        return float(success["share_bp"]) / _FULL_BP
    return float(success["granted"]) / float(success["applied"])


def _count_words(success: Mapping[str, Any], language: str) -> str:
    if "share_bp" in success:
        return _("number of applications not stated")
    return _("%(granted)s of %(applied)s") % {
        "granted": format_integer(success["granted"], language),
        "applied": format_integer(success["applied"], language),
    }


# --- Who may apply: a condition as a list of sentences, all of which must hold --------------------


@dataclass(frozen=True)
class ConditionView:
    """One thing that must hold; an open one is not in the catalogue in detail."""

    text: str
    is_open: bool = False


def condition_views(expression: Mapping[str, Any]) -> list[ConditionView]:
    """Put a condition into sentences of the reader's language; none where all may apply."""
    return [_view(part) for part in _parts(expression)]


def condition_words(expression: Mapping[str, Any]) -> str:
    """Put a condition into one sentence."""
    return _capital(expression_words(expression, nearest_language(get_language())))


def _view(part: Mapping[str, Any]) -> ConditionView:
    if part == NOT_ENTERED:
        text = _("Further conditions of the source are not entered here: read the source.")
        return ConditionView(text, is_open=True)
    return ConditionView(condition_words(part))


def _parts(expression: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Take apart what must hold together."""
    if "all" in expression:
        for part in expression["all"]:
            yield from _parts(part)
    elif expression != {"const": True}:
        yield expression


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- What an offer gives, for what and when, in plain words ---------------------------------------


FULL_BP: Final = 10_000


@dataclass(frozen=True)
class RateView:
    """A funding rate and for whom it holds; without a condition for all, or all others."""

    rate: str
    when: str


@dataclass(frozen=True)
class TermsView:
    """Everything an offer says about money, in the order of the questions people ask."""

    who: Sequence[ConditionView]
    rates: Sequence[RateView]
    amounts: Sequence[Fact]
    costs: Sequence[Fact]
    partnership: Sequence[Fact]
    days: Sequence[Fact]
    hints: Sequence[str]
    ties: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def terms_view(offer: Offer) -> TermsView:
    """Put the terms of an offer into words."""
    terms: Mapping[str, Any] = offer.terms
    return TermsView(
        who=condition_views(terms.get("eligibility", {"const": True})),
        rates=[_rate(rate) for rate in terms.get("rates", [])],
        amounts=_amounts(terms),
        costs=_costs(terms),
        partnership=_partnership(terms),
        days=_days(offer, terms),
        hints=_hints(terms),
        ties=_ties(offer),
    )


def rate_words(basis_points: int) -> str:
    """Write a rate; only as many decimals as it has."""
    decimals = 0 if basis_points % 100 == 0 else 2
    return format_percent(basis_points / FULL_BP, language(), decimals)


def euro_words(cents: int) -> str:
    """Write an amount; cents only where there are any."""
    return format_money(cents, "EUR", language(), 2 if cents % 100 else 0)


def day_words(day: dt.date) -> str:
    """Write a day as running text has it."""
    return format_date(day, language())


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def _rate(rate: Mapping[str, Any]) -> RateView:
    when = rate.get("when")
    return RateView(rate_words(rate["bp"]), condition_words(when) if when else "")


def _amounts(terms: Mapping[str, Any]) -> list[Fact]:
    labels = {
        "cap_ct": _("Largest grant of the offer"),
        "floor_ct": _("Smallest grant of the offer"),
        "partner_cap_ct": _("Largest grant of one partner"),
        "partner_floor_ct": _("Smallest eligible cost of one partner"),
    }
    facts = [Fact(label, euro_words(terms[k])) for k, label in labels.items() if terms.get(k)]
    shares = {
        "max_share_bp": _("Largest part of the grant for one partner"),
        "outside_bp": _("Largest part of the grant for costs outside the area"),
        "private_match_bp": _("Private money wanted, part of the cost"),
        "prepay_bp": _("Paid in advance, part of the grant"),
    }
    facts += [Fact(label, rate_words(terms[k])) for k, label in shares.items() if terms.get(k)]
    if lag := terms.get("lag_periods"):
        text = ngettext("%(n)s quarter after the cost", "%(n)s quarters after the cost", lag)
        facts.append(Fact(_("Paid"), text % {"n": lag}))
    return [*facts, *_award(terms)]


def _award(terms: Mapping[str, Any]) -> list[Fact]:
    """Say whether applications compete, and how many succeeded."""
    facts = []
    if award := terms.get("award"):
        facts.append(Fact(_("Award"), str(AWARDS.get(award, award))))
    if success := terms.get("success"):
        facts.append(Fact(_("Applications that succeed"), success_words(success)))
    return facts


def _costs(terms: Mapping[str, Any]) -> list[Fact]:
    origin = terms.get("origin", "")
    facts = [
        _list(_("Kinds of cost"), terms.get("categories"), category_name),
        _list(_("Themes"), terms.get("themes"), theme_name),
        Fact(_("Whose money"), str(ORIGINS.get(origin, origin)), "" if origin else "unknown"),
    ]
    # Money of the Union has no granting state.
    if (state := terms.get("grants_from")) and state != EVERYWHERE:
        facts.append(Fact(_("Granting state"), place_name(state)))
    return [*facts, *_articles(terms.get("article", {}))]


def _list(label: str, keys: Sequence[str] | None, named: Callable[[str], str]) -> Fact:
    """An empty list is no limit; one that nobody entered is unknown."""
    if keys is None:
        return Fact(label, state="unknown")
    return Fact(label, ", ".join(map(named, keys)) or _("all"))


def _articles(articles: Mapping[str, str]) -> list[Fact]:
    """The rule of State aid of each kind of cost; nothing named is unknown, not "none"."""
    label = _("State aid")
    if not articles:
        return [Fact(label, state="unknown")]
    if set(articles) == {"*"}:
        return [Fact(label, article_name(articles["*"]))]
    rest = _("other costs")
    return [
        Fact(f"{label}, {rest if category == '*' else category_name(category)}", article_name(key))
        for category, key in articles.items()
    ]


def _partnership(terms: Mapping[str, Any]) -> list[Fact]:
    labels = {
        "min_partners": _("Fewest partners"),
        "max_partners": _("Most partners"),
        "min_countries": _("Fewest countries"),
        "min_member_states": _("Of these Member States, at least"),
    }
    return [Fact(label, str(terms[k])) for k, label in labels.items() if terms.get(k)]


def _days(offer: Offer, terms: Mapping[str, Any]) -> list[Fact]:
    call = offer.call
    facts = []
    if call is not None:
        facts = [_day(_("Opens"), call.opens), _day(_("Closes"), call.closes)]
    span = (_parsed(terms, "starts"), _parsed(terms, "ends"))
    facts += [
        _day(_("Costs count from"), span[0]),
        _day(_("Costs count until"), span[1]),
        _day(_("Decision planned for"), _parsed(terms, "decided_on")),
    ]
    return facts


def _day(label: str, day: dt.date | None) -> Fact:
    return Fact(label, day_words(day)) if day else Fact(label, state="unknown")


def _parsed(terms: Mapping[str, Any], name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(terms.get(name) or "")
    except (TypeError, ValueError):
        return None


def _hints(terms: Mapping[str, Any]) -> list[str]:
    """What the origin of the money and its State aid rule mean for a combination."""
    origin, articles = terms.get("origin"), set(terms.get("article", {}).values())
    hints = {
        "union_central": _(
            "The Union gives one grant for one action to a body, and never pays the same "
            "cost twice."
        ),
        "union_shared": _(
            "The ERDF counts as money of the Union: the same cost is never paid twice by it. "
            "Where a partner does business, it counts as State aid too."
        ),
        "national": _(
            "State and regional money on the same cost is added up before ceilings are looked at."
        ),
        "regional": _(
            "State and regional money on the same cost is added up before ceilings are looked at."
        ),
        "ch": _("Swiss money lies outside the State aid rules of the European Union."),
        "private": _("Private money counts as own means, not as aid."),
    }
    found = [hints[origin]] if origin in hints else []
    if "DM" in articles:
        found.append(
            _("Counts into the de minimis account of the undertaking in the granting state.")
        )
    if any(article.startswith("GB-") for article in articles):
        found.append(
            _(
                "All State aid on the same cost stays under the highest intensity that the block "
                "exemption (GBER) allows there."
            )
        )
    return found


def _ties(offer: Offer) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """How it hangs together with other offers, as far as the catalogue knows."""
    links = demonstration_links() if offer.is_simulated else []
    if taken_up := offer.terms.get("seal_of"):
        links = [*links, {"type": "seal", "offers": [offer.key, taken_up]}]
    mine = [link for link in links if offer.key in link["offers"]]
    keys = {key for link in mine for key in link["offers"]}
    titles = {o.key: o.title for o in Offer.objects.published().filter(key__in=keys)}
    ties = []
    for link in mine:
        others = [key for key in link["offers"] if key != offer.key and key in titles]
        named = [(titles[key], offer_url(key)) for key in others]
        if named:
            ties.append((_tie_words(link, offer.key), named))
    return ties


def _tie_words(link: Mapping[str, Any], key: str) -> str:
    first = link["offers"][0] == key
    if link["type"] == "requires":
        return _("Only together with, and after:") if first else _("Needed by:")
    if link["type"] == "paired":
        one, other = link["ratio"] if first else reversed(link["ratio"])
        ratio = {"one": one, "other": other}
        return _("In the fixed ratio %(one)s to %(other)s, neither without the other:") % ratio
    if link["type"] == "seal":
        return _("Takes up excellent proposals that were rejected for lack of money by:")
    if link["type"] == "exclusive_per_partner":
        return _("For one partner not together with:")
    return _("Instead of:")
