"""What is asked: partners, costs, offers, and the mix that answers."""

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

# --- Money in whole cents, rates in hundredths of a per cent --------------------------------------


FULL_BP: Final = 10_000


def share_ct(amount_ct: int, rate_bp: int) -> int:
    """Return a rate of an amount in cents, floored, never rounded up.

    Parameters
    ----------
    amount_ct : int
        Cents, at least 0.
    rate_bp : int
        Basis points: 10,000 is all of it.

    Examples
    --------
    >>> share_ct(12_345, 7_500)
    9258
    """
    return amount_ct * rate_bp // FULL_BP


# --- The quarters in which costs fall and money comes in ------------------------------------------


MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class Periods:
    """Quarters counted from 0.

    Attributes
    ----------
    start : date
        First day of quarter 0; the first day of a month.
    count : int
        How many quarters, 1 to 40.

    Examples
    --------
    >>> quarters = Periods(dt.date(2025, 3, 1), 4)
    >>> quarters.first_day(1), quarters.last_day(1)
    (datetime.date(2025, 6, 1), datetime.date(2025, 8, 31))
    >>> quarters.holding(dt.date(2025, 6, 30)), quarters.holding(dt.date(2024, 1, 1))
    (1, None)
    """

    start: dt.date
    count: int

    def first_day(self, period: int) -> dt.date:
        """Return the first day of a quarter; ``count`` gives the day after the last one."""
        months = self.start.year * 12 + self.start.month - 1 + MONTHS * period
        return dt.date(months // 12, months % 12 + 1, 1)

    def last_day(self, period: int) -> dt.date:
        """Return the last day of a quarter."""
        return self.first_day(period + 1) - dt.timedelta(days=1)

    def holding(self, day: dt.date) -> int | None:
        """Return the quarter that holds a day, None outside all of them."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        period = months // MONTHS
        return period if 0 <= period < self.count else None


# --- The records of a case, as the format ``alpclusters-case/1`` has them -------------------------
#
# All money is whole cents of euro (``_ct``), all rates whole basis points (``_bp``), all days are
# dates; both ends of an interval count. Identifiers are the case's own short texts. An eligibility
# expression stays the JSON object that it is (``eligibility`` reads it).


type Expression = Mapping[str, object]
type Size = Literal["small", "medium", "large", "none"]
type Kind = Literal["public", "research", "cluster", "sme", "large", "other"]
type Level = Literal["european", "macro_regional", "cross_border", "national", "regional"]
type Origin = Literal["union_central", "union_shared", "national", "regional", "ch", "private"]
type LinkType = Literal["exclusive", "exclusive_per_partner", "requires", "alternative", "paired"]
type WishType = Literal["use", "avoid", "min_total", "min_partner", "max_offers", "fund_line"]
type Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class PastAid:
    """De minimis aid granted earlier by one state; ``declared`` says who says so.

    ``planned``: not granted, but planned elsewhere and counted because people want it so.
    """

    state: str
    granted_on: dt.date
    amount_ct: int
    declared: Literal["register", "self", "planned"] = "self"


@dataclass(frozen=True, slots=True)
class EarlierAid:
    """Exempted aid granted earlier under an article that has a ceiling beyond one project."""

    article: str
    granted_on: dt.date
    amount_ct: int


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A single undertaking; size ``none`` has no economic activity.

    ``controlled_by`` names the undertaking that controls it (Reg. 2023/2831 Art. 2(2)); all that
    hang together by control are one undertaking for de minimis. ``fiscal_year_start`` is the month
    in which its fiscal year begins. ``earlier_aid`` counts in ceilings per undertaking and per
    cluster (Reg. 651/2014 Art. 4, 8(1)).
    """

    id: str
    size: Size
    de_minimis: tuple[PastAid, ...] = ()
    controlled_by: str | None = None
    fiscal_year_start: int = 1
    earlier_aid: tuple[EarlierAid, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that takes part; money of its own and credit are ceilings of the mix.

    ``sites`` are further places (code, vintage); ``facts`` holds what eligibility may ask beyond
    the fields here (turnover_ct, employees, label, themes, founded, ...): a missing key is an open
    question, never a no.
    """

    id: str
    name: str
    undertaking: str
    kind: Kind
    nuts: str
    vintage: int
    country: str
    lead: bool = False
    own_ct: int | None = None
    credit_ct: int | None = None
    vat_recoverable: bool | None = None
    sites: tuple[tuple[str, int], ...] = ()
    facts: Mapping[str, Scalar | tuple[Scalar, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkPackage:
    """A part of the project with its themes and its first and last period."""

    id: str
    title: str
    themes: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency, and the rate and day by which it became cents of euro.

    ``rate`` is the euro that one unit is worth, as decimal text, so that it stays exact.
    """

    currency: Literal["CHF"]
    amount_ct: int
    rate: str
    rate_on: dt.date


@dataclass(frozen=True, slots=True)
class Line:
    """A cost of one partner in one work package, category and period.

    ``cost_ct`` is net of recoverable VAT. ``article`` overrides the article that an offer names for
    the category (``GB-25-industrial``, ``GB-27o``, ...). ``bonuses`` are conditions that raise an
    intensity: ``collaboration``, ``dissemination``, ``licences``, ``a_area``, ``c_area``,
    ``joint_call``, ``disadvantaged``, ``cross_border``, ``sme_capacity``.
    ``outside`` marks a cost spent outside the programme's area. ``converted`` keeps what the amount
    was in another currency.
    """

    id: str
    partner: str
    wp: str
    category: str
    period: int
    cost_ct: int
    economic: bool = True
    article: str | None = None
    place: str | None = None
    outside: bool = False
    bonuses: tuple[str, ...] = ()
    converted: Conversion | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A funding rate and when it holds; of several the first that holds is taken."""

    bp: int
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Where a figure of an offer is from and how sure it is."""

    name: str
    source: str
    checked_on: dt.date | None = None
    status: Literal["verified", "unverified", "demonstration"] = "unverified"


@dataclass(frozen=True, slots=True)
class Success:
    """How many of the applications of earlier calls were granted, and who says so.

    Either both counts, where ``applied`` is at least 1 and ``granted`` at most as much, or
    ``share_bp`` alone, where the programme states no more than a share.
    """

    granted: int | None = None
    applied: int | None = None
    source: str = ""
    checked_on: dt.date | None = None
    share_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a call offers, with all that bounds it; None is no bound.

    ``grants_from`` is the state (two letters) whose de minimis account a grant uses. ``window`` is
    the first and last period in which costs count. ``articles`` gives the State aid article by
    category: ``none``, ``DM`` or an article of the rule-books; ``"*"`` is any other category.
    ``cap_ct`` and ``floor_ct`` bound the grant, ``partner_cap_ct`` the grant and
    ``partner_floor_ct`` the declared cost of each partner, ``max_share_bp`` one partner's part of
    the grant, ``outside_bp`` the part for costs outside the area, ``private_match_bp`` the private
    money wanted as part of declared costs. ``prepay_bp`` of the grant comes at the window's start,
    the rest ``lag_periods`` after a cost. Efforts are what applying costs, once for the offer and
    once for each partner. ``outside_of``: see ``Line.outside``. ``seal_of`` names the offer whose
    rejected proposal this one takes up (Seal of Excellence). ``applied_on`` decides the incentive
    effect. ``partner_floors_ct`` holds a floor of its own for single partners. ``award`` says
    whether applications compete or whoever meets the conditions gets the grant; None: nobody knows.
    ``success`` is what statistics of the programme say, ``success_bp`` an estimate of one's own for
    this case; neither has a usual value.
    """

    id: str
    programme: str
    level: Level
    origin: Origin
    grants_from: str
    window: tuple[int, int]
    rates: tuple[Rate, ...]
    eligibility: Expression
    title: str = ""
    categories: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    opens: dt.date | None = None
    closes: dt.date | None = None
    applied_on: dt.date | None = None
    decided_on: dt.date | None = None
    grant_date: dt.date | None = None
    cap_ct: int | None = None
    floor_ct: int = 0
    partner_cap_ct: int | None = None
    partner_floor_ct: int = 0
    min_partners: int = 1
    max_partners: int | None = None
    min_countries: int = 1
    min_member_states: int = 0
    max_share_bp: int | None = None
    outside_bp: int | None = None
    private_match_bp: int = 0
    prepay_bp: int = 0
    lag_periods: int = 0
    effort_ct: int = 0
    partner_effort_ct: int = 0
    award: Literal["competitive", "by_right"] | None = None
    success: Success | None = None
    success_bp: int | None = None
    seal_of: str | None = None
    place: Literal["seat", "site"] = "seat"
    languages: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    partner_floors_ct: Mapping[str, int] = field(default_factory=dict)

    def partner_floor(self, partner: str) -> int:
        """Return the least cost that a partner has to declare if it takes part, in cents."""
        return self.partner_floors_ct.get(partner, self.partner_floor_ct)

    @property
    def day(self) -> dt.date | None:
        """The day of the grant: as granted, else as planned, else the call's end; or unknown."""
        return self.grant_date or self.decided_on or self.closes

    def is_closed(self, today: dt.date) -> bool:
        """Say whether the call closed before a day, and nobody applied in time."""
        if self.closes is None or self.closes >= today:
            return False
        return self.applied_on is None or self.applied_on > self.closes

    def is_handed_in(self, today: dt.date) -> bool:
        """Say whether the application was handed in by a day, as far as the case says."""
        return self.applied_on is not None and self.applied_on <= today


@dataclass(frozen=True, slots=True)
class Link:
    """How offers hang together.

    ``requires``: the first needs all others (sequential where it starts after they end).
    ``alternative`` and ``exclusive``: at most one of them is used; ``exclusive_per_partner``: at
    most one for each partner. ``paired``: two grants in the ratio ``ratio`` (first : second) on the
    same lines, each void without the other.
    """

    type: LinkType
    offers: tuple[str, ...]
    ratio: tuple[int, int] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the partnership wants; hard without a weight, else a price in cents for missing it.

    ``use``, ``avoid``: offer; ``min_total``: amount_ct of grants; ``min_partner``: partner and
    amount_ct; ``max_offers``: count; ``fund_line``: line and, as amount_ct, the least grant.
    """

    type: WishType
    offer: str | None = None
    partner: str | None = None
    line: str | None = None
    amount_ct: int | None = None
    count: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What if these offers are rejected; ``title`` is what people call it."""

    id: str
    rejected: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class SolverWishes:
    """How to search; limits are work, never seconds, so that a result can be repeated.

    ``work_limit`` counts simplex iterations and 50 for each node: it ends a search early and never
    adds to what is usual for the size.
    ``assume_open`` takes open questions of eligibility as answered well, and lists them.
    """

    seed: int = 1
    work_limit: int | None = None
    gap: float | None = None
    theme_filter: bool = True
    assume_open: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A project, its costs, and the offers it might use."""

    title: str
    periods: Periods
    undertakings: tuple[Undertaking, ...]
    partners: tuple[Partner, ...]
    work_packages: tuple[WorkPackage, ...]
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    links: tuple[Link, ...] = ()
    wishes: tuple[Wish, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    solver: SolverWishes = SolverWishes()
    rulebook: str = "by-date"
    is_simulated: bool = False
    project: Mapping[str, Scalar | tuple[Scalar, ...] | None] = field(default_factory=dict)
    currency: Literal["EUR"] = "EUR"


# --- Which costs of a case an offer could take at all ---------------------------------------------


def counting_ct(case: Case, offer: Offer, partners: Container[str]) -> int:
    """Return the costs of some partners in an offer's categories and time, in cents."""
    return sum(
        line.cost_ct
        for line in case.lines
        if line.partner in partners
        and offer.window[0] <= line.period <= offer.window[1]
        and (not offer.categories or line.category in offer.categories)
    )


# --- What a mix is: who declares which cost to which offer, and what is granted for it ------------


NOTICE_KEY: Final = "funding.decision_support"
type Status = Literal[
    "optimal", "gap", "feasible", "undecided", "infeasible", "cancelled", "failed"
]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Declared cost and grant of one offer on one line, in cents.

    Sorted by offer and line; an allocation holds only cells with a declared cost above 0.
    """

    offer: str
    line: str
    declared_ct: int
    grant_ct: int


type Allocation = tuple[Cell, ...]


# --- What eligibility and checks must know of places; the tables come from outside ----------------


@dataclass(frozen=True, slots=True)
class Area:
    """A programme area: included codes of one NUTS vintage."""

    codes: tuple[str, ...]
    vintage: int


@dataclass(frozen=True, slots=True)
class Territory:
    """Known codes by vintage, recoding between vintages, and programme areas.

    Attributes
    ----------
    codes : mapping of int to frozenset of str
        All codes of a vintage, countries and statistical regions of CH and LI included.
    changes : mapping of (str, int, int) to sequence of str
        Targets of a code from one vintage to another; a code that is in both vintages and not
        named here stays itself; otherwise no row means unknown.
    areas : mapping of str to Area
        Programme areas by their key.
    """

    codes: Mapping[int, frozenset[str]]
    changes: Mapping[tuple[str, int, int], Sequence[str]] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)

    def recoded(self, code: str, vintage: int, wanted: int) -> tuple[str, ...]:
        """Return the codes of another vintage that a code became; empty where nobody knows."""
        if vintage == wanted:
            return (code,) if code in self.codes.get(wanted, frozenset()) else ()
        if targets := self.changes.get((code, vintage, wanted)):
            return tuple(targets)
        stays = code in self.codes.get(vintage, frozenset())
        return (code,) if stays and code in self.codes.get(wanted, frozenset()) else ()
