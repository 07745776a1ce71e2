"""Which grants are State aid, under which article, how much it allows, and applied for in time."""

import datetime as dt
from typing import Final

from alpclusters.analysis.funding.case import FULL_BP, Cell, Line, Offer, Partner, Size
from alpclusters.analysis.funding.check.findings import NOTHING, Findings, fault, undecided
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- Days and years as the law on de minimis counts them ------------------------------------------


def years_earlier(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; the 29 February becomes the 28th.

    Examples
    --------
    >>> years_earlier(dt.date(2024, 2, 29), 3)
    datetime.date(2021, 2, 28)
    """
    return _same_day(day, day.year - years)


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; the 29 February becomes the 28th."""
    return _same_day(day, day.year + years)


def fiscal_year_start(day: dt.date, first_month: int, years_back: int = 0) -> dt.date:
    """Return the first day of the fiscal year of a day, or of one before it.

    Examples
    --------
    >>> fiscal_year_start(dt.date(2024, 2, 1), 4)
    datetime.date(2023, 4, 1)
    """
    year = day.year if day.month >= first_month else day.year - 1
    return dt.date(year - years_back, first_month, 1)


def _same_day(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


# --- How much of a cost may be aid, by article, size and bonus: the checker's own reckoning -------


# Art. 25(6): beside the bonus for size at most one of (b) collaboration, dissemination, licences or
# an "a" area, (c) a "c" area, (d) a joint call of three States. Art. 27(6): one area.
_SITUATIONS: Final = (
    *("collaboration", "dissemination", "licences", "a_area"),
    "c_area",
    "joint_call",
)
_ONE_OF: Final = (_SITUATIONS, ("disadvantaged",), ("cross_border",), ("sme_capacity",))


def figure(rule: Rule, name: str, otherwise: int = 0) -> int:
    """Return a whole number among the parameters of a rule."""
    return int(rule.params.get(name, otherwise))


def words(rule: Rule, name: str) -> tuple[str, ...]:
    """Return the words of a parameter like ``CH|LI``."""
    told = str(rule.params.get(name, ""))
    return tuple(told.split("|")) if told else ()


def intensity_bp(rule: Rule, line: Line, partner: Partner, size: Size) -> int | None:
    """Return the highest aid intensity of an article for a cost; None: not for this size.

    Reg. 651/2014 Art. 17 to 31: a base rate by the size of the undertaking (Annex I), or by the
    kind of the body where the article is for innovation clusters, and bonuses up to a maximum.
    """
    base = _base(rule, partner, size)
    if base is None:
        return None
    raised = base + figure(rule, f"bonus_{size}_bp") + sum(_bonus(rule, line, g) for g in _ONE_OF)
    return min(raised, figure(rule, "max_bp", FULL_BP), FULL_BP)


def is_exempt(rule: Rule, partner: Partner) -> bool:
    """Say whether money under an article is no aid to bodies of this kind."""
    return partner.kind in words(rule, "exempt_kinds")


def intensity_names(rule: Rule, line: Line, partner: Partner, size: Size) -> tuple[str, ...]:
    """Return the names of the parameters that the intensity of a cost rests on."""
    raised = (name for name in line.bonuses if figure(rule, f"bonus_{name}_bp"))
    used = (*(f"bonus_{name}_bp" for name in raised), f"bonus_{size}_bp")
    return (base_name(rule, partner, size), *used)


def base_name(rule: Rule, partner: Partner, size: Size) -> str:
    """Return the name of the parameter that holds the base rate."""
    is_cluster = partner.kind == "cluster" and "cluster_bp" in rule.params
    return "cluster_bp" if is_cluster else f"{size}_bp"


def _base(rule: Rule, partner: Partner, size: Size) -> int | None:
    name = base_name(rule, partner, size)
    return figure(rule, name) if name in rule.params else None


def _bonus(rule: Rule, line: Line, names: tuple[str, ...]) -> int:
    return max(figure(rule, f"bonus_{name}_bp") if name in line.bonuses else 0 for name in names)


# --- Which grants are State aid, and under which article ------------------------------------------


FREE: Final = ""
DE_MINIMIS: Final = "DM"
_NONE: Final = "none"
# Art. 107(1) TFEU speaks of State resources; centrally managed Union money is none (Art. 8(2) of
# Reg. 651/2014), Swiss and private money is outside the Union's law.
_NO_STATE_RESOURCES: Final = frozenset({"ch", "private", "union_central"})


def basis_of(ground: Ground, offer: Offer, line: Line) -> str:
    """Return the article of a grant for a cost, ``DM`` for de minimis, empty where it is no aid.

    A grant is aid only for an economic activity (``line.economic``) of an undertaking that has one
    (its size is not ``none``), from State resources; shared management of the ERDF is such.
    """
    if not line.economic or ground.sizes[line.partner] == _NONE:
        return FREE
    if offer.origin in _NO_STATE_RESOURCES:
        return FREE
    named = offer.articles.get(line.category, offer.articles.get("*", _NONE))
    if named == _NONE:
        return FREE
    if named == DE_MINIMIS:
        return DE_MINIMIS
    article = line.article or named
    rule = ground.rules(ground.day(offer)).get(article)
    is_out = rule is not None and is_exempt(rule, ground.partners[line.partner])
    return FREE if is_out else article


def basis(ground: Ground, cell: Cell) -> str:
    """Return the article of a cell, kept once it was asked."""
    place = (cell.offer, cell.line)
    if place not in ground.bases:
        offer, line = ground.offers[cell.offer], ground.lines[cell.line]
        ground.bases[place] = basis_of(ground, offer, line)
    return ground.bases[place]


def alpha_bp(ground: Ground, rule: Rule, offer: Offer, line: Line) -> int | None:
    """Return the intensity of an article for a cost; with a Seal it is the rate of its call.

    Reg. 651/2014 Art. 25a lets aid to a project with a Seal of Excellence follow the terms of the
    Union call; all other articles have figures of their own.
    """
    partner = ground.partners[line.partner]
    if figure(rule, "rate_of_seal"):
        call = ground.offers.get(offer.seal_of or "")
        return None if call is None else ground.rate_bp(call, partner)
    return intensity_bp(rule, line, partner, ground.sizes[partner.id])


def rule_for(ground: Ground, article: str, day: dt.date, offer: Offer) -> Rule | None:
    """Return an article as it holds on a day, else as it held on the day of the grant itself."""
    return ground.rules(day).get(article) or ground.rules(ground.day(offer)).get(article)


def cell_rate_bp(ground: Ground, offer: Offer, line: Line) -> int | None:
    """Return the rate at which an offer pays for a cost: its own, cut to the article's intensity.

    Not cut where the intensity holds for the whole aid period (Art. 27(7)-(9)).
    """
    rate = ground.rate_bp(offer, ground.partners[line.partner])
    article = basis_of(ground, offer, line)
    rule = ground.rules(ground.day(offer)).get(article)
    if rate is None or rule is None or figure(rule, "average_over_period"):
        return rate
    alpha = alpha_bp(ground, rule, offer, line)
    return None if alpha is None else min(rate, alpha)


# --- Incentive effect: aid must be applied for before work starts (Reg. 651/2014 Art. 6(2)) -------


def judge_incentive(ground: Ground, cell: Cell) -> Findings:
    """Check that an exempted grant was applied for before the project's first day.

    De minimis aid needs no incentive effect; without a day of application it is undecided.
    """
    if basis(ground, cell) in (FREE, DE_MINIMIS):
        return NOTHING
    offer = ground.offers[cell.offer]
    rules = ground.rules_for(ground.day(offer), "incentive")
    if not rules:
        return NOTHING
    if offer.applied_on is None:
        return undecided("application_day_unknown", f"offer:{offer.id}", rules[0].id)
    start = start_of_work(ground)
    if offer.applied_on < start:
        return NOTHING
    days = {"applied_on": offer.applied_on.isoformat(), "start": start.isoformat()}
    pointer = f"{ground.at('offers', offer.id)}/applied_on"
    return fault("incentive_effect", pointer, rules[0].id, offer=offer.id, **days)


def start_of_work(ground: Ground) -> dt.date:
    """Return the first day of work: as the project states it, else the first day of its periods."""
    stated = ground.case.project.get("start")
    if isinstance(stated, str):
        try:
            return dt.date.fromisoformat(stated)
        except ValueError:
            return ground.case.periods.start
    return ground.case.periods.start
