"""Offers on days for which the law is not known, and what a reader should know."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from alpclusters.analysis.funding.case import Cell, Line, Offer
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis, basis_of, figure, words
from alpclusters.analysis.funding.check.cells import placed
from alpclusters.analysis.funding.check.conditions import NO
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    note,
    together,
    undecided,
)
from alpclusters.analysis.funding.check.ground import Ground, acts_of, is_in_force
from alpclusters.analysis.funding.rulebooks.days import PROLONGED, READINGS, transition_of
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- Offers whose grants or costs fall on a day for which the law is not known, or is read beyond
#
# An offer is named though the mix does not use it: that it brings nothing is then no finding about
# the offer, and nobody may take the mix for the best one.


WITHOUT = "none"


def offer_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield each offer of the case that is not taken as rejected."""
    yield from ((name,) for name in ground.offers if name not in ground.rejected)


def offer_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the offer of a cell."""
    if cell.offer in ground.offers and cell.offer not in ground.rejected:
        yield (cell.offer,)


def judge_law_in_time(ground: Ground, _amounts: Amounts, key: Key) -> Findings:
    """Say of the articles and the programme of an offer whether their law is known on its day."""
    offer = ground.offers[key[0]]
    return _of_articles(ground, offer) + _of_programme(ground, offer)


def _of_articles(ground: Ground, offer: Offer) -> Findings:
    named = {*offer.articles.values(), *(line.article for line in ground.case.lines)}
    if all(_is_settled(ground, offer, one) for one in named - {None, WITHOUT}):
        return NOTHING
    return together([_of_article(ground, offer, one) for one in sorted(_bases(ground, offer))])


def _bases(ground: Ground, offer: Offer) -> set[str]:
    """Return the articles under which an offer could pay for costs of partners who may fit."""
    return {basis_of(ground, offer, line) for line in _payable(ground, offer)} - {FREE}


def _payable(ground: Ground, offer: Offer) -> list[Line]:
    """Return the costs that an offer could pay for, of partners who may fit."""
    return [
        line
        for line in ground.case.lines
        if ground.fits(offer, ground.partners[line.partner]) != NO
        and placed(ground, offer, line) == NOTHING
    ]


def _of_programme(ground: Ground, offer: Offer) -> Findings:
    """Money of the Funds is granted in a period of programmes and pays costs until a day.

    2021/1060 Art. 63(2) and its forerunners: costs are eligible if they were paid by that day.
    """
    known = [rule for book in ground.books for rule in book.rules if _is_of_funds(rule, offer)]
    if not known or ground.case.rulebook not in READINGS:
        return NOTHING
    day, subject = ground.day(offer), f"offer:{offer.id}"
    rule = next((one for one in known if one.holds_on(day)), None)
    last = ground.case.periods.last_day(ground.case.periods.count - 1)
    if rule is not None and not _is_beyond(rule, day) and last <= _until(rule):
        return NOTHING
    costs = [ground.case.periods.last_day(line.period) for line in _payable(ground, offer)]
    if not costs:
        return NOTHING
    if rule is None:
        return _outside_periods(known, day, subject)
    return _beyond_period(ground, rule, day, max(costs), subject)


def _beyond_period(
    ground: Ground, rule: Rule, day: dt.date, last: dt.date, subject: str
) -> Findings:
    """Judge a grant or a last day of costs beyond the period whose rule holds."""
    end, until = rule.ends or rule.valid_to, _until(rule)
    is_late = last > until
    if ground.case.rulebook == PROLONGED and (is_late or _is_beyond(rule, day)):
        on = (last if is_late else day).isoformat()
        return note("as_if_prolonged", subject, rule.id, on=on, article=rule.id, end=str(end))
    found = NOTHING
    if _is_beyond(rule, day):
        days = {"on": day.isoformat(), "end": str(end), "until": until.isoformat()}
        found += note("period_over", subject, rule.id, **days)
    if is_late:
        days = {"on": last.isoformat(), "until": until.isoformat()}
        found += undecided("costs_after_period", subject, rule.id, **days)
    return found


def _outside_periods(known: list[Rule], day: dt.date, subject: str) -> Findings:
    for rule in known:
        if (
            rule.valid_to is not None
            and transition_of(rule)
            and rule.valid_to < day <= _until(rule)
        ):
            figures = {"end": rule.valid_to.isoformat(), "until": _until(rule).isoformat()}
            return undecided("period_open", subject, rule.id, on=day.isoformat(), **figures)
    return undecided("law_unknown", subject, known[0].id, on=day.isoformat(), article=known[0].id)


def _is_of_funds(rule: Rule, offer: Offer) -> bool:
    is_asked = rule.params.get("check") == "eligible_costs"
    return is_asked and offer.origin in words(rule, "origins")


def _until(rule: Rule) -> dt.date:
    return dt.date.fromisoformat(str(rule.params["until"]))


def _is_settled(ground: Ground, offer: Offer, article: str | None) -> bool:
    rule = _rule(ground, article or WITHOUT, ground.day(offer))
    return rule is not None and not _is_beyond(rule, ground.day(offer))


def _of_article(ground: Ground, offer: Offer, article: str) -> Findings:
    day = ground.day(offer)
    rule, subject = _rule(ground, article, day), f"offer:{offer.id}"
    figures = {"on": day.isoformat(), "article": article}
    if rule is None:
        return _open(ground, article, day, subject)
    if not _is_beyond(rule, day):
        return NOTHING
    figures |= {"end": str(rule.ends), "act": rule.act}
    if ground.case.rulebook == PROLONGED:
        return note("as_if_prolonged", subject, rule.id, **figures)
    return note("transition", subject, rule.id, **figures)


def _open(ground: Ground, article: str, day: dt.date, subject: str) -> Findings:
    figures = {"on": day.isoformat(), "article": article}
    ended = _ended(ground, article, day)
    until = None if ended is None else transition_of(ended)
    if ended is not None and until is not None and day <= until:
        end = str(ended.valid_to)
        days = {**figures, "end": end, "until": until.isoformat()}
        return undecided("transition_open", subject, article, **days, act=ended.act)
    acts = acts_of(ground, article)
    if article != DE_MINIMIS and (not acts or is_in_force(ground, acts, day)):
        return NOTHING
    return undecided("law_unknown", subject, article, **figures)


def _rule(ground: Ground, article: str, day: dt.date) -> Rule | None:
    if article != DE_MINIMIS:
        return ground.rules(day).get(article)
    return next(iter(ground.rules_for(day, "de_minimis")), None)


def _ended(ground: Ground, article: str, day: dt.date) -> Rule | None:
    """Return the last version of a rule that ended before a day."""
    found = [
        rule
        for book in ground.books
        for rule in book.rules
        if _is_meant(rule, article) and rule.valid_to is not None and rule.valid_to < day
    ]
    return max(found, key=lambda rule: rule.valid_from, default=None)


def _is_meant(rule: Rule, article: str) -> bool:
    if article == DE_MINIMIS:
        return rule.params.get("check") == "de_minimis"
    return rule.id == article


def _is_beyond(rule: Rule, day: dt.date) -> bool:
    return rule.ends is not None and day > rule.ends


# --- What a reader should know: publication of awards, days nobody knows, VAT ---------------------


def judge_notices(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Collect what is to be said of an offer in use."""
    if not amounts.is_used(key[0]):
        return NOTHING
    return together([_day_unknown(ground, key[0]), *_published(ground, amounts, key[0])])


