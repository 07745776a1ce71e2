"""What a limit that binds holds back: the case solved again with a little more of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case import FULL_BP, Case, Offer, Partner, Territory, Wish
from alpclusters.analysis.funding.check.findings import Ceiling
from alpclusters.analysis.funding.mix.obstacles import Reason
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.analysis.funding.mix.ways import Way

# Terms of the case that its people, or whoever gives the money, may move; law never is.
_OF_OFFER: Final = {
    "case.cap": "cap_ct",
    "case.partner_cap": "partner_cap_ct",
    "case.max_share": "max_share_bp",
    "case.max_partners": "max_partners",
}
_OF_PARTNER: Final = {"case.own_means": "own_ct", "case.credit": "credit_ct"}
_OF_WISHES: Final = ("wish.max_offers", "wish.min_total", "wish.min_partner", "wish.fund_line")
PREFIX: Final = "limit:"
# A tenth more of an amount, in whole euros; a tenth of the whole of a share; one more of a count.
PART: Final = 10
_EURO_CT: Final = 100


def limit_key(rule: str, subject: str) -> str:
    """Return the name under which a limit is explained; quarters and days of one are the same."""
    return f"{PREFIX}{rule}|{subject.partition('@')[0]}"


def loosenable(ceilings: Iterable[Ceiling]) -> tuple[str, ...]:
    """List the limits that bind and are terms of the case, as names for `loosen`.

    Parameters
    ----------
    ceilings : iterable of Ceiling
        Of the check of a mix, in their order.

    Returns
    -------
    tuple of str
        ``limit:case.cap|offer:X``; each once.
    """
    terms = {*_OF_OFFER, *_OF_PARTNER, *_OF_WISHES}
    bound = (one for one in ceilings if one.is_tight and one.rule in terms)
    return tuple(dict.fromkeys(limit_key(one.rule, one.subject) for one in bound))


def loosen(case: Case, territory: Territory, key: str, *, worth_ct: int) -> Reason:
    """Say what the best mix would be worth with a little more of a limit that binds.

    Parameters
    ----------
    case : Case
    territory : Territory
    key : str
        As `loosenable` names it.
    worth_ct : int
        Worth of the best mix in cents.

    Returns
    -------
    Reason
        One way: ``amount`` is how much more (cents, hundredths of a per cent of a share, or a
        count), its worth what the mix gains; computed by solving the changed case.

    Raises
    ------
    AnalysisError
        ``mix.no_such_offer``: the case has no such limit.
    """
    rule, _bar, subject = key.removeprefix(PREFIX).partition("|")
    changed, amount = _changed(case, rule, subject)
    found = solve(prepare(changed, territory), levels=1)
    gain = max(found.objective_ct - worth_ct, 0)
    return Reason(key, (), (Way("loosen", subject, amount, worth_ct=gain),))


def _changed(case: Case, rule: str, subject: str) -> tuple[Case, int]:
    name = subject.partition(":")[2].partition("/")[0]
    if rule in _OF_OFFER:
        found = next((one for one in case.offers if one.id == name), None)
        if found is not None:
            return _of_offer(case, found, _OF_OFFER[rule])
    elif rule in _OF_PARTNER:
        partner = next((one for one in case.partners if one.id == name), None)
        if partner is not None:
            return _of_partner(case, partner, _OF_PARTNER[rule])
    else:
        wish = next((one for one in case.wishes if _is_meant(one, rule, name)), None)
        if wish is not None:
            return _of_wish(case, wish)
    raise AnalysisError("mix.no_such_offer", found=f"{rule} {subject}")


def _of_offer(case: Case, offer: Offer, field: str) -> tuple[Case, int]:
    limit = int(getattr(offer, field) or 0)
    step = _step(limit, field)
    more = replace(offer, **{field: limit + step})  # type: ignore[arg-type]
    offers = tuple(more if one is offer else one for one in case.offers)
    return replace(case, offers=offers), step


def _of_partner(case: Case, partner: Partner, field: str) -> tuple[Case, int]:
    limit = int(getattr(partner, field) or 0)
    step = _step(limit, field)
    more = replace(partner, **{field: limit + step})  # type: ignore[arg-type]
    partners = tuple(more if one is partner else one for one in case.partners)
    return replace(case, partners=partners), step


def _of_wish(case: Case, wish: Wish) -> tuple[Case, int]:
    """Return a case in which a wish asks a little less, or allows one offer more."""
    if wish.type == "max_offers":
        step, changed = 1, replace(wish, count=(wish.count or 0) + 1)
    else:
        step = _step(wish.amount_ct or 0, "amount_ct")
        changed = replace(wish, amount_ct=max((wish.amount_ct or 0) - step, 0))
    wishes = tuple(changed if one is wish else one for one in case.wishes)
    return replace(case, wishes=wishes), step


def _is_meant(wish: Wish, rule: str, name: str) -> bool:
    return f"wish.{wish.type}" == rule and (wish.partner or wish.line or "") == name


def _step(limit: int, field: str) -> int:
    if field.endswith("_ct"):
        return max(-(-limit // (PART * _EURO_CT)), 1) * _EURO_CT
    if field.endswith("_bp"):
        return min(FULL_BP // PART, FULL_BP - limit) or 1
    return 1