def _day_unknown(ground: Ground, offer: str) -> Findings:
    """Without a day of the grant the law is undecided; the project's start stands in for it."""
    if ground.offers[offer].day is not None:
        return NOTHING
    start = ground.case.periods.start.isoformat()
    return undecided("grant_day_unknown", f"offer:{offer}", "by-date", on=start)


def _published(ground: Ground, amounts: Amounts, offer: str) -> Iterator[Findings]:
    """Single awards above a threshold are published (Reg. 651/2014 Art. 9(1)(c))."""
    rules = ground.rules_for(ground.day(ground.offers[offer]), "publication")
    for group, amount in _awards(ground, amounts.by_offer[offer]).items():
        for rule in rules:
            threshold = figure(rule, "threshold_ct")
            if amount > threshold:
                subject = f"offer:{offer}/{group}"
                yield note("publication", subject, rule.id, amount=amount, threshold=threshold)


def _awards(ground: Ground, cells: Sequence[Cell]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        if basis(ground, cell) not in (FREE, DE_MINIMIS):
            partner = ground.partners[ground.lines[cell.line].partner]
            group = ground.groups[partner.undertaking]
            found[group] = found.get(group, 0) + cell.grant_ct
    return found


def judge_vat(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Recoverable VAT is no eligible cost (Art. 7(1)); say where nobody knows whether it is."""
    partner = ground.partners[key[0]]
    cells = amounts.by_partner.get(partner.id, ())
    if partner.vat_recoverable is not None or all(basis(ground, c) == FREE for c in cells):
        return NOTHING
    return note("vat_open", f"partner:{partner.id}", "GB-7")
